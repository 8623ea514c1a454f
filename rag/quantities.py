"""Amounts, counts and dates in a text, each with its value, so that "$3.5bn" and "3.5 billion dollars" are one."""

import re
from dataclasses import dataclass
from enum import StrEnum

from index.types import Span


class Measure(StrEnum):
    """What a quantity measures."""

    MONEY = "money"
    PERCENT = "percent"
    DURATION = "duration"
    DISTANCE = "distance"
    WEIGHT = "weight"
    AGE = "age"
    COUNT = "count"
    DATE = "date"
    ORDINAL = "ordinal"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity as written at `span`; `value` is in base units (dollars, fractions of 100, plain counts).

    `unit` is the word counted ("units", "years") or the currency; for a date `value` is yyyymmdd with zeros for
    what is not given, and `unit` is "year", "month" or "day".
    """

    measure: Measure
    value: float
    unit: str
    span: Span
    text: str


_SCALES = {
    "hundred": 1e2, "thousand": 1e3, "k": 1e3, "million": 1e6, "mn": 1e6, "m": 1e6, "billion": 1e9, "bn": 1e9, "b": 1e9,
    "trillion": 1e12, "tn": 1e12, "dozen": 12.0,
}  # fmt: skip
SMALL_NUMBERS = {
    word: float(value)
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen twenty".split()
    )
} | {"thirty": 30.0, "forty": 40.0, "fifty": 50.0, "sixty": 60.0, "seventy": 70.0, "eighty": 80.0, "ninety": 90.0,
     "dozen": 12.0, "half": 0.5}  # fmt: skip
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
            "september sept sep", "october oct", "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_CURRENCIES = {"$": "dollar", "£": "pound", "€": "euro", "¥": "yen", "₹": "rupee"}
_MONEY_WORDS = {
    "dollar": "dollar", "dollars": "dollar", "usd": "dollar", "cents": "cent", "pounds": "pound", "gbp": "pound",
    "euro": "euro", "euros": "euro", "eur": "euro", "yuan": "yuan", "rmb": "yuan", "yen": "yen", "rupees": "rupee",
    "crowns": "crown", "krona": "crown", "kronor": "crown", "kroner": "crown", "francs": "franc", "marks": "mark",
    "pesos": "peso", "rubles": "rouble", "roubles": "rouble", "won": "won", "rand": "rand", "lira": "lira",
    "dirhams": "dirham", "shekels": "shekel", "zloty": "zloty", "baht": "baht", "ringgit": "ringgit", "naira": "naira",
    "reais": "real", "riyals": "riyal", "dinars": "dinar",
}  # fmt: skip
_DURATIONS = frozenset(
    "second seconds minute minutes hour hours day days week weeks month months year years decade decades "
    "century centuries quarter quarters".split()
)
_DISTANCES = frozenset(
    "mile miles km kilometer kilometers kilometre kilometres meter meters metre metres feet foot inches".split()
)
_WEIGHTS = frozenset("kg kilogram kilograms ton tons tonne tonnes pound pounds lb lbs gram grams ounces".split())

_NUMBER = (
    r"\d+(?:,\d{3})+(?:\.\d+)?|(?<![\d.,])\d{1,3}(?:[\u00a0\u2009\u202f]\d{3})+(?!\d)"
    r"|(?<![\d.,])\d{1,3}(?: \d{3})*(?: \d00)+(?!\w)|\d+(?:\.\d+)?"
)
"""Thousands are parted by commas, or by spaces: those that keep a number on one line, plain ones in round numbers."""
_WORD_NUMBER = "|".join(sorted(SMALL_NUMBERS, key=len, reverse=True))
_QUANTITY = re.compile(
    rf"(?P<currency>(?:US|A|C|HK|NZ)?[$£€¥₹])?(?P<number>{_NUMBER}|\b(?:{_WORD_NUMBER})(?:-(?:{_WORD_NUMBER}))?\b)"
    r"(?:[\s-]?(?P<scale>hundred|thousand|million|billion|trillion|dozen|bn|mn|tn|[kmb](?![a-z])))?"
    r"(?P<ordinal>st\b|nd\b|rd\b|th\b)?"
    r"(?:\s?(?P<percent>%|per\s?cent\b|percent\b|percentage points?\b))?"
    r"(?:[\s-](?P<unit>[^\W\d_]+(?:-[^\W\d_]+)*))?",
    re.IGNORECASE,
)
_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun"
    r"|jul|aug|sept|sep|oct|nov|dec)\.?"
)
_DATE = re.compile(
    rf"\b(?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m1>{_MONTH})(?:,?\s+(?P<y1>(?:19|20)\d\d))?"
    rf"|(?P<m2>{_MONTH})\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\d)(?:,?\s+(?P<y2>(?:19|20)\d\d))?"
    rf"|(?P<m3>{_MONTH})\s+(?:of\s+)?(?P<y3>(?:19|20)\d\d)"
    rf"|(?P<y5>(?:19|20)\d\d)-(?P<m5>\d\d)(?:-(?P<d5>\d\d))?"
    rf"|(?P<q>Q[1-4]|(?:first|second|third|fourth)\s+quarter)(?:\s+(?:of\s+)?(?P<y6>(?:19|20)\d\d))?"
    rf"|(?P<y4>(?:19|20)\d\d)(?![\d,%.-]\d|s?\s?(?:%|percent))|(?P<m4>{_MONTH})(?=[\s,.;]|$)"
    r"|(?P<w>(?:last|next|this)\s+(?:week|month|year|spring|summer|autumn|fall|winter|monday|tuesday|wednesday"
    r"|thursday|friday|saturday|sunday)"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|yesterday|tomorrow))\b",
    re.IGNORECASE,
)
_AGE_AFTER = re.compile(r"^[\s-]?years?[\s-]old\b", re.IGNORECASE)
_BARE_MONTHS = frozenset(["may", "march", "mar", "jan", "dec", "sep", "oct", "apr", "jun", "jul", "aug", "nov", "feb"])


_ONE_SPAN = re.compile(
    r"\ba (?P<unit>decade|century|dozen years|year|month|week)\b(?! (?:ago|later|earlier))", re.IGNORECASE
)
_SPAN_YEARS = {"decade": 10.0, "century": 100.0, "dozen years": 12.0, "year": 1.0}


def find_quantities(text: str) -> list[Quantity]:
    """The quantities of `text` in order, dates first taken out so that a year is no count."""
    dates = _find_dates(text)
    taken = [date.span for date in dates]
    dates += [
        Quantity(Measure.DURATION, _SPAN_YEARS.get(m["unit"].lower(), 0.0), m["unit"].lower(), m.span(), m.group())
        for m in _ONE_SPAN.finditer(text)
    ]
    others = [
        quantity
        for match in _QUANTITY.finditer(text)
        if not any(start <= match.start("number") < end for start, end in taken)
        and (quantity := _quantity(match, text)) is not None
    ]
    return sorted([*dates, *others], key=lambda quantity: quantity.span)


def _quantity(match: re.Match[str], text: str) -> Quantity | None:
    start, number = match.start(), match["number"]
    before = text[start - 1 : start]
    if before and (before.isalnum() or before in "-_/") and not match["currency"]:
        return None  # part of a name: F-150, C-HR
    value = _value(number) * _SCALES.get((match["scale"] or "").lower(), 1.0)
    unit = (match["unit"] or "").lower()
    end = max(match.end(group) for group in ("number", "scale", "ordinal", "percent"))
    if match["currency"] or unit in _MONEY_WORDS:
        end = end if match["currency"] else match.end("unit")
        currency = _CURRENCIES.get((match["currency"] or "")[-1:], "") or _MONEY_WORDS.get(unit, "dollar")
        return Quantity(Measure.MONEY, value, currency, (start, end), text[start:end])
    if match["percent"]:
        return Quantity(Measure.PERCENT, value, "%", (start, end), text[start:end])
    if match["ordinal"]:
        return Quantity(Measure.ORDINAL, value, unit, (start, end), text[start:end])
    if _AGE_AFTER.match(text[end:]):
        return Quantity(Measure.AGE, value, "years", (start, end), text[start:end])
    if number.lower() in ("one", "half") and not match["scale"]:
        return None  # almost always "one of", "half of": no count
    measure = (
        Measure.DURATION if unit in _DURATIONS
        else Measure.DISTANCE if unit in _DISTANCES
        else Measure.WEIGHT if unit in _WEIGHTS
        else Measure.COUNT
    )  # fmt: skip
    if measure is not Measure.COUNT:
        end = match.end("unit")
    return Quantity(measure, value, unit, (start, end), text[start:end])


def _value(number: str) -> float:
    if number[0].isdigit():
        return float(re.sub(r"[,\s]", "", number))
    return sum(SMALL_NUMBERS[part] for part in number.lower().split("-"))


def _find_dates(text: str) -> list[Quantity]:
    found = []
    for match in _DATE.finditer(text):
        groups = match.groupdict()
        month_only = groups["m4"] is not None
        # "may", "march" and three-letter forms alone are months only when written as a name.
        if month_only and (match.group().lower().rstrip(".") in _BARE_MONTHS and not _is_month_name(match, text)):
            continue
        year = int(_first(groups, "y") or 0)
        month = _month(_first(groups, "m"))
        day = int(_first(groups, "d") or 0)
        unit = "day" if day or groups["w"] else "month" if month else "quarter" if groups["q"] else "year"
        value = float(year * 10_000 + month * 100 + day)
        found.append(Quantity(Measure.DATE, value, unit, match.span(), match.group()))
    return found


_BEFORE_MONTHS = frozenset("in since until by last next from of early late mid".split())


def _is_month_name(match: re.Match[str], text: str) -> bool:
    before = text[: match.start()].rstrip().rsplit(" ", 1)[-1].lower()
    return match.group()[0].isupper() and before in _BEFORE_MONTHS


def _first(groups: dict[str, str | None], letter: str) -> str | None:
    return next((value for key, value in groups.items() if key[0] == letter and len(key) == 2 and value), None)


def _month(name: str | None) -> int:
    if not name:
        return 0
    return int(name) if name.isdigit() else MONTHS.get(name.lower().rstrip("."), 0)


def same_value(a: Quantity, b: Quantity) -> bool:
    """Whether two quantities of one measure say the same, a date of less precision matching one of more."""
    if a.measure is not b.measure:
        return False
    if a.measure is Measure.DATE:
        return _dates_agree(int(a.value), int(b.value))
    return abs(a.value - b.value) <= 0.005 * max(abs(a.value), abs(b.value), 1e-9)


def alike(a: Quantity, b: Quantity) -> bool:
    """Whether two quantities measure the same kind of thing, so that their values can be compared."""
    if a.measure is not b.measure:
        return False
    if a.measure is Measure.DATE:
        return min(a.value, b.value) >= 10_000
    if a.measure is not Measure.COUNT or not a.unit or not b.unit or {a.unit, b.unit} & ANY_UNIT:
        return True
    return a.unit.rstrip("s") == b.unit.rstrip("s")


ANY_UNIT = frozenset("unit units vehicle vehicles car cars people piece pieces item items copy copies".split())


def _dates_agree(a: int, b: int) -> bool:
    pairs = ((a // 10_000, b // 10_000), (a // 100 % 100, b // 100 % 100), (a % 100, b % 100))
    return all(x == y for x, y in pairs if x and y) and any(x and y for x, y in pairs)
