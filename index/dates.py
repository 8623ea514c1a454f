"""Dates as news gives them, in ISO form with the precision given.

Regular expressions and the standard library only: date filters and questions come through here when a person asks,
and dateparser takes half a second to import. What cannot be decided stays unread: "03/04/2026" is a day in March or
in April.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from index.months import MONTHS
from index.types import Span

_MONTH = rf"(?P<month>{'|'.join(sorted(MONTHS, key=len, reverse=True))})\b\.?"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th|er|e|º|°)?"
_YEAR = r"(?P<year>(?:1[6-9]|20|21)\d\d)"
_CLOCK = r"(?P<hour>[0-2]?\d)[:.](?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d)(?:\.\d+)?)?"
_HALF = r"(?:\s*(?P<half>[ap])\.?\s?m\b\.?)?"
_ZONE = r"(?:\s*(?P<zone>Z\b|[+-]\d\d:?\d\d\b|(?:UTC|GMT|E[SD]?T|C[SD]T|M[SD]T|P[SD]?T)\b(?:\s*[+-]\d\d:?\d\d\b)?))?"

# Named zones of RFC 2822, and the two-letter forms newsrooms use; minutes are not known for "ET", which is -5 or -4.
_ZONES = {"UTC": "Z", "GMT": "Z", "Z": "Z"} | {
    f"{region}{kind}T": f"-{hours + (kind == 'S'):02}:00"
    for region, hours in {"E": 4, "C": 5, "M": 6, "P": 7}.items()
    for kind in "SD"
}

_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"(?<![\d/.-]){_YEAR}(?P<mark>[-/.])(?P<month_number>0?[1-9]|1[0-2])(?P=mark)(?P<day>0?[1-9]|[12]\d|3[01])(?![\d/-])",
        rf"(?<!\d){_YEAR}(?P<month_number>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])(?!\d)",
        rf"{_YEAR}\s*年\s*(?P<month_number>1[0-2]|0?[1-9])\s*月(?:\s*(?P<day>[0-3]?\d)\s*日)?",
        rf"\b{_MONTH}\s*{_DAY}(?:,|\s)\s*{_YEAR}",
        rf"(?<![\d:.]){_DAY}(?:\s+(?:of|de|di))?[\s./-]*{_MONTH},?(?:\s+(?:de|del|di))?[\s/-]*{_YEAR}",
        rf"(?<![\d/.])(?P<day>0?[1-9]|[12]\d|3[01])\.\s?(?P<month_number>0?[1-9]|1[0-2])\.\s?{_YEAR}(?!\d)",
        rf"(?<![\d/.-])(?P<first>0?[1-9]|[12]\d|3[01])(?P<mark>[/-])(?P<second_number>0?[1-9]|[12]\d|3[01])(?P=mark){_YEAR}(?!\d)",
        rf"\b{_MONTH},?\s*{_YEAR}(?!\d)",
        rf"(?<![\d/.-]){_YEAR}[-/](?P<month_number>0[1-9]|1[0-2])(?![\d/-])",
    )
)
_ISO_DAY = re.compile(r"(?:1[6-9]|20|21)\d\d-\d\d-\d\d")
_YEAR_ALONE = re.compile(rf"\s*{_YEAR}\s*", re.IGNORECASE)
_YEARLESS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (rf"\b{_MONTH}\s*{_DAY}(?![\d:])", rf"(?<![\d:.]){_DAY}(?:\s+of)?\s+{_MONTH}")
)
_TIME_BEFORE = re.compile(
    rf"(?<![\d:]){_CLOCK}{_HALF}{_ZONE}(?:[\s,|·•(–—-]|on\b|at\b|à|um\b|kl\.){{0,6}}$", re.IGNORECASE
)
_TIME_AFTER = re.compile(rf"(?:[\s,|·•(–—-]|T|at\b|à|um\b|kl\.){{0,6}}?{_CLOCK}{_HALF}{_ZONE}", re.IGNORECASE)
_NOT_PUBLISHED = re.compile(
    r"(?:updated?|modified|revised|edited|accessed|retrieved|crawled|corrected|amended)(?:\s+(?:on|at))?\W*$",
    re.IGNORECASE,
)

MAX_LENGTH = 200
"""Longer strings hold prose, not a date."""


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date and the span of the text it was read from, its time of day included."""

    iso: str
    start: int
    end: int


