"""What a question asks: its kind, what would answer it, the statement it puts, and the terms that must be met."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from rag.claims import Act, claim_of, speech_act
from rag.lexicon import FUNCTION_WORDS, HEDGING, IRREGULAR_FORMS
from rag.matching import Term
from rag.names import NameKind, find_names
from rag.quantities import Measure, Quantity, find_quantities
from rag.rewording import reword
from rag.words import Word, clean, split_words, stem


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
    LIST = "list"


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


@dataclass(frozen=True, slots=True)
class Question:
    """A question as understood.

    `text` is what was asked on one line. `claim` is the statement that stances refer to. `terms` are what an
    answer must speak of; `focus` is the noun asked for ("company", "year"), which an answer need not repeat.
    `act` is set when the question is about something said ("did A deny B?"). `outlets` are the publishers or
    sources that it wants to hear ("according to A"). `options` are the things compared or chosen between.
    `asks_report` is set when it asks whether articles say something, `mention` when a mention of it is enough,
    `disagreement` when it asks whether they differ on it, `latest` when it wants the newest of several, and `course`
    when it asks how things went, from the first to the last. `subject_asked` says that the answer is who or what does
    the thing ("what could become standard?"), not what it is done to; `identity` that it asks what or who *is* what
    it describes. `verb` is the stem of its verb; `agent` holds the stems of the name that does the asked thing
    ("how much did A lose?"), `subject` the stem of a plain noun that does ("how many did the fire kill?").
    """

    text: str
    kind: Kind
    wanted: Wanted
    claim: str | None
    terms: tuple[Term, ...]
    measures: frozenset[Measure] = frozenset()
    name_kinds: frozenset[NameKind] = frozenset()
    focus: str = ""
    unit: str = ""
    act: Act | None = None
    outlets: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    negated: bool = False
    plural: bool = False
    asks_report: bool = False
    mention: bool = False
    disagreement: bool = False
    latest: bool = False
    course: bool = False
    subject_asked: bool = False
    identity: bool = False
    agent: frozenset[str] = frozenset()
    verb: str = ""
    subject: str = ""
    stems: frozenset[str] = field(default=frozenset(), compare=False)

    @property
    def is_yes_no(self) -> bool:
        """Whether yes or no would answer it."""
        return self.kind is Kind.YES_NO


_AUXILIARIES = (
    "did does do is are was were has have had can could will would should shall may might must "
    "didn't doesn't don't isn't aren't wasn't weren't hasn't haven't hadn't won't can't couldn't wouldn't"
).split()
_YES_NO = re.compile(rf"^(?:and |so |but |ok |okay )?(?:{'|'.join(_AUXILIARIES)})\b", re.IGNORECASE)
_WRAPPED = re.compile(
    r"^(?:is it (?:really |actually )?(?:true|correct|right|the case)(?: or false)?(?: that)?|(?:can"
    r"|could) you (?:confirm|tell me|check|verify) (?:that|if|whether)"
    r"|(?:do|does|did) (?:any|any of|all|all of|some of)?\s?(?:the |these |those )?(?:articles?|reports?|outlets?"
    r"|sources?|stories|news|coverage)"
    r" (?:\w+ )?(?:say|state|report|claim|mention|confirm|suggest|show|indicate)s?(?: that| whether| if)?"
    r"|true or false:?|i(?:'ve)? (?:heard|read) (?:that )?|please (?:confirm|tell me) (?:that|if|whether)"
    r"|do (?:you|we) know (?:if|whether)"
    r"|whether|fact check:?)\s+",
    re.IGNORECASE,
)
_ACCORDING = re.compile(
    r"(?:,\s*)?\b(?:according to|as reported by|as per|in the words of"
    r"|reported by)\s+(?P<name>(?:the\s+)?[\w.&’' -]+?)(?=[,?;:]|$|\s+(?:who|what|when|where|why|how|which|did"
    r"|does|do|is|are|was|were|has|have|will|can)\b)",
    re.IGNORECASE,
)
_MONEY_NOUNS = frozenset(
    """prices price cost costs value worth salary revenue profit fine fee budget amount valuation money loss
    investment funding bail bonus sum""".split()
)
SUMS = frozenset("salary wage revenue profit fine fee budget valuation loss funding bail bonus turnover".split())
"""Sums of money that no other sum answers for, as a cost does for a price."""
_PERCENT_NOUNS = frozenset("percentage percent proportion share rate".split())
_DATE_NOUNS = frozenset("year years date day month quarter week time".split())
_PLACE_NOUNS = frozenset(
    "country countries city cities state place town location region where continent province village".split()
)
_NAME_NOUNS = frozenset(
    """company companies firm firms outlet outlets newspaper newspapers publisher publication publications
    automaker automakers carmaker carmakers team club party person people man woman player actor actress singer
    artist politician minister president leader ceo executive chief judge agency bank brand organisation
    organization university school group name author journalist reporter celebrity star supplier manufacturer
    airline network channel court country boss founder co-founder coach mayor website magazine source sources
    department ministry lawmaker lawmakers official officials executives analyst analysts senator senators
    researcher researchers scientist scientists expert experts ministers players leaders politicians states
    firms' brands suppliers regulator regulators authority carmaker's spokesperson spokesman rival rivals
    competitor competitors paper papers body bodies party parties union unions institute hospital charity airport
    office committee commission council judges clubs teams""".split()
)
_WHO_NOUNS = frozenset(
    """lawmaker lawmakers official officials executives analyst analysts senator senators researcher researchers
    scientist expert experts spokesperson spokesman person man woman player actor actress singer politician minister
    president leader ceo executive chief judge author journalist reporter celebrity star boss founder co-founder
    coach mayor""".split()
)
_COMPARED = re.compile(
    r"\b(?:(?P<less>less|fewer|lower|smaller|cheaper|shorter|younger|under|below|up to)|more|higher|larger|bigger"
    r"|greater|longer|older|over|above|at least|exceed(?:ed|ing)?)(?: than)?\s*$",
    re.IGNORECASE,
)
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
_LIST = re.compile(r"^(?:list|name|enumerate|give me)\b", re.IGNORECASE)
_COMPARE = re.compile(
    r"\b(?:compare|versus|vs\.?|difference between|(?:more|less|fewer|larger|bigger|smaller|higher|lower|greater"
    r"|cheaper|earlier|later|older|newer|faster|first)\b.*[,:]?\s.*\bor\b|than)\b",
    re.IGNORECASE,
)
_WEAK = frozenset(
    """make made take get give go come use thing way kind type sort name number amount big give show find put
    want look new recent recently latest total exact exactly long old ever first really involve involved know
    known main describe mention use become seem try lot people person company year day time date month percent
    percentage say story report news article tell call many much latest regard about put going go sum mention
    present describe consider think include contain appear name more less higher lower larger bigger smaller
    cheaper fewer greater matter specific exact idea claim rumour rumor suggestion allegation accusation real
    actual apparent supposed according certain sort piece mean part area feature point side way hold word phrase
    exactly reader readers ago week weeks""".split()
)
_NEGATION = re.compile(r"\b(?:not|never|no longer)\b|n['’]t\b", re.IGNORECASE)


_DISAGREE = re.compile(
    r"^(?:do|does|did|are|is|was|were)\s+(?:the\s+|these\s+|all\s+|there\s+)*(?:articles?|sources?|outlets?"
    r"|reports?|stories|accounts?|any|a|conflict\w*|disagreement|dispute|contradict\w*|\s)+"
    r"(?:disagree|differ|conflict|contradict(?: each other)?|agree|in agreement|at odds|dispute|over|on|about"
    r"|\s)+(?:about|on|over|as to|regarding)?\s*(?:whether|if|that)?\s+",
    re.IGNORECASE,
)
_TOLD = r"(?:it|this|that|(?:the|this|that) (?:story|report|claim|news|rumou?r|whole thing))"
_INVENTED = (
    r"(?:made up|invented|false|fake|untrue|wrong|rumou?rs?|fiction|hoax|invention|lie|fabricat(?:ed|ion)|speculation)"
)
_TRUE_OR_NOT = re.compile(
    r"[\s,:–—-]+(?:(?:is (?:that|this|it) )?(?:true|real|fact)(?: or (?:not|false|fake|rumou?r|fiction))"
    r"|is (?:that|this|it) (?:true|real|right|correct)|true|yes or no|right|or not"
    rf"|or (?:is|was|are|were) {_TOLD} (?:all |just |only |simply )?(?:an? )?{_INVENTED})\s*\??$",
    re.IGNORECASE,
)


_COURSE = re.compile(
    r"\b(?:timeline|chronology|history|course|stages|steps|sequence|what (?:has |have )?(?:be(?:come|came)|come) of"
    r"|how (?:did|has|have))\b",
    re.IGNORECASE,
)
_LATEST = re.compile(
    r"\b(?:latest|newest|most recent|current(?:ly)?|updated|corrected|revised|final|now|still|today|so far"
    r"|at present)\b",
    re.IGNORECASE,
)


def understand(text: str, *, asks_report: bool = False, mention: bool = False) -> Question:
    """The question `text`, taken apart by rules of English.

    With `asks_report`, `text` is a statement, and what is asked is whether articles say it (or `mention` it).
    """
    line = clean(text)
    body, outlets = _take_outlets(reword(line))
    disagreement = _DISAGREE.match(body)
    agree = disagreement is not None and re.search(r"\b(?:agree|in agreement)\b", disagreement.group(), re.IGNORECASE)
    if disagreement and (
        agree or re.search(r"disagree|differ|conflict|contradict|odds|disput", disagreement.group(), re.IGNORECASE)
    ):
        body = body[disagreement.end() :]
    else:
        disagreement = None
    told, unwrapped = body, _TRUE_OR_NOT.sub("", body)
    unwrapped, of_articles = _unwrap(unwrapped)
    body = unwrapped or body
    body = reword(body)
    words = split_words(body)
    wrapped = asks_report or disagreement is not None or (body != told and not _starts_wh(words))
    kind = Kind.YES_NO if asks_report else _kind(body, words, wrapped=wrapped)
    focus = _focus(words, kind)
    wanted = _wanted(kind, focus, words, body)
    own = body.split("(")[0]  # brackets hold what the question before lends
    act = speech_act([w for w in words if w.end <= len(own)], own, yes_no=kind is Kind.YES_NO)
    quantities = find_quantities(body)
    terms = _terms(words, body, quantities, focus, wanted)
    return Question(
        text=line,
        kind=kind,
        wanted=wanted,
        claim=claim_of(body, words, act) if kind is Kind.YES_NO else None,
        terms=terms,
        measures=_wanted_measures(wanted, kind, focus, words),
        name_kinds=_wanted_names(wanted, kind, focus),
        focus=focus,
        unit=_unit(words) if kind is Kind.HOW_MANY else "",
        act=act,
        outlets=outlets,
        options=_options(body, kind),
        negated=kind is Kind.YES_NO and bool(_NEGATION.search(body)),
        plural=(focus.endswith("s") and not focus.endswith("ss")) or kind is Kind.LIST or _asks_several(words),
        asks_report=asks_report or of_articles,
        mention=mention,
        disagreement=disagreement is not None and not agree,
        subject_asked=_subject_asked(words),
        identity=re.match(r"^(?:what|who|which)\s+(?:is|was|are|were)\s+the\b", body, re.IGNORECASE) is not None,
        agent=_agent(body, words),
        verb=_verb(words, terms),
        subject=_subject(words),
        latest=_LATEST.search(body) is not None,
        course=wanted is Wanted.SUMMARY and _COURSE.search(body) is not None,
        stems=frozenset(word.stem for word in words),
    )


def _verb(words: Sequence[Word], terms: Sequence[Term]) -> str:
    """The stem of the question's verb: what follows the auxiliary of "what could become …", else the first verb."""
    if _subject_asked(words):
        verb = next((i for i, w in enumerate(words) if w.lower in _AUXILIARIES), None)
        if verb is not None:
            return next((w.stem for w in words[verb + 1 :] if w.is_content), "")
    return next((term.stem for term in terms if term.is_verb), "")


