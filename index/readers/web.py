"""Addresses of the web: a page, a file, or a feed with the articles behind it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from index.readers.fetching import Fetcher, FetchError, Page
from index.readers.files import MANY, many_reader
from index.readers.notes import Found, Notes, Source
from index.readers.packed import unpacked
from index.readers.workshop import Workshop
from index.types import Article

FULL_TEXT = 600
"""A feed entry with so many characters is the article itself; a shorter one is its beginning."""

_FEEDS = frozenset({"application/rss+xml", "application/atom+xml", "application/rdf+xml"})
_XML = frozenset({"application/xml", "text/xml"})
_PAGES = frozenset({"text/html", "application/xhtml+xml", ""})
_MANY = {
    "application/jsonl": ".jsonl", "application/x-ndjson": ".jsonl", "application/x-jsonlines": ".jsonl",
    "application/json": ".json", "text/csv": ".csv",
}  # fmt: skip


def read_address(url: str, notes: Notes, workshop: Workshop, fetcher: Fetcher) -> Iterator[Found]:
    """The articles at an address; what keeps one from being read is noted as a failure with its own address."""
    page = _get(url, notes, fetcher)
    if page is None:
        return
    if _kind(page) != "feed":
        yield from _read_page(url, page, notes, workshop)
        return
    for entry in workshop.parse("feed", page.data, Source(url, page.url), notes):
        if found := _behind(entry, url, notes, workshop, fetcher):
            yield found


def _read_page(url: str, page: Page, notes: Notes, workshop: Workshop) -> Iterator[Found]:
    """The articles in what an address gave, which is no feed."""
    source, kind = Source(url, page.url), _kind(page)
    if kind in {"html", "pdf", "docx"}:
        for article in workshop.parse(kind, page.data, source, notes):
            yield Found(article if article.url else replace(article, url=page.url), url)
    elif kind == "text":
        from index.readers.plain import read_plain

        if text := read_plain(page.data, source, notes):
            yield Found(replace(text, url=page.url), url)
    elif kind in MANY:
        try:
            with unpacked(page.data) as stream:
                yield from many_reader(kind)(stream, source, notes)
        except OSError as error:
            notes.fail(url, f"cannot be read: {error}")
    else:
        notes.fail(url, f"is of the type {page.content_type!r}, which holds no articles")


def _behind(entry: Article, feed: str, notes: Notes, workshop: Workshop, fetcher: Fetcher) -> Found | None:
    """The article that a feed's entry leads to, else the one it gives itself."""
    if entry.url is None:
        if entry.text:
            return Found(entry, entry.title)
        notes.fail(feed, f"its entry {entry.title!r} has neither a web address nor a text")
        return None
    aside = Notes()
    page = _get(entry.url, aside, fetcher)
    read = [] if page is None else list(_read_page(entry.url, page, aside, workshop))
    notes.warnings.extend(aside.warnings)
    if read:
        return Found(_completed(read[0].article, entry), entry.url)
    if len(entry.text) >= FULL_TEXT:
        return Found(entry, entry.url)
    notes.failures.extend(aside.failures)
    return None


def _completed(article: Article, entry: Article) -> Article:
    """The article with what only the feed says of it."""
    dated = article if article.published else entry
    return replace(
        article,
        title=article.title or entry.title,
        author=article.author or entry.author,
        publisher=article.publisher or entry.publisher,
        url=article.url or entry.url,
        published=dated.published,
        published_from=dated.published_from,
    )


def _get(url: str, notes: Notes, fetcher: Fetcher) -> Page | None:
    try:
        page = fetcher.get(url)
    except FetchError as error:
        notes.fail(url, str(error))
        return None
    if not page.data.strip():
        notes.fail(url, "is empty")
        return None
    return page


def _kind(page: Page) -> str | None:
    """What a page holds, by the type its server gives and its first bytes."""
    start = page.data.lstrip(b"\xef\xbb\xbf \t\r\n")[:2000].lower()
    if page.content_type in _FEEDS or (page.content_type in _XML | _PAGES | {"text/plain"} and _begins_feed(start)):
        return "feed"
    if page.content_type == "application/pdf" or start.startswith(b"%pdf"):
        return "pdf"
    if page.content_type in _PAGES or start.startswith((b"<!doctype html", b"<html")):
        return "html"
    suffix = PurePosixPath(urlsplit(page.url).path.lower().removesuffix(".gz")).suffix
    if page.content_type in _MANY or suffix in MANY:
        return _MANY.get(page.content_type) or suffix
    if page.content_type.endswith("wordprocessingml.document"):
        return "docx"
    return "text" if page.content_type in {"text/plain", "text/markdown"} else None


def _begins_feed(start: bytes) -> bool:
    return b"<rss" in start or b"<rdf:rdf" in start or (b"<feed" in start and b"atom" in start)


__all__ = ["read_address"]
