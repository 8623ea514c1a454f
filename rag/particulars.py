"""The particulars of a sentence that can be looked up: its quoted words, numbers, names, and who is said to say it.

Everything here compares exactly, after folding only how a thing is written (typographic marks, thousands separators,
"bn" for billion); nothing is a score.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from rag.lexicon import FUNCTION_WORDS, SPEECH_FORMS
from rag.quantities import MONTHS
from rag.words import Word, clean, split_words

_FOLDED = str.maketrans("“”„«»‘’‚–—‑‐−\u00a0[]", '"""""\'\'\'----- ()')
_DOUBLE = re.compile(r'"([^"]*)"')
# A single mark opens after a space and closes before one; all others are apostrophes.
_SINGLE = re.compile(r"(?<![\w'])'(?!\d0s)([^']*(?:(?<=\w)'(?=\w)[^']*)*)'(?!\w)")

_ONES = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9}
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_TEENS = {
    "ten": 10, "eleven": 11, "twelve": 12, "dozen": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
# "one" is left out: it is a pronoun more often than a number.
_SMALL = {word: value for word, value in (_ONES | _TEENS | _TENS).items() if value > 1}
_SCALES = {
    "hundred": 2, "thousand": 3, "k": 3, "million": 6, "mn": 6, "mln": 6, "m": 6, "billion": 9, "bn": 9, "b": 9,
    "trillion": 12, "tn": 12,
}  # fmt: skip
_CURRENCIES = {"$": "$", "us$": "$", "£": "£", "€": "€", "¥": "¥", "₹": "₹"}
_UNITS = {
    "%": "%", "percent": "%", "per cent": "%", "percentage points": "%",
    "dollars": "$", "dollar": "$", "usd": "$", "pounds": "£", "pound": "£", "euros": "€", "euro": "€", "eur": "€",
    "yen": "¥", "yuan": "¥", "rmb": "¥", "rupees": "₹",
}  # fmt: skip
_NUMBER = re.compile(
    r"(?P<currency>us\$|[$£€¥₹])?\s?"
    r"(?:(?P<digits>\d+(?:[.,]\d+)*)"
    rf"|\b(?P<word>{'|'.join(_SMALL)})(?:-(?P<ones>{'|'.join(_ONES)}))?\b)"
    rf"(?:[\s-]?(?P<scale>{'|'.join(_SCALES)})\b)?"
    rf"(?:[\s-]?(?P<unit>%|(?:us\s|u\.s\.\s)?(?:{'|'.join(unit for unit in _UNITS if unit != '%')})\b))?",
    re.IGNORECASE,
)
_MONTH = rf"(?P<{{}}>{'|'.join(sorted(MONTHS, key=len, reverse=True))})\.?"
_DATE = re.compile(
    r"(?:\b(?:on|in)\s+)?\b(?:(?P<y1>\d{4})-(?P<m1>\d{2})(?:-(?P<d1>\d{2}))?"
    r"|(?P<d2>\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?" + _MONTH.format("m2") + r"(?:,?\s+(?P<y2>\d{4}))?"
    r"|" + _MONTH.format("m3") + r"\s+(?P<d3>\d{1,2})(?:st|nd|rd|th)?\b(?:,?\s+(?P<y3>\d{4}))?"
    r"|" + _MONTH.format("m4") + r",?\s+(?P<y4>\d{4}))\b,?",
    re.IGNORECASE,
)

_OPENERS = frozenset(
    """yes no neither both none overall instead still earlier later separately together since despite unlike similarly
    additionally also furthermore moreover nevertheless however meanwhile reports report reporting articles article
    outlets sources source officials analysts experts critics companies talks discussions negotiations statements
    denials shares negative people several part""".split()
)
_PREPOSITIONS = frozenset(
    """of about with to from on in at between by for against over under near into through via than
    as""".split()
)
_BETWEEN = frozenset(
    """has had have also later then once again since and both a an the its chief executive officer spokesperson
    spokesman spokeswoman spokespeople president minister chairman chairwoman founder director analyst analysts official
    officials ceo newspaper daily agency outlet""".split()
)
_CLAUSE_END = re.compile(r"[.,;:!?\"()]")


def fold(text: str) -> str:
    """`text` on one line, with plain quotation marks, apostrophes, hyphens and brackets; same letters, same case."""
    return " ".join(unicodedata.normalize("NFC", clean(text)).translate(_FOLDED).split())


def quotations(folded: str) -> tuple[str, ...] | None:
    """The words between quotation marks in folded text; None where a double mark has no partner or holds nothing."""
    if folded.count('"') % 2:
        return None
    quoted = _DOUBLE.findall(folded)
    quoted += _SINGLE.findall(_DOUBLE.sub(" ", folded))
    found = tuple(words.strip().rstrip(",.;:!?").strip() for words in quoted)
    return None if any(not words for words in found) else found


def without_quotations(folded: str) -> str:
    """Folded text with what stands between quotation marks left out."""
    return _SINGLE.sub(" ", _DOUBLE.sub(" ", folded))


def find_verbatim(words: str, folded: str) -> int:
    """Where `words` begin in folded text, whole and letter for letter but for a first capital; -1 if nowhere."""
    either = (
        f"[{re.escape(words[0].lower())}{re.escape(words[0].upper())}]" if words[0].isalpha() else re.escape(words[0])
    )
    before, after = (r"(?<!\w)" if words[0].isalnum() else ""), (r"(?!\w)" if words[-1].isalnum() else "")
    match = re.search(before + either + re.escape(words[1:]) + after, folded)
    return match.start() if match else -1


@dataclass(frozen=True, slots=True)
class Number:
    """A number's value, with "%", a currency's sign or nothing as its unit."""

    value: Decimal
    unit: str


def numbers(text: str) -> frozenset[Number]:
    """The numbers of `text`, in digits or words from two up, each with its scale worked in."""
    return frozenset(_number(match) for match in _NUMBER.finditer(fold(text).lower()))


def without_dates(text: str, published: str | None) -> str:
    """`text` without the dates that say when `published` (ISO, of any precision) was; other dates stay."""
    if not published:
        return text
    parts = [int(part) for part in re.findall(r"\d+", published)[:3]]
    given = dict(zip("ymd", parts, strict=False))

    def drop(match: re.Match[str]) -> str:
        found = {group[0]: _date_part(value) for group, value in match.groupdict().items() if value}
        return " " if all(given.get(part) == value for part, value in found.items()) else match.group()

    return _DATE.sub(drop, text)


def without_counts(text: str, counts: Iterable[int]) -> str:
    """`text` without the spelled-out numbers that are `counts` ("two articles say so")."""
    words = [word for word, value in _SMALL.items() if value in set(counts)]
    return re.sub(rf"\b(?:{'|'.join(words)})\b", " ", text, flags=re.IGNORECASE) if words else text


def names(text: str, ordinary: frozenset[str]) -> frozenset[str]:
    """Lower-case forms of the capitalised words of a sentence; its first word only when no `ordinary` word."""
    found = set()
    for i, word in enumerate(split_words(text)):
        if not word.capitalised or word.lower == "i":
            continue
        opens = i == 0 or text[: word.start].rstrip()[-1:] in {".", "!", "?", ":"}
        known = (
            word.lower in FUNCTION_WORDS
            or word.lower in ordinary
            or word.lower in _OPENERS
            or word.lower.endswith("ly")
        )
        if not (opens and known) and not (word.lower in FUNCTION_WORDS and word.text[1:].islower()):
            found.add(word.lower)
    return frozenset(found)


def word_forms(texts: Iterable[str]) -> frozenset[str]:
    """Lower-case forms of all words of the texts, a plural or possessive beside its singular."""
    lower = {word.lower for text in texts for word in split_words(text)}
    return frozenset(lower | {word[:-1] for word in lower if word.endswith("s") and len(word) > 2})


def uncapitalised(texts: Iterable[str]) -> frozenset[str]:
    """Words that some of the texts write in small letters."""
    return frozenset(word.lower for text in texts for word in split_words(text) if not word.capitalised)


def speakers(text: str) -> list[frozenset[str]]:
    """For each speech verb or "according to" with a named speaker beside it, the words of that name in lower case."""
    words = split_words(text)
    found = []
    for i, word in enumerate(words):
        if word.lower in SPEECH_FORMS and (name := _subject(text, words, i)):
            found.append(name)
        if word.lower == "to" and i and words[i - 1].lower == "according":
            name = frozenset(_run(text, words, i + 1, step=1))
            found += [name] if name else []
    return found


def _subject(text: str, words: list[Word], verb: int) -> frozenset[str]:
    """The name that the verb's clause has before it, "Ford" in "Ford's spokesperson later said"."""
    i = verb - 1
    while i >= 0 and verb - i <= 4 and not _parted(text, words[i], words[i + 1]):
        lower = words[i].lower
        if _is_name(words[i]):
            name = _run(text, words, i, step=-1)
            first = i - len(name)
            if first >= 0 and words[first].lower in _PREPOSITIONS:
                return frozenset()
            return frozenset(name)
        if lower not in _BETWEEN and not lower.endswith("ly"):
            break
        i -= 1
    return frozenset()


def _run(text: str, words: list[Word], i: int, step: int) -> list[str]:
    run: list[str] = []
    while 0 <= i < len(words):
        if not _is_name(words[i]):
            if run or words[i].lower not in {"the", "a"} or step < 0:
                break
        else:
            run.append(words[i].lower)
        following = i + step
        if not 0 <= following < len(words) or _parted(text, words[min(i, following)], words[max(i, following)]):
            break
        i = following
    return run


def _is_name(word: Word) -> bool:
    return word.capitalised and word.lower not in FUNCTION_WORDS and word.lower not in _OPENERS


def _parted(text: str, left: Word, right: Word) -> bool:
    return bool(_CLAUSE_END.search(text[left.end : right.start]))


def _date_part(value: str) -> int:
    return int(value) if value.isdigit() else MONTHS[value.lower()]


def _number(match: re.Match[str]) -> Number:
    if match["digits"]:
        value = _decimal(match["digits"])
    else:
        ones = _ONES.get(match["ones"] or "", 0)
        value = Decimal(_SMALL[match["word"]] + ones)
    if match["scale"]:
        value = value.scaleb(_SCALES[match["scale"]])
    unit = _CURRENCIES.get(match["currency"] or "", "")
    if not unit and match["unit"]:
        unit = _UNITS[match["unit"].removeprefix("us ").removeprefix("u.s. ")]
    return Number(value.normalize(), unit)


def _decimal(digits: str) -> Decimal:
    """English notation: commas part thousands, a full stop begins the fraction."""
    plain = re.sub(r",(?=\d{3}(?!\d))", "", digits).replace(",", ".")
    whole, *rest = plain.split(".")
    return Decimal(f"{whole}.{''.join(rest)}") if rest else Decimal(whole)


__all__ = [
    "find_verbatim", "fold", "names", "numbers", "quotations", "speakers", "uncapitalised", "without_counts",
    "without_dates", "without_quotations", "word_forms",
]  # fmt: skip