def _agent(body: str, words: Sequence[Word]) -> frozenset[str]:
    did = next((w for w in words[:6] if w.lower in _AUXILIARIES), None)
    if did is None:
        return frozenset()
    name = next((n for n in find_names(body) if n.span[0] >= did.end), None)
    # the name must stand right after "did"
    if name is None or body[did.end : name.span[0]].strip().lower() not in {"", "the"}:
        return frozenset()
    return frozenset(name.stems)


def _asks_several(words: Sequence[Word]) -> bool:
    """Whether a question wants more than one thing: "what are …", "which five tips …"."""
    at = next((i for i, w in enumerate(words[:2]) if w.lower in {"what", "which"}), None)
    if at is None:
        return False
    if words[at + 1 : at + 2] and words[at + 1].lower in {"are", "were"}:
        return True
    noun = next((w for w in words[at + 1 : at + 4] if not w.lower.isdigit() and w.lower not in _NUMBER_WORDS), None)
    return noun is not None and noun.is_content and re.fullmatch(r"\w{2,}[^s\W]s", noun.lower) is not None


_NUMBER_WORDS = frozenset("two three four five six seven eight nine ten twelve other main of the these".split())


def _subject(words: Sequence[Word]) -> str:
    """The stem of the plain noun behind "did the", when its verb follows: the fire of "did the fire kill"."""
    at = next((i for i, w in enumerate(words[:8]) if w.lower in _BARE_VERB_AFTER), None)
    if at is None or at + 3 >= len(words) or words[at + 1].lower not in _DETERMINERS:
        return ""
    noun, verb = words[at + 2], words[at + 3]
    named = noun.capitalised or noun.lower in _NAME_NOUNS  # "the firm" is seldom called so where it is spoken of
    return noun.stem if noun.is_content and not named and _is_verb(words, verb) else ""


