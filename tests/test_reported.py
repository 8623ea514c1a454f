"""How a question about what several outlets report is cut into clauses, and what it wants to know of them."""

import pytest

from index.types import Entry
from rag.clauses import Clause, Relation
from rag.reported import reported_in

ENTRIES = [
    Entry(id=name, title="", publisher=name, author=None, published=None, url=None)
    for name in ("Port Ledger", "Marlow Gazette", "Coast Tribune")
]
LEDGER, GAZETTE, TRIBUNE = ("Port Ledger",), ("Marlow Gazette",), ("Coast Tribune",)


def clauses(question: str) -> tuple[Clause, ...]:
    cut = reported_in(question, ENTRIES)
    assert cut is not None
    return cut.clauses


def test_each_outlet_has_the_words_that_it_is_asked_about() -> None:
    question = (
        "Does the Port Ledger article say that the dock closed, while the Marlow Gazette reports that it reopened?"
    )
    assert clauses(question) == (Clause("the dock closed", LEDGER), Clause("it reopened", GAZETTE))


def test_what_an_article_is_about_is_not_what_it_says() -> None:
    question = (
        "Does the Port Ledger article on Ida Brandt claim that she lied, while the Marlow Gazette says she did not?"
    )
    assert clauses(question)[0] == Clause("she lied", LEDGER)


def test_what_an_article_only_discusses_is_a_subject() -> None:
    question = (
        "Does the Port Ledger article say the dock closed, while the Marlow Gazette article focuses on new ferries?"
    )
    assert clauses(question)[1] == Clause("new ferries", GAZETTE, is_subject=True)


def test_outlets_named_in_one_breath_are_asked_the_same() -> None:
    question = "Do the Port Ledger and Marlow Gazette articles both say that the dock closed?"
    assert clauses(question) == (Clause("the dock closed", LEDGER), Clause("the dock closed", GAZETTE))


def test_respectively_gives_each_outlet_its_own_words() -> None:
    question = (
        "Does the Port Ledger say the dock closed, while the Marlow Gazette and Coast Tribune articles focus on "
        "the new ferries and the old bridge, respectively?"
    )
    assert [c.text for c in clauses(question)] == ["the dock closed", "the new ferries", "the old bridge"]


def test_the_same_source_is_the_one_named_before() -> None:
    question = "Did the Port Ledger article say the dock closed, while the same source says that it made a profit?"
    assert clauses(question) == (Clause("the dock closed", LEDGER), Clause("it made a profit", LEDGER))


def test_a_report_is_that_of_the_day_it_is_named_with() -> None:
    question = (
        "Between the Port Ledger report on the dock published on March 3, 2025, and the one published on 9 May 2025, "
        "was there a change in its status?"
    )
    first, second = clauses(question)
    assert (first.text, first.since, first.until) == ("dock", "March 3, 2025", "March 3, 2025")
    assert (second.text, second.since, second.publishers) == ("dock", "9 May 2025", LEDGER)


def test_words_may_stand_before_the_outlet_that_reports_them() -> None:
    question = (
        "Was the closing of the dock reported by the Port Ledger before the fire was reported by the Marlow Gazette?"
    )
    assert [c.text for c in clauses(question)] == ["the closing of the dock", "the fire"]


@pytest.mark.parametrize(
    ("question", "relation"),
    [
        ("Does the Port Ledger say the dock closed, while the Marlow Gazette says it did not?", Relation.ALL),
        ("Do the Port Ledger and Marlow Gazette articles agree on the new dock?", Relation.AGREE),
        ("Is the Port Ledger report on the dock consistent with the Marlow Gazette report on it?", Relation.AGREE),
        ("Do the Port Ledger and Marlow Gazette articles disagree on the new dock?", Relation.CLASH),
        ("Does the Port Ledger report contradict the Marlow Gazette report on the dock?", Relation.CLASH),
        ("Between the Port Ledger report and the Marlow Gazette report, was there a change in the fare?", Relation.CHANGE),
        ("Between the Port Ledger report and the Marlow Gazette report, was there no change in fares?", Relation.SAME),
        ("Did the Port Ledger report the fire before the Marlow Gazette reported the closing?", Relation.BEFORE),
        ("Did the Port Ledger report the fire after the Marlow Gazette reported the closing?", Relation.AFTER),
        ("Did the Port Ledger report a higher fare for ferries than the Marlow Gazette reported?", Relation.MORE),
    ],
)  # fmt: skip
def test_a_question_relates_its_clauses(question: str, relation: Relation) -> None:
    cut = reported_in(question, ENTRIES)
    assert cut is not None
    assert cut.relation is relation


def test_a_choice_of_words_is_kept() -> None:
    question = "Is the advice on fares in the Port Ledger and Marlow Gazette articles consistent or inconsistent?"
    cut = reported_in(question, ENTRIES)
    assert cut is not None
    assert cut.options == ("consistent", "inconsistent")


@pytest.mark.parametrize(
    "question",
    [
        "Did the dock close?",
        "Does the Port Ledger article say that the dock closed?",
        "What do the Port Ledger and the Marlow Gazette say about the dock?",
        "Did Harbour Freight buy the dock, or did Coastal Lines?",
    ],
)
def test_a_question_about_one_report_or_none_is_left_whole(question: str) -> None:
    assert reported_in(question, ENTRIES) is None
