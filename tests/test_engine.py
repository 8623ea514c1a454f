"""Questions in, answers out: what is refused, what is said without articles, filters, streams, threads, generations."""

import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import HashEncoder, news

from index import Article, Filters, Index
from index.errors import BadInput, InvalidFilter, ModelUnavailable
from index.types import Hit
from rag import Answer, Engine, Verdict
from rag.engine import MAX_QUESTION, check_day, check_question
from rag.pool import Encode
from rag.reader import EmbeddedReader
from rag.understand import Question

DENIAL = "Did Northwind deny talks with Contoso?"


@pytest.fixture
def engine(index_path: Path) -> "Engine":
    """Over three invented articles, by rules alone."""
    index = Index.open(index_path, encoder=HashEncoder())
    index.add(news())
    return Engine(index, reader=EmbeddedReader())


@pytest.mark.parametrize("question", ["", "   ", "\n\t", "???", "…", "\u200b"])
def test_an_empty_question_is_refused_with_an_example(engine: Engine, question: str) -> None:
    with pytest.raises(BadInput, match="empty"):
        engine.ask(question)


def test_a_question_as_long_as_a_book_is_refused_with_its_length(engine: Engine) -> None:
    with pytest.raises(BadInput, match="100,000 characters"):
        engine.ask("why?" * 25_000)


def test_the_longest_question_allowed_is_answered(engine: Engine) -> None:
    assert isinstance(engine.ask(("why " * MAX_QUESTION)[:MAX_QUESTION]), Answer)


def test_control_characters_and_line_breaks_are_not_part_of_a_question() -> None:
    assert check_question("Did  Northwind\n\u202edeny it?\x00") == "Did Northwind deny it?"


def test_a_story_that_several_papers_printed_is_one_source_with_its_reprints(index_path: Path) -> None:
    claim, denial, weather = news()
    more = " The two firms build pumps for mines. Shares of both rose in the morning and fell at noon, traders said."
    wire = replace(denial, text=denial.text + more)
    prints = [replace(wire, id=f"print{n}", publisher=f"Paper {n}", published=f"2025-03-0{n}") for n in (5, 6)]
    with Index.open(index_path, encoder=HashEncoder()) as index:
        index.add([claim, wire, weather, *prints])
        answer = Engine(index, reader=EmbeddedReader()).ask(DENIAL)
    assert answer.verdict is Verdict.YES
    family = {"denial", "print5", "print6"}
    (source,) = {(one.article.id, one.reprints) for one in answer.sources if one.article.id in family}
    assert {source[0], *source[1]} == family
    assert len({citation.article.id for citation in answer.citations} & family) == 1
    assert all(not one.reprints for one in answer.sources if one.article.id not in family)


@pytest.mark.parametrize("day", ["tomorrow", "2025-02-30", "25-03-04", ""])
def test_a_day_that_cannot_be_read_is_refused_with_an_example(engine: Engine, day: str) -> None:
    with pytest.raises(BadInput, match="2026-02-10"):
        engine.ask(DENIAL, as_of=day)


def test_a_day_may_come_with_a_time() -> None:
    assert check_day("2025-03-04T10:00").isoformat() == "2025-03-04"


@pytest.mark.parametrize("name", ["nobody:small", "ollama", ":"])
def test_a_model_of_an_unknown_provider_is_refused(engine: Engine, name: str) -> None:
    with pytest.raises((ModelUnavailable, BadInput)):
        engine.ask(DENIAL, model=name)


@pytest.mark.parametrize("question", [DENIAL, "Who runs Contoso?"])
def test_without_articles_nothing_is_known_and_the_answer_says_how_to_add_some(index_path: Path, question: str) -> None:
    with Index.open(index_path, encoder=HashEncoder()) as index:
        answer = Engine(index).ask(question)
    assert answer.verdict is Verdict.UNKNOWN
    assert answer.citations == ()
    assert "onrecord add" in answer.text


def test_a_yes_no_question_has_a_lean_even_without_articles(index_path: Path) -> None:
    with Index.open(index_path, encoder=HashEncoder()) as index:
        assert Engine(index).ask(DENIAL).lean is not None
        assert Engine(index).ask("Who runs Contoso?").lean is None


def test_a_question_in_a_script_that_the_encoder_cannot_read_is_unknown_with_a_warning(engine: Engine) -> None:
    answer = engine.ask("福特否认了与小米的交易吗")
    assert answer.verdict is Verdict.UNKNOWN
    assert answer.citations == ()
    assert any("script" in warning for warning in answer.warnings)


