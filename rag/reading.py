"""What a trained reading head makes of the passages found for a question."""

from collections.abc import Sequence
from typing import Protocol

from rag.heads import Reading
from rag.pool import Found, Pool, Read

MAX_READ = 6
"""How many passages are read: a forward pass costs some ten milliseconds, and later passages seldom answer."""


class PassageReader(Protocol):
    """Reads passages for the words that answer a question; `rag.heads.ReadingHead` is one."""

    def read(self, question: str, passages: Sequence[str], titles: Sequence[str] = ()) -> list[Reading]:
        """A reading of each passage, in their order."""


def read_passages(head: PassageReader, pool: Pool) -> tuple[Read, ...]:
    """The readings of the pool's best passages, surest first, each placed in the sentence it stands in."""
    passages = {found.statement.passage.id: found.statement for found in reversed(pool.found)}
    best = list(dict.fromkeys(found.statement.passage.id for found in pool.found))[:MAX_READ]
    chosen = [passages[id] for id in best]
    if not chosen:
        return ()
    question = pool.question.text.split("(")[0].strip() if "(" in pool.question.text else pool.question.text
    readings = head.read(question, [s.passage.text for s in chosen], [s.article.title for s in chosen])
    placed = [
        _place(pool.found, statement.passage.id, statement.passage.start, reading)
        for statement, reading in zip(chosen, readings, strict=True)
    ]
    return tuple(sorted((read for read in placed if read is not None), key=lambda read: -read.answers))


def _place(found: Sequence[Found], passage: int, offset: int, reading: Reading) -> Read | None:
    """The reading in its sentence; None when it runs over the end of one."""
    start, end = offset + reading.start, offset + reading.end
    for item in found:
        statement = item.statement
        if statement.passage.id == passage and statement.span[0] <= start and end <= statement.span[1] and end > start:
            return Read(item, (start - statement.span[0], end - statement.span[0]), reading.answers)
    return None
