"""Whether quoted words back a sentence: the check that every sentence of a language model must pass."""

from collections.abc import Sequence

from rag.matching import SYNONYM, similarity
from rag.quantities import find_quantities, same_value
from rag.stance import denies
from rag.types import Support
from rag.words import content_words

BACKED = 0.6
"""Share of a sentence's telling words that the quotes must have, as themselves or in other words."""


def judge_support(sentence: str, quotes: Sequence[str]) -> Support:
    """Whether `quotes` together say what `sentence` says: its words, its amounts, and no denial that they lack."""
    words = content_words(sentence)
    if not words or not quotes:
        return Support.UNJUDGED
    given = [word for quote in quotes for word in content_words(quote)]
    met = sum(1 for word in words if any(similarity(word.stem, other.stem) >= SYNONYM for other in given))
    amounts = [quantity for quote in quotes for quantity in find_quantities(quote)]
    amiss = [q for q in find_quantities(sentence) if not any(same_value(q, other) for other in amounts)]
    turned = denies(sentence) != any(denies(quote) for quote in quotes)
    return Support.SUPPORTED if met >= BACKED * len(words) and not amiss and not turned else Support.UNSUPPORTED
