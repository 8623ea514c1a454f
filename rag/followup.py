"""A question that leans on the one before it, made whole: "and Northwind?", "when was that?", "what does it cost?"."""

import re
from collections.abc import Sequence

from rag.names import Name, NameKind, find_names
from rag.words import Word, split_words

_ELLIPTIC = re.compile(r"^(?:and|but|so|also|what about|how about|and what about|and how about)\b[\s,]*", re.IGNORECASE)
_BARE = re.compile(
    r"^(?:(?:on|in|at|by|for|from|to|since)?\s*(?:what|which|how)\s+\w+|why(?: not)?|when(?: was that)?|where|who"
    r"|how(?: much| many| so)?|by whom|since when|really|says who)\s*\??$",
    re.IGNORECASE,
)
_PRONOUN = re.compile(
    r"\b(?:it|he|she|they|them|him|its|his|their|that|this|those|these|there|the (?:company|firm|deal|report|plan"
    r"|plant|car|talks))\b",
    re.IGNORECASE,
)
_SUBJECT_PRONOUN = re.compile(
    r"^((?:\w+\s+){0,4}?(?:did|does|do|has|have|had|is|are|was|were|will|would|can|could|must|should|may"
    r"|might)\s+)(?P<who>he|she|it|they)\b",
    re.IGNORECASE,
)


def complete(question: str, history: Sequence[str]) -> str:
    """The question made whole with the names and subject of the last one before it; unchanged when it stands alone."""
    if not history:
        return question
    last = history[-1] if len(history) == 1 or not leans(history[-1]) else complete(history[-1], history[:-1])
    elliptic = _ELLIPTIC.match(question)
    other = split_words(question[elliptic.end() :]) if elliptic else []
    if elliptic and len(other) <= 3 and other[:1] and other[0].is_content:  # "and when?" names nobody else
        swapped = _swap_name(last, question[elliptic.end() :].strip(" ?."))
        if swapped is not None:
            return swapped
    if not leans(question):
        return question
    names = find_names(last)
    whole = question
    subject = _SUBJECT_PRONOUN.match(question)
    if subject and names:
        named = _antecedent(last, names, subject["who"].lower())
        whole = f"{subject[1]}{named}{question[subject.end() :]}" if named else question
    topic = _topic(last, whole)
    return f"{whole.rstrip(' ?.')} ({topic})?" if topic else whole


def _antecedent(last: str, names: Sequence[Name], pronoun: str) -> str | None:
    """The name that a pronoun stands for: a person for "he", else who does the thing in the last question."""
    if pronoun in {"he", "she"}:
        people = [n for n in names if n.kind is NameKind.PERSON or (n.kind is not NameKind.PLACE and len(n.stems) > 1)]
        return people[-1].text if people else None
    return next((n.text for n in names if _AFTER_AUXILIARY.search(last[: n.span[0]])), None)


_AFTER_AUXILIARY = re.compile(
    r"\b(?:did|does|do|has|have|had|is|are|was|were|will|would|can|could)\s+(?:the\s+)?$", re.IGNORECASE
)


def leans(question: str) -> bool:
    """Whether a question cannot be understood without the one before it."""
    words = split_words(question)
    if _BARE.match(question.strip()) or _ELLIPTIC.match(question):
        return True
    return bool(_PRONOUN.search(question)) and not find_names(_without_opening(question, words))


def _without_opening(question: str, words: Sequence[Word]) -> str:
    return question[words[1].start :] if len(words) > 1 else ""


def _swap_name(last: str, name: str) -> str | None:
    names = find_names(last)
    if not names or not name:
        return None
    start, end = names[0].span
    return f"{last[:start]}{name}{last[end:]}"


def _topic(last: str, whole: str) -> str:
    """The telling words of the last question that the new one lacks."""
    have = {word.stem for word in split_words(whole)}
    return " ".join(word.text for word in split_words(last) if word.is_content and word.stem not in have)
