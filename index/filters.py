"""Which articles a search may use, by date, publisher and id."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from index.dates import date_range, parse_date
from index.errors import InvalidFilter
from index.types import Entry

_ADDRESS = re.compile(r"^(?:https?://)?(?:www\.)?|\.(?:com|org|net|info|news|co|gov|edu)(?:\.[a-z]{2})?/?$")


@dataclass(frozen=True, slots=True)
class Filters:
    """Limits on the articles to search; what is left out limits nothing.

    `since` and `until` are dates as people write them, both days included; a month or a year means all its days.
    `publishers` and `articles` (ids) take one name or several, of which one must fit. `known_by` leaves out what was
    published after a date, and keeps articles of unknown date. InvalidFilter for a date that cannot be read and for a
    range that ends before it begins.
    """

    since: str | None = None
    until: str | None = None
    publishers: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    known_by: str | None = None

    def __init__(
        self,
        since: str | date | None = None,
        until: str | date | None = None,
        publishers: str | Iterable[str] | None = (),
        articles: str | Iterable[str] | None = (),
        known_by: str | date | None = None,
    ) -> None:
        object.__setattr__(self, "since", _read_date("since", since))
        object.__setattr__(self, "until", _read_date("until", until))
        object.__setattr__(self, "publishers", _names(publishers))
        object.__setattr__(self, "articles", _names(articles))
        object.__setattr__(self, "known_by", _read_date("known_by", known_by))
        if self.since and self.until and date_range(self.since)[0] > date_range(self.until)[1]:
            raise InvalidFilter(
                f"The dates leave nothing: since {self.since!r} is after until {self.until!r}. Swap them."
            )

    def __bool__(self) -> bool:
        """True if any limit is set."""
        return self.dated or bool(self.publishers) or bool(self.articles) or self.known_by is not None

    @property
    def dated(self) -> bool:
        """True if a date is asked for, which leaves out every article of unknown date."""
        return self.since is not None or self.until is not None

    def matches(self, entry: Entry) -> bool:
        """True if the article may be used; one known by month only is used if any of its days fits."""
        return self.matches_names(entry) and self.matches_date(entry.published)

    def matches_names(self, entry: Entry) -> bool:
        """True if its publisher and id fit, whatever its date."""
        if self.articles and entry.id not in self.articles:
            return False
        if not self.publishers:
            return True
        key = publisher_key(entry.publisher or "")
        return bool(key) and key in map(publisher_key, self.publishers)

    def matches_date(self, published: str | None) -> bool:
        """True if an article published then fits; one of unknown date fits only where no date is asked for."""
        if published is None:
            return not self.dated
        first, last = date_range(published)
        if self.known_by and first > date_range(self.known_by)[1]:
            return False
        return not (self.since and last < date_range(self.since)[0]) and not (
            self.until and first > date_range(self.until)[1]
        )


def publisher_key(name: str) -> str:
    """What is left of a publisher's name for comparing: no case, spaces, leading "The", "www." or ".com"."""
    bare = _ADDRESS.sub("", name.strip().casefold())
    return re.sub(r"[\W_]+", "", bare.removeprefix("the "))


def _read_date(field: str, value: str | date | None) -> str | None:
    if value is None or value == "":
        return None
    read = parse_date(value.isoformat() if isinstance(value, date) else value)
    if read is None:
        raise InvalidFilter(
            f"{field} {value!r} is no date that can be read; write it like 2026-02-10, 2026-02 or 10 Feb 2026."
        )
    return read


def _names(value: str | Iterable[str] | None) -> tuple[str, ...]:
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else tuple(value)


__all__ = ["Filters", "publisher_key"]
