"""Numbers written differently are one word to the word index."""

import pytest

from index.numerals import fold_numbers, fold_words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("130,000 cars", "130000 cars"),
        ("$3.5bn", "$3500000000"),
        ("3.5 billion dollars", "3500000000 dollars"),
        ("a £2m fine", "a £2000000 fine"),
        ("12 million", "12000000"),
        ("4.2%", "4p2 percent"),
        ("4.2 percent", "4p2 percent"),
        ("4.2 per cent", "4p2 percent"),
        ("130\u00a0000 cars", "130000 cars"),
        ("130 000 cars", "130000 cars"),
        ("3 500 000 euros", "3500000 euros"),
        ("room 12 347 metres up", "room 12 347 metres up"),
        ("in 2024 300 people", "in 2024 300 people"),
        ("7.0 points", "7 points"),
        ("0.5 million", "500000"),
        ("1.2345 thousand", "1p2345 thousand"),
        ("a 5 m wall", "a 5 m wall"),
        ("F-150", "F-150"),
        ("in 2026, 3 men", "in 2026, 3 men"),
        ("version 1.2.3", "version 1.2.3"),
        ("1,2 or 3", "1,2 or 3"),
        ("5 k", "5 k"),
    ],
)
def test_a_number_becomes_one_word(text: str, folded: str) -> None:
    assert fold_numbers(text) == folded


def test_possessives_go() -> None:
    assert fold_words("Ford's and Xiaomi’s plan") == "Ford and Xiaomi plan"
