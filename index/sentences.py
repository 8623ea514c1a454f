"""Where the sentences of a news text begin and end, exactly.

A small rule set of our own, after trying the kept libraries: sentencex (Rust, Wikimedia) came closest but panics on
a no-break space before a full stop and takes seconds on long runs of opening quotes; pysbd is slow and parts a
closing quote from its sentence; syntok and NLTK's punkt read no East Asian full stop, and NLTK is imported too slowly
for a command that answers in a second. News leans on a few habits that rules serve well: titles before names,
company endings, initials, datelines, credits in brackets, quotes with their stop inside.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from index.types import Span


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Never the last word of a sentence: a name, a number or an object follows.
_LEADING = _words(
    "mr mrs ms messrs mx dr prof rev fr hon pres gov lt gen col maj capt cmdr cpl sgt adm brig sen rep reps sens"
    " supt det"
    " insp asst atty amb min del st ste mt ft vs v eg ie cf viz approx est ca circa al fig figs eq art sec ch vol para"
    " nos op pp dept gov't e.g i.e u.s.c r.i.p s.s h.m rt"
)
# May stand last or be followed by a name ("Apple Inc. Chief Executive", "the U.S. Senate").
_TRAILING = _words(
    "inc corp co cos ltd plc llc llp bros mfg intl assn bhd pty gmbh jr sr esq ph.d m.d b.a m.a ave blvd rd dist univ"
    " calif mass conn ill wis minn ala ariz ark colo del fla ga ind kan ky md mich mo mont neb nev okla ore pa tenn tex"
    " va vt wash wyo ont que aux etc dem"
)
_MONTHS = _words("jan feb mar apr jun jul aug sep sept oct nov dec")
_COUNTED = _words("no nr p pg ver ph")
_STARTERS = _words(
    "the a an this that these those it its he she they we you i his her their our your my there here in on at for from"
    " by with to of as if when while after before since until because although though but and or so yet however still"
    " meanwhile also then now what who why how where which no not some many most more all both each other another one"
    " two three last next earlier later according asked despite during under over between among such once only even"
    " instead moreover nevertheless nor is are was were has have had will would can could may might should do does did"
    " separately additionally officials analysts critics experts"
)
_TIME_FOLLOWERS = re.compile(
    r"(?:[A-Z]{2,4}T?\b|Eastern|Pacific|Central|Mountain|Greenwich|Mon|Tues?|Wed|Thu|Fri|Sat|Sun|Jan|Feb|Mar|Apr|May"
    r"|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Beijing|London|Tokyo|local)"
)
_SAID = (
    r"(?:said|says|asked|asks|wrote|writes|added|adds|told|tells|tweeted|posted|replied|shouted|joked|wondered"
    r"|continued|cried|exclaimed|read|reads)"
)
_ATTRIBUTION = re.compile(rf"(?:[A-Z][\w.'’-]*\s+){{1,4}}{_SAID}\b")

_CLOSERS = "\"'”’»›)\\]}」』】）》"
_OPENERS = "\"'“‘«‹([{「『【（《¿¡"
_STRONG = "。！？｡．।॥؟۔։።។။"
_END = re.compile(rf"[.!?…]+[{_CLOSERS}]*(?=\s|$)|[{_STRONG}]+[.!?…{_CLOSERS}]*|[.!?]+[”\"’]?(?=[A-Z“‘][a-z])")
_CREDIT = re.compile(r"\s*(?:\([^().!?\n]{1,80}\)|\[[^\[\].!?\n]{1,40}\])\.?(?=\s|$)|\s*[–—-]\s?[A-Z][\w.’' -]{1,40}$")
_WORD_BEFORE = re.compile(r"[^\s\"“”‘(\[—–…/]+$")
_ACRONYM = re.compile(r"(?:[A-Za-z]\.)+[A-Za-z]$")
_MARKER = re.compile(r"[\s•◦▪●‣*·–—-]*\(?(?:\d{1,3}|[ivxIVX]{1,4}|[A-Za-z])$")
_BULLET = re.compile(r"\s*(?:[•◦▪●‣*·–—-]\s|\(?\d{1,3}[.)]\s)")
_LINE = re.compile(r"[^\n\r\u2028\u2029\x0b\x0c\x85]+")

_WRAP_COLUMNS = (40, 120)
"""Lines of hard-wrapped text are about this long; a shorter one is a heading, a longer one a paragraph."""


def sentence_spans(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Spans of the sentences in ``text[start:end]``, in order, whitespace trimmed; offsets are into `text`.

    Every character that is no whitespace stands in exactly one span. A line end ends a sentence (headings have no
    full stop), except inside hard-wrapped paragraphs.
    """
    region = text[start:end]
    spans: list[Span] = []
    for block_start, block_end in _blocks(region):
        block = region[block_start:block_end]
        for left, right in _cut(block):
            stretch = block[left:right]
            begin = left + len(stretch) - len(stretch.lstrip())
            stop = right - len(stretch) + len(stretch.rstrip())
            if begin < stop:
                spans.append((start + block_start + begin, start + block_start + stop))
    return spans


