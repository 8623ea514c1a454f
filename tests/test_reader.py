"""The embedded reader: passages in, a cited answer out; several answers made one."""

from collections.abc import Callable, Sequence

import numpy as np
import pytest
from conftest import HashEncoder
from on_record import found, said

from index.types import Article, Nature
from rag.heads import Reading
from rag.heads_spans import SpanOdds
from rag.reader import EmbeddedReader, joined, side_by_side, warnings_for
from rag.types import Answer, Citation, Evidence, Stance, Support, Verdict
from rag.understand import understand
from rag.words import split_words

Make = Callable[..., Evidence]

TALKS = said(
    "Harland is in talks to sell its Leeds brewery, a person close to the firm said.",
    id="talks",
    publisher="Daily Ledger",
)
DENIAL = said("Harland said there was “not a grain of truth” in talk of a sale of its Leeds brewery.", id="denial", publisher="Morning Wire")  # fmt: skip


def read(question: str, *articles: Article, **known: bool) -> Answer:
    return EmbeddedReader().read(understand(question, **known), found(*articles), HashEncoder().encode)


def test_the_answer_cites_the_sentence_that_gives_it() -> None:
    article = said("Hail fell on Leeds. The flood killed 12 people in Brasov. Roads were closed.", id="a")
    answer = read("How many people did the flood kill?", article)
    assert answer.short == "12"
    citation = answer.citations[0]
    assert citation.quote == "The flood killed 12 people in Brasov."
    assert article.text[citation.start : citation.end] == citation.quote
    assert "[1]" in answer.text


def test_a_denial_is_told_in_the_words_of_who_denies() -> None:
    answer = read("Did Harland deny talks to sell the Leeds brewery?", TALKS, said("Harland denied talks to sell its Leeds brewery.", id="b"))  # fmt: skip
    assert answer.verdict is Verdict.YES
    assert answer.citations[0].speaker == "Harland"
    assert answer.citations[0].stance is Stance.DENIES
    assert "Harland denied talks to sell its Leeds brewery" in answer.text
    assert {(source.article.id, source.stance) for source in answer.sources} >= {("b", Stance.DENIES), ("talks", Stance.ASSERTS)}  # fmt: skip


def test_a_claim_and_a_denial_in_other_words_are_disputed() -> None:
    answer = read(
        "Is Harland selling its Leeds brewery?", said("Harland is selling its Leeds brewery.", id="a"), DENIAL
    )
    assert answer.verdict is Verdict.DISPUTED
    assert {citation.article.id for citation in answer.citations} == {"a", "denial"}
    assert answer.text.startswith("Sources disagree.")


def test_the_claim_that_stances_refer_to_is_given() -> None:
    assert read("Is Harland selling its Leeds brewery?", DENIAL).claim == "Harland is selling its Leeds brewery"
    assert read("Who is selling a brewery?", DENIAL).claim is None


def test_an_unknown_has_near_passages_apart_and_no_citation() -> None:
    answer = read("How much will the Leeds brewery fetch?", TALKS)
    assert answer.verdict is Verdict.UNKNOWN
    assert answer.citations == ()
    assert "[1]" not in answer.text
    assert [citation.article.id for citation in answer.closest] == ["talks"]
    assert answer.closest[0].support is Support.UNJUDGED


def test_a_source_is_listed_once_for_each_article_and_speaker() -> None:
    answer = read("Is Harland in talks to sell its Leeds brewery?", TALKS, DENIAL)
    voices = [(source.article.id, source.speaker) for source in answer.sources]
    assert len(voices) == len(set(voices))


def test_without_passages_the_answer_is_unknown() -> None:
    answer = read("Is Harland selling its Leeds brewery?")
    assert answer.verdict is Verdict.UNKNOWN
    assert answer.lean is not None
    assert answer.closest == ()


class Finger:
    """A reading head that points at one stretch of words wherever it stands."""

    def __init__(self, words: str) -> None:
        self.words = words
        self.asked: list[str] = []
        self.passages: list[str] = []

    def read(self, question: str, passages: Sequence[str], titles: Sequence[str] = ()) -> list[Reading]:
        self.asked.append(question)
        self.passages = list(passages)
        return [self._read(passage) for passage in passages]

    def _read(self, passage: str) -> Reading:
        at = passage.find(self.words)
        offsets = [(word.start, word.end) for word in split_words(passage)]
        begins = np.array([4.5 if start == at else -9 for start, _ in offsets], np.float32)
        ends = np.array([4.5 if at >= 0 and end == at + len(self.words) else -9 for _, end in offsets], np.float32)
        if at < 0:
            return Reading(0, 0, "", -9.0, 0.01, SpanOdds(begins, ends, offsets, 0.0))
        return Reading(at, at + len(self.words), self.words, 9.0, 0.97, SpanOdds(begins, ends, offsets, 0.0))


