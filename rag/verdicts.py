"""What the record holds for and against a claim, and what follows: yes, no, disputed, or not on record."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from rag.decision import Decision, unknown
from rag.lexicon import MODAL_VERBS
from rag.matching import Term, opposite
from rag.pool import TELLING, Found, Pool, evidence_of
from rag.stance import Claim, Judgement, is_denial, judge
from rag.statements import read_sentence
from rag.types import Evidence, Stance, Verdict
from rag.understand import Question
from rag.words import split_words

COVERED = 0.62
"""Share of a claim's terms that a statement must speak of, context included, to bear on it."""
DENIED, POINTED_AT = 0.5, 0.25
"""Share of a claim's terms that are no names that a denial must speak of, to be one of the claim: where it says itself
what it denies or the claim's thing goes unsaid, and where that stands before it."""


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


def claim_positions(question: Question, terms: Sequence[Term]) -> frozenset[int]:
    """Which terms the claim is made of: of "did A deny B?" only B, else all."""
    act = question.act
    if act is None:
        return frozenset(range(len(terms)))
    content = {word.stem for word in split_words(act.content)}
    inside = frozenset(
        i
        for i, t in enumerate(terms)
        if t.stem in content or (t.quantity is not None and t.lower in act.content.lower())
    )
    return frozenset(i for i in inside if terms[i].weight >= 0.2) if act.denies or act.confirms else inside


def judge_all(pool: Pool, positions: frozenset[int] | None = None) -> list[Said]:
    """Every statement that bears on the claim, judged; strongest first, one a speaker and article and stance.

    `positions` are the terms the claim is made of; None takes them from the question.
    """
    positions = claim_positions(pool.question, pool.terms) if positions is None else positions
    claim = Claim(
        positions,
        tuple(pool.terms[i] for i in positions if pool.terms[i].quantity is not None),
        pool.question.negated,
        _is_of_what_may_be(pool.question.claim or "", pool.terms),
        pool.question.claim or "",
    )
    best: dict[tuple[str, str | None, Stance], Said] = {}
    for found in pool.found:
        for judgement in judge(found.statement, found.match, claim, pool.terms, pool.vocabulary):
            weight = judgement.weight * bearing(pool, found, positions, judgement)
            key = (found.statement.article.id, judgement.speaker, judgement.stance)
            if weight > 0.2 and (key not in best or weight > best[key].weight):
                best[key] = Said(found, judgement, weight)
    return sorted(best.values(), key=lambda s: (-s.weight, s.found.statement.article.id, s.found.statement.span))


def _is_of_what_may_be(claim: str, terms: Sequence[Term]) -> bool:
    """Whether a claim is itself of what could be, will be, or is meant "to" be."""
    words = split_words(claim)
    asked = {term.stem for term in terms if not term.is_name}
    meant = any(a.lower == "to" and b.stem in asked for a, b in pairwise(words))
    return meant or bool({word.lower for word in words} & MODAL_VERBS)


def bearing(pool: Pool, found: Found, positions: Iterable[int], judgement: Judgement) -> float:
    """How far a statement is about the claim, 0..1: its names and amounts, and nearly all other terms, are there."""
    chosen = list(positions)
    if judgement.act != "deny" and judgement.stance is Stance.DENIES:  # "sales fell" speaks of whether they rose
        chosen = [i for i in chosen if not _told_by_opposite(pool.terms[i], found)]
    if judgement.act == "deny":
        if _of_oneself(pool, found, judgement):
            return 0.0
        found = _as_denial(pool, found, chosen, judgement)
        matter = _matter(pool, found, chosen, judgement)
        is_pointed = not judgement.denied and _speaks_of_its_thing(pool, found, matter)
        if pool.coverage(found, matter) < (POINTED_AT if is_pointed else DENIED):
            return 0.0  # that A denied something about B does not say that it denied this
    if not any(pool.terms[i].weight >= TELLING for i in chosen):
        return 0.8 if judgement.act == "deny" else 0.0  # "did A deny the claim?": whatever A denied
    coverage = pool.coverage(found, chosen)
    missing = pool.missing(found, chosen)
    if any(pool.terms[i].comparison and found.match.places[i] is None for i in chosen):
        return 0.0  # of "more than 450 million" only a sentence with an amount can tell
    wrong_amount = judgement.stance is Stance.DENIES and judgement.weight < 1.0 and not judgement.act
    if wrong_amount:
        coverage = pool.coverage(found, [i for i in chosen if pool.terms[i].quantity is None])
    hard = [t for t in missing if t.is_name or (t.quantity is not None and not wrong_amount)]
    soft = [t for t in missing if t not in hard and t.quantity is None]
    telling = [i for i in chosen if pool.terms[i].weight >= TELLING]
    slack = 0.1 if judgement.act == "deny" else 0.0
    if any(t.is_verb for t in soft) and judgement.act != "deny":
        return 0.0  # an article on A and B does not say that A bought B
    if hard or len(soft) > len(telling) // 4 or coverage < COVERED - slack:
        return 0.0
    if judgement.act == "deny":
        return 0.6 + 0.4 * coverage
    counted = [
        i for i in chosen if not pool.terms[i].is_name and not (wrong_amount and pool.terms[i].quantity is not None)
    ]
    direct = pool.direct(found, counted)
    return coverage * (0.4 + 0.6 * direct)


