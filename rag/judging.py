"""How surely a statement says yes or no to what a question puts: rules, words and the stance head weighed together.

Every statement can be a yes and can be a no; all of them and "not on record" share one certainty (`rag.logit`),
fitted by `eval.training.judging` on questions that are not part of any report.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.types import Span
from rag.lexicon import MODAL_VERBS
from rag.logit import Logit, log_odds, read_logit
from rag.pool import TELLING, Found, Pool, evidence_of
from rag.stance import Judgement, denies
from rag.statements import refers_back
from rag.types import Evidence, Stance
from rag.words import content_words, split_words

JUDGED = 12
"""How many statements the stance head reads: a pair of sentences costs it a few milliseconds."""
SHORT = 5
"""Content words up to which a sentence is read together with the one before it ("They do not.")."""

FEATURES = (
    "rule_same", "rule_other", "rule_neutral", "rule_points", "head_same", "head_other", "head_open", "head_unrelated",
    "unjudged", "coverage", "direct", "similarity", "names_missing", "amounts_missing", "verb_missing", "verb_aside",
    "names_aside", "modal", "soft_missing", "soft_absent", "no", "negation", "denial", "heading", "asks", "hedged",
    "said", "first", "opposed", "both",
)  # fmt: skip
"""The names of the features, in their order; see `features_of`."""


class StanceReader(Protocol):
    """Says what texts do to a claim; `rag.heads.StanceHead` is one."""

    def weigh(self, statements: Sequence[str], texts: Sequence[str]) -> NDArray[np.float64]:
        """(n, 4) for each pair: the probability that it supports, refutes, leaves open, or is of another matter."""


@dataclass(frozen=True, slots=True)
class Said:
    """A statement judged: what it does to the claim, by whom, and how surely (0..1) it bears on it."""

    found: Found
    judgement: Judgement
    weight: float

    @property
    def evidence(self) -> Evidence:
        """As evidence."""
        j = self.judgement
        return evidence_of(self.found, j.stance, speaker=j.speaker, hedged=j.hedged, weight=self.weight)


@dataclass(frozen=True, slots=True)
class Option:
    """A statement taken for a yes (asserts) or a no (denies), its weight being its share of the certainty."""

    said: Said
    features: tuple[float, ...]


def read_stances(head: StanceReader, pool: Pool) -> Pool:
    """The pool with what the head makes of its best statements, each read with what it refers back to."""
    claim = pool.question.claim
    chosen = pool.found[:JUDGED]
    if not claim or not chosen:
        return pool
    judged = head.weigh([claim] * len(chosen), [_in_context(found) for found in chosen])
    stances = {key_of(found): tuple(map(float, p)) for found, p in zip(chosen, judged, strict=True)}
    return replace(pool, stances=stances)


def key_of(found: Found) -> tuple[str, Span]:
    """What a pool keeps a statement's stances under: its article and its place there."""
    return found.statement.article.id, found.statement.span


def judging_weights() -> Logit:
    """The weights as fitted."""
    return read_logit("judging", FEATURES)


def weigh_sides(
    pool: Pool, ruled: Mapping[tuple[str, Span], Sequence[Said]], positions: Collection[int]
) -> list[Option]:
    """Each statement that the head has read or a rule knows, as a yes and as a no; surest first.

    `ruled` is what the rules make of statements, by `key_of`, `positions` the terms that the claim is made of.
    """
    drawn = list(_draw(pool, ruled, positions))
    weights = judging_weights()
    shares = weights.shares([weights.odds(features) for _, features in drawn])
    options = [
        Option(replace(said, weight=share), features) for (said, features), share in zip(drawn, shares, strict=True)
    ]
    return sorted(options, key=lambda o: (-o.said.weight, *key_of(o.said.found)))


