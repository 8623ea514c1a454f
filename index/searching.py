"""Searching one generation: by vectors and by words, in what the filters allow, made one ranking."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from index.catalogue import Catalogue
from index.dates import date_range
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

_NEW, _HALF_LIFE = 0.1, 7.0
"""What a passage gains by its article's being of this day, and the days after which it is half of that (Li & Croft
2003, "Time-based language models"): of two that match alike, who asks about the news means the newer.
"""

_LEAD = 0.06
"""What an article's first passage gains: news says there what happened, to whom and when (the "inverted pyramid";
Brandow, Mitze & Rau 1995 could not beat it as a summary).
"""

_K1, _B = 1.2, 0.75
"""Of BM25, as tantivy has them."""

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
    today: date | None = None
    """Where no days are named, what was new on this day comes sooner."""


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

    worded = _as_one(state, dict(search_words(state.word_indexes, query.text, depth, versions, accept)))
    dated = _published_within(state.catalogue, query.days, versions)
    if dated:
        near |= _search_vectors(state, query.vector, 2 * query.k, dated, read_vectors)
    near |= _similarities(state, query.vector, [id for id in worded if id not in near], read_vectors)
    leads, sooner = _leads(state, np.array(list(near), dtype=np.int64)), frozenset(dated)
    gained = [
        (
            one,
            score
            + _LEAD * (one.passage in leads)
            + _DATED * (one.version in sooner)
            + _newness(state.catalogue, one.version, query),
        )
        for one, score in fuse(_candidates(state, near, worded), settings)
    ]
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


def _newness(catalogue: Catalogue, version: int, query: Query) -> float:
    """What an article gains by how new it was on the day of asking; nothing where the query names days of its own."""
    published = catalogue.versions[version].entry.published
    if query.today is None or query.days is not None or published is None:
        return 0.0
    first, last = date_range(published)
    if first > query.today:
        return 0.0
    return float(_NEW * 0.5 ** (max(0, (query.today - last).days) / _HALF_LIFE))


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


def _as_one(state: State, worded: dict[int, float]) -> dict[int, float]:
    """Word scores as one index would give them, near enough: BM25 holds a length against the mean of its own part.

    Reckoned in characters and for a word that stands once; so a brief scores the same before and after it is sealed.
    """
    if not worded or state.derived is None or not len(state.recent.rows.ids):
        return worded
    rows = _describe(state, np.array(list(worded), dtype=np.int64))
    sealed, new, both = state.mean_lengths
    own = np.where(_among(rows.ids, state.recent.rows.ids), new, sealed)
    scores = np.array(list(worded.values())) * _saturation(rows.lengths / own) / _saturation(rows.lengths / both)
    return dict(zip(worded, scores.tolist(), strict=True))


def _saturation(share: NDArray[np.float64]) -> NDArray[np.float64]:
    """What BM25 divides the score of a word by that stands once in a text of that share of the mean length."""
    return 1 + _K1 * (1 - _B + _B * share)


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


def _leads(state: State, ids: _Ids) -> frozenset[int]:
    """Those of the ids that are the first passage of their article: each part has a version's passages side by side."""
    leads: list[int] = []
    for part in (state.derived, state.recent):
        if part is not None and len(part.rows.ids):
            rows = part.rows
            places = np.minimum(np.searchsorted(rows.ids, ids), len(rows.ids) - 1)
            first = (places == 0) | (rows.versions[places] != rows.versions[places - 1])
            leads += ids[first & (rows.ids[places] == ids)].tolist()
    return frozenset(leads)


def _among(ids: _Ids, others: _Ids) -> Mask:
    """(n,) bool: whether each id is one of `others`, which are in order."""
    if not len(others):
        return np.zeros(len(ids), dtype=np.bool_)
    places = np.minimum(np.searchsorted(others, ids), len(others) - 1)
    return np.asarray(others[places] == ids)


__all__ = ["Found", "Query", "search_state"]
