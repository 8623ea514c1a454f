"""Which articles a question speaks of: "the 2023 article", "Isabella Tang's piece", "according to Reuters"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.types import Entry, Nature, Span
from rag.lexicon import FUNCTION_WORDS
from rag.rewording import reword
from rag.words import split_words

ARTICLE_NOUN = (
    r"(?:articles?|pieces?|stor(?:y|ies)|blogs?(?: posts?)?|posts?|reports?|write-?ups?|columns?|editorials?"
    r"|op-?eds?)"
)
_REFERENCE = re.compile(
    rf"\b(?:according to|says?|in|by|of|does|do|did|from|is|was|are|were|has|and|when|what"
    rf"|that)?\s*(?P<ref>(?:the|this|that|an?|any"
    rf"|all)\s+(?P<before>(?:(?!(?:in|of|on|by|from|about|with|for|to|that|and|the|an?)\b)[\w’'“”.&-]+\s+){{0,5}}?)(?P<noun>{ARTICLE_NOUN})\b"
    rf"(?:\s+(?P<link>by|from|about|on|with|of|in"
    rf"|that ran)\s+(?P<after>[\w’'.&-]+(?:\s+[\w’'.&-]+){{0,7}}?)(?=\s+(?:and (?:the|a)\b|say|mention|report"
    rf"|claim|state|suggest|describe|deny|published|posted|written|appear|both|advise|differ|give|call|think|was"
    rf"|were|is|are|has|have|ai\b)|[,?;]|$))?)",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(rf"\b(?P<name>(?:[A-Z][\w.-]+\s+){{0,3}}[A-Z][\w.-]+)[’']s\s+{ARTICLE_NOUN}\b")
_NATURES = {
    Nature.AI: re.compile(
        r"\bAI[- ](?:generated|written|made)|written by (?:an )?AI|machine[- ]written", re.IGNORECASE
    ),
    Nature.OPINION: re.compile(r"\bopinion\b|\bop-?ed\b|\beditorial\b|\bcommentary\b", re.IGNORECASE),
    Nature.BLOG: re.compile(r"\bblog\b", re.IGNORECASE),
    Nature.SPONSORED: re.compile(r"\bsponsored\b|\bpaid\b|\badvertorial\b", re.IGNORECASE),
}
_STOP = frozenset(
    """article articles piece story report blog post same other newest latest oldest recent dated first second
    marked as any all each both that new say news""".split()
)


@dataclass(frozen=True, slots=True)
class Reference:
    """A stretch of a question that points at articles, and the articles it points at (empty: none of that kind)."""

    text: str
    articles: tuple[str, ...]
    span: Span
    described_beyond_nature: bool = True


def find_references(question: str, entries: Sequence[Entry]) -> list[Reference]:
    """The references to articles in a question, each with the ids of those it fits."""
    found: list[Reference] = []
    for match in _POSSESSIVE.finditer(question):
        words = match["name"].split()
        cut = next((i for i, word in enumerate(words) if word.lower() not in FUNCTION_WORDS), 0)
        name = " ".join(words[cut:])
        ids = by_name(name, entries)
        if ids:
            found.append(Reference(match.group(), ids, (match.start() + match.group().find(name), match.end())))
    taken = [reference.span for reference in found]
    for match in _REFERENCE.finditer(question):
        if (
            match["noun"].lower().startswith(("report", "stor"))
            and match["link"] not in {"by", "from"}
            and not _said_of(match)
        ):
            continue  # "the report" is as often what was reported as where
        noun = "" if match["noun"].lower().startswith(("article", "stor", "report")) else match["noun"]
        described = " ".join(part.strip() for part in (match["before"], noun, match["after"]) if part and part.strip())
        if not described or any(start < match.end("ref") and match.start("ref") < end for start, end in taken):
            continue
        ids, beyond = _described(described, entries)
        if ids:
            found.append(Reference(match["ref"].strip(), ids, match.span("ref"), beyond))
    return sorted(found, key=lambda reference: reference.span)


_SAYS = (
    r"(?:say|says|said|state|states|report|reports|reported|claim|claims|claimed|mention|mentions|mentioned|suggest"
    r"|suggests|indicate|indicates|describe|describes|argue|argues|note|notes|cite|cites|discuss|discusses|confirm"
    r"|confirms|write|writes|refer to|refers to|speak of|contain|contains|tell)"
)
_ASKS_SAYS = re.compile(
    rf"^(?:does|did|do|has|have)\s+(?P<who>.+?)\s+(?:also\s+|both\s+"
    rf"|ever\s+)?(?P<says>{_SAYS})\s+(?:anything\s+)?(?:that\s+|whether\s+|if\s+|about\s+)?(?P<what>.+)$",
    re.IGNORECASE,
)
_ATTRIBUTED = r"(?:,?\s*(?:according to|as reported by|as told by|in the words of|as per|says?|in|by|from|of)\s+)"


@dataclass(frozen=True, slots=True)
class Scope:
    """What is asked of which articles: `text` without the reference; `says` when the question is whether they say it.

    `mention` when a bare mention is enough; `every` when each of the articles must say it.
    """

    text: str
    articles: tuple[str, ...] = ()
    says: bool = False
    mention: bool = False
    every: bool = False


def read_scope(question: str, entries: Sequence[Entry]) -> Scope:
    """The question without the articles it names, and those articles; no articles when it names none."""
    question = reword(question)
    references = find_references(question, entries)
    asks = _ASKS_SAYS.match(question.rstrip("?. "))
    if asks:
        inside = [r for r in references if r.span[1] <= asks.end("who") + 1] or (
            [Reference(asks["who"], ids, asks.span("who"))] if (ids := by_name(asks["who"], entries)) else []
        )
        if inside:
            what = asks["what"].strip()
            mention = (
                asks["says"].lower().startswith(("mention", "cite", "discuss", "refer", "speak", "contain", "describe"))
            )
            ids = tuple(dict.fromkeys(id for r in inside for id in r.articles))
            return Scope(f"{what[:1].upper()}{what[1:]}", ids, True, mention, len(inside) > 1)
    if not references:
        return _by_outlet(question, entries)
    text = question
    for reference in reversed(references):
        start, end = reference.span
        lead = re.search(_ATTRIBUTED + "$", text[:start], re.IGNORECASE)
        text = f"{text[: lead.start() if lead else start]} {text[end:]}"
    text = " ".join(text.replace(" ,", ",").split()).strip(" ,")
    return Scope(text, tuple(dict.fromkeys(id for r in references for id in r.articles)))


_BY_OUTLET = re.compile(r",?\s*\baccording to\s+(?P<name>(?:the\s+)?[\w.&’' -]+?)(?=[,?]|$)", re.IGNORECASE)


def _by_outlet(question: str, entries: Sequence[Entry]) -> Scope:
    match = _BY_OUTLET.search(question)
    ids = by_name(match["name"], entries) if match else ()
    if not match or not ids:
        return Scope(question)
    text = f"{question[: match.start()]}{question[match.end() :]}".strip(" ,")
    return Scope(text, ids)


def _said_of(match: re.Match[str]) -> bool:
    lead = match.group()[: match.start("ref") - match.start()].strip().lower()
    return lead in {"according to", "say", "says", "does", "do", "did", "in"} and bool(match["before"])


def by_title(question: str, entries: Sequence[Entry]) -> tuple[str, ...]:
    """Ids of the articles whose title shares most words with a question, when it shares at least two, or all it has."""
    stems = {w.stem for w in split_words(question) if w.is_content and w.lower not in _STOP}
    scored = [(len(stems & {w.stem for w in split_words(entry.title) if w.is_content}), entry.id) for entry in entries]
    best = max((score for score, _ in scored), default=0)
    return tuple(id for score, id in scored if score == best and score >= 1)


def by_name(name: str, entries: Sequence[Entry]) -> tuple[str, ...]:
    """Ids of the articles whose publisher or author has that name."""
    asked = _key(name)
    if not asked:
        return ()
    return tuple(
        entry.id
        for entry in entries
        if any(value and asked == _key(value) for value in (entry.publisher, entry.author))
        or (entry.author and asked and set(asked.split()) <= set(_key(entry.author).split()) and len(asked) > 3)
    )


def _key(name: str) -> str:
    return re.sub(r"^the |\.(?:com|org|net|co\.uk)$|[’']s$", "", name.strip().lower())


def _described(words: str, entries: Sequence[Entry]) -> tuple[tuple[str, ...], bool]:
    """Ids of the articles that fit a description, and whether it says more than what nature they are of."""
    for nature, pattern in _NATURES.items():
        if pattern.search(words):
            ids = tuple(entry.id for entry in entries if entry.nature is nature)
            if ids:
                rest = {
                    w.stem
                    for w in split_words(pattern.sub("", words))
                    if w.is_content and w.lower not in _STOP | {"ai", "generated"}
                }
                return ids, bool(rest)
    named = by_name(words, entries)
    if named:
        return named, True
    year = re.search(r"\b(?:19|20)\d\d\b", words)
    if year:
        return tuple(entry.id for entry in entries if (entry.published or "").startswith(year.group())), True
    stems = {w.stem for w in split_words(words) if w.is_content and w.lower not in _STOP}
    if not stems:
        return (), True
    scored = [(len(stems & {w.stem for w in split_words(entry.title)}) / len(stems), entry.id) for entry in entries]
    best = max((score for score, _ in scored), default=0.0)
    ids = tuple(id for score, id in scored if score == best)
    # one article, or a few alike: a description that fits half the index points at none
    return (ids if best >= 0.5 and len(ids) <= max(1, len(entries) // 2) else ()), True
