"""What the articles say to each clause of a question over several of them: the best statement, and what it does."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from index import Filters
from index.types import Hit
from rag.clauses import Clause
from rag.pool import Encode, Found, Pool, fill_pool
from rag.stance import denies
from rag.types import Verdict
from rag.understand import understand
from rag.verdicts import decide_claim, judge_all

Search: TypeAlias = Callable[[str, Filters], Sequence[Hit]]
"""The passages for some words, within limits, best first."""

HOLDS = 0.85
"""Least weight of a statement that bears a clause out: two for standing in it, one more for supporting it."""
NEAR = 0.2
"""Least relevance of a statement that speaks of what a clause speaks of."""
READ = 4
"""How many statements are read for a clause."""
TELLING = 0.5
"""What a statement's being for or against a clause counts beside its relevance, in choosing the one to go by."""


class StanceReader(Protocol):
    """Says what texts do to a claim; `rag.heads.StanceHead` is one."""

    def weigh(self, statements: Sequence[str], texts: Sequence[str], titles: Sequence[str] = ()) -> NDArray[np.float64]:
        """(n, 4) for each pair: the probability that it supports, refutes, leaves open, or is of another matter."""


@dataclass(frozen=True, slots=True)
class Borne:
    """A clause with the statements nearest to it, best first, and what the best does to it.

    `relevance` (0..1) says how far that one speaks of the same; `supports` and `refutes` (0..1) how likely it does so.
    """

    clause: Clause
    found: tuple[Found, ...]
    relevance: float = 0.0
    supports: float = 0.0
    refutes: float = 0.0

    @property
    def is_near(self) -> bool:
        """Whether anything found speaks of what the clause speaks of."""
        return self.relevance >= NEAR

    @property
    def holds(self) -> bool:
        """Whether the clause is borne out."""
        against = 0.0 if self.clause.is_subject else self.refutes
        return 2 * self.relevance + self.supports - against >= HOLDS


def relevance_of(found: Found) -> float:
    """How far a statement speaks of the clause it was found for, 0..1: its words, and their meaning.

    What only its title or the sentences before it speak of counts half.
    """
    words = (found.match.coverage + found.match.direct) / 2
    return (words + max(0.0, found.similarity or 0.0)) / 2


def pool_of(clause: Clause, search: Search, encode: Encode, aspect: str = "") -> Pool:
    """What the articles that a clause is about hold on it."""
    words = f"{clause.text[:1].upper()}{clause.text[1:]} {aspect}".strip()
    hits = search(words, Filters(clause.since, clause.until, clause.publishers))
    return fill_pool(understand(words, asks_report=True), hits, encode)


def nearest(pool: Pool) -> tuple[Found, ...]:
    """The statements that speak most nearly of what a clause speaks of."""
    plain = [found for found in pool.found if not found.statement.is_heading]
    return tuple(sorted(plain, key=lambda found: -relevance_of(found))[:READ])


def _ruled(clause: Clause, pool: Pool) -> Borne | None:
    """The clause with a statement that the rules of English take for or against it; None where they find none."""
    if denies(clause.text) is not pool.question.negated:
        return None  # "nobody was hurt" is a negation that the rules do not read as one
    decision = decide_claim(pool, judge_all(pool))
    if not decision.backing or decision.verdict not in (Verdict.YES, Verdict.NO):
        return None
    told = decision.backing[0]
    found = next(f for f in pool.found if (f.statement.article.id, f.statement.span) == (told.article.id, told.span))
    sides = (1.0, 0.0) if decision.verdict is Verdict.YES else (0.0, 1.0)
    others = (item for item in nearest(pool) if item is not found)
    return Borne(clause, (found, *others), relevance_of(found), *sides)


def bear(
    clauses: Sequence[Clause], search: Search, encode: Encode, judge: StanceReader | None, aspect: str = ""
) -> list[Borne]:
    """Every clause with what bears on it; all statements are judged in one go."""
    pools = [pool_of(clause, search, encode, aspect) for clause in clauses]
    found = _apart(clauses, [nearest(pool) for pool in pools])
    pairs = [(clause.text, item) for clause, items in zip(clauses, found, strict=True) for item in items]
    weights = iter(stances(pairs, judge))
    read = [
        _best(clause, [(item, *next(weights)) for item in items]) for clause, items in zip(clauses, found, strict=True)
    ]
    if aspect:  # an outlet that speaks of the clause may say nothing in the words of the aspect
        alone = [nearest(pool_of(clause, search, encode))[:1] for clause in clauses]
        return [
            replace(item, relevance=max([item.relevance, *map(relevance_of, first)]))
            for item, first in zip(read, alone, strict=True)
        ]
    return [
        (None if item.clause.is_subject else _ruled(item.clause, pool)) or item
        for item, pool in zip(read, pools, strict=True)
    ]


def _best(clause: Clause, judged: Sequence[tuple[Found, float, float]]) -> Borne:
    """The clause with the statement that tells most of it: near to it, and clearly for or against what it states."""
    if not judged:
        return Borne(clause, ())
    telling = 0.0 if clause.is_subject else TELLING
    ranked = sorted(judged, key=lambda item: -(relevance_of(item[0]) + telling * max(item[1:])))
    best, supports, refutes = ranked[0]
    return Borne(clause, tuple(item for item, *_ in ranked), relevance_of(best), supports, refutes)


def _apart(clauses: Sequence[Clause], found: Sequence[tuple[Found, ...]]) -> list[tuple[Found, ...]]:
    """The statements found, so that two clauses on one subject from one outlet are read in two of its articles."""
    read: list[tuple[Found, ...]] = []
    for at, (clause, statements) in enumerate(zip(clauses, found, strict=True)):
        taken = {
            read[earlier][0].statement.article.id
            for earlier in range(at)
            if read[earlier]
            and clauses[earlier].text == clause.text
            and set(clauses[earlier].publishers) & set(clause.publishers)
        }
        others = tuple(item for item in statements if item.statement.article.id not in taken)
        read.append(others or statements)
    return read


def stances(pairs: Sequence[tuple[str, Found]], judge: StanceReader | None) -> list[tuple[float, float]]:
    """How likely each statement supports, and refutes, the words paired with it; by negations alone without a judge."""
    if judge is None or not pairs:
        return [(0.0, 0.5) if denies(words) != denies(found.statement.text) else (0.25, 0.0) for words, found in pairs]
    weights = judge.weigh(
        [words for words, _ in pairs],
        [found.statement.text for _, found in pairs],
        [found.statement.article.title for _, found in pairs],
    )
    return [(float(row[0]), float(row[1])) for row in weights]