def _told_by_opposite(term: Term, found: Found) -> bool:
    return any(opposite(term.stem, word.stem) for word in found.match.opposed)


def _matter(pool: Pool, found: Found, positions: Sequence[int], judgement: Judgement) -> list[int]:
    """The telling terms of a claim that are neither names nor said of who denies."""
    who = {word.lower for word in split_words(judgement.subject)} if judgement.denied else set()
    return [
        i
        for i in positions
        if pool.terms[i].weight >= TELLING
        and not pool.terms[i].is_name
        and not ((place := found.match.places[i]) is not None and place.lower in who)
    ]


_ONESELF = re.compile(r"^\W*(?:that\s+)?(?P<who>it|he|she)\b", re.IGNORECASE)

_FOR_ANOTHER = re.compile(
    r"\b(?:his|her|its|their|lawyer|solicitor|agent|spokes\w+|representative|for|of)\b", re.IGNORECASE
)
"""Says that who speaks may speak for the one whom the claim names."""
_OPENS = re.compile(r"(?:it is not so that\s+)?(?:the\s+)?", re.IGNORECASE)
"""What may stand before the name that is the subject of a claim."""


def _of_oneself(pool: Pool, found: Found, judgement: Judgement) -> bool:
    """Whether somebody whom the claim does not name denies it of himself: "B denied that it had sold its brewery".

    "It" is no person: where one denies it, that is of the firm spoken for.
    """
    told = _ONESELF.match(found.statement.text[slice(*judgement.denied)]) if judgement.denied else None
    claim = read_sentence(pool.question.claim or "")
    subject = pool.vocabulary.leading_name(claim)
    if told is None or subject is None or not _OPENS.fullmatch(claim.text[: subject.span[0]]):
        return False
    names = {*subject.stems, *(term.stem for term in pool.terms if term.is_name)}
    speaker = judgement.speaker or ""
    who = f"{judgement.subject} {speaker}"
    is_named = bool(pool.vocabulary.names_in(f"said {speaker}"))
    is_other = is_named and not _FOR_ANOTHER.search(who) and names.isdisjoint(w.stem for w in split_words(who))
    return is_other and not (told["who"].lower() == "it" and pool.vocabulary.is_person(speaker))


def _speaks_of_its_thing(pool: Pool, found: Found, positions: Sequence[int]) -> bool:
    """Whether a statement speaks of the most telling of these terms, or that is a verb: "it" may have been done."""
    telling = max(positions, key=lambda i: pool.terms[i].weight, default=None)
    return telling is None or pool.terms[telling].is_verb or found.match.strengths[telling] > 0


def _as_denial(pool: Pool, found: Found, positions: Sequence[int], judgement: Judgement) -> Found:
    """The statement matched as a denial: it denies one thing, said in itself or in one sentence before it.

    Where it says so itself, only those words count, with the names around them and with who denies.
    """
    denied = judgement.denied
    here = [1.0 if place is not None else 0.0 for place in found.match.places]
    if denied is not None:
        who = {word.lower for word in split_words(judgement.subject)}
        here = [
            float(place is not None and (term.is_name or denied[0] <= place.start < denied[1] or place.lower in who))
            for term, place in zip(pool.terms, found.match.places, strict=True)
        ]
    before = found.statement.before
    options = [
        found.match.contexts[0],
        *(c for c, s in zip(found.match.contexts[1:], before, strict=True) if not is_denial(s.text)),
    ]
    best: tuple[float, ...] = tuple(here)
    for context in options:
        joined = tuple(
            max(h, 0.8 * c * (denied is None or term.is_name))
            for h, c, term in zip(here, context, pool.terms, strict=True)
        )
        if sum(pool.terms[i].weight * joined[i] for i in positions) > sum(
            pool.terms[i].weight * best[i] for i in positions
        ):
            best = joined
    return replace(found, match=replace(found.match, strengths=best))


