"""What a trained reading head makes of the passages found for a question."""

import math
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from index.types import Span
from rag.heads import Reading
from rag.matching import published_then
from rag.pool import Found, PassageReading, Pool, Read
from rag.quantities import find_quantities
from rag.statements import Statement

_WHEN = re.compile(r",?\s*\b(?:back )?(?:in|on|during)\s*$", re.IGNORECASE)
"""What stands before a day in a question."""
_GOES_ON = re.compile(r"\s*(?:or|and|to|until|through|[’']s)\b", re.IGNORECASE)
"""What goes on from a day to another, or from a day to what is its own."""
MAX_READ = 8
"""How many passages are read: a forward pass costs some ten milliseconds, and later passages seldom answer."""
_SPREAD = 2
"""How slowly a rank loses weight with its number: the first counts half, the second a third, the third a quarter."""
SPANS = 3
"""How many stretches of a passage are taken for possible answers: the best is not always of the kind asked for."""


class PassageReader(Protocol):
    """Reads passages for the words that answer a question; `rag.heads.ReadingHead` is one."""

    def read(self, question: str, passages: Sequence[str], titles: Sequence[str] = ()) -> list[Reading]:
        """A reading of each passage, in their order."""


def read_passages(head: PassageReader, pool: Pool) -> Pool:
    """The pool with the readings of its best passages, surest first, each placed in the sentence it stands in."""
    chosen = _to_read(pool)
    if not chosen:
        return pool
    question = pool.question.text.split("(")[0].strip() if "(" in pool.question.text else pool.question.text
    readings = _read_all(head, question, chosen)
    reads = [
        read
        for statement, reading in zip(chosen, readings, strict=True)
        for read in _placed(pool.found, statement, reading)
    ]
    passages = {
        statement.passage.id: PassageReading(reading.answers, reading.score, reading.odds, statement.passage.start)
        for statement, reading in zip(chosen, readings, strict=True)
    }
    return replace(pool, readings=tuple(sorted(reads, key=lambda r: (-r.answers, -r.odds))), passages=passages)


def _read_all(head: PassageReader, question: str, chosen: Sequence[Statement]) -> list[Reading]:
    """The readings of the statements' passages, in their order, each asked as it is of its article."""
    asked = [_asked_of(question, statement) for statement in chosen]
    found: dict[int, Reading] = {}
    for text in dict.fromkeys(asked):
        at = [i for i, one in enumerate(asked) if one == text]
        passages, titles = [chosen[i].passage.text for i in at], [chosen[i].article.title for i in at]
        found.update(zip(at, head.read(text, passages, titles), strict=True))
    return [found[i] for i in range(len(chosen))]


def _asked_of(question: str, statement: Statement) -> str:
    """The question without a day that is the article's own: "whom did A meet in 2023?", of an article of that year.

    A passage does not say the day that it was published on, and the head takes what is not there for unanswered.
    """
    for day in find_quantities(question):
        if published_then(day, statement.article.published) and day.text not in statement.passage.text:
            before, behind = question[: day.span[0]], question[day.span[1] :]
            when = _WHEN.search(before)
            if when and not _GOES_ON.match(behind):
                return " ".join(f"{before[: when.start()]}{behind}".split()).replace(" ?", "?").lstrip(" ,")
    return question


def _to_read(pool: Pool) -> list[Statement]:
    """The best statement of each passage to read, best first: by its statements and by the search, both ranks counting.

    Reciprocal ranks add up (Cormack et al. 2009). Among 1,601 articles the answer stood in what is read for 110 of 149
    news-quiz questions so, and for 94 by the statements alone.
    """
    first = {found.statement.passage.id: found.statement for found in reversed(pool.found)}
    by_statement = {id: at for at, id in enumerate(dict.fromkeys(found.statement.passage.id for found in pool.found))}

    by_search = {id: at for at, id in enumerate(pool.hits)}

    def rank(id: int) -> float:
        return 1 / (_SPREAD + by_statement[id]) + 1 / (_SPREAD + by_search.get(id, math.inf))

    return [first[id] for id in sorted(by_statement, key=lambda id: -rank(id))[:MAX_READ]]


def _placed(found: Sequence[Found], statement: Statement, reading: Reading) -> list[Read]:
    """The best stretches of a passage, each in its sentence; one that runs over the end of a sentence is left out."""
    spans = reading.odds.best(SPANS) or [((reading.start, reading.end), reading.score)]
    placed = (_place(found, statement.passage.id, statement.passage.start, span) for span, _ in spans)
    return [
        Read(where[0], where[1], reading.answers, odds)
        for where, (_, odds) in zip(placed, spans, strict=True)
        if where is not None
    ]


def _place(found: Sequence[Found], passage: int, offset: int, span: Span) -> tuple[Found, Span] | None:
    start, end = offset + span[0], offset + span[1]
    for item in found:
        statement = item.statement
        if statement.passage.id == passage and statement.span[0] <= start and end <= statement.span[1] and end > start:
            return item, (start - statement.span[0], end - statement.span[0])
    return None
