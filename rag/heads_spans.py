"""What a reading head's numbers mean: the best span of a passage, and how far it stands above "no answer"."""

import numpy as np
from numpy.typing import NDArray

from rag.heads_pairs import Row

_LONGEST = 30
"""Tokens of an answer: of annotated answers, 99 in 100 are shorter."""


def best_span(outputs: NDArray[np.float32], row: Row) -> tuple[tuple[int, int], float, float]:
    """Span in the passage, its score over [CLS] (log odds, unbounded), and the [CLS] log odds that there is an answer.

    `outputs` is (t, 3) float32: begin, end and answered, for each token of `row`. A row without passage tokens gives
    (0, 0) and the lowest scores.
    """
    answered = float(outputs[0, 2])
    count = len(row.offsets)
    if not count:
        return (0, 0), -20.0, min(answered, -20.0)
    inside = outputs[row.first : row.first + count]
    sums = inside[:, 0, None] + inside[None, :, 1]
    near = np.triu(np.ones((count, count), dtype=bool)) & ~np.triu(np.ones((count, count), dtype=bool), _LONGEST)
    sums = np.where(near, sums, -np.inf)
    first, last = divmod(int(sums.argmax()), count)
    over_none = float(sums[first, last] - outputs[0, 0] - outputs[0, 1])
    return (row.offsets[first][0], row.offsets[last][1]), over_none, answered


def logistic(weights: list[float], features: NDArray[np.float64]) -> NDArray[np.float64]:
    """Probabilities (n,) from features (n, k): the first weight is the constant, the rest go with the columns."""
    odds = weights[0] + features @ np.asarray(weights[1:])
    found: NDArray[np.float64] = 1 / (1 + np.exp(-np.clip(odds, -40, 40)))
    return found


__all__ = ["best_span", "logistic"]
