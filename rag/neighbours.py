"""The passage before one that was found, where the one found begins by pointing back to it."""

import re
from collections.abc import Sequence
from dataclasses import replace

from index.snapshot import Snapshot
from index.types import Hit

BEHIND = 0.2
"""How far behind the passage that it explains a joined one stands, as a further passage of a story does."""

_POINTS_BACK = re.compile(
    r"[\"“‘'(]*(?:(?:it|he|she|they|this|that|these|those|both|such|its|his|her|their|but|and|so|however|instead|nor)\b"
    r"|the (?:company|firm|group|agency|ministry|bank|club|team|two|pair|move|decision|deal|plan|report|claim)\b)",
    re.IGNORECASE,
)


def with_neighbours(hits: Sequence[Hit], snapshot: Snapshot) -> list[Hit]:
    """The hits, and behind them the passage before each that begins with "It said …" or the like, if it is not there.

    A sentence is read with those before it, and passages end wherever they are full.
    """
    have = {(hit.article.id, hit.passage.start) for hit in hits}
    joined = list(hits)
    for hit in hits:
        if hit.passage.start and _POINTS_BACK.match(hit.passage.text):
            before = [p for p in snapshot.passages(hit.article.id) if p.start < hit.passage.start]
            if before and (hit.article.id, before[-1].start) not in have:
                have.add((hit.article.id, before[-1].start))
                joined.append(replace(hit, passage=before[-1], score=hit.score - BEHIND, similarity=None, words=None))
    return joined
