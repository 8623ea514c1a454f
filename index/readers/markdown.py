"""Markdown: the text as published, with its front matter read as metadata."""

import re
import tomllib

from index.masthead import read_masthead
from index.readers.fields import read_fields
from index.readers.notes import Notes, Source
from index.readers.plain import decoded
from index.types import Article

_YAML = re.compile(r"\A---[ \t]*\r?\n(?P<front>.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_TOML = re.compile(r"\A\+\+\+[ \t]*\r?\n(?P<front>.*?)^\+\+\+[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_HEADING = re.compile(r"^#[ \t]+(.+?)[ \t]*#*[ \t]*$", re.MULTILINE)
_PAIR = re.compile(r"(?P<name>[A-Za-z_][\w-]*)\s*:\s*(?P<value>.*)")
_ITEM = re.compile(r"\s*-\s+(?P<value>.+)")


def read_markdown(data: bytes, source: Source, notes: Notes) -> Article | None:
    """The article in a Markdown file, its text unchanged below the front matter; None, with a failure noted, else."""
    text = decoded(data, source, notes)
    if text is None:
        return None
    given, text = split_front_matter(text)
    if not text.strip():
        notes.fail(source.name, "has no text below its front matter")
        return None
    fields = read_fields(given, source.name, notes)
    heading = _HEADING.search(text, 0, 2000)
    masthead = read_masthead(text, fields.title or (heading[1] if heading else ""))
    return Article(
        id=fields.id or source.id_for(fields.url),
        text=text,
        title=masthead.title.lstrip("# "),
        publisher=fields.publisher,
        author=fields.author or masthead.author,
        published=fields.published or masthead.published,
        published_from="front matter" if fields.published else ("byline" if masthead.published else None),
        url=fields.url,
        nature=fields.nature or masthead.nature,
    )


def split_front_matter(text: str) -> tuple[dict[str, object], str]:
    """The names and values above the text, and the text; nothing and the whole where there is no front matter."""
    if match := _YAML.match(text):
        return _pairs(match["front"]), text[match.end() :]
    if match := _TOML.match(text):
        try:
            return tomllib.loads(match["front"]), text[match.end() :]
        except tomllib.TOMLDecodeError:
            return {}, text
    return {}, text


def _pairs(front: str) -> dict[str, object]:
    """The flat part of YAML that front matter is written in: names, values in or without quotes, and lists of them."""
    given: dict[str, object] = {}
    items: list[object] | None = None
    for line in front.splitlines():
        if items is not None and (item := _ITEM.fullmatch(line)):
            items.append(_scalar(item["value"]))
        elif pair := _PAIR.fullmatch(line.rstrip()):
            value = pair["value"].strip()
            items = [] if not value else None
            given[pair["name"].lower()] = items if items is not None else _value(value)
    return given


def _value(value: str) -> object:
    if value.startswith("[") and value.endswith("]"):
        return [_scalar(part) for part in value[1:-1].split(",")]
    return _scalar(value)


def _scalar(value: str) -> str:
    value = value.strip()
    if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return re.sub(r"\s#.*$", "", value)


__all__ = ["read_markdown", "split_front_matter"]
