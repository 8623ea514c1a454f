"""One immutable generation of an index, for any number of threads."""

import sqlite3
import threading
import weakref
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Protocol

from index.catalogue import Catalogue
from index.database import generation, plain_errors
from index.days import read_days
from index.encoders import Encoders
from index.errors import BadInput, IndexDamaged, NotInIndex
from index.filters import Filters
from index.searching import Found, Query, search_state
from index.settings import Settings
from index.state import State
from index.stored import (
    NEXT_STEP,
    Version,
    built,
    editions_of,
    passages_of,
    read_article,
    spans_of,
    texts_of,
    vectors_of,
)
from index.types import Article, Edition, Encoder, Entry, Hit, Passage, Vectors
from index.words import spell


class Source(Protocol):
    """What a snapshot needs of the index it is of."""

    folder: Path
    settings: Settings
    encoders: Encoders

    def load_catalogue(self, view: sqlite3.Connection, generation: int) -> Catalogue:
        """The articles that `view` sees."""

    def load_state(self, view: sqlite3.Connection, catalogue: Catalogue, encoder: Encoder) -> State:
        """What `view` sees, made searchable."""


class Snapshot:
    """The index as it was at one generation; what is added or removed later never shows in it.

    It reads within one transaction, so that its articles stay readable however the index moves on.
    """

    def __init__(
        self,
        view: sqlite3.Connection,
        source: Source,
    ) -> None:
        """`view` has begun its transaction, and is the snapshot's own from here on."""
        self._view, self._source = view, source
        self._generation, self._built = generation(view), built(view)
        self._loaded_catalogue: Catalogue | None = None
        self._loaded_state: State | None = None
        self._turn = threading.RLock()
        self.close = weakref.finalize(self, view.close)

    @property
    def generation(self) -> int:
        """How many times the articles had changed."""
        return self._generation

    @property
    def encoder(self) -> Encoder:
        """The encoder of the index; raises `IndexMismatch` if another one built it."""
        return self._source.encoders.of(self._built)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """(n, d) float32, unit rows; single texts are remembered for a while."""
        return self._source.encoders.encode(self._built, texts)

    def search(self, query: str, k: int = 10, filters: Filters | None = None, today: date | None = None) -> list[Hit]:
        """Up to `k` hits, best first; all allowed passages where there are fewer.

        With `today`, the days that the query names count: "2 Feb 2026" finds what was published then, or tells of it
        in other words ("February 2, 2026"), and "last October" is counted from `today`. Where it names none, what was
        new on that day comes sooner.
        Raises `BadInput` for an empty query or a `k` below 1, `IndexMismatch` if another encoder built the index.
        """
        if not query.strip():
            raise BadInput("the query is empty; type a few words to search for")
        if k < 1:
            raise BadInput(f"k is {k!r}; ask for 1 or more passages")
        if not self._catalogue.articles:
            return []
        vector = self.encode([self.spell(query)])[0]
        days = read_days(query, today) if today else None
        wanted = Query(f"{query} {days.words}" if days else query, vector, k, filters, days, today)
        found = search_state(self._state, wanted, self._source.settings, self._read_vectors)
        return self._hits(found)

    def spell(self, query: str) -> str:
        """The query as it was probably meant: mistyped words that no article has, put right to one that some have."""
        # A word that the encoder has whole is a word, though no article has it; slips come out in pieces.
        return spell(self._state.word_indexes, query, lambda word: self.encoder.count_tokens([word])[0] > 1)

    def entries(self) -> tuple[Entry, ...]:
        """Every article without its text, in the order they were added."""
        return tuple(version.entry for version in self._catalogue.versions.values())

    def entry(self, article_id: str) -> Entry:
        """One article without its text; raises `NotInIndex`."""
        return self._version(article_id).entry

    def article(self, article_id: str) -> Article:
        """One article with its text; raises `NotInIndex`."""
        version = self._version(article_id)
        with self._turn, plain_errors(self._source.folder):
            return read_article(self._view, version)

    def passages(self, article_id: str) -> tuple[Passage, ...]:
        """The passages of one article, in the order of its text; raises `NotInIndex`."""
        version = self._version(article_id)
        with self._turn, plain_errors(self._source.folder):
            return passages_of(self._view, version)

    def editions(self, article_id: str) -> tuple[Edition, ...]:
        """The versions of an article up to this generation, oldest first, those that were replaced or removed too."""
        with self._turn, plain_errors(self._source.folder):
            return editions_of(self._view, article_id)

    def _version(self, article_id: str) -> Version:
        try:
            return self._catalogue.articles[article_id]
        except KeyError:
            raise NotInIndex(f"no article {article_id!r} in the index; onrecord list shows those there are") from None

    @property
    def _catalogue(self) -> Catalogue:
        with self._turn, plain_errors(self._source.folder):
            if self._loaded_catalogue is None:
                self._loaded_catalogue = self._source.load_catalogue(self._view, self._generation)
            return self._loaded_catalogue

    @property
    def _state(self) -> State:
        catalogue = self._catalogue
        with self._turn, plain_errors(self._source.folder):
            if self._loaded_state is None:
                self._loaded_state = self._source.load_state(self._view, catalogue, self.encoder)
            return self._loaded_state

    def _read_vectors(self, ids: list[int]) -> Vectors:
        with self._turn, plain_errors(self._source.folder):
            return vectors_of(self._view, ids, self.encoder.dimension)

    def _hits(self, found: Sequence[Found]) -> list[Hit]:
        with self._turn, plain_errors(self._source.folder):
            spans = spans_of(self._view, [one.passage for one in found])
            texts = texts_of(self._view, [one.version for one in found])
        hits = []
        for one in found:
            try:
                version, start, end = spans[one.passage]
                entry = self._catalogue.versions[version].entry
                passage = Passage(one.passage, entry.id, start, end, texts[version][start:end])
            except KeyError:
                raise IndexDamaged(f"passage {one.passage} was found and is not stored; {NEXT_STEP}") from None
            hits.append(Hit(passage, entry, one.score, one.similarity, one.words))
        return hits


__all__ = ["Snapshot"]
