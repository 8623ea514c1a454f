"""Words that a mistyped one may stand for: one slip of the fingers away, after Norvig's spelling corrector."""

from functools import lru_cache

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_SHORTEST = 4


@lru_cache(maxsize=256)
def near_words(word: str) -> dict[str, float]:
    """Every string one slip away from `word` → how likely that slip is against the others, 0..1.

    Two letters changing places is the commonest slip and so counts most; the first letter is seldom wrong.
    Words below four letters, and those with digits, have no neighbours: too many real words are near them.
    """
    if len(word) < _SHORTEST or not word.isalpha() or not word.isascii():
        return {}
    splits = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    near: dict[str, float] = {}
    for left, right in splits:
        start = 0.5 if not left else 1.0
        for letter in _LETTERS:
            near.setdefault(left + letter + right, 0.7 * start)
            if right:
                near.setdefault(left + letter + right[1:], 0.6 * start)
        if right:
            near[left + right[1:]] = 0.7 * start
        if len(right) > 1:
            near[left + right[1] + right[0] + right[2:]] = 1.0 * start
    near.pop(word, None)
    return near


__all__ = ["near_words"]
