"""Answers to questions over several articles: each clause on its own, then what the question makes of them."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from conftest import HashEncoder
from numpy.typing import NDArray
from on_record import found, said

from index import Article, Filters, Index
from index.types import Entry, Hit
from rag import Answer, Engine, Verdict
from rag.reader import EmbeddedReader
from rag.several import answer_several, cut_up
from rag.words import content_words

CLOSED = said(
    "The Albion dock closed on Monday after a fire. Ferries to Corran cost 14 crowns.",
    id="closed", publisher="Port Ledger", published="2025-03-03",
)  # fmt: skip
OPENED = said(
    "The Albion dock reopened on Friday, its owner said. Ferries to Corran cost 19 crowns.",
    id="opened", publisher="Marlow Gazette", published="2025-03-07",
)  # fmt: skip
DENIED = said(
    "The Albion dock was not closed by a fire, the harbour master said.",
    id="denied", publisher="Coast Tribune", published="2025-03-08",
)  # fmt: skip
EVERY = (CLOSED, OPENED, DENIED)


class JudgeByWords:
    """Takes a text that has a statement's words for it, and one that negates them for against it."""

    def weigh(self, statements: Sequence[str], texts: Sequence[str], titles: Sequence[str] = ()) -> NDArray[np.float64]:
        return np.array([self._one(a, b) for a, b in zip(statements, texts, strict=True)])

    def _one(self, statement: str, text: str) -> tuple[float, float, float, float]:
        words, there = ({word.stem for word in content_words(t)} for t in (statement, text))
        if len(words & there) < 2:
            return (0.0, 0.0, 0.1, 0.9)
        against = ("not" in statement.split()) != ("not" in text.split())
        return (0.0, 0.9, 0.1, 0.0) if against else (0.9, 0.0, 0.1, 0.0)


def asked(question: str, *articles: Article) -> Answer:
    articles = articles or EVERY
    cut = cut_up(question, [Entry.of(article) for article in articles])
    assert cut is not None

    def search(words: str, limits: Filters) -> list[Hit]:
        return [hit for hit in found(*articles) if limits.matches(hit.article)]

    return answer_several(question, cut, search, HashEncoder().encode, JudgeByWords())


def test_every_clause_borne_out_is_a_yes_with_a_citation_each() -> None:
    answer = asked(
        "Does the Port Ledger article say that the Albion dock closed, while the Marlow Gazette article says that "
        "the Albion dock reopened?"
    )
    assert answer.verdict is Verdict.YES
    assert [citation.article.publisher for citation in answer.citations] == ["Port Ledger", "Marlow Gazette"]
    assert answer.text == (
        "Yes. Port Ledger (3 March 2025): “The Albion dock closed on Monday after a fire.” [1] "
        "Marlow Gazette (7 March 2025): “The Albion dock reopened on Friday, its owner said.” [2]"
    )


def test_a_clause_that_its_outlet_speaks_against_is_a_no_and_comes_first() -> None:
    answer = asked(
        "Does the Marlow Gazette article say that the Albion dock reopened, while the Coast Tribune article says that "
        "the Albion dock was closed by a fire?"
    )
    assert answer.verdict is Verdict.NO
    assert answer.citations[0].article.publisher == "Coast Tribune"
    assert answer.text.endswith("Coast Tribune speaks against “the Albion dock was closed by a fire” [1].")


def test_quotes_stand_verbatim_in_their_articles() -> None:
    answer = asked("Do the Port Ledger and the Marlow Gazette articles agree on the Albion dock?")
    texts = {article.id: article.text for article in EVERY}
    assert answer.citations
    for citation in answer.citations:
        assert texts[citation.article.id][citation.start : citation.end] == citation.quote


def test_an_outlet_that_is_not_there_leaves_the_question_open() -> None:
    answer = asked("Does the Reuters article say that the dock closed, while the Port Ledger says that it burnt?")
    assert answer.verdict is Verdict.UNKNOWN
    assert answer.text == "The articles do not say. There is no article from Reuters here."


