"""A question typed without capitals gets those that the articles write, and only those."""

import pytest
from on_record import found, said

from rag.casing import restore_capitals

HITS = found(
    said(
        "The Ghent museum lent its Vermeer to NATO, Ana Reyes said. Its head is in Finn Head now.\n"
        "How Museums Lose What They Lend\n"
        "People in Finn Head say the museum should ask Ana Reyes. The will of NATO is that it will stay.",
        author="Bettina Krolow",
        publisher="Harbour Times",
    )
)
ENTRIES = [HITS[0].article]


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("did ana reyes lend nato the vermeer?", "Did Ana Reyes lend NATO the Vermeer?"),
        ("what does bettina krolow's article say?", "What does Bettina Krolow's article say?"),
        ("is it in finn head", "Is it in Finn Head"),
        ("who is the head of the museum?", "Who is the head of the museum?"),
        ("what do they lose?", "What do they lose?"),
        ("will it stay?", "Will it stay?"),
    ],
)
def test_names_are_written_as_the_articles_write_them(typed: str, written: str) -> None:
    assert restore_capitals(typed, HITS, ENTRIES) == written


def test_who_writes_capitals_means_them() -> None:
    assert restore_capitals("Did ana and Ghent agree?", HITS, ENTRIES) == "Did ana and Ghent agree?"


def test_with_nothing_found_only_the_first_letter_is_written_large() -> None:
    assert restore_capitals("did ana agree?", [], []) == "Did ana agree?"
