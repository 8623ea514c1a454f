"""Fits a conditional logit: the weights that make the right options likeliest, or "none" where none is right."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize  # type: ignore[import-untyped]
from scipy.special import logsumexp  # type: ignore[import-untyped]

from rag.logit import Logit

Array = NDArray[np.float64]
Drawn = tuple[Sequence[Sequence[float]], Sequence[bool]]
"""Of a question: the features of its options, and which of them are right."""


def fit_logit(rows: Sequence[Drawn], threshold: float, shrinkage: float) -> Logit:
    """The weights of greatest likelihood; `shrinkage` is what the squared weights of scaled features cost."""
    stacked = np.array([f for row in rows for f in row[0]])
    mean, scale = stacked.mean(axis=0), stacked.std(axis=0)
    scale[scale == 0] = 1.0
    scaled = [(np.array(row[0]) - mean) / scale for row in rows]
    labels = [np.array(row[1]) for row in rows]

    def loss(values: Array) -> tuple[float, Array]:
        weights, none = values[:-1], values[-1]
        total, gradient = 0.0, np.zeros_like(values)
        for features, right in zip(scaled, labels, strict=True):
            odds = np.append(features @ weights, none)
            chosen = np.append(right, not right.any())
            all_, good = logsumexp(odds), logsumexp(odds[chosen])
            pull = np.exp(odds - all_) - np.where(chosen, np.exp(odds - good), 0.0)
            total += all_ - good
            gradient[:-1] += pull[:-1] @ features
            gradient[-1] += pull[-1]
        gradient /= len(rows)
        gradient[:-1] += 2 * shrinkage * weights
        return float(total / len(rows) + shrinkage * (weights**2).sum()), gradient

    fitted = minimize(loss, np.zeros(stacked.shape[1] + 1), jac=True, method="L-BFGS-B").x
    weights = fitted[:-1] / scale
    return Logit(float(fitted[-1] + weights @ mean), tuple(map(float, weights)), threshold)
