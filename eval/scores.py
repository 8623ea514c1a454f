"""What a measure gives for one question: a pair (top, bottom). Every mean and share is sum(tops) / sum(bottoms)."""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from eval.questions import Question
from rag.types import Answer

Score: TypeAlias = tuple[float, float]
Texts: TypeAlias = Mapping[str, str]
"""The text of each article by id."""
Metric: TypeAlias = Callable[[Question, Answer | None, Texts], Score]
"""A missing answer (a crash, a time-out) is None, and scores as a wrong one."""

SILENT: Score = (0.0, 0.0)
"""The score of a question that a measure says nothing of."""

__all__ = ["SILENT", "Metric", "Score", "Texts"]
