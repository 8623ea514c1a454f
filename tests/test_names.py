"""Names: where they begin and end, and whether a person, a body or a place seems to be meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.names import NameKind, common_words, find_names, modifies


def names(text: str, lower_case: frozenset[str] = frozenset()) -> list[str]:
    return [name.text for name in find_names(text, lower_case)]


def kind(text: str, name: str) -> NameKind:
    return next(found.kind for found in find_names(text) if found.text == name)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The row between Norway and Denmark is over.", ["Norway", "Denmark"]),
        ("The Bank of England raised rates.", ["Bank of England"]),
        ("On Monday the mayor of Lyon met Anne Hidalgo.", ["Lyon", "Anne Hidalgo"]),
        ("Dr. Maria de Souza joined Rio's museum.", ["Maria de Souza", "Rio"]),
        ("President Lula met Chancellor Scholz.", ["Lula", "Scholz"]),
        ("AT&T and Marks & Spencer declined to comment.", ["AT&T", "Marks & Spencer"]),
    ],
)
def test_names_are_runs_of_capitalised_words_without_titles(text: str, expected: list[str]) -> None:
    assert names(text) == expected


def test_months_days_and_stock_openings_are_no_names() -> None:
    assert names("However, on Tuesday officials said that March was dry.") == []


def test_a_word_that_opens_a_sentence_is_a_name_unless_it_is_known_in_lower_case() -> None:
    assert names("Flooding hit Pune.") == ["Flooding", "Pune"]
    assert names("Flooding hit Pune.", frozenset(["flooding"])) == ["Pune"]


def test_common_words_are_those_written_small_more_often_than_large() -> None:
    texts = ["Flooding hit Pune.", "The flooding went on.", "In Pune, apple growers sued Apple.", "They sued Apple."]
    known = common_words(texts)
    assert "flooding" in known
    assert "pune" not in known
    assert "apple" not in known


def test_a_headline_in_capitals_shows_no_names() -> None:
    assert names("Storm Shuts Harbour As Winds Batter Coast") == []


def test_initials_and_the_name_after_them_are_one_name() -> None:
    assert names("The novel by J. K. Marlow sold well.") == ["J. K. Marlow"]


def test_two_sentences_do_not_share_a_name() -> None:
    assert names("They flew to Geneva. Ministers met there.", frozenset(["ministers"])) == ["Geneva"]


def test_a_possessive_parts_the_owner_from_what_is_owned() -> None:
    assert names("It is Finland's Nokia.") == ["Finland", "Nokia"]


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("A judge said Clara Weiss had lied.", "Clara Weiss", NameKind.PERSON),
        ("He sued Senator Brandt.", "Brandt", NameKind.PERSON),
        ("The strike at Cardiff University ended.", "Cardiff University", NameKind.BODY),
        ("The deal with NATO was signed.", "NATO", NameKind.BODY),
        ("Fires spread across Alberta.", "Alberta", NameKind.PLACE),
        ("They say Siemens will build it.", "Siemens", NameKind.OTHER),
        ("They heard about J. K. Marlow.", "J. K. Marlow", NameKind.PERSON),
    ],
)
def test_the_kind_of_a_name_is_read_from_its_words_and_what_stands_before_it(
    text: str, name: str, expected: NameKind
) -> None:
    assert kind(text, name) is expected


@pytest.mark.parametrize(
    ("text", "adjective"),
    [
        ("Polish farmers blocked roads.", True),
        ("Iranian envoys left.", True),
        ("German carmakers lost ground.", True),
        ("Poland blocked roads.", False),
        ("Iran denied it.", False),
        ("Nissan bought the plant.", False),
        ("Brian said so.", False),
        ("Vivian was late.", False),
    ],
)
def test_an_adjective_made_of_a_place_only_modifies(text: str, adjective: bool) -> None:
    assert modifies(find_names(text)[0], text) is adjective


@given(st.text())
def test_names_stand_where_they_say(text: str) -> None:
    for name in find_names(text):
        assert text[slice(*name.span)] == name.text
