"""The nouns of the index: what is read, stored and found."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

Vectors: TypeAlias = NDArray[np.float32]
"""(n, d) float32, unit rows."""

Span: TypeAlias = tuple[int, int]
"""Start and end in code points, end excluded, as in ``text[start:end]``."""


class Nature(StrEnum):
    """What an article says of itself, or is known to be."""

    NEWS = "news report"
    AI = "AI-generated"
    OPINION = "opinion"
    BLOG = "blog"
    SPONSORED = "sponsored"


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article as published; `text` keeps everything, so that offsets hold for good.

    `published` is the day its publisher gave, in ISO form with the precision given ("2026-02" stays a
    month), and `published_from` says where it was read. None means unknown; it is never the day of indexing.
    """

    text: str
    id: str = ""
    title: str = ""
    publisher: str | None = None
    author: str | None = None
    published: str | None = None
    url: str | None = None
    nature: Nature | None = None
    published_from: str | None = None

    def __post_init__(self) -> None:
        if not self.id:
            object.__setattr__(self, "id", derive_id(self.url, self.title, self.text))


def derive_id(url: str | None, title: str, text: str) -> str:
    """Twelve hex digits that stay the same for the same url, or, without one, the same title and text."""
    identity = f"url\0{url}" if url else f"text\0{title}\0{text}"
    return hashlib.sha256(identity.encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What the catalogue lists of an article: everything but its text."""

    id: str
    title: str
    publisher: str | None
    author: str | None
    published: str | None
    url: str | None
    nature: Nature | None = None
    published_from: str | None = None
    passages: int = 0
    origin: str | None = None
    """Id of the article that this one reprints; None where it is the only printing, or the original."""

    @classmethod
    def of(cls, article: Article, passages: int = 0) -> "Entry":
        """The entry of an article that was split into `passages` passages."""
        return cls(
            id=article.id,
            title=article.title,
            publisher=article.publisher,
            author=article.author,
            published=article.published,
            url=article.url,
            nature=article.nature,
            published_from=article.published_from,
            passages=passages,
        )


@dataclass(frozen=True, slots=True)
class Edition:
    """A version of an article as the record keeps it for good: its hash and date outlive its text.

    `sha256` is over everything the article held, `published` the day it gave, `added` when it came in (UTC).
    """

    sha256: str
    published: str | None
    added: str
    current: bool


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of one article: ``article.text[start:end] == text``; `id` only ever grows."""

    id: int
    article_id: str
    start: int
    end: int
    text: str

    @property
    def span(self) -> Span:
        """Where it stands in the article's text."""
        return self.start, self.end


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found; higher scores are better.

    `score` is the fused one that orders hits; `similarity` the cosine to the query (-1..1) and `words` the
    BM25 score (0 and up), each None where that search did not return the passage.
    """

    passage: Passage
    article: Entry
    score: float
    similarity: float | None = None
    words: float | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """A source that could not be read, as "file" or "file:line", and why, in one line."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class AddReport:
    """What `Index.add` did; `generation` is the one in which all of it can be found."""

    added: int = 0
    replaced: int = 0
    unchanged: int = 0
    failed: tuple[Failure, ...] = ()
    warnings: tuple[str, ...] = ()
    generation: int = 0


class Interrupted(KeyboardInterrupt):
    """An addition was stopped by whoever began it; what `report` counts is in, and doing the same again goes on."""

    def __init__(self, report: AddReport) -> None:
        super().__init__()
        self.report = report


@dataclass(frozen=True, slots=True)
class RemoveReport:
    """The ids that are gone, and those that were not there."""

    removed: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    generation: int = 0


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that `doctor` looked at."""

    name: str
    ok: bool
    detail: str


class Encoder(Protocol):
    """Texts to vectors. `fingerprint` changes whenever the same text could give another vector."""

    @property
    def name(self) -> str:
        """The name it goes by in settings, such as "all-MiniLM-L6-v2"."""

    @property
    def fingerprint(self) -> str:
        """Hex digits over weights, tokenizer and pooling."""

    @property
    def dimension(self) -> int:
        """Length d of a vector."""

    @property
    def max_tokens(self) -> int:
        """How many tokens of a text are read; the rest has no influence."""

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text, special ones left out."""

    def unknown_share(self, text: str) -> float:
        """Share of the text's tokens that the vocabulary does not know, 0..1: high for scripts it cannot read."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """(n, d) float32, unit rows, in the order of `texts`."""


__all__ = [
    "AddReport",
    "Article",
    "Check",
    "Edition",
    "Encoder",
    "Entry",
    "Failure",
    "Hit",
    "Interrupted",
    "Nature",
    "Passage",
    "RemoveReport",
    "Span",
    "Vectors",
    "derive_id",
]
