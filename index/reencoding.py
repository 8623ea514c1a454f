"""Another encoder for an index: new vectors beside the old ones, then one transaction that puts them in their place.

Searches go on from the old vectors until then. An interrupted run goes on from where it stopped.
"""

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace

from index.committing import next_generation, passages_sha256
from index.contexts import passage_context
from index.database import get_meta, set_meta, transaction
from index.settings import Settings
from index.stored import Version, passages_of, read_article, versions_born_after
from index.types import Encoder, Span

_BATCH_PASSAGES = 256

_NEW_TABLES = """
DROP TABLE IF EXISTS new_vectors;
DROP TABLE IF EXISTS new_sums;
CREATE TABLE new_vectors (
    passage INTEGER PRIMARY KEY REFERENCES passages (id) ON DELETE CASCADE,
    vector BLOB NOT NULL
);
CREATE TABLE new_sums (
    version INTEGER PRIMARY KEY,
    passages_sha256 TEXT NOT NULL
);
"""


def reencode(
    writer: sqlite3.Connection, encoder: Encoder, progress: Callable[[int, int | None], None] | None = None
) -> None:
    """Gives every passage a vector by `encoder`; `progress` is told of articles done, of how many.

    The caller holds the writer's lock. Raises `ModelUnavailable` from the encoder; then the old vectors stay.
    """
    if get_meta(writer, "reencoding") != encoder.fingerprint:
        with transaction(writer):
            for statement in _NEW_TABLES.strip().split(";\n"):
                writer.execute(statement)
            set_meta(writer, "reencoding", encoder.fingerprint)
    done = {row[0] for row in writer.execute("SELECT version FROM new_sums")}
    versions = versions_born_after(writer, 0)
    finished = len(versions) - len([version for version in versions if version.number not in done])
    for batch in _batches([version for version in versions if version.number not in done]):
        _encode(writer, encoder, batch)
        finished += len(batch)
        if progress is not None:
            progress(finished, len(versions))
    _swap(writer, encoder)


def _batches(versions: list[Version]) -> Iterator[list[Version]]:
    batch: list[Version] = []
    for version in versions:
        batch.append(version)
        if sum(one.entry.passages for one in batch) >= _BATCH_PASSAGES:
            yield batch
            batch = []
    if batch:
        yield batch


def _encode(writer: sqlite3.Connection, encoder: Encoder, batch: list[Version]) -> None:
    ids: list[int] = []
    texts: list[str] = []
    spans: list[tuple[int, list[Span]]] = []
    for version in batch:
        article = read_article(writer, version)
        passages = passages_of(writer, version)
        ids += [passage.id for passage in passages]
        texts += [passage_context(article, passage.text) for passage in passages]
        spans.append((version.number, [passage.span for passage in passages]))
    vectors = encoder.encode(texts)
    with transaction(writer):
        rows = zip(ids, (row.astype("<f4").tobytes() for row in vectors), strict=True)
        writer.executemany("INSERT OR REPLACE INTO new_vectors VALUES (?, ?)", list(rows))
        first = 0
        for number, places in spans:
            digest = passages_sha256(places, vectors[first : first + len(places)])
            writer.execute("INSERT OR REPLACE INTO new_sums VALUES (?, ?)", (number, digest))
            first += len(places)


def _swap(writer: sqlite3.Connection, encoder: Encoder) -> None:
    settings = replace(Settings.from_json(get_meta(writer, "settings") or "{}"), encoder=encoder.name)
    with transaction(writer):
        next_generation(writer)
        writer.execute(
            "UPDATE versions SET passages_sha256 = s.passages_sha256 FROM new_sums s"
            " WHERE s.version = versions.number AND versions.retired IS NULL"
        )
        writer.execute("DROP TABLE vectors")
        writer.execute("ALTER TABLE new_vectors RENAME TO vectors")
        writer.execute("DROP TABLE new_sums")
        writer.execute("DELETE FROM sealed")
        writer.execute("DELETE FROM trained")
        writer.execute("DELETE FROM meta WHERE name = 'reencoding'")
        set_meta(writer, "dimension", str(encoder.dimension))
        set_meta(writer, "fingerprint", encoder.fingerprint)
        set_meta(writer, "settings", settings.to_json())


__all__ = ["reencode"]
