"""The derived files: FAISS and word index of one generation, in a folder that never changes once it is sealed.

Whatever differs from what SQLite remembers of it (by the SHA-256 of a manifest, which holds that of every file)
is not served. `sealing` makes them.
"""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index import manifest
from index.database import DERIVED, SealedRecord, generation, get_meta
from index.errors import IndexDamaged
from index.stored import Rows, read_rows, read_texts, read_vectors, sample_vectors
from index.vectors import EXACT_LIMIT, VectorIndex, build_vectors, train_quantizer
from index.vectors import read_vectors as read_vector_file
from index.words import WordIndex, Words, WordWriter, open_words

ROWS = "rows.npy"
VECTORS = "vectors.faiss"
WORDS = "words"


@dataclass(frozen=True, slots=True)
class Derived:
    """One generation, ready to be searched."""

    generation: int
    rows: Rows
    vectors: VectorIndex
    words: WordIndex


def open_sealed(
    connection: sqlite3.Connection, index_folder: Path, record: SealedRecord, encoder: str | None
) -> Derived:
    """The sealed generation of that record; raises `IndexDamaged` where any byte, count or name differs."""
    folder = index_folder / DERIVED / record.folder
    written = manifest.read(folder, record.manifest_sha256)
    if written.index != get_meta(connection, "id") or written.generation != record.generation:
        raise IndexDamaged(f"{folder.name} was made from another index or generation")
    if encoder is not None and written.encoder != encoder:
        raise IndexDamaged(f"{folder.name} was made with another encoder")
    manifest.verify(folder, written)
    try:
        rows = load_rows(folder)
        derived = Derived(
            generation=written.generation,
            rows=rows,
            vectors=read_vector_file(folder / VECTORS, rows.ids),
            words=open_words(folder / WORDS),
        )
    except (OSError, ValueError, RuntimeError) as error:
        raise IndexDamaged(f"{folder.name} cannot be read ({' '.join(str(error).split())[:200]})") from error
    counts = {len(rows.ids), derived.vectors.count, derived.words.count, written.passages}
    if len(counts) > 1 or derived.vectors.dimension != written.dimension:
        raise IndexDamaged(f"the files of {folder.name} differ in what they hold")
    return derived


def derive_in_memory(view: sqlite3.Connection, dimension: int) -> Derived:
    """The same, made from SQLite and kept in memory, for a reader who may not write."""
    rows = read_rows(view)
    quantizer = None
    if len(rows.ids) > EXACT_LIMIT:
        quantizer = train_quantizer(sample_vectors(view, rows.ids, dimension), len(rows.ids))
    writer = WordWriter()
    writer.add(read_words(view))
    words = writer.commit()
    writer.close()
    vectors = build_vectors(rows.ids, read_vectors(view, dimension), dimension, quantizer)
    return Derived(generation(view), rows, vectors, words)


def load_rows(folder: Path) -> Rows:
    """The passages of a sealed folder."""
    return Rows.of(np.load(folder / ROWS, allow_pickle=False))


def save_rows(folder: Path, rows: Rows) -> None:
    """Writes what `load_rows` reads."""
    np.save(folder / ROWS, rows.to_array())


def read_words(connection: sqlite3.Connection, born_after: int = 0) -> Iterator[Words]:
    """The words of all live passages of versions committed after that generation, in order of passage ids."""
    for passage, version, title, publisher, text in read_texts(connection, born_after):
        yield Words(passage, version, title, publisher or "", text)


__all__ = [
    "ROWS",
    "VECTORS",
    "WORDS",
    "Derived",
    "derive_in_memory",
    "load_rows",
    "open_sealed",
    "read_words",
    "save_rows",
]
