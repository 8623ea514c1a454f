"""The stance head: what a text does to a claim; calibrated and measured on claims that training never sees."""

import logging
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import torch
from numpy.typing import NDArray

from eval.calibration import calibration_error
from eval.intervals import Interval, mean_interval, statistic_interval
from eval.training.averaging import average
from eval.training.invented import INVENTED, RUMOURS, invented_claims
from eval.training.loop import Recipe, train
from eval.training.networks import StanceNetwork
from eval.training.rows import NLI, Part, StanceRow, read_stance, stance_part
from eval.training.stance_examples import LABELS, StanceExample, as_example, draw_examples, make_examples
from eval.training.written import Written, share_of
from index.weights import check_files, packaged_folder
from rag.heads import calibrated
from rag.heads_pairs import Row, open_tokenizer, pair_rows
from rag.heads_weights import read_weights, write_weights

ROUNDS = {
    "mnli": 4.0, "snli_counterfactual": 0.7, "fever_symmetric": 2.0, "boolq": 2.0, "fnc1 unrelated": 0.35,
    "fnc1 neutral": 1.5, "climate_fever neutral": 0.3, "climate_fever refutes": 1.5, "fnc1 supports": 3.0,
    "fnc1 refutes": 8.0, "written": 6.0,
    "invented_reports": 3.0, "invented_asks": 6.0, "invented_sentences": 6.0, "invented_rumours": 6.0,
}  # fmt: skip
"""How often each source's rows are shown: what is rare and what news is made of most."""
MADE = 0.3
PAUSE = 400
_log = logging.getLogger(__name__)

Numbers = NDArray[np.float64]


def train_stance(
    data: Path, scratch: Path, out: Path, recipe: Recipe, share: float = 1.0, begin: Path | None = None
) -> dict[str, Interval]:
    """Train on `share` of the rounds, write the weights to `out`, and give the figures on the sealed part.

    `begin` is a folder with the weights of an earlier training to go on from.
    """
    parts = read_parts(data)
    torch.manual_seed(recipe.seed)
    sources = {row.source for rows in parts.values() for row in rows}
    rounds = {name: count * share for name, count in (dict.fromkeys(sources, 1.0) | ROUNDS).items()}
    examples = list(draw_examples(parts[Part.TRAIN], rounds, MADE * share, recipe.seed))
    rows = _rows(examples)
    _log.info("%d examples, %.0f tokens each", len(rows), np.mean([len(row.ids) for row in rows]))
    network = StanceNetwork(check_files(packaged_folder()), recipe.rank)
    if begin:
        network.begin_from(read_weights("stance", begin))
    tuning = some_of(parts[Part.CALIBRATE], recipe.seed)

    def pause(step: int) -> None:
        figures = measure(export(network, out, tuning), tuning)
        _log.info("at step %d, calibration part: %s", step, ", ".join(f"{k} {v.value:.3f}" for k, v in figures.items()))

    train(network, rows, [example.label for example in examples], recipe, scratch / "stance.pt", PAUSE, pause)
    return measure_sealed(network, parts, recipe.seed)


def average_stance(data: Path, out: Path, folders: Sequence[Path], recipe: Recipe) -> dict[str, Interval]:
    """Write the mean of the weights in `folders`, calibrated anew, to `out`, and give the sealed figures."""
    parts = read_parts(data)
    network = StanceNetwork(check_files(packaged_folder()), recipe.rank)
    network.begin_from(average([read_weights("stance", folder) for folder in folders]))
    export(network, out, some_of(parts[Part.CALIBRATE], recipe.seed))
    return measure_sealed(network, parts, recipe.seed)


def export(network: StanceNetwork, out: Path, tuning: Sequence[StanceExample]) -> Numbers:
    """Write the weights, calibrated on `tuning`, whose (n, 4) probabilities it gives."""
    odds = weigh_all(network, tuning)
    temperature, offsets = calibrate(odds, tuning)
    write_weights("stance", out, *network.learned(), {"temperature": [temperature], "offsets": offsets.tolist()})
    return calibrated(odds, temperature, offsets)


def measure_sealed(network: StanceNetwork, parts: dict[Part, list[StanceRow]], seed: int) -> dict[str, Interval]:
    """The sealed part's figures by source, calibrated on the calibration part."""
    tuning = some_of(parts[Part.CALIBRATE], seed)
    sealed = [as_example(row) for row in parts[Part.SEALED]]
    sealed += make_examples(sealed, 400, np.random.default_rng(seed))
    return measure(calibrated(weigh_all(network, sealed), *calibrate(weigh_all(network, tuning), tuning)), sealed)


