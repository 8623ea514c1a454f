"""Metadata given as names and values, by a JSON object or front matter, under any of the usual names."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from index.dates import parse_date
from index.readers.notes import Notes, without_tags
from index.types import Nature

ALIASES = {
    "title": ("title", "headline"),
    "text": ("text", "content", "body"),
    "publisher": ("publisher", "source"),
    "author": ("author", "authors"),
    "published": ("published", "publish_date", "published_at", "date"),
    "url": ("url", "link"),
    "id": ("id",),
    "nature": ("nature",),
}
"""Our name of a field to the names it is taken from; the first that holds something counts."""


@dataclass(frozen=True, slots=True)
class Fields:
    """What was given of an article; None for what was not."""

    id: str | None
    title: str | None
    text: str | None
    publisher: str | None
    author: str | None
    published: str | None
    url: str | None
    nature: Nature | None


def read_fields(given: Mapping[str, object], place: str, notes: Notes) -> Fields:
    """The fields of `given` as text; a date that cannot be read is unknown, with a warning that names `place`."""
    values = {name: next(filter(None, map(_text, map(given.get, names))), None) for name, names in ALIASES.items()}
    published = parse_date(values["published"]) if values["published"] else None
    if values["published"] and not published:
        notes.warn(place, f"the date {values['published']!r} cannot be read; it stays unknown")
    return Fields(
        id=values["id"],
        title=re.sub(r"\s*[\r\n]\s*", " ", values["title"].strip()) if values["title"] else None,
        text=next(filter(None, map(_prose, map(given.get, ALIASES["text"]))), None),
        publisher=values["publisher"],
        author=values["author"],
        published=published,
        url=values["url"],
        nature=_nature(values["nature"]),
    )


def _prose(value: object) -> str | None:
    """A text, or the paragraphs of one; None for anything else, such as a number, that is no article."""
    if isinstance(value, list):
        return "\n\n".join(filter(None, map(_prose, value))) or None
    return value if isinstance(value, str) and value.strip() else None


def _text(value: object) -> str | None:
    """A value as text: names of several, or of an object, are put together; None for nothing."""
    if isinstance(value, str):
        return without_tags(value) if without_tags(value).strip() else None
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, list):
        return ", ".join(filter(None, map(_text, value))) or None
    if isinstance(value, dict):
        return _text(value.get("name"))
    return str(value)  # a date of TOML


def _nature(value: str | None) -> Nature | None:
    return next((nature for nature in Nature if value and nature.value.casefold() == value.strip().casefold()), None)


__all__ = ["ALIASES", "Fields", "read_fields"]
