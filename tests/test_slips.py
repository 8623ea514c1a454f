"""What it takes to write one word for another."""

import pytest

from rag.slips import heard, slip_cost


def test_the_same_word_costs_nothing() -> None:
    assert slip_cost("harbour", "harbour") == 0


@pytest.mark.parametrize(
    ("written", "likelier", "unlikelier"),
    [
        ("teh", "the", "tea"),  # neighbours change places more often than a key is missed by a hand
        ("harbbour", "harbour", "harbours"),
        ("capten", "captain", "capped"),
        ("rite", "write", "kite"),
        ("foto", "photo", "goto"),
        ("yarbour", "arbour", "harbours"),
    ],
)
def test_the_likelier_slip_is_the_cheaper(written: str, likelier: str, unlikelier: str) -> None:
    assert slip_cost(written, likelier) < slip_cost(written, unlikelier)


def test_words_that_are_said_alike_are_heard_alike() -> None:
    assert heard("phrase") == heard("frase")
    assert heard("committee") == heard("comitee")
