"""What a reading head's numbers mean: the best spans of a passage, and how far each stands above "no answer"."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.types import Span
from rag.heads_pairs import Row

_LONGEST = 30
"""Tokens of an answer: of annotated answers, 99 in 100 are shorter."""
_LEAST = -20.0
"""The log odds of words that were not read."""


@dataclass(frozen=True, slots=True)
class SpanOdds:
    """What a head makes of any words of one passage: log odds over "no answer here", unbounded.

    `begins` and `ends` are (t,) float32 for the passage's tokens at `offsets`, `none` the score of no answer.
    """

    begins: NDArray[np.float32]
    ends: NDArray[np.float32]
    offsets: list[Span]
    none: float

    def of(self, span: Span) -> float:
        """The log odds of the words at `span` of the passage; very low where they were cut off."""
        inside = [at for at, (start, end) in enumerate(self.offsets) if start < span[1] and end > span[0]]
        if not inside or self.offsets[inside[-1]][1] < span[1] - 1:
            return _LEAST
        return float(self.begins[inside[0]] + self.ends[inside[-1]]) - self.none

    def best(self, count: int = 1) -> list[tuple[Span, float]]:
        """The best spans with their log odds, best first, none of them overlapping; empty for an empty passage."""
        size = len(self.offsets)
        if not size:
            return []
        near = np.triu(np.ones((size, size), dtype=bool)) & ~np.triu(np.ones((size, size), dtype=bool), _LONGEST)
        sums = np.where(near, self.begins[:, None] + self.ends[None, :], -np.inf)
        found = []
        for _ in range(count):
            first, last = divmod(int(sums.argmax()), size)
            if not np.isfinite(sums[first, last]):
                break
            span = (self.offsets[first][0], self.offsets[last][1])
            found.append((span, float(sums[first, last]) - self.none))
            sums[: last + 1, first:] = -np.inf
        return found


NOTHING_READ = SpanOdds(np.empty(0, np.float32), np.empty(0, np.float32), [], 0.0)


def read_outputs(outputs: NDArray[np.float32], row: Row) -> tuple[SpanOdds, float]:
    """The odds of every span, and the [CLS] log odds that there is an answer.

    `outputs` is (t, 3) float32: begin, end and answered, for each token of `row`.
    """
    inside = outputs[row.first : row.first + len(row.offsets)]
    odds = SpanOdds(inside[:, 0], inside[:, 1], row.offsets, float(outputs[0, 0] + outputs[0, 1]))
    return odds, float(outputs[0, 2])


def best_span(outputs: NDArray[np.float32], row: Row) -> tuple[Span, float, float]:
    """Span in the passage, its log odds over [CLS], and the [CLS] log odds that there is an answer.

    A row without passage tokens gives (0, 0) and the lowest odds.
    """
    odds, answered = read_outputs(outputs, row)
    found = odds.best()
    return (*found[0], answered) if found else ((0, 0), _LEAST, min(answered, _LEAST))


def logistic(weights: list[float], features: NDArray[np.float64]) -> NDArray[np.float64]:
    """Probabilities (n,) from features (n, k): the first weight is the constant, the rest go with the columns."""
    odds = weights[0] + features @ np.asarray(weights[1:])
    found: NDArray[np.float64] = 1 / (1 + np.exp(-np.clip(odds, -40, 40)))
    return found


__all__ = ["NOTHING_READ", "SpanOdds", "best_span", "logistic", "read_outputs"]
