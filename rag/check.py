"""Deterministic checks that a language model's sentence passes before anybody sees it.

A sentence is shown only if the evidence it cites exists, holds its quoted words letter for letter, gives its numbers
and names, has the speaker it names, keeps its reserve, and supports it in the judge's eyes. Nothing here trusts the
model, the prompt or the article: a model that obeys an order found in an article is held to the same.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from rag.lexicon import HEDGES, NEGATIONS, SPEECH_FORMS
from rag.particulars import (
    find_verbatim,
    fold,
    names,
    numbers,
    quotations,
    speakers,
    uncapitalised,
    without_counts,
    without_dates,
    without_quotations,
    word_forms,
)
from rag.types import Evidence, Stance, Support, Verdict
from rag.words import clean, split_words

MAX_SENTENCE = 1_000
"""Characters; a longer one is no sentence of an answer."""

Judge: TypeAlias = Callable[[str, Sequence[str]], Support]
"""Whether quotes, taken together, support a sentence (its markers taken out)."""


class Fault(StrEnum):
    """Why a sentence is left out."""

    TOO_LONG = "too long"
    MARKUP = "markup or a link"
    CITES_NOTHING = "no citation"
    NO_SUCH_EVIDENCE = "citation of evidence that does not exist"
    NOT_VERBATIM = "quoted words that the evidence does not have"
    CUT_NEGATION = "quotation cut off from its negation"
    NUMBER = "number that the evidence does not give"
    NAME = "name that the evidence does not have"
    SPEAKER = "another speaker than the evidence names"
    RESERVE = "fact made of what is said with reserve"
    UNSUPPORTED = "no support in what is cited"
    CONTRARY = "contradiction of the result on record"
    REPEATED = "repetition"


@dataclass(frozen=True, slots=True)
class Checked:
    """A sentence with markers [n] that count evidence from 1, those it cites, and why it may not be shown, if so."""

    text: str
    cited: tuple[int, ...] = ()
    support: Support = Support.UNJUDGED
    fault: Fault | None = None


_MARKER = re.compile(
    r"\s*[\[【]\s*(?:evidence|source|#)?\s*(\d{1,4}(?:\s*[,;&]\s*\d{1,4})*)\s*(?:†[^\]】]{0,40})?[\]】]", re.IGNORECASE
)
_MARKUP = re.compile(r"<[a-z/!?]|&#?\w+;|!?\[[^\]]*\]\(|\w+://|\bwww\.|\b(?:javascript|data):|```|\{\{", re.IGNORECASE)
_ORNAMENT = re.compile(r"\*\*|__|`|(?<!\w)[*_](?=\w)|(?<=\w)[*_](?!\w)")
_LIST_MARK = re.compile(r"^\s*(?:[-*•–—#>]+\s+|\(?\d{1,2}[.)]\s+(?=\D))")
_END = re.compile(r"([.!?]+)((?:\s*\[\d+\])+)$")
# "No" also opens "No article says …": only with a mark after it, it is an answer.
_YES_NO = re.compile(r"^(yes|no)\s*(?:[,.;:!—–-]|$)", re.IGNORECASE)
_RESERVED = HEDGES | frozenset(SPEECH_FORMS) | {"according", "report", "reports", "rumor", "rumour", "talk"}


def check_sentence(
    sentence: str,
    evidence: Sequence[Evidence],
    judge: Judge,
    *,
    citable: frozenset[int] | None = None,
    verdict: Verdict | None = None,
    question: str = "",
) -> Checked:
    """The outcome of every check; evidence is numbered from 1, and `citable` holds the numbers the model was shown.

    Of several numbers, one whose evidence does not support the sentence is taken out when the rest carry it alone.
    """
    text, cited = read_markers(sentence)
    known = citable if citable is not None else frozenset(range(1, len(evidence) + 1))
    fault = _form_fault(text, cited, known, verdict)
    if fault is not None:
        return Checked(text, cited, fault=fault)
    plain = strip_markers(text)
    support, fault = _weigh(plain, cited, evidence, judge, question)
    if fault is not None:
        return Checked(text, cited, support, fault)
    for number in cited if len(cited) > 1 else ():
        fewer = tuple(n for n in cited if n != number)
        if (
            fewer
            and judge(_undated(plain, [evidence[number - 1]]), [evidence[number - 1].quote]) is Support.UNSUPPORTED
        ):
            rest, fault = _weigh(plain, fewer, evidence, judge, question)
            if fault is None and rest is support:
                cited, text = fewer, text.replace(f" [{number}]", "").replace(f"[{number}]", "")
    return Checked(text, cited, support)


def read_markers(sentence: str) -> tuple[str, tuple[int, ...]]:
    """The sentence on one plain line, markers as " [n]" before the full stop; and the numbers, once each."""
    line = _LIST_MARK.sub("", _ORNAMENT.sub("", clean(sentence)))
    cited: list[int] = []

    def write(match: re.Match[str]) -> str:
        found = [int(number) for number in re.findall(r"\d+", match[1])]
        cited.extend(number for number in found if number not in cited)
        return " " + "".join(f"[{number}]" for number in found)

    line = _MARKER.sub(write, line).strip()
    line = _END.sub(lambda match: f" {match[2].replace(' ', '')}{match[1]}", line)
    return " ".join(line.split()), tuple(cited)


def strip_markers(text: str) -> str:
    """`text` without its markers."""
    return " ".join(re.sub(r"\s*\[\d+\]", "", text).split())


def _form_fault(text: str, cited: tuple[int, ...], known: frozenset[int], verdict: Verdict | None) -> Fault | None:
    if len(text) > MAX_SENTENCE:
        return Fault.TOO_LONG
    if _MARKUP.search(text):
        return Fault.MARKUP
    if _is_contrary(text, verdict):
        return Fault.CONTRARY
    if not cited:
        return Fault.CITES_NOTHING
    return None if set(cited) <= known else Fault.NO_SUCH_EVIDENCE


def _is_contrary(text: str, verdict: Verdict | None) -> bool:
    """True if the sentence opens with a yes or no that is not the verdict's."""
    opening = _YES_NO.match(text)
    return opening is not None and verdict is not None and opening[1].lower() != str(verdict)


