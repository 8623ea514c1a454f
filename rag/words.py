"""Words of a text with their offsets and stems, and what counts as a content word."""

import re
import threading
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

import snowballstemmer

from rag.lexicon import FUNCTION_WORDS, IRREGULAR_FORMS, PHRASE_VERBS

# A word: letters and digits, joined by inner full stops (U.S.), apostrophes (don't), hyphens (F-150), & (AT&T),
# or by commas and full stops between digits (130,000; 3.5).
_WORD = re.compile(r"\w+(?:[.,](?=\d)\w+|[’'&./-](?=\w)\w+)*", re.UNICODE)
_POSSESSIVE = re.compile(r"[’']s?$")
_ACRONYM = re.compile(r"^(?:[a-z]\.)+[a-z]?$")
_COUNTRIES = {"united states": "usa", "united kingdom": "uk", "united nations": "un"}
"""Names of two words that are one to a reader, by their letters."""
_stemmer = snowballstemmer.stemmer("english")
_stemming = threading.Lock()  # a stemmer keeps the word it works on in itself


@dataclass(frozen=True, slots=True)
class Word:
    """A word as written, where it stands, and its lower-case form and stem without a possessive ending.

    `capitalised` says that it begins with a capital letter, or has one inside (iPhone); `is_content` that it carries
    meaning of its own. The stem of a verb of two words, which stands at the first, is that of what both mean.
    """

    text: str
    start: int
    end: int
    lower: str
    stem: str
    capitalised: bool
    is_content: bool


@lru_cache(maxsize=50_000)
def stem(lower: str) -> str:
    """The stem of a lower-case word; irregular forms share the stem of their base ("sold" and "sell")."""
    with _stemming:
        return str(_stemmer.stemWord(IRREGULAR_FORMS.get(lower, lower)))


@lru_cache(maxsize=50_000)
def _lower(text: str) -> str:
    lower = owner(text.lower().replace("’", "'"))
    if _ACRONYM.match(lower):
        lower = lower.replace(".", "")
    if lower == "us" and text[:1] == "U":
        return "usa"  # the country, not the pronoun
    return "".join(c for c in unicodedata.normalize("NFKD", lower) if not unicodedata.combining(c))


def owner(text: str) -> str:
    """A word without the ending that says what is its own: "Tang" of "Tang's"."""
    return _POSSESSIVE.sub("", text)


def split_words(text: str) -> list[Word]:
    """The words of `text` in order; hyphenated compounds of plain words come as their parts."""
    return list(_split(text))


@lru_cache(maxsize=4_000)  # the same sentences are read for names, stems and speakers, question after question
def _split(text: str) -> tuple[Word, ...]:
    words: list[Word] = []
    for match in _WORD.finditer(text):
        start = match.start()
        for part in _parts(match.group()):
            lower = _lower(part)
            if lower:
                capitalised = any(letter.isupper() for letter in part)
                content = lower not in FUNCTION_WORDS and (len(lower) > 1 or lower.isdigit())
                words.append(Word(part, start, start + len(part), lower, stem(lower), capitalised, content))
            start += len(part) + 1
    for at, (first, second) in enumerate(pairwise(words)):
        phrase = PHRASE_VERBS.get(f"{first.lower} {second.lower}")
        if phrase and text[first.end : second.start].isspace():
            words[at] = replace(first, stem=stem(phrase.split()[0]))
        if (country := _COUNTRIES.get(f"{first.lower} {second.lower}")) and second.capitalised == first.capitalised:
            words[at], words[at + 1] = replace(first, stem=stem(country)), replace(second, is_content=False)
    return tuple(words)


def _parts(word: str) -> list[str]:
    # "F-150" and "ex-CEO's" differ: a hyphen beside a digit holds a name together, one between words joins two.
    if any(c.isdigit() for c in word) or not any(c in word for c in "-/"):
        return [word]
    return re.split(r"[-/]", word)


def content_words(text: str) -> list[Word]:
    """The words of `text` that carry meaning."""
    return [word for word in split_words(text) if word.is_content]


def stems(words: Iterable[Word]) -> frozenset[str]:
    """The distinct stems of words."""
    return frozenset(word.stem for word in words)


def clean(text: str) -> str:
    """One line of text: control and format characters dropped, white space folded, compatibility forms kept."""
    visible = "".join(" " if c.isspace() else c for c in text if c.isspace() or unicodedata.category(c)[0] != "C")
    return " ".join(visible.split())
