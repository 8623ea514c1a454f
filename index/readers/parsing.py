"""Files in formats that take a library to open, each by its reader."""

from collections.abc import Callable
from typing import TypeAlias

from index.readers.notes import Notes, Source
from index.types import Article

Parse: TypeAlias = Callable[[bytes, Source, Notes], Article | None]

KINDS = {".html": "html", ".htm": "html", ".xhtml": "html", ".pdf": "pdf", ".docx": "docx"}
"""Suffix to the kind of file that is opened in a process of its own."""


def parse(kind: str, data: bytes, source: Source, notes: Notes) -> Article | None:
    """The article in a file of a known kind; None, with a failure noted, if there is none."""
    return _parser(kind)(data, source, notes)


def _parser(kind: str) -> Parse:
    if kind == "pdf":
        from index.readers.pdf import read_pdf

        return read_pdf
    if kind == "docx":
        from index.readers.docx import read_docx

        return read_docx
    from index.readers.html import read_html

    return read_html


__all__ = ["KINDS", "parse"]
