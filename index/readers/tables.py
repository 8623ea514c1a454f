"""CSV: one article a row, under the names in its first row."""

import csv
import io
from collections.abc import Iterator
from typing import BinaryIO

from index.readers.decoding import Undecodable, decode
from index.readers.fields import ALIASES
from index.readers.jsonl import MAX_LINE_BYTES, article_of
from index.readers.notes import Found, Notes, Source

SAMPLE = 2**16


def read_csv(rows: BinaryIO, source: Source, notes: Notes) -> Iterator[Found]:
    """The articles of a CSV stream; a row that holds none is noted as "file:line" and the rest still comes.

    Commas, semicolons, tabs and bars are told apart. The columns have the names that JSONL fields have.
    """
    text = _opened(rows, source, notes)
    if text is not None:
        try:
            yield from _articles(text, source, notes)
        finally:
            text.detach()  # the stream is closed by whoever opened it


def _articles(text: io.TextIOWrapper, source: Source, notes: Notes) -> Iterator[Found]:
    sample = text.read(SAMPLE)
    text.seek(0)
    csv.field_size_limit(MAX_LINE_BYTES)
    reader = csv.reader(text, delimiter=_delimiter(sample), strict=True)
    try:
        names = [name.strip().lower() for name in next(reader, [])]
        if not set(names) & set(ALIASES["text"]):
            shown = ", ".join(names[:10]) or "none"
            notes.fail(source.name, f"has no column named text, content or body; its columns are: {shown}")
            return
        for row in reader:
            place = f"{source.name}:{reader.line_num}"
            given: dict[str, object] = dict(zip(names, row, strict=False))
            if any(value.strip() for value in row) and (article := article_of(given, place, notes)):
                yield Found(article, place)
    except csv.Error as error:
        notes.fail(f"{source.name}:{reader.line_num}", f"is no CSV from here on ({error})")
    except UnicodeDecodeError as error:
        notes.fail(f"{source.name}:{reader.line_num}", f"cannot be decoded from here on ({error.reason})")


def _opened(rows: BinaryIO, source: Source, notes: Notes) -> io.TextIOWrapper | None:
    """The stream as text, in the encoding that its beginning shows."""
    start = rows.read(SAMPLE)
    if not start.strip():
        notes.fail(source.name, "is empty")
        return None
    try:
        # The beginning may end within a character, which is no fault of the file.
        cut = start[: start.rfind(b"\n") + 1] or start
        _, remark = decode(cut)
    except Undecodable as error:
        notes.fail(source.name, str(error))
        return None
    rows.seek(0)
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif remark:
        notes.warn(source.name, remark)
        encoding = remark.rpartition(" ")[2]
    else:
        encoding = "utf-8-sig"
    return io.TextIOWrapper(rows, encoding=encoding, newline="")


def _delimiter(sample: str) -> str:
    first = sample.split("\n", 1)[0]
    return max(",;\t|", key=first.count)


__all__ = ["read_csv"]
