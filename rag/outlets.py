"""The outlets that a question names as its sources: "the TechCrunch article", "as reported by Reuters"."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from index.types import Entry, Span
from rag.asking import AUXILIARIES
from rag.lexicon import SPEECH_FORMS
from rag.words import owner

ARTICLE_WORD = r"(?:articles?|reports?|pieces?|stor(?:y|ies)|(?:blog )?posts?|coverage|reporting|columns?|write-?ups?)"
"""What somebody calls the work of an outlet."""
SHOWING = frozenset(
    """indicate indicates indicated discuss discusses discussed attribute attributes attributed identify identifies
    identified recognise recognises recognised recognize recognizes recognized cover covers covered highlight
    highlights highlighted depict depicts depicted portray portrays portrayed focus focuses focused imply implies
    implied raise raises raised present presents presented characterise characterises characterised characterize
    characterizes characterized publish publishes published""".split()
)
"""What articles do with a subject, besides the verbs of speech."""
CREDITED = (
    r"(?:reported|noted|covered|detailed|described|claimed|highlighted|presented|mentioned|featured|discussed|published"
    r"|stated|told)"
)
"""What something was by an outlet."""


@dataclass(frozen=True, slots=True)
class Outlet:
    """An outlet as a question names it at `span`; `publishers` are those of the index that are meant, () for none.

    An author whose own articles are spoken of ("Ada Cole's piece") stands among them by his or her name.
    """

    name: str
    publishers: tuple[str, ...]
    span: Span


def outlets_in(question: str, entries: Sequence[Entry]) -> tuple[Outlet, ...]:
    """The outlets named as sources, in order; none unless one of them is named so beyond doubt."""
    authors = {entry.author for entry in entries if entry.author and " " in entry.author}
    publishers = {entry.publisher for entry in entries if entry.publisher}
    known = [
        outlet
        for outlet in _known(question, publishers | authors)
        if not authors & {*outlet.publishers} or _is_author(question, outlet)
    ]
    unknown = _unknown(question, known)
    found = sorted([*known, *unknown], key=lambda outlet: outlet.span)
    return tuple(found) if any(_is_source(question, outlet) for outlet in found) else ()


def _known(question: str, publishers: Iterable[str]) -> list[Outlet]:
    names, pattern = _named(frozenset(publishers))
    return [
        Outlet(match.group(), names[match.group().casefold()], match.span())
        for match in pattern.finditer(question)
        if "." in match.group() or match.group().removeprefix("the ")[0].isupper()
    ]


@lru_cache(maxsize=8)  # an index is asked many questions
def _named(publishers: frozenset[str]) -> tuple[dict[str, tuple[str, ...]], re.Pattern[str]]:
    """The publishers by the names that each may be called, in lower case, and what finds such a name."""
    names: dict[str, tuple[str, ...]] = {}
    for publisher in sorted(publishers):
        for alias in _aliases(publisher):
            names[alias.casefold()] = (*names.get(alias.casefold(), ()), publisher)
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    pattern = "|".join(map(re.escape, longest_first)) or r"(?!)"
    return names, re.compile(rf"(?<![\w-])(?:{pattern})(?![\w-])", re.IGNORECASE)


def _aliases(publisher: str) -> set[str]:
    """How a publisher may be called: in full, and by what stands before the name of a section or a slogan."""
    short = re.split(r" [-–—|] |: ", publisher)[0].strip()
    whole = {publisher, short, *(re.sub(r"\.(?:com|org|net|co\.uk)$", "", name) for name in (publisher, short))}
    return {name for name in {*whole, *(name.removeprefix("The ") for name in whole)} if len(name) > 3}


_NAME = (
    rf"(?:the |The )?(?!(?i:{'|'.join(AUXILIARIES)})\b)(?!AI\b)[A-Z](?i:[\w&.’'-]*)"
    r"(?:(?: (?:of|and|&))? [A-Z][\w&.’'-]*){0,4}"
)
_ABSENT = re.compile(
    rf"\b(?:(?:an?|the|separate|another) )(?P<before>{_NAME}) {ARTICLE_WORD}\b"
    rf"|\b{ARTICLE_WORD} (?:from|by|in) [‘'\"“]?(?P<after>{_NAME})"
    rf"|\b(?:as {CREDITED} by|as per|another by|another from) [‘'\"“]?(?P<by>{_NAME})"
    rf"|\b(?P<whose>{_NAME})[’']s (?:piece|article|coverage|report|reporting)\b"
)


def _unknown(question: str, known: Sequence[Outlet]) -> list[Outlet]:
    """Outlets that only their place in the question tells: none of the index's articles are theirs."""
    found = []
    for match in _ABSENT.finditer(question):
        side = next(name for name in ("before", "after", "by", "whose") if match[name])
        name = owner(match[side])
        span = (match.start(side), match.start(side) + len(name))
        if not any(outlet.span[0] < span[1] and span[0] < outlet.span[1] for outlet in known):
            found.append(Outlet(name, (), span))
    return found


_BEFORE = re.compile(
    rf"(?:\b{ARTICLE_WORD} (?:from|by|in|of)|\b{CREDITED} (?:by|in|on)"
    rf"|\baccording to(?: (?:an? |the )?{ARTICLE_WORD} (?:from|by|in))?|\bas per|\bsources (?:including|such as))"
    r"(?: both)? [‘'\"“]?(?:the )?$",
    re.IGNORECASE,
)
_SAYS = "|".join(sorted({*SPEECH_FORMS, *SHOWING}))
_AFTER = re.compile(rf"^[’'”\"]?(?:[’']s)? (?:\w+ )?{ARTICLE_WORD}\b|^[’'”\"]? (?:also |both )?(?:{_SAYS})\b")


_OWN = re.compile(rf"^[’'”\"]?(?:[’']s)? (?:\w+ )?{ARTICLE_WORD}\b")


def _is_author(question: str, outlet: Outlet) -> bool:
    """Whether articles are named as somebody's own, not as being about him or her."""
    start, end = outlet.span
    return bool(_BEFORE.search(question[:start]) or _OWN.search(question[end:]))


def _is_source(question: str, outlet: Outlet) -> bool:
    start, end = outlet.span
    return bool(_BEFORE.search(question[:start]) or _AFTER.search(question[end:]))
