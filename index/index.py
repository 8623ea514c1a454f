"""The index of one folder: articles go in, passages are found.

SQLite holds the truth; searches run on immutable snapshots of it. See `derived` for the sealed files, `recent`
for what came since, and `lock` for why there is one writer at a time.
"""

import contextlib
import logging
import sqlite3
import threading
import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

from index import database, lock
from index.adding import Adding
from index.catalogue import Catalogue, load_catalogue
from index.committing import retire
from index.database import SealedRecord, generation, plain_errors, sealed_record, set_meta
from index.derived import Derived, derive_in_memory, open_sealed
from index.encoders import Encoders
from index.errors import BadInput, IndexDamaged, IndexMismatch, OnrecordError
from index.filters import Filters
from index.reencoding import reencode
from index.sealing import seal
from index.settings import Settings
from index.snapshot import Snapshot
from index.state import State, load_state
from index.stored import built, stored_settings, unsealed_passages
from index.types import AddReport, Article, Encoder, Entry, Hit, RemoveReport, Vectors

_log = logging.getLogger("onrecord")

_SMALL = 2_000
"""Below so many passages the derived files are remade at every change: it takes a fraction of a second."""
_RECENT_SHARE = 0.1
_MOST_RECENT = 20_000
"""What may wait beside the sealed files before they are remade, as a share of them and in passages."""


