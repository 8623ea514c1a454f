"""How a question that describes somebody over several articles is cut into clauses."""

import pytest

from index.types import Entry
from rag.clauses import Clause, Relation
from rag.descriptions import description_in

ENTRIES = [
    Entry(id=name, title="", publisher=name, author=None, published=None, url=None)
    for name in ("Port Ledger", "Marlow Gazette")
]
LEDGER, GAZETTE = ("Port Ledger",), ("Marlow Gazette",)


def test_each_clause_has_the_outlet_named_with_it() -> None:
    question = (
        "Which company, covered by the Port Ledger for closing its dock, also sold two old ferries as noted by the "
        "Marlow Gazette?"
    )
    cut = description_in(question, ENTRIES)
    assert cut is not None
    assert cut.relation is Relation.WHO
    assert cut.focus == "company"
    assert cut.clauses == (Clause("for closing its dock", LEDGER), Clause("sold two old ferries", GAZETTE))


def test_an_outlet_behind_its_clause_belongs_to_it() -> None:
    question = (
        "Who is the captain who lost the Albion in a storm, as reported by the Port Ledger, and won a medal for "
        "bravery according to the Marlow Gazette?"
    )
    cut = description_in(question, ENTRIES)
    assert cut is not None
    assert [(clause.text, clause.publishers) for clause in cut.clauses] == [
        ("lost the Albion in a storm", LEDGER),
        ("won a medal for bravery", GAZETTE),
    ]


def test_outlets_that_are_not_there_are_told() -> None:
    question = (
        "Which company, covered by the Port Ledger for closing its dock, also sold ferries as reported by Reuters?"
    )
    cut = description_in(question, ENTRIES)
    assert cut is not None
    assert cut.absent == ("Reuters",)


def test_a_long_description_needs_no_outlet() -> None:
    question = (
        "Who is the captain who lost the Albion in a winter storm, was later cleared of all blame by a court in "
        "Marlow, and has since written a book on navigation?"
    )
    cut = description_in(question, ENTRIES)
    assert cut is not None
    assert len(cut.clauses) == 3


@pytest.mark.parametrize(
    "question",
    [
        "Who closed the dock?",
        "Which company closed its dock and sold two ferries?",
        "Who, according to the Port Ledger, closed the dock?",
        "Which letter, named by the Port Ledger and by the Marlow Gazette, begins the name of the ship that sank?",
        "When did the dock close, according to the Port Ledger and the Marlow Gazette?",
    ],
)
def test_other_questions_are_left_whole(question: str) -> None:
    assert description_in(question, ENTRIES) is None
