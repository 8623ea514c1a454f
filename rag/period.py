"""The days that a question limits its articles to: "in reports since March 2026", "published before 2025"."""

import re
from dataclasses import dataclass, replace
from datetime import timedelta

from index import Filters
from index.dates import date_range, parse_date
from index.errors import InvalidFilter
from index.months import MONTHS

_MONTH = rf"(?:{'|'.join(sorted(MONTHS, key=len, reverse=True))})\b\.?"
_DATE = (
    rf"(?:(?:19|20)\d\d-\d\d(?:-\d\d)?|\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH},?\s+(?:19|20)\d\d"
    rf"|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+(?:19|20)\d\d|{_MONTH},?\s+(?:19|20)\d\d|(?:19|20)\d\d)"
)
_BOUNDS = (
    rf"(?:(?:between|from)\s+(?P<first>{_DATE})\s+(?:and|to|until|through)\s+(?P<last>{_DATE})"
    rf"|(?P<how>since|after|from|until|before|up to|in|during)\s+(?P<when>{_DATE})(?P<onwards>\s+onwards?)?)"
    r"(?=[\s,.?!]|$)"
)
_NOUN = r"(?P<noun>(?:(?:the|all|any)\s+)?(?:articles|reports|stories|coverage|news))"
_PRINTED = r"(?:(?:that (?:was|were|ran)|which (?:was|were))\s+)?(?:published|printed|posted|written)"
# What is limited must be the articles: "since 2021" by itself is as often when a thing happened.
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf",?\s*(?P<lead>\b(?:in|from|by|according to)\s+)?\b{_NOUN}\s+(?:{_PRINTED}\s+)?{_BOUNDS}",
        rf"(?<=^what has been )(?P<noun>(?:reported|written|published|said)\b[^?]*)(?P<lead>)\s+{_BOUNDS}(?=\s*\??$)",
    )
)


@dataclass(frozen=True, slots=True)
class Period:
    """`text` is the question without what it says of days; `since` and `until` are ISO, both included, or None."""

    text: str
    since: str | None = None
    until: str | None = None

    def within(self, filters: Filters) -> Filters | None:
        """The filters, narrowed to these days; None where that leaves no day."""
        since = max(filter(None, (self.since, filters.since)), key=lambda day: date_range(day)[0], default=None)
        until = min(filter(None, (self.until, filters.until)), key=lambda day: date_range(day)[1], default=None)
        try:
            return replace(filters, since=since, until=until)
        except InvalidFilter:
            return None


def read_period(question: str) -> Period:
    """The days that the articles are to be of; without any where the question names none."""
    for form in _FORMS:
        found = form.search(question)
        bounds = _bounds(found) if found else None
        if found and bounds:
            # "In reports since March, did A …?" goes without them; "What do reports since March say?" does not.
            kept = "" if found["lead"] else f" {found['noun']} "
            text = " ".join(f"{question[: found.start()]}{kept}{question[found.end() :]}".split())
            text = re.sub(r"\s+([,.?!])", r"\1", text).strip(" ,")
            return Period(f"{text[:1].upper()}{text[1:]}", *bounds)
    return Period(question)


def _bounds(found: re.Match[str]) -> tuple[str | None, str | None] | None:
    if found["first"]:
        first, last = _read(found["first"]), _read(found["last"])
        return (first, last) if first and last and date_range(first)[0] <= date_range(last)[1] else None
    day = _read(found["when"])
    if day is None:
        return None
    first_day, last_day = date_range(day)
    match found["how"].lower():
        case "since":
            return day, None
        case "after":
            return (last_day + timedelta(days=1)).isoformat(), None
        case "until" | "up to" | "by":
            return None, day
        case "before":
            return None, (first_day - timedelta(days=1)).isoformat()
    return (day, None) if found["onwards"] else (day, day)


def _read(text: str) -> str | None:
    return parse_date(re.sub(r"(\d)(?:st|nd|rd|th)\b", r"\1", text))
