"""Two searches made one ranking, worked by hand."""

import math

import pytest

from index.fusion import Candidate, fuse
from index.settings import Settings

_PLAIN = Settings(vectors_weight=1, words_weight=0.2, length_cost=0, repeat_cost=0)


def _candidate(passage: int, similarity: float, words: float = 0, story: str = "", length: int = 400) -> Candidate:
    return Candidate(passage, passage, story or f"s{passage}", length, similarity, words)


def test_a_score_is_the_cosine_and_a_share_of_the_best_word_score() -> None:
    found = fuse([_candidate(1, 0.5, 3), _candidate(2, 0.6, 0), _candidate(3, 0.1, 6)], _PLAIN)
    assert [(one.passage, round(score, 3)) for one, score in found] == [(1, 0.6), (2, 0.6), (3, 0.3)]


def test_of_two_equally_like_the_query_the_shorter_comes_first() -> None:
    settings = Settings(words_weight=0, length_cost=0.1, repeat_cost=0)
    (first, score), (second, _) = fuse([_candidate(1, 0.5, length=1_200), _candidate(2, 0.5, length=400)], settings)
    assert (first.passage, second.passage) == (2, 1)
    assert score == pytest.approx(0.5 - 0.1 * math.log(2))


def test_further_passages_of_a_story_pay_for_each_before_them() -> None:
    settings = Settings(words_weight=0, length_cost=0, repeat_cost=0.2)
    candidates = [
        _candidate(1, 0.9, story="a"),
        _candidate(2, 0.8, story="a"),
        _candidate(3, 0.7, story="b"),
        _candidate(4, 0.75, story="a"),
    ]
    found = [(one.passage, round(score, 3)) for one, score in fuse(candidates, settings)]
    assert found == [(1, 0.9), (3, 0.7), (2, 0.6), (4, 0.35)]


def test_nothing_fuses_to_nothing() -> None:
    assert fuse([], _PLAIN) == []
