"""Making the derived files: written aside, synced, renamed and only then named in SQLite.

Up to `EXACT_LIMIT` passages they are made whole each time. Above, what changed is folded into a copy of the files
before: whole again only when the index has outgrown the lists its vectors were sorted into.
"""

import errno
import logging
import shutil
import sqlite3
import uuid
from collections.abc import Callable
from pathlib import Path

import numpy as np

from index import manifest
from index.database import (
    DERIVED,
    SealedRecord,
    Trained,
    generation,
    get_meta,
    sealed_record,
    set_sealed,
    set_trained,
    trained,
)
from index.derived import VECTORS, WORDS, load_rows, read_words, save_rows
from index.errors import DiskFull, IndexDamaged, OnrecordError
from index.manifest import Manifest
from index.stored import Rows, read_rows, read_vectors, retired_between, sample_vectors, unsealed_passages
from index.vectors import EXACT_LIMIT, build_vectors, fold_vectors, is_listed, train_quantizer, write_vectors
from index.words import LOCK_FILES, WordWriter

MOST_RECENT = 20_000
_RECENT_SHARE = 0.1
"""What may wait beside the derived files before they are made anew, in passages and as a share of them."""
_SMALL = 2_000
"""Up to so many passages they are made anew at every change: it takes a fraction of a second."""

_OUTGROWN = 4
"""Lists made for a quarter of the passages there are now hold too many each to be searched quickly."""
_MOST_FOLDED = 0.5

_Write = Callable[[Path], None]

_log = logging.getLogger("onrecord")


def seal(view: sqlite3.Connection, writer: sqlite3.Connection, index_folder: Path, whole: bool = False) -> SealedRecord:
    """Makes derived files of the state that `view` sees, names them the current ones through `writer`, removes others.

    The caller holds the writer's lock, and something was committed; `whole` folds nothing. Raises `DiskFull` or
    another `OnrecordError` when they cannot be written; then those before stay.
    """
    dimension, encoder = int(get_meta(view, "dimension") or 0), get_meta(view, "fingerprint") or ""
    rows = read_rows(view)
    quantizer = _quantizer(view, writer, rows, dimension) if len(rows.ids) > EXACT_LIMIT else None
    described = Manifest(
        index=get_meta(view, "id") or "",
        generation=generation(view),
        passages=len(rows.ids),
        dimension=dimension,
        encoder=encoder,
        quantizer=quantizer.sha256 if quantizer else None,
    )
    before = sealed_record(writer)
    base = _foldable(index_folder, before, described, quantizer) if quantizer and before and not whole else None

    def write(folder: Path) -> None:
        save_rows(folder, rows)
        if base is None:
            _write_whole(view, folder, rows, dimension, quantizer)
        else:
            _write_folded(view, folder, rows, base)

    name, digest = _write_aside(index_folder, described, write)
    record = SealedRecord(name, described.generation, described.passages, digest)
    set_sealed(writer, record)
    # The one before stays until the next: a reader may have read its name and not yet opened it.
    clear(index_folder, {name, before.folder if before else name})
    return record


def fold(writer: sqlite3.Connection, index_folder: Path, at_end: bool = True) -> None:
    """Makes the derived files anew when enough has changed since they were made; the caller holds the lock.

    In the midst of a long addition it waits for more than `at_end`.
    """
    record = sealed_record(writer)
    sealed, at = (record.passages, record.generation) if record else (0, 0)
    changed = unsealed_passages(writer, at)
    small = at_end and sealed + changed <= _SMALL
    most = min(MOST_RECENT, max(_SMALL, _RECENT_SHARE * sealed)) if at_end else MOST_RECENT
    if changed and (small or changed > most):
        try:
            seal(writer, writer, index_folder)
        except OnrecordError as error:
            # The articles are in all the same, and are searched beside the files there are.
            _log.warning("%s", error)


def clear(index_folder: Path, keep: set[str]) -> None:
    """Removes the folders of derived files whose names are not in `keep`."""
    home = index_folder / DERIVED
    if home.is_dir():
        for path in home.iterdir():
            if path.name not in keep:
                shutil.rmtree(path, ignore_errors=True)


