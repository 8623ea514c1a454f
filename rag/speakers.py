"""Finds who speaks: the phrase that is the subject of a verb of speech, before it, behind it or in its clause."""

import re
from collections.abc import Sequence

from rag.lexicon import SPEECH_FORMS, WEAK_SPEECH
from rag.names import Name
from rag.statements import Sentence
from rag.words import Word

PRONOUNS = frozenset(["he", "she", "it", "they", "who", "which"])
REPORT_NOUNS = frozenset(
    """report reports story statement study article survey spokesman spokeswoman spokesperson review memo poll
    analysis""".split()
)
_AUXILIARIES = frozenset(
    """yesterday today tonight monday tuesday wednesday thursday friday saturday sunday has have had is are was were
    also later then publicly repeatedly flatly firmly reportedly never not already now once again recently quickly
    did does do been""".split()
)
_INVERTED = frozenset(
    """say add write tell explain note warn announce insist reply argue claim report recall declare admit quip
    tweet""".split()
)


def find_speaker(sentence: Sentence, i: int, names: Sequence[Name], verb: str) -> str | None:
    """Who says what word `i` of the sentence, a form of `verb`, brings in, as written; None when nobody does."""
    words, text = sentence.words, sentence.text
    word = words[i]
    passive = word.lower.endswith(("ed", "en")) and i + 1 < len(words) and words[i + 1].lower == "by"
    if passive:
        return _after(text, words, i + 2, names)
    if verb in _INVERTED and text[: word.start].rstrip().endswith(("”", '"', ",", "“")) and i + 1 < len(words):
        inverted = _after(text, words, i + 1, names)
        if inverted and (_quote_before(text, word.start) or _closes(sentence, i, inverted)):
            return inverted
    if word.lower.endswith("ing"):
        return _clause_subject(sentence, i, names, verb)
    return _before(sentence, i, names, verb)


# What may follow a speaker who is named behind the words: "…, said Weiss of the museum".
_AFTER_SPEAKER = re.compile(r"\s*(?:[,.;—]|$|(?:who|of|in|on|at|from|for|during|this|last|to|after|before)\b)")
_RELATIVE = re.compile(r",\s+(?:who|which|whose|where|an?|the)\b[^,]*,\s*$")


def _closes(sentence: Sentence, i: int, speaker: str) -> bool:
    """Whether verb and speaker close what is said ("…, said Weiss."), not open it ("…, said Weiss had left")."""
    text, verb = sentence.text, sentence.words[i]
    behind = text[text.index(speaker, verb.end) + len(speaker) :]
    return _AFTER_SPEAKER.match(behind) is not None and _RELATIVE.search(text, 0, verb.start) is None


def _quote_before(text: str, start: int) -> bool:
    return any(mark in text[:start] for mark in '”"“')


_SUBJECT_STARTS = frozenset("the a an one some two industry officials analysts experts respected".split())


def _after(text: str, words: Sequence[Word], i: int, names: Sequence[Name]) -> str | None:
    if i >= len(words):
        return None
    name = next((name for name in names if words[i].start <= name.span[0] <= words[i].start + 40), None)
    gap = text[words[i].start : name.span[0]] if name else ""
    if name and "," not in gap and len(gap.split()) <= 5:
        return name.text
    if words[i].lower in PRONOUNS:
        return words[i].text
    role = _ROLE_AFTER.match(text, words[i].start)
    if role and role["who"].lower() in SPEAKERS:
        return role.group()
    if words[i].lower in _SUBJECT_STARTS and i + 1 < len(words):
        return text[words[i].start : words[min(i + 1, len(words) - 1)].end]
    return None


def _before(sentence: Sentence, i: int, names: Sequence[Name], verb: str) -> str | None:
    words, text = sentence.words, sentence.text
    j = i - 1
    while j >= 0 and (words[j].lower in _AUXILIARIES or words[j].lower.endswith("ly")):
        j -= 1
    if j < 0:
        return None
    gap = text[words[j].end : words[i].start]
    if any(mark in gap for mark in ".;:"):
        return None
    named = any(n.span[0] <= words[j].start < n.span[1] for n in names)
    if "," in gap and not named:
        return _before_aside(sentence, i, names) or _noun_phrase_ending(sentence, j, names)
    subject = _noun_phrase_ending(sentence, j, names)
    if subject is None and verb not in WEAK_SPEECH and "," not in gap:
        return _determined(sentence, j)
    return subject


_ASIDE = re.compile(r",\s[^,;:“”\"()]{3,100},\s*(?:\w+ly\s+)?$")


def _before_aside(sentence: Sentence, i: int, names: Sequence[Name]) -> str | None:
    """The name that an aside between commas parts from its verb: "Clara Weiss, who runs the museum, said"."""
    aside = _ASIDE.search(sentence.text, 0, sentence.words[i].start)
    name = next((n for n in names if aside is not None and n.span[1] == aside.start()), None)
    return _with_head(sentence.text, name, names) if name else None


def _determined(sentence: Sentence, j: int) -> str | None:
    """The short noun phrase that ends at word `j` ("the port authority"), when an article or the like opens it."""
    words, text = sentence.words, sentence.text
    for start in range(j - 1, max(-1, j - 4), -1):
        if words[start].lower in _BREAKS or _broken(text, words[start], words[start + 1]):
            return None
        if words[start].lower in _DETERMINERS:
            behind = words[start - 1].lower if start else ""
            return None if behind in _BREAKS - _CLAUSE_OPENERS else text[words[start].start : words[j].end]
    return None


