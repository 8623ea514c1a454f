"""Slips of the fingers."""

import pytest

from index.spelling import likeliest, near_words, respell, unstem


def test_changed_places_are_likelier_than_a_wrong_letter_and_that_than_a_wrong_first_letter() -> None:
    near = near_words("frod")
    assert near["ford"] > near["food"] > near["trod"]


def test_of_three_letters_only_places_change() -> None:
    assert set(near_words("teh")) == {"the", "eth"}


@pytest.mark.parametrize("word", ["", "ab", "b2b4", "žluť"])
def test_what_is_no_plain_word_has_no_neighbours(word: str) -> None:
    assert near_words(word) == {}


def test_a_common_word_is_likelier_than_a_rare_one() -> None:
    counts = {"deal": 40, "del": 1}
    assert [word for word, _ in likeliest("deel", lambda word: counts.get(word, 0), 4)] == ["deal", "del"]


def test_only_words_are_replaced() -> None:
    assert respell("Did frod, 2026?", {"frod": "ford"}.get) == "Did ford, 2026?"


def test_a_stem_in_i_is_read_as_a_word_in_y() -> None:
    assert (unstem("compani"), unstem("deal")) == ("company", "deal")
