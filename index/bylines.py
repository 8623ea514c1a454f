"""Who wrote an article and when, as its own lines above and below the text say it."""

import re
from dataclasses import dataclass

from index.dates import find_date, find_yearless

_PARTICLES = r"(?:de|van|von|der|den|bin|ibn|al|el|la|le|di|da|del|dos|du|ter|ten|y)"
_TOKEN = r"(?:[A-ZÀ-ÖØ-ÞĀ-Ž][\w'’.-]*|[A-Z]\.)"
_NAME = rf"{_TOKEN}(?:\s(?:{_PARTICLES}\s)*{_TOKEN}){{0,4}}"
_NAMES = rf"{_NAME}(?:(?:,\s|,?\s(?:and|&)\s){_NAME})*"
_ROLE = (
    r"(?:staff|senior|chief|contributing|guest|special|freelance|news|sports?|business|political?s?|health|tech\w*"
    r"|science|opinion|features?|culture|wire|foreign|national|city|crime|education|writers?|reporters?|editors?"
    r"|correspondents?|columnists?|contributors?|bureau|desk|team|service|services|for|of|the|at|in|from|to|with|and|by"
    r"|photographers?|producers?|analyst|digital|deputy|assistant|managing|executive|associate|agency|agencies|via)"
)
_AFTER = rf"(?:[\s,|·•/()–—-]+(?:{_ROLE}\b|{_TOKEN}))*[\s,|·•/()–—-]*"
_AUTHOR_NAMES = _NAMES.replace(_PARTICLES, f"(?:{_PARTICLES}|of|for|the)")
_BYLINE = re.compile(
    rf"(?:(?i:story|words|text|report|reported|reporting|analysis|opinion|review|interview|written|posted"
    rf"|published|created|additional"
    rf" reporting)\s+)?(?i:by)\b\s*:?\s+(?P<who>{_AUTHOR_NAMES})(?P<after>{_AFTER})"
)
_AUTHOR_LABEL = re.compile(
    rf"(?i:authors?|writers?|reporters?|correspondents?|journalists?|story|contributors?|words)\s*(?::\s*"
    rf"|\s(?=[A-Z]))(?P<who>{_NAMES})"
    rf"(?P<after>{_AFTER})"
)
_TAIL_CREDIT = re.compile(
    rf"(?i:contributing|contributors?|reporting by|edited by|reviewed by|provided by|additional reporting"
    rf"|editing by|compiled by|with reporting from|from)\b\s*:?\s+{_TOKEN}.{{0,200}}"
    rf"|{_NAMES}(?:\s(?:of|from|with|for|in)\s.{{1,60}})?\s(?:also\s)?contributed\s(?:to\sthis\s(?:report|story"
    rf"|article)|reporting|research|data).{{0,60}}"
    rf"|(?i:(?:co-?)?(?:published|produced|reported) (?:in (?:partnership|collaboration) )?with)\s{_TOKEN}.{{0,120}}"
    rf"|[–—−-]\s?{_NAMES}(?:[,;]\s?.{{0,40}})?",
)
_BIOGRAPHY = re.compile(
    rf"{_TOKEN}\s{_NAMES}(?:,\s[^,]{{1,60}},)?\s(?:(?:is|are)\s(?:an?|the|our)?\b[^.!?]{{0,80}}?\b(?:reporters?"
    rf"|editors?|writers?|columnists?"
    rf"|correspondents?|contributors?|journalists?)|covers|reports on|writes about)\b.{{0,160}}"
)
_AGENCY = (
    r"(?:reuters|associated press|the associated press|ap|afp|agence france-presse|bloomberg(?: news)?|dpa|ansa"
    r"|efe|kyodo|xinhua"
    r"|pti|ani|ians|tass|interfax|upi|cnn|bbc(?: news)?|press association|pa media|staff(?: report(?:er|s)?)?|news desk"
    r"|\w+ staff|web desk|newsroom|editorial (?:board|team)|the editors|special to .{1,40}|opinion (?:contributor"
    r"|columnist)"
    r"|(?:staff|senior|contributing|guest) (?:writer|reporter|columnist|editor|contributor)|correspondent|columnist)"
)
_AGENCY_LINE = re.compile(rf"(?:by\s+)?{_AGENCY}", re.IGNORECASE)
_SIGN = re.compile(r"[a-z]{2,4}(?:/[a-z]{2,4}){0,3}\s\([\w ,/]{2,40}\)")
_SIGNED_LINE = re.compile(
    rf"(?P<who>{_TOKEN}(?:\s{_TOKEN}){{1,3}}(?:\s(?:and|&)\s{_TOKEN}(?:\s{_TOKEN}){{1,3}})?),"
    r"\s(?P<outlet>[A-Z][\w.'’&-]*(?:\s[\w.'’&-]+){0,5})"
)
_NAME_LINE = re.compile(
    rf"{_TOKEN}\s(?:(?:{_PARTICLES}|and|&)\s)*{_TOKEN}(?:\s(?:(?:{_PARTICLES}|and|&)\s)*{_TOKEN}){{0,5}}"
)
_PLACE_LINE = re.compile(r"(?:[A-Z][\w.'’/-]*,?\s?){1,8}[–—-]+")
_DATE_LABELS = re.compile(
    r"\b(?:first|last|originally|published|publication|updated?|modified|posted|created|issued|released|date|time"
    r"|on|at|and|from|the"
    r"|mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun|\w+day|e[sd]?t|c[sd]t|m[sd]t|p[sd]?t|gmt|utc|bst|cet"
    r"|ist|sgt|aest"
    r"|a\.?m|p\.?m|\d+\s*min(?:ute)?s?\s*(?:read)?|\d+\s*(?:hours?|days?|minutes?|weeks?|months?)\s*ago|\d+[dhmw]"
    r"|noon|midnight)\b\.?",
    re.IGNORECASE,
)
_DATE_LABEL = re.compile(
    r"\W*(?:(?:first|last|originally)\s)?(?:published|posted|updated|created|issued|released|modified)\b", re.IGNORECASE
)
_POSTER = re.compile(r"\s+by\s+[\w.@-]+(?:\s[A-Z][\w.-]*){0,3}\W*$")
_PLACE = re.compile(rf"{_TOKEN}(?:[\s,/]+{_TOKEN}){{0,4}}")
_BRACKETED = re.compile(r"\(\s?[A-Z][\w ]{1,20}\)\s*-?\s*$")
_AGE = re.compile(r"\d\s*(?:hours?|days?|minutes?|weeks?|months?)\s*ago|^\W*\d+[dhmw]\W*$", re.IGNORECASE)
_CLOCKS = re.compile(r"\d{1,2}[:.]\d\d(?::\d\d)?|\b\d{1,2}(?=\s?[ap]\.?\s?m\b)", re.IGNORECASE)
_NOT_NAMES = re.compile(
    r"\b(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|june|july|august"
    r"|september|october"
    r"|november|december|then|now|contrast|comparison|law|all|using|early|late|mid|far|default|design)\b",
    re.IGNORECASE,
)
_UPDATE = re.compile(r"\s*[|·•,;(–—-]*\s*(?i:(?:last )?(?:updated?|modified|revised))\b.*$")
_NO_PERSON = re.compile(
    rf"^(?:{_ROLE}\b|Ph\.?D|M\.?D|J\.?D|M\.?B\.?A|B\.?A|M\.?A\b|[A-Z]{{2,}}$)|\b(?:Editor|Reporter|Correspondent"
    rf"|Writer|News|Times|Post|Press|Journal|Herald|Tribune|Magazine|University|Institute|Network|Desk|Daily|Radio"
    rf"|TV|Media|Agency|Wire)\b",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"(?:story|words|text|report\w*|analysis|opinion|review|interview|written|posted|published|created"
    r"|additional reporting)?\s*by\b"
    r"|(?:author|writer|reporter|correspondent|journalist|contributor)s?\b|story\b|words\b",
    re.IGNORECASE,
)