_WHOSE = r"(?:of|for|at|from|inside|close to|familiar with|briefed on|with knowledge of)"
_ROLE_AFTER = re.compile(
    rf"(?:(?:the|an?|one|two|three|some|several|many)\s+)?(?:[\w’'-]+\s+){{0,2}}?(?P<who>[\w’'-]+)"
    rf"\s+{_WHOSE}\s+(?:the\s+)?[\w’'-]+",
    re.IGNORECASE,
)
_OF = re.compile(
    rf"((?:\b(?:the|an?|its|their|his|her|one|two)\s+)?(?:[\w-]+\s+)?\b([\w-]+)\s+{_WHOSE}\s+(?:the\s+)?)$",
    re.IGNORECASE,
)


def _with_head(text: str, name: Name, names: Sequence[Name]) -> str:
    """The name with whom it is joined, and with whose it is: "Norway and Denmark", "the mayor of Porto"."""
    joined = next((n for n in names if n.span[1] < name.span[0] and text[n.span[1] : name.span[0]] == " and "), None)
    start = joined.span[0] if joined else name.span[0]
    head = _head_start(text, start)
    said_for = head < start and "spokes" in text[head:start].lower()  # a spokesman's word is the firm's
    return text[start if said_for else head : name.span[1]]


def _head_start(text: str, start: int) -> int:
    """Where the phrase begins that a name or noun at `start` ends: "the mayor of Porto"; `start` where none does."""
    head = _OF.search(text, 0, start)
    return head.start() if head and head[2].lower() in SPEAKERS else start


def _noun_phrase_ending(sentence: Sentence, j: int, names: Sequence[Name]) -> str | None:
    words, text = sentence.words, sentence.text
    word = words[j]
    if word.lower in PRONOUNS:
        # "…, which it called": the pronoun; "the firm, which said": what stands before it
        if word.lower in {"who", "which"} and j > 0:
            return _noun_phrase_ending(sentence, j - 1, names)
        return word.text
    if word.lower in REPORT_NOUNS:
        name = next((n for n in names if n.span[1] <= word.start and word.start - n.span[1] <= 3), None)
        if name:
            return name.text
    name = next((n for n in names if n.span[0] <= word.start < n.span[1]), None)
    relative = re.search(
        r"(?:^|[.;:,”\"]\s+|\b(?:and|but)\s+)((?:[\w’'-]+\s+){1,5}?)who\s+[^,]{3,60}$", text[: word.end]
    )
    if relative:
        return relative[1].strip()  # "two guards who spoke to the Chronicle said"
    if name:
        return _with_head(text, name, names)
    if not word.is_content or (word.lower in SPEECH_FORMS and j == 0):
        return None
    start = j
    while (
        start > 0
        and j - start < 3
        and words[start - 1].lower not in _BREAKS
        and not _broken(text, words[start - 1], words[start])
    ):
        start -= 1
        if words[start].lower in _DETERMINERS:
            break
    return text[_head_start(text, words[start].start) : word.end] if _could_speak(word) else None


_DETERMINERS = frozenset("the a an its their his her some many several both".split())
_CLAUSE_OPENERS = frozenset("and but that as if when while because than after before".split())
_BREAKS = frozenset(
    """and but or that which who as if when while because in of on at by for with from to than after before is are
    was were""".split()
)
SPEAKERS = frozenset(
    """analyst analysts expert experts official officials source sources lawmaker lawmakers spokesman
    spokeswoman spokesperson company companies firm firms ceo chief executive executives minister ministers
    president police prosecutor prosecutors observers critics insiders government authorities researchers
    scientists economists company's union unions judge court lawyer lawyers senator senators governor mayor
    officer officers doctors witnesses residents report reports study survey carmaker automaker maker giant
    agency ministry department council committee commission board bank club team party campaign family mother
    father coach manager player director regulators regulator investors skeptics outlets media statement people
    person aide aides adviser advisers envoy
    founder leader leaders politicians campaigners activists supporters opponents group pair brothers side sides
    some""".split()
)


def _could_speak(word: Word) -> bool:
    return word.lower in SPEAKERS


def _broken(text: str, left: Word, right: Word) -> bool:
    return any(mark in text[left.end : right.start] for mark in ',.;:—–()“”"')


def _clause_subject(sentence: Sentence, i: int, names: Sequence[Name], verb: str) -> str | None:
    words, text = sentence.words, sentence.text
    # "a Financial Times report claiming": the noun before speaks; "Ford followed …, stating": the sentence's subject
    if i and words[i - 1].lower in REPORT_NOUNS:
        return _noun_phrase_ending(sentence, i - 1, names)
    if not re.search(r"(?:,|\band|\bby|—|–)\s*(?:\w+ly\s+)?$", text[: words[i].start]):
        return None
    start = max((text.rfind(mark, 0, words[i].start) + 1 for mark in ";"), default=0)
    subject = next((name for name in names if name.span[0] >= start and name.span[1] <= words[i].start), None)
    if subject is not None:
        return subject.text
    first = words[0] if words else None
    if first is not None and first.lower in PRONOUNS:
        return first.text
    if verb in WEAK_SPEECH:
        return None
    speaker = next((k for k, w in enumerate(words[:i]) if _could_speak(w)), None)
    return _noun_phrase_ending(sentence, speaker, names) if speaker is not None else None