def test_an_answer_gives_the_question_the_generation_and_its_seconds(engine: Engine) -> None:
    answer = engine.ask(f"  {DENIAL}\n")
    assert answer.question == DENIAL
    assert answer.generation == engine.index.generation
    assert answer.seconds >= 0.0
    assert answer.model is None


def test_a_stream_gives_the_text_sentence_by_sentence_and_then_the_answer(engine: Engine) -> None:
    *sentences, answer = engine.stream(DENIAL)
    assert isinstance(answer, Answer)
    assert sentences
    assert " ".join(str(sentence) for sentence in sentences) == answer.text
    assert replace(answer, seconds=0.0) == replace(engine.ask(DENIAL), seconds=0.0)


def test_a_filter_lets_only_its_articles_speak(engine: Engine) -> None:
    answer = engine.ask("Is Northwind in talks with Contoso?", filters=Filters(publishers=("Daily Ledger",)))
    assert {evidence.article.id for evidence in answer.sources} <= {"claim"}
    assert answer.verdict is Verdict.YES
    early = engine.ask(DENIAL, filters=Filters(until="2025-03-03"))
    assert early.verdict is Verdict.UNKNOWN


def test_a_filter_that_no_article_passes_leaves_the_question_unknown(engine: Engine) -> None:
    answer = engine.ask(DENIAL, filters=Filters(publishers=("Nobody's News",)))
    assert answer.verdict is Verdict.UNKNOWN
    assert answer.closest == ()


def test_an_outlet_that_the_question_names_is_not_swapped_for_those_that_the_filter_lets_through(
    engine: Engine,
) -> None:
    question = "Is Northwind in talks with Contoso, according to the Daily Ledger?"
    assert engine.ask(question).verdict is Verdict.YES
    answer = engine.ask(question, filters=Filters(articles=("denial",)))
    assert answer.verdict is Verdict.UNKNOWN
    assert "outside the chosen limits" in answer.text


def test_a_filter_with_a_date_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(InvalidFilter):
        Filters(since="some day")


def test_articles_without_a_date_are_left_out_by_a_date_filter_and_counted(index_path: Path) -> None:
    undated = [
        Article(id=str(n), text=f"Northwind denied talks with Contoso again, for the {n}th time.") for n in (4, 5)
    ]
    with Index.open(index_path, encoder=HashEncoder()) as index:
        index.add([*news(), *undated])
        engine = Engine(index, reader=EmbeddedReader())
        filtered = engine.ask(DENIAL, filters=Filters(since="2025-01-01"))
        free = engine.ask(DENIAL)
    assert any(warning.startswith("2 articles of unknown date") for warning in filtered.warnings)
    assert not {"4", "5"} & {evidence.article.id for evidence in filtered.sources}
    assert not any("unknown date" in warning for warning in free.warnings)


def test_a_follow_up_leans_on_the_questions_before_it(engine: Engine) -> None:
    answer = engine.ask("And Contoso?", history=[DENIAL])
    assert answer.question == "And Contoso?"
    assert answer.verdict is not Verdict.YES  # Contoso declined to comment


def test_every_word_that_is_cited_stands_in_its_article(engine: Engine) -> None:
    for citation in engine.ask("Is Northwind in talks with Contoso?").citations:
        text = engine.index.article(citation.article.id).text
        assert text[citation.start : citation.end] == citation.quote


def test_several_threads_get_the_answers_that_one_gets(engine: Engine) -> None:
    questions = [DENIAL, "Is Northwind in talks with Contoso?", "Who runs Contoso?", "When will ferries run again?"]
    alone = {question: replace(engine.ask(question), seconds=0.0) for question in questions}
    different: list[str] = []

    def ask(question: str) -> None:
        for _ in range(5):
            if replace(engine.ask(question), seconds=0.0) != alone[question]:
                different.append(question)

    threads = [threading.Thread(target=ask, args=(question,)) for question in questions * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert different == []


class AddingReader:
    """Adds an article while it reads, as another process might, and then reads as usual."""

    def __init__(self, index: Index) -> None:
        self.index = index

    def read(self, question: Question, hits: Sequence[Hit], encode: Encode, among: int = 0) -> Answer:
        self.index.add([Article(id="late", text="Northwind confirmed talks with Contoso.", published="2025-03-09")])
        return EmbeddedReader().read(question, hits, encode, among)


def test_an_answer_comes_from_the_generation_it_names(index_path: Path) -> None:
    with Index.open(index_path, encoder=HashEncoder()) as index:
        index.add(news())
        before = index.generation
        answer = Engine(index, reader=AddingReader(index)).ask(DENIAL)
        assert index.generation > before
    assert answer.generation == before
    assert "late" not in {evidence.article.id for evidence in answer.sources}
    assert answer.verdict is Verdict.YES
