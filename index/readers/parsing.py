"""Files in formats that take a library to open, each by its reader."""

from collections.abc import Callable
from typing import TypeAlias

from index.readers.notes import Notes, Source
from index.types import Article

Parse: TypeAlias = Callable[[bytes, Source, Notes], list[Article]]

KINDS = {
    ".html": "html", ".htm": "html", ".xhtml": "html", ".pdf": "pdf", ".docx": "docx",
    ".xml": "feed", ".rss": "feed", ".atom": "feed",
}  # fmt: skip
"""Suffix to the kind of file that is opened in a process of its own."""


def parser_of(kind: str) -> Parse:
    """The function that opens files of a kind, its library imported: articles, or none with a failure noted."""
    if kind == "feed":
        import feedparser  # noqa: F401

        from index.readers.feed import read_feed

        return read_feed
    if kind == "pdf":
        import pypdf  # noqa: F401

        from index.readers.pdf import read_pdf

        return _of_one(read_pdf)
    if kind == "docx":
        import docx  # noqa: F401

        from index.readers.docx import read_docx

        return _of_one(read_docx)
    import trafilatura  # noqa: F401

    from index.readers.html import read_html

    return _of_one(read_html)


def _of_one(read: Callable[[bytes, Source, Notes], Article | None]) -> Parse:
    def read_one(data: bytes, source: Source, notes: Notes) -> list[Article]:
        article = read(data, source, notes)
        return [article] if article else []

    return read_one


__all__ = ["KINDS", "parser_of"]
