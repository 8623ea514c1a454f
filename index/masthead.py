"""What an article's own text says of it: title, author, date and nature, for texts that come without metadata."""

import re
from dataclasses import dataclass

from index.anatomy import Part, Stretch, read_anatomy
from index.bylines import is_agency_line, is_tail_credit, read_byline, signed_by
from index.dates import parse_date
from index.disclosures import disclosed_nature, titled_nature
from index.margins import HEAD_LINES
from index.types import Nature

TAIL_LINES = 12
"""What an article says of itself below its text stands within so many lines of the end."""

_LINE = re.compile(r"[^\n\r]+")


@dataclass(frozen=True, slots=True)
class Masthead:
    """What was read from the text; None, or an empty title, where it says nothing."""

    title: str = ""
    author: str | None = None
    published: str | None = None
    nature: Nature | None = None


def read_masthead(text: str, title: str = "") -> Masthead:
    """Title, author, date and nature as the text gives them; `title` is taken as it is where it is known.

    The date is that of the byline or of a line of its own near the title, never one that the article tells of.
    """
    text = _ends(text)
    stretches = read_anatomy(text, title)
    head = _above_body(stretches)
    bylines = [line for stretch in head if stretch.part is Part.BYLINE for line in _lines(text, stretch)]
    dates = [line for stretch in head if stretch.part is Part.DATE for line in _lines(text, stretch)]
    read = [byline for line in bylines if (byline := read_byline(line))]
    title = title or next((_lines(text, stretch)[0] for stretch in stretches if stretch.part is Part.TITLE), "")
    return Masthead(
        title=title,
        author=next((byline.author for byline in read if byline.author), None) or _unlabelled_author(bylines),
        published=next(filter(None, [*(byline.published for byline in read), *map(parse_date, dates)]), None),
        nature=_nature(text, stretches) or titled_nature(title),
    )


def _ends(text: str) -> str:
    """The first and last lines of a long text: what it says of itself stands there, and reading it all takes time."""
    lines = [match.span() for match in _LINE.finditer(text) if not match.group().isspace()]
    first = HEAD_LINES + TAIL_LINES
    if len(lines) <= first + TAIL_LINES:
        return text
    return text[: lines[first][1]] + "\n" + text[lines[-TAIL_LINES][0] :]


def _above_body(stretches: tuple[Stretch, ...]) -> list[Stretch]:
    """Everything above the second body stretch: a standfirst may stand between title and byline."""
    bodies = [index for index, stretch in enumerate(stretches) if stretch.part is Part.BODY]
    return list(stretches[: bodies[1] if len(bodies) > 1 else len(stretches)])


def _unlabelled_author(bylines: list[str]) -> str | None:
    """The author in lines without "By": names beside a date or an outlet."""
    others = (line for line in bylines if not (is_agency_line(line) or is_tail_credit(line)))
    return next((signed_by(line) or line.partition(",")[0] for line in others), None)


def _nature(text: str, stretches: tuple[Stretch, ...]) -> Nature | None:
    disclosures = (line for stretch in stretches if stretch.part is Part.DISCLOSURE for line in _lines(text, stretch))
    return next(filter(None, map(disclosed_nature, disclosures)), None)


def _lines(text: str, stretch: Stretch) -> list[str]:
    return [" ".join(line.split()) for line in text[slice(*stretch.span)].splitlines() if line.strip()]


__all__ = ["Masthead", "read_masthead"]
