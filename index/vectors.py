"""Vector search by cosine, and the only door to faiss.

Exact up to `EXACT_LIMIT` passages; then all of their 8-bit codes, up to `LISTS_FROM`; then the codes of an eighth of
the inverted lists. The best by code are re-scored by the caller with the stored vectors. What was searched once is
never changed: FAISS ends Python when it is.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.types import Vectors

EXACT_LIMIT = 50_000
"""From here on an exact search of 384 dimensions takes longer than 10 ms on one core."""

LISTS_FROM = 250_000
"""Codes of so many passages take about 10 ms to go through, and find the ten nearest without fail."""

_FEW = 2_000
_PROBED = 8
"""One list in so many is looked at. At a million passages, their vectors between those of random pairs of real ones,
one in eight found 0.998 of the ten nearest of 200 questions."""
_SAMPLE_PER_LIST = 40
"""FAISS warns below 39 points for each list; more gained nothing in recall."""

Ids = NDArray[np.int64]
Mask = NDArray[np.bool_]


def _faiss() -> Any:
    """The library, whose type stubs lack half of what it has; nothing of it leaves this file."""
    import faiss

    return faiss


@dataclass(frozen=True, slots=True)
class VectorIndex:
    """Vectors of the passages `ids`, which are in order; searched from any number of threads, never changed."""

    index: Any
    ids: Ids

    @property
    def count(self) -> int:
        """How many vectors it holds."""
        return int(self.index.ntotal)

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self.index.d)

    @property
    def exact(self) -> bool:
        """Whether scores are exact cosines; otherwise the best are to be re-scored."""
        return isinstance(self.index, _faiss().IndexFlat)

    @property
    def listed(self) -> bool:
        """Whether vectors are sorted into lists, and known there by passage id instead of row."""
        return isinstance(self.index, _faiss().IndexIVF)

    def search(self, query: Vectors, k: int, allowed: Mask | None = None) -> tuple[Ids, Vectors]:
        """Passage ids of the `k` nearest to `query` (d,), best first, and their cosines.

        `allowed` (count,) bool leaves passages out; fewer than `k` come back only where fewer are allowed.
        """
        possible = self.count if allowed is None else int(allowed.sum())
        k = min(k, possible)
        if k == 0:
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32)
        if self.exact and allowed is not None and possible <= _FEW:
            return self._search_few(query, k, np.flatnonzero(allowed))
        # The bitmap must outlive the search: FAISS keeps a pointer to it, not a copy.
        bits = None if allowed is None else self._bitmap(allowed)
        if not self.listed:
            found, scores = self._ask(query, k, self._parameters(bits))
            return self.ids[found], scores
        # A filter that lets few through spreads them thinly, so as many more lists are looked at.
        found, scores = self._ask(query, k, self._parameters(bits, self.count / possible / _PROBED))
        if len(found) < k:
            found, scores = self._ask(query, k, self._parameters(bits, 1))
        return found, (1 - scores / 2).astype(np.float32)  # of unit vectors, from squared distances

    def _ask(self, query: Vectors, k: int, parameters: Any) -> tuple[Ids, Vectors]:
        scores, found = self.index.search(query[None, :], k, params=parameters)
        kept = found[0] >= 0
        return found[0][kept], scores[0][kept]

    def vectors(self, rows: NDArray[np.int64]) -> Vectors:
        """(n, d) float32: the vectors of ``ids[rows]``; only of an exact index."""
        stored = _faiss().rev_swig_ptr(self.index.get_xb(), self.count * self.dimension)
        return np.asarray(stored.reshape(self.count, self.dimension)[rows])

    def _bitmap(self, allowed: Mask) -> NDArray[np.uint8]:
        """Bits of what may be found: by passage id where vectors are listed, else by row."""
        if not self.listed:
            return np.packbits(allowed, bitorder="little")
        by_id = np.zeros(int(self.ids[-1]) + 1, dtype=np.bool_)
        by_id[self.ids[allowed]] = True
        return np.packbits(by_id, bitorder="little")

    def _parameters(self, bits: NDArray[np.uint8] | None, share: float = 1) -> Any:
        """What FAISS is to search: the rows or ids whose bits are set, in that share of the lists."""
        faiss = _faiss()
        selector = None if bits is None else faiss.IDSelectorBitmap(bits)
        if not self.listed:
            return None if selector is None else faiss.SearchParameters(sel=selector)
        lists = int(self.index.nlist)
        return faiss.SearchParametersIVF(nprobe=max(1, min(lists, math.ceil(lists * share))), sel=selector)

    def _search_few(self, query: Vectors, k: int, rows: NDArray[np.int64]) -> tuple[Ids, Vectors]:
        scores = self.vectors(rows) @ query
        best = np.argsort(-scores, kind="stable")[:k]
        return self.ids[rows[best]], scores[best]


def build_vectors(ids: Ids, blocks: Iterable[Vectors], dimension: int, quantizer: bytes | None = None) -> VectorIndex:
    """An index of the passages `ids`, whose vectors come in `blocks`, (n, d) float32; exact without a `quantizer`."""
    faiss = _faiss()
    if quantizer is None:
        index = faiss.IndexFlatIP(dimension)
    else:
        index = faiss.deserialize_index(np.frombuffer(quantizer, dtype=np.uint8))
    _add(index, ids, blocks)
    return VectorIndex(index, ids)


def fold_vectors(path: Path, ids: Ids, gone: Ids, new: Ids, blocks: Iterable[Vectors]) -> VectorIndex:
    """The index of lists in a file, without the passages `gone` and with `new`; `ids` are those that result."""
    faiss = _faiss()
    index = faiss.read_index(str(path))
    if len(gone):
        index.remove_ids(faiss.IDSelectorBatch(gone))
    _add(index, new, blocks)
    return VectorIndex(index, ids)


def _add(index: Any, ids: Ids, blocks: Iterable[Vectors]) -> None:
    listed = isinstance(index, _faiss().IndexIVF)
    first = 0
    for block in blocks:
        rows = np.ascontiguousarray(block, dtype=np.float32)
        if listed:
            index.add_with_ids(rows, ids[first : first + len(rows)])
        else:
            index.add(rows)
        first += len(rows)


def is_listed(count: int) -> bool:
    """Whether an index of so many vectors sorts them into lists."""
    return count >= LISTS_FROM


def sample_size(count: int) -> int:
    """How many vectors `train_quantizer` needs for an index of `count`."""
    return min(count, _SAMPLE_PER_LIST * _lists(count)) if is_listed(count) else min(count, 10_000)


def train_quantizer(sample: Vectors, count: int) -> bytes:
    """The bytes of an empty, trained index for about `count` vectors like those of `sample` (n, d), unit rows."""
    faiss = _faiss()
    dimension = sample.shape[1]
    if is_listed(count):
        lists = max(1, min(len(sample) // _SAMPLE_PER_LIST, _lists(count)))
        # Unit vectors have the same order by distance; sorting them into lists by it finds more than by product.
        index = faiss.index_factory(dimension, f"IVF{lists},SQ8", faiss.METRIC_L2)
    else:
        index = faiss.index_factory(dimension, "SQ8", faiss.METRIC_INNER_PRODUCT)
    index.train(np.ascontiguousarray(sample, dtype=np.float32))
    return bytes(faiss.serialize_index(index))


def _lists(count: int) -> int:
    return int(2 ** round(math.log2(4 * math.sqrt(count))))


def write_vectors(vectors: VectorIndex, path: Path) -> None:
    """Writes the index to a file, which carries no checksum of its own."""
    _faiss().write_index(vectors.index, str(path))


def read_vectors(path: Path, ids: Ids) -> VectorIndex:
    """The index of a file whose checksum was found right; FAISS itself would read a damaged one without a word."""
    return VectorIndex(_faiss().read_index(str(path)), ids)


__all__ = [
    "EXACT_LIMIT",
    "LISTS_FROM",
    "VectorIndex",
    "build_vectors",
    "fold_vectors",
    "is_listed",
    "read_vectors",
    "sample_size",
    "train_quantizer",
    "write_vectors",
]
