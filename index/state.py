"""One generation as it is searched: the sealed files, what came since, and what is gone since. It never changes."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.catalogue import Catalogue
from index.derived import Derived
from index.filters import Filters
from index.fusion import fuse_ranks, spread
from index.recent import NOTHING_RECENT, Recent
from index.settings import Settings
from index.stored import retired_between
from index.types import Encoder, Vectors
from index.vectors import Mask
from index.words import WordIndex, search_words

_RESCORED = 4
"""How many times as many as asked for are re-scored where the vector index is not exact."""


@dataclass(frozen=True, slots=True)
class Query:
    """What is searched for: words, their vector (d,), how many passages, and in which articles."""

    text: str
    vector: Vectors
    k: int
    filters: Filters | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A passage id with its fused score and what each search gave it."""

    passage: int
    version: int
    score: float
    similarity: float | None
    words: float | None


@dataclass(frozen=True, slots=True)
class State:
    """What one generation is searched in; `gone` holds passage ids that the parts still have, in order."""

    catalogue: Catalogue
    fingerprint: str
    derived: Derived | None
    recent: Recent
    gone: NDArray[np.int64]

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
    return State(catalogue, encoder.fingerprint, derived, recent, ids)


def search_state(
    state: State, query: Query, settings: Settings, read_vectors: Callable[[list[int]], Vectors]
) -> list[Found]:
    """Up to `k` passages, best first; all that exist where fewer than `k` are allowed.

    `read_vectors` gives the stored vectors (n, d) of passage ids.
    """
    versions = _allowed_versions(state.catalogue, query.filters)
    if versions is not None and not versions:
        return []
    depth = max(settings.candidates, 2 * query.k)
    near = _search_vectors(state, query.vector, depth, versions, read_vectors)

    def accept(ids: NDArray[np.int64]) -> Mask:
        return ~_mask_of(ids, state.gone) & _owned(state, ids, versions)

    worded = search_words(state.word_indexes, query.text, depth, versions, accept)
    return _fuse(state, near, dict(worded), query.k, settings)


def _allowed_versions(catalogue: Catalogue, filters: Filters | None) -> list[int] | None:
    if filters is None or not filters:
        return None
    return [version.number for version in catalogue.versions.values() if filters.matches(version.entry)]


def _search_vectors(
    state: State,
    vector: Vectors,
    depth: int,
    versions: list[int] | None,
    read_vectors: Callable[[list[int]], Vectors],
) -> dict[int, float]:
    """Passage id → cosine of up to `depth` nearest, best first."""
    found: list[tuple[int, float]] = []
    if state.derived is not None:
        derived = state.derived
        allowed = _allowed_rows(derived.ids, derived.versions, state.gone, versions)
        many = depth if derived.vectors.exact else _RESCORED * depth
        ids, scores = derived.vectors.search(vector, many, allowed)
        if not derived.vectors.exact:
            scores = read_vectors(ids.tolist()) @ vector
        found += zip(ids.tolist(), scores.tolist(), strict=True)
    recent = state.recent
    rows, scores = recent.search(vector, depth, _allowed_rows(recent.ids, recent.versions, state.gone, versions))
    found += zip(recent.ids[rows].tolist(), scores.tolist(), strict=True)
    return dict(sorted(found, key=lambda hit: (-hit[1], hit[0]))[:depth])


def _allowed_rows(
    ids: NDArray[np.int64], versions: NDArray[np.int64], gone: NDArray[np.int64], wanted: list[int] | None
) -> Mask | None:
    """(n,) bool: the rows that are not gone and whose version is wanted; None for all of them."""
    if wanted is None and not len(gone):
        return None
    allowed = ~_mask_of(ids, gone)
    return allowed if wanted is None else allowed & np.isin(versions, np.array(wanted))


def _mask_of(ids: NDArray[np.int64], among: NDArray[np.int64]) -> Mask:
    """(n,) bool: whether each id is one of `among`, which is in order."""
    if not len(among):
        return np.zeros(len(ids), dtype=np.bool_)
    places = np.minimum(np.searchsorted(among, ids), len(among) - 1)
    return np.asarray(among[places] == ids)


def _owners(state: State, ids: NDArray[np.int64]) -> NDArray[np.int64]:
    """The version of each passage; both parts have their ids in order."""
    owners = np.zeros(len(ids), dtype=np.int64)
    for part in (state.derived, state.recent):
        if part is not None and len(part.ids):
            places = np.minimum(np.searchsorted(part.ids, ids), len(part.ids) - 1)
            owners = np.where(part.ids[places] == ids, part.versions[places], owners)
    return owners


def _owned(state: State, ids: NDArray[np.int64], versions: list[int] | None) -> Mask:
    if versions is None:
        return np.ones(len(ids), dtype=np.bool_)
    return np.isin(_owners(state, ids), np.array(versions))


def _fuse(state: State, near: dict[int, float], worded: dict[int, float], k: int, settings: Settings) -> list[Found]:
    rankings = [(settings.vectors_weight, list(near)), (settings.words_weight, list(worded))]
    scores = fuse_ranks(rankings, settings.rank_constant)
    ids = np.array(list(scores), dtype=np.int64)
    owners = dict(zip(ids.tolist(), _owners(state, ids).tolist(), strict=True))
    families = state.catalogue.families
    stories = {id: families.get(owner, owner) for id, owner in owners.items()}
    best = spread(scores, stories, settings.repeat_share)[:k]
    return [Found(id, owners[id], score, near.get(id), worded.get(id)) for id, score in best]


__all__ = ["Found", "Query", "State", "load_state", "search_state"]
