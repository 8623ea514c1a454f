"""Rankings made one, worked by hand."""

import pytest

from index.fusion import fuse_ranks, spread


def test_what_leads_every_ranking_scores_one() -> None:
    assert fuse_ranks([(0.7, ["a", "b"]), (0.3, ["a"])], 20)["a"] == pytest.approx(1)


def test_a_fused_score_is_the_weighted_sum_of_reciprocal_ranks() -> None:
    scores = fuse_ranks([(0.7, ["a", "b"]), (0.3, ["b", "a"])], 20)
    most = 1 / 21
    assert scores["a"] == pytest.approx((0.7 / 21 + 0.3 / 22) / most)
    assert scores["b"] == pytest.approx((0.7 / 22 + 0.3 / 21) / most)


def test_a_further_passage_of_one_owner_keeps_its_share() -> None:
    found = spread({"a1": 1.0, "a2": 0.9, "b1": 0.6, "a3": 0.8}, {"a1": "a", "a2": "a", "a3": "a", "b1": "b"}, 0.5)
    assert found == [("a1", 1.0), ("b1", 0.6), ("a2", 0.45), ("a3", 0.2)]


def test_with_a_share_of_one_no_owner_is_preferred() -> None:
    found = spread({"a1": 1.0, "a2": 0.9, "b1": 0.6}, {"a1": "a", "a2": "a", "b1": "b"}, 1)
    assert [key for key, _ in found] == ["a1", "a2", "b1"]
