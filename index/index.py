"""The index of one folder: articles go in, passages are found.

SQLite holds the truth; searches run on immutable snapshots of it. See `derived` for the sealed files, `recent`
for what came since, and `lock` for why there is one writer at a time.
"""

import sqlite3
import threading
import uuid
import weakref
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Self

from index import database, lock
from index.adding import Adding
from index.committing import retire
from index.database import generation, plain_errors, set_meta
from index.encoders import Encoders
from index.errors import BadInput, IndexMismatch, OnrecordError
from index.filters import Filters
from index.generations import Generations
from index.reencoding import reencode
from index.sealing import fold
from index.settings import Settings
from index.snapshot import Snapshot
from index.stored import built, stored_settings
from index.types import AddReport, Article, Edition, Encoder, Entry, Hit, Interrupted, RemoveReport, Vectors


class Index:
    """Articles and their passages in one folder; may be used by several threads. Made by `Index.open`."""

    def __init__(self, folder: Path, settings: Settings, encoder: Encoder | None, view: sqlite3.Connection) -> None:
        """Use `Index.open`; `view` is the connection that looks up the generation."""
        self._folder, self._view = folder, view
        self._encoders = Encoders(folder, encoder)
        self._generations = Generations(folder, settings, self._encoders)
        self._close = weakref.finalize(self, view.close)
        self._turn = threading.RLock()
        self._writing = threading.Lock()
        self._current: Snapshot | None = None

    @classmethod
    def open(cls, path: str | Path, settings: Settings | None = None, encoder: Encoder | None = None) -> Self:
        """The index in folder `path`, made when missing; close it, or use it in a ``with``.

        An index remembers its settings: others raise `IndexMismatch`. The encoder is loaded when first needed,
        by its name in the settings unless `encoder` is given.
        """
        folder = _folder(path)
        if encoder is not None:
            settings = _with_encoder(settings, encoder)
        with plain_errors(folder):
            view = database.connect(folder)
            try:
                made = settings or Settings()
                database.prepare(view, folder, {"id": uuid.uuid4().hex, "settings": made.to_json()})
                stored = stored_settings(view)
                if settings is not None and settings.changes(stored):
                    _adopt(view, folder, settings, stored)
                if encoder is not None:
                    Encoders(folder, encoder).of(built(view))
                return cls(folder, settings or stored, encoder, view)
            except BaseException:
                view.close()
                raise

    @property
    def folder(self) -> Path:
        """Where it is kept."""
        return self._folder

    @property
    def settings(self) -> Settings:
        """How it was built and how it searches."""
        return self._generations.settings

    @property
    def encoder(self) -> Encoder:
        """The encoder of its passages, loaded on first use; raises `IndexMismatch` where it is another one."""
        with self._turn, plain_errors(self._folder):
            now = built(self._view)
        return self._encoders.of(now)

    @property
    def generation(self) -> int:
        """How many times its articles have changed."""
        with self._turn, plain_errors(self._folder):
            return generation(self._view)

    def add(self, articles: Iterable[Article], progress: Callable[[int, int | None], None] | None = None) -> AddReport:
        """Adds what is new, replaces what changed, leaves what is the same; failures are collected.

        Each article is wholly in or wholly out, and stays once it is in; `progress` is told how many articles are
        done, of how many where that is known. Raises `IndexInUse` at once while another process writes, and
        `Interrupted` with what was done so far on a KeyboardInterrupt; the same again goes on from there.
        """
        with self._write() as writer:
            adding = Adding(writer, self.settings, lambda: self.encoder, self._remember_encoder)
            try:
                for _ in adding.run(articles, progress):
                    fold(writer, self._folder, at_end=False)
            except KeyboardInterrupt as stop:
                raise Interrupted(adding.report(generation(writer))) from stop
            fold(writer, self._folder)
            return adding.report(generation(writer))

    def remove(self, ids: str | Iterable[str]) -> RemoveReport:
        """Takes articles out; no later search finds them. Raises `IndexInUse` while another process writes."""
        wanted = [ids] if isinstance(ids, str) else list(dict.fromkeys(ids))
        with self._write() as writer:
            removed = retire(writer, wanted)
            if removed:
                fold(writer, self._folder)
            missing = tuple(id for id in wanted if id not in set(removed))
            return RemoveReport(tuple(removed), missing, generation(writer))

    def reencode(self, encoder: Encoder | str, progress: Callable[[int, int | None], None] | None = None) -> None:
        """Gives every passage a vector by another encoder; searches use the old ones until all are there.

        An interrupted run goes on from where it stopped. Raises `IndexInUse` while another process writes, and
        `ModelUnavailable` for an encoder that cannot be loaded.
        """
        if isinstance(encoder, str):
            from index.encoder import open_encoder

            encoder = open_encoder(encoder)
        with self._write() as writer:
            if built(writer).fingerprint in (None, encoder.fingerprint):
                return
            reencode(writer, encoder, progress)
            self._encoders.give(encoder)
            self._generations.settings = replace(self.settings, encoder=encoder.name)
            fold(writer, self._folder)

    def search(self, query: str, k: int = 10, filters: Filters | None = None, today: date | None = None) -> list[Hit]:
        """`Snapshot.search` on the newest generation."""
        return self.snapshot().search(query, k, filters, today)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """(n, d) float32, unit rows; single texts are remembered for a while."""
        return self.snapshot().encode(texts)

    def article(self, article_id: str) -> Article:
        """One article with its text; raises `NotInIndex`."""
        return self.snapshot().article(article_id)

    def editions(self, article_id: str) -> tuple[Edition, ...]:
        """The versions of an article, oldest first: hash and dates of those that were replaced or removed too."""
        return self.snapshot().editions(article_id)

    def entries(self) -> tuple[Entry, ...]:
        """Every article without its text, in the order they were added."""
        return self.snapshot().entries()

    def snapshot(self) -> Snapshot:
        """The newest generation, as it will stay for whoever holds it."""
        with self._turn, plain_errors(self._folder):
            if self._current is None or self._current.generation != generation(self._view):
                self._current = self._begin()
            return self._current

    def close(self) -> None:
        """Lets go of the folder; the index is of no use afterwards."""
        with self._turn:
            if self._current is not None:
                self._current.close()
            self._current = None
            self._generations.forget()
            self._close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def _write(self) -> Iterator[sqlite3.Connection]:
        """A connection to write through, while nobody else writes; threads of one index wait for each other."""
        holding = lock.writing(self._folder)
        with self._writing, holding, plain_errors(self._folder), closing(database.connect(self._folder)) as writer:
            yield writer

    def _begin(self) -> Snapshot:
        view = database.connect(self._folder)
        try:
            view.execute("BEGIN")
            return Snapshot(view, self._generations)  # its first read fixes what this transaction sees
        except BaseException:
            view.close()
            raise

    def _remember_encoder(self, writer: sqlite3.Connection) -> None:
        set_meta(writer, "dimension", str(self.encoder.dimension))
        set_meta(writer, "fingerprint", self.encoder.fingerprint)


def _folder(path: str | Path) -> Path:
    folder = Path(path).expanduser()
    try:
        if folder.exists() and not folder.is_dir():
            raise BadInput(f"{str(folder)!r} is a file; an index is a folder")
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OnrecordError(f"the index {str(folder)!r} cannot be made ({error.strerror})") from error
    return folder


def _with_encoder(settings: Settings | None, encoder: Encoder) -> Settings:
    return replace(settings or Settings(), encoder=encoder.name)


def _adopt(view: sqlite3.Connection, folder: Path, settings: Settings, stored: Settings) -> None:
    """Takes other settings over while nothing was built with the old ones; raises `IndexMismatch` else."""
    if generation(view):
        raise IndexMismatch(
            f"the index {str(folder)!r} was built with other settings ({'; '.join(settings.changes(stored))}); "
            "open it without them, or add its articles to a new index"
        )
    set_meta(view, "settings", settings.to_json())


__all__ = ["Index"]
