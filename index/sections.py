"""What stands under headings such as "Related articles" and "Comments", and where the article goes on below them."""

import re

from index.boilerplate import Section, is_comment_prompt, section_opened
from index.parts import ANSWERABLE, Part, is_prose

RESUMING_CHARACTERS = 300
"""Teasers are shorter than this; a longer paragraph below them is the article again."""

RESUMING_LINES = 3
"""So many lines of prose about what the article is about, one below the other, are the article again."""

MAX_TEASERS = 12
"""A heading above the middle of the article is followed by no more links than this."""

MIN_WORDS_ABOVE = 25
"""A heading that ends the article must have at least so many words of it above."""


def judge_sections(lines: list[str], parts: list[Part]) -> None:
    """Marks in `parts` the headings that end the article, and what under them is not part of it."""
    words_above = 0
    total = sum(len(line.split()) for line in lines)
    index = 0
    while index < len(lines):
        following = lines[index + 1] if index + 1 < len(lines) else ""
        late = words_above * 2 >= total
        # "Sponsored content" above an article is said of it; below, of the links that follow.
        opens = {Part.BODY, Part.BOILERPLATE} | ({Part.DISCLOSURE} if late else set())
        section = section_opened(lines[index], following) if parts[index] in opens else None
        if section is None:
            words_above += len(lines[index].split()) if parts[index] in ANSWERABLE else 0
            index += 1
            continue
        parts[index] = Part.BOILERPLATE
        end = index + 1
        if words_above >= MIN_WORDS_ABOVE:
            end = _section_end(lines, parts, index, section, late=late)
        for place in range(index + 1, end):
            if parts[place] in {Part.BODY, Part.CAPTION, Part.BYLINE, Part.DATE}:
                parts[place] = Part.BOILERPLATE
        index = end


def _section_end(lines: list[str], parts: list[Part], heading: int, section: Section, *, late: bool) -> int:
    """The line at which the article goes on below a heading; the end of the text if it does not."""
    if section is Section.COMMENTS:
        prompted = heading + 1 < len(lines) and is_comment_prompt(lines[heading + 1])
        prompted = prompted or bool(re.match(r"\d+ .* on ", lines[heading]))
        return len(lines) if late or prompted else heading + 1
    if not late:
        return _teaser_run(lines, heading)
    named = _names(" ".join(line for line, part in zip(lines[:heading], parts, strict=False) if part in ANSWERABLE))
    run = 0
    for index in range(heading + 1, len(lines)):
        line = lines[index]
        if is_prose(line) and len(line) >= RESUMING_CHARACTERS:
            return index - run
        names = _names(line)
        on_subject = is_prose(line) and bool(names) and len(names & named) * 2 >= len(names)
        run = run + 1 if on_subject and parts[index] is Part.BODY else 0
        if run == RESUMING_LINES:
            return index - run + 1
    return len(lines)


def _teaser_run(lines: list[str], heading: int) -> int:
    """The end of the lines under a heading that end like no sentence: titles and first words of other articles."""
    end = heading + 1
    while end < min(len(lines), heading + 1 + MAX_TEASERS) and not is_prose(lines[end]):
        end += 1
    return end


def _names(text: str) -> frozenset[str]:
    """Capitalised words inside sentences, as a rough measure of what a text is about."""
    return frozenset(re.findall(r"(?<=[\w,;’'] )[A-Z][\w’'-]{2,}", text))


__all__ = ["judge_sections"]
