"""How a question was understood, as far as a reader can use it: what it asks for, of which articles, in which light."""

from collections.abc import Sequence

from index import Filters
from index.types import Entry
from rag.followup import complete
from rag.period import read_period
from rag.scope import read_scope
from rag.understand import understand
from ui.turns import Asked
from ui.words import publisher_words, title_words

_NAMED = 3
"""Articles named in a chip; a question that speaks of more says so in its own words."""
_FEWEST = 2
"""Words that are no question any more."""


def understood(
    question: str,
    history: Sequence[str],
    filters: Filters,
    entries: Sequence[Entry],
    *,
    said: str | None = None,
    alone: bool = False,
) -> Asked:
    """As the engine reads it, by the same rules; `said` is the short answer to the question before it."""
    whole = question if alone else complete(question, history, said)
    period = read_period(whole)
    scope = read_scope(period.text, entries)
    names = tuple(dict.fromkeys(_name(entry) for entry in entries if entry.id in scope.articles))
    named = names if len(names) <= _NAMED else ()
    # "Does A say so?" without A is no question about the same.
    bare = (
        f"{read_scope(whole, entries).text.rstrip(' ?.')}?"
        if named and not scope.says and len(scope.text.split()) > _FEWEST
        else None
    )
    kind = str(understand(scope.text).kind)
    undated = f"{period.text.rstrip(' ?.')}?" if period.text != whole else None
    read_as = whole if whole != question else None
    return Asked(filters, alone, kind, read_as, named, bare, period.since, period.until, undated)


def _name(entry: Entry) -> str:
    return publisher_words(entry) if entry.publisher else title_words(entry)
