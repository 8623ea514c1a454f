"""How a question asks: its kind, what it chooses between, and the nouns that tell what it is after."""

import re
from collections.abc import Sequence
from enum import StrEnum

from rag.words import Word


class Kind(StrEnum):
    """How a question asks."""

    YES_NO = "yes/no"
    WHO = "who"
    WHAT = "what"
    WHICH = "which"
    WHEN = "when"
    WHERE = "where"
    HOW_MANY = "how many"
    WHY = "why"
    HOW = "how"
    COMPARE = "compare"


class Wanted(StrEnum):
    """What kind of words would be the answer."""

    VERDICT = "verdict"
    NAME = "name"
    PLACE = "place"
    DATE = "date"
    QUANTITY = "quantity"
    REASON = "reason"
    WORDS = "words"
    TEXT = "text"
    DESCRIPTION = "description"
    EXPANSION = "expansion"
    SUMMARY = "summary"


AUXILIARIES = (
    "did does do is are was were has have had can could will would should shall may might must "
    "didn't doesn't don't isn't aren't wasn't weren't hasn't haven't hadn't won't can't couldn't wouldn't"
).split()


_YES_NO = re.compile(rf"^(?:and |so |but |ok |okay )?(?:{'|'.join(AUXILIARIES)})\b", re.IGNORECASE)


MONEY_NOUNS = frozenset(
    """prices price cost costs value worth salary revenue profit fine fee budget amount valuation money loss
    investment funding bail bonus sum""".split()
)


SUMS = frozenset("salary wage revenue profit fine fee budget valuation loss funding bail bonus turnover".split())
"""Sums of money that no other sum answers for, as a cost does for a price."""


PERCENT_NOUNS = frozenset("percentage percent proportion share rate".split())


DATE_NOUNS = frozenset("year years date day month quarter week time".split())


PLACE_NOUNS = frozenset(
    "country countries city cities state place town location region where continent province village".split()
)


_ROLES = """academic activist actor actress admiral adviser advocate aide ambassador analyst anchor archbishop architect
    artist astronaut astronomer athlete attorney author batter billionaire biologist bishop boss boxer businessman
    businesswoman campaigner candidate captain cardinal celebrity champion chancellor chef chief climber coach columnist
    comedian commander commentator composer congressman congresswoman coroner councillor critic cyclist defendant
    defender democrat designer detective diplomat director doctor driver drummer duchess duke economist editor engineer
    entrepreneur envoy epidemiologist executive expert farmer filmmaker financier fisherman footballer founder
    co-founder goalkeeper golfer governor guitarist gymnast historian host investor journalist judge keeper king
    lawmaker lawyer leader legislator magnate manager mayor midfielder minister monarch musician nominee novelist
    nurse officer official owner painter pastor performer philanthropist photographer physician pilot pitcher player
    playwright poet politician pollster pope premier presenter president priest prince princess principal producer
    professor prosecutor psychologist pundit quarterback queen rapper referee reporter representative republican
    researcher resident royal runner scholar scientist screenwriter sculptor secretary senator sheriff singer
    skipper sociologist soldier songwriter spokesman spokesperson spokeswoman sprinter star striker student surgeon
    survivor suspect swimmer teacher trader trainer tycoon umpire victim virologist volunteer winner witness
    writer""".split()
WHO_NOUNS = frozenset(["person", "man", "woman", "ceo", *_ROLES, *(f"{role}s" for role in _ROLES)])
"""What somebody may be: "which governor …?" wants the name of a person."""


NAME_NOUNS = (
    frozenset(
        """company companies firm firms outlet outlets newspaper newspapers publisher publication publications
    automaker automakers carmaker carmakers team teams club clubs party parties people agency bank brand brands
    organisation organization university school group name supplier suppliers manufacturer manufacturers airline
    airlines network channel court country website magazine source sources department ministry states firms'
    regulator regulators authority carmaker's rival rivals competitor competitors paper papers body bodies union
    unions institute hospital charity airport office committee commission council retailer retailers chain chains
    supermarket restaurant maker makers startup developer insurer studio studios broadcaster platform
    contractor""".split()
    )
    | WHO_NOUNS
)


_COMPARE = re.compile(
    r"\b(?:compare|versus|vs\.?|difference between|(?:more|less|fewer|larger|bigger|smaller|higher|lower|greater"
    r"|cheaper|earlier|later|older|newer|faster|first)\b.*[,:]?\s.*\bor\b|(?:quick|slow|soon|strong|weak|rich|poor|saf|tall"
    r"|heavi|light|bett|wors|busi|long|short|near|clos|hard|easi)e(?:r|st)?\b.*[,:–—]\s.+\bor\b"
    r"|than)\b",
    re.IGNORECASE,
)


_SINGULAR = frozenset(
    "news series politics species crisis analysis basis virus bus campus status gas lens athletics economics".split()
)
"""Nouns with an "s" at the end of one thing."""


def is_plural(noun: str) -> bool:
    """Whether a lower-case noun has the form of several things."""
    return noun not in _SINGULAR and re.fullmatch(r".*\w{2}[^s\W]s", noun) is not None


