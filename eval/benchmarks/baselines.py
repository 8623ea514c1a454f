"""Plain rivals on the same questions and articles: the best sentence by words or by vectors, or one verdict always."""

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from index.types import Article, Encoder
from rag.types import Answer, Verdict

if TYPE_CHECKING:
    from index.filters import Filters

Rank: TypeAlias = Callable[[str, Sequence[int]], int]
"""From a question and the numbers of the sentences allowed, to the number of the best."""

_WORD = re.compile(r"\w+")
_ASKS_YES_OR_NO = re.compile(
    r"(?i)\s*(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could|should|may|might)\b"
)
_NEGATION = re.compile(
    r"(?i)\b(?:no|not|never|none|nor|neither|without|den(?:y|ies|ied)|reject(?:s|ed)?|refus(?:e|es|ed))\b|n't\b|n’t\b"
)


class Always:
    """Gives one verdict to everything: `unknown` abstains, any other is a majority vote."""

    def __init__(self, verdict: Verdict) -> None:
        self._verdict = verdict

    def ask(
        self,
        question: str,
        *,
        history: Sequence[str] = (),
        as_of: str | None = None,
        filters: "Filters | None" = None,
    ) -> Answer:
        """The same verdict for every question; its lean is all the way to one side, or 0.5."""
        lean = {Verdict.YES: 1.0, Verdict.NO: 0.0}.get(self._verdict, 0.5)
        return Answer(question=question, text=str(self._verdict), verdict=self._verdict, lean=lean)


class BestSentence:
    """Answers with the sentence that ranks first; to a yes/no question, no where that sentence holds a negation."""

    def __init__(self, sentences: Sequence[tuple[str, str]], rank: Rank) -> None:
        self._sentences = sentences
        self._rank = rank
        self._of: dict[str, list[int]] = {}
        for at, (article, _) in enumerate(sentences):
            self._of.setdefault(article, []).append(at)

    def ask(
        self,
        question: str,
        *,
        history: Sequence[str] = (),
        as_of: str | None = None,
        filters: "Filters | None" = None,
    ) -> Answer:
        """The best sentence among the articles that the filters name, or among all."""
        named = filters.articles if filters else ()
        allowed = (
            [at for article in named for at in self._of.get(article, [])] if named else range(len(self._sentences))
        )
        if not allowed:
            return Answer(question=question, text="", verdict=Verdict.UNKNOWN, lean=0.5)
        sentence = self._sentences[self._rank(question, allowed)][1]
        return answer_with(question, sentence)


def answer_with(question: str, sentence: str) -> Answer:
    """The sentence as an answer; to a yes/no question, no where it holds a negation, else yes."""
    verdict, lean = Verdict.ANSWERED, 0.5
    if _ASKS_YES_OR_NO.match(question):
        verdict, lean = (Verdict.NO, 0.25) if _NEGATION.search(sentence) else (Verdict.YES, 0.75)
    return Answer(question=question, text=sentence, verdict=verdict, short=sentence, lean=lean)


def sentences_of(articles: Sequence[Article]) -> list[tuple[str, str]]:
    """Article id and sentence, for every sentence of the articles."""
    from index.sentences import sentence_spans

    return [(article.id, article.text[a:b]) for article in articles for a, b in sentence_spans(article.text)]


def by_words(sentences: Sequence[tuple[str, str]], k1: float = 1.2, b: float = 0.75) -> Rank:
    """Ranks by BM25 (Robertson & Zaragoza 2009) over lower-case words."""
    bags = [Counter(_WORD.findall(text.casefold())) for _, text in sentences]
    lengths = [sum(bag.values()) for bag in bags]
    mean = sum(lengths) / max(1, len(lengths))
    places: dict[str, list[int]] = {}
    for at, bag in enumerate(bags):
        for word in bag:
            places.setdefault(word, []).append(at)
    weight = {word: math.log(1 + (len(bags) - len(at) + 0.5) / (len(at) + 0.5)) for word, at in places.items()}

    def score(words: Sequence[str], at: int) -> float:
        bag, norm = bags[at], k1 * (1 - b + b * lengths[at] / mean)
        return sum(weight[word] * bag[word] * (k1 + 1) / (bag[word] + norm) for word in words if word in bag)

    def rank(question: str, allowed: Sequence[int]) -> int:
        words = sorted(set(_WORD.findall(question.casefold())))
        # A sentence that shares no word scores 0, below any that does: over a large index that spares most of them.
        sharing = {at for word in words for at in places.get(word, ())}.intersection(allowed)
        return max(sharing, key=lambda at: (score(words, at), -at)) if sharing else allowed[0]

    return rank


def by_vectors(sentences: Sequence[tuple[str, str]], encoder: Encoder) -> Rank:
    """Ranks by cosine of sentence vectors to the question's."""
    numbers = {text: at for at, text in enumerate(dict.fromkeys(text for _, text in sentences))}
    vectors = encoder.encode(list(numbers))
    of = np.array([numbers[text] for _, text in sentences], dtype=np.intp)

    def rank(question: str, allowed: Sequence[int]) -> int:
        near = vectors @ encoder.encode([question])[0]
        return int(allowed[int(np.argmax(near[of[np.asarray(allowed)]]))])

    return rank


__all__ = ["Always", "BestSentence", "answer_with", "by_vectors", "by_words", "sentences_of"]
