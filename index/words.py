"""Word search (BM25 over English stems), and the only door to tantivy.

A query is built term by term: tantivy's own parser raises on punctuation, and its lenient form reads ``*`` as
everything. Several word indexes (the sealed one, the recent one) are searched as if they were one: each term
weighs what it weighs over all of them.
"""

import math
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.numerals import fold_words
from index.spelling import likeliest, respell, unstem
from index.stopwords import STOPWORDS

if TYPE_CHECKING:
    import tantivy

LOCK_FILES = frozenset({".tantivy-writer.lock", ".tantivy-meta.lock"})
"""Files that tantivy leaves in a folder and that mean nothing to a reader."""

FIELDS = {"text": 1.0, "title": 0.1, "publisher": 0.8}
"""What is searched, and how much a match in each counts; passages are encoded with their title already."""

MOST_TERMS = 48
_MOST_SPELLINGS = 4
_OFTEN = 3
"""A word that fewer passages have may be a slip itself."""
_WIDEST_FILTER = 5_000

_Ids = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one passage: its article's title and publisher, and its own text."""

    passage: int
    version: int
    title: str
    publisher: str
    text: str


@dataclass(frozen=True, slots=True)
class WordIndex:
    """One searchable state; it never changes, whatever is added afterwards."""

    index: "tantivy.Index"
    searcher: "tantivy.Searcher"

    @property
    def count(self) -> int:
        """How many passages it holds."""
        return self.searcher.num_docs

    def frequency(self, field: str, term: str) -> int:
        """How many passages hold the term."""
        return self.searcher.doc_freq(field, term)


class WordWriter:
    """Adds passages to a word index in a new `folder`, or in memory; each `commit` gives the state so far.

    With `base`, the folder begins as what that one holds, whose files are shared and stay as they are.
    """

    def __init__(self, folder: Path | None = None, base: Path | None = None) -> None:
        import tantivy

        self._folder = folder
        if folder is not None:
            folder.mkdir(parents=True)
        if folder is not None and base is not None:
            _share_files(base, folder)
            self._index = tantivy.Index.open(str(folder))
        else:
            self._index = tantivy.Index(_schema(), str(folder) if folder else None)
        _prepare(self._index)
        # One thread writes one segment in the order given, so that the same passages give the same index.
        self._writer = self._index.writer(64_000_000 if folder else 15_000_000, 1)

    def add(self, passages: Iterable[Words]) -> None:
        """Takes passages in; they are found after `commit`."""
        import tantivy

        for words in passages:
            document = tantivy.Document()
            document.add_unsigned("passage", words.passage)
            document.add_unsigned("version", words.version)
            document.add_text("title", fold_words(words.title))
            document.add_text("publisher", words.publisher)
            document.add_text("text", fold_words(words.text))
            self._writer.add_document(document)

    def remove(self, versions: Iterable[int]) -> None:
        """Takes the passages of those versions out; they are gone after `commit`."""
        from tantivy import Query

        gone = list(versions)
        if gone:
            # By query: deleting by term finds nothing in a field of unsigned numbers (tantivy 0.27).
            self._writer.delete_documents_by_query(Query.term_set_query(_schema(), "version", gone))

    def commit(self) -> WordIndex:
        """The state with everything added so far."""
        self._writer.commit()
        self._index.reload()
        return WordIndex(self._index, self._index.searcher())

    def close(self) -> None:
        """Ends the writer's threads, merges included; what was committed stays, and nothing else in the folder."""
        self._writer.wait_merging_threads()
        if self._folder is not None:
            for name in LOCK_FILES:
                (self._folder / name).unlink(missing_ok=True)


def _share_files(base: Path, folder: Path) -> None:
    """Links the segments of one folder, which are never written again, into another; copies the lists of them."""
    for path in base.iterdir():
        if path.name in LOCK_FILES:
            continue
        if path.suffix == ".json" or not _link(path, folder / path.name):
            shutil.copy2(path, folder / path.name)


def _link(path: Path, target: Path) -> bool:
    """Whether the file now has a second name; some disks have no hard links."""
    try:
        os.link(path, target)
    except OSError:
        return False
    return True


def open_words(folder: Path) -> WordIndex:
    """The word index in `folder`."""
    if os.access(folder, os.W_OK):
        return _open(folder)
    # tantivy makes a lock file even to read; what is mapped stays readable when its folder goes.
    with tempfile.TemporaryDirectory(prefix="onrecord-") as copy:
        shutil.copytree(folder, copy, dirs_exist_ok=True)
        return _open(Path(copy))


def _open(folder: Path) -> WordIndex:
    import tantivy

    index = tantivy.Index.open(str(folder))
    _prepare(index)
    return WordIndex(index, index.searcher())


@lru_cache(maxsize=1)
def _schema() -> "tantivy.Schema":
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("passage", fast=True)
    builder.add_unsigned_field("version", indexed=True)
    for field in FIELDS:
        builder.add_text_field(field, tokenizer_name="news", index_option="freq")
    return builder.build()


@lru_cache(maxsize=1)
def _analyzer() -> "tantivy.TextAnalyzer":
    from tantivy import Filter, TextAnalyzerBuilder, Tokenizer

    builder = TextAnalyzerBuilder(Tokenizer.simple())
    for step in (Filter.remove_long(40), Filter.lowercase(), Filter.ascii_fold(), Filter.stemmer("english")):
        builder = builder.filter(step)
    return builder.build()


def _prepare(index: "tantivy.Index") -> None:
    index.register_tokenizer("news", _analyzer())
    # By default a thread watches the folder and reads files again by itself; one cut short under it ends Python.
    index.config_reader("manual")


