"""Searching one generation: by vectors and by words, in what the filters allow, made one ranking."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.catalogue import Catalogue
from index.days import Days
from index.filters import Filters
from index.fusion import Candidate, fuse
from index.settings import Settings
from index.state import State
from index.stored import Rows
from index.types import Vectors
from index.vectors import Mask
from index.words import search_words

_DATED = 0.15
"""What a passage gains by its article's day, where the query names one: as much as by the best match of words."""

_SPARE = 1.5
"""How many times as many as wanted are taken by their codes, for the stored vectors to choose from."""

ReadVectors = Callable[[list[int]], Vectors]
_Ids = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Query:
    """What is searched for: words, their vector (d,), how many passages, and in which articles."""

    text: str
    vector: Vectors
    k: int
    filters: Filters | None = None
    days: Days | None = None
    """What was published then comes sooner."""


@dataclass(frozen=True, slots=True)
class Found:
    """A passage id with its score, and what each search gave it; `words` is None where that did not find it."""

    passage: int
    version: int
    score: float
    similarity: float
    words: float | None


def search_state(state: State, query: Query, settings: Settings, read_vectors: ReadVectors) -> list[Found]:
    """Up to `k` passages, best first; all that exist where fewer than `k` are allowed.

    `read_vectors` gives the stored vectors (n, d) of passage ids.
    """
    versions = _allowed_versions(state.catalogue, query.filters)
    if versions is not None and not versions:
        return []
    depth = max(settings.candidates, 2 * query.k)
    near = _search_vectors(state, query.vector, depth, versions, read_vectors)

    def accept(ids: _Ids) -> Mask:
        allowed = ~_among(ids, state.gone)
        return allowed if versions is None else allowed & np.isin(_describe(state, ids).versions, np.array(versions))

    worded = dict(search_words(state.word_indexes, query.text, depth, versions, accept))
    dated = _published_within(state.catalogue, query.days, versions)
    if dated:
        near |= _search_vectors(state, query.vector, 2 * query.k, dated, read_vectors)
    near |= _similarities(state, query.vector, [id for id in worded if id not in near], read_vectors)
    ranked = fuse(_candidates(state, near, worded), settings)
    if dated:
        sooner = frozenset(dated)
        gained = [(one, score + _DATED * (one.version in sooner)) for one, score in ranked]
        ranked = sorted(gained, key=lambda scored: (-scored[1], scored[0].passage))
    return [
        Found(one.passage, one.version, score, one.similarity, worded.get(one.passage))
        for one, score in ranked[: query.k]
    ]


def _allowed_versions(catalogue: Catalogue, filters: Filters | None) -> list[int] | None:
    """Version numbers of the articles that may be used; None for all."""
    if filters is None or not filters:
        return None
    return [version.number for version in catalogue.versions.values() if filters.matches(version.entry)]


def _published_within(catalogue: Catalogue, days: Days | None, versions: list[int] | None) -> list[int]:
    """Version numbers of the articles of those days that may be used; none where no days are named."""
    if days is None:
        return []
    numbers = catalogue.versions.keys() if versions is None else versions
    return [number for number in numbers if days.meet(catalogue.versions[number].entry.published)]


def _search_vectors(
    state: State, vector: Vectors, depth: int, versions: list[int] | None, read_vectors: ReadVectors
) -> dict[int, float]:
    """Passage id → cosine of up to `depth` nearest, best first."""
    found: list[tuple[int, float]] = []
    if state.derived is not None:
        vectors = state.derived.vectors
        allowed = _allowed_rows(state.derived.rows, state.gone, versions)
        ids, scores = vectors.search(vector, depth if vectors.exact else int(_SPARE * depth), allowed)
        if not vectors.exact:
            scores = read_vectors(ids.tolist()) @ vector
        found += zip(ids.tolist(), scores.tolist(), strict=True)
    recent = state.recent
    rows, scores = recent.search(vector, depth, _allowed_rows(recent.rows, state.gone, versions))
    found += zip(recent.rows.ids[rows].tolist(), scores.tolist(), strict=True)
    return dict(sorted(found, key=lambda hit: (-hit[1], hit[0]))[:depth])


def _similarities(state: State, vector: Vectors, ids: list[int], read_vectors: ReadVectors) -> dict[int, float]:
    """Passage id → cosine; from memory where the very vectors are there."""
    if not ids:
        return {}
    if state.derived is not None and state.derived.vectors.exact and not len(state.recent.rows.ids):
        stored = state.derived.vectors.vectors(np.searchsorted(state.derived.rows.ids, np.array(ids)))
    else:
        stored = read_vectors(ids)
    return dict(zip(ids, (stored @ vector).tolist(), strict=True))


def _allowed_rows(rows: Rows, gone: _Ids, versions: list[int] | None) -> Mask | None:
    """(n,) bool: the rows that are not gone and whose version is wanted; None for all of them."""
    if versions is None and not len(gone):
        return None
    allowed = np.ones(len(rows.ids), dtype=np.bool_)
    here = gone[_among(gone, rows.ids)]  # few, looked up among many
    allowed[np.searchsorted(rows.ids, here)] = False
    return allowed if versions is None else allowed & np.isin(rows.versions, np.array(versions))


def _candidates(state: State, near: dict[int, float], worded: dict[int, float]) -> list[Candidate]:
    rows = _describe(state, np.array(list(near), dtype=np.int64))
    families = state.catalogue.families
    return [
        Candidate(id, version, families.get(version, version), length, near[id], worded.get(id, 0.0))
        for id, version, length in rows.to_array().tolist()
    ]


def _describe(state: State, ids: _Ids) -> Rows:
    """Version and length of each passage; both parts have their ids in order."""
    versions, lengths = np.zeros(len(ids), dtype=np.int64), np.zeros(len(ids), dtype=np.int64)
    for part in (state.derived, state.recent):
        if part is not None and len(part.rows.ids):
            places = np.minimum(np.searchsorted(part.rows.ids, ids), len(part.rows.ids) - 1)
            here = part.rows.ids[places] == ids
            versions = np.where(here, part.rows.versions[places], versions)
            lengths = np.where(here, part.rows.lengths[places], lengths)
    return Rows(ids, versions, lengths)


def _among(ids: _Ids, others: _Ids) -> Mask:
    """(n,) bool: whether each id is one of `others`, which are in order."""
    if not len(others):
        return np.zeros(len(ids), dtype=np.bool_)
    places = np.minimum(np.searchsorted(others, ids), len(others) - 1)
    return np.asarray(others[places] == ids)


__all__ = ["Found", "Query", "search_state"]