def _draw(
    pool: Pool, ruled: Mapping[tuple[str, Span], Sequence[Said]], positions: Collection[int]
) -> Iterator[tuple[Said, tuple[float, ...]]]:
    met = {i for i in positions if any(found.match.strengths[i] >= 0.5 for found in pool.found)}
    for found in pool.found:
        mine = ruled.get(key_of(found), ())
        if key_of(found) in pool.stances or any(said.weight > 0.2 for said in mine):
            for stance in (Stance.ASSERTS, Stance.DENIES):
                judgement = _as_judged(mine, stance)
                yield Said(found, judgement, 0.0), tuple(features_of(pool, found, stance, mine, positions, met))


def _as_judged(said: Sequence[Said], stance: Stance) -> Judgement:
    """Who says it, and how: as the rules have it for this stance, else for another one."""
    for one in sorted(said, key=lambda s: (s.judgement.stance is not stance, -s.weight)):
        return replace(one.judgement, stance=stance)
    return Judgement(stance, 0.0, False, None)


def features_of(
    pool: Pool, found: Found, stance: Stance, said: Sequence[Said], positions: Collection[int], met: Collection[int]
) -> list[float]:
    """The features of a statement taken for a yes or a no, as `FEATURES` names them.

    `said` is what the rules make of it, `met` the positions of the terms that any statement found speaks of.
    """
    same = max((s.weight for s in said if s.judgement.stance is stance), default=0.0)
    neutral = max((s.weight for s in said if s.judgement.stance is Stance.NEUTRAL), default=0.0)
    other = max((s.weight for s in said if s.judgement.stance not in (stance, Stance.NEUTRAL)), default=0.0)
    ways = {s.judgement.stance for s in said} - {Stance.NEUTRAL}
    judged = pool.stances.get(key_of(found))
    supports, refutes, open_, other_matter = judged or (0.25, 0.25, 0.25, 0.25)
    no = stance is Stance.DENIES
    sign = 1.0 if no else -1.0
    mine, against = (refutes, supports) if no else (supports, refutes)
    missing = pool.missing(found, positions)
    soft = [t for t in missing if not t.is_name and t.quantity is None]
    telling = [i for i in positions if pool.terms[i].weight >= TELLING]
    loose = [i for i in telling if not pool.terms[i].is_name and pool.terms[i].quantity is None]
    negative = denies(found.statement.text) is not pool.question.negated
    return [
        same,
        other,
        neutral,
        0.0 if len(ways) != 1 else 1.0 if stance in ways else -1.0,
        log_odds(mine) / 2,
        log_odds(against) / 2,
        log_odds(open_) / 2,
        log_odds(other_matter) / 2,
        float(judged is None),
        pool.coverage(found, positions),
        pool.direct(found, positions),
        found.similarity if found.similarity is not None else 0.1,
        float(sum(1 for t in missing if t.is_name)),
        float(sum(1 for t in missing if t.quantity is not None)),
        float(any(t.is_verb for t in soft)),
        float(_only_aside(pool, found, [i for i in telling if pool.terms[i].is_verb])),
        float(_only_aside(pool, found, [i for i in telling if pool.terms[i].is_name])),
        float(_modal(found.statement.text) is not _modal(pool.question.claim or "")),
        len(soft) / len(loose) if loose else 0.0,
        sum(1 for i in telling if i not in met) / len(telling) if telling else 0.0,
        float(no),
        sign if negative else -sign,
        sign * float(any(s.judgement.act == "deny" for s in said)),
        float(found.statement.is_heading),
        float(found.statement.text.rstrip(' ”"').endswith("?")),
        float(any(s.judgement.hedged for s in said)),
        float(any(s.judgement.speaker for s in said)),
        float(pool.found[0] is found),
        sign * float(bool(found.match.opposed)),
        same * max(0.0, mine - 0.25),
    ]


def _only_aside(pool: Pool, found: Found, positions: Sequence[int]) -> bool:
    """Whether none of these terms stands in the sentence itself."""
    return bool(positions) and all(found.match.places[i] is None for i in positions)


def _modal(text: str) -> bool:
    return any(word.lower in MODAL_VERBS for word in split_words(text))


def _in_context(found: Found) -> str:
    statement = found.statement
    short = len(content_words(statement.text)) <= SHORT
    if statement.before and (short or refers_back(statement.sentence)):
        return f"{statement.before[-1].text} {statement.text}"
    return statement.text
