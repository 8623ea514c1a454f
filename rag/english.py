"""How often English uses a word, or two words side by side; the only door to symspellpy, for its word lists.

The lists are Google Books Ngram counts of the words that SCOWL has, as Wolf Garbe made them for SymSpell.
"""

import importlib.util
from bisect import bisect_left
from functools import lru_cache
from pathlib import Path

WORDS = "frequency_dictionary_en_82_765.txt"
PAIRS = "frequency_bigramdictionary_en_243_342.txt"
TOTAL = 1_024_908_267_229
"""How many words were counted."""
_COMMON = 5_000_000
LEAST_PAIR = 6_400_000
"""Pairs that were counted less often are not listed."""


@lru_cache(maxsize=1)
def word_counts() -> dict[str, int]:
    """Each common English word in lower case → how often it was counted, of `TOTAL`; read once, in 50 ms."""
    return {word: int(count) for word, count in (line.split() for line in _lines(WORDS))}


def is_common(word: str) -> bool:
    """Whether a word in lower case is among the twenty thousand or so that English uses most."""
    return word_counts().get(word, 0) > _COMMON


@lru_cache(maxsize=10_000)
def pair_count(first: str, second: str) -> int:
    """How often the two words were counted side by side, of `TOTAL`; 0 for all but the commonest 240,000 pairs."""
    pairs, begin = _pairs(), f"{first} {second} "
    at = bisect_left(pairs, begin)
    return int(pairs[at][len(begin) :]) if at < len(pairs) and pairs[at].startswith(begin) else 0


@lru_cache(maxsize=1)
def _pairs() -> list[str]:
    return sorted(_lines(PAIRS))


def _lines(name: str) -> list[str]:
    # found, not imported: the package's own code loads what is not used here
    spec = importlib.util.find_spec("symspellpy")
    if spec is None or not spec.submodule_search_locations:
        return []
    return (Path(spec.submodule_search_locations[0]) / name).read_text(encoding="utf-8-sig").splitlines()


__all__ = ["PAIRS", "TOTAL", "WORDS", "pair_count", "word_counts"]