def _subject_asked(words: Sequence[Word]) -> bool:
    """Whether what comes after "what …" or "who" is the verb itself: nobody else is named as doing it."""
    at = next((i for i, w in enumerate(words) if w.lower in _WH), None)
    if at is None:
        return False
    verb = next((i for i in range(at + 1, min(len(words), at + 7)) if words[i].lower in _AUXILIARIES), None)
    if verb is None:
        return True
    if words[verb].lower in {"did", "does", "do", "didn't", "doesn't", "don't"}:
        return False
    after = words[verb + 1 : verb + 2]
    return bool(after) and not (after[0].capitalised or after[0].lower in _DETERMINERS)


_DETERMINERS = frozenset(
    "the a an its their his her this that these those some any it he she they we you i there".split()
)


def _take_outlets(line: str) -> tuple[str, tuple[str, ...]]:
    names = [match["name"].strip(" .") for match in _ACCORDING.finditer(line)]
    names = [re.sub(r"^the (?:article|report|story) (?:from|by|in) ", "", name, flags=re.IGNORECASE) for name in names]
    if not names or any(
        split_words(name)[-1:] and split_words(name)[-1].lower in {"articles", "article", "reports"} for name in names
    ):
        return (_ACCORDING.sub("", line).strip(" ,") if names else line), ()
    return _ACCORDING.sub("", line).strip(" ,") or line, tuple(names)


