"""The clauses of a question that describes somebody over several articles: "who, covered by P for A, also did B?"."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from index.types import Entry
from rag.asking import NAME_NOUNS, PLACE_NOUNS, WHO_NOUNS
from rag.clauses import Clause, Clauses, Relation, absent_of
from rag.outlets import ARTICLE_WORD, CREDITED, Outlet, outlets_in
from rag.words import content_words

LEAST = 2
"""Content words that a clause of its own has at the least."""
LONG = 24
"""Words from which a question that names one outlet or none may be one over several articles."""
PEOPLE = WHO_NOUNS | frozenset(["individual", "figure"])
"""Nouns that ask for somebody."""
_THINGS = frozenset(
    """platform service app product sportsbook exchange league band startup carmaker retailer manufacturer game film
    show series""".split()
)
_ASKED = re.compile(
    r"(?:^|, )(?:who\b(?: (?:is|was) the [\w-]+(?: [\w-]+)??)?"
    r"|(?:which|what) (?P<focus>[\w-]+(?: [\w-]+){0,4}?))"
    r"(?=,| (?:who|that|whose|is|was|has|does|did|in|on|from|under|with|according|provides?|offers?|admitted|facing"
    r"|featured|associated|implicated|known|identified|engaged|portrayed|accused|behind)\b"
    rf"| {CREDITED}\b)",
    re.IGNORECASE,
)
_ABOUT_SOURCES = re.compile(r"^(?:considering|given|based on|according to|as|in light of|from|using)\b", re.IGNORECASE)


def description_in(question: str, entries: Sequence[Entry]) -> Clauses | None:
    """The clauses that describe whom or what a question asks for; None where it is not one over several articles."""
    body = " ".join(question.split()).rstrip("?. ")
    asked = _ASKED.search(body)
    if asked is None or (asked.start() and not _ABOUT_SOURCES.match(body)):
        return None
    focus = (asked["focus"] or "").lower()
    if focus and focus.rsplit(maxsplit=1)[-1] not in NAME_NOUNS | PLACE_NOUNS | PEOPLE | _THINGS:
        return None  # a letter, a sector or a reason is no name
    outlets = outlets_in(body, entries)
    clauses = [
        *_parts(body[: asked.start()], 0, [outlet for outlet in outlets if outlet.span[1] <= asked.start()]),
        *_parts(body, asked.end(), outlets),
    ]
    enough = len(clauses) > 1 + (not outlets) and len(body.split()) >= LONG
    if not clauses or (len(outlets) < 2 and not enough):
        return None
    return Clauses(Relation.WHO, tuple(clauses), focus, absent=absent_of(outlets))


_BREAK = re.compile(
    r"[;,] (?:and |but |while |yet |all )*(?:(?:who|which|that|whose|whom)\b )?"
    r"|\s(?:and|but|while)\s(?=(?:is|was|are|were|has|had|have|also|then|who|which|may|later|been|being|according"
    r"|sent|won|led|made|took|found|held|built|told|left|lost|paid|ran|sold|\w+ed|\w+s)\b)"
)


def _parts(body: str, start: int, outlets: Sequence[Outlet]) -> list[Clause]:
    """The clauses from `start` on: cut at commas and at "and is …", each with the outlets named in it or behind it."""
    cuts = [start, *(match.start() for match in _BREAK.finditer(body, start)), len(body)]
    parts: list[Clause] = []
    text, publishers = "", tuple[str, ...]()
    for first, last in pairwise(cuts):
        inside = [outlet for outlet in outlets if first <= outlet.span[0] < last]
        publishers = _with(publishers, inside)
        text = f"{text} {_without(body, first, last, inside)}".strip()
        if len(content_words(text)) >= LEAST:
            parts.append(Clause(text, publishers))
            text, publishers = "", ()
        elif parts and not content_words(text):  # ", as reported by P" belongs to what stands before it
            parts[-1] = replace(parts[-1], publishers=tuple(dict.fromkeys((*parts[-1].publishers, *publishers))))
            text, publishers = "", ()
    if parts and text:
        whole = tuple(dict.fromkeys((*parts[-1].publishers, *publishers)))
        parts[-1] = replace(parts[-1], text=f"{parts[-1].text} {text}", publishers=whole)
    return parts


def _with(publishers: tuple[str, ...], outlets: Sequence[Outlet]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*publishers, *(name for outlet in outlets for name in outlet.publishers))))


_CREDIT = re.compile(
    rf"(?:,? ?(?:as |with these (?:claims|allegations) being )?{CREDITED} (?:\w+ )?(?:by|in|on)"
    rf"|,? ?according to(?: (?:reports?|articles?) (?:from|by))?|,? ?as per"
    rf"|,? ?\b(?:in |across |from )?(?:(?:an?|the|another|separate) )?{ARTICLE_WORD} (?:from|by|in)"
    r"|,? ?sources (?:including|such as)|,? ?\bby|,? ?\band|,)(?: both| sources including)?(?: the)?\s*$",
    re.IGNORECASE,
)
_LEAD = re.compile(r"^[,; ]*(?:and |but |while |all |yet )*(?:(?:who|which|that)\b ?)?(?:also )?", re.IGNORECASE)
_REST = re.compile(rf"^(?:[’']s\b)?[’'”\" ]*(?:(?:\w+ )?{ARTICLE_WORD}\b)?", re.IGNORECASE)


def _without(body: str, first: int, last: int, outlets: Sequence[Outlet]) -> str:
    """The words from `first` to `last` without the outlets named there and the words that name them as such."""
    text, at = "", first
    for outlet in outlets:
        text += _CREDIT.sub("", body[at : outlet.span[0]].rstrip("‘'\"“ ")) + " "
        rest = _REST.match(body[outlet.span[1] : last])
        at = outlet.span[1] + (rest.end() if rest else 0)
    return _LEAD.sub("", " ".join((text + body[at:last]).split())).strip(" ,;'’”\"“‘")
