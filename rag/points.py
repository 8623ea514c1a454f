"""Answers from points that an article sets out one by one: "Phase 1: …", "Phase 2: …", or a list behind a colon."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.snapshot import Snapshot
from index.types import Entry, Hit, Passage, Span
from rag.asking import is_plural
from rag.compose import named
from rag.matching import RELATED, Term, similarity
from rag.reader import warnings_for
from rag.types import Answer, Citation, Evidence, Verdict
from rag.understand import Question
from rag.words import Word, clean, split_words, stem

SPOKEN_OF = 0.5
"""Weighted share of the question's other words that the article must speak of."""
CONFIDENCE = 0.8
"""How sure an answer of points is: they are told as they stand, and that they are meant is not certain."""
READ_ARTICLES = 8
"""How many articles, in the order found, are looked through."""

_NUMBERS = {
    **{word: at for at, word in enumerate("one two three four five six seven eight nine ten".split(), start=1)},
    **{
        word: at
        for at, word in enumerate("first second third fourth fifth sixth seventh eighth ninth tenth".split(), start=1)
    },
}
_POINT = re.compile(
    r"(?m)^[ \t]*(?:[\d•*#–-]{1,3}[.)]?[ \t]+)?"
    rf"(?P<whole>(?P<label>[A-Z][a-z]{{2,}}) (?P<number>\d{{1,2}}|(?i:{'|'.join(list(_NUMBERS)[:10])}))[ \t]*[:.–—-]"
    r"[ \t]+(?P<words>\S[^\n]*?))[ \t]*$"
)
_BEFORE_ALL = frozenset(["the", "are", "were", "be", "all", "main", "key", "different", "possible", "name", "list"])
"""What stands before points that are all asked for."""
_OF = r"(?:\s+(?:of|in|for|to|on|behind|within)\b.*)?"
_KINDS = r"(?:(?:main|key|different|possible|separate)\s+)?"
_HOLDS = r"(?:have|has|had|go(?:es)? through|consists? of|includes?|comprises?|rests? on|contains?|names?|lists?)"
_HOW_MANY = (
    r"^(?:into )?how many {kinds}{noun}(?: (?:are|were|is) there\b.*{of}"
    r"| (?:do|does|did|has|have|had|will|would|could)\b.*\b(?:{holds}|split|divided?)\b.*|{of})$"
)
_ALL = (
    r"^(?:(?:what|which) (?:are|were|would be)|name|list|describe|outline|give me|tell me) (?:all )?(?:the )?"
    r"(?:\w+ )?{noun}(?:{of}| (?:that|which) (?:make|form)s?\b.*"
    r"| (?:\S+ ){{1,6}}?(?:(?:could|would|will|may) )?{holds})$"
)
_ONE = (
    r"^what(?:['’]s| is| was| will| would| could) (?:the )?(?:\w+ )?{noun}(?: (?:\d+|one|two|three|four|five))?{of}"
    r"(?: be| consist of| look like)?$"
)
"""How points are asked for, by the noun that they go by: how many, all of them, or one by its number."""


_BULLET = re.compile(r"^[ \t]*[•*–-][ \t]+(?P<whole>(?P<words>[^\n:]+?)(?P<more>:[^\n]*)?)[ \t]*$")
_HEAD = 10
"""Longest name of a point, in words."""


@dataclass(frozen=True, slots=True)
class _Point:
    """A point: `words` are its name, `span` where it stands in its article, from its label on."""

    words: str
    span: Span
    passage: Passage


def answer_points(question: Question, hits: Sequence[Hit], snapshot: Snapshot) -> Answer | None:
    """What the points of an article are, how many, or which one has a number; None where no article has such."""
    words = split_words(question.text)
    if question.is_yes_no:
        return None
    entries = list({hit.article.id: hit.article for hit in hits}.values())[:READ_ARTICLES]
    for entry in entries:
        passages = snapshot.passages(entry.id)
        for label, points in (*_numbered(passages), *_listed(passages)):
            noun = next((word for word in words if word.stem == label), None)
            found = _answer(question.text, words, noun, points) if noun is not None else None
            if found is not None and _is_of(question, label, entry, passages):
                return _write(question, entry, *found)
    return None


def _numbered(passages: Sequence[Passage]) -> Iterator[tuple[str, list[_Point]]]:
    """The points of an article with the stem of their label, where they are numbered from one on, two at least."""
    by_label: dict[str, dict[int, _Point]] = {}
    for passage in passages:
        for found in _POINT.finditer(passage.text):
            number = found["number"].lower()
            point = _Point(found["words"], _span(passage, found), passage)
            by_number = by_label.setdefault(stem(found["label"].lower()), {})
            by_number.setdefault(int(number) if number.isdigit() else _NUMBERS[number], point)
    for label, points in by_label.items():
        if sorted(points) == list(range(1, len(points) + 1)) and _are_named(list(points.values())):
            yield label, [points[number] for number in sorted(points)]


