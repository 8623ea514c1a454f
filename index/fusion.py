"""Two searches made one ranking: scores added up, and the best of each story first."""

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from index.settings import Settings

_SHORT = 400
"""Characters up to which a passage counts as short."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that either search brought up: cosine to the query, BM25 score (0 where words did not find it)."""

    passage: int
    version: int
    story: Hashable
    length: int
    similarity: float
    words: float


def fuse(candidates: Sequence[Candidate], settings: Settings) -> list[tuple[Candidate, float]]:
    """Candidates and their scores, best first; ties go by passage id.

    A score is the cosine, plus the BM25 score as a share of the highest there is, less something for length: of two
    passages equally like the query, the shorter says it in fewer words. Each has its weight in the settings. Every
    further passage of a story then pays `repeat_cost`, so that no article fills the list.
    """
    most = max((candidate.words for candidate in candidates), default=0.0) or 1.0
    scored = [(candidate, _score(candidate, most, settings)) for candidate in candidates]
    repeats: dict[Hashable, int] = {}
    spread = []
    for candidate, score in sorted(scored, key=_order):
        before = repeats.get(candidate.story, 0)
        repeats[candidate.story] = before + 1
        spread.append((candidate, score - settings.repeat_cost * before))
    return sorted(spread, key=_order)


def _score(candidate: Candidate, most_words: float, settings: Settings) -> float:
    return (
        settings.vectors_weight * candidate.similarity
        + settings.words_weight * candidate.words / most_words
        - settings.length_cost * math.log1p(candidate.length / _SHORT)
    )


def _order(scored: tuple[Candidate, float]) -> tuple[float, int]:
    candidate, score = scored
    return -score, candidate.passage


__all__ = ["Candidate", "fuse"]
