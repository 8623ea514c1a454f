"""Sentences of one article held against each other: most say nothing to each other, though they share their subject.

The sets that the stance head learns from have few texts that share names and matter with a claim and yet leave it
open, and a passage of news is made of them.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from eval.training.rows import StanceRow
from eval.training.stance_examples import LABELS, StanceExample
from index.sentences import sentence_spans
from rag.attribution import attributions
from rag.names import find_names
from rag.statements import Vocabulary, read_sentence
from rag.words import content_words

_MOST_SENTENCES = 30
_SHORTEST = 25
_TELLING = frozenset("say announce confirm state report add reveal explain tell".split())
_ALIKE = 0.5
"""Share of a claim's content words from which another sentence may say the same."""
_TITLE = re.compile(r"^[^.]{2,60} -- ")
_LESS = (
    re.compile(
        r",? (?:although|though|while|because|after|before|when|despite|according to|which|who|as) [^,]{8,}(?=\.$)"
    ),
    re.compile(r"^(?:In|On|At|By|After|During|Since|According to|Despite|Under) [^,]{4,60}, "),
    re.compile(r", (?:which|who|an?|the) [^,]{4,60},(?= )"),
)
"""What can be left out of a sentence so that the sentence still supports what remains."""
_NOT = re.compile(r"\b(is|are|was|were|has|have|had|will|would|can|could|should) (?!not\b|n't)")


@dataclass(frozen=True, slots=True)
class _Article:
    group: str
    sentences: tuple[str, ...]
    words: tuple[frozenset[str], ...]


def sentence_examples(rows: Sequence[StanceRow], count: int, rng: np.random.Generator) -> Iterator[StanceExample]:
    """About `count` examples from the articles and passages of `rows`: five in ten are sentences beside each other.

    The rest hold a sentence, or what somebody says in it, against itself: as it is, negated, or of somebody else.
    """
    articles = _articles(rows)
    if not articles:
        return
    for at in rng.integers(0, len(articles), count):
        article = articles[int(at)]
        first = int(rng.integers(len(article.sentences)))
        claim, kind = article.sentences[first], rng.random()
        if kind < 0.5:
            yield from _beside(article, first, rng)
            continue
        put = _less(claim, rng) if rng.random() < 0.8 else claim
        if kind < 0.7:
            yield from _of_another(article, put, claim, articles[int(rng.integers(len(articles)))], rng)
        elif kind < 0.85:
            negated, changed = _NOT.subn(r"\1 not ", put, count=1)
            if changed:
                yield _example(article, negated, claim, "refutes")
        elif put != claim:
            yield _example(article, put, claim, "supports")


def _articles(rows: Sequence[StanceRow]) -> list[_Article]:
    texts = {row.text: row.group for row in rows if row.source in ("fnc1", "boolq")}
    found = []
    for text, group in texts.items():
        spans = [span[:2] for span in sentence_spans(text[:8_000])][:_MOST_SENTENCES]
        kept = [_TITLE.sub("", text[a:b].strip()) for a, b in spans]
        kept = [one for one in kept if 40 <= len(one) <= 220 and one.endswith((".", '"', "”")) and "\n" not in one]
        if len(kept) >= 3:
            words = tuple(frozenset(word.stem for word in content_words(one)) for one in kept)
            found.append(_Article(group, tuple(kept), words))
    return found


def _beside(article: _Article, first: int, rng: np.random.Generator) -> Iterator[StanceExample]:
    """A claim and another sentence of its article that shares a word with it and does not say the same."""
    own = article.words[first]
    others = [
        text
        for text, words in zip(article.sentences, article.words, strict=True)
        if own & words and len(own & words) < _ALIKE * min(len(own), len(words))
    ]
    if others:
        claim = _less(article.sentences[first], rng)
        yield _example(article, claim, others[int(rng.integers(len(others)))], "neutral")


def _of_another(
    article: _Article, claim: str, text: str, other: _Article, rng: np.random.Generator
) -> Iterator[StanceExample]:
    """The claim made of somebody else: a name of it replaced by one of the same article, or of another."""
    here = [n.text for n in find_names(claim) if len(n.text) > 3]
    giver = article if rng.random() < 0.6 else other
    there = sorted(
        {n.text for s in giver.sentences for n in find_names(s) if n.span[0] and len(n.text) > 3 and n.text not in text}
    )
    if here and there:
        old, new = here[int(rng.integers(len(here)))], there[int(rng.integers(len(there)))]
        if not set(old.split()) & set(new.split()):
            yield _example(article, claim.replace(old, new), text, "neutral")


def _less(sentence: str, rng: np.random.Generator) -> str:
    """The sentence, or what somebody says in it, without a clause that it can do without."""
    said = _said_in(sentence) or sentence
    shorter = [cut for pattern in _LESS if len(cut := pattern.sub("", said, count=1)) < len(said)]
    chosen = shorter[int(rng.integers(len(shorter)))] if shorter else said
    return chosen if len(chosen) > _SHORTEST else said


def _said_in(sentence: str) -> str | None:
    """What somebody says in a sentence without quoted words: "A said that P." gives "P."."""
    if set('"“”') & set(sentence):
        return None
    read = read_sentence(sentence)
    for act in attributions(read, (), Vocabulary.of(())):
        said = sentence[act.complement[0] : act.complement[1]].strip(" ,.").removeprefix("that ")
        if act.verb in _TELLING and len(said) > _SHORTEST:
            return f"{said[:1].upper()}{said[1:]}."
    return None


def _example(article: _Article, claim: str, text: str, label: str) -> StanceExample:
    return StanceExample("made", article.group, claim, text, LABELS.index(label))


__all__ = ["sentence_examples"]