def _blocks(text: str) -> Iterator[Span]:
    """Lines, those of a hard-wrapped paragraph joined."""
    group: list[Span] = []
    for match in _LINE.finditer(text):
        line = match.span()
        if group and (_blank_between(text, group[-1][1], line[0]) or not match.group().strip()):
            yield from _joined(text, group)
            group = []
        if match.group().strip():
            group.append(line)
    yield from _joined(text, group)


def _blank_between(text: str, left: int, right: int) -> bool:
    return text[left:right].replace("\r\n", "\n") not in {"\n", "\r", "\u2028", "\x85"}


def _joined(text: str, lines: list[Span]) -> Iterator[Span]:
    if not _is_wrapped(text, lines):
        yield from lines
        return
    start, end = lines[0]
    for left, right in lines[1:]:
        previous = text[:end].rsplit("\n", 1)[-1] if end - start > _WRAP_COLUMNS[1] else text[start:end]
        if _BULLET.match(text, left, right) or len(previous.rsplit("\n", 1)[-1]) < _WRAP_COLUMNS[0]:
            yield start, end
            start = left
        end = right
    yield start, end


def _is_wrapped(text: str, lines: list[Span]) -> bool:
    """True if a line of usual length goes on in small letters on the next."""
    if len(lines) < 2 or max(right - left for left, right in lines) > _WRAP_COLUMNS[1]:
        return False
    return any(
        right - left >= _WRAP_COLUMNS[0]
        and text[left:right].rstrip()[-1] not in ".!?:…"
        and text[after:after_end].lstrip()[:1].islower()
        for (left, right), (after, after_end) in pairwise(lines)
    )


def _cut(block: str) -> Iterator[Span]:
    start = 0
    position = 0
    while match := _END.search(block, position):
        position = match.end()
        if not _ends_sentence(block, start, match):
            continue
        if credit := _CREDIT.match(block, position):
            follower = block[credit.end() :].lstrip()[:1]
            if not follower.islower():
                position = credit.end()
        yield start, position
        start = position
    if start < len(block):
        yield start, len(block)


def _ends_sentence(block: str, start: int, match: re.Match[str]) -> bool:
    """True if the punctuation that matched ends the sentence that began at `start`."""
    mark = match.group()
    after = block[match.end() :].lstrip()
    if mark[0] in _STRONG or not after:
        return True
    glued = not block[match.end()].isspace()
    lead = after.lstrip(_OPENERS)[:40]
    if not _can_start(lead):
        return False
    if "?" in mark or "!" in mark:
        return not (mark[-1] in _CLOSERS and _ATTRIBUTION.match(after))
    before = _WORD_BEFORE.search(block[max(start, match.start() - 40) : match.start()])
    word = before.group() if before else ""
    if glued:
        return len(word) > 2 and word.isalpha() and word.islower() and word not in _LEADING
    if mark[0] != "." or mark.startswith(".."):
        return True
    if _MARKER.match(block[start : match.start()]) and not word.islower():
        return False
    return not _is_abbreviation(word, lead, opened=after[0] in _OPENERS, closed=len(mark) > 1)


def _can_start(lead: str) -> bool:
    """True unless the text goes on in small letters; "iPhone" and "eBay" may begin a sentence."""
    if not lead:
        return True
    if lead[0] in ",;:%&/" or (lead[0] in "–—-" and lead[1:].lstrip()[:1].islower()):
        return False
    return not lead[0].islower() or lead[1:2].isupper()


def _is_abbreviation(word: str, lead: str, *, opened: bool, closed: bool) -> bool:
    """True if the full stop after `word` shortens it and the sentence goes on with `lead`."""
    plain = word.lower().lstrip("'’").rsplit("-", 1)[-1]  # then-Gov., ex-Pres.
    if lead[:1] in "–—-":
        return True
    first = re.match(r"[\w'’-]*", lead)
    follower = first.group() if first else ""
    starter = follower.lower().split("'")[0].split("’")[0] in _STARTERS or opened
    if plain in _LEADING:
        return not closed
    if plain in _MONTHS | _COUNTED:
        return follower[:1].isdigit() or (plain == "no" and lead[:1] in "#№")
    if plain in {"a.m", "p.m", "am", "pm"} and "." in word:
        return bool(_TIME_FOLLOWERS.match(lead)) and not starter
    if plain == "etc":
        return False
    if plain in _TRAILING or _ACRONYM.match(word):
        return not starter and bool(follower)
    return len(word) == 1 and word.isupper() and not starter and bool(follower) and not follower[0].isdigit()


__all__ = ["sentence_spans"]
