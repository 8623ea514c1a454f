"""How likely a word is where it stands in a question: by the articles it is asked of, and by English."""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from index.types import Entry, Hit
from rag.english import LEAST_PAIR, TOTAL, pair_count, word_counts
from rag.lexicon import FUNCTION_WORDS, SPEECH_FORMS, SYNONYMS
from rag.words import owner, split_words, stem

MAX_TITLES = 2_000
"""How many articles' titles, authors and publishers are taken for well-spelt names."""
_HERE, _GRAMMAR, _ELSEWHERE = 0.5, 0.5, 0.1
"""How much it counts that the articles have a word, that English has one of grammar, or has one they do not have."""
_FORM = 0.5
"""How much it counts that they have another form of the word."""
_BESIDE = 3.0
"""What it says for a word that the articles have it beside its neighbour, as a logarithm of chances."""
_MOST_BESIDE = 8.0
"""The most that English says for two neighbours."""
_SMOOTHING = 1_000
"""So many words more than were found, lest a few short passages make theirs too sure."""


@dataclass(frozen=True)
class Chances:
    """The words of what was found: how often, which are names, how those are written, which stems stand side by side.

    `capitalised` are the words that are written so anywhere, as names and openings of sentences are. Words that the
    project's own lists have are among `counts`, with 0 where no article has them.
    """

    counts: Mapping[str, int]
    names: Mapping[str, str]
    capitalised: Mapping[str, str]
    pairs: frozenset[tuple[str, str]]

    @classmethod
    def of(cls, hits: Sequence[Hit], entries: Sequence[Entry]) -> "Chances":
        """What passages, and the titles, authors and publishers of articles, teach."""
        counts: Counter[str] = Counter()
        capitals: Counter[str] = Counter()
        written: dict[str, str] = {}
        pairs: set[tuple[str, str]] = set()
        for text in _texts(hits, entries):
            words = split_words(text)
            counts.update(owner(word.lower) for word in words)
            pairs.update((first.stem, second.stem) for first, second in pairwise(words))
            for word in words:
                if word.capitalised:
                    bare = owner(word.text)
                    capitals[bare.lower()] += 1
                    written.setdefault(bare.lower(), bare)
        names = {word: written[word] for word, count in capitals.items() if 2 * count > counts[word]}
        listed = {form: 0 for group in (*SYNONYMS, FUNCTION_WORDS, SPEECH_FORMS) for form in group}
        return cls(listed | counts, names, written, frozenset(pairs))

    @cached_property
    def _total(self) -> int:
        return sum(self.counts.values()) + _SMOOTHING

    @cached_property
    def _stems(self) -> Counter[str]:
        stems: Counter[str] = Counter()
        for word, count in self.counts.items():
            stems[stem(word)] += count
        return stems

    @cached_property
    def by_length(self) -> dict[int, list[str]]:
        """The words of `counts` by how many letters they have."""
        lengths: dict[int, list[str]] = {}
        for word in self.counts:
            lengths.setdefault(len(word), []).append(word)
        return lengths

    def likely(self, word: str, before: str, after: str) -> float:
        """The logarithm of how likely a word is between these two, either of which may be empty."""
        share = _GRAMMAR if word in FUNCTION_WORDS else _ELSEWHERE
        here = max(self.counts.get(word, 0), _FORM * self._stems.get(stem(word), 0))
        alone = share * word_counts().get(word, 0) / TOTAL + _HERE * here / self._total
        sides = self.together(before, word), self.together(word, after)
        # two good neighbours seldom are independent: the better one speaks for both
        return math.log(alone + 1e-9) + (max(sides) if min(sides) > 0 else sum(sides))

    def together(self, first: str, second: str) -> float:
        """What standing side by side says for two words: below 0 for common ones that never do."""
        if not first or not second:
            return 0.0
        if (stem(first), stem(second)) in self.pairs:
            return _BESIDE if FUNCTION_WORDS.isdisjoint((first, second)) else 1.0
        english = word_counts()
        by_chance = english.get(first, 0) * english.get(second, 0) / TOTAL
        count = pair_count(first, second) or min(LEAST_PAIR, by_chance)
        return min(_MOST_BESIDE, math.log(count / by_chance)) if count else 0.0

    def has_form_of(self, word: str) -> bool:
        """Whether an article has the word, or another form of it."""
        return self._stems.get(stem(word), 0) > 0 or f"{word}s" in self.counts

    def found_beside(self, word: str, before: str, after: str) -> bool:
        """Whether an article has the word beside one of these, none of them of grammar: "Tang" after "Isabella"."""
        return word not in FUNCTION_WORDS and any(
            FUNCTION_WORDS.isdisjoint((first, second)) and (stem(first), stem(second)) in self.pairs
            for first, second in ((before, word), (word, after))
        )


def _texts(hits: Sequence[Hit], entries: Sequence[Entry]) -> Iterator[str]:
    for entry in entries[:MAX_TITLES]:
        yield f"{entry.title}. {entry.author or ''}. {entry.publisher or ''}"
    for hit in hits:
        yield hit.passage.text


__all__ = ["MAX_TITLES", "Chances"]
