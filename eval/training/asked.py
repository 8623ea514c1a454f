"""A question as the engine asks it of an index: understood, limited to the articles it names, with what is found."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from index.filters import Filters
from index.snapshot import Snapshot
from index.types import Hit
from rag.engine import PASSAGES
from rag.neighbours import with_neighbours
from rag.printings import one_printing_each
from rag.scope import read_scope
from rag.understand import Question, understand


def asked_of(
    snapshot: Snapshot, question: str, filters: Filters, day: date | None = None
) -> tuple[Question, Sequence[Hit]] | None:
    """What is asked and the passages found for it; None where it asks what articles say, which nothing is fitted on."""
    scope = read_scope(question, snapshot.entries())
    if scope.says:
        return None
    limits = replace(filters, articles=scope.articles) if scope.articles else filters
    hits = snapshot.search(scope.text, PASSAGES, limits, day)
    return understand(scope.text), with_neighbours(one_printing_each(hits), snapshot)


__all__ = ["asked_of"]
