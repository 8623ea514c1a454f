"""How a question was understood, as far as a reader can use it: what it asks for, of which articles, in which light."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from index import Filters
from index.types import Entry
from rag.clauses import Clauses
from rag.followup import complete
from rag.parts import split_parts
from rag.period import read_period
from rag.preamble import question_first
from rag.scope import read_scope
from rag.several import cut_up
from rag.understand import Question, understand
from rag.when import read_recent, without_newest
from ui.drawn import names_in
from ui.turns import Asked
from ui.words import publisher_words, title_words

_NAMED = 3
"""Articles named in a chip; a question that speaks of more says so in its own words."""
_FEWEST = 2
"""Words that are no question any more."""
_ACROSS = "over several articles"


def understood(
    question: str,
    history: Sequence[str],
    filters: Filters,
    entries: Sequence[Entry],
    *,
    said: str | None = None,
    alone: bool = False,
    day: date | None = None,
) -> Asked:
    """As the engine reads it, by the same rules; `said` is the short answer to the question before it.

    `day` is the one that "this week" counts from, by default today.
    """
    whole = question if alone else complete(question, history, said)
    asked = Asked(filters, alone, whole=whole if whole != question else None)
    across = cut_up(whole, entries)
    parts = split_parts(whole)
    if across is not None:
        return replace(asked, kind=_ACROSS, named=_outlets(across))
    if len(parts) > 1:
        return replace(asked, parts=parts)
    return _of_one(asked, whole, entries, day or date.today())  # noqa: DTZ011 - the asker's own day is meant


def _of_one(asked: Asked, whole: str, entries: Sequence[Entry], day: date) -> Asked:
    """What one question by itself is after."""
    first = question_first(whole)
    period = read_period(first)
    scope = read_scope(period.text, entries)
    names = tuple(dict.fromkeys(_name(entry) for entry in entries if entry.id in scope.articles))
    named = names if len(names) <= _NAMED else ()
    # "Does A say so?" without A is no question about the same.
    bare = _asked(read_scope(whole, entries).text) if named and not scope.says and _is_whole(scope.text) else None
    limited = bool(period.since or period.until or asked.filters.dated)
    recent = None if limited else read_recent(scope.text, day)
    question = understand(recent.bare if recent else scope.text)
    undated = recent and read_recent(whole, day)
    if recent:
        asked = replace(asked, recent=recent.words, since=recent.since, until=recent.until)
    else:
        asked = replace(asked, since=period.since, until=period.until)
    return replace(
        asked,
        kind=str(question.kind),
        openly=_openly(question),
        named=named,
        bare=bare,
        undated=undated.bare if undated else _asked(period.text) if period.text != first else None,
        newest=question.latest and not recent,
        timeless=without_newest(whole) if question.latest and not recent else None,
    )


def _openly(question: Question) -> str | None:
    """A question that leaves open what is asked of the names in it; None where there is no name, or it asks so."""
    names = names_in(question.text, "")[:2]
    openly = f"What is known about {' and '.join(names)}?"
    return openly if names and question.text.rstrip("?") != openly.rstrip("?") else None


def _outlets(across: Clauses) -> tuple[str, ...]:
    named = tuple(dict.fromkeys(name for clause in across.clauses for name in clause.publishers))
    return named if len(named) <= _NAMED else ()


def _asked(text: str) -> str:
    return f"{text.rstrip(' ?.')}?"


def _is_whole(text: str) -> bool:
    return len(text.split()) > _FEWEST


def _name(entry: Entry) -> str:
    return publisher_words(entry) if entry.publisher else title_words(entry)
