"""The reading head: trained on windows of passages, calibrated and measured on parts that training never sees."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import torch

from eval.calibration import auc, calibration_error
from eval.intervals import Interval, mean_interval, statistic_interval
from eval.training.averaging import average
from eval.training.invented import PAGES, STORIES, invented_questions
from eval.training.loop import Recipe, train
from eval.training.networks import ReadingNetwork
from eval.training.reading_examples import ReadingExample, draw_examples, pair_examples, whole
from eval.training.rows import Part, ReadingRow, part_of, read_reading
from eval.training.written import Written, share_of
from eval.wording import overlap_f1, squad_normalise
from index.weights import check_files, packaged_folder
from rag.heads_pairs import open_tokenizer, pair_rows
from rag.heads_spans import best_span, logistic
from rag.heads_weights import read_weights, write_weights

ROUNDS = {
    "squad2": 3.0,
    "new_wiki": 1.0,
    "reddit": 0.5,
    "amazon_reviews": 0.5,
    "written": 3.0,
    STORIES: 3.0,
    PAGES: 4.0,
}
"""How often each source's rows are shown: what is nearest to news most, and questions made to mislead."""
PAUSE = 400
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Read:
    """How a head read one example: F1 (0..1) of its best span, two log odds, and the truth."""

    f1: float
    over_none: float
    answered: float
    answerable: bool
    group: str


def train_reading(
    data: Path, scratch: Path, out: Path, recipe: Recipe, share: float = 1.0, begin: Path | None = None
) -> dict[str, Interval]:
    """Train on `share` of the rounds, write the weights to `out`, and give the figures on the sealed part.

    `begin` is a folder with the weights of an earlier training to go on from.
    """
    parts = read_parts(data)
    torch.manual_seed(recipe.seed)
    rounds = {source: count * share for source, count in ROUNDS.items()}
    examples = list(draw_examples(parts[Part.TRAIN], rounds, recipe.seed))
    rng = np.random.default_rng(recipe.seed)
    # From an answer that was cut off with the end of a long passage there is no "none" to learn.
    pairs = [
        pair
        for pair, example in zip(pair_examples(open_tokenizer(), examples), examples, strict=True)
        if pair[1] or not example.answers
    ]
    labels = [spans[int(rng.integers(len(spans)))] if spans else (0, 0) for _, spans in pairs]
    _log.info("%d examples, %.0f tokens each", len(pairs), np.mean([len(row.ids) for row, _ in pairs]))
    network = ReadingNetwork(check_files(packaged_folder()), recipe.rank)
    if begin:
        network.begin_from(read_weights("reading", begin))
    calibration = calibration_examples(parts[Part.CALIBRATE], recipe.seed)

    def pause(step: int) -> None:
        reads = read_all(network, calibration)
        export(network, out, reads)
        _log.info(
            "at step %d, calibration part: %s",
            step,
            ", ".join(f"{k} {v.value:.3f}" for k, v in measure(reads, reads).items()),
        )

    train(network, [row for row, _ in pairs], labels, recipe, scratch / "reading.pt", PAUSE, pause)
    return measure_sealed(network, parts, recipe.seed)


def read_parts(data: Path) -> dict[Part, list[ReadingRow]]:
    """All that a reading head is trained, calibrated and measured on."""
    parts = read_reading(data)
    with TemporaryDirectory() as folder:
        for row in Written(data).reading_rows(Path(folder)):
            parts[share_of(row.group)].append(row)
    for row in invented_questions():
        parts[part_of(row.group)].append(row)
    return parts


def average_reading(data: Path, out: Path, folders: Sequence[Path], recipe: Recipe) -> dict[str, Interval]:
    """Write the mean of the weights in `folders`, calibrated anew, to `out`, and give the sealed figures."""
    parts = read_parts(data)
    network = ReadingNetwork(check_files(packaged_folder()), recipe.rank)
    network.begin_from(average([read_weights("reading", folder) for folder in folders]))
    export(network, out, read_all(network, calibration_examples(parts[Part.CALIBRATE], recipe.seed)))
    return measure_sealed(network, parts, recipe.seed)


