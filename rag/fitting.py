"""Whether words can be the answer at all, whatever a head or a table thinks of them.

An amount is of what is counted and of who is asked about, a name is of the kind wanted, and the passage speaks of what
it is asked for: rules that keep "what A lost" from being answered with what B lost.
"""

import re
from itertools import takewhile

from index.types import Span
from rag.asking import SUMS, Kind, Wanted
from rag.candidate import Candidate
from rag.lexicon import MODAL_VERBS
from rag.matching import NEAR, RELATED, similarity
from rag.pool import TELLING, Found, Pool
from rag.quantities import Measure, find_quantities
from rag.speakers import SPEAKERS
from rag.statements import referent
from rag.terms import DETERMINERS
from rag.words import split_words, stem

_TYPED = frozenset([Wanted.QUANTITY, Wanted.DATE, Wanted.NAME, Wanted.PLACE])
_WRITTEN = frozenset([Measure.PERCENT])
"""Measures that are only ever given as an amount."""
_SUM = 1_000_000
_BESIDE = frozenset(["off", "near", "outside", "towards", "toward"])
"""What stands before the name of a place, never of who or what is asked for."""
_INSIDE = frozenset(["in", "at"])
"""What stands before a place or a paper, never before who does something."""
_WHERE = frozenset("in to from among across at".split())
"""What stands before the place or people that an amount is asked of."""
_ORDINALS = frozenset("second third fourth fifth sixth seventh eighth ninth tenth".split())
_ANYTHING = frozenset(stem(w) for w in "people persons things times units items".split())


def can_answer(pool: Pool, found: Found, candidate: Candidate, met: frozenset[int]) -> bool:
    """Whether a candidate may answer; `met` are the positions of the terms that its passage or title speaks of."""
    return (
        _speaks_of_it(pool, met)
        and not _done_by_another(pool, found, candidate.span)
        and not _beside_the_point(pool, found, candidate)
        and not _is_asked_of(pool, candidate)
        and not _is_to_come(pool, found)
        and not _is_elsewhere(pool, found)
    )


def agency(pool: Pool, found: Found, candidate: Candidate) -> float:
    """1, or less where the sentence is about somebody other than who does the asked thing."""
    asked = _agent(pool)
    if not asked or pool.question.wanted not in (Wanted.QUANTITY, Wanted.DATE, Wanted.NAME, Wanted.PLACE):
        return 1.0
    places = [p for p, t in zip(found.match.places, pool.terms, strict=True) if p is not None and t.stem in asked]
    if places:
        return 1.0 if min(place.start for place in places) <= candidate.span[0] else 0.65
    leading = pool.vocabulary.leading_name(found.statement.sentence)
    stands_for = referent(found.statement, pool.vocabulary)
    about = stands_for or (frozenset(leading.stems) if leading is not None else frozenset())
    if not about or about & asked:
        return 1.0
    # "A Bloomberg report suggests that the maker …" is not about Bloomberg
    speakers = {word.stem for said in pool.said_in(found) for word in split_words(said.speaker)}
    return 1.0 if about <= speakers else 0.5


def _agent(pool: Pool) -> frozenset[str]:
    """The stems of who does the asked thing, also when the name is typed in lower case: "how much did harland lose"."""
    if pool.question.agent:
        return pool.question.agent
    words = split_words(pool.question.text)
    did = next((i for i, w in enumerate(words[:6]) if w.lower in {"did", "does", "do", "has", "have", "will"}), None)
    names = {term.stem for term in pool.terms if term.is_name}
    following = words[did + 1 : did + 2] if did is not None else []
    return frozenset(w.stem for w in following if w.stem in names)


def _done_by_another(pool: Pool, found: Found, span: Span) -> bool:
    """Whether the amount at `span` belongs to what another did: "the company" of its sentence, or who leads it."""
    asked = _agent(pool)
    if pool.question.wanted is not Wanted.QUANTITY or not asked:
        return False
    stands_for = referent(found.statement, pool.vocabulary)
    named = [word.start for word in found.statement.words if word.stem in asked]
    if not named and stands_for:
        return not stands_for & asked
    leading = pool.vocabulary.leading_name(found.statement.sentence)
    speakers = {word.stem for said in pool.said_in(found) for word in split_words(said.speaker)}
    return (
        leading is not None
        and not set(leading.stems) & (asked | speakers)
        and leading.span[1] <= span[0]
        and (not named or min(named) >= span[1])
    )


def _is_elsewhere(pool: Pool, found: Found) -> bool:
    """Whether it is asked how many there were somewhere, or of a people, that only other statements speak of.

    A name that nothing speaks of may be another of the same place, and is for the weighing to count.
    """
    if pool.question.kind is not Kind.HOW_MANY:
        return False
    words = split_words(pool.question.text)
    somewhere = {
        word.stem
        for at, word in enumerate(words)
        if word.capitalised and {w.lower for w in words[max(0, at - 2) : at] if not w.is_content} & _WHERE
    }
    places = [i for i, t in enumerate(pool.terms) if t.is_name and t.weight >= TELLING and t.stem in somewhere]
    elsewhere = any(f.match.places[i] is not None for f in pool.found for i in places)
    return elsewhere and not any(found.match.strengths[i] >= NEAR for i in places)


