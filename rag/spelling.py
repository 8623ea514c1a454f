"""Puts right what a question misspells, as a noisy channel does: what is likely meant, and likely mistyped.

What is likely meant is told by `rag.chances`, what is likely mistyped by `rag.slips`. After Kernighan, Church and Gale
(1990), with the articles found in the place of their corpus.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from index.types import Encoder, Entry, Hit
from rag.asking import opens_yes_no, starts_wh
from rag.casing import restore_capitals
from rag.chances import Chances
from rag.english import is_common, pair_count, word_counts
from rag.lexicon import FUNCTION_WORDS, SPEECH_FORMS
from rag.slips import slip_cost
from rag.words import Word, owner, split_words, stem

_SLIP = 5.0
"""What one slip costs, as a logarithm of chances."""
_SHORT = {3: 1.6, 4: 1.4, 5: 1.2, 6: 1.0, 7: 0.9}
_LONG = 0.8
"""How much dearer a slip is in a short word, which has many neighbours, than in a long one."""
_UNKNOWN = -17.0
"""How likely a word is that nobody knows: what is less likely does not replace it, as it may be a new name."""
_SO_LONG = -0.75
"""What each letter after the fourth takes from that: a long word that nobody knows is more likely mistyped."""
_UNLISTED = -10.5
"""How likely a word is that the encoder has whole and English does not list: mostly names."""
_NAME = -12.5
"""How likely a name is that nobody knows."""
_RIGHT = 4.5
"""How much likelier a word that exists is to be meant than to be a slip."""
_TELLING = 2.5
"""How much more it takes to put a word that tells something in the place of another that exists."""
_OPENS = 5.0
_PARTED = 3.0
"""What leaving out a space costs."""
_OFTEN = 0.1
"""How often, beside the word without its -s, one in -s is counted where it is its plural."""
_OPENINGS = frozenset("what when where which who why how did does was were has have are will can".split())
_VERBS = frozenset("did does do is are was were has have had will would can could should may might".split())
_SPOKEN = frozenset(stem(form) for form in SPEECH_FORMS)
_APOSTROPHES = {
    word.replace("'", ""): word for word in FUNCTION_WORDS if "'" in word and word not in {"we're", "it's", "let's"}
}
Search = Callable[[str], Sequence[Hit]]


def put_right(text: str, search: Search, entries: Sequence[Entry], encoder: Encoder) -> str:
    """The question as it is written with care: words spelt right, names written large, a question mark behind it.

    Where words are misspelt it is searched for again as put right: as typed it may not have found what it is about.
    """
    hits = search(text)
    draft = respell(text, hits, entries, encoder)
    if draft != text:
        better = search(draft)
        ids = {hit.passage.id for hit in better}
        hits = [*better, *(hit for hit in hits if hit.passage.id not in ids)]
        draft = respell(text, hits, entries, encoder)
    if not any(letter.isupper() for letter in text[1:]):
        draft = restore_capitals(draft.lower(), hits, entries)
    asks = starts_wh(split_words(draft)) or opens_yes_no(draft)
    return f"{draft}?" if asks and draft[-1:].isalnum() else draft


def respell(text: str, hits: Sequence[Hit], entries: Sequence[Entry], encoder: Encoder) -> str:
    """The question with its misspelt words replaced by those that the passages found and English make likely."""
    chances = Chances.of(hits, entries)
    text = _were(text)
    words = split_words(text)
    english = not any(_is_foreign(word, chances) for word in words)
    edits: list[tuple[int, int, str]] = []
    before = ""
    for i, word in enumerate(words):
        after = words[i + 1].lower if i + 1 < len(words) else ""
        meant = _meant(word, i == 0, english, before, after, chances, encoder)
        before = word.lower
        if meant is not None:
            end = word.end if "'" in meant else word.start + len(owner(word.text))
            edits.append((word.start, end, meant))
            before = split_words(meant)[-1].lower
    for start, end, meant in reversed(edits):
        text = text[:start] + meant + text[end:]
    return text


def _were(text: str) -> str:
    """The question with "where A and B in talks?", which has no verb, put right."""
    words = split_words(text)
    if not words or words[0].lower != "where" or any(word.lower in _VERBS for word in words[1:]):
        return text
    return f"{text[: words[0].start]}were{text[words[0].end :]}"


def _is_foreign(word: Word, chances: Chances) -> bool:
    """Whether a word has a letter that English has not, and no article has the word."""
    return word.lower not in chances.counts and any(c.isalpha() and not c.isascii() for c in word.text)


def _meant(
    word: Word, opens: bool, english: bool, before: str, after: str, chances: Chances, encoder: Encoder
) -> str | None:
    """What a word of the question stands for; None where it stands for itself."""
    lower = word.lower
    if (
        lower in chances.counts
        or len(lower) < 3
        or word.text.isupper()
        or not (word.text.isascii() and lower.isalpha())
    ):
        return None
    if lower in _APOSTROPHES:
        return _APOSTROPHES[lower]
    if lower.endswith("s") and lower[:-1] in chances.names and after and not _is_plural(lower):
        return f"{chances.names[lower[:-1]]}'s"
    named = word.capitalised and not opens
    listed = lower in word_counts()
    if not listed and word.stem not in _SPOKEN and chances.has_form_of(lower):
        return None
    found: list[tuple[float, str]] = []
    for candidate in _near(lower, named, english and not listed, chances):
        if not english and not chances.counts.get(candidate):
            continue
        asks = opens and candidate in _OPENINGS
        if asks or _fits(lower, candidate, before, after, listed, named, chances):
            likely = chances.likely(candidate, before, after) + _OPENS * asks
            if listed and candidate in chances.names and chances.found_beside(candidate, before, after):
                likely += _RIGHT
            elif listed and candidate not in FUNCTION_WORDS:
                likely -= _TELLING
            found.append((likely - _slipped(lower, candidate), candidate))
    if english and not named and not listed:
        found += _parted(lower, before, after, chances)
    best, meant = max(found, default=(-math.inf, ""))
    a_form = stem(meant) == word.stem and (listed or meant not in SPEECH_FORMS)  # "denie" is no form of "deny"
    if a_form or best <= _stays(lower, named, before, after, chances, encoder):
        return None
    return meant if meant in FUNCTION_WORDS else chances.names.get(meant, meant)


def _stays(lower: str, named: bool, before: str, after: str, chances: Chances, encoder: Encoder) -> float:
    """The logarithm of how likely it is that a word is meant as it is written."""
    if lower in word_counts():
        return chances.likely(lower, before, after) + _RIGHT
    if encoder.count_tokens([lower])[0] == 1:
        return _UNLISTED
    return _NAME if named else _UNKNOWN + _SO_LONG * min(6, max(0, len(lower) - 4))


def _near(lower: str, named: bool, english: bool, chances: Chances) -> set[str]:
    """The words a few slips away; a name is only ever another name misspelt: "Musk" is not "must"."""
    most = 1 if len(lower) <= 4 else 2 if len(lower) < 9 else 3
    near: set[str] = set()
    for length in range(max(2, len(lower) - most), len(lower) + most + 1):
        words = chances.by_length.get(length, [])
        if named:
            words = [word for word in words if word in chances.capitalised]
        for vocabulary in (words, _english(length) if english and not named else ()):
            found = process.extract(lower, vocabulary, scorer=OSA.distance, score_cutoff=most, limit=None)
            near.update(word for word, *_ in found if word.replace("'", "").isalpha())
    return near


@lru_cache(maxsize=64)
def _english(length: int) -> tuple[str, ...]:
    return tuple(word for word in word_counts() if len(word) == length)


def _fits(lower: str, candidate: str, before: str, after: str, listed: bool, named: bool, chances: Chances) -> bool:
    """Whether a candidate may be taken at all: for a word that exists, or a short one, a neighbour must speak for it.

    "how dose it" is "how does it", since English has "does it" and not "dose it"; but a dose of salts stays one.
    """
    if chances.found_beside(candidate, before, after):
        return True
    if named and candidate not in chances.names:
        return False  # a name is another name misspelt, or a word of one: the "Head" of "Finn Head"
    if not listed and (len(lower) > 4 or (len(lower) > 3 and chances.counts.get(candidate))):
        return True
    return bool(
        (pair_count(before, candidate) and not pair_count(before, lower))
        or (pair_count(candidate, after) and not pair_count(lower, after))
    )


def _is_plural(word: str) -> bool:
    """Whether a word in -s is English as it stands: "banks" is, "fords" is hardly ever."""
    english = word_counts()
    return english.get(word, 0) > _OFTEN * english.get(word[:-1], 0) > 0


def _parted(lower: str, before: str, after: str, chances: Chances) -> Iterator[tuple[float, str]]:
    """Two words written as one ("oftalks"), where they are known side by side or one of them is of grammar."""
    for at in range(2, len(lower) - 1):
        first, second = lower[:at], lower[at:]
        if not (_is_word(first, chances) and _is_word(second, chances)):
            continue
        if chances.together(first, second) or not FUNCTION_WORDS.isdisjoint((first, second)):
            likely = chances.likely(first, before, second) + chances.likely(second, "", after)
            yield likely - _PARTED, f"{first} {second}"


def _is_word(text: str, chances: Chances) -> bool:
    known = chances.counts.get(text, 0) > 0 or is_common(text)
    return text in FUNCTION_WORDS or (len(text) > 2 and known)


def _slipped(written: str, meant: str) -> float:
    cost = slip_cost(written, meant)
    # each slip after the first is less likely than it
    return _SLIP * (cost + max(0.0, cost - 1.0)) * _SHORT.get(len(written), _LONG)


__all__ = ["put_right", "respell"]
