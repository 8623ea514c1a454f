"""What would answer a question: a name, a date, an amount of some measure, a reason, words that were said."""

import re
from collections.abc import Sequence

from rag.asking import (
    AMOUNT_NOUNS,
    AUXILIARIES,
    DATE_NOUNS,
    MONEY_NOUNS,
    NAME_NOUNS,
    PERCENT_NOUNS,
    PLACE_NOUNS,
    WH,
    WHO_NOUNS,
    Kind,
    Wanted,
)
from rag.names import NameKind
from rag.quantities import Measure
from rag.terms import is_verb_form
from rag.words import Word

_SUMMARY = re.compile(
    r"^(?:what(?:'s| is| are)? (?:the )?(?:latest|newest|news|new)\b"
    r"|what (?:happened|is happening|(?:has |have )?(?:become|became|come) of|is known|do (?:we|you) know"
    r"|is on record)\b"
    r"|what do (?:the )?(?:articles|sources|reports) say (?:about|on|of)\b"
    r"|(?:what (?:was|is|were|are) )?(?:the |a )?(?:timeline|chronology|history|course|stages|steps|sequence)\b.*"
    r"\b(?:of|in)\b|how (?:did|has|have) .+ (?:develop|change|evolve|unfold|progress)(?:e?d)?\b"
    r"|summari[sz]e\b|sum up\b|give me (?:a |an )?(?:summary|overview)\b|tell me about\b|overview of\b)",
    re.IGNORECASE,
)


_DO_OR_HAVE = frozenset("did does do didn't doesn't don't has have had".split())


_ASKS_FOR = frozenset(["what", "which", "whose"])


def focus_of(words: Sequence[Word], kind: Kind) -> str:
    """The noun that a question asks for ("company", "year"), in lower case; "" when it names none."""
    opening = {word.lower for word in words[:6]}
    late = kind is Kind.WHICH and not opening & _ASKS_FOR  # "it is set to end in which month?"
    for i, word in enumerate(words if late else words[:6]):
        if word.lower in _ASKS_FOR and i + 1 < len(words):
            following = words[i + 1 : i + 5]
            for candidate in following:
                if (
                    candidate.lower
                    in AMOUNT_NOUNS | NAME_NOUNS | PLACE_NOUNS | DATE_NOUNS | PERCENT_NOUNS | MONEY_NOUNS
                ):
                    return candidate.lower
                if candidate.lower in AUXILIARIES and kind is not Kind.WHAT:
                    break
                if candidate.lower in _DO_OR_HAVE:  # "what did the coach say" asks for no coach
                    return "cost" if any(w.lower == "cost" for w in following) else ""
    if kind is Kind.WHAT and not any(word.lower in WH for word in words):
        for word in reversed(words):  # "ford michigan plant cost"
            if word.lower in MONEY_NOUNS | DATE_NOUNS | PERCENT_NOUNS:
                return word.lower
    return ""


def _ends_noun(last: Word, word: Word) -> bool:
    """Whether the noun of "how many nurses joined …" ends before `word`: at its verb, or at a name."""
    if word.capitalised and not last.capitalised:
        return True
    return not last.lower.endswith("ly") and is_verb_form(word.lower)


def unit_of(words: Sequence[Word]) -> str:
    """The stem of what "how many …" counts; "" for other questions."""
    lower = [word.lower for word in words]
    for opener in ("many", "much"):
        if opener in lower:
            after = words[lower.index(opener) + 1 :]
            noun: list[Word] = []
            for word in after:
                if word.lower in AUXILIARIES or not word.is_content or (noun and _ends_noun(noun[-1], word)):
                    break
                noun.append(word)
            return noun[-1].stem if noun and opener == "many" else ""
    return ""


_SAID = re.compile(
    r"\bwhat (?:\w+ )?(?:did|does|do|has|have|had|is|was) .*\b(?:say|said|call|called|calling|describe|described"
    r"|claim|claimed|respond|comment|quoted?)\b|\bhow (?:did|does) .*\b(?:describe|respond|call|react)",
    re.IGNORECASE,
)


_WORDED = re.compile(
    r"\bhow (?:\w+ )?(?:did|does|has|have) .*\b(?:word|phrase|put|describe|respond|react)\b", re.IGNORECASE
)


_CAUSE = re.compile(
    r"\bwhat (?:is|was|were|are) the (?:reasons?|causes?)\b|\bwhat (?:caused|led to|drives|drove|prompted"
    r"|triggered)\b|\breasons? (?:for|why)\b",
    re.IGNORECASE,
)


_SPELT_OUT = re.compile(r"\bwhat (?:does|do|did|is) .+ (?:stand|short) for\b|\bfull (?:name|form) of\b", re.IGNORECASE)


_WHAT_IS_SHORT = re.compile(r"^[Ww]hat(?:'s| is| are)\s+(?:the\s+)?[A-Z][A-Z&.]+s?\??$")
"""What asks what letters stand for without saying so: "what is the IMF?"."""


