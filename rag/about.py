"""What is known of an article as such: who wrote it, when it was published, where, and what it says of itself."""

import re
from collections.abc import Sequence
from enum import StrEnum

from index.dates import parse_date
from index.disclosures import is_disclosure
from index.filters import Filters
from index.snapshot import Snapshot
from index.types import Entry, Nature, Span
from rag.asking import opens_yes_no
from rag.compose import named, written_date
from rag.reader import warnings_for
from rag.scope import ARTICLE_NOUN, Reference, by_title
from rag.types import Answer, Citation, Evidence, Verdict
from rag.words import clean


class Detail(StrEnum):
    """What can be known of an article as such."""

    AUTHOR = "author"
    PUBLISHED = "date of publication"
    TIME = "time of publication"
    PUBLISHER = "publisher"
    NATURE = "nature"
    TITLE = "title"
    COUNT = "count"


_ARTICLE = rf"\b{ARTICLE_NOUN}\b"
_PATTERNS: tuple[tuple[Detail, re.Pattern[str]], ...] = (
    (
        Detail.COUNT,
        re.compile(
            rf"^how many {ARTICLE_NOUN} (?:are|do|does|have|is)\b.*\b(?:there|index|collection|loaded|you)\b",
            re.IGNORECASE,
        ),
    ),
    (Detail.TIME, re.compile(rf"\b(?:what|which) time\b.*(?:{_ARTICLE}|\bpublished\b|\bposted\b)", re.IGNORECASE)),
    (
        Detail.PUBLISHED,
        re.compile(
            rf"(?:\b(?:when|(?:what|which) (?:date|day|month|year))\b.*{_ARTICLE}.*\b(?:publish\w*|posted|written"
            rf"|dated|appear\w*|released|out|from|run|ran|go up)\b"
            rf"|\b(?:publication date|date of publication|date of the {ARTICLE_NOUN})\b"
            rf"|\bhow old is the {ARTICLE_NOUN}\b"
            rf"|\b(?:when|(?:what|which) (?:date|day|month|year)) (?:was|did|is)\b.*\b(?:publish\w*|post(?:ed)?"
            rf"|dated|appear)\b.*{_ARTICLE})",
            re.IGNORECASE,
        ),
    ),
    (
        Detail.AUTHOR,
        re.compile(
            rf"(?:\bwho (?:wrote|writes|authored|penned|is the (?:author|writer|journalist|reporter)"
            rf"|was the (?:author|writer))\b(?:.*{_ARTICLE}|\s+(?:about|on)\b)"
            rf"|\bwho (?:is|was) .*{_ARTICLE}.* (?:written|penned|authored) by|\b(?:author|writer|byline"
            rf"|name of the (?:author|journalist|reporter)) (?:of|on|behind|for|who wrote)\b.*{_ARTICLE}"
            rf"|{_ARTICLE}.*\b(?:author"
            rf"|byline)\b|\bby whom\b.*{_ARTICLE})",
            re.IGNORECASE,
        ),
    ),
    (
        Detail.PUBLISHER,
        re.compile(
            rf"(?:\b(?:who|(?:which|what) (?:outlet|site|website|newspaper|publisher|publication|paper|magazine"
            rf"|agency)\w*) (?:published|ran|carried|posted|printed|publishes)\b.*{_ARTICLE}"
            rf"|\b(?:publisher|outlet) of\b.*{_ARTICLE}|\bwhere was\b.*{_ARTICLE}.*\bpublished)",
            re.IGNORECASE,
        ),
    ),
    (
        Detail.NATURE,
        re.compile(
            rf"(?:{_ARTICLE}.*\b(?:AI[- ](?:generated|written|made)|(?:written|generated|made"
            rf"|produced) by (?:an? )?(?:AI|machine|artificial)|sponsored|paid(?: for)?|advertorial|opinion)\b"
            rf"|\b(?:which|is|are|was|were|any)\b.*\b(?:AI[- ](?:generated|written)|sponsored"
            rf"|opinion)\b\s*(?:{ARTICLE_NOUN})?\s*\??$)",
            re.IGNORECASE,
        ),
    ),
    (
        Detail.TITLE,
        re.compile(rf"\b(?:title|headline) of\b.*{_ARTICLE}|{_ARTICLE}.*\b(?:title|headline|titled)\b", re.IGNORECASE),
    ),
)
_NATURE_WORDS: tuple[tuple[Nature, re.Pattern[str]], ...] = (
    (Nature.AI, re.compile(r"\bAI\b|artificial|machine", re.IGNORECASE)),
    (Nature.SPONSORED, re.compile(r"sponsored|paid|advertorial", re.IGNORECASE)),
    (Nature.OPINION, re.compile(r"opinion", re.IGNORECASE)),
)
_SUPERLATIVE = re.compile(r"\b(?P<new>latest|newest|most recent)|\b(?P<old>oldest|earliest|first)\b", re.IGNORECASE)


