"""Whether quoted words back a sentence: its words, its amounts, and no denial that they lack."""

import pytest

from rag.support import judge_support
from rag.types import Support

QUOTE = "Lufthansa said on Monday that it will cut 400 flights in May because of a shortage of pilots."


@pytest.mark.parametrize(
    "sentence",
    [
        "Lufthansa will cut 400 flights in May.",
        "The airline Lufthansa is to slash 400 flights for want of pilots.",
        "Pilots are short, Lufthansa said.",
    ],
)
def test_a_sentence_that_says_no_more_than_its_quote_is_supported(sentence: str) -> None:
    assert judge_support(sentence, [QUOTE]) is Support.SUPPORTED


@pytest.mark.parametrize(
    "sentence",
    [
        "Lufthansa will cut 500 flights in May.",
        "Lufthansa will cut 400 flights in June.",
        "Lufthansa will not cut 400 flights in May.",
        "Lufthansa denied that it will cut 400 flights in May.",
        "Ryanair is to buy a hangar in Porto.",
    ],
)
def test_another_amount_another_date_a_denial_or_other_words_are_not(sentence: str) -> None:
    assert judge_support(sentence, [QUOTE]) is Support.UNSUPPORTED


def test_two_quotes_may_back_one_sentence_together() -> None:
    quotes = ["Norway signed the treaty in Oslo.", "Denmark rejected the treaty."]
    assert judge_support("Norway signed the treaty, Denmark rejected it.", quotes) is Support.SUPPORTED


def test_without_a_quote_or_without_telling_words_nothing_is_judged() -> None:
    assert judge_support("Norway signed the treaty.", []) is Support.UNJUDGED
    assert judge_support("So it is.", [QUOTE]) is Support.UNJUDGED
