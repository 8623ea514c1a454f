"""Words: where they stand, what they stem to, and which carry meaning."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.words import clean, content_words, split_words, stem, stems


def written(text: str) -> list[str]:
    return [word.text for word in split_words(text)]


def lower(text: str) -> list[str]:
    return [word.lower for word in split_words(text)]


def test_a_word_stands_where_its_offsets_say() -> None:
    text = "“No,” the mayor’s office said at 3.5% – twice."
    for word in split_words(text):
        assert text[word.start : word.end] == word.text


@given(st.text())
def test_any_text_splits_into_words_that_stand_in_it_in_order(text: str) -> None:
    words = split_words(text)
    assert all(text[word.start : word.end] == word.text and word.lower for word in words)
    assert all(a.end <= b.start for a, b in pairwise(words))


def test_a_number_with_commas_or_a_fraction_is_one_word() -> None:
    assert written("Some 130,000 people paid 3.5 crowns.") == ["Some", "130,000", "people", "paid", "3.5", "crowns"]


def test_a_verb_of_two_words_has_the_stem_of_what_both_mean() -> None:
    turned, down, *_ = split_words("turned down the offer")
    assert (turned.text, turned.stem) == ("turned", stem("rejected"))
    assert down.stem == "down"
    assert split_words("He turned. Down the road")[1].stem == stem("turned")


def test_a_country_of_two_words_is_the_one_of_its_letters() -> None:
    united, states = split_words("United States")
    assert united.stem == split_words("US")[0].stem == split_words("the united states")[1].stem
    assert not states.is_content


def test_a_compound_of_plain_words_comes_as_its_parts() -> None:
    assert written("The ex-minister backed a low-cost yes/no vote.") == [
        "The", "ex", "minister", "backed", "a", "low", "cost", "yes", "no", "vote",
    ]  # fmt: skip


def test_a_hyphen_beside_a_digit_holds_a_name_together() -> None:
    assert written("The A-320 and the 737-800 collided.") == ["The", "A-320", "and", "the", "737-800", "collided"]


@pytest.mark.parametrize(("text", "form"), [("Iceland's", "iceland"), ("Reuters’", "reuters"), ("Zürich’s", "zurich")])
def test_possessive_endings_and_accents_are_left_off(text: str, form: str) -> None:
    assert lower(text) == [form]


def test_an_acronym_loses_its_full_stops_and_us_the_country_is_not_us_the_pronoun() -> None:
    assert lower("U.N. envoys told us the U.S. and the US agree.") == [
        "un", "envoys", "told", "us", "the", "usa", "and", "the", "usa", "agree",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("forms", "base"),
    [("sold sells selling sale", "sell"), ("denied denial denies denying", "deny"), ("rose risen rising", "rise"),
     ("resigned resignation", "resign"), ("women", "woman"), ("fell fallen", "fall"), ("acquisition", "acquire")],
)  # fmt: skip
def test_forms_of_one_word_share_a_stem(forms: str, base: str) -> None:
    assert {stem(form) for form in forms.split()} == {stem(base)}


def test_words_that_only_look_alike_keep_stems_apart() -> None:
    assert stem("united") != stem("unity")
    assert stem("news") != stem("new")


def test_content_words_leave_out_what_only_holds_a_sentence_together() -> None:
    assert [word.lower for word in content_words("Did the court of appeal really say that it will not hear him?")] == [
        "court", "appeal", "hear",
    ]  # fmt: skip


def test_a_digit_is_content_and_a_single_letter_is_not() -> None:
    assert [word.text for word in content_words("Line 4 or line B")] == ["Line", "4", "line"]


def test_a_name_written_with_an_inner_capital_counts_as_capitalised() -> None:
    assert [word.capitalised for word in split_words("iPhone sales and eBay")] == [True, False, False, True]


def test_stems_are_distinct() -> None:
    assert stems(split_words("strike strikes striking")) == {stem("strike")}


def test_a_cleaned_line_has_no_control_characters_and_single_spaces() -> None:
    assert clean("Who\u200b won\n\tthe \u202ecup?\x07") == "Who won the cup?"
