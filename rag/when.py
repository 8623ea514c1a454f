"""The time that a question names as seen from a day: "this week", "last month", "in the past ten days", "now"."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from rag.quantities import SMALL_NUMBERS

_FEWEST = 3
"""Words that make a question."""
OLD_DAYS = 60
"""Days after which what an article says of "now" may no longer hold."""

_UNIT_DAYS = {"day": 1, "week": 7, "fortnight": 14, "month": 30, "year": 365}
_SEVERAL = {"couple of": 2, "few": 4, "several": 5}
_COUNT = rf"(?P<count>\d{{1,3}}|{'|'.join(SMALL_NUMBERS)}|(?:a )?(?:couple of|few)|several)"
_PHRASE = re.compile(
    rf"\b(?:(?:with)?in|over|during|for|since)? ?\b(?:the )?(?P<phrase>(?P<which>this|last|past|previous) "
    rf"(?:{_COUNT} )?(?P<unit>day|week|fortnight|month|year)s?|yesterday|today)\b(?![’']s\b)(?! night)",
    re.IGNORECASE,
)
_NOW = re.compile(
    r"\b(?:now|nowadays|currently|current|at (?:the moment|present)|today|still|latest|these days)\b",
    re.IGNORECASE,
)
_NEWEST = re.compile(
    r"\b(?:latest|newest|most recent|current(?:ly)?|now(?:adays)?|at (?:the moment|present)|these days)\b", re.I
)
_LATEST_ON = re.compile(
    r"^what(?:[’']s| is| are| has been)? the (?:latest|newest|most recent)(?: (?:news|word|reports?|developments?))?"
    r" (?:on|about|of|with|in|from) ",
    re.IGNORECASE,
)
_BROKEN = re.compile(
    r"\b(?:the|an?|its?|their|his|her)(?: (?:on|about|of|with|in|from|to|for|by)\b|\s*\??$)", re.IGNORECASE
)
_STANDS = re.compile(r"\b(?:still|now|currently)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Recent:
    """The days from `since` to `until`, both included (ISO), that `words` of a question name; `bare` is it without."""

    since: str
    until: str
    words: str
    bare: str


def read_recent(question: str, day: date) -> Recent | None:
    """The period that a question names, counted from `day`; None when it names none."""
    found = _PHRASE.search(question)
    if found is None or _STANDS.search(question):
        return None
    since, until = _days(found, day)
    bare = " ".join(f"{question[: found.start()]} {question[found.end() :]}".split())
    bare = re.sub(r"\s+([?.,!])", r"\1", bare)
    return Recent(since.isoformat(), until.isoformat(), found["phrase"], bare)


def asks_now(question: str) -> bool:
    """Whether a question asks how things stand, or for the newest word."""
    return _NOW.search(question) is not None


def without_newest(question: str) -> str | None:
    """The question without the words that want the newest; None where it has none, or is no question without them."""
    told = _LATEST_ON.sub("What is known about ", question)
    bare = re.sub(r"\s+([?.,!])", r"\1", " ".join(_NEWEST.sub("", told).split()))
    return None if bare == question or _BROKEN.search(bare) or len(bare.split()) < _FEWEST else bare


def _days(found: re.Match[str], day: date) -> tuple[date, date]:
    phrase = found["phrase"].lower()
    if phrase == "today":
        return day, day
    if phrase == "yesterday":
        return day - timedelta(1), day
    which, unit = found["which"].lower(), found["unit"].lower()
    if found["count"] or which == "past" or unit in {"day", "fortnight"}:
        return day - timedelta(_count(found["count"]) * _UNIT_DAYS[unit]), day
    first = {
        "week": day - timedelta(day.weekday()),
        "month": day.replace(day=1),
        "year": day.replace(month=1, day=1),
    }[unit]
    if which == "this":
        return first, day
    last = first - timedelta(1)
    before = {"week": first - timedelta(7), "month": last.replace(day=1), "year": last.replace(month=1, day=1)}[unit]
    return before, last + timedelta(2)  # what happened on its last day is in the papers after it


def _count(words: str | None) -> int:
    if words is None:
        return 1
    plain = words.lower().removeprefix("a ")
    return int(plain) if plain.isdigit() else _SEVERAL.get(plain) or round(SMALL_NUMBERS[plain])