def read_terms(query: str) -> list[str]:
    """The query's words as the index knows them, each once; words of grammar only where there are no others."""
    words = list(dict.fromkeys(_analyzer().analyze(fold_words(query[:10_000]))))
    return [word for word in words if word not in STOPWORDS] or words


@dataclass(frozen=True, slots=True)
class _Term:
    """A term of one field, how often each part has it, and what it weighs: idf over all parts times its share."""

    field: str
    term: str
    frequencies: tuple[int, ...]
    weight: float


def search_words(
    parts: Sequence[WordIndex],
    query: str,
    k: int,
    versions: Sequence[int] | None = None,
    accept: Callable[[_Ids], NDArray[np.bool_]] | None = None,
) -> list[tuple[int, float]]:
    """Up to `k` (passage id, BM25 score), best first, ties by id.

    Only passages of `versions` (None: of any) for whose ids `accept` says True are returned.
    """
    parts = [part for part in parts if part.count]
    terms = _weigh(parts, read_terms(query))
    queries = [(part, _query(part, place, terms, versions)) for place, part in enumerate(parts)]
    found = [hit for part, query in queries if query is not None for hit in _search_part(part, query, k, accept)]
    return sorted(found, key=lambda hit: (-hit[1], hit[0]))[:k]


def correct(parts: Sequence[WordIndex], word: str) -> list[tuple[str, float]]:
    """Terms of the index that a word unknown to it may stand for, each with its share (0..1), likeliest first."""

    def frequency(spelling: str) -> int:
        # A slip that makes "from" of "form" is rare: people mistype the words that they have to think about.
        if spelling in STOPWORDS and sorted(spelling) != sorted(word):
            return 0
        return sum(_frequencies(parts, "text", spelling))

    return likeliest(word, frequency, _MOST_SPELLINGS)


def spell(parts: Sequence[WordIndex], query: str, is_odd: Callable[[str], bool]) -> str:
    """The query as it was probably meant: words that no passage has, and that `is_odd` finds so, put right."""

    def meant(word: str) -> str | None:
        terms = _analyzer().analyze(word)
        if not terms or any(any(_frequencies(parts, field, terms[0])) for field in FIELDS):
            return None
        near = correct(parts, terms[0])
        if not near or sum(_frequencies(parts, "text", near[0][0])) < _OFTEN or not is_odd(word.lower()):
            return None
        return unstem(near[0][0])

    return respell(query, meant)


def _frequencies(parts: Sequence[WordIndex], field: str, term: str) -> tuple[int, ...]:
    return tuple(part.frequency(field, term) for part in parts)


def _weigh(parts: Sequence[WordIndex], words: Sequence[str]) -> list[_Term]:
    count = sum(part.count for part in parts)
    terms: list[_Term] = []
    for word in words:
        terms += _terms_of(parts, word, 1.0, count) or [
            term for spelling, share in correct(parts, word) for term in _terms_of(parts, spelling, share, count)
        ]
    return sorted(terms, key=lambda term: -term.weight)[:MOST_TERMS]


def _terms_of(parts: Sequence[WordIndex], word: str, share: float, count: int) -> list[_Term]:
    """The word in each field that has it anywhere."""
    terms = []
    for field, boost in FIELDS.items():
        frequencies = _frequencies(parts, field, word)
        if any(frequencies):
            terms.append(_Term(field, word, frequencies, boost * share * _idf(count, sum(frequencies))))
    return terms


def _idf(count: int, frequency: int) -> float:
    """BM25's inverse document frequency, as tantivy reckons it."""
    return math.log(1 + (count - frequency + 0.5) / (frequency + 0.5))


def _search_part(
    part: WordIndex, query: "tantivy.Query", k: int, accept: Callable[[_Ids], NDArray[np.bool_]] | None
) -> list[tuple[int, float]]:
    limit = k + 20  # ties at the end are cut by tantivy in its own order
    while True:
        hits = part.searcher.search(query, limit, count=False).hits
        ids = np.array(part.searcher.fast_field_values("passage", [address for _, address in hits]), dtype=np.int64)
        kept = accept(ids) if accept is not None and len(ids) else np.ones(len(ids), dtype=np.bool_)
        if kept.sum() >= k or len(hits) < limit:
            return [(int(id), float(hit[0])) for id, hit, keep in zip(ids, hits, kept, strict=True) if keep]
        limit *= 8


def _query(
    part: WordIndex, place: int, terms: Sequence[_Term], versions: Sequence[int] | None
) -> "tantivy.Query | None":
    """What to ask the `place`-th part; None where it has none of the terms."""
    from tantivy import Occur, Query

    schema = part.index.schema
    clauses = []
    for term in terms:
        frequency = term.frequencies[place]
        if frequency:
            # tantivy multiplies by the part's own idf, which this takes out again
            boost = term.weight / _idf(part.count, frequency)
            query = Query.term_query(schema, term.field, term.term, "freq")
            clauses.append((Occur.Should, Query.boost_query(query, boost)))
    if not clauses:
        return None
    wanted = Query.boolean_query(clauses)
    if versions is None or len(versions) > _WIDEST_FILTER:
        return wanted
    allowed = Query.const_score_query(Query.term_set_query(schema, "version", list(versions)), 0.0)
    return Query.boolean_query([(Occur.Must, wanted), (Occur.Must, allowed)])


__all__ = [
    "FIELDS",
    "LOCK_FILES",
    "WordIndex",
    "WordWriter",
    "Words",
    "correct",
    "open_words",
    "read_terms",
    "search_words",
    "spell",
]
