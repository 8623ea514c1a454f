"""Loads what a snapshot is searched in, from what the one before it had loaded; mends sealed files on the way."""

import contextlib
import logging
import sqlite3
import threading
from pathlib import Path

from index import database, lock
from index.catalogue import Catalogue, load_catalogue
from index.database import SealedRecord, sealed_record
from index.derived import Derived, derive_in_memory, open_sealed
from index.encoders import Encoders
from index.errors import IndexDamaged, OnrecordError
from index.sealing import MOST_RECENT, seal
from index.settings import Settings
from index.state import State, load_state
from index.stored import unsealed_passages
from index.types import Encoder

_log = logging.getLogger("onrecord")


class Generations:
    """The newest generation that was loaded, for the next to start from. For any number of threads."""

    def __init__(self, folder: Path, settings: Settings, encoders: Encoders) -> None:
        self.folder, self.settings, self.encoders = folder, settings, encoders
        self._turn = threading.RLock()
        self._newest: State | None = None
        self._record: SealedRecord | None = None
        """The sealed files that the newest one's `derived` stands for, damaged or not."""

    def load_catalogue(self, view: sqlite3.Connection, generation: int) -> Catalogue:
        """The articles that `view` sees."""
        with self._turn:
            return load_catalogue(view, generation, self._newest.catalogue if self._newest else None)

    def load_state(self, view: sqlite3.Connection, catalogue: Catalogue, encoder: Encoder) -> State:
        """What `view` sees, made searchable; sealed files that are damaged are made anew."""
        with self._turn:
            base, self._newest = self._newest, None  # its words must not be added to twice, should this fail half-way
            derived, record = self._derived(view, catalogue, encoder, base)
            state = load_state(view, catalogue, encoder, derived, base)
            if base is None or base.catalogue.generation <= catalogue.generation:
                self._newest, self._record = state, record
            else:
                self._newest = base
            return state

    def forget(self) -> None:
        """Lets go of what was loaded."""
        with self._turn:
            self._newest = None

    def _derived(
        self, view: sqlite3.Connection, catalogue: Catalogue, encoder: Encoder, base: State | None
    ) -> tuple[Derived | None, SealedRecord | None]:
        """The sealed files that `view` names, or what stands for them, and their record."""
        record = sealed_record(view)
        if base is not None and record == self._record and base.serves(catalogue.generation, encoder.fingerprint):
            return base.derived, record
        derived = None
        if record is not None:
            try:
                derived = open_sealed(view, self.folder, record, encoder.fingerprint)
            except IndexDamaged as error:
                return self._mend(view, encoder, record, error)
        if unsealed_passages(view, derived.generation if derived else 0) > 2 * MOST_RECENT:
            return self._remake(view, encoder, record)
        return derived, record

    def _mend(
        self, view: sqlite3.Connection, encoder: Encoder, record: SealedRecord, error: IndexDamaged
    ) -> tuple[Derived, SealedRecord | None]:
        with contextlib.closing(database.connect(self.folder)) as now:
            if sealed_record(now) != record:  # not damaged: replaced and cleared away while `view` is still open
                return derive_in_memory(view, encoder.dimension), record
        _log.warning("%s; it is made anew from the articles", error)
        return self._remake(view, encoder, record)

    def _remake(
        self, view: sqlite3.Connection, encoder: Encoder, record: SealedRecord | None
    ) -> tuple[Derived, SealedRecord | None]:
        """The derived files of what `view` sees, on disk where no other process is writing, else in memory."""
        try:
            with lock.writing(self.folder), contextlib.closing(database.connect(self.folder)) as writer:
                made = seal(view, writer, self.folder)
                return open_sealed(view, self.folder, made, encoder.fingerprint), made
        except OnrecordError:
            return derive_in_memory(view, encoder.dimension), record


__all__ = ["Generations"]
