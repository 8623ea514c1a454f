"""Numbers written differently, made one word each, so that "$3.5bn" finds "3.5 billion dollars"."""

import re

_SCALES = {
    "k": 3, "thousand": 3,
    "m": 6, "mn": 6, "mln": 6, "million": 6,
    "b": 9, "bn": 9, "bln": 9, "billion": 9,
    "tn": 12, "trn": 12, "trillion": 12,
}  # fmt: skip

_NUMBER = re.compile(
    # Thousands are parted by commas, or by spaces: those that keep a number on one line, plain ones in round numbers.
    r"(?<![\w.,])(\d{1,3}(?:(?:[,\u00a0\u2009\u202f]\d{3})+|(?: \d{3})*(?: \d00)+(?!\w))|\d+)"
    r"(\.\d+)?(?!\.\d)(?:\s?(%|per cent\b)|([ -]?)(" + "|".join(sorted(_SCALES, key=len, reverse=True)) + r")\b)?",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(r"['’]s\b")


def fold_numbers(text: str) -> str:
    """`text` with each number as one word: 130,000 → 130000, 3.5bn → 3500000000, 4.2% → 4p2 percent."""
    return _NUMBER.sub(_fold, text)


def _fold(match: re.Match[str]) -> str:
    whole, fraction, percent, gap, scale = match.groups()
    whole, fraction = re.sub(r"\D", "", whole), (fraction or "")[1:]
    # "5 m" and "5 k" are as often metres and a race; only "5m" and "5k" are read as scales
    if scale and (len(scale) > 1 or not gap):
        zeros = _SCALES[scale.lower()]
        if len(fraction) <= zeros:
            return (whole + fraction).lstrip("0") + "0" * (zeros - len(fraction)) if int(whole + fraction) else "0"
    number = f"{whole}p{fraction}" if fraction.strip("0") else whole
    return number + (" percent" if percent else f"{gap}{scale}" if scale else "")


def fold_words(text: str) -> str:
    """`text` as both passages and queries are read by the word index: numbers folded, possessives dropped."""
    return fold_numbers(_POSSESSIVE.sub("", text))


__all__ = ["fold_numbers", "fold_words"]
