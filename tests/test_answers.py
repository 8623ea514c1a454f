"""Answers with the real encoder: the five articles it starts with, small invented ones, and what always holds."""

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from eval.questions import Part, Question
from eval.sets import HERE, articles_of, read_set
from index import Article, Filters, Index
from index.seeding import read_seeds
from index.types import Nature
from rag import Answer, Engine, Stance, Verdict
from rag.types import Citation

DENIAL = "did Ford deny the Xiaomi deal?"
TALKS = "Were Ford and Xiaomi in talks?"
PRICE = "What is the price of the Xiaomi SU7?"

Ask = Callable[..., Answer]


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Over the five articles, as a person gets it."""
    with Index.open(tmp_path_factory.mktemp("seeds")) as index:
        index.add(read_seeds())
        yield Engine(index)


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Over the invented news of the second evaluation set."""
    with Index.open(tmp_path_factory.mktemp("news")) as index:
        index.add(articles_of(HERE / "news" / "questions.jsonl"))
        yield Engine(index)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Over a handful of short articles on many subjects."""
    with Index.open(tmp_path_factory.mktemp("told")) as index:
        index.add(TOLD)
        yield Engine(index)


def test_a_denial_on_record_is_a_yes_that_quotes_it_and_lists_who_reports_talks(seeds: Engine) -> None:
    answer = seeds.ask(DENIAL)
    assert (answer.verdict, answer.short) == (Verdict.YES, "yes")
    assert "“no truth”" in answer.text
    denial = answer.citations[0]
    assert (denial.speaker, denial.stance, denial.article.id) == ("Ford", Stance.DENIES, "rumors-and-denials")
    reporting = {source.article.id for source in answer.sources if source.stance is Stance.ASSERTS}
    assert {"ford-explored-partnership", "ford-xiaomi-explore-partnership", "ford-xiaomi-talks"} <= reporting
    assert answer.lean is not None
    assert answer.lean > 0.5


def test_reports_on_one_side_and_denials_on_the_other_are_disputed_with_both_cited(seeds: Engine) -> None:
    answer = seeds.ask(TALKS)
    assert answer.verdict is Verdict.DISPUTED
    assert answer.claim == "Ford and Xiaomi were in talks"
    assert {citation.stance for citation in answer.citations} == {Stance.ASSERTS, Stance.DENIES}
    assert {"Ford", "Xiaomi"} <= {citation.speaker for citation in answer.citations}
    assert answer.text.startswith("Sources disagree.")


def test_a_price_that_no_article_gives_is_unknown_with_near_passages_apart(seeds: Engine) -> None:
    answer = seeds.ask(PRICE)
    assert answer.verdict is Verdict.UNKNOWN
    assert answer.citations == ()
    assert answer.short is None
    assert answer.closest
    assert "[1]" not in answer.text


def test_a_question_full_of_slips_is_understood(seeds: Engine) -> None:
    answer = seeds.ask("did frod deny teh xiaomi deel")
    assert answer.verdict is Verdict.YES
    assert answer.question == "did frod deny teh xiaomi deel"
    assert "“no truth”" in answer.text
    assert any("Ford" in warning for warning in answer.warnings)


def test_an_ai_generated_article_carries_a_warning_wherever_it_is_cited(seeds: Engine) -> None:
    answer = seeds.ask("How many cars did Xiaomi sell in its first year?")
    assert "130,000" in (answer.short or "")
    assert answer.citations[0].article.nature is Nature.AI
    assert any("AI-generated" in warning for warning in answer.warnings)


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("Did Xiaomi deny the report?", Verdict.YES),
        ("Did Ford confirm talks with Xiaomi?", Verdict.NO),
        ("Does the 2023 article say that Xiaomi approached Chery?", Verdict.YES),
        ("Does the 2023 article mention Ford?", Verdict.NO),
        ("Why did Ford cancel its signed joint venture?", Verdict.UNKNOWN),
        ("Did Ford buy Xiaomi?", Verdict.UNKNOWN),
    ],
)
def test_what_the_five_articles_say_and_do_not_say(seeds: Engine, question: str, verdict: Verdict) -> None:
    assert seeds.ask(question).verdict is verdict


def test_dates_that_are_unknown_stay_out_of_a_date_filter_and_are_counted(seeds: Engine) -> None:
    answer = seeds.ask(TALKS, filters=Filters(since="2026-01-01"))
    assert {source.article.id for source in answer.sources} == {"ford-xiaomi-explore-partnership"}
    assert answer.verdict is Verdict.YES
    assert any(warning.startswith("3 articles of unknown date") for warning in answer.warnings)


def test_who_wrote_an_article_is_cited_from_its_byline(seeds: Engine) -> None:
    answer = seeds.ask("Who wrote the article about the Modena EV?")
    assert answer.short == "Pradnesh Naik"
    assert "By Pradnesh Naik" in answer.citations[0].quote


def test_a_follow_up_asks_the_last_question_of_somebody_else(seeds: Engine) -> None:
    answer = seeds.ask("And Xiaomi?", history=["Did Ford deny the report?"])
    assert answer.verdict is Verdict.YES
    assert answer.citations[0].speaker == "Xiaomi"


def test_a_question_in_another_script_is_unknown_with_a_warning(seeds: Engine) -> None:
    answer = seeds.ask("福特否认了与小米的交易吗")
    assert (answer.verdict, answer.citations) == (Verdict.UNKNOWN, ())
    assert answer.warnings


TOLD = [
    Article(
        id="museum",
        title="Museum rejects forgery claim",
        text="The Ghent museum denied on Tuesday that its Vermeer is a forgery. “There is not a grain of truth in it,” "
        "said the museum’s director, Ana Reyes. The painting was bought in 1911 for 40,000 francs.",
        publisher="Harbour Times",
        published="2025-04-02",
    ),
    Article(
        id="expert",
        title="Vermeer is a forgery, expert says",
        text="The Vermeer in the Ghent museum is a forgery, the historian Lars Dahl said on Monday. He found titanium "
        "white in the sky, a paint unknown before 1920.",
        publisher="Daily Ledger",
        published="2025-04-01",
    ),
    Article(
        id="flood-early",
        title="Flood kills nine",
        text="The flood in Brasov has killed nine people, the prefect said on Thursday.",
        publisher="Morning Wire",
        published="2025-05-08",
    ),
    Article(
        id="flood-late",
        title="Flood toll rises",
        text="The flood in Brasov has killed 14 people, the prefect said on Sunday. It did not reach Sibiu.",
        publisher="Morning Wire",
        published="2025-05-11",
    ),
    Article(
        id="strike",
        title="Ferry crews may walk out",
        text="Ferry crews in Bergen could strike in June, union leader Ingrid Moe warned. Talks over pay broke down "
        "because the owners offered only 2 per cent. The owners did not deny that they had walked out of the room.",
        publisher="Coast Gazette",
        published="2025-05-20",
    ),
]


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("Did the museum deny that the Vermeer is a forgery?", Verdict.YES),
        ("Is the Vermeer in Ghent a forgery?", Verdict.DISPUTED),
        ("Did Lars Dahl deny that the Vermeer is a forgery?", Verdict.NO),
        ("Did the flood reach Sibiu?", Verdict.NO),
        ("Did the flood reach Cluj?", Verdict.UNKNOWN),
        ("Has the flood in Brasov killed 14 people?", Verdict.YES),
        ("Did ferry crews in Bergen strike?", Verdict.UNKNOWN),
        ("Could ferry crews in Bergen strike in June?", Verdict.YES),
        ("Did the owners deny walking out of the room?", Verdict.NO),
        ("Did the museum sell the Vermeer?", Verdict.UNKNOWN),
    ],
)
def test_a_yes_no_question_is_decided_by_who_says_what(told: Engine, question: str, verdict: Verdict) -> None:
    assert told.ask(question).verdict is verdict


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("Who says the Vermeer is a forgery?", "Lars Dahl"),
        ("Who is the director of the museum?", "Ana Reyes"),
        ("How much did the painting cost?", "40,000 francs"),
        ("When was the Vermeer bought?", "1911"),
        ("How many people has the flood in Brasov killed?", "14"),
        ("Why did the talks over pay break down?", "the owners offered only 2 per cent"),
        ("Who published the article on the ferry crews?", "Coast Gazette"),
    ],
)
def test_a_fact_is_given_in_few_words(told: Engine, question: str, short: str) -> None:
    answer = told.ask(question)
    assert answer.verdict is Verdict.ANSWERED
    assert answer.short is not None
    assert short in answer.short
    assert len(answer.short) <= len(short) + 12


@pytest.mark.parametrize(
    "question",
    [
        "Who stole the Vermeer?",
        "How many people did the fire kill?",
        "What is the director's salary?",
        "Why did the museum sell the Vermeer?",
    ],
)
def test_what_nobody_reports_is_unknown(told: Engine, question: str) -> None:
    answer = told.ask(question)
    assert answer.verdict is Verdict.UNKNOWN
    assert answer.citations == ()


def test_an_index_with_one_sentence_answers_from_it(index_path: Path) -> None:
    with Index.open(index_path) as index:
        index.add([Article(id="one", text="The bakery in Rua Nova closed on Friday.")])
        answer = Engine(index).ask("Did the bakery in Rua Nova close?")
    assert answer.verdict is Verdict.YES
    assert answer.citations[0].quote == "The bakery in Rua Nova closed on Friday."


@dataclass(frozen=True)
class Asked:
    """A question of an evaluation set with its answer and the texts that it was answered from."""

    question: Question
    answer: Answer
    texts: dict[str, str]


@pytest.fixture(scope="module")
def asked(seeds: Engine, news: Engine) -> list[Asked]:
    """Every question that may be tuned on, answered; an exception here is a failure of all."""
    found: list[Asked] = []
    with ThreadPoolExecutor(4) as pool:
        for engine, name in ((seeds, "questions.jsonl"), (news, "news/questions.jsonl")):
            questions = read_set(HERE / name, check_quotes=False).part(Part.TUNING)
            texts = {entry.id: engine.index.article(entry.id).text for entry in engine.index.entries()}
            answers = pool.map(lambda q, engine=engine: _ask(engine, q), questions)
            found += [Asked(q, a, texts) for q, a in zip(questions, answers, strict=True)]
    return found


def _ask(engine: Engine, question: Question) -> Answer:
    return engine.ask(question.question, history=question.history, as_of=question.as_of, filters=question.filters)


def broken(asked: list[Asked], holds: Callable[[Asked], bool]) -> list[str]:
    """The questions whose answer breaks a rule."""
    return [item.question.question for item in asked if not holds(item)]


def quoted(item: Asked) -> tuple[Citation, ...]:
    return (*item.answer.citations, *item.answer.closest)


def test_every_quote_stands_verbatim_at_its_offsets(asked: list[Asked]) -> None:
    assert not broken(
        asked,
        lambda item: all(
            item.texts[c.article.id][c.start : c.end] == c.quote != "" and c.quote in c.evidence.passage
            for c in quoted(item)
        ),
    )
    assert not broken(
        asked, lambda item: all(item.texts[e.article.id][slice(*e.span)] == e.quote for e in item.answer.sources)
    )


def test_an_unknown_cites_nothing_and_has_no_short_answer(asked: list[Asked]) -> None:
    unknown = [item for item in asked if item.answer.verdict is Verdict.UNKNOWN]
    assert not broken(unknown, lambda item: item.answer.citations == () and item.answer.short is None)


def test_only_an_unknown_offers_near_passages(asked: list[Asked]) -> None:
    known = [item for item in asked if item.answer.verdict is not Verdict.UNKNOWN]
    assert not broken(known, lambda item: item.answer.closest == ())


def test_every_answer_but_a_plain_no_and_what_is_known_of_articles_cites_something(asked: list[Asked]) -> None:
    def holds(item: Asked) -> bool:
        return bool(item.answer.citations) or item.answer.verdict in (Verdict.UNKNOWN, Verdict.NO) or about(item)

    def about(item: Asked) -> bool:
        return re.search(r"article|published|publisher|wrote|date", item.question.question) is not None

    assert not broken(asked, holds)


def test_a_dispute_cites_both_sides(asked: list[Asked]) -> None:
    disputed = [item for item in asked if item.answer.verdict is Verdict.DISPUTED]
    both = {Stance.ASSERTS, Stance.DENIES}
    assert not broken(disputed, lambda item: both <= {citation.stance for citation in item.answer.citations})


def test_the_markers_in_the_text_are_those_of_the_citations(asked: list[Asked]) -> None:
    def holds(item: Asked) -> bool:
        markers = [int(n) for n in re.findall(r"\[(\d+)\]", item.answer.text)]
        return sorted(markers) == [citation.n for citation in item.answer.citations]

    assert not broken(asked, holds)


def test_a_verdict_of_yes_no_or_disputed_comes_with_a_lean_on_its_side(asked: list[Asked]) -> None:
    def holds(item: Asked) -> bool:
        lean = item.answer.lean
        if item.answer.verdict is Verdict.YES:
            return lean is not None and lean >= 0.5
        if item.answer.verdict is Verdict.NO:
            return lean is not None and lean <= 0.5
        return item.answer.verdict is not Verdict.DISPUTED or lean is not None

    assert not broken(asked, holds)


def test_a_question_that_opens_like_a_yes_no_question_has_a_lean(asked: list[Asked]) -> None:
    opening = re.compile(r"(?:did|does|do|is|are|was|were|has|have) (?!.*(?:,| or | how many ))", re.IGNORECASE)
    plain = [item for item in asked if opening.match(item.question.question)]
    assert len(plain) > 30
    assert not broken(plain, lambda item: item.answer.lean is not None)


def test_lean_and_confidence_are_probabilities(asked: list[Asked]) -> None:
    assert not broken(
        asked, lambda i: 0.0 <= i.answer.confidence <= 1.0 and (i.answer.lean is None or 0.0 <= i.answer.lean <= 1.0)
    )


def test_the_short_answer_of_a_yes_no_verdict_is_the_verdict(asked: list[Asked]) -> None:
    decided = [item for item in asked if item.answer.verdict in (Verdict.YES, Verdict.NO)]
    assert not broken(decided, lambda item: item.answer.short == item.answer.verdict.value)


def test_a_cited_article_that_a_machine_made_is_always_warned_of(asked: list[Asked]) -> None:
    citing = [i for i in asked if any(c.article.nature is Nature.AI for c in i.answer.citations)]
    assert citing
    assert not broken(citing, lambda item: any("AI-generated" in warning for warning in item.answer.warnings))


def test_every_answer_in_json_has_the_keys_of_the_contract(asked: list[Asked]) -> None:
    keys = {
        "schema", "question", "text", "short", "verdict", "lean", "confidence", "claim", "citations", "sources",
        "closest", "warnings", "model", "generation", "seconds",
    }  # fmt: skip
    of_article = {"id", "title", "publisher", "author", "published", "url"}
    of_citation = {
        "n",
        "quote",
        "start",
        "end",
        "article",
        "passage",
        "speaker",
        "stance",
        "hedged",
        "verbatim",
        "support",
    }
    of_source = of_article | {"speaker", "stance", "hedged", "quote", "reprints"}

    def holds(item: Asked) -> bool:
        made = item.answer.to_dict()
        citations = made["citations"] + made["closest"]
        return (
            keys == set(made)
            and all(of_citation <= set(c) and of_article <= set(c["article"]) for c in citations)
            and all(of_source <= set(source) for source in made["sources"])
        )

    assert not broken(asked, holds)


def test_answers_name_the_generation_and_repeat_the_question(asked: list[Asked], seeds: Engine) -> None:
    assert not broken(asked, lambda i: i.answer.question == " ".join(i.question.question.split()))
    assert not broken(asked, lambda i: i.answer.generation >= 1)
    assert replace(seeds.ask(DENIAL), seconds=0.0) == replace(seeds.ask(DENIAL), seconds=0.0)


def test_a_filter_lets_nothing_else_speak(asked: list[Asked]) -> None:
    filtered = [item for item in asked if item.question.filters]

    def holds(item: Asked) -> bool:
        filters = item.question.filters
        assert filters is not None
        return all(filters.matches(evidence.article) for evidence in item.answer.sources) and all(
            filters.matches(citation.article) for citation in quoted(item)
        )

    assert not broken(filtered, holds)
