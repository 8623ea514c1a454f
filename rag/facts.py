"""Answers to questions of fact: candidates from rules and from the reading head, the likeliest of them, or unknown."""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from rag.asking import Kind, Wanted
from rag.candidate import Candidate
from rag.decision import Decision, unknown
from rag.extract import candidates
from rag.fitting import agency, can_answer, is_of_kind
from rag.pool import TELLING, Found, Pool, Read, evidence_of
from rag.quantities import Measure
from rag.stance import is_hedged
from rag.types import Evidence, Verdict
from rag.understand import Question
from rag.weighing import agreed_shares, features_of, met_in_passages, read_weights
from rag.words import split_words, stem

ANSWERS = 0.5
"""Least score of a statement that the rules alone take an answer from."""
CHOSEN = 0.25
"""Least probability of one of two things that a question gives to choose from."""
NEWEST_SHARE, LATEST_SHARE = 0.8, 0.12
"""How near a later article's answer must come to the best to lead: nearly, or not very where the latest is asked."""
CONSIDERED = 16
"""How many statements give candidates, best first."""


Drawn: TypeAlias = tuple[Found, Candidate, float]
"""A candidate in its statement, with how well the rules like it (0: they do not know it)."""


@dataclass(frozen=True, slots=True)
class Pick:
    """A candidate in its statement; `score` (0..1) says how well its words answer, `odds` how well they do here."""

    found: Found
    candidate: Candidate
    score: float
    odds: float = 0.0
    features: tuple[float, ...] = ()


def decide_fact(pool: Pool) -> Decision:
    """The words on record that answer a question of fact, or unknown."""
    weighed = bool(pool.readings)
    picks = weigh_all(pool) if weighed else _picks(pool)
    least = (CHOSEN if pool.question.options else read_weights(pool.among).threshold) if weighed else 0.0
    if not picks or max(p.score for p in picks) < least:
        return unknown(pool)
    picks = sorted(
        (p for p in picks if p.score >= (least if not pool.question.latest else LATEST_SHARE * least)),
        key=lambda p: (-p.odds, p.found.statement.article.id, p.found.statement.span),
    )
    best = _newest(picks, pool.question)
    others = {p.found.statement.article.id: p for p in reversed(picks) if _agrees(p, best)}
    others.pop(best.found.statement.article.id, None)
    same = sorted(others.values(), key=lambda p: -p.odds)
    confidence = best.score if weighed else min(0.95, 0.25 + 0.65 * best.score)
    evidence = tuple(_pick_evidence(pool, p) for p in [best, *same[:2]])
    return Decision(Verdict.ANSWERED, best.candidate.text.strip(" ,;:"), None, round(confidence, 3), evidence)


def weigh_all(pool: Pool) -> list[Pick]:
    """Every candidate of rules and head, its score the chance that its words are the answer."""
    weights = read_weights(pool.among)
    picks = options_of(pool)
    odds = [weights.odds(pick.features) for pick in picks]
    texts = [pick.candidate.text for pick in picks]
    shares = agreed_shares(weights.shares(odds), texts, several=pool.question.plural)
    return [replace(pick, score=share, odds=own) for pick, share, own in zip(picks, shares, odds, strict=True)]


def options_of(pool: Pool) -> list[Pick]:
    """Every candidate of rules and head with its features, not weighed yet."""
    by_rule: dict[int, list[Candidate]] = {}

    def ruled(found: Found) -> list[Candidate]:
        if id(found) not in by_rule:
            by_rule[id(found)] = candidates(found.statement, found.match, pool.question, pool.terms, pool.vocabulary)
        return by_rule[id(found)]

    drawn: list[Drawn] = [
        (found, candidate, candidate.fit) for found in pool.found[:CONSIDERED] for candidate in ruled(found)[:2]
    ]
    for read in pool.readings:
        fit = max((c.fit for c in ruled(read.found) if _overlap(read.span, c.span)), default=0.0)
        candidate = _of_measure(pool.question, read.found, _as_candidate(read))
        drawn.append((read.found, _whole_list(pool.question, read.found, candidate), fit))
    drawn = [(found, _whole_name(pool, found, candidate), fit) for found, candidate, fit in drawn]
    if pool.question.options:
        drawn = _of_options(pool, drawn)
    if pool.question.wanted in (Wanted.EXPANSION, Wanted.DESCRIPTION):
        drawn = [item for item in drawn if item[2] >= 0.8]  # what letters stand for, or who somebody is, has its forms
    met = met_in_passages(pool)
    drawn = [item for item in drawn if can_answer(pool, item[0], item[1], met[item[0].statement.passage.id])]
    return [
        Pick(
            found,
            candidate,
            0.0,
            features=tuple(
                features_of(
                    pool, found, candidate.span, met, rule_fit=fit, kind=is_of_kind(pool, candidate.text),
                    agency=agency(pool, found, candidate), special=fit >= 0.8 and _is_special(pool.question),
                )
            ),
        )
        for found, candidate, fit in drawn
    ]  # fmt: skip


