"""Answers that are no name and no amount: a reason, a subject, the words behind a verb."""

import re
from collections.abc import Iterator, Sequence

from index.types import Span
from rag.candidate import CLAUSE_END, Candidate, nearness
from rag.lexicon import SPEECH_FORMS
from rag.matching import SYNONYM, similarity
from rag.statements import Statement
from rag.understand import Question
from rag.words import Word

_REASON = re.compile(
    r"\b(?:because of|blam(?:ed|es|ing)(?: it)?(?: on)?|because|due to|owing to|thanks to|stems? from"
    r"|stemming from|driven by|prompted by|sparked by|caused by|as a result of|in order to|so that"
    r"|the reason(?: is)?|amid|over (?:concerns?|fears?|worries)|after|since|inspired by|citing|by|to (?=(?:help"
    r"|avoid|reduce|save|boost|cut|compete|gain|protect|prevent|accelerate|speed|enter|expand|raise|lower|meet"
    r"|improve|increase|diversify|capitalize|thread)\b)|as)\s+",
    re.IGNORECASE,
)


_STRONG_REASON = re.compile(
    r"\b(?:blam\w+|because|due to|owing to|thanks to|stems? from|stemming from|driven by|prompted by|caused by"
    r"|as a result|in order to|reason|inspired by|citing|so that)\b",
    re.IGNORECASE,
)


def reasons(statement: Statement, places: Sequence[Word]) -> Iterator[Candidate]:
    """What stands behind "because", "due to" and their like, or below a heading that asks why."""
    text = statement.text
    if (
        statement.before
        and re.match(r"(?:the )?(?:reasons?\b|why\b)", statement.before[-1].text, re.IGNORECASE)
        and len(statement.before[-1].words) <= 14
    ):
        yield Candidate(text.strip(), (0, len(text)), 0.95)  # what stands below the heading "Why …"
    for match in _REASON.finditer(text):
        end = CLAUSE_END.search(text, match.end())
        span = (
            match.end() if not match.group().lower().startswith("to ") else match.start(),
            end.start() if end else len(text.rstrip('.”"')),
        )
        strong = _STRONG_REASON.match(match.group()) is not None
        if span[1] - span[0] < (3 if strong else 6):  # "because of fog", but not "by it"
            continue
        fit = (1.0 if strong else 0.7) * (0.6 + 0.4 * nearness(span, places, text))
        yield Candidate(text[span[0] : span[1]].strip(" ,."), span, fit)
    if len(statement.words) >= 5:
        yield Candidate(text.strip(), (0, len(text)), 0.3)


def stretches(statement: Statement, places: Sequence[Word], question: Question) -> Iterator[Candidate]:
    """The stretch after the last matched word up to the clause's end, else the one before the first."""
    text = statement.text
    if not places:
        return
    asked = question.stems
    last = max(places, key=lambda place: place.end)
    # places stand in the order of the question: its verb is what the answer is the object of
    alike = [(similarity(question.verb, w.stem), -w.start, w) for w in statement.words] if question.verb else []
    strength, _, verb = max(alike, key=lambda item: item[:2], default=(0.0, 0, None))
    verb = verb if strength >= SYNONYM else None
    verb = verb or next((p for p in places if p.lower in SPEECH_FORMS or p.lower.endswith(("ed", "ing"))), places[0])
    for anchor, fit in ((verb, 0.8), (last, 0.7)):
        end = CLAUSE_END.search(text, anchor.end)
        span = (anchor.end, end.start() if end else len(text.rstrip('.”" ')))
        words = [w for w in statement.words if span[0] <= w.start < span[1] and w.is_content and w.stem not in asked]
        if words:
            short = _untail(statement, _trim(text, span), asked)
            yield Candidate(text[short[0] : short[1]], short, fit)
    first = min(places, key=lambda place: place.start)
    if question.subject_asked:
        yield from _subjects(statement, verb, asked)
    if question.identity:
        copula = next((w for w in statement.words if w.lower in _COPULAS and w.start < first.start), None)
        if copula is not None:
            yield from _subjects(statement, copula, asked)
    start = max((m.end() for m in CLAUSE_END.finditer(text, 0, first.start)), default=0)
    words = [w for w in statement.words if start <= w.start < first.start and w.is_content and w.stem not in asked]
    if words:
        short = _trim(text, (start, first.start))
        yield Candidate(text[short[0] : short[1]], short, 0.55)
    yield Candidate(text.strip(), (0, len(text)), 0.4)


def _subjects(statement: Statement, verb: Word, asked: frozenset[str]) -> Iterator[Candidate]:
    """What stands before the verb in its clause: who or what does the thing asked about."""
    text = statement.text
    breaks = re.finditer(
        r"[;:—–()]|\.\s| (?:while|but|although|whereas) |, (?:including|especially|particularly|with) ",
        text[: verb.start],
    )
    start = max((m.end() for m in breaks), default=0)
    words = [w for w in statement.words if start <= w.start < verb.start and w.is_content and w.stem not in asked]
    if words:
        short = _trim(text, (start, verb.start))
        such = re.match(r"(?:\w+\s+){1,3}such as\s+", text[short[0] : short[1]])
        short = (short[0] + such.end(), short[1]) if such else short
        modal = re.search(
            r"\s+(?:could|would|will|may|might|can|should|has|have|had|is|are|was|were)$", text[short[0] : short[1]]
        )
        short = (short[0], short[0] + modal.start()) if modal else short
        yield Candidate(text[short[0] : short[1]], short, 0.9)


_COPULAS = frozenset(["is", "are", "was", "were", "remains", "remained", "became", "becomes"])


_LEADING = re.compile(
    r"^(?:\s|,|that\b|is\b|are\b|was\b|were\b|to be\b|be\b|been\b|by\b|as\b|of\b|in\b|on\b|from\b|with\b|about\b)+",
    re.IGNORECASE,
)


def _untail(statement: Statement, span: Span, asked: frozenset[str]) -> Span:
    """Without a closing phrase that only repeats the question ("… without triggering concerns")."""
    words = [w for w in statement.words if span[0] <= w.start < span[1]]
    kept = len(words)
    while kept > 1 and (words[kept - 1].stem in asked or not words[kept - 1].is_content):
        kept -= 1
    repeats = any(w.is_content for w in words[kept:])
    return (span[0], words[kept - 1].end) if repeats and any(w.is_content for w in words[:kept]) else span


_TRAILING = re.compile(
    r"(?:\s|,|\.|\band\b|\bthat\b|\bis\b|\bare\b|\bwas\b|\bwere\b|\bhas\b|\bhave\b|\bwill\b|\bthe\b|\ba\b|\bto\b"
    r"|\bof\b)+$",
    re.IGNORECASE,
)


def _trim(text: str, span: Span) -> Span:
    stretch = text[span[0] : span[1]]
    lead = _LEADING.match(stretch)
    start = span[0] + (lead.end() if lead else 0)
    tail = _TRAILING.search(text[start : span[1]])
    return start, start + tail.start() if tail else span[1]