def _unwrap(line: str) -> tuple[str, bool]:
    match = _WRAPPED.match(line)
    if not match or match.end() >= len(line) - 2:
        return line, False
    return line[match.end() :], bool(
        re.search(r"article|report|outlet|source|stor|news|coverage", match.group(), re.IGNORECASE)
    )


def _starts_wh(words: Sequence[Word]) -> bool:
    return any(word.lower in _ASKING for word in words[:3])


def _kind(body: str, words: Sequence[Word], *, wrapped: bool) -> Kind:
    lower = [word.lower for word in words]
    if _LIST.match(body):
        return Kind.LIST
    opening = lower[:4]
    if _YES_NO.match(body) and not _is_choice(body):
        return Kind.YES_NO
    if (
        _YES_NO.match(body)
        or _LEADING_OPTIONS.match(body)
        or (_COMPARE.search(body) and ("or" in lower or "compare" in lower[:1] or "difference" in lower[:4]))
    ):
        return Kind.COMPARE
    where = next((i for i, word in enumerate(lower) if word in _WH), None)
    if where is not None and (where <= 3 or not wrapped):
        return _wh_kind(lower, where)
    if wrapped or (body.rstrip().endswith("?") and not set(opening) & _WH):
        return Kind.YES_NO if wrapped or (len(words) >= 3 and _has_verb(words)) else Kind.WHAT
    return Kind.WHAT


_AMOUNT_NOUNS = frozenset(
    """target goal figure total rise raise increase decrease cut drop fall sentence length height size speed
        distance score margin majority turnout capacity age""".split()
)
_ASKING = frozenset("who whom whose what which when where why how".split())
_WH = frozenset(["who", "whom", "whose", "what", "which", "when", "where", "why", "how", "what's", "who's"])


def _has_verb(words: Sequence[Word]) -> bool:
    return any(word.lower in _AUXILIARIES or word.lower.endswith(("ed", "ing")) for word in words[1:])


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
    return (
        Kind.WHICH if rest[:1] and rest[0] in _NAME_NOUNS | _PLACE_NOUNS | _DATE_NOUNS | _PERCENT_NOUNS else Kind.WHAT
    )


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


def _options(body: str, kind: Kind) -> tuple[str, ...]:
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


_DO_OR_HAVE = frozenset("did does do didn't doesn't don't has have had".split())


