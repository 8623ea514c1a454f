"""Words that could be the short answer, and how near they stand to what the question shares with them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.types import Span
from rag.words import Word


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words at `span` of a statement that could be the short answer; `fit` (0..1) says how well they suit."""

    text: str
    span: Span
    fit: float


CLAUSE_END = re.compile(
    r"[;:—–()]|, (?:and|but|while|which|who|although|though|as|where|with|including|citing|despite|after|before)\b"
    r"|\.(?=\s|$)| (?:while|but|although|whereas) "
)


def nearness(span: Span, places: Sequence[Word], text: str) -> float:
    """1 beside a matched word, falling with the words between; a clause break counts as six words."""
    if not places:
        return 0.3
    best = 0.0
    for place in places:
        left, right = (span[1], place.start) if span[1] <= place.start else (place.end, span[0])
        between = text[left:right]
        words = between.count(" ") + 6 * len(re.findall(r"[;—–]| (?:while|but|whereas) ", between))
        best = max(best, 1 / (1 + words / 6))
    return best