def measure_sealed(network: ReadingNetwork, parts: dict[Part, list[ReadingRow]], seed: int) -> dict[str, Interval]:
    """The sealed part's figures by source, thresholds and calibration being those of the calibration part."""
    tuned = read_all(network, calibration_examples(parts[Part.CALIBRATE], seed))
    found = {}
    for source in ROUNDS:
        rows = [row for row in parts[Part.SEALED] if row.source == source]
        for name, value in measure(read_all(network, [(row.group, whole(row)) for row in rows]), tuned).items():
            found[f"{source} {name}"] = value
    return found


def calibration_examples(rows: Sequence[ReadingRow], seed: int) -> list[tuple[str, ReadingExample]]:
    """What to calibrate on: SQuAD 2.0 rows whole, and some of the others cut and mixed as in training."""
    squad = [(row.group, whole(row)) for row in rows if row.source == "squad2"]
    rest = [row for row in rows if row.source != "squad2"]
    drawn = draw_examples(rest, dict.fromkeys(ROUNDS, 0.3), seed)
    return squad + [(example.passage, example) for example in drawn]


def read_all(network: ReadingNetwork, examples: Sequence[tuple[str, ReadingExample]]) -> list[Read]:
    """Every example read by `network`."""
    found = []
    rows = pair_rows(
        open_tokenizer(),
        [e.question for _, e in examples],
        [e.passage for _, e in examples],
        [e.title for _, e in examples],
    )
    for (group, example), row, outputs in zip(examples, rows, network.outputs_of(rows), strict=True):
        span, over_none, answered = best_span(outputs, row)
        said = squad_normalise(example.passage[slice(*span)]).split()
        f1 = max(
            (overlap_f1(said, squad_normalise(example.passage[a:b]).split()) for a, b in example.answers), default=0.0
        )
        found.append(Read(f1, over_none, answered, bool(example.answers), group))
    return found


def calibrate(reads: Sequence[Read]) -> list[float]:
    """Constant and two weights from log odds to the probability that the passage answers (Platt 1999, two features)."""
    from sklearn.linear_model import LogisticRegression

    fitted = LogisticRegression(C=1.0).fit(_features(reads), [read.answerable for read in reads])
    return [float(fitted.intercept_[0]), *map(float, fitted.coef_[0])]


def threshold(reads: Sequence[Read], weights: list[float]) -> float:
    """The probability from which answering earns most: F1 for an answer, 1 for rightly giving none."""
    p = logistic(weights, _features(reads))
    order = np.argsort(-p)
    earned = np.cumsum([reads[at].f1 - (not reads[at].answerable) for at in order])
    return float(p[order[int(earned.argmax())]])


def export(network: ReadingNetwork, out: Path, reads: Sequence[Read]) -> None:
    """Write the weights with their calibration."""
    weights = calibrate(reads)
    write_weights("reading", out, *network.learned(), {"answers": weights, "threshold": [threshold(reads, weights)]})


def measure(reads: Sequence[Read], tuned: Sequence[Read]) -> dict[str, Interval]:
    """Each figure with its 95 % interval over groups; calibrated, and its threshold set, on `tuned`."""
    weights = calibrate(tuned)
    cut = threshold(tuned, weights)
    p = logistic(weights, _features(reads))
    groups = [read.group for read in reads]
    true = [float(read.answerable) for read in reads]
    abstaining = [
        (read.f1 if sure >= cut else 0.0) if read.answerable else float(sure < cut)
        for read, sure in zip(reads, p, strict=True)
    ]
    answerable = [read for read in reads if read.answerable]
    found = {
        "answerable F1": mean_interval([read.f1 for read in answerable], [read.group for read in answerable]),
        "exact answers": mean_interval(
            [float(read.f1 == 1) for read in answerable], [read.group for read in answerable]
        ),
        "F1 with abstention": mean_interval(abstaining, groups),
        "answerable AUC": statistic_interval(partial(auc, list(p), true), groups),
        "calibration error": statistic_interval(partial(calibration_error, list(p), true), groups),
    }
    return {name: value for name, value in found.items() if value}


def _features(reads: Sequence[Read]) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    return np.array([[read.over_none, read.answered] for read in reads], dtype=np.float64).reshape(-1, 2)


__all__ = ["Read", "measure", "read_all", "train_reading"]
