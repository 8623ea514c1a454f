"""How sure a measured number is: cluster bootstrap intervals, and a paired test of two runs.

Questions on one fact stand or fall together, so clusters are drawn, not questions. What no interval here covers:
that these articles, and the people who wrote the questions, are few.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Numbers: TypeAlias = NDArray[np.float64]
Statistic: TypeAlias = Callable[[Numbers], float]
"""From row weights, (n,) float64, 0 and up, to a number; nan where it is not defined."""

REPLICATES = 2000
FLIPS = 5000
LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Interval:
    """A number and the 95 % interval around it, from `rows` scored questions in `clusters` groups."""

    value: float
    low: float
    high: float
    rows: int
    clusters: int


@dataclass(frozen=True, slots=True)
class Difference:
    """How far a run lies above an earlier one on the same questions, with its 95 % interval and p-value (0..1)."""

    value: float
    low: float
    high: float
    p: float
    changed: int
    """Clusters in which the two differ; with fewer than six no test at 5 % can tell them apart."""


def ratio_interval(
    tops: Sequence[float], bottoms: Sequence[float], clusters: Sequence[Hashable], seed: int = 0
) -> Interval | None:
    """sum(tops) / sum(bottoms) with its interval; None where the bottoms sum to 0. A mean has 1 for every bottom.

    Percentile bootstrap over clusters (Efron & Tibshirani 1993, ch. 13; Field & Welsh 2007 for clusters).
    """
    top, bottom = np.asarray(tops, float), np.asarray(bottoms, float)
    if not bottom.sum():
        return None
    value = float(top.sum() / bottom.sum())
    live = [cluster for cluster, weight in zip(clusters, bottom, strict=True) if weight]
    top, bottom, index = top[bottom != 0], bottom[bottom != 0], _numbered(live)
    tops_by, bottoms_by = _sums(top, index), _sums(bottom, index)
    drawn = _draws(len(tops_by), seed)
    below = drawn @ bottoms_by
    values = (drawn @ tops_by)[below > 0] / below[below > 0]
    return _interval(value, values, len(top), len(tops_by))


def mean_interval(values: Sequence[float], clusters: Sequence[Hashable], seed: int = 0) -> Interval | None:
    """The mean of `values` with its interval; None for no values."""
    return ratio_interval(values, [1.0] * len(values), clusters, seed)


def statistic_interval(statistic: Statistic, clusters: Sequence[Hashable], seed: int = 0) -> Interval | None:
    """Any statistic of weighted rows with its interval; None where it is not defined on the rows as they are."""
    value = statistic(np.ones(len(clusters)))
    if np.isnan(value):
        return None
    index = _numbered(clusters)
    count = int(index.max()) + 1
    values = np.array([statistic(drawn[index]) for drawn in _draws(count, seed, REPLICATES // 4)])
    return _interval(value, values[~np.isnan(values)], len(clusters), count)


def paired_difference(
    ours: tuple[Sequence[float], Sequence[float]],
    theirs: tuple[Sequence[float], Sequence[float]],
    clusters: Sequence[Hashable],
    seed: int = 0,
) -> Difference | None:
    """Ours minus theirs, each a pair of tops and bottoms over the same questions in the same order.

    The p-value is two-sided, from approximate randomisation (Noreen 1989): in each of 5,000 rounds the two runs
    swap their results in a random half of the clusters, and p is the share of rounds (plus one) whose difference
    is at least the one seen. For means it is the sign-flip permutation test.
    """
    index = _numbered(clusters)
    sums = [_sums(np.asarray(part, float), index) for part in (*ours, *theirs)]
    seen = _gap(*(part.sum() for part in sums))
    if np.isnan(seen):
        return None
    our_top, our_bottom, their_top, their_bottom = sums
    drawn = _draws(len(our_top), seed)
    gaps = _gap(*(drawn @ part for part in sums))
    low, high = np.nanquantile(gaps, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    swap = np.random.default_rng(seed).random((FLIPS, len(our_top))) < 0.5
    flipped = _gap(
        *(np.where(swap, b, a).sum(axis=1) for a, b in ((our_top, their_top), (our_bottom, their_bottom))),
        *(np.where(swap, a, b).sum(axis=1) for a, b in ((our_top, their_top), (our_bottom, their_bottom))),
    )
    extreme = np.count_nonzero(np.abs(flipped) >= abs(seen) - 1e-12)
    changed = np.count_nonzero((our_top != their_top) | (our_bottom != their_bottom))
    return Difference(float(seen), float(low), float(high), (extreme + 1) / (FLIPS + 1), int(changed))


def holm(ps: Sequence[float]) -> list[float]:
    """The p-values adjusted for how many were looked at, in the same order (Holm 1979, step-down)."""
    order = sorted(range(len(ps)), key=ps.__getitem__)
    adjusted, floor = [0.0] * len(ps), 0.0
    for rank, at in enumerate(order):
        floor = max(floor, min(1.0, (len(ps) - rank) * ps[at]))
        adjusted[at] = floor
    return adjusted


def _gap(our_top: Numbers, our_bottom: Numbers, their_top: Numbers, their_bottom: Numbers) -> Numbers:
    with np.errstate(divide="ignore", invalid="ignore"):
        return our_top / our_bottom - their_top / their_bottom


def _interval(value: float, values: Numbers, rows: int, clusters: int) -> Interval:
    """Percentiles of the replicates; where all rows are 0 or all are 1, the exact binomial bound instead.

    A bootstrap of equal rows has no width, which would claim certainty. The bound takes each cluster for one
    trial (Clopper & Pearson 1934), and holds for any score between 0 and 1.
    """
    bound = ((1 - LEVEL) / 2) ** (1 / clusters)
    if value == 1 and values.min() == values.max():
        return Interval(value, bound, 1.0, rows, clusters)
    if value == 0 and values.min() == values.max():
        return Interval(value, 0.0, 1 - bound, rows, clusters)
    low, high = np.quantile(values, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Interval(value, float(low), float(high), rows, clusters)


def _numbered(clusters: Sequence[Hashable]) -> NDArray[np.intp]:
    numbers: dict[Hashable, int] = {}
    return np.array([numbers.setdefault(cluster, len(numbers)) for cluster in clusters], dtype=np.intp)


def _sums(values: Numbers, index: NDArray[np.intp]) -> Numbers:
    return np.bincount(index, weights=values).astype(float)


@lru_cache(maxsize=16)
def _draws(clusters: int, seed: int, replicates: int = REPLICATES) -> Numbers:
    """(replicates, clusters): how often each cluster is drawn, with replacement, as many as there are."""
    return np.random.default_rng(seed).multinomial(clusters, [1 / clusters] * clusters, size=replicates).astype(float)


__all__ = [
    "Difference",
    "Interval",
    "Statistic",
    "holm",
    "mean_interval",
    "paired_difference",
    "ratio_interval",
    "statistic_interval",
]
