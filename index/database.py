"""The truth of an index, in one SQLite file: articles, passages, vectors, settings and the generation.

Every committed version of an article keeps a row in `versions` for good (hash, dates, passage ids); its text,
passages and vectors go when it is replaced or removed. A reader's transaction sees the state it began with
until it ends, so nothing has to be kept for it.
"""

import contextlib
import hashlib
import os
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from index.errors import DiskFull, IndexDamaged, IndexInUse, IndexMismatch, OnrecordError

T = TypeVar("T")

_OPTIONS: Any = {"isolation_level": None, "check_same_thread": False, "timeout": 10}

FILE_NAME = "onrecord.db"
DERIVED = "derived"
"""Where the files are that are made from it."""

SCHEMA_VERSION = 2

_SCHEMA = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE versions (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    article TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    passages_sha256 TEXT NOT NULL,
    published TEXT,
    added TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),
    born INTEGER NOT NULL,
    retired INTEGER,
    first_passage INTEGER NOT NULL,
    passages INTEGER NOT NULL,
    family INTEGER
);
CREATE UNIQUE INDEX live_version ON versions (article) WHERE retired IS NULL;
CREATE INDEX born_in ON versions (born);
CREATE INDEX retired_in ON versions (retired) WHERE retired IS NOT NULL;
CREATE TABLE articles (
    version INTEGER PRIMARY KEY REFERENCES versions (number),
    title TEXT NOT NULL,
    publisher TEXT,
    author TEXT,
    published TEXT,
    url TEXT,
    nature TEXT,
    published_from TEXT,
    text TEXT NOT NULL
);
CREATE TABLE passages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL REFERENCES versions (number),
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    CHECK (0 <= "start" AND "start" < "end")
);
CREATE INDEX passages_of ON passages (version);
CREATE TABLE vectors (
    passage INTEGER PRIMARY KEY REFERENCES passages (id) ON DELETE CASCADE,
    vector BLOB NOT NULL
);
CREATE INDEX relatives ON versions (family) WHERE retired IS NULL AND family <> number;
CREATE TABLE signatures (
    version INTEGER PRIMARY KEY REFERENCES versions (number),
    signature BLOB NOT NULL
);
CREATE TABLE bands (
    band INTEGER NOT NULL,
    version INTEGER NOT NULL REFERENCES signatures (version),
    PRIMARY KEY (band, version)
) WITHOUT ROWID;
CREATE INDEX bands_of ON bands (version);
CREATE TABLE sealed (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    folder TEXT NOT NULL,
    generation INTEGER NOT NULL,
    passages INTEGER NOT NULL,
    manifest_sha256 TEXT NOT NULL
);
CREATE TABLE trained (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    passages INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    quantizer BLOB NOT NULL
);
"""


@dataclass(frozen=True, slots=True)
class SealedRecord:
    """Which folder holds the derived files, what generation and how many passages they were made from."""

    folder: str
    generation: int
    passages: int
    manifest_sha256: str


@contextlib.contextmanager
def plain_errors(path: Path) -> Iterator[None]:
    """Turns what SQLite raises into an `OnrecordError` of one line that names the index and the next step."""
    try:
        yield
    except sqlite3.Error as error:
        raise _explain(error, path) from error


def _explain(error: sqlite3.Error, path: Path) -> OnrecordError:
    code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
    where = str(path)
    if code == sqlite3.SQLITE_FULL:
        return DiskFull(
            f"the disk that holds {where!r} is full; what was added before is kept: free space, then add again"
        )
    if code == sqlite3.SQLITE_BUSY:
        return IndexInUse(f"the database of {where!r} is locked by another program; try again when it is done")
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM):
        return OnrecordError(f"the index {where!r} may not be written to; check its owner and permissions")
    if code == sqlite3.SQLITE_CANTOPEN:
        return OnrecordError(f"the index {where!r} cannot be opened; check that it is a folder you may write to")
    if code == sqlite3.SQLITE_IOERR:
        return OnrecordError(f"the disk that holds {where!r} cannot be read or written ({error})")
    return IndexDamaged(
        f"the database of {where!r} is damaged ({error}); put back a copy of {FILE_NAME}, or add the articles "
        "to a new index"
    )


def connect(folder: Path) -> sqlite3.Connection:
    """A connection in autocommit mode, safe to hand between threads one at a time.

    On a disk that cannot be written to it reads only.
    """
    try:
        return _configured(sqlite3.connect(folder / FILE_NAME, **_OPTIONS))
    except sqlite3.OperationalError:
        path, log = folder / FILE_NAME, folder / f"{FILE_NAME}-wal"
        if os.access(folder, os.W_OK) or not path.is_file() or (log.is_file() and log.stat().st_size):
            raise
        # Nobody can be writing there, and without this SQLite wants to make files beside the database.
        reading: sqlite3.Connection = sqlite3.connect(f"{path.absolute().as_uri()}?immutable=1", uri=True, **_OPTIONS)
        return reading


def _configured(connection: sqlite3.Connection) -> sqlite3.Connection:
    try:
        connection.execute("PRAGMA page_size = 8192")  # five vectors of 384 floats to a page; 4096 holds two
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA fullfsync = ON")  # macOS: fsync alone does not reach the disk there
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA journal_size_limit = 67108864")
    except BaseException:
        connection.close()
        raise
    return connection


def prepare(connection: sqlite3.Connection, folder: Path, initial: dict[str, str]) -> None:
    """Makes the tables of a new index, with `initial` as its meta; raises `IndexMismatch` for another schema."""
    if check_schema(connection, folder) == SCHEMA_VERSION:
        return
    if any((folder / DERIVED).glob("*")):
        raise IndexDamaged(
            f"{FILE_NAME} of the index {str(folder)!r} is gone or empty, though files made from it are there; "
            "put back a copy of it, or add the articles to a new index"
        )
    with transaction(connection):
        if check_schema(connection, folder) == SCHEMA_VERSION:
            return
        for statement in _SCHEMA.split(";\n"):
            connection.execute(statement)
        connection.executemany("INSERT INTO meta VALUES (?, ?)", [*initial.items(), ("generation", "0")])
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def check_schema(connection: sqlite3.Connection, folder: Path) -> int:
    """The schema's version, 0 for a database without tables; raises `IndexMismatch` for one unknown here."""
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    tables = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    if version not in (0, SCHEMA_VERSION) or (version == 0 and tables):
        raise IndexMismatch(
            f"the index {str(folder)!r} was made by another version of onrecord (schema {version}, here "
            f"{SCHEMA_VERSION}); add the articles to a new index"
        )
    return version


