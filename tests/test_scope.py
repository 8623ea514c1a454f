"""Which articles a question speaks of, and what is left of the question without them."""

import pytest
from on_record import found, said

from index.types import Nature
from rag.scope import Scope, by_name, by_title, find_references, read_scope

ARTICLES = (
    said("Old", id="old", title="Harbour expansion approved", publisher="Coast Gazette", author="Ana Reyes", published="2019-06-01"),
    said("New", id="new", title="Ferry strike enters second week", publisher="The Daily Ledger", author="Lars Dahl", published="2025-03-03"),
    said("Robot", id="robot", title="Ten ways to travel light", nature=Nature.AI, published="2025-01-01"),
    said("View", id="view", title="Why the ferry strike is right", nature=Nature.OPINION, published="2025-03-04"),
)  # fmt: skip
ENTRIES = [hit.article for hit in found(*ARTICLES)]


def scope(question: str) -> Scope:
    return read_scope(question, ENTRIES)


@pytest.mark.parametrize(
    ("question", "ids"),
    [
        ("What does the 2019 article say about the quay?", ("old",)),
        ("Who is quoted in the Coast Gazette article?", ("old",)),
        ("What does Lars Dahl's article say about pay?", ("new",)),
        ("Who is to blame, according to the opinion piece?", ("view",)),
        ("What should one pack, says the AI-generated article?", ("robot",)),
        ("When will the ferries run again, according to the Daily Ledger?", ("new",)),
        ("What does the article on harbour expansion say about cost?", ("old",)),
    ],
)
def test_articles_are_found_by_year_publisher_author_nature_or_title(question: str, ids: tuple[str, ...]) -> None:
    assert scope(question).articles == ids


@pytest.mark.parametrize(
    "question",
    [
        "Who is to blame for the ferry strike?",
        "Did the club deny the report?",
        "Did the ferry strike deny the report?",
        "What does the report say about pay?",
        "What do the articles say about pay?",
        "Is the story about the mayor true?",
    ],
)
def test_a_question_that_points_at_no_article_is_asked_of_all(question: str) -> None:
    assert scope(question) == Scope(question)


def test_the_reference_is_taken_out_of_the_question() -> None:
    assert scope("When will the ferries run again, according to the Daily Ledger?").text.rstrip("?") == (
        "When will the ferries run again"
    )


@pytest.mark.parametrize(
    ("question", "text", "mention"),
    [
        ("Does the Daily Ledger say that the ferries stopped?", "The ferries stopped", False),
        ("Did the 2019 article mention the quay?", "The quay", True),
        ("Does Ana Reyes's article report that the harbour will grow?", "The harbour will grow", False),
    ],
)
def test_whether_an_article_says_something_is_asked_as_a_statement(question: str, text: str, mention: bool) -> None:
    read = scope(question)
    assert read.says
    assert len(read.articles) == 1
    assert (read.text, read.mention) == (text, mention)


def test_whether_two_articles_both_say_it_asks_each() -> None:
    read = scope("Do the 2019 article and the opinion piece both say that the quay is safe?")
    assert set(read.articles) == {"old", "view"}
    assert read.every


def test_a_reference_stands_where_it_says() -> None:
    question = "What does the 2019 article say about the quay?"
    for reference in find_references(question, ENTRIES):
        assert reference.text in question
        assert "article" in question[slice(*reference.span)]


def test_a_description_that_fits_half_the_index_points_at_none() -> None:
    entries = [hit.article for hit in found(said("A", title="Ferry strike"), said("B", title="Ferry fares"))]
    assert read_scope("What does the article on ferry fares say?", entries).articles == ("b",)
    assert read_scope("What does the article on ferry plans say?", entries).articles == ()


@pytest.mark.parametrize("name", ["Coast Gazette", "coast gazette", "The Coast Gazette", "Ana Reyes", "Reyes"])
def test_a_publisher_or_an_author_is_found_by_name(name: str) -> None:
    assert by_name(name, ENTRIES) == ("old",)


@pytest.mark.parametrize("name", ["", "Gazette of the coast", "an", "Bettina Krolow"])
def test_another_name_finds_nothing(name: str) -> None:
    assert by_name(name, ENTRIES) == ()


def test_the_title_that_shares_most_words_is_meant() -> None:
    assert by_title("who wrote the piece on harbour expansion?", ENTRIES) == ("old",)
    assert set(by_title("who wrote about the ferry strike?", ENTRIES)) == {"new", "view"}
    assert by_title("who wrote about volcanoes?", ENTRIES) == ()
