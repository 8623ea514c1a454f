"""Reading the truth: versions, texts, passages and vectors, as one connection's transaction sees them."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.database import FILE_NAME, get_meta, groups, marks
from index.encoders import Built
from index.errors import BadInput, IndexDamaged
from index.settings import Settings
from index.types import Article, Edition, Entry, Nature, Passage, Vectors
from index.vectors import sample_size

NEXT_STEP = "onrecord doctor says more"

_ENTRY = """
    SELECT v.number, v.article, a.title, a.publisher, a.author, a.published, a.url, a.nature, a.published_from,
           v.first_passage, v.passages
    FROM versions v JOIN articles a ON a.version = v.number
"""


@dataclass(frozen=True, slots=True)
class Version:
    """One committed version of an article; its passages have the ids from `first_passage` on."""

    number: int
    entry: Entry
    first_passage: int


@dataclass(frozen=True, slots=True)
class Rows:
    """Passages in order of their ids, which only grow: ids, version numbers and lengths in characters, (n,) int64."""

    ids: NDArray[np.int64]
    versions: NDArray[np.int64]
    lengths: NDArray[np.int64]

    @classmethod
    def of(cls, rows: NDArray[np.int64]) -> "Rows":
        """The three columns of (n, 3)."""
        ids, versions, lengths = np.ascontiguousarray(rows.T)
        return cls(ids, versions, lengths)

    def to_array(self) -> NDArray[np.int64]:
        """(n, 3), as `of` takes it."""
        return np.stack([self.ids, self.versions, self.lengths], axis=1)


def built(connection: sqlite3.Connection) -> Built:
    """What the stored vectors came from; raises `IndexDamaged` where the settings cannot be read."""
    return Built(stored_settings(connection).encoder, get_meta(connection, "fingerprint"))


def stored_settings(connection: sqlite3.Connection) -> Settings:
    """How the index was built; raises `IndexDamaged` where that cannot be read."""
    try:
        return Settings.from_json(get_meta(connection, "settings") or "")
    except (ValueError, TypeError, AttributeError, BadInput) as error:
        raise IndexDamaged(f"the settings of the index cannot be read; put back a copy of {FILE_NAME}") from error


def versions_born_after(connection: sqlite3.Connection, generation: int) -> list[Version]:
    """The live versions that were committed after `generation`, oldest first."""
    rows = connection.execute(_ENTRY + "WHERE v.retired IS NULL AND v.born > ? ORDER BY v.number", (generation,))
    try:
        return [_version(row) for row in rows]
    except ValueError as error:  # a nature that there is none of
        raise IndexDamaged(f"the list of articles cannot be read ({error}); {NEXT_STEP}") from error


def _version(row: tuple[object, ...]) -> Version:
    number, article, title, publisher, author, published, url, nature, published_from, first, passages = row
    entry = Entry(
        id=article,  # type: ignore[arg-type]  # the columns are typed by the schema
        title=title,  # type: ignore[arg-type]
        publisher=publisher,  # type: ignore[arg-type]
        author=author,  # type: ignore[arg-type]
        published=published,  # type: ignore[arg-type]
        url=url,  # type: ignore[arg-type]
        nature=None if nature is None else Nature(str(nature)),
        published_from=published_from,  # type: ignore[arg-type]
        passages=passages,  # type: ignore[arg-type]
    )
    return Version(number, entry, first)  # type: ignore[arg-type]


def families(connection: sqlite3.Connection) -> list[tuple[int, int]]:
    """(version, family) of every live version that joined another's family, in order of versions."""
    return connection.execute(
        "SELECT number, family FROM versions WHERE retired IS NULL AND family <> number ORDER BY number"
    ).fetchall()


def retired_between(connection: sqlite3.Connection, after: int, until: int) -> list[tuple[int, int, int]]:
    """(version, first passage, passages) of what was retired in the generations after `after` up to `until`."""
    rows = connection.execute(
        "SELECT number, first_passage, passages FROM versions WHERE retired > ? AND retired <= ?", (after, until)
    )
    return rows.fetchall()


def read_article(connection: sqlite3.Connection, version: Version) -> Article:
    """The article of a live version, with its text."""
    entry = version.entry
    text = _text_of(connection, version)
    return Article(
        id=entry.id,
        title=entry.title,
        text=text,
        publisher=entry.publisher,
        author=entry.author,
        published=entry.published,
        url=entry.url,
        nature=entry.nature,
        published_from=entry.published_from,
    )


def ends_of(connection: sqlite3.Connection, versions: Sequence[int], characters: int) -> Iterator[tuple[int, str, str]]:
    """(version, beginning, end) of the text of each version that is there, of up to so many characters each."""
    for group in groups(versions):
        yield from connection.execute(
            f"SELECT version, substr(text, 1, ?), substr(text, -?) FROM articles WHERE version IN ({marks(group)})",
            (characters, characters, *group),
        )


def editions_of(connection: sqlite3.Connection, article: str) -> tuple[Edition, ...]:
    """Every version of an article that was ever committed, oldest first; none for an id that never was there."""
    rows = connection.execute(
        "SELECT sha256, published, added, retired IS NULL FROM versions WHERE article = ? ORDER BY number", (article,)
    )
    return tuple(Edition(sha256, published, added, bool(current)) for sha256, published, added, current in rows)


