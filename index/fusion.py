"""Two rankings made one: weighted reciprocal rank fusion, and the best of each article first."""

from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)


def fuse_ranks(rankings: Sequence[tuple[float, Sequence[Key]]], rank_constant: int) -> dict[Key, float]:
    """Each key's score, 0..1, 1 for one that leads every ranking.

    The sum over rankings of weight / (rank_constant + rank), ranks from 1 (Cormack, Clarke and Büttcher 2009),
    divided by the most there could be.
    """
    most = sum(weight for weight, _ in rankings) / (rank_constant + 1)
    scores: dict[Key, float] = {}
    for weight, keys in rankings:
        for rank, key in enumerate(keys, start=1):
            scores[key] = scores.get(key, 0.0) + weight / (rank_constant + rank) / most
    return scores


def spread(scores: Mapping[Key, float], owners: Mapping[Key, Hashable], repeat_share: float) -> list[tuple[Key, float]]:
    """Keys and scores, best first, where the n-th best of one owner counts `repeat_share` ** (n - 1) of its score."""
    seen: dict[Hashable, int] = {}
    spread: list[tuple[Key, float]] = []
    for key, score in sorted(scores.items(), key=lambda item: -item[1]):
        repeats = seen.get(owners[key], 0)
        seen[owners[key]] = repeats + 1
        spread.append((key, score * repeat_share**repeats))
    return sorted(spread, key=lambda item: -item[1])


__all__ = ["fuse_ranks", "spread"]
