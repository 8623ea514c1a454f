"""Intervals and the paired test, against numbers that can be worked out by hand."""

import math

import numpy as np
import pytest

from eval.intervals import holm, mean_interval, paired_difference, ratio_interval, statistic_interval


def test_a_mean_lies_inside_its_interval_and_counts_rows_and_clusters() -> None:
    interval = mean_interval([1, 1, 0, 1, 0, 1], ["a", "a", "b", "b", "c", "d"])
    assert interval is not None
    assert interval.value == pytest.approx(4 / 6)
    assert interval.low < interval.value < interval.high
    assert (interval.rows, interval.clusters) == (6, 4)


def test_the_interval_of_single_rows_is_that_of_the_binomial() -> None:
    interval = mean_interval([1.0] * 80 + [0.0] * 20, range(100))
    assert interval is not None
    half_width = 1.96 * math.sqrt(0.8 * 0.2 / 100)
    assert interval.low == pytest.approx(0.8 - half_width, abs=0.012)
    assert interval.high == pytest.approx(0.8 + half_width, abs=0.012)


def test_questions_on_one_fact_widen_the_interval() -> None:
    values = [1.0] * 40 + [0.0] * 10
    alone = mean_interval(values, range(50))
    in_fives = mean_interval(values, [at // 5 for at in range(50)])
    assert alone is not None
    assert in_fives is not None
    assert in_fives.high - in_fives.low > 1.5 * (alone.high - alone.low)


def test_all_right_does_not_claim_certainty() -> None:
    interval = mean_interval([1.0] * 20, range(20))
    assert interval is not None
    assert (interval.value, interval.high) == (1.0, 1.0)
    assert interval.low == pytest.approx(0.025 ** (1 / 20))  # Clopper-Pearson for 20 of 20: 0.832


def test_none_right_does_not_either() -> None:
    interval = mean_interval([0.0] * 10, range(10))
    assert interval is not None
    assert (interval.value, interval.low) == (0.0, 0.0)
    assert interval.high == pytest.approx(1 - 0.025 ** (1 / 10))


def test_a_ratio_leaves_out_the_rows_that_it_is_not_about() -> None:
    interval = ratio_interval([1, 0, 0, 0], [1, 1, 0, 0], ["a", "b", "c", "d"])
    assert interval is not None
    assert (interval.value, interval.rows, interval.clusters) == (0.5, 2, 2)


def test_a_ratio_over_nothing_has_no_interval() -> None:
    assert ratio_interval([0, 0], [0, 0], ["a", "b"]) is None
    assert mean_interval([], []) is None


def test_the_same_seed_gives_the_same_interval_and_another_one_may_differ() -> None:
    values, clusters = [0.1, 0.7, 0.4, 0.9, 0.3], list(range(5))
    assert mean_interval(values, clusters, seed=1) == mean_interval(values, clusters, seed=1)
    assert mean_interval(values, clusters, seed=1) != mean_interval(values, clusters, seed=2)


def test_any_weighted_statistic_can_have_an_interval() -> None:
    values = np.array([0.2, 0.9, 0.4, 0.6])
    ours = statistic_interval(lambda weights: float(weights @ values / weights.sum()), list(range(4)))
    assert ours is not None
    assert ours.value == pytest.approx(0.525)
    assert statistic_interval(lambda weights: float("nan"), [1, 2]) is None


def test_a_clear_gain_is_told_from_chance() -> None:
    theirs, ours = [0.0] * 12 + [1.0] * 8, [1.0] * 20
    difference = paired_difference((ours, [1] * 20), (theirs, [1] * 20), range(20))
    assert difference is not None
    assert difference.value == pytest.approx(0.6)
    assert difference.low > 0
    assert difference.p < 0.001
    assert difference.changed == 12


def test_the_p_value_of_four_gains_is_that_of_four_coins() -> None:
    theirs, ours = [0.0] * 4 + [1.0] * 6, [1.0] * 10
    difference = paired_difference((ours, [1] * 10), (theirs, [1] * 10), range(10))
    assert difference is not None
    assert difference.p == pytest.approx(2 * 0.5**4, abs=0.015)


def test_equal_runs_show_no_difference() -> None:
    values = [1.0, 0.0, 1.0]
    difference = paired_difference((values, [1] * 3), (values, [1] * 3), "abc")
    assert difference is not None
    assert (difference.value, difference.p, difference.changed) == (0.0, 1.0, 0)


def test_one_fact_asked_twenty_times_is_one_piece_of_luck() -> None:
    difference = paired_difference(([1.0] * 20, [1] * 20), ([0.0] * 20, [1] * 20), ["same"] * 20)
    assert difference is not None
    assert difference.p == 1.0


def test_runs_that_answer_different_shares_are_compared_by_their_ratios() -> None:
    # Ours answers two questions and errs once; theirs answers four and errs twice: the same share of errors.
    difference = paired_difference(([1, 0, 0, 0], [1, 1, 0, 0]), ([1, 1, 0, 0], [1, 1, 1, 1]), range(4))
    assert difference is not None
    assert difference.value == 0.0


def test_looking_at_many_measures_raises_the_bar() -> None:
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    assert holm([0.9]) == [0.9]
