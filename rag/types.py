"""The nouns of an answer: what is asked, what bears on it, what is said and what backs it."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from index.types import Entry, Nature, Span


class Verdict(StrEnum):
    """How a question came out; see `Answer`."""

    YES = "yes"
    NO = "no"
    DISPUTED = "disputed"
    ANSWERED = "answered"
    UNKNOWN = "unknown"


class Stance(StrEnum):
    """What a sentence does to the claim in question."""

    ASSERTS = "asserts"
    DENIES = "denies"
    NEUTRAL = "neutral"


class Support(StrEnum):
    """Outcome of the check that a citation backs the sentence that cites it."""

    SUPPORTED = "supported"
    UNSUPPORTED = "unsupported"
    UNJUDGED = "unjudged"


@dataclass(frozen=True, slots=True)
class Evidence:
    """The sentence of an article that bears on the question: who speaks in it, and what it does to the claim.

    `quote` stands verbatim at `span` of the article's text; `passage` is the passage around it, at
    `passage_span`. `speaker` is None where the article speaks in its own voice. `relevance` (0..1) says how
    well the sentence fits what was asked, `weight` (0..1) how surely it has its stance.
    """

    article: Entry
    quote: str
    span: Span
    passage: str
    passage_span: Span
    speaker: str | None = None
    stance: Stance = Stance.NEUTRAL
    hedged: bool = False
    relevance: float = 0.0
    weight: float = 0.0
    reprints: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """Evidence `n` as cited in the answer's text by the marker [n], with the outcome of its checks."""

    n: int
    evidence: Evidence
    verbatim: bool = True
    support: Support = Support.SUPPORTED

    @property
    def quote(self) -> str:
        """The cited words, verbatim."""
        return self.evidence.quote

    @property
    def start(self) -> int:
        """Where the quote begins in the article's text, in code points."""
        return self.evidence.span[0]

    @property
    def end(self) -> int:
        """Where the quote ends, excluded."""
        return self.evidence.span[1]

    @property
    def article(self) -> Entry:
        """The article it is quoted from."""
        return self.evidence.article

    @property
    def speaker(self) -> str | None:
        """Who says it; None for the article's own voice."""
        return self.evidence.speaker

    @property
    def stance(self) -> Stance:
        """What it does to the answer's claim."""
        return self.evidence.stance

    @property
    def hedged(self) -> bool:
        """Whether it is said with reserve ("reportedly", "could")."""
        return self.evidence.hedged

    def to_dict(self) -> dict[str, Any]:
        """The JSON object of the contract."""
        return {
            "n": self.n,
            "quote": self.quote,
            "start": self.start,
            "end": self.end,
            "article": article_dict(self.article),
            "passage": self.evidence.passage,
            "speaker": self.speaker,
            "stance": str(self.stance),
            "hedged": self.hedged,
            "verbatim": self.verbatim,
            "support": str(self.support),
        }


@dataclass(frozen=True, slots=True)
class Answer:
    """What is on record about a question.

    `text` carries the markers [1], [2] … of `citations`. `short` is the answer alone, None where there is
    none. `lean` is the probability of yes (0..1), given for every yes/no question whatever the verdict.
    `confidence` (0..1) is the chance that the answer is right. `claim` is the statement that stances refer to.
    `sources` is one evidence for each source that bears on it; `closest` is filled only when the verdict is
    unknown, and never cited. `seconds` is wall time.
    """

    question: str
    text: str
    verdict: Verdict
    short: str | None = None
    lean: float | None = None
    confidence: float = 0.0
    claim: str | None = None
    citations: tuple[Citation, ...] = ()
    sources: tuple[Evidence, ...] = ()
    closest: tuple[Citation, ...] = ()
    warnings: tuple[str, ...] = ()
    model: str | None = None
    generation: int = 0
    seconds: float = field(default=0.0, compare=False)

    def to_dict(self) -> dict[str, Any]:
        """The JSON object of the contract."""
        return {
            "schema": 1,
            "question": self.question,
            "text": self.text,
            "short": self.short,
            "verdict": str(self.verdict),
            "lean": self.lean,
            "confidence": self.confidence,
            "claim": self.claim,
            "citations": [citation.to_dict() for citation in self.citations],
            "sources": [source_dict(evidence) for evidence in self.sources],
            "closest": [citation.to_dict() for citation in self.closest],
            "warnings": list(self.warnings),
            "model": self.model,
            "generation": self.generation,
            "seconds": self.seconds,
        }


def article_dict(entry: Entry) -> dict[str, Any]:
    """An article in JSON, without its text."""
    return {
        "id": entry.id,
        "title": entry.title,
        "publisher": entry.publisher,
        "author": entry.author,
        "published": entry.published,
        "url": entry.url,
        "nature": None if entry.nature is None else str(Nature(entry.nature)),
    }


def source_dict(evidence: Evidence) -> dict[str, Any]:
    """A source in JSON: the article, who says it and what, and the ids of its reprints."""
    return article_dict(evidence.article) | {
        "speaker": evidence.speaker,
        "stance": str(evidence.stance),
        "hedged": evidence.hedged,
        "quote": evidence.quote,
        "start": evidence.span[0],
        "end": evidence.span[1],
        "reprints": list(evidence.reprints),
    }