def _write_aside(index_folder: Path, described: Manifest, write: _Write) -> tuple[str, str]:
    """Name and manifest SHA-256 of a new folder with what `write` puts there, safe on the disk."""
    home = index_folder / DERIVED
    name = f"{described.generation:08d}-{uuid.uuid4().hex[:8]}"
    aside = home / f".{name}"
    try:
        aside.mkdir(parents=True)
        write(aside)
        digest = manifest.write(aside, described.with_files(aside, leave_out=LOCK_FILES))
        manifest.sync(aside)
        aside.rename(home / name)
        manifest.sync_path(home)
    except (OSError, RuntimeError, ValueError) as error:  # numpy, FAISS and tantivy each have their own
        raise _cannot_write(index_folder, error) from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return name, digest


def _write_whole(view: sqlite3.Connection, folder: Path, rows: Rows, dimension: int, quantizer: Trained | None) -> None:
    blocks = read_vectors(view, dimension)
    vectors = build_vectors(rows.ids, blocks, dimension, quantizer.quantizer if quantizer else None)
    if vectors.count != len(rows.ids):
        raise IndexDamaged("passages and vectors differ in number; run onrecord doctor to see where")
    write_vectors(vectors, folder / VECTORS)
    writer = WordWriter(folder / WORDS)
    try:
        writer.add(read_words(view))
        writer.commit()
    finally:
        writer.close()


def _write_folded(view: sqlite3.Connection, folder: Path, rows: Rows, base: "_Base") -> None:
    old = load_rows(base.folder)
    gone, new = np.setdiff1d(old.ids, rows.ids), np.setdiff1d(rows.ids, old.ids)
    dimension = base.described.dimension
    if is_listed(base.trained.passages):
        blocks = read_vectors(view, dimension, first=int(new[0])) if len(new) else iter(())
        vectors = fold_vectors(base.folder / VECTORS, rows.ids, gone, new, blocks)
    else:
        vectors = build_vectors(rows.ids, read_vectors(view, dimension), dimension, base.trained.quantizer)
    write_vectors(vectors, folder / VECTORS)
    writer = WordWriter(folder / WORDS, base=base.folder / WORDS)
    try:
        writer.remove(version for version, _, _ in retired_between(view, base.described.generation, generation(view)))
        writer.add(read_words(view, base.described.generation))
        writer.commit()
    finally:
        writer.close()


class _Base:
    """A sealed folder to fold changes into, every byte of it verified."""

    def __init__(self, folder: Path, described: Manifest, trained: Trained) -> None:
        self.folder, self.described, self.trained = folder, described, trained


def _foldable(index_folder: Path, before: SealedRecord, wanted: Manifest, quantizer: Trained) -> _Base | None:
    """The files before, where they are sound, of the same encoder and lists, and mostly what is wanted."""
    folder = index_folder / DERIVED / before.folder
    if before.generation > wanted.generation or abs(wanted.passages - before.passages) > _MOST_FOLDED * before.passages:
        return None
    try:
        described = manifest.read(folder, before.manifest_sha256)
        if (described.encoder, described.quantizer) != (wanted.encoder, wanted.quantizer):
            return None
        manifest.verify(folder, described)
    except IndexDamaged:
        return None
    return _Base(folder, described, quantizer)


def _quantizer(view: sqlite3.Connection, writer: sqlite3.Connection, rows: Rows, dimension: int) -> Trained:
    """The lists for the index's vectors; kept in SQLite, so that files made again are the same."""
    known = trained(writer)
    count = len(rows.ids)
    if known is not None and count <= _OUTGROWN * known.passages and is_listed(count) == is_listed(known.passages):
        return known
    quantizer = train_quantizer(sample_vectors(view, rows.ids, dimension), len(rows.ids))
    return set_trained(writer, len(rows.ids), quantizer)


def _cannot_write(folder: Path, error: Exception) -> OnrecordError:
    reason = " ".join(str(error).split())[:200]
    full = isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)
    if full or "No space left" in reason or "os error 28" in reason:
        return DiskFull(
            f"the disk that holds {str(folder)!r} is full; the articles are kept: free space, "
            "then run onrecord doctor --rebuild"
        )
    return OnrecordError(f"the search files of {str(folder)!r} cannot be written ({reason})")


__all__ = ["MOST_RECENT", "clear", "fold", "seal"]