def decide_claim(pool: Pool, said: Sequence[Said], threshold: float = 0.45) -> Decision:
    """What the record holds for and against P, of "is it so that P?", by the rules' judgements of statements."""
    said = newest_word(said)
    pro = [s for s in said if s.judgement.stance is Stance.ASSERTS and s.weight >= threshold]
    con = [s for s in said if s.judgement.stance is Stance.DENIES and s.weight >= threshold]
    lean = lean_of(pro, con)
    if not pro and not con and pool.question.asks_report:
        return Decision(Verdict.NO, "no", 0.1, 0.65, (), tuple(s.evidence for s in said))
    if not pro and not con:
        return unknown(pool, [s.evidence for s in said])
    rest = tuple(s.evidence for s in said if s not in pro and s not in con and s.weight >= 0.35)
    if pro and con and _disagree(pro, con):
        return Decision(Verdict.DISPUTED, None, lean, min(sure_of(pro), sure_of(con)), _sides(pro, con), rest)
    if (pro[0].weight if pro else 0.0) >= (con[0].weight if con else 0.0):
        return Decision(Verdict.YES, "yes", lean, sure_of(pro), _spread(pro), (*(s.evidence for s in con), *rest))
    return Decision(Verdict.NO, "no", lean, sure_of(con), _spread(con), (*(s.evidence for s in pro), *rest))


def newest_word(said: Sequence[Said]) -> list[Said]:
    """Without what a speaker later took back: who denied on the 4th and admitted on the 19th has admitted."""
    latest: dict[str, str] = {}
    for item in said:
        day = item.found.statement.article.published
        if item.judgement.speaker and day and item.weight >= 0.45:
            latest[item.judgement.speaker] = max(day, latest.get(item.judgement.speaker, ""))
    return [
        item
        for item in said
        if not (item.judgement.speaker and (day := item.found.statement.article.published))
        or day[:10] >= latest.get(item.judgement.speaker, "")[:10]
    ]


def _disagree(pro: Sequence[Said], con: Sequence[Said]) -> bool:
    """Whether different speakers or origins stand on both sides, neither of them slight."""
    explicit = any(s.judgement.act == "deny" and s.weight >= 0.6 for s in con) or any(
        s.judgement.act == "deny" for s in pro
    )
    close = min(pro[0].weight, con[0].weight) >= 0.75 * max(pro[0].weight, con[0].weight)
    return _voices(pro) != _voices(con) and (explicit or close)


def _voices(said: Iterable[Said]) -> set[str]:
    return {s.judgement.speaker or s.found.statement.article.id for s in said}


def _sides(pro: Sequence[Said], con: Sequence[Said]) -> tuple[Evidence, ...]:
    return _spread(pro, 3) + _spread(con, 3)


def _spread(said: Sequence[Said], most: int = 3) -> tuple[Evidence, ...]:
    """The best statements, each of another article or speaker, plain ones before hedged ones."""
    seen: set[tuple[str, str | None]] = set()
    chosen: list[Evidence] = []
    for item in sorted(said, key=lambda s: (s.judgement.hedged, -s.weight)):
        key = (item.found.statement.article.id, item.judgement.speaker)
        if key not in seen and (not chosen or item.weight >= 0.6 * said[0].weight):
            seen.add(key)
            chosen.append(item.evidence)
    return tuple(chosen[:most])


def lean_of(pro: Sequence[Said], con: Sequence[Said]) -> float:
    """How far (0..1) the weights of the strongest statements speak for the claim."""
    a, b = sum(s.weight for s in pro[:4]), sum(s.weight for s in con[:4])
    return round((a + 0.25) / (a + b + 0.5), 3)


def sure_of(said: Sequence[Said]) -> float:
    """How sure (0..1) a decision is that rests on these statements, strongest first."""
    return round(min(0.95, 0.35 + 0.5 * said[0].weight + 0.05 * (len(said) - 1)), 3) if said else 0.0
