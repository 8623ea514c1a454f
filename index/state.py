"""One generation as it is searched: the sealed files, what came since, and what is gone since. It never changes."""

import sqlite3
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.catalogue import Catalogue
from index.derived import Derived
from index.recent import NOTHING_RECENT, Recent
from index.stored import retired_between
from index.types import Encoder
from index.words import WordIndex


@dataclass(frozen=True, slots=True)
class State:
    """What one generation is searched in; `gone` holds passage ids that the parts still have, in order.

    `mean_lengths` are the characters of a mean passage of the sealed part, of the recent one, and of both.
    """

    catalogue: Catalogue
    fingerprint: str
    derived: Derived | None
    recent: Recent
    gone: NDArray[np.int64]
    mean_lengths: tuple[float, float, float]

    def serves(self, generation: int, fingerprint: str) -> bool:
        """Whether a state of that generation, with vectors of that encoder, can be built on this one."""
        return self.catalogue.generation <= generation and self.fingerprint == fingerprint

    @property
    def word_indexes(self) -> list[WordIndex]:
        """The word indexes that together hold every passage."""
        both = (self.derived.words if self.derived else None, self.recent.words)
        return [words for words in both if words is not None]


def load_state(
    view: sqlite3.Connection, catalogue: Catalogue, encoder: Encoder, derived: Derived | None, base: State | None
) -> State:
    """What `view` sees, made searchable, from the state of an earlier generation with the same sealed files."""
    after, recent = (derived.generation if derived else 0), NOTHING_RECENT
    if base is not None and base.derived is derived and base.serves(catalogue.generation, encoder.fingerprint):
        after, recent = base.catalogue.generation, base.recent
    recent = recent.extended(view, after, encoder.dimension)
    sealed_at = derived.generation if derived else 0
    gone = [np.arange(first, first + n) for _, first, n in retired_between(view, sealed_at, catalogue.generation)]
    ids = np.sort(np.concatenate(gone)) if gone else np.zeros(0, dtype=np.int64)
    return State(catalogue, encoder.fingerprint, derived, recent, ids, _mean_lengths(derived, recent))


def _mean_lengths(derived: Derived | None, recent: Recent) -> tuple[float, float, float]:
    parts = [derived.rows.lengths if derived else recent.rows.lengths[:0], recent.rows.lengths]
    sealed, new = (float(lengths.mean()) if len(lengths) else 1.0 for lengths in parts)
    count = sum(map(len, parts))
    return sealed, new, (sealed * len(parts[0]) + new * len(parts[1])) / max(1, count)


__all__ = ["State", "load_state"]