_CALLED = re.compile(r"^what (?:is|was|are|were) (?!.*\bby\b).{3,60}? (?:called|named)\??$", re.IGNORECASE)


_WHO_IS = re.compile(r"^who(?:'s| is| was| are| were)\s+(?!the\b)(?:[\w.'’-]+\s*){1,3}\??$", re.IGNORECASE)


def wanted_of(kind: Kind, focus: str, words: Sequence[Word], body: str) -> Wanted:
    """What kind of words would be the answer."""
    money = focus in MONEY_NOUNS and not (focus in {"loss", "investment", "share", "value"} and kind is Kind.WHICH)
    opening = [word.lower for word in words[:2]]
    rules = (
        (Wanted.VERDICT, kind is Kind.YES_NO),
        (Wanted.SUMMARY, _SUMMARY.search(body)),
        (Wanted.EXPANSION, _SPELT_OUT.search(body) or _WHAT_IS_SHORT.match(body.strip())),
        (Wanted.DESCRIPTION, kind is Kind.WHO and _WHO_IS.match(body.strip())),
        (Wanted.NAME, kind is Kind.WHO),
        (Wanted.DATE, kind is Kind.WHEN or (focus in DATE_NOUNS and focus != "time")),
        (Wanted.PLACE, kind is Kind.WHERE or focus in PLACE_NOUNS),
        (Wanted.REASON, kind is Kind.WHY or _CAUSE.search(body)),
        (Wanted.QUANTITY, kind is Kind.HOW_MANY or money or focus in AMOUNT_NOUNS | PERCENT_NOUNS),
        (Wanted.NAME, asks_name(body)),
        (Wanted.NAME, focus in NAME_NOUNS or kind is Kind.COMPARE),
        (Wanted.WORDS, _WORDED.search(body) or ("how" not in opening and _SAID.search(body))),
    )
    return next((wanted for wanted, holds in rules if holds), Wanted.TEXT)


def asks_name(body: str) -> bool:
    """Whether a question wants the name of a thing that it describes: "what is the harbour called?"."""
    return _CALLED.match(body.strip()) is not None


def measures_of(wanted: Wanted, kind: Kind, focus: str, words: Sequence[Word]) -> frozenset[Measure]:
    """The measures that an amount or date asked for may have; empty when neither is wanted."""
    if wanted is Wanted.DATE:
        return frozenset([Measure.DATE])
    if wanted is not Wanted.QUANTITY:
        return frozenset()
    if kind is Kind.HOW_MANY:
        return _measures([word.lower for word in words])
    if focus in MONEY_NOUNS:
        return frozenset([Measure.MONEY])
    return frozenset([Measure.PERCENT]) if focus in PERCENT_NOUNS else _AMOUNTS


def name_kinds_of(wanted: Wanted, kind: Kind, focus: str) -> frozenset[NameKind]:
    """The kinds of name that would answer; empty when no name is wanted."""
    if wanted is not Wanted.NAME:
        return frozenset()
    if kind is Kind.WHO:
        return frozenset(NameKind) - {NameKind.PLACE}
    if not focus and kind is Kind.WHAT:  # "what is the harbour called?"
        return frozenset(NameKind)
    return frozenset([NameKind.PERSON if focus in WHO_NOUNS else NameKind.BODY, NameKind.OTHER])


_AMOUNTS = frozenset(Measure) - {Measure.DATE, Measure.ORDINAL}


_PAYING = frozenset(
    """sold bought pay paid spend spent invest invested earn lose lost buy sell raise raised dollars cheaper
    fined""".split()
)


def _measures(lower: Sequence[str]) -> frozenset[Measure]:
    after = lower[lower.index("how") + 1] if "how" in lower and lower.index("how") + 1 < len(lower) else ""
    if after == "many":
        return frozenset([Measure.COUNT, Measure.DURATION, Measure.PERCENT, Measure.DISTANCE])
    if after == "much":
        money = set(lower) & (MONEY_NOUNS | _PAYING)
        following = lower[lower.index("much") + 1 : lower.index("much") + 2]
        if money or not following or following[0] in AUXILIARIES:
            return frozenset([Measure.MONEY]) if money else frozenset([Measure.MONEY, Measure.PERCENT])
        return frozenset([Measure.MONEY, Measure.PERCENT, Measure.WEIGHT, Measure.COUNT])
    table = {
        "long": frozenset([Measure.DURATION, Measure.DISTANCE]),
        "old": frozenset([Measure.AGE, Measure.DURATION]),
        "far": frozenset([Measure.DISTANCE]),
        "tall": frozenset([Measure.DISTANCE]),
        "expensive": frozenset([Measure.MONEY]),
        "heavy": frozenset([Measure.WEIGHT]),
    }
    return table.get(after, _AMOUNTS)
