"""Who speaks in a sentence: the article in its own voice, or a person or body that it quotes or reports."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.types import Span
from rag.lexicon import SPEECH_FORMS
from rag.names import NameKind
from rag.speakers import PRONOUNS, REPORT_NOUNS, find_speaker
from rag.statements import Sentence, Vocabulary
from rag.words import Word

_GENERIC = frozenset(
    """company firm carmaker automaker maker giant group agency ministry spokesman spokeswoman spokesperson team
    club bank""".split()
)
_PEOPLE = frozenset(["spokesman", "spokeswoman", "spokesperson"])
_NOT_BEFORE_VERB = frozenset(
    """the a an this that these those its their his her of in for with by recent any some no such to as on from
    under""".split()
)
_NOUNS = frozenset(
    "report reports claim claims comment comments estimate estimates note notes call calls state states label labels "
    "pledge promise promises reply warning demand demands urge complaints stress dispute disputes agreed".split()
)
_ACCORDING = re.compile(
    r"\baccording to (?:an? |the )?(?P<who>[^,.;:”\"]+?)(?= (?:and|which|who|that|as|in|on|at|because|about)\b"
    r"|[,.;:”\"]|$)",
    re.IGNORECASE,
)
_ADDED_CLAUSE = re.compile(
    r" [—–] |—|,? and (?:\w+ly )?\w+ing\b|, (?:but|while|although|though|which|who|and)\b|;|\. (?=[A-Z“])"
)
SAID_THINGS = (
    r"(?:reports?|claims?|rumou?rs?|allegations?|suggestions?|accusations?|charges?|talk|speculation|stor(?:y|ies)"
    r"|ideas?|notion|criticism|concerns?|fears?|it|this|that|them|as)"
)
"""Words for what can be said, which "dismissed" needs beside it to be a denial: workers are dismissed too."""

_SAID_THING = re.compile(rf"\b{SAID_THINGS}\b", re.IGNORECASE)
OFFERED = re.compile(
    r"(?:[\w’'-]+ ){0,4}?(?:offers?|bids?|proposals?|applications?|appeals?|approach(?:es)?|motions?|requests?|bills?"
    r"|petitions?|invitations?)\b(?! (?:claims?|reports?|rumou?rs?|stor(?:y|ies)))",
    re.IGNORECASE,
)
"""What is rejected in deed, which denies nothing."""
_INNER_QUOTE = re.compile(r"[“\"]([^”\"]{2,})[”\"]")


@dataclass(frozen=True, slots=True)
class Attribution:
    """`speaker` says, with the speech verb `verb` (base and past), the words at `complement` of the sentence.

    `subject` is the phrase that the speaker is named in ("The museum's director, Hubert Stoll").
    """

    speaker: str
    verb: str
    past: str
    complement: Span
    place: int
    subject: str = ""


def attributions(sentence: Sentence, before: Sequence[Sentence], vocabulary: Vocabulary) -> list[Attribution]:
    """The acts of speech in a sentence in order; none when the article speaks in its own voice."""
    found = []
    names = vocabulary.names_in(sentence.text)
    for i, word in enumerate(sentence.words):
        form = SPEECH_FORMS.get(word.lower)
        if form is None or _is_noun(sentence.words, i):
            continue
        speaker = find_speaker(sentence, i, names, form[0])
        if speaker is None:
            continue
        resolved = _resolve(speaker, before, vocabulary)
        if resolved is not None:
            said = _said(sentence, i, speaker)
            what = sentence.text[slice(*said)]
            if form[0] == "dismiss" and not _SAID_THING.search(what):
                continue
            if form[0] == "reject" and OFFERED.match(what):
                continue
            behind = said[1] if said[1] <= word.start else 0  # who speaks is named after the words said
            subject = _phrase_around(sentence.text, speaker, behind, word.start)
            found.append(Attribution(resolved, form[0], form[1], said, word.start, subject))
    match = _ACCORDING.search(sentence.text)
    if match and _names_somebody(match["who"], found):
        found.append(
            Attribution(match["who"].strip(), "say", "said", _rest(sentence.text, match.span()), match.start())
        )
    return found


def _names_somebody(who: str, found: Sequence[Attribution]) -> bool:
    # "according to the report" names nobody that the sentence has not named already
    return who.rsplit(maxsplit=1)[-1].lower() not in REPORT_NOUNS and not any(who in item.speaker for item in found)


def inner_quotes(text: str) -> list[str]:
    """The words that a sentence puts in quotation marks, in order, end punctuation trimmed."""
    return [quoted.strip().rstrip(",.") for quoted in _INNER_QUOTE.findall(text)]


def _phrase_around(text: str, speaker: str, first: int, verb: int) -> str:
    """What stands between the last break from `first` on and the verb, the speaker in it; appositions kept."""
    if speaker not in text[:verb]:
        after = text[verb:]
        at = after.find(speaker)
        end = re.search(r"[.;:”\"]|\s(?:who|which|that|in|on|at)\s", after[at + len(speaker) :])
        return after[at : at + len(speaker) + (end.start() if end else 60)] if at >= 0 else speaker
    start = max(
        (m.end() for m in re.finditer(r"[;:”\"]\s|\s(?:but|while|although|and that)\s", text[:verb])), default=0
    )
    start = max(start, first)
    return text[start:verb] if verb - start <= 140 else speaker


def _is_noun(words: Sequence[Word], i: int) -> bool:
    word = words[i]
    before = words[i - 1].lower if i else ""
    if before == "to":
        return True  # an infinitive: not said yet
    if before in {"be", "being"}:
        return True
    following = words[i + 1].lower if i + 1 < len(words) else ""
    if word.lower in _NOUNS and (following in SPEECH_FORMS or following == "of"):
        return True  # "a Bloomberg report suggests"
    return word.lower in _NOUNS and (
        before in _NOT_BEFORE_VERB or not i or words[i - 1].lower.endswith(("ed", "al", "ful"))
    )


def _resolve(speaker: str, before: Sequence[Sentence], vocabulary: Vocabulary) -> str | None:
    words = speaker.lower().split()
    if words[-1] not in PRONOUNS and not (words[0] == "the" and words[-1] in _GENERIC):
        return speaker
    for i, sentence in reversed(list(enumerate(before))):
        # a pronoun goes on with whoever spoke last, else with whom the sentence before is about
        spoke = [a.speaker for a in attributions(sentence, before[:i], vocabulary) if a.speaker.lower() not in PRONOUNS]
        if spoke and words[-1] in {"he", "she", "it", "they"}:
            return spoke[-1]
        names = [n for n in vocabulary.names_in(sentence.text) if n.kind is not NameKind.PLACE]
        if words[-1] in {"he", "she"}:
            names = [n for n in names if n.kind is NameKind.PERSON] or names
        if words[0] == "the" and words[-1] not in _PEOPLE:
            names = [n for n in names if n.kind is not NameKind.PERSON]  # "the club" is nobody
        if names:
            return names[0].text
    return speaker if words[-1] not in PRONOUNS else None


_ADJUNCT = re.compile(
    r"(?:(?:in|on|at|to|during|after|before|late|early|this|last|yesterday|today|reporters)\b|\w+day\b)", re.IGNORECASE
)
# "…, the historian" before "Lars Dahl said"
_ROLE = re.compile(
    r"(?<=[,”\"])\s+(?!(?:but|and|while|although|though|as|when|after|because|which|who|where)\b)(?:[\w’'.-]+\s*){1,5}$"
)


def _said(sentence: Sentence, i: int, speaker: str) -> Span:
    """Where the words that are said stand: behind the verb, or before it ("… is safe, she said", "…,” said Weiss")."""
    text, verb = sentence.text, sentence.words[i]
    following = sentence.words[i + 1].lower if i + 1 < len(sentence.words) else ""
    if verb.lower.endswith("ed") and following == "by":
        return 0, verb.start
    behind = _complement(text, verb)
    at = text.rfind(speaker, 0, verb.start)
    lead = _ROLE.sub("", text[: verb.start if at < 0 else at].rstrip())
    if "“" in text[slice(*behind)] or len(lead.split()) < 3:
        return behind
    quoted = lead.endswith(("”", '"')) or (at < 0 and lead.endswith(","))
    nothing = behind[0] >= behind[1] or (_ADJUNCT.match(text, behind[0]) and " that " not in text[slice(*behind)])
    return (0, len(lead.rstrip(" ,"))) if quoted or (nothing and lead.endswith(",")) else behind


def _complement(text: str, verb: Word) -> Span:
    start = verb.end + len(text[verb.end :]) - len(text[verb.end :].lstrip(" :,"))
    cut = _ADDED_CLAUSE.search(text, start)
    while cut is not None and (
        text.count("“", start, cut.start()) > text.count("”", start, cut.start()) or not _new_act(cut)
    ):
        cut = _ADDED_CLAUSE.search(text, cut.end())
    end = cut.start() if cut else len(text)
    return start, len(text[:end].rstrip(" .,"))


def _new_act(cut: re.Match[str]) -> bool:
    """Whether what is added is another act of speech ("and stressing"), not more of the same ("and manufacturing")."""
    last = cut.group().split()[-1] if cut.group().split() else ""
    return not last.endswith("ing") or last in SPEECH_FORMS


def _rest(text: str, span: Span) -> Span:
    if span[0] <= 2:
        start = span[1] + len(text[span[1] :]) - len(text[span[1] :].lstrip(" ,"))
        return start, len(text.rstrip(" ."))
    return 0, len(text[: span[0]].rstrip(" ,"))