def opens_yes_no(text: str) -> bool:
    """Whether a question begins with the verb of one that is answered by yes or no."""
    return _YES_NO.match(text.lstrip()) is not None


def starts_wh(words: Sequence[Word]) -> bool:
    """Whether a question word stands among the first three words."""
    return any(word.lower in _ASKING for word in words[:3])


def kind_of(body: str, words: Sequence[Word], *, wrapped: bool) -> Kind:
    """How a question asks; `wrapped` when what asks whether it is so ("is it true that …") was taken off."""
    lower = [word.lower for word in words]
    opening = lower[:4]
    if _YES_NO.match(body) and not _is_choice(body):
        return Kind.YES_NO
    if (
        _YES_NO.match(body)
        or _LEADING_OPTIONS.match(body)
        or (_COMPARE.search(body) and ("or" in lower or "compare" in lower[:1] or "difference" in lower[:4]))
    ):
        return Kind.COMPARE
    where = next((i for i, word in enumerate(lower) if word in WH), None)
    if where is not None and (where <= 3 or not wrapped):
        return _wh_kind(lower, where)
    if wrapped or (body.rstrip().endswith("?") and not set(opening) & WH):
        return Kind.YES_NO if wrapped or (len(words) >= 3 and _has_verb(words)) else Kind.WHAT
    return Kind.YES_NO if _states(words) else Kind.WHAT


AMOUNT_NOUNS = frozenset(
    """target goal figure total rise raise increase decrease cut drop fall sentence length height size speed
        distance score margin majority turnout capacity age""".split()
)


_ASKING = frozenset("who whom whose what which when where why how".split())


WH = frozenset(["who", "whom", "whose", "what", "which", "when", "where", "why", "how", "what's", "who's"])


def _has_verb(words: Sequence[Word]) -> bool:
    return any(word.lower in AUXILIARIES or word.lower.endswith(("ed", "ing")) for word in words[1:])


def _states(words: Sequence[Word]) -> bool:
    """Whether somebody does something in what is typed as if into a search box: "ford denied the deal"."""
    for who, verb, what in zip(words[:6], words[1:], words[2:], strict=False):
        if verb.capitalised or who.lower in _RELATIVE or what.lower in _PASSIVE:
            continue  # "firms that denied it" and "reports denied by the firm" name things
        if verb.lower in _DENYING or (who.capitalised and re.fullmatch(r"\w{2,}ed", verb.lower)):
            return True
    return False


_RELATIVE = frozenset(["that", "who", "which", "and"])
_PASSIVE = frozenset(["by", "what", "in", "at"])
_DENYING = frozenset(
    "deny denies denied reject rejects rejected confirm confirms confirmed admit admits admitted dismissed".split()
)
_HOW_MANY = frozenset("many much long old far big large tall high fast often heavy deep wide expensive".split())


def _wh_kind(lower: Sequence[str], at: int) -> Kind:
    word, rest = lower[at].replace("'s", ""), lower[at + 1 :]
    if word == "how":
        if rest[:1] and rest[0] in _HOW_MANY:
            return Kind.HOW_MANY
        return Kind.WHY if rest[:1] == ["come"] else Kind.HOW
    kinds = {
        "who": Kind.WHO,
        "whom": Kind.WHO,
        "whose": Kind.WHO,
        "which": Kind.WHICH,
        "when": Kind.WHEN,
        "where": Kind.WHERE,
        "why": Kind.WHY,
    }
    if word in kinds:
        return kinds[word]
    return Kind.WHICH if rest[:1] and rest[0] in NAME_NOUNS | PLACE_NOUNS | DATE_NOUNS | PERCENT_NOUNS else Kind.WHAT


def _is_choice(body: str) -> bool:
    # "Is it A or B?" wants one of the two; "or not" and "A or B ever" between verbs do not.
    return bool(
        re.search(
            r"\b(?:more|less|larger|bigger|smaller|higher|lower|cheaper|earlier|later|first|better|either"
            r"|, )\b.*\bor\b(?! not)",
            body,
            re.IGNORECASE,
        )
    )


_LEADING_OPTIONS = re.compile(
    r"^(?:of\s+)?(?P<a>[\w.&’'-]+(?:\s[\w.&’'-]+){0,3}) (?:or|and|versus|vs\.?) (?P<b>[\w.&’'-]+(?:\s[\w.&’'-]+){0,3})"
    r"\s*[,:–—]\s*(?:which|who|what)\b",
    re.IGNORECASE,
)


def options_of(body: str, kind: Kind) -> tuple[str, ...]:
    """The two things that a comparison or a choice is between; empty for any other kind."""
    if kind is not Kind.COMPARE:
        return ()
    leading = _LEADING_OPTIONS.match(body)
    if leading:
        return (leading["a"], leading["b"])
    tail = re.split(r"[:,]\s*(?!\d)", body.rstrip("?. "))[-1]
    if " or " in tail:
        return tuple(part.strip() for part in re.split(r"\s+or\s+", tail))[-2:]
    match = re.search(
        r"(?:between|compare)\s+(.+?)\s+(?:and|with|to|versus|vs\.?)\s+(.+)", body.rstrip("?. "), re.IGNORECASE
    )
    return (match[1], match[2]) if match else ()
