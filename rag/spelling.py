"""Puts right what a question misspells, by the words of the passages found and of English grammar."""

import re
from collections import Counter
from collections.abc import Sequence

from rapidfuzz.distance import OSA

from index.types import Encoder, Entry, Hit
from rag.lexicon import FUNCTION_WORDS, SPEECH_FORMS, SYNONYMS
from rag.words import split_words

_OPENINGS = "what when where which who why how did does were was has have is are will can".split()
_VERBS = frozenset("did does do is are was were has have had will would can could should may might".split())
MAX_BYLINES = 5_000
"""How many articles' authors and publishers are taken for well-spelt names."""


def respell(text: str, hits: Sequence[Hit], entries: Sequence[Entry], encoder: Encoder) -> str:
    """The question with its misspelt words replaced; the same text when there are none.

    A word is taken for misspelt when neither the passages nor the encoder's vocabulary knows it as a whole and a
    known word lies within one edit (two from seven letters on), swapped neighbours counted as one.
    """
    known = Counter(word.lower for hit in hits for word in split_words(f"{hit.article.title} {hit.passage.text}"))
    bylines = " ".join(f"{e.author or ''} {e.publisher or ''}" for e in entries[:MAX_BYLINES])
    for group in SYNONYMS:
        for synonym in group:
            known.setdefault(synonym, 1)
    for form in (*(w.lower for w in split_words(bylines)), *FUNCTION_WORDS, *SPEECH_FORMS):
        known.setdefault(form, 1)
    names = {w.lower for w in split_words(bylines)} | {
        w.lower for hit in hits for w in split_words(f"{hit.article.title} {hit.passage.text}") if w.capitalised
    }
    text = _opening(text, known)
    written = {
        word.lower: re.sub(r"[’']s?$", "", word.text)
        for hit in hits
        for word in split_words(hit.passage.text)
        if word.capitalised
    }
    for word in reversed(split_words(text)):
        if word.lower in known or len(word.lower) < 3 or any(c.isdigit() for c in word.text):
            continue
        if encoder.count_tokens([word.lower])[0] == 1:
            continue
        if word.text.isupper():
            continue
        # a name is only ever another name misspelt: "Musk" is not "must"
        named = word.capitalised and word.start > 0
        best = _nearest(word.lower, Counter({w: n for w, n in known.items() if w in names}) if named else known)
        if best is not None:
            text = (
                text[: word.start]
                + (best if best in FUNCTION_WORDS else written.get(best, best))
                + text[word.start + len(re.sub(r"[’']s$", "", word.text)) :]
            )
    return text


def _opening(text: str, known: Counter[str]) -> str:
    """The question with its first word put right: "wen did", "wich carmakers", "where A and B in talks"."""
    words = split_words(text)
    if not words:
        return text
    first = words[0]
    if first.lower == "where" and not any(word.lower in _VERBS for word in words[1:]):
        return f"{text[: first.start]}were{text[first.end :]}"
    if first.lower in known or (first.capitalised and len(words) > 1 and words[1].capitalised):
        return text
    near = [(OSA.distance(first.lower, word), word) for word in _OPENINGS if abs(len(word) - len(first.lower)) <= 1]
    distance, word = min(near, default=(9, ""))
    return f"{text[: first.start]}{word}{text[first.end :]}" if distance == 1 else text


def _nearest(word: str, known: Counter[str]) -> str | None:
    most = 1 if len(word) < 7 else 2 if len(word) < 10 else 3
    near = [
        (distance, -count, candidate)
        for candidate, count in known.items()
        if abs(len(candidate) - len(word)) <= most
        and len(candidate) >= 3
        and (distance := OSA.distance(word, candidate, score_cutoff=most)) <= most
        and (candidate[0] == word[0] or len(word) >= 5)
    ]
    return min(near)[2] if near else None