@contextlib.contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All of what is done within, or nothing."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # SQLite itself rolls back on a full disk
            connection.execute("ROLLBACK")
        raise


def get_meta(connection: sqlite3.Connection, name: str) -> str | None:
    """A remembered value, None when it was never set."""
    row = connection.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
    return None if row is None else str(row[0])


def set_meta(connection: sqlite3.Connection, name: str, value: str) -> None:
    """Remembers a value."""
    connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))


def generation(connection: sqlite3.Connection) -> int:
    """How many times the articles have changed."""
    value = get_meta(connection, "generation") or ""
    if not value.isdecimal():
        raise IndexDamaged(f"the index does not know its generation ({value!r}); put back a copy of {FILE_NAME}")
    return int(value)


def sealed_record(connection: sqlite3.Connection) -> SealedRecord | None:
    """Which derived files are current, None when none were made."""
    row = connection.execute("SELECT folder, generation, passages, manifest_sha256 FROM sealed").fetchone()
    return None if row is None else SealedRecord(*row)


def set_sealed(connection: sqlite3.Connection, record: SealedRecord) -> None:
    """Makes these derived files the current ones."""
    with transaction(connection):
        connection.execute(
            "INSERT OR REPLACE INTO sealed VALUES (1, ?, ?, ?, ?)",
            (record.folder, record.generation, record.passages, record.manifest_sha256),
        )


@dataclass(frozen=True, slots=True)
class Trained:
    """The bytes of a trained quantizer, made when there were so many passages, and their hex SHA-256."""

    passages: int
    sha256: str
    quantizer: bytes


def trained(connection: sqlite3.Connection) -> Trained | None:
    """The quantizer in use; None when there is none or it is not what was stored."""
    row = connection.execute("SELECT passages, sha256, quantizer FROM trained").fetchone()
    found = None if row is None else Trained(*row)
    return found if found and hashlib.sha256(found.quantizer).hexdigest() == found.sha256 else None


def set_trained(connection: sqlite3.Connection, passages: int, quantizer: bytes) -> Trained:
    """Keeps a quantizer for every later making of the derived files."""
    made = Trained(passages, hashlib.sha256(quantizer).hexdigest(), quantizer)
    with transaction(connection):
        connection.execute("INSERT OR REPLACE INTO trained VALUES (1, ?, ?, ?)", (passages, made.sha256, quantizer))
    return made


def groups(items: Sequence[T], size: int = 500) -> Iterator[Sequence[T]]:
    """`items` in runs of up to `size`, which one statement can name."""
    return (items[start : start + size] for start in range(0, len(items), size))


def marks(group: Sequence[object]) -> str:
    """A question mark for each, for ``IN (…)``."""
    return ",".join("?" * len(group))