def _weigh(
    plain: str, cited: tuple[int, ...], evidence: Sequence[Evidence], judge: Judge, question: str
) -> tuple[Support, Fault | None]:
    chosen = [evidence[number - 1] for number in cited]
    fault = _quotation_fault(plain, chosen) or _particular_fault(plain, chosen, question)
    if fault is not None:
        return Support.UNJUDGED, fault
    support = judge(_undated(plain, chosen), [item.quote for item in chosen])
    return support, Fault.UNSUPPORTED if support is Support.UNSUPPORTED else None


def _quotation_fault(plain: str, chosen: Sequence[Evidence]) -> Fault | None:
    folded = fold(plain)
    quoted = quotations(folded)
    if quoted is None:
        return Fault.NOT_VERBATIM
    texts = [fold(text) for item in chosen for text in (item.quote, item.passage)]
    titles = {fold(item.article.title) for item in chosen}
    for words in quoted:
        if words in titles:
            continue
        places = [(text, start) for text in texts if (start := find_verbatim(words, text)) >= 0]
        if not places:
            return Fault.NOT_VERBATIM
        if all(_negated_before(text, start) for text, start in places) and not _negated_before(
            folded, folded.find(words)
        ):
            return Fault.CUT_NEGATION
    return None


def _negated_before(text: str, start: int) -> bool:
    """True if one of the three words before `start`, in the same clause, negates."""
    clause = re.split(r"[.;:!?]\s", text[:start])[-1].lower()
    return any(word in NEGATIONS or word.endswith("n't") for word in re.findall(r"[\w']+", clause)[-3:])


def _particular_fault(plain: str, chosen: Sequence[Evidence], question: str) -> Fault | None:
    own_words = without_quotations(fold(_undated(plain, chosen)))
    texts = [text for item in chosen for text in _given(item)]
    own_words = without_counts(own_words, (len(chosen), len({item.article.id for item in chosen})))
    if not numbers(own_words) <= {number for text in texts for number in numbers(text)}:
        return Fault.NUMBER
    forms = word_forms(texts)
    if any(
        name not in forms and name.removesuffix("s") not in forms
        for name in names(own_words, uncapitalised([*texts, question]))
    ):
        return Fault.NAME
    if not all(_said_by(name, chosen) for name in speakers(own_words)):
        return Fault.SPEAKER
    if all(item.hedged for item in chosen) and not any(word.lower in _RESERVED for word in split_words(plain)):
        return Fault.RESERVE
    return None


def _undated(plain: str, chosen: Sequence[Evidence]) -> str:
    """The sentence without what is true and in no quote: the verdict it opens with, and the days of publication."""
    plain = _YES_NO.sub("", plain).strip() or plain
    for item in chosen:
        plain = without_dates(plain, item.article.published)
    return " ".join(plain.split())


def _given(item: Evidence) -> list[str]:
    """Everything that is known of the evidence."""
    article = item.article
    known = (item.quote, item.passage, item.speaker, article.title, article.publisher, article.author)
    return [text for text in known if text]


def _said_by(name: frozenset[str], chosen: Sequence[Evidence]) -> bool:
    """Whether some cited evidence has the named one as its speaker, publisher or author, or speaking in its quote."""
    for item in chosen:
        known = (item.speaker, item.article.publisher, item.article.author)
        if name & word_forms(text for text in known if text):
            return True
        speaking = speakers(item.quote)
        if any(name & other for other in speaking):
            return True
        if item.speaker is None and not speaking and name & word_forms([item.quote]):
            return True
    return False


def carries(cited: Sequence[Evidence], backing: Sequence[Evidence], verdict: Verdict) -> bool:
    """Whether the cited evidence gives the result that `backing` gave: some of it; when disputed, both sides of it."""
    shared = {_place(item) for item in cited} & {_place(item) for item in backing}
    if verdict is not Verdict.DISPUTED:
        return bool(shared)
    sides = {item.stance for item in backing} - {Stance.NEUTRAL}
    return bool(shared) and sides <= {item.stance for item in cited}


def _place(item: Evidence) -> tuple[str, int, int]:
    return item.article.id, *item.span


__all__ = ["Checked", "Fault", "Judge", "carries", "check_sentence", "read_markers", "strip_markers"]