def _focus(words: Sequence[Word], kind: Kind) -> str:
    for i, word in enumerate(words[:6]):
        if word.lower in {"what", "which", "whose"} and i + 1 < len(words):
            following = words[i + 1 : i + 5]
            for candidate in following:
                if (
                    candidate.lower
                    in _AMOUNT_NOUNS | _NAME_NOUNS | _PLACE_NOUNS | _DATE_NOUNS | _PERCENT_NOUNS | _MONEY_NOUNS
                ):
                    return candidate.lower
                if candidate.lower in _AUXILIARIES and kind is not Kind.WHAT:
                    break
                if candidate.lower in _DO_OR_HAVE:  # "what did the coach say" asks for no coach
                    return "cost" if any(w.lower == "cost" for w in following) else ""
    if kind is Kind.WHAT and not any(word.lower in _WH for word in words):
        for word in reversed(words):  # "ford michigan plant cost"
            if word.lower in _MONEY_NOUNS | _DATE_NOUNS | _PERCENT_NOUNS:
                return word.lower
    return ""


def _ends_noun(last: Word, word: Word) -> bool:
    """Whether the noun of "how many nurses joined …" ends before `word`: at its verb, or at a name."""
    if word.capitalised and not last.capitalised:
        return True
    return not last.lower.endswith("ly") and _is_verb_form(word.lower)


def _is_verb_form(lower: str) -> bool:
    if lower.endswith(("ed", "ing")):
        return True
    return lower in IRREGULAR_FORMS and stem(lower) != lower and not lower.endswith(_NOUN_ENDINGS)


def _unit(words: Sequence[Word]) -> str:
    lower = [word.lower for word in words]
    for opener in ("many", "much"):
        if opener in lower:
            after = words[lower.index(opener) + 1 :]
            noun: list[Word] = []
            for word in after:
                if word.lower in _AUXILIARIES or not word.is_content or (noun and _ends_noun(noun[-1], word)):
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
_WHO_IS = re.compile(r"^who(?:'s| is| was| are| were)\s+(?!the\b)(?:[\w.'’-]+\s*){1,3}\??$", re.IGNORECASE)


def _wanted(kind: Kind, focus: str, words: Sequence[Word], body: str) -> Wanted:
    money = focus in _MONEY_NOUNS and not (focus in {"loss", "investment", "share", "value"} and kind is Kind.WHICH)
    opening = [word.lower for word in words[:2]]
    rules = (
        (Wanted.VERDICT, kind is Kind.YES_NO),
        (Wanted.SUMMARY, _SUMMARY.search(body)),
        (Wanted.EXPANSION, _SPELT_OUT.search(body)),
        (Wanted.DESCRIPTION, kind is Kind.WHO and _WHO_IS.match(body.strip())),
        (Wanted.NAME, kind is Kind.WHO),
        (Wanted.DATE, kind is Kind.WHEN or (focus in _DATE_NOUNS and focus != "time")),
        (Wanted.PLACE, kind is Kind.WHERE or focus in _PLACE_NOUNS),
        (Wanted.REASON, kind is Kind.WHY or _CAUSE.search(body)),
        (Wanted.QUANTITY, kind is Kind.HOW_MANY or money or focus in _AMOUNT_NOUNS | _PERCENT_NOUNS),
        (Wanted.NAME, focus in _NAME_NOUNS or kind is Kind.COMPARE),
        (Wanted.WORDS, _WORDED.search(body) or ("how" not in opening and _SAID.search(body))),
    )
    return next((wanted for wanted, holds in rules if holds), Wanted.TEXT)


def _wanted_measures(wanted: Wanted, kind: Kind, focus: str, words: Sequence[Word]) -> frozenset[Measure]:
    if wanted is Wanted.DATE:
        return frozenset([Measure.DATE])
    if wanted is not Wanted.QUANTITY:
        return frozenset()
    if kind is Kind.HOW_MANY:
        return _measures([word.lower for word in words])
    if focus in _MONEY_NOUNS:
        return frozenset([Measure.MONEY])
    return frozenset([Measure.PERCENT]) if focus in _PERCENT_NOUNS else _AMOUNTS


def _wanted_names(wanted: Wanted, kind: Kind, focus: str) -> frozenset[NameKind]:
    if wanted is not Wanted.NAME:
        return frozenset()
    if kind is Kind.WHO:
        return frozenset(NameKind) - {NameKind.PLACE}
    return frozenset([NameKind.PERSON if focus in _WHO_NOUNS else NameKind.BODY, NameKind.OTHER])


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
        money = set(lower) & (_MONEY_NOUNS | _PAYING)
        following = lower[lower.index("much") + 1 : lower.index("much") + 2]
        if money or not following or following[0] in _AUXILIARIES:
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


