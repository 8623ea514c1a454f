"""Amounts and dates in news sentences: what each measures, what it is worth, and when two of them say the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.quantities import Measure, Quantity, alike, find_quantities, same_value


def only(text: str) -> Quantity:
    found = find_quantities(text)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("written", "value", "unit"),
    [
        ("$3.5bn", 3.5e9, "dollar"),
        ("$3.5 billion", 3.5e9, "dollar"),
        ("3.5 billion dollars", 3.5e9, "dollar"),
        ("£1,250", 1250.0, "pound"),
        ("€40m", 40e6, "euro"),
        ("US$12 million", 12e6, "dollar"),
        ("two million euros", 2e6, "euro"),
        ("640 million yuan", 640e6, "yuan"),
        ("40,000 crowns", 40_000.0, "crown"),
    ],
)
def test_a_sum_of_money_is_worth_what_it_says(written: str, value: float, unit: str) -> None:
    found = only(f"The port paid {written}.")
    assert (found.measure, found.value, found.unit) == (Measure.MONEY, value, unit)
    assert found.text == written


@pytest.mark.parametrize("written", ["7%", "7 per cent", "7 percent", "seven percent"])
def test_a_percentage_is_the_same_however_it_is_written(written: str) -> None:
    found = only(f"Turnout fell by {written} in the north.")
    assert (found.measure, found.value) == (Measure.PERCENT, 7.0)


@pytest.mark.parametrize(
    ("text", "measure", "value"),
    [
        ("The ferry was stuck for 14 hours.", Measure.DURATION, 14.0),
        ("He was jailed for twenty-two years.", Measure.DURATION, 22.0),
        ("The dam is 180 metres high.", Measure.DISTANCE, 180.0),
        ("The whale weighed nine tonnes.", Measure.WEIGHT, 9.0),
        ("A 34-year-old nurse was rescued.", Measure.AGE, 34.0),
        ("The blast hurt 1,204 people.", Measure.COUNT, 1204.0),
        ("She came 3rd in the sprint.", Measure.ORDINAL, 3.0),
        ("Some two dozen villages were cut off.", Measure.COUNT, 24.0),
    ],
)
def test_a_quantity_measures_what_is_counted(text: str, measure: Measure, value: float) -> None:
    found = only(text)
    assert (found.measure, found.value) == (measure, value)


def test_the_thing_counted_is_the_unit() -> None:
    assert only("The storm felled 300 trees.").unit == "trees"


@pytest.mark.parametrize(
    "text",
    ["The A-320 landed.", "One of the miners survived.", "Half of the crop was lost.", "The B2B fair opened."],
)
def test_numbers_that_are_part_of_a_name_or_an_idiom_count_nothing(text: str) -> None:
    assert find_quantities(text) == []


@pytest.mark.parametrize(
    ("written", "value", "unit"),
    [
        ("on 4 March 2024", 2024_03_04, "day"),
        ("on March 4, 2024", 2024_03_04, "day"),
        ("on the 4th of March 2024", 2024_03_04, "day"),
        ("on 2024-03-04", 2024_03_04, "day"),
        ("in March 2024", 2024_03_00, "month"),
        ("in 2024", 2024_00_00, "year"),
        ("in the third quarter of 2024", 2024_00_00, "quarter"),
        ("on 4 March", 3_04, "day"),
        ("in September", 9_00, "month"),
        ("yesterday", 0, "day"),
        ("last winter", 0, "day"),
    ],
)
def test_a_date_keeps_the_precision_it_was_given_with(written: str, value: int, unit: str) -> None:
    found = only(f"The bridge was closed {written}.")
    assert (found.measure, found.value, found.unit) == (Measure.DATE, float(value), unit)


def test_a_year_is_no_count_of_anything() -> None:
    assert [q.measure for q in find_quantities("In 2021 the club sold 2,021 seats.")] == [Measure.DATE, Measure.COUNT]


@pytest.mark.parametrize("text", ["The minister may resign.", "Protesters march on the palace.", "They may, he said."])
def test_a_verb_that_is_spelt_like_a_month_is_no_date(text: str) -> None:
    assert find_quantities(text) == []


def test_a_decade_said_in_words_is_a_duration() -> None:
    found = only("It took a decade to rebuild the abbey.")
    assert (found.measure, found.value) == (Measure.DURATION, 10.0)


def test_quantities_stand_where_they_say_and_in_order() -> None:
    text = "In May 2023 the airline bought 12 jets for $1.1bn, 30% more than in 2019."
    found = find_quantities(text)
    assert [text[slice(*q.span)] for q in found] == [q.text for q in found]
    assert [q.text for q in found] == ["May 2023", "12", "$1.1bn", "30%", "2019"]


@given(st.text(alphabet="0123456789 ,.-$%£kmbn thouslidearMyMrch£€"))
def test_any_text_gives_quantities_that_stand_in_it(text: str) -> None:
    for quantity in find_quantities(text):
        assert text[slice(*quantity.span)] == quantity.text


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("$3.5bn", "3,500 million dollars", True),
        ("$3.5bn", "$3.6bn", False),
        ("seven percent", "7%", True),
        ("7%", "7 tonnes", False),
        ("in 2024", "on 4 March 2024", True),
        ("in April 2024", "on 4 March 2024", False),
        ("on 4 March", "on 4 March 2024", True),
        ("in 2023", "in 2024", False),
        ("twenty people", "20 people", True),
    ],
)
def test_two_quantities_say_the_same_when_their_worth_and_measure_agree(a: str, b: str, same: bool) -> None:
    assert same_value(only(a), only(b)) is same
    assert same_value(only(b), only(a)) is same


@pytest.mark.parametrize(
    ("a", "b", "comparable"),
    [
        ("12 jets", "15 jets", True),
        ("12 jets", "15 villages", False),
        ("12 jets", "15%", False),
        ("1,200 units", "900 cars", True),
        ("in 2023", "in 2024", True),
        ("yesterday", "in 2024", False),
    ],
)
def test_quantities_are_alike_when_they_count_the_same_things(a: str, b: str, comparable: bool) -> None:
    assert alike(only(a), only(b)) is comparable


def test_thousands_may_be_parted_by_spaces() -> None:
    found = find_quantities("Some 130 000 cars were sold for 3 500 000 euros in 2024.")
    assert [(q.value, q.text) for q in found[:2]] == [(130_000, "130 000"), (3_500_000, "3 500 000 euros")]
    assert found[2].text == "2024"