def _text_of(connection: sqlite3.Connection, version: Version) -> str:
    text = texts_of(connection, [version.number]).get(version.number)
    if not isinstance(text, str):
        raise IndexDamaged(f"the text of article {version.entry.id!r} is missing; {NEXT_STEP}")
    return text


def spans_of(connection: sqlite3.Connection, ids: Sequence[int]) -> dict[int, tuple[int, int, int]]:
    """(version, start, end) of each passage that is there."""
    found: dict[int, tuple[int, int, int]] = {}
    for group in groups(ids):
        rows = connection.execute(
            f'SELECT id, version, "start", "end" FROM passages WHERE id IN ({marks(group)})', group
        )
        found.update((id, (version, start, end)) for id, version, start, end in rows)
    return found


def texts_of(connection: sqlite3.Connection, versions: Iterable[int]) -> dict[int, str]:
    """The text of each version that is there."""
    found: dict[int, str] = {}
    for group in groups(sorted(set(versions))):
        found.update(
            connection.execute(
                f"SELECT version, text FROM articles WHERE version IN ({marks(group)})", group
            ).fetchall()
        )
    return found


def passages_of(connection: sqlite3.Connection, version: Version) -> tuple[Passage, ...]:
    """The passages of one version, in the order of its text."""
    text = _text_of(connection, version)
    rows = connection.execute(
        'SELECT id, "start", "end" FROM passages WHERE version = ? ORDER BY id', (version.number,)
    )
    return tuple(Passage(id, version.entry.id, start, end, text[start:end]) for id, start, end in rows)


def vectors_of(connection: sqlite3.Connection, ids: Sequence[int], dimension: int) -> Vectors:
    """(n, d) float32 in the order of `ids`; raises `IndexDamaged` where one is missing or has another length."""
    found: dict[int, bytes] = {}
    for group in groups(ids):
        found.update(
            connection.execute(
                f"SELECT passage, vector FROM vectors WHERE passage IN ({marks(group)})", group
            ).fetchall()
        )
    return to_vectors([found.get(id, b"") for id in ids], dimension)


def to_vectors(blobs: Sequence[bytes], dimension: int) -> Vectors:
    """(n, d) float32 from stored bytes; raises `IndexDamaged` where one has another length."""
    if any(len(blob) != 4 * dimension for blob in blobs):
        raise IndexDamaged(f"a stored vector is missing or has a wrong length; {NEXT_STEP}")
    return np.frombuffer(b"".join(blobs), dtype="<f4").reshape(len(blobs), dimension)


def read_rows(connection: sqlite3.Connection) -> Rows:
    """All live passages."""
    cursor = connection.execute('SELECT id, version, "end" - "start" FROM passages ORDER BY id')
    blocks = [np.zeros((0, 3), dtype=np.int64)]
    while rows := cursor.fetchmany(65_536):
        blocks.append(np.array(rows, dtype=np.int64))
    return Rows.of(np.concatenate(blocks))


def sample_vectors(connection: sqlite3.Connection, ids: NDArray[np.int64], dimension: int) -> Vectors:
    """(n, d) float32: as many of the passages' vectors as a quantizer is trained on, evenly spread."""
    size = sample_size(len(ids))
    chosen = ids[np.linspace(0, len(ids) - 1, size).astype(np.int64)]
    return vectors_of(connection, chosen.tolist(), dimension)


def read_vectors(
    connection: sqlite3.Connection, dimension: int, first: int = 0, batch: int = 8192
) -> Iterator[Vectors]:
    """The vectors of passages from id `first` on, in order of ids, in blocks of (up to `batch`, d) float32."""
    cursor = connection.execute("SELECT vector FROM vectors WHERE passage >= ? ORDER BY passage", (first,))
    while rows := cursor.fetchmany(batch):
        yield to_vectors([row[0] for row in rows], dimension)


def read_texts(connection: sqlite3.Connection, born_after: int = 0) -> Iterator[tuple[int, int, str, str | None, str]]:
    """(passage id, version, title, publisher, text) of the live passages committed since, in order of their ids."""
    articles = connection.execute(
        "SELECT v.number, a.title, a.publisher, a.text FROM versions v JOIN articles a ON a.version = v.number"
        " WHERE v.born > ? ORDER BY v.number",
        (born_after,),
    )
    for version, title, publisher, text in articles:
        spans = connection.execute('SELECT id, "start", "end" FROM passages WHERE version = ? ORDER BY id', (version,))
        for id, start, end in spans:
            yield id, version, title, publisher, text[start:end]


def unsealed_passages(connection: sqlite3.Connection, generation: int) -> int:
    """How many passages were committed or retired after that generation."""
    born = "SELECT coalesce(sum(passages), 0) FROM versions WHERE born > ? AND retired IS NULL"
    gone = "SELECT coalesce(sum(passages), 0) FROM versions WHERE retired > ? AND born <= ?"
    return int(connection.execute(f"SELECT ({born}) + ({gone})", (generation,) * 3).fetchone()[0])
