"""JSON Lines: one article an object, under the names of the contract or the usual others."""

import json
from collections.abc import Iterator
from typing import BinaryIO

from index.masthead import read_masthead
from index.readers.decoding import Undecodable, decode
from index.readers.fields import ALIASES, read_fields
from index.readers.notes import Found, Notes, Source, check_text
from index.types import Article

MAX_LINE_BYTES = 16 * 2**20
MAX_JSON_BYTES = 64 * 2**20
"""JSON is read whole, and takes some twenty times its length of memory at the worst; JSONL is read line by line."""


def read_jsonl(lines: BinaryIO, source: Source, notes: Notes) -> Iterator[Found]:
    """The articles of a JSONL stream; a line that holds none is noted as "file:line" and the rest still comes."""
    found_any = False
    for number, line in enumerate(_lines(lines, source, notes), start=1):
        if not line.strip():
            continue
        found_any = True
        place = f"{source.name}:{number}"
        if len(line) > MAX_LINE_BYTES:
            notes.fail(place, f"the line is longer than {MAX_LINE_BYTES >> 20} MB")
        elif article := _article(line, place, notes):
            yield Found(article, place)
    if not found_any:
        notes.fail(source.name, "is empty")


def read_json(stream: BinaryIO, source: Source, notes: Notes) -> Iterator[Found]:
    """The articles of a JSON file: one object, or a list of them, also under a name such as "articles"."""
    data = stream.read(MAX_JSON_BYTES + 1)
    if len(data) > MAX_JSON_BYTES:
        notes.fail(source.name, f"is longer than {MAX_JSON_BYTES >> 20} MB; as JSONL it can have any length")
        return
    try:
        given = json.loads(decode(data)[0])
    except (Undecodable, ValueError, RecursionError) as error:
        notes.fail(source.name, f"is no JSON ({error})")
        return
    if isinstance(given, dict) and not set(given) & set(ALIASES["text"]):
        given = next((value for value in given.values() if isinstance(value, list)), given)
    for number, one in enumerate(given if isinstance(given, list) else [given], start=1):
        place = f"{source.name}:{number}" if isinstance(given, list) else source.name
        if not isinstance(one, dict):
            notes.fail(place, f"is no JSON object but {_kind(one)}")
        elif article := article_of(one, place, notes):
            yield Found(article, place)


def article_of(given: dict[str, object], place: str, notes: Notes) -> Article | None:
    """The article in an object of named fields; None, with a failure noted, if it has no text."""
    fields = read_fields(given, place, notes)
    text = check_text(fields.text or "", place, notes)
    if text is None:
        return None
    masthead = read_masthead(text, fields.title or "")
    return Article(
        id=fields.id or "",
        text=text,
        title=fields.title or "",
        publisher=fields.publisher,
        author=fields.author or masthead.author,
        published=fields.published or masthead.published,
        published_from="given" if fields.published else ("byline" if masthead.published else None),
        url=fields.url,
        nature=fields.nature or masthead.nature,
    )


def _article(line: bytes, place: str, notes: Notes) -> Article | None:
    try:
        text, remark = decode(line)
        given = json.loads(text)
    except (Undecodable, ValueError, RecursionError) as error:
        notes.fail(place, f"is no JSON object ({error})")
        return None
    if remark:
        notes.warn(place, remark)
    if not isinstance(given, dict):
        notes.fail(place, f"is no JSON object but {_kind(given)}")
        return None
    return article_of(given, place, notes)


def _kind(value: object) -> str:
    names = {list: "a list", str: "a text", bool: "true or false", type(None): "null"}
    return names.get(type(value), "a number")


def _lines(lines: BinaryIO, source: Source, notes: Notes) -> Iterator[bytes]:
    """The lines, none read beyond the limit and a byte; UTF-16 is read whole, as its line ends are wide."""
    start = lines.read(4)
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        rest = lines.read(MAX_LINE_BYTES * 4)
        yield from decode(start + rest)[0].encode("utf-8", "surrogatepass").splitlines()
        return
    lines.seek(0)
    while line := lines.readline(MAX_LINE_BYTES + 1):
        yield line
        while len(line) > MAX_LINE_BYTES and not line.endswith(b"\n"):
            line = lines.readline(MAX_LINE_BYTES + 1)


__all__ = ["MAX_LINE_BYTES", "article_of", "read_json", "read_jsonl"]