def parse_date(text: str, near: date | None = None) -> str | None:
    """The publication date that `text` gives, as ISO with the precision given ("2026", "2026-02", "2026-02-02T20:28").

    None when there is none, it is impossible, its order is ambiguous, or it is said to be of an update. A day without
    a year is read only with `near`: the last such day up to it.
    """
    text = text.strip()
    if len(text) > MAX_LENGTH:
        return None
    if _ISO_DAY.fullmatch(text):  # as most files have it
        return _iso_day(*map(int, text.split("-")))
    if year := _YEAR_ALONE.fullmatch(text):
        return year["year"]
    found = find_date(text)
    if found is not None:
        return found.iso
    return _day_near(text, near) if near else None


def find_date(text: str) -> FoundDate | None:
    """The first date in `text` that is not said to be of an update, with the time of day that stands beside it."""
    candidates = sorted(
        ((match, number) for number, form in enumerate(_FORMS) for match in form.finditer(text)),
        key=lambda pair: (pair[0].start(), pair[1]),
    )
    read_to = 0
    for match, _ in candidates:
        if match.start() < read_to:  # part of a date already seen: "29 February 2023" is not "February 2023"
            continue
        read_to = match.end()
        day = _calendar_part(match)
        if day is None or _NOT_PUBLISHED.search(text[: _time_start(text, match.start())]):
            continue
        time, start, end = _time_beside(text, match) if len(day) == 10 else ("", *match.span())
        return FoundDate(day + time, start, end)
    return None


def find_yearless(text: str) -> Span | None:
    """The span of the first day and month written without a year, such as "Nov. 5"; None if there is none."""
    matches = [match for form in _YEARLESS if (match := form.search(text))]
    return min((match.span() for match in matches), default=None)


@lru_cache(maxsize=20_000)
def date_range(published: str) -> tuple[date, date]:
    """First and last day that a stored date can mean: a month is all its days. ValueError for anything but ISO."""
    parts = [int(part) for part in published[:10].split("-")]
    if len(parts) == 1:
        return date(parts[0], 1, 1), date(parts[0], 12, 31)
    if len(parts) == 2:
        year, month = parts
        return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
    day = date.fromisoformat(published[:10])
    return day, day


def _calendar_part(match: re.Match[str]) -> str | None:
    groups = match.groupdict()
    year = int(groups["year"])
    if groups.get("first"):
        return _numeric_day(year, int(groups["first"]), int(groups["second_number"]))
    month = int(groups["month_number"]) if groups.get("month_number") else MONTHS[groups["month"].lower()]
    if not groups.get("day"):
        return f"{year}-{month:02}"
    return _iso_day(year, month, int(groups["day"]))


def _numeric_day(year: int, first: int, second: int) -> str | None:
    """Day and month in either order, where only one order can be meant."""
    orders = {_iso_day(year, first, second), _iso_day(year, second, first)} - {None}
    return orders.pop() if len(orders) == 1 else None


def _iso_day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _day_near(text: str, near: date) -> str | None:
    match = next(filter(None, (form.search(text) for form in _YEARLESS)), None)
    if match is None:
        return None
    # Eight years back, so that a 29 February is found.
    days = (_iso_day(near.year - back, MONTHS[match["month"].lower()], int(match["day"])) for back in range(9))
    return next((day for day in days if day and day <= near.isoformat()), None)


def _time_start(text: str, start: int) -> int:
    before = _TIME_BEFORE.search(text, 0, start)
    return before.start() if before else start


def _time_beside(text: str, match: re.Match[str]) -> tuple[str, int, int]:
    """The time of day after the date, else before it, as "T20:28Z", with the span of date and time."""
    after = _TIME_AFTER.match(text, match.end())
    before = _TIME_BEFORE.search(text, 0, match.start())
    end = after.end() if after else match.end()
    start = before.start() if before else match.start()
    for clock in (before, after):
        if clock and (time := _iso_time(clock)):
            return time, start, end
    return "", *match.span()


def _iso_time(clock: re.Match[str]) -> str | None:
    hour = int(clock["hour"])
    if clock["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + 12 * (clock["half"].lower() == "p")
    if hour > 23:
        return None
    seconds = f":{clock['second']}" if clock["second"] else ""
    return f"T{hour:02}:{clock['minute']}{seconds}{_zone(clock['zone'])}"


def _zone(zone: str | None) -> str:
    if not zone:
        return ""
    zone = zone.upper()
    if offset := re.search(r"([+-]\d\d):?(\d\d)", zone):
        return "Z" if offset[1] in {"+00", "-00"} and offset[2] == "00" else f"{offset[1]}:{offset[2]}"
    return _ZONES.get(zone, "")
