"""The days that a search names: "2 Feb 2026", "last October", "on 5 March"."""

import re
from dataclasses import dataclass
from datetime import date

from index.dates import date_range, find_date, find_yearless, parse_date

_NAMES = "January February March April May June July August September October November December".split()
_MONTH = re.compile(
    rf"\b(?P<which>last|this|in|since|during|of|late|early|mid)[\s-]+(?P<month>{'|'.join(_NAMES)})\b(?!\s+\d)"
)


@dataclass(frozen=True, slots=True)
class Days:
    """From `first` to `last`, both included, and the same in the words that articles use: "2 February 2026"."""

    first: date
    last: date
    words: str

    def meet(self, published: str | None) -> bool:
        """True if what was published then, an ISO date or month, may have been published within them."""
        if published is None:
            return False
        first, last = date_range(published)
        return first <= self.last and last >= self.first


def read_days(query: str, today: date) -> Days | None:
    """The day or month that a query names, counted from `today` where it gives no year; None where it names none.

    A month without a year is the last that has begun; with "last", the last that was over before this one began.
    """
    if found := find_date(query):
        return _days(found.iso)
    if span := find_yearless(query):
        read = parse_date(query[slice(*span)], near=today)
        return _days(read) if read else None
    # Small letters are left alone: "in may" and "last march" may be slips for other words.
    if named := _MONTH.search(query):
        month = _NAMES.index(named["month"]) + 1
        past = month < today.month or (month == today.month and named["which"] != "last")
        return _days(f"{today.year if past else today.year - 1}-{month:02}")
    return None


def this_day() -> date:
    """The day it is where the program runs: who searches means their own."""
    return date.today()  # noqa: DTZ011  # the searcher's own day is meant


def _days(iso: str) -> Days:
    first, last = date_range(iso)
    month = f"{_NAMES[first.month - 1]} {first.year}"
    return Days(first, last, f"{first.day} {month}" if first == last else month)


__all__ = ["Days", "read_days", "this_day"]
