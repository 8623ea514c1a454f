"""Words that a mistyped one may stand for: one slip of the fingers away, after Norvig's spelling corrector."""

import math
import re
from collections.abc import Callable, Mapping
from functools import lru_cache

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_SHORTEST = 3
_GUESSED = 4
"""Below four letters only two that changed places are put right: too many real words are one letter away."""

_WORD = re.compile(r"[A-Za-z]{3,}")


@lru_cache(maxsize=256)
def near_words(word: str) -> Mapping[str, float]:
    """Every string one slip away from `word` → how likely that slip is against the others, 0..1.

    Two letters changing places is the commonest slip and so counts most; the first letter is seldom wrong.
    Words with digits have no neighbours.
    """
    if len(word) < _SHORTEST or not word.isalpha() or not word.isascii():
        return {}
    near: dict[str, float] = {}
    for i in range(len(word) + 1):
        left, right = word[:i], word[i:]
        start = 0.5 if not left else 1.0
        if len(right) > 1:
            near[left + right[1] + right[0] + right[2:]] = start
        if len(word) < _GUESSED:
            continue
        if right:
            near.setdefault(left + right[1:], 0.7 * start)
        for letter in _LETTERS:
            near.setdefault(left + letter + right, 0.7 * start)
            if right:
                near.setdefault(left + letter + right[1:], 0.6 * start)
    near.pop(word, None)
    return near


def likeliest(word: str, frequency: Callable[[str], int], most: int) -> list[tuple[str, float]]:
    """Up to `most` words that occur and that `word` may stand for, likeliest first, each with its share (0..1)."""
    near = near_words(word)
    scores = {
        spelling: share * (1 + math.log(count)) for spelling, share in near.items() if (count := frequency(spelling))
    }
    best = sorted(scores, key=lambda spelling: (-scores[spelling], spelling))[:most]
    return [(spelling, near[spelling]) for spelling in best]


def respell(text: str, meant: Callable[[str], str | None]) -> str:
    """`text` with each word for which `meant` gives another replaced by that."""
    return _WORD.sub(lambda match: meant(match.group()) or match.group(), text)


def unstem(stem: str) -> str:
    """A word that has the stem: Porter's stems of words in -y end in -i."""
    return f"{stem[:-1]}y" if stem.endswith("i") else stem


__all__ = ["likeliest", "near_words", "respell", "unstem"]