class Index:
    """Articles and their passages in one folder; may be used by several threads. Made by `Index.open`."""

    def __init__(self, folder: Path, settings: Settings, encoder: Encoder | None, view: sqlite3.Connection) -> None:
        """Use `Index.open`; `view` is the connection that looks up the generation."""
        self._folder, self._settings, self._view = folder, settings, view
        self._encoders = Encoders(folder, encoder)
        self._turn = threading.RLock()
        self._writing = threading.Lock()
        self._loading = threading.RLock()
        self._current: Snapshot | None = None
        self._loaded: State | None = None
        self._loaded_from: SealedRecord | None = None

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
                index = cls(folder, settings or stored, encoder, view)
                if encoder is not None:
                    index.encoders.of(built(view))
            except BaseException:
                view.close()
                raise
        return index

    @property
    def folder(self) -> Path:
        """Where it is kept."""
        return self._folder

    @property
    def settings(self) -> Settings:
        """How it was built and how it searches."""
        return self._settings

    @property
    def encoder(self) -> Encoder:
        """The encoder of its passages, loaded on first use; raises `IndexMismatch` where it is another one."""
        with self._turn, plain_errors(self._folder):
            now = built(self._view)
        return self._encoders.of(now)

    @property
    def encoders(self) -> Encoders:
        """Finds the encoder that built a generation."""
        return self._encoders

    @property
    def generation(self) -> int:
        """How many times its articles have changed."""
        with self._turn, plain_errors(self._folder):
            return generation(self._view)

    def add(self, articles: Iterable[Article], progress: Callable[[int, int | None], None] | None = None) -> AddReport:
        """Adds what is new, replaces what changed, leaves what is the same; failures are collected.

        Each article is wholly in or wholly out, and stays once it is in; `progress` is told how many articles are
        done, of how many where that is known. Raises `IndexInUse` at once while another process writes.
        """
        with self._writing, lock.writing(self._folder), plain_errors(self._folder):
            writer = database.connect(self._folder)
            try:
                adding = Adding(writer, self._settings, lambda: self.encoder, self._remember_encoder)
                for _ in adding.run(articles, progress):
                    self._fold(writer, at_end=False)
                self._fold(writer, at_end=True)
                return adding.report(generation(writer))
            finally:
                writer.close()

    def remove(self, ids: str | Iterable[str]) -> RemoveReport:
        """Takes articles out; no later search finds them. Raises `IndexInUse` while another process writes."""
        wanted = [ids] if isinstance(ids, str) else list(dict.fromkeys(ids))
        with self._writing, lock.writing(self._folder), plain_errors(self._folder):
            writer = database.connect(self._folder)
            try:
                removed = retire(writer, wanted)
                if removed:
                    self._fold(writer, at_end=True)
                missing = tuple(id for id in wanted if id not in set(removed))
                return RemoveReport(tuple(removed), missing, generation(writer))
            finally:
                writer.close()

    def reencode(self, encoder: Encoder | str, progress: Callable[[int, int | None], None] | None = None) -> None:
        """Gives every passage a vector by another encoder; searches use the old ones until all are there.

        An interrupted run goes on from where it stopped. Raises `IndexInUse` while another process writes, and
        `ModelUnavailable` for an encoder that cannot be loaded.
        """
        if isinstance(encoder, str):
            from index.encoder import open_encoder

            encoder = open_encoder(encoder)
        with self._writing, lock.writing(self._folder), plain_errors(self._folder):
            with contextlib.closing(database.connect(self._folder)) as writer:
                if built(writer).fingerprint in (None, encoder.fingerprint):
                    return
                reencode(writer, encoder, progress)
                self._encoders.give(encoder)
                self._settings = replace(self._settings, encoder=encoder.name)
                self._fold(writer, at_end=True)

    def search(self, query: str, k: int = 10, filters: Filters | None = None) -> list[Hit]:
        """`Snapshot.search` on the newest generation."""
        return self.snapshot().search(query, k, filters)

    def article(self, article_id: str) -> Article:
        """One article with its text; raises `NotInIndex`."""
        return self.snapshot().article(article_id)

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
            self._current = self._loaded = None
            self._view.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _begin(self) -> Snapshot:
        view = database.connect(self._folder)
        try:
            view.execute("BEGIN")
            return Snapshot(view, self)  # its first read fixes what this transaction sees
        except BaseException:
            view.close()
            raise

    def load_catalogue(self, view: sqlite3.Connection, generation: int) -> Catalogue:
        """The articles that `view` sees, from those of the generation that was read last."""
        with self._loading:
            return load_catalogue(view, generation, self._loaded.catalogue if self._loaded else None)

    def load_state(self, view: sqlite3.Connection, catalogue: Catalogue, encoder: Encoder) -> State:
        """What `view` sees, made searchable; sealed files that are damaged are made anew."""
        with self._loading:
            base, self._loaded = self._loaded, None  # not to be used again if what follows fails half-way
            derived = self._derived(view, encoder, base)
            state = load_state(view, catalogue, encoder, derived, base)
            if base is None or base.catalogue.generation <= catalogue.generation:
                self._loaded = state
            else:
                self._loaded = base
            return state

    def _derived(self, view: sqlite3.Connection, encoder: Encoder, base: State | None) -> Derived | None:
        """The sealed files that `view` names; remade where they are damaged, or too much has come since."""
        record = sealed_record(view)
        if base is not None and record == self._loaded_from:
            return base.derived
        derived = None
        try:
            if record is not None:
                derived = open_sealed(view, self._folder, record, encoder.fingerprint)
        except IndexDamaged as error:
            newer = self._newer_record(record)
            if newer is None:
                _log.warning("%s; it is made anew from the articles", error)
            derived, record = self._remake(view, encoder), newer
        else:
            if unsealed_passages(view, derived.generation if derived else 0) > 2 * _MOST_RECENT:
                derived = self._remake(view, encoder)
        self._loaded_from = record
        return derived

    def _newer_record(self, record: SealedRecord | None) -> SealedRecord | None:
        """What is current by now, where that is no longer `record`: its files may be gone without any damage."""
        with self._turn:
            newest = sealed_record(self._view)
        return None if newest == record else newest

    def _remake(self, view: sqlite3.Connection, encoder: Encoder) -> Derived:
        """The derived files of what `view` sees, on disk where no other process is writing, else in memory."""
        try:
            with lock.writing(self._folder), contextlib.closing(database.connect(self._folder)) as writer:
                record = seal(view, writer, self._folder)
                return open_sealed(view, self._folder, record, encoder.fingerprint)
        except OnrecordError:
            return derive_in_memory(view, encoder.dimension)

    def _fold(self, writer: sqlite3.Connection, at_end: bool) -> None:
        """Remakes the derived files when enough has changed since; the caller holds the lock."""
        record = sealed_record(writer)
        sealed, at = (record.passages, record.generation) if record else (0, 0)
        changed = unsealed_passages(writer, at)
        if changed and (
            (at_end and sealed + changed <= _SMALL)
            or changed > (_MOST_RECENT if not at_end else min(_MOST_RECENT, max(_SMALL, _RECENT_SHARE * sealed)))
        ):
            try:
                seal(writer, writer, self._folder)
            except OnrecordError as error:
                # The articles are in all the same, and are searched beside the files there are.
                _log.warning("%s", error)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """(n, d) float32, unit rows; single texts are remembered for a while."""
        return self.snapshot().encode(texts)

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
