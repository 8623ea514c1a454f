"""Judgements without a language model: small trained heads on the encoder that onrecord ships with, run without torch.

A reading head finds the words that answer a question and says whether a passage answers it at all; a stance head says
what a text does to a statement. Where their weights are missing or damaged there is no head, and the rules judge alone.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from index.compiled import cache_folder
from index.errors import ModelUnavailable
from index.running import Runner, batches
from rag.heads_graph import INPUTS, compile_head
from rag.heads_pairs import Row, open_tokenizer, pad, pair_rows
from rag.heads_spans import NOTHING_READ, SpanOdds, best_span, logistic, read_outputs
from rag.heads_weights import FOLDER, HeadWeights, read_weights

if TYPE_CHECKING:
    from tokenizers import Tokenizer

H = TypeVar("H")
Probabilities: TypeAlias = NDArray[np.float64]
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Reading:
    """The words of a passage that answer best, as `passage[start:end] == text`, and how surely the passage answers.

    `score` is the words' log odds over "no answer here", unbounded and comparable among passages of one question;
    `answers` the calibrated probability (0..1) that the passage answers. An empty passage reads as "" at 0.
    `odds` gives the score of any other words of the passage.
    """

    start: int
    end: int
    text: str
    score: float
    answers: float
    odds: SpanOdds = NOTHING_READ


class ReadingHead:
    """Reads passages for a question; several threads may use it at once."""

    def __init__(self, weights: HeadWeights, cache: Path | None = None) -> None:
        """With `weights`, compiled into `cache` (the user's) when it is first used."""
        self._calibration = weights.notes["answers"]
        self._pairs = _Pairs(weights, cache)
        self.threshold = weights.notes["threshold"][0]
        """The `answers` from which answering was right more often than not, on data apart from training."""

    def read(self, question: str, passages: Sequence[str], titles: Sequence[str] = ()) -> list[Reading]:
        """A reading of each passage, in their order; `titles` are their articles', "" for none.

        Of a passage only what fits into 256 tokens together with question and title is read. Raises `ModelUnavailable`.
        """
        rows, outputs = self._pairs.run([question] * len(passages), passages, list(titles) or [""] * len(passages))
        found = [best_span(output, row) for row, output in zip(rows, outputs, strict=True)]
        sure = logistic(self._calibration, np.array([odds for _, *odds in found]).reshape(-1, 2))
        odds = [read_outputs(output, row)[0] for row, output in zip(rows, outputs, strict=True)]
        return [
            Reading(start, end, passage[start:end], score, float(p), of_any)
            for passage, ((start, end), score, _), p, of_any in zip(passages, found, sure, odds, strict=True)
        ]


class StanceHead:
    """Says what texts do to a statement; several threads may use it at once."""

    def __init__(self, weights: HeadWeights, cache: Path | None = None) -> None:
        """With `weights`, compiled into `cache` (the user's) when it is first used."""
        self._temperature = weights.notes["temperature"][0]
        self._offsets = np.array(weights.notes["offsets"])
        self._pairs = _Pairs(weights, cache)

    def judge(self, statement: str, texts: Sequence[str], titles: Sequence[str] = ()) -> Probabilities:
        """(n, 3) calibrated probabilities that each text supports, refutes or is neutral to the statement.

        A text on another matter is neutral; see `weigh`. Raises `ModelUnavailable`.
        """
        found = self.weigh([statement] * len(texts), texts, titles)
        return np.column_stack([found[:, :2], found[:, 2:].sum(axis=1)])

    def weigh(self, statements: Sequence[str], texts: Sequence[str], titles: Sequence[str] = ()) -> Probabilities:
        """(n, 4) for each pair of statement and text: supports, refutes, neutral on the same matter, and unrelated."""
        _, outputs = self._pairs.run(statements, texts, list(titles) or [""] * len(texts))
        odds = np.array([output[0] for output in outputs], dtype=np.float64).reshape(-1, 4)
        return calibrated(odds, self._temperature, self._offsets)


def calibrated(odds: Probabilities, temperature: float, offsets: Probabilities) -> Probabilities:
    """(n, k) probabilities from raw outputs: divided by the temperature, moved by class offsets, softmax."""
    moved = odds / temperature + offsets
    powers = np.exp(moved - moved.max(axis=1, keepdims=True, initial=-np.inf))
    found: Probabilities = powers / powers.sum(axis=1, keepdims=True)
    return found


def open_reading_head(folder: Path = FOLDER, cache: Path | None = None) -> ReadingHead | None:
    """The reading head; None, with the reason logged as a warning, where its weights are missing or damaged."""
    return _open("reading", folder, cache, ReadingHead)


def open_stance_head(folder: Path = FOLDER, cache: Path | None = None) -> StanceHead | None:
    """The stance head; None, with the reason logged as a warning, where its weights are missing or damaged."""
    return _open("stance", folder, cache, StanceHead)


def why_missing(name: str, folder: Path = FOLDER) -> str | None:
    """Why the head "reading" or "stance" cannot be opened, in a line; None when it can."""
    try:
        read_weights(name, folder)
    except ModelUnavailable as error:
        return str(error)
    return None


def _open(name: str, folder: Path, cache: Path | None, made: Callable[[HeadWeights, Path | None], H]) -> H | None:
    try:
        return made(read_weights(name, folder), cache)
    except ModelUnavailable as error:
        _log.warning("%s; the rules judge alone", error)
        return None


class _Pairs:
    """Pairs of texts to a head's numbers."""

    def __init__(self, weights: HeadWeights, cache: Path | None) -> None:
        self._runner = Runner(lambda: compile_head(weights, cache or cache_folder()))

    def run(
        self, lefts: Sequence[str], passages: Sequence[str], titles: Sequence[str]
    ) -> tuple[list[Row], list[NDArray[np.float32]]]:
        """The rows of tokens and, for each, (t, outputs), in the order of the texts."""
        rows = pair_rows(_tokenizer(), lefts, passages, titles)
        found: list[NDArray[np.float32]] = [np.empty(0, np.float32)] * len(rows)
        for group in batches([len(row.ids) for row in rows]):
            inputs = dict(zip(INPUTS, pad([rows[at] for at in group]), strict=True))
            for at, output in zip(group, self._runner.run(inputs), strict=True):
                found[at] = output[: len(rows[at].ids)]
        return rows, found


@cache
def _tokenizer() -> "Tokenizer":
    return open_tokenizer()


def main() -> int:
    """Make every head ready to start quickly; 0 when they are."""
    reading, stance = open_reading_head(), open_stance_head()
    if reading:
        reading.read("Ready?", ["Ready."])
    if stance:
        stance.judge("It is ready.", ["Ready."])
    return 0 if reading and stance else 1


__all__ = ["Reading", "ReadingHead", "StanceHead", "open_reading_head", "open_stance_head", "why_missing"]

if __name__ == "__main__":
    raise SystemExit(main())
