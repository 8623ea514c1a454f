"""One story that several papers printed: read once, and listed once with its reprints."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from index.types import Entry, Hit
from rag.types import Answer

_WORD = re.compile(r"\w+")
_SAME = 0.8
"""Two printings of a passage share so much of the words of the shorter one; an editor's cut or dateline is less."""


def one_printing_each(hits: Sequence[Hit]) -> list[Hit]:
    """The hits in their order, without those that say again what an earlier one says in another printing of its story.

    What only one printing has is kept, whichever it is.
    """
    kept: list[Hit] = []
    words: dict[str, list[tuple[str, frozenset[str]]]] = {}
    for hit in hits:
        said = frozenset(_WORD.findall(hit.passage.text.casefold()))
        before = words.setdefault(_story(hit.article), [])
        if not any(id != hit.article.id and _are_the_same(said, other) for id, other in before):
            before.append((hit.article.id, said))
            kept.append(hit)
    return kept


def with_reprints(answer: Answer, entries: Iterable[Entry]) -> Answer:
    """The answer with the ids of the other printings of each source's story, in the order they were added."""
    stories = {entry.id: _story(entry) for entry in entries}
    printings: dict[str, list[str]] = {}
    for id, story in stories.items():
        printings.setdefault(story, []).append(id)

    def others(id: str) -> tuple[str, ...]:
        return tuple(other for other in printings.get(stories.get(id, id), ()) if other != id)

    return replace(answer, sources=tuple(replace(one, reprints=others(one.article.id)) for one in answer.sources))


def _story(article: Entry) -> str:
    return article.origin or article.id


def _are_the_same(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= _SAME * min(len(one), len(other))


__all__ = ["one_printing_each", "with_reprints"]
