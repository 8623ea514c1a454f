"""Writing to the truth: a version of an article goes in whole, in the transaction that retires the one before it."""

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from index.database import generation, groups, marks, set_meta, transaction
from index.reprints import Signature, is_reprint
from index.types import Article, Span, Vectors

_MOST_COMPARED = 200
"""Of a story printed more often than that, the first printings will do."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An article made ready to be committed: where its passages stand, their vectors, (n, d) float32, its signature."""

    article: Article
    spans: tuple[Span, ...]
    vectors: Vectors
    signature: Signature


def article_sha256(article: Article) -> str:
    """Hex SHA-256 over everything the article holds, so that any change of it is one."""
    fields = [article.id, article.title, article.publisher, article.author, article.published, article.url]
    fields += [None if article.nature is None else str(article.nature), article.published_from, article.text]
    return hashlib.sha256(json.dumps(fields).encode()).hexdigest()


def passages_sha256(spans: Iterable[Span], vectors: Vectors) -> str:
    """Hex SHA-256 over the offsets and the vectors of a version's passages."""
    digest = hashlib.sha256(json.dumps([list(span) for span in spans]).encode())
    digest.update(np.ascontiguousarray(vectors, dtype="<f4").tobytes())
    return digest.hexdigest()


def live_hashes(connection: sqlite3.Connection, ids: Sequence[str]) -> dict[str, str]:
    """The stored SHA-256 of each of the articles that are there."""
    found: dict[str, str] = {}
    for group in groups(ids):
        rows = connection.execute(
            f"SELECT article, sha256 FROM versions WHERE retired IS NULL AND article IN ({marks(group)})", group
        )
        found.update(rows.fetchall())
    return found


def commit(connection: sqlite3.Connection, drafts: Sequence[Draft]) -> list[bool]:
    """Adds or replaces all of `drafts` in one transaction and one new generation; True where one was replaced."""
    with transaction(connection):
        born = next_generation(connection)
        return [_insert(connection, draft, born) for draft in drafts]


def retire(connection: sqlite3.Connection, ids: Sequence[str]) -> list[str]:
    """Removes articles in one transaction; comes back with those that were there."""
    with transaction(connection):
        there = live_hashes(connection, ids)
        gone = [article for article in dict.fromkeys(ids) if article in there]
        if gone:
            now = next_generation(connection)
            for article in gone:
                _retire(connection, article, now)
        return gone


def next_generation(connection: sqlite3.Connection) -> int:
    """Counts the change that the transaction makes; comes back with its generation."""
    following = generation(connection) + 1
    set_meta(connection, "generation", str(following))
    return following


def _insert(connection: sqlite3.Connection, draft: Draft, born: int) -> bool:
    article = draft.article
    replaced = _retire(connection, article.id, born)
    first = _last_passage(connection) + 1
    number = connection.execute(
        "INSERT INTO versions (article, sha256, passages_sha256, published, born, first_passage, passages)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            article.id,
            article_sha256(article),
            passages_sha256(draft.spans, draft.vectors),
            article.published,
            born,
            first,
            len(draft.spans),
        ),
    ).lastrowid
    nature = None if article.nature is None else str(article.nature)
    connection.execute(
        "INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            number,
            article.title,
            article.publisher,
            article.author,
            article.published,
            article.url,
            nature,
            article.published_from,
            article.text,
        ),
    )
    ids = range(first, first + len(draft.spans))
    connection.executemany(
        "INSERT INTO passages VALUES (?, ?, ?, ?)",
        [(id, number, start, end) for id, (start, end) in zip(ids, draft.spans, strict=True)],
    )
    blobs = [row.tobytes() for row in np.ascontiguousarray(draft.vectors, dtype="<f4")]
    connection.executemany("INSERT INTO vectors VALUES (?, ?)", list(zip(ids, blobs, strict=True)))
    _join_family(connection, int(number or 0), draft.signature)
    return replaced


def _join_family(connection: sqlite3.Connection, number: int, signature: Signature) -> None:
    """Puts a version with those it is a printing of the same story as; families that it belongs to become one."""
    bands = signature.bands()
    near = connection.execute(
        "SELECT DISTINCT s.version, s.signature, v.family FROM bands b JOIN signatures s ON s.version = b.version"
        f" JOIN versions v ON v.number = s.version WHERE b.band IN ({marks(bands)}) ORDER BY s.version LIMIT ?",
        (*bands, _MOST_COMPARED),
    )
    met = {family for _, data, family in near if is_reprint(signature, Signature.from_bytes(data))}
    family = min(met, default=number)
    connection.execute("UPDATE versions SET family = ? WHERE number = ?", (family, number))
    connection.executemany(
        "UPDATE versions SET family = ? WHERE retired IS NULL AND (number = ? OR family = ?)",
        [(family, other, other) for other in met - {family}],
    )
    connection.execute("INSERT INTO signatures VALUES (?, ?)", (number, signature.to_bytes()))
    connection.executemany("INSERT OR IGNORE INTO bands VALUES (?, ?)", [(band, number) for band in bands])


def _last_passage(connection: sqlite3.Connection) -> int:
    """The highest id ever given to a passage."""
    row = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'passages'").fetchone()
    return int(row[0]) if row else 0


def _retire(connection: sqlite3.Connection, article: str, generation: int) -> bool:
    row = connection.execute("SELECT number FROM versions WHERE article = ? AND retired IS NULL", (article,)).fetchone()
    if row is None:
        return False
    connection.execute("UPDATE versions SET retired = ? WHERE number = ?", (generation, row[0]))
    connection.execute("DELETE FROM vectors WHERE passage IN (SELECT id FROM passages WHERE version = ?)", row)
    connection.execute("DELETE FROM passages WHERE version = ?", row)
    connection.execute("DELETE FROM bands WHERE version = ?", row)
    connection.execute("DELETE FROM signatures WHERE version = ?", row)
    connection.execute("DELETE FROM articles WHERE version = ?", row)
    return True
