"""One story that several papers printed is one source: read once, listed once, the other printings under it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from index.types import Entry, Hit
from rag.types import Answer, Evidence

_WORD = re.compile(r"\w+")
_SAME = 0.8
"""Two printings of a passage share so much of the words of the shorter one; an editor's cut or dateline is less."""


def one_printing_each(hits: Sequence[Hit]) -> list[Hit]:
    """The hits in their order; of several that say the same in printings of one story the origin, else the first.

    What only one printing has is kept, whichever it is.
    """
    kept: list[Hit] = []
    places: dict[str, list[tuple[int, frozenset[str]]]] = {}
    for hit in hits:
        said = frozenset(_WORD.findall(hit.passage.text.casefold()))
        printed = places.setdefault(_story(hit.article), [])
        same = (at for at, words in printed if _are_the_same(said, words) and kept[at].article.id != hit.article.id)
        at = next(same, None)
        if at is None:
            printed.append((len(kept), said))
            kept.append(hit)
        elif hit.article.origin is None:
            kept[at] = hit
    return kept


def group_printings(answer: Answer, entries: Iterable[Entry]) -> Answer:
    """The answer with each story once among its sources, and the ids of its other printings in `entries` as reprints.

    What is cited stays a source of its own, so that its number is found there; so does what says something else.
    """
    stories = {_story(source.article) for source in answer.sources}
    printed: dict[str, list[str]] = {}
    for entry in entries:
        if _story(entry) in stories:
            printed.setdefault(_story(entry), []).append(entry.id)
    if all(len(ids) == 1 for ids in printed.values()):
        return answer
    cited = {(citation.article.id, citation.start) for citation in answer.citations}
    first = sorted(answer.sources, key=lambda source: (_place(source) not in cited, source.article.origin is not None))
    shown: list[Evidence] = []
    for source in first:
        if _place(source) in cited or not any(_says_the_same(source, other) for other in shown):
            shown.append(source)
    kept = [source for source in answer.sources if source in shown]
    here = {source.article.id for source in kept}
    return replace(
        answer,
        sources=tuple(
            replace(source, reprints=_others(printed.get(_story(source.article), ()), here)) for source in kept
        ),
    )


def _story(article: Entry) -> str:
    return article.origin or article.id


def _place(source: Evidence) -> tuple[str, int]:
    return source.article.id, source.span[0]


def _says_the_same(one: Evidence, other: Evidence) -> bool:
    """Whether two printings of a story say one thing: in the same words, or the same speaker on the same side."""
    if one.article.id == other.article.id or _story(one.article) != _story(other.article):
        return False
    return one.quote == other.quote or (one.speaker, one.stance) == (other.speaker, other.stance)


def _others(ids: Sequence[str], here: set[str]) -> tuple[str, ...]:
    return tuple(id for id in ids if id not in here)


def _are_the_same(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= _SAME * min(len(one), len(other))


__all__ = ["group_printings", "one_printing_each"]
