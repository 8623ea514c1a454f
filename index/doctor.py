"""Looks at every byte and every promise of an index, and remakes what is derived."""

import contextlib
import sqlite3
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np

from index import database, lock
from index.committing import article_sha256, passages_sha256
from index.database import SealedRecord, generation, get_meta, plain_errors, sealed_record
from index.derived import open_sealed
from index.errors import BadInput, IndexDamaged, OnrecordError
from index.reprints import sign
from index.sealing import clear, seal
from index.stored import (
    Version,
    passages_of,
    read_article,
    read_rows,
    unsealed_passages,
    vectors_of,
    versions_born_after,
)
from index.types import Check

_UNIT = 2e-3
"""How far a vector's length may be from 1: encoders that reckon in bf16 round that much."""


_Look = Callable[[sqlite3.Connection, Path], str]


def doctor(path: str | Path, rebuild: bool = False) -> list[Check]:
    """What was looked at in the index of folder `path`, in order; with `rebuild`, after its derived files are remade.

    Nothing is changed without `rebuild`. Raises `BadInput` where there is no index, and `IndexInUse` when another
    process is writing while `rebuild` is wanted.
    """
    folder = Path(path).expanduser()
    if not (folder / database.FILE_NAME).is_file():
        raise BadInput(f"there is no index in {str(folder)!r}; onrecord add makes one")
    checks: list[Check] = []
    try:
        with plain_errors(folder), contextlib.closing(database.connect(folder)) as view:
            database.check_schema(view, folder)
            checks += _look(view, _TRUTH, folder)
            if rebuild:
                checks.append(_rebuild(view, folder, all(check.ok for check in checks)))
            view.execute("BEGIN")
            checks += _look(view, _DERIVED, folder)
    except IndexDamaged as error:
        checks.append(Check("database", False, str(error)))
    return checks


def _look(view: sqlite3.Connection, looks: Mapping[str, _Look], folder: Path) -> list[Check]:
    """One check for each look: what it says when all is well, or what is wrong and the next step."""
    checks = []
    for name, look in looks.items():
        try:
            with plain_errors(folder):
                checks.append(Check(name, True, look(view, folder)))
        except OnrecordError as error:
            checks.append(Check(name, False, str(error)))
    return checks


def _structure(view: sqlite3.Connection, folder: Path) -> str:
    problems = [row[0] for row in view.execute("PRAGMA integrity_check(3)") if row[0] != "ok"]
    if problems:
        problem = " ".join(problems[0].split())
        raise IndexDamaged(f"{problem}; put back a copy of {database.FILE_NAME}, or add the articles to a new index")
    size = (folder / database.FILE_NAME).stat().st_size
    return f"every page of {database.FILE_NAME} is sound, {size / 1e6:,.1f} MB"


def _references(view: sqlite3.Connection, folder: Path) -> str:
    loose = view.execute("PRAGMA foreign_key_check").fetchone()
    if loose is not None:
        raise IndexDamaged(f"row {loose[1]} of {loose[0]!r} refers to nothing; {_ADD_AGAIN}")
    without = view.execute(
        "SELECT article FROM versions WHERE retired IS NULL AND number NOT IN (SELECT version FROM articles)"
    ).fetchone()
    if without is not None:
        raise IndexDamaged(f"article {without[0]!r} is listed and has no text; {_ADD_AGAIN}")
    retired = view.execute(
        "SELECT v.article FROM versions v JOIN articles a ON a.version = v.number WHERE v.retired IS NOT NULL"
    ).fetchone()
    if retired is not None:
        raise IndexDamaged(f"article {retired[0]!r} was taken out and its text is still there; {_ADD_AGAIN}")
    return "every passage belongs to an article, every vector to a passage"


def _articles(view: sqlite3.Connection, folder: Path) -> str:
    versions = versions_born_after(view, 0)
    for version in versions:
        article = read_article(view, version)
        stored = view.execute("SELECT sha256 FROM versions WHERE number = ?", (version.number,)).fetchone()[0]
        if article_sha256(article) != stored:
            raise IndexDamaged(f"article {article.id!r} is not what was added: its SHA-256 differs; {_ADD_AGAIN}")
    return f"{len(versions):,} articles have the SHA-256 they were added with"


def _passages(view: sqlite3.Connection, folder: Path) -> str:
    dimension = int(get_meta(view, "dimension") or 0)
    count = 0
    for version in versions_born_after(view, 0):
        count += _check_passages(view, version, dimension)
    return f"{count:,} passages stand in their articles, with vectors of length 1"


