"""RSS and Atom: what a feed says of each article, and the article where it gives it whole. The door to feedparser."""

import io
from typing import Any
from urllib.parse import urljoin

from index.dates import parse_date
from index.readers.hidden import without_invisible
from index.readers.html import text_of_markup
from index.readers.notes import Notes, Source
from index.types import Article

MAX_ENTRIES = 200


def read_feed(data: bytes, source: Source, notes: Notes) -> list[Article]:
    """The entries of a feed, newest as the feed has them; the text is empty where the feed gives only a summary."""
    import feedparser

    # Bytes in a stream: given a string, feedparser would take it for an address and fetch it.
    feed = feedparser.parse(io.BytesIO(data), sanitize_html=True, resolve_relative_uris=False)
    if not feed.get("version"):
        notes.fail(source.name, "is no feed that can be read")
        return []
    entries = feed.entries
    if not entries:
        notes.fail(source.name, "is a feed without entries")
    if len(entries) > MAX_ENTRIES:
        notes.warn(source.name, f"only the first {MAX_ENTRIES} of its {len(entries)} entries were read")
    publisher = without_invisible(" ".join(str(feed.feed.get("title", "")).split())) or None
    # feedparser gives Dublin Core's date as that of an update, though it is the only one such feeds have.
    day = "updated" if b"<dc:date" in data and b"updated" not in data and b"modified" not in data else "published"
    return [_article(entry, publisher, day, source.address) for entry in entries[:MAX_ENTRIES]]


def _article(entry: Any, publisher: str | None, day: str, address: str) -> Article:  # entries are dictionaries
    published = parse_date(str(entry.get("published") or entry.get(day) or ""))
    markup = max((str(part.get("value", "")) for part in entry.get("content", [])), key=len, default="")
    link = urljoin(address, str(entry["link"])) if entry.get("link") else ""
    return Article(
        text=without_invisible(text_of_markup(markup)) if markup else "",
        title=without_invisible(" ".join(text_of_markup(str(entry.get("title", ""))).split())),
        publisher=publisher,
        author=without_invisible(" ".join(str(entry.get("author", "")).split())) or None,
        published=published,
        published_from="feed" if published else None,
        url=link if link.startswith(("http://", "https://")) else None,
    )


__all__ = ["read_feed"]
