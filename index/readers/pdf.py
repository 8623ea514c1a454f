"""PDF: the text of its pages, put together again from the lines that a page is printed in."""

import io
import logging
import re
from collections import Counter
from collections.abc import Sequence

from index.readers.hidden import without_invisible
from index.readers.notes import Notes, Source
from index.readers.plain import article_of_text
from index.types import Article

MAX_PAGES = 1000
HEAD_LINES = 2
"""Running heads and page numbers stand in so many lines at the top or the bottom of a page."""

FULL_LINE = 0.8
"""A line of so much of the usual length goes on in the next; a shorter one ends its paragraph."""

_NUMBER = re.compile(r"\d+")
_SENTENCE_END = re.compile(r"[.!?…:][\"'”’)\]]*$")
_NO_TITLE = re.compile(r"(?i)untitled|microsoft word|\.(?:docx?|indd|qxd|pdf|tex)\b|^\W*$|^(?:document|layout|print)\b")


def read_pdf(data: bytes, source: Source, notes: Notes) -> Article | None:
    """The article in a PDF; None, with a failure noted, if it is locked, broken, or holds pictures of text only.

    Whoever made the file, and when, need not be the author or the day of publication: its properties are not asked.
    """
    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it warns of each small fault of a file that it mends
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            notes.fail(source.name, "is locked with a password")
            return None
        pages = [page.extract_text() for page, _ in zip(reader.pages, range(MAX_PAGES), strict=False)]
        properties = reader.metadata
    except (
        pypdf.errors.PyPdfError,
        ValueError,
        KeyError,
        TypeError,
        IndexError,
        AttributeError,
        RecursionError,
    ) as error:
        notes.fail(source.name, f"is no PDF that can be read ({error})")
        return None
    if len(pages) == MAX_PAGES:
        notes.warn(source.name, f"only its first {MAX_PAGES} pages were read")
    text = without_invisible(text_of_pages(pages))
    if not text:
        notes.fail(source.name, "holds no text; a scanned page must go through text recognition first")
        return None
    title = str(properties.title or "").strip() if properties else ""
    return article_of_text(
        text, source, "" if _NO_TITLE.search(title) or title.casefold() not in text.casefold() else title
    )


def text_of_pages(pages: Sequence[str]) -> str:
    """Paragraphs, a blank line between them, without what stands at the edge of every page and without hyphenation."""
    lines = [line for page in _without_running_heads([page.splitlines() for page in pages]) for line in page]
    lengths = sorted(len(line.strip()) for line in lines if line.strip())
    usual = lengths[int(len(lengths) * 0.9)] if lengths else 0
    paragraphs: list[str] = []
    goes_on = False
    for line in lines:
        bare = " ".join(line.split())
        if not bare:
            goes_on = False
        elif goes_on and not _begins_paragraph(paragraphs[-1], bare):
            paragraphs[-1] = _joined(paragraphs[-1], bare)
        else:
            paragraphs.append(bare)
        goes_on = bool(bare) and (len(bare) >= FULL_LINE * usual or goes_on) and not _ends_paragraph(bare, usual)
    return "\n\n".join(paragraphs)


def _begins_paragraph(before: str, line: str) -> bool:
    return line[:1] in "•◦▪–" and not before.endswith("-")


def _ends_paragraph(line: str, usual: int) -> bool:
    return bool(_SENTENCE_END.search(line)) and len(line) < FULL_LINE * usual


def _joined(before: str, line: str) -> str:
    if before.endswith("-") and len(before) > 1 and before[-2].isalpha() and line[:1].islower():
        return before[:-1] + line
    return f"{before} {line}"


def _without_running_heads(pages: list[list[str]]) -> list[list[str]]:
    """The lines of each page without those that stand at the edge of most pages, page numbers counting as the same."""
    if len(pages) < 3:
        return pages
    edges = [{_NUMBER.sub("0", line.strip()) for line in page[:HEAD_LINES] + page[-HEAD_LINES:]} for page in pages]
    common = {
        line for line, count in Counter(line for edge in edges for line in edge).items() if count * 2 > len(pages)
    }
    return [
        [
            line
            for number, line in enumerate(page)
            if not (
                (number < HEAD_LINES or number >= len(page) - HEAD_LINES) and _NUMBER.sub("0", line.strip()) in common
            )
        ]
        for page in pages
    ]


__all__ = ["read_pdf", "text_of_pages"]
