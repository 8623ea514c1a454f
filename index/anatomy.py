"""What each stretch of an article's text is: title, byline, date, body, caption, disclosure, or furniture of the page.

Only body, captions and disclosures are made into passages, so nothing is answered from a teaser or a prompt. The
text itself is never changed. Lines are judged by their wording (`boilerplate`, `bylines`, `disclosures`), by the
heading they stand under, and by their place above or below the prose. In doubt a line is body: a news brief may be
one sentence, and losing it is worse than keeping a prompt.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby, pairwise

from index.boilerplate import Section, is_boilerplate, is_contact, section_opened
from index.bylines import is_agency_line, is_date_line, is_name_line, is_tail_credit, read_byline
from index.captions import is_caption, is_credit
from index.disclosures import is_disclosure
from index.sentences import sentence_spans
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


HEAD_LINES = 15
"""Bylines without "By" and dates without a label are looked for in this many lines, and above the first prose."""

PROSE_WORDS = 8
"""A line of at least so many words that ends like a sentence is prose."""

RESUMING_CHARACTERS = 300
"""Teasers are shorter than this; a longer paragraph below them is the article again."""

RESUMING_LINES = 3
"""So many lines of prose about what the article is about, one below the other, are the article again."""

MAX_TEASERS = 12
"""A heading above the middle of the article is followed by no more links than this."""

MAX_SCRAPS = 3
"""So few short lines between two pieces of furniture are furniture; more may be a list."""

MIN_WORDS_ABOVE = 40
"""A heading that ends the article must have at least so many words of prose above it."""

_LINE = re.compile(r"[^\n\r\u2028\u2029\x0b\x0c\x85]+")
_ENDED = re.compile(r"[.!?。！？][\"'”’»)\]]*$")
_NAV = re.compile(
    r"(?:home|news|world|us|uk|politics|business|markets?|economy|sports?|opinion|culture|arts?|entertainment|technology|tech"
    r"|science|health|climate|travel|style|lifestyle|food|weather|video|videos|live|photos|audio|investigations|local|national"
    r"|international|more|menu|search|subscribe|log ?in|sign ?in|account|my account|register|english|español|sections|latest"
    r"|trending|podcasts?|games|crosswords?|obituaries|classifieds|jobs|real estate|cars|money|education|magazine|all sections)",
    re.IGNORECASE,
)


def read_anatomy(text: str, title: str = "") -> tuple[Stretch, ...]:
    """The stretches of `text` in order, not overlapping; every line that is not blank is in them.

    `title` is the article's title where it is known; without it, a first line that reads like one is taken.
    """
    spans = [span for match in _LINE.finditer(text) if (span := _trimmed(text, *match.span()))]
    lines = [text[start:end] for start, end in spans]
    parts = _judge(lines, title)
    pieces: list[Stretch] = []
    for span, part in zip(spans, parts, strict=True):
        pieces.extend(_without_prompts(text, span) if part is Part.BODY else [Stretch(span, part)])
    return tuple(_joined(_rescued(pieces)))


def title_line(lines: Sequence[str], title: str = "") -> int | None:
    """The index of the line that is the title: the known `title`, else a first line that reads like one."""
    if title:
        known = _key(title)
        for index, line in enumerate(lines[:HEAD_LINES]):
            key = _key(line)
            if key and (key == known or (len(key) > 20 and (known.startswith(key) or key.startswith(known)))):
                return index
        return None
    for index, line in enumerate(lines[:HEAD_LINES]):
        if (
            is_boilerplate(line)
            or _NAV.fullmatch(line)
            or is_date_line(line)
            or is_agency_line(line)
            or is_disclosure(line)
        ):
            continue
        return index if _reads_like_title(line) and any(map(_is_prose, lines[index + 1 :])) else None
    return None


def _judge(lines: list[str], title: str) -> list[Part]:
    titled = title_line(lines, title)
    title_key = _key(lines[titled]) if titled is not None else _key(title)
    parts = [_part_of_line(line) for line in lines]
    for index, line in enumerate(lines):
        if index == titled or (title_key and _key(line) == title_key):
            parts[index] = Part.TITLE
    _judge_head(lines, parts)
    _judge_sections(lines, parts)
    _judge_tail(lines, parts)
    return parts


def _part_of_line(line: str) -> Part:
    """What a line is by its own wording, wherever it stands."""
    if is_credit(line) or is_boilerplate(line):
        return Part.BOILERPLATE
    if is_caption(line):
        return Part.CAPTION
    if read_byline(line):
        return Part.BYLINE
    if is_disclosure(line) and len(sentence_spans(line)) <= 6:
        return Part.DISCLOSURE
    return Part.BODY


def _judge_head(lines: list[str], parts: list[Part]) -> None:
    """Marks what stands above the prose: menus, dates, names of authors and outlets."""
    end = next((index for index, line in enumerate(lines) if parts[index] is Part.BODY and _is_prose(line)), 0)
    end = min(end, HEAD_LINES)
    for index in range(end):
        if parts[index] is not Part.BODY:
            continue
        line = lines[index]
        neighbours = [lines[place] for place in (index - 1, index + 1) if 0 <= place < len(lines)]
        if is_date_line(line):
            parts[index] = Part.DATE
        elif is_agency_line(line):
            parts[index] = Part.BYLINE
        elif is_name_line(line) and any(is_date_line(other) or is_agency_line(other) for other in neighbours):
            parts[index] = Part.BYLINE
        elif _NAV.fullmatch(line) and any(_NAV.fullmatch(other) for other in neighbours):
            parts[index] = Part.BOILERPLATE


def _judge_sections(lines: list[str], parts: list[Part]) -> None:
    """Marks what stands under headings such as "Related articles" and "Comments"."""
    words_above = 0
    total = sum(len(line.split()) for line in lines)
    index = 0
    while index < len(lines):
        following = lines[index + 1] if index + 1 < len(lines) else ""
        section = section_opened(lines[index], following) if parts[index] in {Part.BODY, Part.BOILERPLATE} else None
        if section is None:
            words_above += len(lines[index].split()) if parts[index] in ANSWERABLE else 0
            index += 1
            continue
        parts[index] = Part.BOILERPLATE
        end = index + 1
        if words_above >= MIN_WORDS_ABOVE:
            end = _section_end(lines, parts, index, section, late=words_above * 2 >= total)
        for place in range(index + 1, end):
            if parts[place] in {Part.BODY, Part.CAPTION, Part.BYLINE, Part.DATE}:
                parts[place] = Part.BOILERPLATE
        index = end


def _section_end(lines: list[str], parts: list[Part], heading: int, section: Section, *, late: bool) -> int:
    """The line at which the article goes on below a heading; the end of the text if it does not."""
    if not late:
        return heading + 1 if section is Section.COMMENTS else _teaser_run(lines, heading)
    if section is Section.COMMENTS:
        return len(lines)
    named = _names(" ".join(line for line, part in zip(lines[:heading], parts, strict=False) if part in ANSWERABLE))
    run = 0
    for index in range(heading + 1, len(lines)):
        line = lines[index]
        if _is_prose(line) and len(line) >= RESUMING_CHARACTERS:
            return index - run
        names = _names(line)
        on_subject = _is_prose(line) and bool(names) and len(names & named) * 2 >= len(names)
        run = run + 1 if on_subject and parts[index] is Part.BODY else 0
        if run == RESUMING_LINES:
            return index - run + 1
    return len(lines)


def _teaser_run(lines: list[str], heading: int) -> int:
    """The end of the lines under a heading that end like no sentence: titles and first words of other articles."""
    end = heading + 1
    while end < min(len(lines), heading + 1 + MAX_TEASERS) and not _is_prose(lines[end]):
        end += 1
    return end


def _judge_tail(lines: list[str], parts: list[Part]) -> None:
    """Marks what stands below the prose: credits, contact lines, and scraps between prompts."""
    prose = [index for index, line in enumerate(lines) if parts[index] in ANSWERABLE and _is_prose(line)]
    prose = [index for index in prose if not is_tail_credit(lines[index]) and not is_contact(lines[index])]
    if not prose:
        return
    for index in range(prose[-1] + 1, len(lines)):
        if parts[index] is not Part.BODY:
            continue
        if is_tail_credit(lines[index]):
            parts[index] = Part.BYLINE
        elif is_date_line(lines[index]):
            parts[index] = Part.DATE
        elif is_contact(lines[index]):
            parts[index] = Part.BOILERPLATE
    _judge_scraps(lines, parts, prose[-1] + 1)


def _judge_scraps(lines: list[str], parts: list[Part], start: int) -> None:
    """Marks short lines below the prose that stand between two pieces of furniture: logos, names of sections."""
    furniture = [index for index in range(start, len(lines)) if parts[index] is Part.BOILERPLATE]
    for left, right in pairwise(furniture):
        between = range(left + 1, right)
        if len(between) <= MAX_SCRAPS and all(_is_scrap(lines[index]) for index in between):
            for index in between:
                parts[index] = Part.BOILERPLATE if parts[index] is Part.BODY else parts[index]


def _without_prompts(text: str, span: Span) -> list[Stretch]:
    """A body line as body, with the prompts before and behind its sentences cut off."""
    sentences = sentence_spans(text, *span)
    first, last = 0, len(sentences) - 1
    while first <= last and is_boilerplate(text[slice(*sentences[first])]):
        first += 1
    while last > first and is_boilerplate(text[slice(*sentences[last])]):
        last -= 1
    if first > last:
        return [Stretch(span, Part.BOILERPLATE)]
    pieces = [
        (sentences[0][0], sentences[first - 1][1], Part.BOILERPLATE) if first else None,
        (sentences[first][0], sentences[last][1], Part.BODY),
        (sentences[last + 1][0], sentences[-1][1], Part.BOILERPLATE) if last + 1 < len(sentences) else None,
    ]
    return [Stretch((start, end), part) for start, end, part in filter(None, pieces)]


def _rescued(pieces: list[Stretch]) -> list[Stretch]:
    """The same, but all body where nothing answerable was left: a text is never thrown away."""
    if any(piece.part in ANSWERABLE for piece in pieces):
        return pieces
    return [Stretch(piece.span, Part.BODY) for piece in pieces]


def _joined(pieces: list[Stretch]) -> list[Stretch]:
    groups = (list(group) for _, group in groupby(pieces, key=lambda piece: piece.part))
    return [Stretch((group[0].span[0], group[-1].span[1]), group[0].part) for group in groups]


def _reads_like_title(line: str) -> bool:
    words = line.split()
    if not 3 <= len(words) <= 30 or len(line) > 220 or read_byline(line) or is_caption(line):
        return False
    return not re.search(r"(?<!\b[A-Z])(?<!\.\w)[.。;:,][\"'”’]?$", line) and not line[0].islower()


def _is_prose(line: str) -> bool:
    return bool(_ENDED.search(line)) and not line.endswith(("...", "…")) and len(line.split()) >= PROSE_WORDS


def _is_scrap(line: str) -> bool:
    return len(line.split()) <= 8 and not _ENDED.search(line)


def _names(text: str) -> frozenset[str]:
    """Capitalised words inside sentences, as a rough measure of what a text is about."""
    return frozenset(re.findall(r"(?<=[\w,;’'] )[A-Z][\w’'-]{2,}", text))


def _key(line: str) -> str:
    """A line for comparing with the title: letters and digits alone, no outlet behind a bar."""
    bare = re.split(r"\s[|]\s|\s[–—-]\s(?=[^–—-]{1,30}$)", line)[0] if len(line) > 40 else line
    return re.sub(r"[\W_]+", "", bare.casefold())


def _trimmed(text: str, start: int, end: int) -> Span | None:
    stretch = text[start:end]
    left = start + len(stretch) - len(stretch.lstrip())
    right = end - len(stretch) + len(stretch.rstrip())
    return (left, right) if left < right else None


__all__ = ["ANSWERABLE", "Part", "Stretch", "read_anatomy", "title_line"]
