"""Vector search: exact when small, close to exact when large, and filters that keep their k."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index.types import Vectors
from index.vectors import (
    VectorIndex,
    build_vectors,
    fold_vectors,
    read_vectors,
    train_quantizer,
    write_vectors,
)

_IDS = np.arange(6_000) * 3 + 7
"""Passage ids have gaps, where articles were replaced."""


def _unit(rows: NDArray[np.float64]) -> Vectors:
    unit: Vectors = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    return unit


def _clustered(count: int, dimension: int = 48) -> Vectors:
    """(count, dimension) float32 unit rows in loose groups, as texts of the same subjects are."""
    chance = np.random.default_rng(5)
    centres = chance.standard_normal((60, dimension))
    return _unit(centres[chance.integers(60, size=count)] + 0.7 * chance.standard_normal((count, dimension)))


@pytest.fixture(scope="module")
def rows() -> Vectors:
    return _clustered(6_000)


@pytest.fixture(scope="module")
def exact(rows: Vectors) -> VectorIndex:
    return build_vectors(_IDS, [rows[:1_000], rows[1_000:]], rows.shape[1])


@pytest.fixture(scope="module", params=[100_000, 1_000_000], ids=["all codes", "lists"])
def quantizer(rows: Vectors, request: pytest.FixtureRequest) -> bytes:
    """Trained as for an index of that many."""
    return train_quantizer(rows[:4_000], request.param)


@pytest.fixture(scope="module")
def coded(rows: Vectors, quantizer: bytes) -> VectorIndex:
    return build_vectors(_IDS, [rows], rows.shape[1], quantizer)


def test_an_exact_search_finds_the_nearest_in_order(exact: VectorIndex, rows: Vectors) -> None:
    found, scores = exact.search(rows[17], 5)
    expected = np.argsort(-(rows @ rows[17]))[:5]
    assert found.tolist() == _IDS[expected].tolist()
    assert scores[0] == pytest.approx(1, abs=1e-5)
    assert exact.exact


def test_more_than_there_are_gives_all_there_are(exact: VectorIndex, rows: Vectors) -> None:
    assert len(exact.search(rows[0], 10_000)[0]) == 6_000
    assert len(build_vectors(_IDS[:0], [], 48).search(rows[0], 5)[0]) == 0


@pytest.mark.parametrize("allowed_count", [0, 3, 500, 5_000])
def test_only_allowed_rows_come_back_and_as_many_as_asked_for(
    exact: VectorIndex, rows: Vectors, allowed_count: int
) -> None:
    allowed = np.zeros(len(rows), dtype=np.bool_)
    allowed[np.random.default_rng(1).permutation(len(rows))[:allowed_count]] = True
    found, _ = exact.search(rows[3], 10, allowed)
    ranked = np.argsort(-(rows @ rows[3]), kind="stable")
    assert found.tolist() == _IDS[ranked[allowed[ranked]][:10]].tolist()


def test_codes_find_nearly_what_an_exact_search_finds(coded: VectorIndex, rows: Vectors) -> None:
    assert not coded.exact
    queries = _unit(rows[:50] + 0.1 * np.random.default_rng(2).standard_normal((50, 48)))
    kept = 0
    for query in queries:
        found, _ = coded.search(query, 40)
        kept += len(set(_IDS[np.argsort(-(rows @ query))[:10]].tolist()) & set(found.tolist()))
    assert kept / 500 >= 0.98


def test_scores_by_code_are_close_to_the_cosine(coded: VectorIndex, rows: Vectors) -> None:
    found, scores = coded.search(rows[8], 5)
    places = np.searchsorted(_IDS, found)
    assert scores == pytest.approx(rows[places] @ rows[8], abs=0.02)


def test_a_filter_that_lets_few_rows_through_still_finds_them_among_codes(coded: VectorIndex, rows: Vectors) -> None:
    allowed = np.zeros(len(rows), dtype=np.bool_)
    allowed[[5, 999, 4_321]] = True
    found, _ = coded.search(rows[0], 10, allowed)
    assert set(found.tolist()) == set(_IDS[[5, 999, 4_321]].tolist())


def test_a_trained_quantizer_gives_the_same_index_again(rows: Vectors, quantizer: bytes, tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_vectors(build_vectors(_IDS, [rows], 48, quantizer), tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_a_written_index_reads_back_the_same(exact: VectorIndex, rows: Vectors, tmp_path: Path) -> None:
    write_vectors(exact, tmp_path / "vectors")
    again = read_vectors(tmp_path / "vectors", _IDS)
    assert (again.count, again.dimension) == (6_000, 48)
    assert np.array_equal(again.vectors(np.array([5, 3])), rows[[5, 3]])


def test_changes_folded_in_find_what_a_whole_making_finds(rows: Vectors, tmp_path: Path) -> None:
    quantizer = train_quantizer(rows[:4_000], 1_000_000)
    old, new, gone = _IDS[:5_000], _IDS[5_000:], _IDS[10:900]
    write_vectors(build_vectors(old, [rows[:5_000]], 48, quantizer), tmp_path / "old")
    kept = np.setdiff1d(_IDS, gone)
    folded = fold_vectors(tmp_path / "old", kept, gone, new, [rows[5_000:]])
    whole = build_vectors(kept, [rows[np.isin(_IDS, kept)]], 48, quantizer)
    assert folded.count == whole.count == len(kept)
    for query in rows[:300:30]:
        assert folded.search(query, 10)[0].tolist() == whole.search(query, 10)[0].tolist()