def test_a_reading_head_is_asked_what_is_no_yes_or_no() -> None:
    head = Finger("a tired old heron")
    article = said("The mascot of the brewery is a tired old heron. Hail fell on Leeds.", id="a")
    answer = EmbeddedReader(head).read(
        understand("What is the mascot of the brewery?"), found(article), HashEncoder().encode
    )
    assert answer.short == "a tired old heron"
    assert head.asked == ["What is the mascot of the brewery?"]
    EmbeddedReader(head).read(understand("Is the mascot a heron?"), found(article), HashEncoder().encode)
    assert len(head.asked) == 1


def test_a_passage_is_not_asked_for_the_day_of_its_article() -> None:
    head = Finger("a tired old heron")
    then = said("The mascot of the brewery is a tired old heron.", id="then", published="2023-10-12")
    later = said("The brewery has shown its mascot to nobody.", id="later", published="2025-03-03")
    told = said("In 2023 the mascot of the brewery was a hare.", id="told", published="2023-12-01")
    question = understand("What was the mascot of the brewery in 2023?")
    EmbeddedReader(head).read(question, found(then, later, told), HashEncoder().encode)
    assert sorted(head.asked) == ["What was the mascot of the brewery in 2023?", "What was the mascot of the brewery?"]
    assert head.passages in ([then.text], [later.text, told.text], [told.text, later.text])


@pytest.mark.parametrize(
    "asked",
    ["Which firms left before 2025?", "Who led it in 2025 or later?", "Who has led it since 2025?", "What is 2025’s?"],
)
def test_a_day_that_bounds_what_is_asked_stays(asked: str) -> None:
    head = Finger("nobody")
    EmbeddedReader(head).read(understand(asked), found(said("Harland is led by nobody.", id="a")), HashEncoder().encode)
    assert head.asked == [asked]


def test_passages_are_read_that_the_search_or_their_sentences_put_first() -> None:
    """Twenty speak of the brewery's mascot in the question's words; what says it in others came first in the search."""
    head = Finger("a tired old heron")
    said_otherwise = said("Over its gate hangs a tired old heron.", id="gate")
    alike = [said(f"What is the mascot of the brewery in town {n}? Nobody knows.", id=f"a{n}") for n in range(20)]
    question = understand("What is the mascot of the brewery?")
    for articles, read in (([said_otherwise, *alike], True), ([*alike, said_otherwise], False)):
        EmbeddedReader(head).read(question, found(*articles), HashEncoder().encode)
        assert (said_otherwise.text in head.passages) is read
    assert len(head.passages) == 8


def answered(make: Make, verdict: Verdict, id: str, confidence: float = 0.8) -> Answer:
    evidence = make(f"The quay is safe, says {id}.", id=id)
    return Answer("Is it safe?", "", verdict, "yes", 0.9, confidence, citations=(Citation(1, evidence),))


def test_two_articles_both_say_it_only_when_each_does(make_evidence: Make) -> None:
    yes = answered(make_evidence, Verdict.YES, "a")
    both = joined([yes, answered(make_evidence, Verdict.YES, "b", confidence=0.6)])
    assert both.verdict is Verdict.YES
    assert [citation.article.id for citation in both.citations] == ["a", "b"]
    assert [citation.n for citation in both.citations] == [1, 2]
    assert both.confidence == 0.6
    assert joined([yes, answered(make_evidence, Verdict.NO, "b")]).verdict is Verdict.NO


def test_answers_side_by_side_keep_their_order_and_number_anew(make_evidence: Make) -> None:
    answers = [answered(make_evidence, Verdict.ANSWERED, id) for id in ("a", "b")]
    together = side_by_side(answers, understand("How do they differ?"))
    assert [(citation.n, citation.article.id) for citation in together.citations] == [(1, "a"), (2, "b")]
    assert together.text.index("[1]") < together.text.index("[2]")
    assert side_by_side(answers[:1], understand("How do they differ?")).verdict is Verdict.UNKNOWN


@pytest.mark.parametrize(
    ("nature", "warned"),
    [(Nature.AI, True), (Nature.SPONSORED, True), (Nature.OPINION, False), (Nature.NEWS, False), (None, False)],
)
def test_an_article_that_a_machine_made_or_somebody_paid_for_carries_a_warning(
    make_evidence: Make, nature: Nature | None, warned: bool
) -> None:
    twice = [Citation(n, make_evidence("Travel light.", title="Ten ways", nature=nature)) for n in (1, 2)]
    warnings = warnings_for(twice)
    assert len(warnings) == int(warned)
    assert all("Ten ways" in warning for warning in warnings)