def _check_passages(view: sqlite3.Connection, version: Version, dimension: int) -> int:
    """How many passages the version has; raises `IndexDamaged` where one is not as it was added."""
    name = version.entry.id
    passages = passages_of(view, version)
    length = len(read_article(view, version).text)
    ids = list(range(version.first_passage, version.first_passage + version.entry.passages))
    if [passage.id for passage in passages] != ids:
        raise IndexDamaged(f"article {name!r} has other passages than were added; {_ADD_AGAIN}")
    if any(passage.end > length for passage in passages):
        raise IndexDamaged(f"a passage of article {name!r} ends after its text; {_ADD_AGAIN}")
    vectors = vectors_of(view, ids, dimension)
    if not np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=_UNIT):
        raise IndexDamaged(f"a vector of article {name!r} is not of length 1; {_ADD_AGAIN}")
    stored = view.execute("SELECT passages_sha256 FROM versions WHERE number = ?", (version.number,)).fetchone()[0]
    if passages_sha256([passage.span for passage in passages], vectors) != stored:
        raise IndexDamaged(f"the passages of article {name!r} are not those that were added; {_ADD_AGAIN}")
    return len(passages)


def _reprints(view: sqlite3.Connection, folder: Path) -> str:
    versions = versions_born_after(view, 0)
    for version in versions:
        wanted = sign(passage.text for passage in passages_of(view, version))
        stored = view.execute("SELECT signature FROM signatures WHERE version = ?", (version.number,)).fetchone()
        bands = {row[0] for row in view.execute("SELECT band FROM bands WHERE version = ?", (version.number,))}
        if stored is None or stored[0] != wanted.to_bytes() or bands != set(wanted.bands()):
            raise IndexDamaged(f"what tells reprints of article {version.entry.id!r} is damaged; {_ADD_AGAIN}")
    astray = view.execute(
        "SELECT article FROM versions WHERE retired IS NULL"
        " AND (family IS NULL OR family NOT IN (SELECT number FROM versions))"
    ).fetchone()
    if astray is not None:
        raise IndexDamaged(f"article {astray[0]!r} is said to reprint what never was there; {_ADD_AGAIN}")
    return f"what tells reprints is right for {len(versions):,} articles"


def _sealed(view: sqlite3.Connection, folder: Path) -> str:
    record = sealed_record(view)
    if record is None:
        return "none are made yet: the first search makes them"
    derived = open_sealed(view, folder, record, get_meta(view, "fingerprint"))
    files = sum(path.is_file() for path in (folder / database.DERIVED / record.folder).rglob("*"))
    return f"{files} files are those of generation {derived.generation}, {len(derived.rows.ids):,} passages"


def _agreement(view: sqlite3.Connection, folder: Path) -> str:
    record = sealed_record(view)
    if record is None:
        return "nothing to compare yet"
    derived = open_sealed(view, folder, record, get_meta(view, "fingerprint"))
    rows = read_rows(view)
    born = view.execute("SELECT number FROM versions WHERE born <= ?", (record.generation,))
    old = np.isin(rows.versions, np.array([row[0] for row in born], dtype=np.int64))
    if not np.isin(rows.ids[old], derived.rows.ids).all():
        raise IndexDamaged(f"passages are missing in the derived files; {_REBUILD}")
    if derived.vectors.exact:
        kept = np.isin(derived.rows.ids, rows.ids)
        stored = vectors_of(view, derived.rows.ids[kept].tolist(), derived.vectors.dimension)
        if not np.array_equal(derived.vectors.vectors(np.flatnonzero(kept)), stored):
            raise IndexDamaged(f"vectors in the derived files are not those of the database; {_REBUILD}")
    behind = unsealed_passages(view, record.generation)
    return "the derived files hold what the database holds" + (f"; {behind:,} passages newer" if behind else "")


def _rebuild(view: sqlite3.Connection, folder: Path, sound: bool) -> Check:
    """Makes the derived files anew from the database, encoding nothing again."""
    if not sound:
        return Check("rebuild", False, "not done: the database itself is damaged, and derived files cannot be better")
    if get_meta(view, "fingerprint") is None:
        return Check("rebuild", True, "nothing to do: the index is empty")
    with lock.writing(folder):
        record = seal(view, view, folder, whole=True)
        clear(folder, {record.folder})
    return Check("rebuild", True, _made(record, generation(view)))


def _made(record: SealedRecord, now: int) -> str:
    return f"derived files made anew from {record.passages:,} passages of generation {now}"


_ADD_AGAIN = "remove it and add it again"
_REBUILD = "run onrecord doctor --rebuild"
_TRUTH = {
    "database": _structure,
    "references": _references,
    "articles": _articles,
    "passages": _passages,
    "reprints": _reprints,
}
_DERIVED = {"derived files": _sealed, "agreement": _agreement}

__all__ = ["doctor"]