def _listed(passages: Sequence[Passage]) -> Iterator[tuple[str, list[_Point]]]:
    """The points of each list behind a line with a colon, with the stem of what that line calls them."""
    opening, points = "", list[_Point]()
    for passage, start, line in _lines(passages):
        found = _BULLET.match(line)
        if found is not None and opening:
            points.append(_Point(found["words"], _span(passage, found, start), passage))
            continue
        yield from _with_opening(opening, points)
        opening, points = (line if line.rstrip().endswith(":") else ""), []
    yield from _with_opening(opening, points)


def _with_opening(opening: str, points: list[_Point]) -> Iterator[tuple[str, list[_Point]]]:
    """The points under the last plural noun of their opening, unless it gives another number of them."""
    words = split_words(opening)
    noun = next((w for w in reversed(words) if w.is_content and not w.capitalised and is_plural(w.lower)), None)
    if noun is not None and _are_named(points) and _number_of(words, noun) in (None, len(points)):
        yield noun.stem, points


def _are_named(points: Sequence[_Point]) -> bool:
    return len(points) > 1 and all(len(point.words.split()) <= _HEAD for point in points)


def _lines(passages: Sequence[Passage]) -> Iterator[tuple[Passage, int, str]]:
    """Every line that is not empty, with its passage and where in it the line begins; passages may overlap."""
    reached = 0
    for passage in passages:
        for line in re.finditer(r"[^\n]+", passage.text):
            if line.group().strip() and passage.start + line.start() >= reached:
                yield passage, line.start(), line.group()
        reached = passage.end


def _span(passage: Passage, found: re.Match[str], start: int = 0) -> Span:
    before = passage.start + start
    return before + found.start("whole"), before + found.end("whole")


def _answer(
    asked: str, words: Sequence[Word], noun: Word, points: Sequence[_Point]
) -> tuple[str, Sequence[_Point]] | None:
    """The short answer and the points that it is from; None where these are not asked for, or not all that is asked."""
    number, at, line = _number_of(words, noun), words.index(noun), asked.rstrip("?.! ")
    parts = {"noun": re.escape(noun.text), "of": _OF, "kinds": _KINDS, "holds": _HOLDS}

    def is_asked(form: str) -> bool:
        return re.match(form.format(**parts), line, re.IGNORECASE) is not None

    if number is None and is_asked(_HOW_MANY):
        return str(len(points)), points
    if is_plural(noun.lower):
        beside = words[at - 1].lower if at else ""
        is_all = number in (None, len(points)) and (number is not None or beside in _BEFORE_ALL)
        return ("; ".join(point.words for point in points), points) if is_all and is_asked(_ALL) else None
    chosen = points[number - 1 : number] if number else ()
    return (chosen[0].words, chosen) if chosen and is_asked(_ONE) else None


def _number_of(words: Sequence[Word], noun: Word) -> int | None:
    """The number that a question gives a point, or the points: "the second phase", "phase 2", "the three phases"."""
    at = words.index(noun)
    beside = [word.lower for word in (*words[max(0, at - 1) : at], *words[at + 1 : at + 2])]
    return next(
        (int(word) if word.isdigit() else _NUMBERS[word] for word in beside if word.isdigit() or word in _NUMBERS), None
    )


def _is_of(question: Question, label: str, entry: Entry, passages: Sequence[Passage]) -> bool:
    """Whether the article speaks of every name of the question, and of most of what else it tells."""
    stems = {word.stem for text in (entry.title, *(p.text for p in passages)) for word in split_words(text)}
    asked = [t for t in question.terms if t.stem != label and t.lower not in _NUMBERS and t.quantity is None]
    if any(term.is_name and term.stem not in stems for term in asked):
        return False
    total = sum(term.weight for term in asked)
    return sum(term.weight for term in asked if _is_met(term, stems)) >= SPOKEN_OF * total


def _is_met(term: Term, stems: set[str]) -> bool:
    return any(similarity(term.stem, other) >= RELATED for other in stems)


def _write(question: Question, entry: Entry, short: str, points: Sequence[_Point]) -> Answer:
    citations = tuple(Citation(n, _evidence(entry, point)) for n, point in enumerate(points, start=1))
    told = "; ".join(f"“{clean(point.words)}” [{n}]" for n, point in enumerate(points, start=1))
    opening = f"{short}. " if short.isdigit() else ""
    return Answer(
        question.text, f"{opening}{named(entry)}: {told}.", Verdict.ANSWERED, clean(short), None, CONFIDENCE,
        citations=citations, sources=tuple(c.evidence for c in citations), warnings=warnings_for(citations),
    )  # fmt: skip


def _evidence(entry: Entry, point: _Point) -> Evidence:
    start, end = point.span
    text, before = point.passage.text, point.passage.start
    return Evidence(
        entry, text[start - before : end - before], point.span, text, point.passage.span, relevance=1.0, weight=1.0
    )


__all__ = ["answer_points"]
