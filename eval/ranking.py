"""How well a search ranks: hits, recall, reciprocal rank, average precision and discounted gain.

Each takes, for every hit in rank order, the set of wanted things that it holds. A thing found twice counts at its
first rank alone, so that overlapping passages earn nothing extra.
"""

from collections.abc import Collection, Hashable, Sequence
from math import log2
from typing import TypeAlias

Found: TypeAlias = Sequence[Collection[Hashable]]
"""For each hit, best first, what it holds of what was wanted."""


def hits_at(found: Found, k: int) -> float:
    """1 where one of the first k hits holds something wanted, else 0 (Hits@k, success@k)."""
    return float(any(found[:k]))


def recall_at(found: Found, wanted: int, k: int) -> float:
    """Share (0..1) of the `wanted` things that the first k hits hold."""
    return len({thing for hit in found[:k] for thing in hit}) / wanted


def reciprocal_rank(found: Found) -> float:
    """1 / rank of the first hit that holds something wanted, 0 where none does; the mean is MRR (Voorhees 1999)."""
    return next((1 / rank for rank, hit in enumerate(found, start=1) if hit), 0.0)


def average_precision(found: Found, wanted: int) -> float:
    """Mean, over the wanted things, of found so far / rank where each is first found; 0 for one not found.

    The mean over questions is MAP (Buckley & Voorhees 2000). One hit that holds two things counts for both.
    """
    seen: set[Hashable] = set()
    total = 0.0
    for rank, hit in enumerate(found, start=1):
        new = set(hit) - seen
        seen |= new
        total += len(new) * min(1.0, len(seen) / rank)
    return total / wanted


def discounted_gain(found: Found, wanted: int, k: int) -> float:
    """nDCG@k (Järvelin & Kekäläinen 2002): gain 1 / log2(rank + 1) for each hit that holds something new.

    It is divided by the best possible gain.
    The best possible is one new thing in each of the first min(wanted, k) ranks; a hit gains 1 however much it holds,
    and things that came together free their ranks, so the value stays within 0..1.
    """
    seen: set[Hashable] = set()
    gain = 0.0
    for rank, hit in enumerate(found[:k], start=1):
        new = set(hit) - seen
        seen |= new
        gain += bool(new) / log2(rank + 1)
    return gain / sum(1 / log2(rank + 1) for rank in range(1, min(wanted, k) + 1))


__all__ = ["Found", "average_precision", "discounted_gain", "hits_at", "recall_at", "reciprocal_rank"]
