"""Whether a short answer says what an accepted one says: normalisation, exact match, word F1, containment."""

import re
import string
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

_ARTICLES = re.compile(r"\b(?:a|an|the)\b")
_DASHES = re.compile(r"[-‐-―−/]+")
_POINT = re.compile(r"(?<=\d)\.(?=\d)")
_NOT_WORD = re.compile(r"[^\w\s\0]|_")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_POSSESSIVE = re.compile(r"['’‘]s\b")
_MARKERS = re.compile(r"\s*\[\d+\]")


def squad_normalise(text: str) -> str:
    """Lower case without ASCII punctuation, articles and needless space, as SQuAD's official script has it.

    Rajpurkar et al. 2016. Kept for figures that stand beside published ones; it reads "3.5" as "35".
    """
    bare = "".join(letter for letter in text.lower() if letter not in string.punctuation)
    return " ".join(_ARTICLES.sub(" ", bare).split())


def normalise(text: str) -> str:
    """Words as SQuAD compares them, with five repairs that news needs.

    Curly quotes and other scripts' punctuation go like ASCII's; hyphens and dashes part words; decimal points stay
    and thousands commas go ("3.5" is not "35", "130,000" is "130000"); "%" and "per cent" are "percent"; a possessive
    's goes.
    """
    plain = unicodedata.normalize("NFKC", text).casefold().replace("%", " percent").replace("per cent", "percent")
    plain = _DASHES.sub(" ", _POSSESSIVE.sub("", plain))
    plain = _POINT.sub("\0", _THOUSANDS.sub("", plain))
    plain = _NOT_WORD.sub("", plain).replace("\0", ".")
    return " ".join(_ARTICLES.sub(" ", plain).split())


def exact(short: str | None, accepted: Iterable[str]) -> float:
    """1 where the short answer equals an accepted one once both are normalised, else 0 (SQuAD's EM)."""
    return float(short is not None and normalise(short) in {normalise(answer) for answer in accepted})


def word_f1(short: str | None, accepted: Iterable[str]) -> float:
    """Best F1 (0..1) of shared words with an accepted answer: 2·P·R / (P + R) over word counts (SQuAD's F1)."""
    return max(
        (overlap_f1(normalise(short or "").split(), normalise(answer).split()) for answer in accepted), default=0.0
    )


def overlap_f1(said: Sequence[str], wanted: Sequence[str]) -> float:
    """F1 of two bags of words; 1 where both are empty."""
    if not said or not wanted:
        return float(not said and not wanted)
    shared = sum((Counter(said) & Counter(wanted)).values())
    return 2 * shared / (len(said) + len(wanted))


def holds(text: str | None, phrase: str) -> bool:
    """Whether the normalised phrase stands in the normalised text as whole words, in order and side by side."""
    wanted = normalise(phrase)
    return bool(wanted) and f" {wanted} " in f" {normalise(text or '')} "


def holds_any(text: str | None, phrases: Iterable[str]) -> bool:
    """Whether one of the phrases stands in the text; see `holds`."""
    return any(holds(text, phrase) for phrase in phrases)


def mentions(text: str, phrase: str) -> bool:
    """Whether the phrase stands in the text, case, spaces and the kind of quote mark aside; part of a word will do."""
    return _flat(phrase) in _flat(text)


def without_markers(text: str) -> str:
    """The answer's text without its citation markers [1], [2] and so on."""
    return _MARKERS.sub("", text)


def _flat(text: str) -> str:
    straight = text.translate(str.maketrans("“”‘’\u00a0", "\"\"'' "))
    return " ".join(straight.casefold().split())


__all__ = [
    "exact",
    "holds",
    "holds_any",
    "mentions",
    "normalise",
    "overlap_f1",
    "squad_normalise",
    "without_markers",
    "word_f1",
]