def _beside_the_point(pool: Pool, found: Found, candidate: Candidate) -> bool:
    """Whether words cannot be the answer by their kind.

    An amount of something else than is counted, a place for a person, who only tells of it for who did it, and what
    would happen for what did.
    """
    question = pool.question
    if question.kind is Kind.HOW_MANY and question.unit:
        spoken_of = any(
            t.stem == question.unit and s >= NEAR for t, s in zip(pool.terms, found.match.strengths, strict=True)
        )
        return not _counts(question.unit, found, candidate, spoken_of=spoken_of)
    if question.measures and question.measures <= _WRITTEN and not is_of_kind(pool, candidate.text):
        return True  # "sky-high" is no percentage
    before = [w.lower for w in found.statement.words if w.end <= candidate.span[0] and w.lower not in DETERMINERS]
    if question.kind is Kind.WHO and question.wanted is Wanted.NAME and before[-1:] and before[-1] in _INSIDE:
        return True
    if question.wanted is Wanted.NAME and question.act is None and not question.options:
        names = pool.vocabulary.names_in(found.statement.text)
        inside = [n for n in names if n.span[0] < candidate.span[1] and candidate.span[0] < n.span[1]]
        if inside and all(n.kind not in question.name_kinds for n in inside):
            return True
        if before[-1:] and before[-1] in _BESIDE:
            return True
        return any(
            said.speaker == candidate.text and not said.complement[0] <= candidate.span[0] < said.complement[1]
            for said in pool.said_in(found)
        )
    first = split_words(candidate.text)[:1]
    asked_modal = any(w.lower in MODAL_VERBS for w in split_words(question.text))
    modal = bool(first) and first[0].lower in MODAL_VERBS and not first[0].capitalised  # "May" is a month
    return modal and not asked_modal


def _is_asked_of(pool: Pool, candidate: Candidate) -> bool:
    """Whether a name is the fuller form of one that the question has: who came "instead of Marchetti" is not he."""
    words = split_words(candidate.text)
    return (
        pool.question.wanted is Wanted.NAME
        and not pool.question.options
        and len(words) > 1
        and all(word.capitalised for word in words)
        and any(term.is_name and term.stem == words[-1].stem for term in pool.terms)
    )


_OUTCOME = re.compile(
    r"\b(?:outcome|results?|upshot)\b|^how (?:did|was|were)\b.*\b(?P<verb>end|ended|finish|conclude|turn out|go)\b",
    re.IGNORECASE,
)
_NEAR_MODAL = 4
"""How many words may stand between what is meant and its "would"."""


def _is_to_come(pool: Pool, found: Found) -> bool:
    """Whether a statement only says that a thing would be, where it is asked how it ended: "would appeal"."""
    asked = _OUTCOME.search(pool.question.text)
    if not asked:
        return False
    ending = (asked["verb"] or asked.group()).lower()
    things = [i for i, t in enumerate(pool.terms) if not t.is_name and t.lower not in ending]
    place = found.match.places[things[-1]] if things else None
    if place is None:
        return False
    words = found.statement.words
    at = next(i for i, word in enumerate(words) if word.start == place.start)
    return any(word.lower in MODAL_VERBS for word in words[max(0, at - _NEAR_MODAL) : at + _NEAR_MODAL])


def _counts(unit: str, found: Found, candidate: Candidate, *, spoken_of: bool) -> bool:
    """Whether words hold a number that may be of the thing counted.

    Its noun follows the number, or none does and the sentence or what stands before it speaks of it (`spoken_of`):
    the sentence itself where the number is as large as sums of money are ("the 815 million it will cost").
    """
    start, end = candidate.span
    for quantity in found.statement.sentence.quantities:
        if not (quantity.span[0] < end and start < quantity.span[1]):
            continue
        if quantity.measure in (Measure.PERCENT, Measure.DURATION, Measure.DISTANCE):
            return True
        if quantity.measure is Measure.COUNT:
            following = [w for w in found.statement.words if w.start >= quantity.span[1]][:4]
            nouns = [w.stem for w in takewhile(lambda w: w.is_content and not w.capitalised, following)]
            if nouns:
                return any(similarity(unit, n) >= RELATED or n in _ANYTHING for n in nouns)
            here = any(similarity(unit, w.stem) >= RELATED for w in found.statement.words)
            return spoken_of and (here or quantity.value < _SUM)
    return not any(ch.isdigit() for ch in candidate.text)


def _speaks_of_it(pool: Pool, met: frozenset[int]) -> bool:
    """Whether a passage has what is asked of: the "fire" of "how many did the fire kill?", the "second" offer."""
    question = pool.question
    if any(t.lower in _ORDINALS and i not in met for i, t in enumerate(pool.terms)):
        return False  # what the first offer was does not tell of the second
    if question.wanted not in _TYPED or question.act is not None:
        return True
    telling = [i for i, t in enumerate(pool.terms) if t.weight >= TELLING and not (t.is_name or t.quantity)]
    if telling and not any(i in met for i in telling):
        return False
    if question.wanted is not Wanted.QUANTITY:
        return True
    needed = (i for i, t in enumerate(pool.terms) if t.lower in SUMS or t.stem == question.subject)
    return all(i in met for i in needed)


def is_of_kind(pool: Pool, text: str) -> bool:
    """Whether words are of the kind that the question wants: an amount for "how much", a date for "when"."""
    wanted = pool.question.wanted
    if wanted in (Wanted.QUANTITY, Wanted.DATE):
        return any(q.measure in pool.question.measures for q in find_quantities(text))
    if wanted in (Wanted.NAME, Wanted.PLACE):
        return bool(pool.vocabulary.names_in(f"x {text}")) or any(w.lower in SPEAKERS for w in split_words(text))
    return True
