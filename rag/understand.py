"""What a question asks: its kind, what would answer it, the statement it puts, and the terms that must be met."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from rag.asking import AUXILIARIES, NAME_NOUNS, WH, Kind, Wanted, is_plural, kind_of, options_of, starts_wh
from rag.claims import Act, claim_of, claim_of_matter, speech_act
from rag.matching import Term
from rag.names import NameKind, find_names
from rag.quantities import Measure, find_quantities
from rag.rewording import reword
from rag.terms import BARE_VERB_AFTER, DETERMINERS, is_verb, question_terms
from rag.wanting import asks_name, focus_of, measures_of, name_kinds_of, unit_of, wanted_of
from rag.words import Word, clean, split_words


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


_NEGATION = re.compile(
    r"\b(?:not|never|no longer)\b|n['’]t\b|^(?:\w+ )?(?:there )?(?:no|nobody|nothing|none|neither)\b", re.IGNORECASE
)


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


_FALSE = (
    r"(?:(?:all|just|only|simply|completely|entirely)\s+)*"
    r"(?:made up|invented|false|fake(?: news)?|untrue|fabricated|incorrect)"
)
_FALSE_THAT = re.compile(
    rf"^(?:is|was) it (?:{_FALSE}|a (?:hoax|lie|myth|fabrication|fiction)) that (?P<that>.+?)[?. ]*$"
    rf"|^(?:is|was|are|were) (?:the |these |those |any )?(?:reports?|claims?|rumou?rs?|stor(?:y|ies)|news|allegations?)"
    rf" (?:that (?P<told>.+?)|of (?P<of>[\w-]+ .*?\w{{3,}}))(?<! the)(?<! and)(?<! of)"
    rf" (?:{_FALSE}|a hoax)[?. ]*$",
    re.IGNORECASE,
)
"""Asks whether what it puts is false: the contrary of what it puts is asked."""


_TRUE_OR_NOT = re.compile(
    r"[\s,:–—-]+(?:(?:is (?:that|this|it) )?(?:true|real|fact)(?: or (?:not|false|fake|rumou?r|fiction))"
    r"|is (?:that|this|it) (?:true|real|right|correct)|true|yes or no|right|or not"
    r"|or (?:has|have|had|did|does|do|will) (?:it|that|they|he|she)(?: not)?|or (?:was|is|were|are) it not"
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
    false = _FALSE_THAT.match(body)
    if false:
        body = false["that"] or false["told"] or f"there{claim_of_matter(false['of'])[5:]}"
    told, unwrapped = body, _TRUE_OR_NOT.sub("", body)
    unwrapped, of_articles = _unwrap(unwrapped)
    body = unwrapped or body
    body = reword(body)
    words = split_words(body)
    wrapped = asks_report or false is not None or disagreement is not None or (body != told and not starts_wh(words))
    kind = Kind.YES_NO if asks_report else kind_of(body, words, wrapped=wrapped)
    focus = focus_of(words, kind)
    wanted = wanted_of(kind, focus, words, body)
    own = body.split("(")[0]  # brackets hold what the question before lends
    spoken = [w for w in words if w.end <= len(own)]
    act = None if asks_name(body) else speech_act(spoken, own, yes_no=kind is Kind.YES_NO)
    quantities = find_quantities(body)
    terms = question_terms(words, body, quantities, focus, wanted)
    claim = claim_of(body, words, act) if kind is Kind.YES_NO else None
    return Question(
        text=line,
        kind=kind,
        wanted=wanted,
        claim=claim if false is None or claim is None else f"It is not so that {_inside(claim, body)}",
        terms=terms,
        measures=measures_of(wanted, kind, focus, words),
        name_kinds=name_kinds_of(wanted, kind, focus),
        focus=focus,
        unit=unit_of(words) if kind is Kind.HOW_MANY else "",
        act=act,
        outlets=outlets,
        options=options_of(body, kind),
        negated=kind is Kind.YES_NO and bool(_NEGATION.search(body)) is (false is None),
        plural=is_plural(focus) or _asks_several(words),
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


def _inside(claim: str, body: str) -> str:
    """The claim as it stands behind other words: with a small letter first, unless what it is made of has a large."""
    same = claim[:1].lower() == body[:1].lower()
    return f"{body[:1] if same else claim[:1].lower()}{claim[1:]}"


def _verb(words: Sequence[Word], terms: Sequence[Term]) -> str:
    """The stem of the question's verb: what follows the auxiliary of "what could become …", else the first verb."""
    if _subject_asked(words):
        verb = next((i for i, w in enumerate(words) if w.lower in AUXILIARIES), None)
        if verb is not None:
            return next((w.stem for w in words[verb + 1 :] if w.is_content), "")
    return next((term.stem for term in terms if term.is_verb), "")


def _agent(body: str, words: Sequence[Word]) -> frozenset[str]:
    did = next((w for w in words[:6] if w.lower in AUXILIARIES), None)
    if did is None:
        return frozenset()
    name = next((n for n in find_names(body) if n.span[0] >= did.end), None)
    # the name must stand right after "did"
    if name is None or body[did.end : name.span[0]].strip().lower() not in {"", "the"}:
        return frozenset()
    return frozenset(name.stems)


def _asks_several(words: Sequence[Word]) -> bool:
    """Whether a question wants more than one thing: "what are …", "which five tips …"."""
    at = next((i for i, w in enumerate(words[:3]) if w.lower in {"what", "which"}), None)
    if at is None:
        # "counties under warning", as one types into a search box
        return bool(words) and not any(w.lower in WH for w in words) and _is_several(words[0])
    if words[at + 1 : at + 2] and words[at + 1].lower in {"are", "were"}:
        return True
    noun = next((w for w in words[at + 1 : at + 4] if not w.lower.isdigit() and w.lower not in _NUMBER_WORDS), None)
    return noun is not None and _is_several(noun)


def _is_several(noun: Word) -> bool:
    return noun.is_content and is_plural(noun.lower)


_NUMBER_WORDS = frozenset("two three four five six seven eight nine ten twelve other main of the these".split())


def _subject(words: Sequence[Word]) -> str:
    """The stem of the plain noun behind "did the", when its verb follows: the fire of "did the fire kill"."""
    at = next((i for i, w in enumerate(words[:8]) if w.lower in BARE_VERB_AFTER), None)
    if at is None or at + 3 >= len(words) or words[at + 1].lower not in DETERMINERS:
        return ""
    noun, verb = words[at + 2], words[at + 3]
    named = noun.capitalised or noun.lower in NAME_NOUNS  # "the firm" is seldom called so where it is spoken of
    return noun.stem if noun.is_content and not named and is_verb(words, verb) else ""


def _subject_asked(words: Sequence[Word]) -> bool:
    """Whether what comes after "what …" or "who" is the verb itself: nobody else is named as doing it."""
    at = next((i for i, w in enumerate(words) if w.lower in WH), None)
    if at is None:
        return False
    verb = next((i for i in range(at + 1, min(len(words), at + 7)) if words[i].lower in AUXILIARIES), None)
    if verb is None:
        return True
    if words[verb].lower in {"did", "does", "do", "didn't", "doesn't", "don't"}:
        return False
    after = words[verb + 1 : verb + 2]
    return bool(after) and not (after[0].capitalised or after[0].lower in DETERMINERS)


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
