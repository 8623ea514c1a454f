"""What stands above and below the prose of an article: its title, who and when, menus, credits and scraps."""

import re
from collections.abc import Sequence
from itertools import pairwise

from index.boilerplate import is_boilerplate, is_contact
from index.bylines import (
    is_agency_line,
    is_date_line,
    is_labelled_date,
    is_name_line,
    is_tail_credit,
    read_byline,
    signed_by,
)
from index.captions import is_caption
from index.disclosures import is_disclosure
from index.parts import ANSWERABLE, Part, is_prose, is_scrap
from index.sentences import sentence_spans

HEAD_LINES = 15
"""Titles, names without "By" and dates without a label are looked for in so many lines, above the first prose."""

MAX_SCRAPS = 3
"""So few short lines between two pieces of furniture are furniture; more may be a list."""

MAX_TAGS = 8
"""So many lines of up to four words below the last piece of furniture are tags."""

_OUTLET_BEHIND = re.compile(r"\s+[|–—-]\s+[^|–—-]{1,40}$")
_NAV = re.compile(
    r"(?:home|news|world|us|uk|politics|business|markets?|economy|sports?|opinion|culture|arts?|entertainment"
    r"|technology|tech"
    r"|science|health|climate|travel|style|lifestyle|food|weather|video|videos|live|photos|audio|investigations"
    r"|local|national"
    r"|international|more|menu|search|subscribe|log ?in|sign ?in|account|my account|register|english|español"
    r"|sections|latest"
    r"|trending|podcasts?|games|crosswords?|obituaries|dashboard|profile|notifications|settings|classifieds|jobs"
    r"|real estate|cars|money|education|magazine|all sections"
    r"|maps?|radar|apps?|imprint|impressum|archive|about|contact|advertise|terms|privacy|cookies|help|rss"
    r"|newsletters?|e-?paper|shop|events|corrections|ethics|tv|radio|live tv)",
    re.IGNORECASE,
)


def title_line(lines: Sequence[str], title: str = "") -> int | None:
    """The index of the line that is the title: the known `title`, else a first line that reads like one."""
    if title:
        known = {title_key(title), title_key(_OUTLET_BEHIND.sub("", title))} - {""}
        return next((index for index, line in enumerate(lines[:HEAD_LINES]) if _is_same_title(line, known)), None)
    for index, line in enumerate(lines[:HEAD_LINES]):
        if _may_stand_above_title(line):
            continue
        return index if _reads_like_title(line) and any(map(is_prose, lines[index + 1 :])) else None
    return None


def _is_same_title(line: str, known: set[str]) -> bool:
    """True for the title itself, or a long beginning of it: many pages cut theirs."""
    key = title_key(line)
    return key in known or (
        len(key) > 20 and any(one.startswith(key) or key.startswith(one) for one in known if len(one) > 20)
    )


def _may_stand_above_title(line: str) -> bool:
    if len(line.split()) < 3 or _NAV.fullmatch(line) or is_boilerplate(line):
        return True
    return is_date_line(line) or is_agency_line(line) or is_disclosure(line)


def judge_head(lines: list[str], parts: list[Part]) -> None:
    """Marks what stands above the prose: menus, dates, names of authors and outlets."""
    end = next((index for index, line in enumerate(lines) if parts[index] is Part.BODY and is_prose(line)), 0)
    end = min(end, HEAD_LINES)
    for index in range(end):
        if parts[index] is not Part.BODY:
            continue
        line = lines[index]
        neighbours = [lines[place] for place in (index - 1, index + 1) if 0 <= place < len(lines)]
        if is_date_line(line):
            parts[index] = Part.DATE
        elif is_agency_line(line) or is_tail_credit(line) or signed_by(line) or _is_author(line, neighbours):
            parts[index] = Part.BYLINE
        elif _NAV.fullmatch(line) and any(_NAV.fullmatch(other) for other in neighbours):
            parts[index] = Part.BOILERPLATE
    _judge_head_scraps(lines, parts, end)


def _is_author(line: str, neighbours: Sequence[str]) -> bool:
    """True for a line of names that a date or an agency stands beside."""
    return is_name_line(line.partition(",")[0]) and any(
        is_date_line(line) or is_agency_line(line) for line in neighbours
    )


def _judge_head_scraps(lines: list[str], parts: list[Part], end: int) -> None:
    """Marks words that stand between title and prose next to a piece of furniture: badges, languages, buttons."""
    titled = max((index for index in range(end) if parts[index] is Part.TITLE), default=end)
    for index in range(titled + 1, end):
        beside = {parts[place] for place in (index - 1, index + 1) if titled < place < end}
        if parts[index] is Part.BODY and Part.BOILERPLATE in beside and is_scrap(lines[index], 3):
            parts[index] = Part.BOILERPLATE


def judge_tail(lines: list[str], parts: list[Part]) -> None:
    """Marks what stands below the prose: credits, contact lines, and scraps between prompts."""
    prose = [index for index, line in enumerate(lines) if parts[index] in ANSWERABLE and is_prose(line)]
    prose = [index for index in prose if not is_tail_credit(lines[index]) and not is_contact(lines[index])]
    if not prose:
        return
    for index in range(prose[-1] + 1, len(lines)):
        if parts[index] is not Part.BODY:
            continue
        if is_tail_credit(lines[index]):
            parts[index] = Part.BYLINE
        elif is_labelled_date(lines[index]):
            parts[index] = Part.DATE
        elif is_contact(lines[index]):
            parts[index] = Part.BOILERPLATE
    _judge_menu(lines, parts, prose[-1] + 1)
    _judge_scraps(lines, parts, prose[-1] + 1)


def _judge_menu(lines: list[str], parts: list[Part], start: int) -> None:
    """Marks the names of sections in a footer: two or more together, or one beside furniture."""
    listed = [index for index in range(start, len(lines)) if _NAV.fullmatch(lines[index])]
    for index in listed:
        beside = [place for place in (index - 1, index + 1) if start <= place < len(lines)]
        if any(place in listed or parts[place] is Part.BOILERPLATE for place in beside):
            parts[index] = Part.BOILERPLATE


def _judge_scraps(lines: list[str], parts: list[Part], start: int) -> None:
    """Marks short lines below the prose that stand between two pieces of furniture, or between one and the end.

    They are logos, names of sections, tags. Figures are kept: a list of results may end an article.
    """
    furniture = [index for index in range(start, len(lines)) if parts[index] is Part.BOILERPLATE]
    for left, right in pairwise([*furniture, len(lines)] if furniture else []):
        between = range(left + 1, right)
        most_lines, most_words = (MAX_SCRAPS, 8) if right < len(lines) else (MAX_TAGS, 4)
        if len(between) <= most_lines and all(is_scrap(lines[index], most_words) for index in between):
            for index in between:
                parts[index] = Part.BOILERPLATE if parts[index] is Part.BODY else parts[index]


def _reads_like_title(line: str) -> bool:
    words = line.split()
    if any(is_boilerplate(line[slice(*span)]) for span in sentence_spans(line)):
        return False
    if not 3 <= len(words) <= 30 or len(line) > 220 or read_byline(line) or is_caption(line):
        return False
    return not re.search(r"(?<!\b[A-Z])(?<!\.\w)[.。;:,][\"'”’]?$", line) and not line[0].islower()


def title_key(line: str) -> str:
    """A line for comparing with the title: letters and digits alone, in small letters."""
    return re.sub(r"[\W_]+", "", line.casefold())


__all__ = ["HEAD_LINES", "judge_head", "judge_tail", "title_key", "title_line"]
