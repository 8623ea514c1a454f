"""Questions that hold two things against each other: "is A larger than B?", "which came first, A or B?"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.types import Hit
from rag.asking import AUXILIARIES, Kind
from rag.decision import Decision
from rag.extract import candidates
from rag.pool import Encode, Found, Pool, evidence_of, fill_pool
from rag.quantities import Measure, Quantity, find_quantities
from rag.types import Verdict
from rag.understand import Question, understand
from rag.words import content_words, split_words

_LESS = r"less|fewer|smaller|lower|cheaper|shorter|younger|worse"
_MORE = r"more|larger|bigger|higher|greater|longer|taller|costlier|dearer|better"
_EARLY, _LATE = r"earlier|before|first|older|sooner", r"later|after|newer|last"
_WORDS = rf"(?:(?P<less>{_LESS})|(?P<more>{_MORE})|(?P<early>{_EARLY})|(?P<late>{_LATE}))"
_PLAIN = rf"{_LESS}|{_MORE}|{_EARLY}|{_LATE}"
_COUNTED = r"(?:\s+(?P<counted>[a-z]+s|people|women|men|children))?"
_THAN = re.compile(
    rf"^(?P<does>is|are|was|were|does|do|did|has|have|had|will|would)\s+(?P<a>.+?)\s+"
    rf"(?:(?:much|far|even|any|\w+ly|a lot)\s+)?{_WORDS}\b{_COUNTED}(?:\s+\w+){{0,3}}?\s+than\s+(?P<b>.+?)"
    rf"(?:\s+(?:is|are|was|were|does|do|did|has|have|had))?$",
    re.IGNORECASE,
)
_STATED = re.compile(
    rf"^(?P<a>.+?)\s+(?P<does>is|are|was|were|does|do|did|has|have|had|will|would)\s+(?P<rest>.*\b(?:{_PLAIN})\b.*)$",
    re.IGNORECASE,
)
_OR = re.compile(
    rf"\b{_WORDS}\b{_COUNTED}.*?(?:[,:–—]|\bthan\b|\bof\b)?\s*(?:either\s+)?(?P<a>[^,:]+?),?\s+or\s+(?P<b>.+)$",
    re.IGNORECASE,
)
_COMPARE = re.compile(
    r"^(?:compare|contrast|what is the difference between|how (?:do|does|did))\s+(?P<a>.+?)\s+(?:and|with|to"
    r"|versus|vs\.?)\s+(?:(?:those|that) of\s+)?(?P<b>.+?)(?:\s+(?:differ|compare)\b.*)?$",
    re.IGNORECASE,
)
_CHOICE = re.compile(
    r"^(?:is|are|was|were|did|does|do|has|have|had|will)\s+(?P<rest>.+?)\s+or\s+(?P<b>.+)$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Side:
    words: str
    found: Found
    quantity: Quantity


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two things, and which of them is asked for: the one with "more", "less", "early" or "late"; "" for both.

    `frame` is what is compared of the two when the question names it apart, `counted` the noun after "more".
    """

    a: str
    b: str
    wanted: str
    yes_no: bool
    frame: str = ""
    counted: str = ""


def comparison_in(question: Question) -> Comparison | None:
    """What a question compares, None when it compares nothing."""
    body = question.text.rstrip("?. ")
    stated = _THAN.match(_asked(question.claim)) if question.is_yes_no and question.claim else None
    than = stated if stated and re.match(r"is it ", body, re.IGNORECASE) else _THAN.match(body) or stated
    if than:
        if find_quantities(than["b"]) and len(than["b"].split()) <= 4:
            return None  # "cheaper than $40,000" holds one thing against an amount
        a, verb = _bare(than["a"]), ""
        if than["does"].lower() in {"does", "do", "did"} and " " in a:
            a, verb = a.rsplit(maxsplit=1)  # "does A carry more than B"
        return Comparison(a, _bare(than["b"]), _direction(than), True, verb, than["counted"] or "")
    if question.kind is not Kind.COMPARE and not re.match(r"^(?:compare|contrast)\b", body, re.IGNORECASE):
        return None
    either = _OR.search(body)
    if either:
        a, b = _bare(either["a"]), _bare(either["b"])
        return Comparison(a, b, _direction(either), False, _frame(body, either), either["counted"] or "")
    both = _COMPARE.match(body)
    return Comparison(_bare(both["a"]), _bare(both["b"]), "", False) if both else None


def _asked(statement: str) -> str:
    """A statement as the question that it answers: "A is larger than B" as "is A larger than B"."""
    found = _STATED.match(statement)
    return f"{found['does']} {found['a']} {found['rest']}" if found else f"does {statement}"


def _frame(body: str, either: re.Match[str]) -> str:
    """What is compared of the two, when the question names it apart: "the bigger investment, A or B?"."""
    rest, counted = body[: either.start("a")], (either["counted"] or "").lower()
    words = [
        w
        for w in split_words(rest)
        if w.is_content and not re.fullmatch(_PLAIN, w.lower) and w.lower not in {"company", "one", "two", counted}
    ]
    return " ".join(w.text for w in words)


def _direction(match: re.Match[str]) -> str:
    return next(name for name in ("less", "more", "early", "late") if match[name])


def _bare(words: str) -> str:
    return re.sub(r"^(?:the|a|an|that of|those of)\s+", "", words.strip(" ,"), flags=re.IGNORECASE)