def read_parts(data: Path) -> dict[Part, list[StanceRow]]:
    """All that a stance head is trained, calibrated and measured on."""
    parts = read_stance(data)
    with TemporaryDirectory() as folder:
        for row in Written(data).stance_rows(Path(folder)):
            parts[share_of(row.group)].append(row)
    for row in invented_claims():
        parts[stance_part(row.group)].append(row)
    return parts


def some_of(rows: Sequence[StanceRow], seed: int, most: int = 250) -> list[StanceExample]:
    """At most `most` examples of each source, and as many made ones."""
    rng = np.random.default_rng(seed)
    found: list[StanceExample] = []
    for source in sorted({row.source for row in rows}):
        mine = [row for row in rows if row.source == source]
        found += [as_example(mine[at]) for at in rng.permutation(len(mine))[:most]]
    return found + list(make_examples(found, most, rng))


def weigh_all(network: StanceNetwork, examples: Sequence[StanceExample]) -> Numbers:
    """(n, 4) raw outputs."""
    return np.array([output[0] for output in network.outputs_of(_rows(examples))], dtype=np.float64)


def calibrate(odds: Numbers, examples: Sequence[StanceExample]) -> tuple[float, Numbers]:
    """Temperature and class offsets that make the labels likeliest, each source weighing the same (Guo et al. 2017)."""
    from scipy.optimize import minimize  # type: ignore[import-untyped]

    sources = [example.source for example in examples]
    weights = np.array([1 / sources.count(source) for source in sources])
    at = (np.arange(len(examples)), [example.label for example in examples])

    def loss(x: Numbers) -> float:
        p = calibrated(odds, float(np.exp(x[0])), x[1:])
        return float(-(weights * np.log(np.maximum(p[at], 1e-9))).sum() / weights.sum() + 0.01 * (x**2).sum())

    found = minimize(loss, np.zeros(1 + len(LABELS)), method="L-BFGS-B").x
    return float(np.exp(found[0])), found[1:]


def measure(p: Numbers, examples: Sequence[StanceExample]) -> dict[str, Interval]:
    """Figures by source with their 95 % intervals over groups, from (n, 4) calibrated probabilities."""
    found: dict[str, Interval | None] = {}
    for source in [*NLI, "boolq", "made", "fnc1", "written", *INVENTED, RUMOURS]:
        rows = [at for at, example in enumerate(examples) if example.source == source]
        if not rows:
            continue
        mine, labels = p[rows], np.array([examples[at].label for at in rows])
        groups = [examples[at].group for at in rows]
        merged = np.column_stack([mine[:, :2], mine[:, 2:].sum(axis=1)])
        # Sets that know no "neutral" ask which of the two it is rather.
        guess = (merged if (labels > 1).any() else merged[:, :2]).argmax(axis=1)
        right = (guess == np.minimum(labels, 2)).astype(float)
        found[f"{source} accuracy"] = mean_interval(right.tolist(), groups)
        found[f"{source} calibration error"] = statistic_interval(
            partial(
                calibration_error,
                merged.max(axis=1).tolist(),
                (merged.argmax(axis=1) == np.minimum(labels, 2)).tolist(),
            ),
            groups,
        )
        if source == "fnc1":
            refuted = labels == 1
            hits = (mine.argmax(axis=1) == 1)[refuted].astype(float).tolist()
            found["fnc1 refutes recall"] = mean_interval(
                hits, [g for g, wanted in zip(groups, refuted, strict=True) if wanted]
            )
            found["fnc1 macro-F1 of four"] = statistic_interval(partial(macro_f1, mine.argmax(axis=1), labels), groups)
    return {name: value for name, value in found.items() if value}


def macro_f1(guess: NDArray[np.intp], labels: NDArray[np.intp], weights: Numbers) -> float:
    """Mean over the labels of 2·hits / (guessed + true), rows weighted; a label never guessed nor true is left out."""
    scores = []
    for label in range(len(LABELS)):
        hits = (weights * ((guess == label) & (labels == label))).sum()
        both = (weights * (guess == label)).sum() + (weights * (labels == label)).sum()
        if both:
            scores.append(2 * hits / both)
    return float(np.mean(scores)) if scores else float("nan")


def _rows(examples: Sequence[StanceExample]) -> list[Row]:
    return pair_rows(open_tokenizer(), [e.claim for e in examples], [e.text for e in examples], [""] * len(examples))


__all__ = ["average_stance", "calibrate", "macro_f1", "measure", "train_stance"]
