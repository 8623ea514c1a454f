"""The model card that lies beside the weights: data, licences, recipe, figures and limits."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from eval.training.loop import Recipe

_DATA = """\
| set | rows here | licence | used for |
|---|---|---|---|
| SQuAD 2.0 (part) | 8,506 | CC BY-SA 4.0 | reading |
| SQuADShifts: Wikipedia, Reddit, Amazon | 27,626 | CC BY 4.0 | reading |
| BoolQ (part) | 2,640 | CC BY-SA 3.0 | stance |
| MultiNLI (part) | 10,469 | OANC terms | stance |
| counterfactually augmented SNLI | 9,330 | Apache-2.0 | stance |
| symmetric FEVER | 1,420 | Wikipedia terms | stance |
| Climate-FEVER | 7,675 | see its repository | stance |
| FNC-1 (part) | 6,354 pairs, 436 articles | see its repository | stance |

None of their text is here; what is here was learned from it.
"""

_LIMITS = """\
- English only; of a passage, what fits with question and title into 256 tokens.
- The reading head marks words that stand in the passage. It cannot add, compare or count, and a question that presumes
  what nobody said may still find words to mark: `answers` says how likely the passage answers at all.
- The stance head judges one text at a time, without knowing who speaks or when; irony is lost on it.
- Both learned from encyclopaedias, reviews, forums and captions more than from news.
- Probabilities are calibrated on parts of these sets. On other text they rank well and are less exact.
"""


def write_card(path: Path, figures: Mapping[str, Mapping[str, Sequence[float]]], recipes: Mapping[str, Recipe]) -> None:
    """Write the card; `figures` has value, low, high, rows, groups by head and measure."""
    lines = [
        "# The heads of onrecord's embedded reader",
        "",
        "Low-rank adapters (of query, key, value and the dense layers) and one linear layer each, on all-MiniLM-L6-v2",
        "(Apache-2.0; its weights are not here). Half precision, SHA-256 in `SHA256SUMS`, checked at every load;",
        "`rag/heads.py` says what each gives.",
        "Trained by `python -m eval.training` on 2 shared CPU cores. Licence of these files: CC BY-SA 4.0.",
        "",
        "## Data",
        "",
        *_DATA.splitlines(),
        "",
        "Before training, whole topics, passages, claims and stories were set aside: one part for calibration and",
        "thresholds, one sealed for the figures below. The reading head also saw parts of passages, and near ones that",
        "do not answer; the stance head made denials, confirmations, negations and changed numbers.",
        "",
        "## Recipe",
        "",
    ]
    for head, recipe in recipes.items():
        lines.append(
            f"- {head}: rank {recipe.rank}; AdamW at {recipe.rate:g}, "
            f"batches of {recipe.batch}, at most {recipe.most:,} steps, seed {recipe.seed}; encoder frozen in bf16"
            + (f"; the mean of {recipe.averaged} trainings, each going on from the last" if recipe.averaged else "")
        )
    for head, found in figures.items():
        lines += ["", f"## {head.capitalize()}, sealed part", "", "| figure | value | 95 % interval | rows | groups |"]
        lines += ["|---|---|---|---|---|"]
        for name, (value, low, high, rows, groups) in found.items():
            lines.append(f"| {name} | {value:.3f} | {low:.3f} to {high:.3f} | {rows:.0f} | {groups:.0f} |")
    lines += ["", "## Limits", "", _LIMITS]
    path.write_text("\n".join(lines), encoding="utf-8")


def read_recipes(scratch: Path) -> dict[str, Recipe]:
    """The recipes that training left in `scratch`, by head."""
    return {
        head: Recipe(**json.loads((scratch / f"{head}.recipe.json").read_text(encoding="utf-8")))
        for head in ("reading", "stance")
        if (scratch / f"{head}.recipe.json").exists()
    }


def read_figures(scratch: Path) -> dict[str, dict[str, list[float]]]:
    """The sealed figures that training left in `scratch`, by head."""
    return {
        head: json.loads((scratch / f"{head}.json").read_text(encoding="utf-8"))
        for head in ("reading", "stance")
        if (scratch / f"{head}.json").exists()
    }


__all__ = ["read_figures", "read_recipes", "write_card"]