MAX_WORDS = 40


@dataclass(frozen=True, slots=True)
class Byline:
    """Who a line names as author, as written, and the date it gives, as ISO; None for what it does not give."""

    author: str | None
    published: str | None


def read_byline(line: str) -> Byline | None:
    """What a line such as "By Jane Roe, 2 Feb 2026" says; None if the line is no byline."""
    bare = line.strip(" \t\u00a0|·•–—-*_")
    if not _OPENING.match(bare) or len(bare.split()) > MAX_WORDS or bare.endswith((". ", "?", "!")):
        return None
    found = find_date(bare)
    trimmed = _strip_date_words(_CLOCKS.sub(" ", _without_dates(_UPDATE.sub("", bare))))
    match = _BYLINE.fullmatch(trimmed) or _AUTHOR_LABEL.fullmatch(trimmed)
    if not match or _NOT_NAMES.match(match["who"]):
        return None
    if len(match["who"].split()) == 1 and not _AGENCY_LINE.fullmatch(match["who"]) and len(trimmed.split()) > 3:
        return None
    return Byline(_persons(match["who"]), found.iso if found else None)


def is_date_line(line: str) -> bool:
    """True for a line that gives a date, a time or the age of an article, or these and a place or who posted it."""
    line = _POSTER.sub("", line)
    segments = [segment for segment in re.split(r"\s*[|·•]\s*|\s+/\s+", line) if segment.strip()]
    dated = [segment for segment in segments if _gives_date(segment)]
    return bool(dated) and all(segment in dated or len(segment.split()) <= 3 for segment in segments)


