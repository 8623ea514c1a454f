"""How likely one word was written for another: slips of the fingers, and spelling by ear.

The distance is Damerau's in its restricted form (Boytsov 2011, optimal string alignment) with a price for each slip.
"""

from functools import lru_cache

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_PLACES = {letter: (x + y / 2, y) for y, row in enumerate(_ROWS) for x, letter in enumerate(row)}
_VOWELS = frozenset("aeiouy")
_ALIKE = frozenset(
    frozenset(pair) for pair in ("ck", "cs", "sz", "kq", "vw", "gj", "dt", "mn", "iy", "uw", "fv", "bp", "xs", "ao")
)
"""Letters that are heard alike somewhere in English."""
_HEARD = (
    ("tch", "ch"), ("sch", "sk"), ("ght", "t"), ("ph", "f"), ("ck", "k"), ("wh", "w"), ("kn", "n"), ("wr", "r"),
    ("qu", "kw"), ("x", "ks"), ("tion", "shun"), ("sion", "shun"), ("dge", "j"), ("ei", "i"), ("ie", "i"),
    ("ea", "e"), ("ee", "e"), ("ey", "y"), ("ai", "e"), ("ay", "e"), ("oo", "u"), ("ou", "o"), ("au", "o"), ("aw", "o"),
    ("c", "k"), ("z", "s"), ("y", "i"),
)  # fmt: skip


def slip_cost(written: str, meant: str) -> float:
    """What it takes to write `written` for `meant`, both in lower case: 0 for the same, about 1 for each slip."""
    by_ear = 0.5 + _distance(heard(written), heard(meant))
    first = 0.4 if written[:1] != meant[:1] and heard(written)[:1] != heard(meant)[:1] else 0.0
    return min(_distance(written, meant), by_ear) + first


@lru_cache(maxsize=20_000)
def heard(word: str) -> str:
    """The word as it sounds, roughly: spellings that are said alike are written alike, double letters once."""
    for spelt, sound in _HEARD:
        word = word.replace(spelt, sound)
    return "".join(letter for at, letter in enumerate(word) if letter != word[at - 1 : at])


def _distance(written: str, meant: str) -> float:
    before: list[float] = []
    last = [0.0]
    for j in range(len(meant)):
        last.append(last[j] + _dropped(meant, j))
    for i, letter in enumerate(written):
        row = [last[0] + _added(written, i)]
        for j, wanted in enumerate(meant):
            cost = min(
                last[j] + _swapped_for(letter, wanted), last[j + 1] + _added(written, i), row[j] + _dropped(meant, j)
            )
            if i and j and letter == meant[j - 1] and written[i - 1] == wanted and letter != wanted:
                cost = min(cost, before[j - 1] + 0.7)
            row.append(cost)
        before, last = last, row
    return last[-1]


def _swapped_for(letter: str, wanted: str) -> float:
    if letter == wanted:
        return 0.0
    if frozenset((letter, wanted)) in _ALIKE or (letter in _VOWELS and wanted in _VOWELS):
        return 0.7
    if letter in _PLACES and wanted in _PLACES:
        (x, y), (u, v) = _PLACES[letter], _PLACES[wanted]
        if abs(x - u) <= 1.0 and abs(y - v) <= 1:
            return 0.85
    return 1.1


def _added(written: str, at: int) -> float:
    return 0.5 if at and written[at - 1] == written[at] else 0.9


def _dropped(meant: str, at: int) -> float:
    if (at and meant[at - 1] == meant[at]) or meant[at : at + 2] == meant[at] * 2:
        return 0.5
    return 0.7 if meant[at] in _VOWELS else 0.85


__all__ = ["heard", "slip_cost"]
