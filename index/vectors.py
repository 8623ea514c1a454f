"""Vector search by inner product, and the only door to faiss.

Exact up to `EXACT_LIMIT` passages; above, inverted lists of 8-bit codes, whose best are re-scored by the caller
with the stored vectors. What was searched once is never changed: FAISS ends Python when it is.
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

_FEW = 2_000
_POINTS_PER_LIST = 40

Rows = NDArray[np.int64]
Mask = NDArray[np.bool_]


def _faiss() -> Any:
    """The library, whose type stubs lack half of what it has; nothing of it leaves this file."""
    import faiss

    return faiss


@dataclass(frozen=True, slots=True)
class VectorIndex:
    """Vectors by row number 0..count-1; searched from any number of threads, never changed."""

    index: Any

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
        faiss = _faiss()

        return isinstance(self.index, faiss.IndexFlat)

    def search(self, query: Vectors, k: int, allowed: Mask | None = None) -> tuple[Rows, Vectors]:
        """Rows of the `k` nearest to `query` (d,), best first, and their inner products.

        `allowed` (count,) bool leaves rows out; fewer than `k` come back only where fewer are allowed, or, in an
        index that is not exact, in the rare case that the lists looked at hold fewer.
        """
        faiss = _faiss()

        possible = self.count if allowed is None else int(allowed.sum())
        k = min(k, possible)
        if k == 0:
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32)
        if self.exact and allowed is not None and possible <= _FEW:
            return self._search_few(query, k, np.flatnonzero(allowed))
        bits = None if allowed is None else np.packbits(allowed, bitorder="little")
        selector = None if bits is None else faiss.IDSelectorBitmap(bits)
        scores, rows = self.index.search(query[None, :], k, params=self._parameters(selector, possible))
        found = rows[0] >= 0
        return rows[0][found], scores[0][found]

    def rows(self, rows: Rows) -> Vectors:
        """(n, d) float32: what is stored in those rows; of an exact index, the very vectors."""
        if not self.exact:
            return np.asarray(self.index.reconstruct_batch(rows), dtype=np.float32)
        stored = _faiss().rev_swig_ptr(self.index.get_xb(), self.count * self.dimension)
        return np.asarray(stored.reshape(self.count, self.dimension)[rows])

    def _parameters(self, selector: Any, possible: int) -> Any:
        faiss = _faiss()

        if self.exact:
            return None if selector is None else faiss.SearchParameters(sel=selector)
        lists = int(self.index.nlist)
        # A filter that lets few through spreads them thinly, so as many more lists are looked at.
        probes = min(lists, math.ceil(_probes(lists) * self.count / possible))
        return faiss.SearchParametersIVF(nprobe=probes, sel=selector)

    def _search_few(self, query: Vectors, k: int, rows: Rows) -> tuple[Rows, Vectors]:
        scores = self.rows(rows) @ query
        best = np.argsort(-scores, kind="stable")[:k]
        return rows[best], scores[best]


def _probes(lists: int) -> int:
    return max(16, lists // 16)


def build_vectors(blocks: Iterable[Vectors], dimension: int, quantizer: bytes | None = None) -> VectorIndex:
    """An index of all rows of `blocks`, (n, d) float32 each; exact without a trained `quantizer`."""
    faiss = _faiss()

    if quantizer is None:
        index = faiss.IndexFlatIP(dimension)
    else:
        index = faiss.deserialize_index(np.frombuffer(quantizer, dtype=np.uint8))
    for block in blocks:
        index.add(np.ascontiguousarray(block, dtype=np.float32))
    return VectorIndex(index)


def train_quantizer(sample: Vectors, count: int) -> bytes:
    """The bytes of an empty, trained index for about `count` vectors like those of `sample` (n, d)."""
    faiss = _faiss()

    dimension = sample.shape[1]
    lists = min(len(sample) // _POINTS_PER_LIST, 2 ** round(math.log2(4 * math.sqrt(count))))
    index = faiss.index_factory(dimension, f"IVF{lists},SQ8", faiss.METRIC_INNER_PRODUCT)
    index.cp.seed = 1234
    index.train(np.ascontiguousarray(sample, dtype=np.float32))
    return bytes(faiss.serialize_index(index))


def write_vectors(vectors: VectorIndex, path: Path) -> None:
    """Writes the index to a file, which carries no checksum of its own."""
    faiss = _faiss()

    faiss.write_index(vectors.index, str(path))


def read_vectors(path: Path) -> VectorIndex:
    """The index of a file whose checksum was found right; FAISS itself would read a damaged one without a word."""
    faiss = _faiss()

    return VectorIndex(faiss.read_index(str(path)))


__all__ = ["EXACT_LIMIT", "VectorIndex", "build_vectors", "read_vectors", "train_quantizer", "write_vectors"]
