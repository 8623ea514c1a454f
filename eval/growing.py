"""Large indexes for measuring: articles made of the sentences of real ones, vectors between theirs.

Random vectors would make every search as hard as it can be, and copies every search as easy: texts of one subject
lie near each other, and so do points between them.
"""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index import Article, Index, database
from index.committing import Draft, commit
from index.database import set_meta
from index.reprints import Signature
from index.sealing import seal
from index.sentences import sentence_spans
from index.types import Encoder, Vectors

PASSAGES_EACH = 12
_BATCH = 64


def grow(source: Index, folder: Path, passages: int, encoder: Encoder) -> None:
    """Fills the index in `folder` with `passages` passages made from those of `source`, and seals it."""
    texts, vectors = _material(source)
    with Index.open(folder, encoder=encoder):
        pass
    with closing(database.connect(folder)) as writer:
        set_meta(writer, "dimension", str(encoder.dimension))
        set_meta(writer, "fingerprint", encoder.fingerprint)
        batch: list[Draft] = []
        for draft in _drafts(texts, vectors, passages // PASSAGES_EACH):
            batch.append(draft)
            if len(batch) == _BATCH:
                commit(writer, batch)
                batch = []
        if batch:
            commit(writer, batch)
        seal(writer, writer, folder)


def _material(source: Index) -> tuple[list[list[str]], Vectors]:
    """The sentences of every passage of `source`, and the passages' vectors, (n, d) float32."""
    snapshot = source.snapshot()
    passages = [passage for entry in source.entries() for passage in snapshot.passages(entry.id)]
    texts = [[p.text[start:end] for start, end in sentence_spans(p.text)] for p in passages]
    with closing(database.connect(source.folder)) as view:
        from index.stored import vectors_of

        vectors = vectors_of(view, [passage.id for passage in passages], source.encoder.dimension)
    return texts, vectors


def _drafts(texts: list[list[str]], vectors: Vectors, articles: int) -> Iterator[Draft]:
    chance = np.random.default_rng(20260210)
    for number in range(articles):
        one, other = chance.integers(len(texts), size=(2, PASSAGES_EACH))
        share = chance.uniform(0.2, 0.8, size=(PASSAGES_EACH, 1)).astype(np.float32)
        mixed = share * vectors[one] + (1 - share) * vectors[other]
        mixed /= np.linalg.norm(mixed, axis=1, keepdims=True)
        parts = [_mix(texts[a], texts[b], s) for a, b, s in zip(one, other, share[:, 0], strict=True)]
        ends = np.cumsum([len(part) + 2 for part in parts])
        spans = tuple((int(end) - len(part) - 2, int(end) - 2) for end, part in zip(ends, parts, strict=True))
        article = Article(
            id=f"made-{number}", title=parts[0][:60], text="\n\n".join(parts), publisher=f"P{number % 40}"
        )
        yield Draft(article, spans, mixed, Signature(_random(chance), 200))


def _mix(one: list[str], other: list[str], share: float) -> str:
    """About that share of one passage's sentences, and the rest of the other's."""
    return " ".join(one[: max(1, round(share * len(one)))] + other[round(share * len(other)) :]) or "-"


def _random(chance: np.random.Generator) -> NDArray[np.uint32]:
    return chance.integers(2**32, size=128, dtype=np.uint32)


__all__ = ["PASSAGES_EACH", "grow"]