def _of_measure(question: Question, found: Found, candidate: Candidate) -> Candidate:
    """The candidate cut down to the date or amount in it that the question asks for; itself where it has none."""
    if question.wanted not in (Wanted.DATE, Wanted.QUANTITY):
        return candidate
    start, end = candidate.span
    inside = [
        q
        for q in found.statement.sentence.quantities
        if q.measure in question.measures and start <= q.span[0] and q.span[1] <= end
    ]
    if len(inside) != 1 or len(candidate.text.split()) <= 4:
        return candidate
    return replace(candidate, text=inside[0].text, span=inside[0].span)


_GOES_ON = re.compile(r"(?:\s?,\s[^,.;:()—]{2,50}?)*\s?,?\s(?:and|or)\s[^,.;:()—]{2,60}?(?=[,.;:)—”\"]|$)")
"""The rest of a list behind one of its members."""


_NAMES_BEFORE = re.compile(
    r"(?:[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*)*, )*[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*)*,? (?:and|or) $"
)
"""Names in a row before the last one of them."""


def _whole_list(question: Question, found: Found, candidate: Candidate) -> Candidate:
    """The candidate with the rest of the list that it begins or ends, where the question asks for several things."""
    start, end = candidate.span
    if not question.plural or not end:
        return candidate
    text = found.statement.text
    rest = _GOES_ON.match(text, end)
    if rest is not None and (" and " not in candidate.text or "," in rest.group()):
        end = rest.end()
    before = _NAMES_BEFORE.search(text[:start]) if candidate.text[:1].isupper() else None
    start = before.start() if before else start
    return replace(candidate, text=text[start:end], span=(start, end))


_ABBREVIATED = re.compile(r"(?:(?<=\bCo)|(?<=\bJr)|(?<=\bSr)|(?<=\bInc)|(?<=\bLtd)|(?<=\bCorp))\.")
"""The full stop of a name that ends in an abbreviation."""
_PIECE = re.compile(r"(?<=\w)\s(?:report|story|article|exclusive)s?$")
"""What an outlet made, behind its name."""
_ARTICLE = re.compile(r"(?:[Aa]n?|the|one)\s+")


def _whole_name(pool: Pool, found: Found, candidate: Candidate) -> Candidate:
    """The candidate with the rest of the name that it is a piece of, without what is none ("Herald report")."""
    start, end = candidate.span
    text = found.statement.text
    if pool.question.wanted is not Wanted.NAME or text[start:end] != candidate.text:
        return candidate  # a name that stands elsewhere is whole
    for first, last in (name.span for name in pool.vocabulary.names_in(text)):
        goes_on = start <= first < end < last and text[end : end + 2].strip()[:1].isupper()
        if goes_on or first < start < last == end:
            start, end = min(start, first), last
    stop = _ABBREVIATED.match(text, end)
    end = stop.end() if stop else end
    piece = _PIECE.search(text, start, end) if pool.question.kind in (Kind.WHO, Kind.WHICH) else None
    article = _ARTICLE.match(text, start)
    first = article.end() if article else start
    if piece and text[first:][:1].isupper() and first < piece.start():
        start, end = first, piece.start()
    return replace(candidate, text=text[start:end], span=(start, end))


def _of_options(pool: Pool, drawn: Sequence[Drawn]) -> list[Drawn]:
    """Of the candidates those that name one of the things chosen between, as it is named there; and every mention."""
    found = []
    for option in pool.question.options:
        stems = {word.stem for word in split_words(option) if word.is_content}
        for item in drawn:
            named = {word.stem for word in split_words(item[1].text)}
            if stems and stems <= named and len(named) <= len(stems) + 3:
                found.append((item[0], replace(item[1], text=option), item[2]))
        for statement in pool.found[:CONSIDERED]:
            words = [word for word in statement.statement.words if word.stem in stems]
            if stems and stems <= {word.stem for word in words}:
                span = (words[0].start, words[-1].end)
                found.append((statement, Candidate(option, span, 0.5), 0.0))
    return found or list(drawn)


