"""Words of like meaning answer for each other, names and opposites do not."""

import numpy as np
import pytest

from index.encoder import open_encoder
from rag.meanings import alike_words
from rag.understand import understand
from rag.words import split_words


def pairs(question: str, text: str) -> frozenset[tuple[str, str]]:
    return alike_words(understand(question).terms, split_words(text), open_encoder().encode)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("How many spectators came?", "a crowd of many"),
        ("Did the skipper flee?", "the captain was seen"),
        ("Which houses vanish?", "they will disappear for good"),
    ],
)
def test_the_encoder_sees_that_two_words_mean_the_same(question: str, text: str) -> None:
    assert pairs(question, text)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Did the firm buy land?", "the firm will sell it"),
        ("Did prices rise?", "they fall again"),
        ("Did Marchetti play?", "Adeyemi was on the bench"),
        ("Did the senate vote?", "a hamster ate lettuce"),
    ],
)
def test_opposites_names_and_strangers_are_not_alike(question: str, text: str) -> None:
    assert pairs(question, text) == frozenset()


def test_nothing_is_encoded_where_there_is_nothing_to_compare() -> None:
    def never(texts: object) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
        raise AssertionError(texts)

    assert alike_words((), split_words("the captain"), never) == frozenset()
