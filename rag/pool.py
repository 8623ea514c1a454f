"""What was found for a question, sentence by sentence: each statement with how well it fits."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np

from index.types import Hit, Span, Vectors
from rag.attribution import Attribution, attributions
from rag.heads_spans import SpanOdds
from rag.matching import NEAR, Match, Matcher, Term
from rag.meanings import alike_words
from rag.statements import Statement, Vocabulary, read_statements
from rag.types import Evidence, Stance
from rag.understand import Question

Encode: TypeAlias = Callable[[Sequence[str]], Vectors]
"""Texts to (n, d) float32, unit rows."""

TELLING = 0.38
"""Weight from which a term tells what is asked; weaker ones ("make", "people") may go unmet."""

MAX_STATEMENTS = 160
"""How many sentences are held against a question, best passages first."""
MAX_ENCODED = 40
"""How many of them, best covered first, are also compared by vector: encoding is most of the cost."""


@dataclass(frozen=True, slots=True)
class Found:
    """A statement with how it matches the question: `similarity` is the cosine (-1..1, None when not encoded).

    `score` (0..1) joins coverage of the question's terms with the cosine; a name or an amount of the question that
    neither the sentence nor its context has costs half.
    """

    statement: Statement
    match: Match
    similarity: float | None
    score: float


@dataclass(frozen=True, slots=True)
class Read:
    """Words at `span` of a statement that a reading head takes for an answer.

    `answers` (0..1) says how likely their passage answers at all, `odds` (log odds, unbounded) how these words do.
    """

    found: Found
    span: Span
    answers: float
    odds: float = 0.0


@dataclass(frozen=True, slots=True)
class PassageReading:
    """What a reading head made of one passage: `answers` (0..1) that it answers, `best` the odds of its best words."""

    answers: float
    best: float
    odds: SpanOdds
    start: int

    def odds_of(self, statement: Statement, span: Span) -> float:
        """The log odds of the words at `span` of a statement of this passage."""
        start = statement.span[0] - self.start
        return self.odds.of((start + span[0], start + span[1]))


@dataclass(frozen=True, slots=True)
class Pool:
    """The statements found for one question, best first, with what they were matched by.

    `readings` are what a trained reading head made of the best passages, best first, `passages` the same by passage;
    both are empty without one. `hits` are the scores of the passages that the search found, best first, by their
    ids; `among` says among how many articles it looked.
    `introductions` give, for the last name of a speaker, the words that some sentence introduces him or her with.
    """

    question: Question
    found: tuple[Found, ...]
    terms: tuple[Term, ...]
    vocabulary: Vocabulary
    introductions: Mapping[str, str]
    readings: tuple[Read, ...] = ()
    passages: Mapping[int, PassageReading] = field(default_factory=dict)
    hits: Mapping[int, float] = field(default_factory=dict)
    among: int = 0

    def coverage(self, found: Found, positions: Iterable[int]) -> float:
        """Weighted share (0..1) of the terms at `positions` that the statement or its context speaks of."""
        chosen = list(positions)
        total = sum(self.terms[i].weight for i in chosen)
        return sum(self.terms[i].weight * found.match.strengths[i] for i in chosen) / total if total else 1.0

    def direct(self, found: Found, positions: Iterable[int]) -> float:
        """Weighted share (0..1) of the terms at `positions` that stand in the sentence itself."""
        chosen = list(positions)
        total = sum(self.terms[i].weight for i in chosen)
        here = sum(self.terms[i].weight for i in chosen if found.match.places[i] is not None)
        return here / total if total else 1.0

    def missing(self, found: Found, positions: Iterable[int]) -> list[Term]:
        """The telling terms at `positions` that neither the statement nor its context speaks of."""
        return [self.terms[i] for i in positions if found.match.strengths[i] < 0.5 and self.terms[i].weight >= TELLING]

    def never_met(self) -> list[Term]:
        """The telling terms that no statement found speaks of."""
        return [
            term
            for i, term in enumerate(self.terms)
            if term.weight >= TELLING and all(found.match.strengths[i] < 0.5 for found in self.found)
        ]

    def said_in(self, found: Found) -> list[Attribution]:
        """The acts of speech in a statement."""
        return attributions(found.statement.sentence, found.statement.before, self.vocabulary)


def fill_pool(question: Question, hits: Sequence[Hit], encode: Encode) -> Pool:
    """The pool for a question from the passages found; `encode` gives unit rows for texts, the question first."""
    statements = read_statements(hits)[:MAX_STATEMENTS]
    vocabulary = Vocabulary.of(statements)
    matcher = Matcher(question.terms, statements, vocabulary)
    matched = sorted(((matcher.match(s), s) for s in statements), key=lambda item: -item[0].coverage)
    nearest = _with_meanings(matcher, matched[:MAX_ENCODED], encode)
    matched[:MAX_ENCODED] = nearest
    vectors = encode([question.text, *(s.text for _, s in nearest)]) if nearest else None
    found = []
    for i, (match, statement) in enumerate(matched):
        cosine = float(vectors[0] @ vectors[i + 1]) if vectors is not None and i < len(nearest) else None
        found.append(Found(statement, match, cosine, _score(match, cosine, matcher.terms)))
    found.sort(key=lambda item: (-item.score, item.statement.article.id, item.statement.span))
    introductions = _introductions(statements, vocabulary) if question.act is not None else {}
    scores = {hit.passage.id: hit.score for hit in hits}
    return Pool(question, tuple(found), matcher.terms, vocabulary, introductions, hits=scores)


def _with_meanings(
    matcher: Matcher, matched: Sequence[tuple[Match, Statement]], encode: Encode
) -> list[tuple[Match, Statement]]:
    """The statements matched anew by what words mean, where they lack a telling word of the question."""
    unmet = [
        term
        for i, term in enumerate(matcher.terms)
        if term.weight >= TELLING and any(match.strengths[i] < NEAR for match, _ in matched)
    ]
    alike = alike_words(unmet, (word for _, statement in matched for word in statement.words), encode)
    if not alike:
        return list(matched)
    matcher.learn(alike)
    return [(matcher.match(statement), statement) for _, statement in matched]


def _introductions(statements: Sequence[Statement], vocabulary: Vocabulary) -> dict[str, str]:
    found: dict[str, str] = {}
    for statement in statements:
        for said in attributions(statement.sentence, statement.before, vocabulary):
            if len(said.subject) > len(said.speaker) + 4:
                last = said.speaker.split()[-1]
                found[last] = f"{found.get(last, '')} {said.subject}"
    return found


def _score(match: Match, cosine: float | None, terms: Sequence[Term]) -> float:
    near = float(np.clip(((cosine if cosine is not None else 0.15) - 0.1) / 0.65, 0.0, 1.0))
    score = 0.6 * match.coverage + 0.4 * near
    for term in match.missing(terms):
        if term.is_name or term.quantity is not None:
            score *= 0.5
    return score


def evidence_of(
    found: Found,
    stance: Stance = Stance.NEUTRAL,
    *,
    speaker: str | None = None,
    hedged: bool = False,
    weight: float = 0.0,
) -> Evidence:
    """The evidence that a statement is, with the stance it was judged to take."""
    statement = found.statement
    return Evidence(
        article=statement.article,
        quote=statement.text,
        span=statement.span,
        passage=statement.passage.text,
        passage_span=statement.passage.span,
        speaker=speaker,
        stance=stance,
        hedged=hedged,
        relevance=round(found.score, 4),
        weight=round(weight, 4),
    )