def answer_about(asked: str, references: Sequence[Reference], snapshot: Snapshot, known: Filters) -> Answer | None:
    """The answer to a question about an article as such; None when the question is about what articles say.

    Only articles that are `known` are meant; how many are in the index is told of all.
    """
    detail = next((detail for detail, pattern in _PATTERNS if pattern.search(asked)), None)
    if detail is None or (detail is not Detail.NATURE and opens_yes_no(asked)):
        return None  # "did Ann deny it when the story first ran?" asks for no date
    if detail is Detail.COUNT:
        count = len(snapshot.entries())
        return _answer(asked, str(count), f"{count} articles are in this index.", ())
    entries = [entry for entry in snapshot.entries() if known.matches(entry)]
    if detail is Detail.NATURE:
        return _nature(asked, references, snapshot, entries)
    entry = _meant(asked, references, snapshot, entries, known)
    if entry is None:
        return _unknown(asked, "Say which article is meant, by its title, author or subject: several could be.")
    if detail is Detail.TITLE:
        return _cite(
            asked,
            clean(entry.title),
            f"It is headed “{clean(entry.title)}”.",
            snapshot,
            entry,
            _find(entry.title, snapshot, entry),
        )
    if detail is Detail.AUTHOR:
        return _known(asked, entry.author, "names no author", snapshot, entry, entry.author)
    if detail is Detail.PUBLISHER:
        return _known(asked, entry.publisher, "does not show its publisher", snapshot, entry, entry.publisher)
    return _published(asked, detail, snapshot, entry)


def _published(asked: str, detail: Detail, snapshot: Snapshot, entry: Entry) -> Answer:
    if entry.published is None:
        return _unknown(asked, f"{_named(entry)} gives no date of publication.")
    clock = entry.published[11:16]
    if detail is Detail.TIME and not clock:
        return _unknown(asked, f"{_named(entry)} gives the day, {written_date(entry.published)}, but no time.")
    short = clock if detail is Detail.TIME else written_date(entry.published)
    year = re.search(r"\bwhat year|\bwhich year", asked, re.IGNORECASE)
    short = entry.published[:4] if year else short
    text = f"{_named(entry)} is dated {written_date(entry.published)}{f', {clock}' if clock else ''}."
    return _cite(asked, short, text, snapshot, entry, _date_span(snapshot.article(entry.id).text, entry.published))


def _known(
    asked: str, value: str | None, missing: str, snapshot: Snapshot, entry: Entry, look_for: str | None
) -> Answer:
    if not value or not look_for:
        return _unknown(asked, f"{_named(entry)} {missing}.")
    text = f"{value}, for “{clean(entry.title)}”."
    return _cite(asked, value, text, snapshot, entry, _find(look_for, snapshot, entry))