def _is_special(question: Question) -> bool:
    """Whether the question is of a kind that a rule of its own looks for, not only words of some type."""
    return question.wanted in (Wanted.EXPANSION, Wanted.DESCRIPTION) or (
        question.act is not None and question.wanted in (Wanted.NAME, Wanted.WORDS)
    )


def _as_candidate(read: Read) -> Candidate:
    text = read.found.statement.text[read.span[0] : read.span[1]]
    return Candidate(text, read.span, read.answers)


def _newest(picks: Sequence[Pick], question: Question) -> Pick:
    """The best pick, or one nearly as good from a later article: the newest statement of a state of affairs leads."""
    below = math.log(LATEST_SHARE if question.latest else NEWEST_SHARE)
    near = [p for p in picks if p.odds >= picks[0].odds + below and p.found.statement.article.published]
    if not picks[0].found.statement.article.published or len(near) < 2:
        return picks[0]
    return max(near, key=lambda p: ((p.found.statement.article.published or "")[:10], p.odds))


def _pick_evidence(pool: Pool, pick: Pick) -> Evidence:
    said = next(
        (
            a
            for a in pool.said_in(pick.found)
            if a.complement[0] <= pick.candidate.span[0] < max(a.complement[1], a.complement[0] + 1)
        ),
        None,
    )
    return evidence_of(
        pick.found,
        speaker=said.speaker if said else None,
        hedged=is_hedged(pick.found.statement, pick.found.match),
        weight=pick.score,
    )


def _agrees(a: Pick, b: Pick) -> bool:
    """Whether a pick gives the words of another, and nearly as well by itself."""
    return a.candidate.text.lower() == b.candidate.text.lower() and a.score >= 0.8 * b.score and a.odds >= b.odds - 1


def _picks(pool: Pool) -> list[Pick]:
    question = pool.question
    positions = range(len(pool.terms))
    picks: list[Pick] = []
    for found in pool.found:
        if found.score < ANSWERS - 0.1 or found.statement.is_heading or not _fits(pool, found, positions):
            continue
        for candidate in candidates(found.statement, found.match, question, pool.terms, pool.vocabulary)[:3]:
            score = found.score * (0.2 + 0.8 * candidate.fit) * agency(pool, found, candidate)
            if score >= _least(question):
                picks.append(Pick(found, candidate, score, math.log(score)))
    return picks


def _overlap(a: tuple[int, int], b: tuple[int, int]) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _least(question: Question) -> float:
    typed = question.wanted in (Wanted.QUANTITY, Wanted.DATE, Wanted.NAME, Wanted.PLACE, Wanted.WORDS)
    return 0.42 if typed else 0.38 if question.wanted is Wanted.REASON else 0.46


_PRICE_STEMS = frozenset(stem(word) for word in ("cost", "price", "worth", "value", "expensive"))


def _priced(pool: Pool, found: Found) -> bool:
    """Whether a sum stands right before what the question asks the price of ("a $3.5 billion battery plant")."""
    places = [p for p, t in zip(found.match.places, pool.terms, strict=True) if p is not None and not t.is_name]
    return any(
        quantity.measure is Measure.MONEY and 0 <= place.start - quantity.span[1] <= 16
        for quantity in found.statement.sentence.quantities
        for place in places
    )


def _fits(pool: Pool, found: Found, positions: Iterable[int]) -> bool:
    chosen = list(positions)
    missing = pool.missing(found, chosen)
    if any(t.is_name or t.quantity is not None for t in missing):
        return False
    if Measure.MONEY in pool.question.measures and _priced(pool, found):
        missing = [t for t in missing if t.stem not in _PRICE_STEMS]
    telling = [i for i in chosen if pool.terms[i].weight >= TELLING and not pool.terms[i].is_name]
    # an act of speech is met by any verb of its kind, which the extraction checks
    soft = [t for t in missing if not (pool.question.act and t.stem == stem(pool.question.act.verb))]
    if len(telling) <= 5 and any(t.is_verb for t in soft):
        return False  # who "paid" is not answered by who did something else
    allowed = len(telling) // 3 if pool.question.kind is not Kind.YES_NO else 0
    return len(soft) <= allowed
