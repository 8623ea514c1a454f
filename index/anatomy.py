"""What each stretch of an article's text is: title, byline, date, body, caption, disclosure, or furniture of the page.

Only body, captions and disclosures are made into passages, so nothing is answered from a teaser or a prompt. The
text itself is never changed. Lines are judged by their wording (`boilerplate`, `bylines`, `captions`, `disclosures`),
by the heading they stand under (`sections`), and by their place above or below the prose (`margins`). In doubt a line
is body: a news brief may be one sentence, and losing it is worse than keeping a prompt.
"""

import re
from itertools import groupby

from index.boilerplate import is_boilerplate, speaks_for_outlet
from index.bylines import read_byline
from index.captions import is_caption, is_credit
from index.disclosures import is_disclosure
from index.margins import judge_head, judge_tail, title_key, title_line
from index.parts import ANSWERABLE, Part, Stretch
from index.sections import judge_sections
from index.sentences import sentence_spans
from index.types import Span

_LINE = re.compile(r"[^\n\r\u2028\u2029\x0b\x0c\x85]+")

MAX_JUDGED = 4000
"""So much of a line is looked at; patterns on longer ones would take too long, and none of them fits one."""

MAX_DISCLOSURE_SENTENCES = 6
"""A paragraph of more sentences tells of something, whatever one of them discloses."""


def read_anatomy(text: str, title: str = "") -> tuple[Stretch, ...]:
    """The stretches of `text` in order, not overlapping; every line that is not blank is in them.

    `title` is the article's title where it is known; without it, a first line that reads like one is taken.
    """
    spans = [span for match in _LINE.finditer(text) if (span := _trimmed(text, *match.span()))]
    lines = [_flat(text[start:end]) for start, end in spans]
    parts = _judge(lines, title)
    pieces: list[Stretch] = []
    for span, part in zip(spans, parts, strict=True):
        pieces.extend(_without_prompts(text, span) if part is Part.BODY else [Stretch(span, part)])
    return tuple(_joined(_rescued(pieces)))


def _judge(lines: list[str], title: str) -> list[Part]:
    titled = title_line(lines, title)
    key = title_key(lines[titled] if titled is not None else title)
    parts = [_part_of_line(line) for line in lines]
    for index, line in enumerate(lines):
        if index == titled or (key and title_key(line) == key):
            parts[index] = Part.TITLE
    judge_head(lines, parts)
    judge_sections(lines, parts)
    judge_tail(lines, parts)
    return parts


def _part_of_line(line: str) -> Part:
    """What a line is by its own wording, wherever it stands."""
    if is_credit(line) or is_boilerplate(line):
        return Part.BOILERPLATE
    if is_caption(line):
        return Part.CAPTION
    if read_byline(line):
        return Part.BYLINE
    if is_disclosure(line) and len(sentence_spans(line)) <= MAX_DISCLOSURE_SENTENCES:
        return Part.DISCLOSURE
    return Part.BODY


def _without_prompts(text: str, span: Span) -> list[Stretch]:
    """A body line as body, with the prompts before and behind its sentences cut off."""
    sentences = sentence_spans(text, *span)
    if len(sentences) > 1 and all(_is_pitch(text[start:end]) for start, end in sentences):
        return [Stretch(span, Part.BOILERPLATE)]
    first, last = 0, len(sentences) - 1
    while first <= last and is_boilerplate(_flat(text[slice(*sentences[first])])):
        first += 1
    while last > first and is_boilerplate(_flat(text[slice(*sentences[last])])):
        last -= 1
    if first > last:
        return [Stretch(span, Part.BOILERPLATE)]
    pieces = [
        (sentences[0][0], sentences[first - 1][1], Part.BOILERPLATE) if first else None,
        (sentences[first][0], sentences[last][1], Part.BODY),
        (sentences[last + 1][0], sentences[-1][1], Part.BOILERPLATE) if last + 1 < len(sentences) else None,
    ]
    return [Stretch((start, end), part) for start, end, part in filter(None, pieces)]


def _is_pitch(sentence: str) -> bool:
    flat = _flat(sentence)
    return is_boilerplate(flat) or speaks_for_outlet(flat)


def _rescued(pieces: list[Stretch]) -> list[Stretch]:
    """The same, but all body where nothing answerable was left: a text is never thrown away."""
    if any(piece.part in ANSWERABLE for piece in pieces):
        return pieces
    return [Stretch(piece.span, Part.BODY) for piece in pieces]


def _joined(pieces: list[Stretch]) -> list[Stretch]:
    groups = (list(group) for _, group in groupby(pieces, key=lambda piece: piece.part))
    return [Stretch((group[0].span[0], group[-1].span[1]), group[0].part) for group in groups]


def _flat(stretch: str) -> str:
    """A stretch for judging: single spaces, and of a very long one the beginning and the end."""
    flat = " ".join(stretch.split())
    return flat if len(flat) <= MAX_JUDGED else f"{flat[: MAX_JUDGED // 2]} {flat[-MAX_JUDGED // 2 :]}"


def _trimmed(text: str, start: int, end: int) -> Span | None:
    stretch = text[start:end]
    left = start + len(stretch) - len(stretch.lstrip())
    right = end - len(stretch) + len(stretch.rstrip())
    return (left, right) if left < right else None


__all__ = ["ANSWERABLE", "Part", "Stretch", "read_anatomy"]
