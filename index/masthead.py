"""What an article's own text says of it: title, author, date and nature, for texts that come without metadata."""

from dataclasses import dataclass

from index.anatomy import Part, Stretch, read_anatomy
from index.bylines import is_agency_line, read_byline
from index.dates import parse_date
from index.disclosures import disclosed_nature
from index.sentences import sentence_spans
from index.types import Nature


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
    stretches = read_anatomy(text, title)
    head = _above_body(stretches)
    bylines = [line for stretch in head if stretch.part is Part.BYLINE for line in _lines(text, stretch)]
    dates = [line for stretch in head if stretch.part is Part.DATE for line in _lines(text, stretch)]
    read = [byline for line in bylines if (byline := read_byline(line))]
    author = next((byline.author for byline in read if byline.author), None)
    if author is None:
        author = next((line for line in bylines if not is_agency_line(line)), None)
    return Masthead(
        title=title or next((_lines(text, part)[0] for part in stretches if part.part is Part.TITLE), ""),
        author=author,
        published=next(filter(None, [*(byline.published for byline in read), *map(parse_date, dates)]), None),
        nature=_nature(text, stretches),
    )


def _above_body(stretches: tuple[Stretch, ...]) -> list[Stretch]:
    """Everything above the second body stretch: a standfirst may stand between title and byline."""
    bodies = [index for index, stretch in enumerate(stretches) if stretch.part is Part.BODY]
    return list(stretches[: bodies[1] if len(bodies) > 1 else len(stretches)])


def _nature(text: str, stretches: tuple[Stretch, ...]) -> Nature | None:
    for stretch in stretches:
        if stretch.part is Part.DISCLOSURE:
            for start, end in sentence_spans(text, *stretch.span):
                if nature := disclosed_nature(text[start:end]):
                    return nature
    return None


def _lines(text: str, stretch: Stretch) -> list[str]:
    return [line.strip() for line in text[slice(*stretch.span)].splitlines() if line.strip()]


__all__ = ["Masthead", "read_masthead"]
