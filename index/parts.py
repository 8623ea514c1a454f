"""The names of an article's parts, and two measures of a line that every judgement of them uses."""

import re
from dataclasses import dataclass
from enum import StrEnum

from index.types import Span


class Part(StrEnum):
    """What a stretch of the text is."""

    TITLE = "title"
    BYLINE = "byline"
    DATE = "date"
    BODY = "body"
    CAPTION = "caption"
    DISCLOSURE = "disclosure"
    BOILERPLATE = "boilerplate"


ANSWERABLE = frozenset({Part.BODY, Part.CAPTION, Part.DISCLOSURE})
"""The parts that passages are made of."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of the text and what it is."""

    span: Span
    part: Part


PROSE_WORDS = 8
"""A line of at least so many words that ends like a sentence is prose."""

_ENDED = re.compile(r"[.!?。！？][\"'”’»)\]]*$")


def is_prose(line: str) -> bool:
    """True for a line that tells something in a whole sentence; a teaser that breaks off is none."""
    return bool(_ENDED.search(line)) and not line.endswith(("...", "…")) and len(line.split()) >= PROSE_WORDS


def is_scrap(line: str, most_words: int) -> bool:
    """True for up to `most_words` words that end like no sentence and hold no figure."""
    return len(line.split()) <= most_words and not _ENDED.search(line) and not re.search(r"\d", line)


__all__ = ["ANSWERABLE", "Part", "Stretch", "is_prose", "is_scrap"]