def _terms(
    words: Sequence[Word], body: str, quantities: Sequence[Quantity], focus: str, wanted: Wanted
) -> tuple[Term, ...]:
    named = {stem for name in find_names(body) for stem in name.stems}
    inside = [(q, q.span) for q in quantities]
    terms: dict[str, Term] = {}
    for quantity in quantities if wanted is not Wanted.SUMMARY else ():
        key = quantity.text.lower()
        compared = _COMPARED.search(body[: quantity.span[0]])
        comparison = "" if compared is None else "<" if compared["less"] else ">"
        terms.setdefault(key, Term(key, key, quantity=quantity, weight=1.2, comparison=comparison))
    for word in words:
        if (
            any(start <= word.start < end for _, (start, end) in inside)
            or not word.is_content
            or word.lower in _WH | HEDGING
        ):
            continue
        if wanted is Wanted.SUMMARY and word.stem in _COURSE_STEMS:
            continue
        if wanted is Wanted.EXPANSION and word.stem in {"stand", "short", "full", "name", "form"}:
            continue
        weak = word.stem in _WEAK_STEMS or (word.lower == focus and focus not in _MONEY_NOUNS | _AMOUNT_NOUNS)
        leaned = 0 <= body.find("(") < word.start  # added from the question before: it helps to find, and is not asked
        weight = 0.3 if weak or leaned else 1.0
        verb = not weak and not leaned and word.stem not in named and _is_verb(words, word)
        terms.setdefault(
            word.stem,
            Term(
                word.lower,
                word.stem,
                word.stem in named,
                weight=weight,
                is_verb=verb,
                is_modifier=leaned or _is_modifier(body, word),
            ),
        )
    chosen = tuple(terms.values())
    if not any(term.weight >= 1.0 and not term.is_name for term in chosen):
        # "what is A known for?": where nothing else tells, the weak words do
        chosen = tuple(replace(t, weight=1.0) if t.stem in _WEAK_STEMS and not t.is_modifier else t for t in chosen)
    return chosen


def _is_modifier(body: str, word: Word) -> bool:
    """Whether a name only says of what something is ("the captain of A")."""
    return re.search(r"\b(?:of|about)\s+(?:the\s+)?(?:[A-Z]\w+\s+)*$", body[: word.start]) is not None


_BARE_VERB_AFTER = frozenset(["did", "does", "do", "will", "would", "can", "could", "should", "may", "might", "must"])
_NOUN_ENDINGS = ("tion", "sion", "ment", "ship", "er", "al", "ies", "s", "th", "ee", "ing", "nce")


def _is_verb(words: Sequence[Word], word: Word) -> bool:
    """Whether a word of the question is its verb, by its form or its place."""
    if _is_verb_form(word.lower):
        return True
    i = next(i for i, w in enumerate(words) if w.start == word.start)
    if i == 1 and words[0].lower in {"who", "whom"}:
        return True
    did = next((j for j, w in enumerate(words) if w.lower in _BARE_VERB_AFTER), None)
    if did is None or i <= did + 1:
        return False
    # after "did" and its subject: the plain word behind which no noun follows
    if not any(w.lower not in _DETERMINERS for w in words[did + 1 : i]):
        return False
    following = words[i + 1].lower if i + 1 < len(words) else ""
    ends = not following or (following in FUNCTION_WORDS and following not in {"and", "of", "or"})
    earlier = [w for w in words[did + 1 : i] if w.is_content and not w.capitalised]
    subject_is_name = all(
        w.capitalised or w.lower in _DETERMINERS | {"and", "of", "ever", "also"} for w in words[did + 1 : i]
    )
    return subject_is_name or (ends and not any(_closes(words, w) for w in earlier))


def _closes(words: Sequence[Word], word: Word) -> bool:
    i = next(i for i, w in enumerate(words) if w.start == word.start)
    following = words[i + 1].lower if i + 1 < len(words) else ""
    return following in FUNCTION_WORDS and following not in {"and", "of", "or"}


_COURSE_STEMS = frozenset(
    word.stem
    for word in split_words(
        "timeline chronology history course stage step sequence develop change evolve unfold progress case account far "
        "story become become came"
    )
)
_WEAK_STEMS = frozenset(word.stem for word in split_words(" ".join(_WEAK)))
