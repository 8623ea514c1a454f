"""The figures of a run: every measure over its results, with intervals, and latency."""

from collections.abc import Sequence

import numpy as np

from eval.calibration import calibration_error, risk_coverage_area
from eval.intervals import Interval, Statistic, ratio_interval, statistic_interval
from eval.metrics import RATIOS
from eval.results import Result


def figures(results: Sequence[Result], seed: int = 0, curves: bool = True) -> dict[str, Interval]:
    """Each measure that the results say something of, by name, with its interval clustered by fact.

    Without `curves`, the four measures that need many rows are left out.
    """
    groups = [result.group for result in results]
    measured = {
        measure.name: ratio_interval(*columns(results, measure.name), groups, seed)
        for measure in RATIOS
        if any(measure.name in result.scores for result in results)
    }
    if curves:
        measured |= _curves(results, seed)
    return {name: interval for name, interval in measured.items() if interval}


def columns(results: Sequence[Result], name: str) -> tuple[list[float], list[float]]:
    """The tops and bottoms of one measure, (0, 0) where a result says nothing of it."""
    pairs = [result.scores.get(name, (0.0, 0.0)) for result in results]
    return [top for top, _ in pairs], [bottom for _, bottom in pairs]


def latency(results: Sequence[Result]) -> dict[str, float]:
    """Seconds a question: the median, the 99th percentile (of fewer than 100 the slowest) and the sum."""
    seconds = sorted(result.seconds for result in results)
    if not seconds:
        return {}
    p99 = float(np.quantile(seconds, 0.99, method="higher"))
    return {"p50": float(np.median(seconds)), "p99": p99, "total": float(sum(seconds))}


def _curves(results: Sequence[Result], seed: int) -> dict[str, Interval | None]:
    given = [result for result in results if result.answered]
    leaning = [result for result in results if result.lean is not None and result.truth is not None]
    return {
        "risk_coverage_area": _over(given, _risk(given), seed),
        "confidence_error": _over(results, _confidence(results), seed),
        "confidence_error_answered": _over(given, _confidence(given), seed),
        "lean_error": _over(leaning, _lean(leaning), seed),
    }


def _over(results: Sequence[Result], statistic: Statistic, seed: int) -> Interval | None:
    return statistic_interval(statistic, [result.group for result in results], seed) if results else None


def _risk(results: Sequence[Result]) -> Statistic:
    confidence, wrong = [result.confidence for result in results], [float(not result.right) for result in results]
    return lambda weights: risk_coverage_area(confidence, wrong, weights)


def _confidence(results: Sequence[Result]) -> Statistic:
    confidence, right = [result.confidence for result in results], [float(result.right) for result in results]
    return lambda weights: calibration_error(confidence, right, weights)


def _lean(results: Sequence[Result]) -> Statistic:
    leans, truths = [result.lean or 0.0 for result in results], [result.truth or 0.0 for result in results]
    return lambda weights: calibration_error(leans, truths, weights)


__all__ = ["columns", "figures", "latency"]
