"""Whether stated probabilities come true: Brier score, calibration error, reliability bins, AUC, risk against coverage.

Every function takes row weights where a bootstrap needs them; without, each row weighs 1.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log

import numpy as np
from numpy.typing import NDArray

from eval.intervals import Numbers

BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """Rows whose stated probability lies in one stretch: its mean, the share that came true, and how many."""

    stated: float
    true: float
    rows: int


def brier(stated: Sequence[float], true: Sequence[float]) -> list[float]:
    """(stated - true)² of each row; the mean is the Brier score (Brier 1950), 0 best, 0.25 for always 0.5."""
    return [(p - y) ** 2 for p, y in zip(stated, true, strict=True)]


def calibration_error(stated: Sequence[float], true: Sequence[float], weights: Numbers | None = None) -> float:
    """Expected calibration error: Σ share of bin · |mean stated - mean true| over bins of equal count, 0 best, 1 worst.

    Naeini et al. 2015, with equal-count bins (Nixon et al. 2019), because few answers fall into most equal-width ones.
    Rows of equal probability stay in one bin, so that their order does not matter. nan for no rows.
    """
    p, y, w = _arrays(stated, true, weights)
    if not w.sum():
        return float("nan")
    at = _bin_numbers(p, w)
    gaps = np.bincount(at, weights=w * (p - y), minlength=BINS)
    return float(np.abs(gaps).sum() / w.sum())


def reliability(stated: Sequence[float], true: Sequence[float]) -> list[Bin]:
    """The bins of `calibration_error`, lowest probability first, empty ones left out."""
    p, y, w = _arrays(stated, true, None)
    at = _bin_numbers(p, w) if len(p) else np.zeros(0, np.intp)
    return [
        Bin(float(p[at == number].mean()), float(y[at == number].mean()), int((at == number).sum()))
        for number in range(BINS)
        if (at == number).any()
    ]


def auc(scores: Sequence[float], true: Sequence[float], weights: Numbers | None = None) -> float:
    """Chance that a true row scores above a false one, ties counting half (Mann & Whitney 1947); nan without both."""
    s, y, w = _arrays(scores, true, weights)
    levels, at = np.unique(s, return_inverse=True)
    ones = np.bincount(at, weights=w * y, minlength=len(levels))
    zeros = np.bincount(at, weights=w * (1 - y), minlength=len(levels))
    if not ones.sum() or not zeros.sum():
        return float("nan")
    below = np.cumsum(zeros) - zeros
    return float((ones * (below + zeros / 2)).sum() / (ones.sum() * zeros.sum()))


def risk_coverage(
    confidence: Sequence[float], wrong: Sequence[float], weights: Numbers | None = None
) -> list[tuple[float, float]]:
    """Coverage (0..1] and the share wrong among the rows covered, as less and less sure ones are let in.

    The risk-coverage curve of El-Yaniv & Wiener 2010.
    Rows of equal confidence come in together: between them there is no order to choose.
    """
    c, e, w = _arrays(confidence, wrong, weights)
    if not w.sum():
        return []
    levels, at = np.unique(-c, return_inverse=True)
    mass = np.bincount(at, weights=w, minlength=len(levels))
    covered, errors = np.cumsum(mass), np.cumsum(np.bincount(at, weights=w * e, minlength=len(levels)))
    covered, errors = covered[mass > 0], errors[mass > 0]
    return [(float(x), float(y)) for x, y in zip(covered / w.sum(), errors / covered, strict=True)]


def risk_coverage_area(confidence: Sequence[float], wrong: Sequence[float], weights: Numbers | None = None) -> float:
    """Area under the risk-coverage curve (AURC, Geifman et al. 2019): mean risk over all coverages, 0 best.

    nan for no rows.
    Rows of equal confidence count as let in by chance: within them the errors grow in proportion, and the area is
    the integral of that, e·(x1 - x0) + (E0 - e·x0)·ln(x1 / x0), for E0 errors at x0 and e errors per row after it.
    """
    curve = risk_coverage(confidence, wrong, weights)
    if not curve:
        return float("nan")
    area, x0, errors0 = 0.0, 0.0, 0.0
    for x1, risk in curve:
        slope = (risk * x1 - errors0) / (x1 - x0)
        area += slope * (x1 - x0) + ((errors0 - slope * x0) * log(x1 / x0) if x0 else 0.0)
        x0, errors0 = x1, risk * x1
    return area


def _arrays(
    stated: Sequence[float], true: Sequence[float], weights: Numbers | None
) -> tuple[Numbers, Numbers, Numbers]:
    p, y = np.asarray(stated, float), np.asarray(true, float)
    return p, y, np.ones(len(p)) if weights is None else weights


def _bin_numbers(p: Numbers, w: Numbers) -> NDArray[np.intp]:
    """The bin of each row: the quantile at which its probability's rows have their middle."""
    levels, at = np.unique(p, return_inverse=True)
    mass = np.bincount(at, weights=w, minlength=len(levels))
    middle = (np.cumsum(mass) - mass / 2) / max(mass.sum(), 1e-12)
    bins: NDArray[np.intp] = np.minimum((middle * BINS).astype(np.intp), BINS - 1)[at]
    return bins


__all__ = ["Bin", "auc", "brier", "calibration_error", "reliability", "risk_coverage", "risk_coverage_area"]
