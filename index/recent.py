"""What was committed since the derived files were sealed, kept in memory beside them."""

import sqlite3
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.derived import read_words
from index.stored import Rows, read_vectors
from index.types import Vectors
from index.vectors import Mask
from index.words import WordIndex, WordWriter


@dataclass(frozen=True, slots=True)
class Recent:
    """Passages in blocks of vectors, (n, d) float32 each; `words` grows by a writer of its own."""

    rows: Rows
    blocks: tuple[Vectors, ...] = ()
    words: WordIndex | None = None
    writer: WordWriter | None = None

    def extended(self, view: sqlite3.Connection, after: int, dimension: int) -> "Recent":
        """These and the passages of live versions committed after that generation; itself is left as it is."""
        new = list(read_words(view, after))
        if not new:
            return self
        writer = self.writer or WordWriter()
        writer.add(new)
        block = np.concatenate(list(read_vectors(view, dimension, first=new[0].passage)))
        rows = [(words.passage, words.version, len(words.text)) for words in new]
        return Recent(
            Rows.of(np.concatenate([self.rows.to_array(), np.array(rows, dtype=np.int64)])),
            _join((*self.blocks, block)),
            writer.commit(),
            writer,
        )

    def search(self, query: Vectors, k: int, allowed: Mask | None) -> tuple[NDArray[np.int64], Vectors]:
        """Rows of the `k` nearest to `query` (d,), best first, and their inner products."""
        if not self.blocks:
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32)
        scores = np.concatenate([block @ query for block in self.blocks])
        rows = np.arange(len(scores)) if allowed is None else np.flatnonzero(allowed)
        best = rows[np.argsort(-scores[rows], kind="stable")[:k]]
        return best, scores[best]


def _join(blocks: tuple[Vectors, ...]) -> tuple[Vectors, ...]:
    """The same rows in few blocks, each row copied a logarithmic number of times as blocks come."""
    while len(blocks) > 1 and len(blocks[-2]) <= 2 * len(blocks[-1]):
        blocks = (*blocks[:-2], np.concatenate(blocks[-2:]))
    return blocks


NOTHING_RECENT = Recent(Rows.of(np.zeros((0, 3), dtype=np.int64)))

__all__ = ["NOTHING_RECENT", "Recent"]