def decide_comparison(comparison: Comparison, hits: Sequence[Hit], encode: Encode) -> Decision | None:
    """The decision, when the record gives an amount (or a date) for both sides; None when it does not."""
    pools = [_side_pool(words, comparison, hits, encode) for words in (comparison.a, comparison.b)]
    if not comparison.wanted:
        return _both(pools)
    a, b = (frozenset(w.stem for w in content_words(side)) for side in (comparison.a, comparison.b))
    # "which drop in attacks was bigger?" names what is compared; "did A commit more?" has only a verb for it
    frame = frozenset(w.stem for w in content_words("" if comparison.yes_no else comparison.frame))
    options = [_amounts(pools[0], a - b, b - a, frame), _amounts(pools[1], b - a, a - b, frame)]
    pair = next(
        ((x, y) for x in options[0] for y in options[1] if _comparable(x.quantity, y.quantity) and _is_other(x, y)),
        None,
    )
    if pair is None:
        return None
    if pair[0].quantity.value == pair[1].quantity.value and not comparison.yes_no:
        return None  # neither is the larger
    larger = pair[0].quantity.value > pair[1].quantity.value
    first = (
        larger
        if comparison.wanted in {"more", "late"}
        else not larger and pair[0].quantity.value != pair[1].quantity.value
    )
    backing = tuple(evidence_of(side.found, weight=side.found.score) for side in pair)
    note = f"For {comparison.a}: {pair[0].quantity.text}; for {comparison.b}: {pair[1].quantity.text}."
    if comparison.yes_no:
        verdict = Verdict.YES if first else Verdict.NO
        return Decision(verdict, str(verdict), 0.85 if first else 0.15, 0.7, backing, note=note)
    return Decision(Verdict.ANSWERED, comparison.a if first else comparison.b, None, 0.7, backing, note=note)


def _is_other(a: _Side, b: _Side) -> bool:
    """Whether two amounts are not one and the same, reprints of its sentence included."""
    return a.found.statement.text != b.found.statement.text or a.quantity.span != b.quantity.span


def _comparable(a: Quantity, b: Quantity) -> bool:
    return a.measure is b.measure and (a.measure is not Measure.MONEY or a.unit == b.unit)


def _side_pool(side: str, comparison: Comparison, hits: Sequence[Hit], encode: Encode) -> Pool:
    asks = "How much is" if comparison.wanted else "What about"
    if comparison.counted:
        asks = f"How many {comparison.counted}"
    if comparison.wanted in {"early", "late"}:
        asks = "When was"
    return fill_pool(understand(f"{asks} {side} {comparison.frame}".strip() + "?"), hits, encode)


def _amounts(pool: Pool, own: frozenset[str], other: frozenset[str], frame: frozenset[str]) -> list[_Side]:
    """Amounts that statements give for the pool's subject, best first; none where more is said of the other side.

    `own` and `other` are the stems of the words that only this side has, and only the other; `frame` of those that
    name what is compared, of which a statement must have one.
    """
    sides: list[tuple[float, _Side]] = []
    positions = range(len(pool.terms))
    for found in pool.found[:8]:
        missing = pool.missing(found, positions)
        if found.score < 0.4 or any(t.is_name for t in missing) or len(missing) > len(pool.terms) // 2:
            continue
        said = {word.stem for word in found.statement.words}
        if len(said & other) > len(said & own) or (frame and not said & frame):
            continue
        quantities = {q.span: q for q in found.statement.sentence.quantities}
        for candidate in candidates(found.statement, found.match, pool.question, pool.terms, pool.vocabulary):
            quantity = quantities.get(candidate.span)
            if quantity is not None:
                sides.append((found.score * candidate.fit, _Side(pool.question.text, found, quantity)))
    return [side for _, side in sorted(sides, key=lambda item: -item[0])]


def _both(pools: Sequence[Pool]) -> Decision | None:
    """What the record says of each side, side by side."""
    backing = []
    for pool in pools:
        positions = range(len(pool.terms))
        best = next(
            (f for f in pool.found if f.score >= 0.45 and not any(t.is_name for t in pool.missing(f, positions))), None
        )
        if best is None:
            return None
        backing.append(evidence_of(best, weight=best.score))
    return Decision(Verdict.ANSWERED, None, None, 0.5, tuple(backing))


def decide_choice(question: Question, hits: Sequence[Hit], encode: Encode) -> Decision | None:
    """The one of two ("is it A or B?") that the record speaks of in this connection; None when neither or both."""
    match = _CHOICE.match(question.text.rstrip("?. "))
    if match is None:
        return None
    if match["b"].split()[0].lower() in {*AUXILIARIES, "not"}:
        return None  # "is it so, or is it made up?" puts one claim
    words = match["rest"].split()
    for cut in range(len(words) - 1, -1, -1):
        left, frame = " ".join(words[cut:]), " ".join(words[:cut])
        if cut == 0 or words[cut].lower() in {"a", "an", "the", "in", "at", "by"} or words[cut][:1].isupper():
            break
    tail = match["b"]
    right = " ".join(tail.split()[: max(1, len(left.split()))])
    rest = f"{frame} {tail[len(right) :]}"
    scores = []
    for option in (left, right):
        pool = fill_pool(understand(f"{rest.strip()} {option}"), hits, encode)
        positions = range(len(pool.terms))
        fitting = next((f for f in pool.found[:6] if not pool.missing(f, positions)), None)
        scores.append((fitting.match.direct if fitting else 0.0, option, fitting))
    (best, chosen, found), (other, *_) = sorted(scores, key=lambda item: -item[0])
    if found is None or best - other < 0.1:
        return None
    return Decision(Verdict.ANSWERED, _bare(chosen), None, 0.65, (evidence_of(found, weight=best),))