def test_a_day_on_which_an_outlet_wrote_nothing_leaves_it_open() -> None:
    answer = asked(
        "Between the Port Ledger report on the dock published on 3 March 2025 and the one published on 9 May 2025, was "
        "there a change in its status?"
    )
    assert answer.verdict is Verdict.UNKNOWN
    assert "no article from Port Ledger" in answer.text


def test_a_clause_that_its_outlet_does_not_speak_of_leaves_it_open() -> None:
    answer = asked(
        "Does the Port Ledger say that the Albion dock closed, while the Marlow Gazette says that Mina Voss won a prize?"
    )
    assert answer.verdict is Verdict.UNKNOWN
    assert answer.text == "The articles do not say. Nothing found from Marlow Gazette bears on it."
    assert [near.article.publisher for near in answer.closest] == ["Port Ledger"]


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("Do the Port Ledger and the Coast Tribune articles disagree on the Albion dock and the fire?", Verdict.YES),
        ("Do the Port Ledger and the Coast Tribune articles agree on the Albion dock and the fire?", Verdict.NO),
        ("Do the Port Ledger and the Marlow Gazette articles disagree on the Albion dock?", Verdict.NO),
    ],
)
def test_reports_clash_where_one_speaks_against_the_other(question: str, verdict: Verdict) -> None:
    assert asked(question).verdict is verdict


def test_of_two_words_to_choose_from_one_is_the_answer() -> None:
    answer = asked(
        "Is the news on the Albion dock in the Port Ledger and the Marlow Gazette articles consistent or inconsistent?"
    )
    assert (answer.verdict, answer.short) == (Verdict.ANSWERED, "consistent")


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("Did the Port Ledger report the Albion fire before the Marlow Gazette reported the reopening of the Albion dock?", Verdict.YES),
        ("Did the Port Ledger report the Albion fire after the Marlow Gazette reported the reopening of the Albion dock?", Verdict.NO),
        ("Did the Port Ledger report a lower price for ferries to Corran than the Marlow Gazette reported for ferries to Corran?", Verdict.YES),
        ("Did the Port Ledger report a higher price for ferries to Corran than the Marlow Gazette reported for ferries to Corran?", Verdict.NO),
    ],
)  # fmt: skip
def test_days_and_amounts_are_held_against_each_other(question: str, verdict: Verdict) -> None:
    assert asked(question).verdict is verdict


def test_reports_of_one_day_come_in_no_order() -> None:
    other = said("The Albion dock reopened on Friday.", publisher="Marlow Gazette", published="2025-03-03")
    question = "Did the Port Ledger report the Albion fire before the Marlow Gazette reported the Albion reopening?"
    assert asked(question, CLOSED, other).verdict is Verdict.UNKNOWN


def test_the_engine_cuts_such_questions_up_and_keeps_to_its_filters(index_path: Path) -> None:
    index = Index.open(index_path, encoder=HashEncoder())
    index.add(EVERY)
    engine = Engine(index, reader=EmbeddedReader())
    question = "Did the Port Ledger report the Albion fire before the Marlow Gazette reported the Albion reopening?"
    assert engine.ask(question).verdict is Verdict.YES
    assert engine.ask(question, filters=Filters(publishers="Port Ledger")).verdict is Verdict.UNKNOWN


def test_an_author_s_own_article_answers_for_him(tmp_path: Path) -> None:
    with Index.open(tmp_path, encoder=HashEncoder()) as index:
        index.add(
            [
                Article(id="sunk", publisher="harbour.example", text="The ferry Albion sank off Arlow on Monday."),
                Article(id="sails", author="Ada Cole", text="The ferry Albion sails from Arlow again."),
            ]
        )
        engine = Engine(index, reader=EmbeddedReader())
        question = (
            "Does the harbour.example article say that the Albion sank, while Ada Cole's article says that it sails?"
        )
        answer = engine.ask(question)
        assert {c.article.id for c in answer.citations} == {"sunk", "sails"}
        assert answer.verdict is Verdict.YES