def _nature(asked: str, references: Sequence[Reference], snapshot: Snapshot, known: Sequence[Entry]) -> Answer | None:
    nature = next((nature for nature, pattern in _NATURE_WORDS if pattern.search(asked)), None)
    if nature is None:
        return None
    entries = [entry for entry in known if entry.nature is nature]
    which = re.match(r"\s*(?:which|what|name|list)\b", asked, re.IGNORECASE)
    specific = [
        r
        for r in references
        if not re.search(r"\b(?:any|an?|all)\b", r.text, re.IGNORECASE) and r.described_beyond_nature
    ]
    if not which and not re.match(r"\s*(?:is|are|was|were|does|do|has|have)\b", asked, re.IGNORECASE):
        return None  # "what does the AI-generated article say?" asks what it says
    if which and not re.match(
        rf"\s*(?:which|what|name|list)\b.{{0,30}}?{_ARTICLE}.*\b(?:is|are|was|were)\b.*(?:AI|artificial|machine"
        rf"|sponsored|opinion|paid)",
        asked,
        re.IGNORECASE,
    ):
        return None
    if specific:
        wanted = set(specific[0].articles)
        entries = [entry for entry in entries if entry.id in wanted]
    if not entries:
        if specific or not which:
            where = "it" if specific else "the articles"
            return Answer(asked, f"No. Nothing in {where} says so.", Verdict.NO, "no", 0.15, 0.7)
        return _unknown(asked, f"No article says of itself that it is {nature}.")
    titles = "; ".join(f"“{clean(entry.title)}”" for entry in entries)
    verdict = Verdict.ANSWERED if which else Verdict.YES
    citations = tuple(
        _citation(n, snapshot, entry, span)
        for n, (entry, span) in enumerate(((e, _disclosure_span(snapshot.article(e.id).text)) for e in entries), 1)
        if span is not None
    )
    marks = " ".join(f"[{c.n}]" for c in citations)
    opening, verb = "" if which else "Yes. ", "is" if len(entries) == 1 else "are"
    text = f"{opening}{titles} {verb} marked as {nature} {marks}".strip() + "."
    return Answer(
        asked, text, verdict, clean(entries[0].title) if which else "yes", None if which else 0.95, 0.9,
        citations=citations, sources=tuple(c.evidence for c in citations), warnings=warnings_for(citations),
    )  # fmt: skip


def _meant(
    asked: str, references: Sequence[Reference], snapshot: Snapshot, entries: Sequence[Entry], known: Filters
) -> Entry | None:
    """The one article that a question means; None when several could be meant."""
    superlative = _SUPERLATIVE.search(asked)
    dated = sorted((e for e in entries if e.published), key=lambda e: e.published or "")
    if superlative and dated:
        return dated[-1] if superlative["new"] else dated[0]
    ids: tuple[str, ...] = next((r.articles for r in references if len(r.articles) == 1), ())
    ids = ids or by_title(asked, entries)
    if len(entries) == 1:
        return entries[0]
    if len(ids) == 1:
        return snapshot.entry(ids[0])
    subject = re.sub(rf"^.*?{_ARTICLE}", "", asked, count=1, flags=re.IGNORECASE).strip(" ?")
    if len(subject.split()) < 2:
        return None
    hits = snapshot.search(subject, 5, known)
    return hits[0].article if hits else None


def _answer(asked: str, short: str, text: str, citations: tuple[Citation, ...]) -> Answer:
    return Answer(
        asked, text, Verdict.ANSWERED, short, None, 0.9,
        citations=citations, sources=tuple(c.evidence for c in citations), warnings=warnings_for(citations),
    )  # fmt: skip


def _unknown(asked: str, text: str) -> Answer:
    return Answer(asked, f"The articles do not say. {text}", Verdict.UNKNOWN, confidence=0.8)


def _cite(asked: str, short: str, text: str, snapshot: Snapshot, entry: Entry, span: Span | None) -> Answer:
    if span is None:
        return _answer(asked, short, text, ())
    citation = _citation(1, snapshot, entry, span)
    return _answer(asked, short, f"{text[:-1]} [1].", (citation,))


def _citation(n: int, snapshot: Snapshot, entry: Entry, span: Span) -> Citation:
    quote = snapshot.article(entry.id).text[span[0] : span[1]]
    return Citation(n, Evidence(entry, quote, span, quote, span, relevance=1.0, weight=1.0))


def _find(words: str, snapshot: Snapshot, entry: Entry) -> Span | None:
    text = snapshot.article(entry.id).text
    at = text.find(words)
    return _line_at(text, at) if at >= 0 else None


def _date_span(text: str, published: str) -> Span | None:
    """The line near the top that the date of publication stands in."""
    start = 0
    for line in text.split("\n")[:40]:
        found = parse_date(line.strip()) if any(c.isdigit() for c in line) and len(line) < 200 else None
        if found and (found[:10] == published[:10]):
            return _line_at(text, start)
        start += len(line) + 1
    return None


def _disclosure_span(text: str) -> Span | None:
    start = 0
    for line in text.split("\n"):
        if line.strip() and is_disclosure(line.strip()):
            return _line_at(text, start)
        start += len(line) + 1
    return None


def _line_at(text: str, at: int) -> Span:
    start = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    line = text[start : end if end >= 0 else len(text)]
    lead = len(line) - len(line.lstrip())
    return start + lead, start + lead + len(line.strip())


def _named(entry: Entry) -> str:
    return f"“{clean(entry.title)}”" if entry.title else named(entry)
