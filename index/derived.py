"""The derived files: FAISS and word index of one generation, sealed in a folder that never changes afterwards.

Written aside, synced, renamed and only then named in SQLite, with the SHA-256 of a manifest that holds the
SHA-256 of every file. Whatever differs from that is not served.
"""

import shutil
import sqlite3
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index import manifest
from index.database import DERIVED, SealedRecord, generation, get_meta, sealed_record, set_sealed
from index.errors import DiskFull, IndexDamaged, OnrecordError
from index.stored import read_rows, read_texts, read_vectors
from index.vectors import EXACT_LIMIT, VectorIndex, build_vectors, write_vectors
from index.vectors import read_vectors as read_vector_file
from index.words import LOCK_FILES, WordIndex, Words, WordWriter, open_words


@dataclass(frozen=True, slots=True)
class Derived:
    """One sealed generation, ready to be searched: row r of `vectors` is passage `ids[r]` of `versions[r]`."""

    generation: int
    ids: NDArray[np.int64]
    versions: NDArray[np.int64]
    vectors: VectorIndex
    words: WordIndex
    folder: Path | None = None


def seal(view: sqlite3.Connection, index_folder: Path, dimension: int, encoder: str) -> SealedRecord:
    """Makes the derived files of the state that `view` sees, and comes back with what to name them by.

    The caller holds the writer's lock. Raises `DiskFull` or another `OnrecordError` when it cannot be written.
    """
    home, made_from = index_folder / DERIVED, generation(view)
    name = f"{made_from:08d}-{uuid.uuid4().hex[:8]}"
    aside = home / f".{name}"
    try:
        aside.mkdir(parents=True)
        count = _write(view, aside, dimension)
        described = manifest.Manifest(
            index=get_meta(view, "id") or "",
            generation=made_from,
            passages=count,
            dimension=dimension,
            encoder=encoder,
            files=manifest.describe(aside, leave_out=LOCK_FILES),
        )
        digest = manifest.write(aside, described)
        manifest.sync(aside)
        aside.rename(home / name)
        manifest.sync_path(home)
    except OSError as error:
        raise _cannot_write(index_folder, error) from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return SealedRecord(name, made_from, count, digest)


def make_current(connection: sqlite3.Connection, index_folder: Path, record: SealedRecord) -> None:
    """Names these derived files in SQLite as the current ones, and removes older ones."""
    before = sealed_record(connection)
    set_sealed(connection, record)
    # The one before stays until the next: a reader may have read its name and not yet opened it.
    clear(index_folder, {record.folder, before.folder if before else ""})


def _write(connection: sqlite3.Connection, folder: Path, dimension: int) -> int:
    rows = read_rows(connection)
    np.save(folder / "rows.npy", np.stack([rows.ids, rows.versions]))
    vectors = build_vectors(read_vectors(connection, dimension), dimension)
    if vectors.count != len(rows.ids):
        raise IndexDamaged("passages and vectors differ in number; run onrecord doctor to see where")
    write_vectors(vectors, folder / "vectors.faiss")
    writer = WordWriter(folder / "words")
    try:
        writer.add(read_words(connection))
        writer.commit()
    finally:
        writer.close()
    for name in LOCK_FILES:
        (folder / "words" / name).unlink(missing_ok=True)
    return len(rows.ids)


def read_words(connection: sqlite3.Connection, born_after: int = 0) -> Iterator[Words]:
    """The words of all live passages of versions committed after that generation, in order of passage ids."""
    for passage, version, title, publisher, text in read_texts(connection, born_after):
        yield Words(passage, version, title, publisher or "", text)


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
        ids, versions = np.load(folder / "rows.npy", allow_pickle=False)
        derived = Derived(
            generation=written.generation,
            ids=ids,
            versions=versions,
            vectors=read_vector_file(folder / "vectors.faiss"),
            words=open_words(folder / "words"),
            folder=folder,
        )
    except (OSError, ValueError, RuntimeError) as error:
        raise IndexDamaged(f"{folder.name} cannot be read ({' '.join(str(error).split())[:200]})") from error
    counts = {len(derived.ids), derived.vectors.count, derived.words.count, written.passages}
    if len(counts) > 1 or derived.vectors.dimension != written.dimension:
        raise IndexDamaged(f"the files of {folder.name} differ in what they hold")
    return derived


def derive_in_memory(view: sqlite3.Connection, dimension: int) -> Derived:
    """The same, made from SQLite and kept in memory, for a reader who may not write."""
    rows = read_rows(view)
    writer = WordWriter()
    writer.add(read_words(view))
    words = writer.commit()
    writer.close()
    vectors = build_vectors(read_vectors(view, dimension), dimension)
    return Derived(generation(view), rows.ids, rows.versions, vectors, words)


def clear(index_folder: Path, keep: set[str]) -> None:
    """Removes the folders of derived files whose names are not in `keep`."""
    home = index_folder / DERIVED
    if home.is_dir():
        for path in home.iterdir():
            if path.name not in keep:
                shutil.rmtree(path, ignore_errors=True)


def _cannot_write(folder: Path, error: OSError) -> OnrecordError:
    import errno

    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DiskFull(
            f"the disk that holds {str(folder)!r} is full; the articles are kept: free space, "
            "then run onrecord doctor --rebuild"
        )
    return OnrecordError(f"the index {str(folder)!r} cannot be written to ({error.strerror})")


__all__ = [
    "EXACT_LIMIT",
    "Derived",
    "clear",
    "derive_in_memory",
    "make_current",
    "open_sealed",
    "read_words",
    "seal",
]
