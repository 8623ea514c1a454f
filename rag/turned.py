"""Whether a statement turns a claim round without a negation: other roles, another share of them, or "former"."""

import re
from collections.abc import Sequence

from rag.statements import Statement
from rag.words import Word, split_words, stem


def is_turned(statement: Statement, claim: str, places: Sequence[Word]) -> bool:
    """Whether the statement says the contrary of the words of a claim; `places` are the claim's words found in it."""
    return (
        _roles_turned(statement, claim, places)
        or _share_turned(statement, claim)
        or _no_longer(statement, claim, places)
    )


_CONTESTS = frozenset(stem(verb) for verb in "beat defeat thrash overtake outsell outbid buy acquire sue".split())
"""Stems of verbs that, if A does them to B, B does not do to A."""


def _roles_turned(statement: Statement, claim: str, places: Sequence[Word]) -> bool:
    """Whether the statement says that B beat A, where the claim is that A beat B."""
    asked = split_words(claim)
    verb = next((i for i, word in enumerate(asked) if word.stem in _CONTESTS), None)
    told = next((word for word in places if word.stem in _CONTESTS), None)
    if verb is None or told is None or asked[verb].stem != told.stem:
        return False
    first = {word.stem for word in asked[:verb] if word.capitalised}
    second = {word.stem for word in asked[verb + 1 :] if word.capitalised}
    if _is_passive(asked, verb):
        first, second = second, first
    words = statement.words
    at = next(i for i, word in enumerate(words) if word.start == told.start)
    near = [word for word in words[max(0, at - 4) : at] if word in places]
    after = [word for word in words[at + 1 : at + 5] if word in places]
    if _is_passive(words, at):
        near, after = after, near
    doer, done_to = {word.stem for word in near}, {word.stem for word in after}
    return bool(doer & second and done_to & first) and not (doer & first or done_to & second)


def _is_passive(words: Sequence[Word], at: int) -> bool:
    """Whether the verb at `at` is in the passive: "was beaten", "beaten by"."""
    before = {word.lower for word in words[max(0, at - 2) : at]}
    return bool(before & {"was", "were", "been", "being"}) or any(word.lower == "by" for word in words[at + 1 : at + 2])


_MOST = re.compile(
    r"\b(?:most|(?:a|the) (?:\w+ )?majority|(?:more than|over) half|(?:nearly |almost )?all)\b", re.IGNORECASE
)
_FEW = re.compile(
    r"\b(?:(?:only |just )?a few|few|(?:a|the) (?:\w+ )?minority|(?:fewer|less) than half|under half|hardly any)\b",
    re.IGNORECASE,
)


def _share_turned(statement: Statement, claim: str) -> bool:
    """Whether the claim is of most of them and the statement of few, or the other way round."""
    for ours, theirs in ((_MOST, _FEW), (_FEW, _MOST)):
        asked, told = ours.search(claim), theirs.search(statement.text)
        if asked and told and not ours.search(statement.text):
            of = [
                {w.stem for w in split_words(text)[:5] if w.is_content}
                for text in (claim[asked.end() :], statement.text[told.end() :])
            ]
            if of[0] & of[1]:
                return True
    return False


_FORMER = re.compile(r"\b(?:former(?:ly)?|ex|one-time|erstwhile|late)[\s-](?:[\w’'-]+ ){0,2}$", re.IGNORECASE)


def _no_longer(statement: Statement, claim: str, places: Sequence[Word]) -> bool:
    """Whether the claim is that something still is, and the statement speaks of it as former."""
    if not re.search(r"\bstill\b", claim, re.IGNORECASE):
        return False
    return any(_FORMER.search(statement.text, 0, word.start) for word in places)