def is_labelled_date(line: str) -> bool:
    """True for a date line that says what happened then: "Published", "Posted", "Updated"."""
    return bool(_DATE_LABEL.match(line)) and is_date_line(line)


def _gives_date(line: str) -> bool:
    if len(line) > 160 or not re.search(r"\d", line):
        return False
    unlabelled = re.sub(r"(?i)\b(?:updated?|modified|revised)\b\W*", " ", line)
    rest = _without_dates(unlabelled)
    while yearless := find_yearless(rest):
        rest = rest[: yearless[0]] + " " + rest[yearless[1] :]
    rest = _BRACKETED.sub("", rest)
    if rest == unlabelled and not _AGE.search(line):
        return False
    left = _DATE_LABELS.sub(" ", _CLOCKS.sub(" ", rest)).strip(" ,:;|()–—-.")
    return not re.search(r"\w", left) or (len(left.split()) <= 2 and bool(_PLACE.fullmatch(left)))


def is_name_line(line: str) -> bool:
    """True if a line is made of two to seven names, as an author's line is; a place or a heading may look the same."""
    return bool(_NAME_LINE.fullmatch(line.strip(" |·•,")))


def signed_by(line: str) -> str | None:
    """The names in a line of an author and an outlet or role, as in "Jane Roe, The Daily Post"; None for any other."""
    match = _SIGNED_LINE.fullmatch(line.strip(" |·•"))
    return _persons(match["who"]) if match and _NO_PERSON.search(match["outlet"]) else None


def is_agency_line(line: str) -> bool:
    """True for an agency, a desk or a writer's role alone, or a place and an outlet before a dash ("London CNN —")."""
    bare = line.strip(" |·•()")
    if _SIGN.fullmatch(line.strip()):
        return True
    return bool(_AGENCY_LINE.fullmatch(bare.rstrip(" —–-")) or (len(bare) <= 60 and _PLACE_LINE.fullmatch(bare)))


def is_tail_credit(line: str) -> bool:
    """True for a line below an article that names who else worked on it, or says who the writer is."""
    bare = line[1:-1] if line.startswith("(") and line.endswith(")") else line
    return len(line.split()) <= MAX_WORDS and bool(_TAIL_CREDIT.fullmatch(bare) or _BIOGRAPHY.fullmatch(bare))


def _persons(who: str) -> str:
    """The names without the roles, outlets and degrees that stand behind commas."""
    first, *others = re.split(r"(,\s(?:and\s)?)", who)
    names = first
    for comma, part in zip(others[::2], others[1::2], strict=True):
        if _AGENCY_LINE.fullmatch(part) or _NO_PERSON.search(part) or not re.fullmatch(r"\D+", part):
            break
        names += comma + part
    return names.rstrip(",. ")


def _without_dates(text: str) -> str:
    while found := find_date(text):
        text = text[: found.start] + " " + text[found.end :]
    return text


def _strip_date_words(text: str) -> str:
    """`text` without the labels and weekdays that stand beside a date, from its end."""
    words = re.split(r"[\s|·•,]+$", text)[0]
    while match := re.search(r"[\s|·•,–—()-]+(?:" + _DATE_LABELS.pattern + r")[\s|·•,:–—()-]*$", words, re.IGNORECASE):
        words = words[: match.start()]
    return words.strip(" |·•,–—-")


__all__ = [
    "Byline",
    "is_agency_line",
    "is_date_line",
    "is_labelled_date",
    "is_name_line",
    "is_tail_credit",
    "read_byline",
    "signed_by",
]
