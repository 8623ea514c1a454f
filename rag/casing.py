"""A question typed without capitals, given back those that the articles write: "did ana reyes of nato deny it?"."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.types import Entry, Hit
from rag.chances import MAX_TITLES
from rag.english import is_common, word_counts
from rag.lexicon import FUNCTION_WORDS
from rag.words import Word, owner, split_words

_OPENS = re.compile(r"(?:^|[.!?:;•*\n])[\s\"“”'‘’(\[]*$")
"""What stands before a word that is written large because it begins a sentence."""
_HEADING = 0.6
"""Share of a line's words written large from which it is taken for a heading, which writes all words so."""


@dataclass(frozen=True, slots=True)
class _Names:
    """How names are written, by the word in lower case, and which two words are a name side by side."""

    words: dict[str, str]
    pairs: dict[tuple[str, str], tuple[str, str]]


def restore_capitals(text: str, hits: Sequence[Hit], entries: Sequence[Entry]) -> str:
    """The question with the names in it as the passages found write them; as it is where it has capitals inside."""
    if any(letter.isupper() for letter in text[1:]):
        return text
    names = _names_in(hits, entries)
    words = split_words(text)
    keys = [_key(word) for word in words]
    written: dict[int, str] = {at: names.words[key] for at, key in enumerate(keys) if key in names.words}
    for at, pair in enumerate(pairwise(keys)):
        if pair in names.pairs:
            written[at], written[at + 1] = names.pairs[pair]
    for at, name in sorted(written.items(), reverse=True):
        start = words[at].start
        text = f"{text[:start]}{name}{text[start + len(keys[at]) :]}"
    return f"{text[:1].upper()}{text[1:]}"


def _names_in(hits: Sequence[Hit], entries: Sequence[Entry]) -> _Names:
    large: Counter[str] = Counter()
    small: Counter[str] = Counter()
    forms: dict[str, str] = {}
    pairs: dict[tuple[str, str], tuple[str, str]] = {}
    for line in _lines(hits, entries):
        words = split_words(line)
        if len(words) > 3 and sum(word.capitalised for word in words) > _HEADING * len(words):
            continue
        inside = [(word, _OPENS.search(line[: word.start]) is None) for word in words]
        for word, within in inside:
            if word.capitalised:
                forms.setdefault(_key(word), owner(word.text))
                large[_key(word)] += within
            else:
                small[_key(word)] += 1
        for (first, inner), (second, _) in pairwise(inside):
            beside = line[first.end : second.start] == " " and FUNCTION_WORDS.isdisjoint((first.lower, second.lower))
            if inner and beside and first.capitalised and second.capitalised:
                pairs.setdefault((_key(first), _key(second)), (owner(first.text), owner(second.text)))
    return _Names({key: forms[key] for key in forms if _is_name(key, large[key], small[key])}, pairs)


def _is_name(key: str, large: int, small: int) -> bool:
    """Whether a word is nearly always written large: within sentences too, unless English has no such word."""
    if key in FUNCTION_WORDS or 2 * small >= max(1, large):
        return False
    return key not in word_counts() or large > is_common(key)


def _lines(hits: Sequence[Hit], entries: Sequence[Entry]) -> Iterator[str]:
    for entry in entries[:MAX_TITLES]:
        # behind a word of their own, lest the first name be taken for the beginning of a sentence
        yield from (f"by {name}" for name in (entry.author, entry.publisher) if name)
    for hit in hits:
        yield from hit.passage.text.split("\n")


def _key(word: Word) -> str:
    return owner(word.text).lower()


__all__ = ["restore_capitals"]
