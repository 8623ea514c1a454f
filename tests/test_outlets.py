"""The outlets that a question names as its sources, those of the index and those that it has nothing from."""

import pytest

from index.types import Article, Entry
from rag.outlets import outlets_in

ENTRIES = [
    Entry(id=name, title="", publisher=name, author=author, published=None, url=None)
    for name, author in (
        ("The Marlow Gazette", None),
        ("Port Ledger", "Ida Brandt"),
        ("Daily Lantern - Health", None),
        ("Daily Lantern - Sport", None),
        ("Coastline.com", None),
    )
]


def named(question: str) -> list[str]:
    return [outlet.name for outlet in outlets_in(question, ENTRIES)]


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Does the Port Ledger article mention a strike?", ["Port Ledger"]),
        ("Does the article from 'Port Ledger' mention a strike?", ["Port Ledger"]),
        ("Who resigned, as reported by The Marlow Gazette and the Port Ledger?", ["The Marlow Gazette", "Port Ledger"]),
        ("Does the Marlow Gazette say so, while the Port Ledger denies it?", ["the Marlow Gazette", "Port Ledger"]),
        ("Who resigned, according to Coastline?", ["Coastline"]),
    ],
)
def test_outlets_are_named_in_many_ways(question: str, names: list[str]) -> None:
    assert named(question) == names


def test_an_outlet_that_is_no_source_is_not_named_as_one() -> None:
    assert named("Did Coastline buy the Port Ledger?") == []


def test_a_name_without_its_section_means_every_section() -> None:
    outlet = outlets_in("What does the Daily Lantern article say of sugar?", ENTRIES)[0]
    assert outlet.publishers == ("Daily Lantern - Health", "Daily Lantern - Sport")


@pytest.mark.parametrize(
    "question",
    [
        "Does the Reuters article mention a strike?",
        "Does the article by Reuters mention a strike?",
        "Who went on strike, as reported by Reuters?",
        "Does Reuters’s report mention a strike?",
    ],
)
def test_an_outlet_that_the_index_has_nothing_from_is_named_without_publishers(question: str) -> None:
    assert [(outlet.name, outlet.publishers) for outlet in outlets_in(question, ENTRIES)] == [("Reuters", ())]


def test_an_author_is_an_outlet_by_articles_alone() -> None:
    assert named("Does the Ida Brandt article mention a strike?") == ["Ida Brandt"]
    assert named("Does the Port Ledger article say that Ida Brandt said so?") == ["Port Ledger"]


def test_an_author_and_a_site_are_outlets_where_their_articles_are_spoken_of() -> None:
    entries = [
        Entry.of(Article(id="a", text="x", publisher="harbour.example"), 1),
        Entry.of(Article(id="b", text="y", author="Ada Cole"), 1),
    ]
    question = "Does the harbour.example article say it sank, while Ada Cole's article says it sails?"
    assert [outlet.publishers for outlet in outlets_in(question, entries)] == [("harbour.example",), ("Ada Cole",)]
    assert outlets_in("Does the report on Ada Cole say that she left?", entries[1:]) == ()
