"""Words that mean nearly the same, as the encoder sees them: "spectators" and "crowd", "resign" and "quit".

Lists of synonyms end somewhere. The encoder was trained on pairs of paraphrases, so its vectors of single words lie
near each other where one answers for the other; opposites do so too ("buy", "sell"), and are left out by their list.
"""

from collections.abc import Callable, Iterable, Sequence

from index.types import Vectors
from rag.lexicon import CONVERSES
from rag.matching import Term, opposite
from rag.words import Word

ALIKE = 0.62
"""Cosine of two single words from which one answers for the other. Of twenty pairs of synonyms taken from news most
lay above it; unrelated words of a kind ("dog", "cat") lie at 0.66, so it is a signal beside others, never alone."""
VERBS_ALIKE = 0.7
"""The same for a verb, on which the sense of a whole claim hangs."""


def alike_words(
    terms: Iterable[Term], words: Iterable[Word], encode: Callable[[Sequence[str]], Vectors]
) -> frozenset[tuple[str, str]]:
    """Pairs of a term's stem and a word's stem that mean nearly the same; names and numbers have no such pairs."""
    asked = {term.lower: term for term in terms if not term.is_name and term.quantity is None and _plain(term.lower)}
    known = {word.lower: word.stem for word in words if word.is_content and not word.capitalised and _plain(word.lower)}
    if not asked or not known:
        return frozenset()
    vectors = encode([*asked, *known])
    near = vectors[: len(asked)] @ vectors[len(asked) :].T
    return frozenset(
        (term.stem, other)
        for row, term in zip(near, asked.values(), strict=True)
        for cosine, other in zip(row, known.values(), strict=True)
        if cosine >= (VERBS_ALIKE if term.is_verb else ALIKE) and not _apart(term.stem, other)
    )


def _apart(a: str, b: str) -> bool:
    return a == b or opposite(a, b) or frozenset((a, b)) in CONVERSES


def _plain(lower: str) -> bool:
    return len(lower) > 2 and lower.isalpha()
