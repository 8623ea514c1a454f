"""The model card that lies beside the weights: data, licences, recipe, figures and limits."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from eval.training.invented import invented_claims, invented_questions
from eval.training.loop import Recipe
from eval.training.written import read_claims, read_facts, read_pairs

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
| written on real news (`eval/training/written.py`) | {facts:,} of fact, {claims:,} yes/no, {pairs:,} in pairs \
| ours; the articles are their publishers' | both |
| invented texts (`eval/training/invented.py`) | {said:,} claims, {asked:,} questions | ours | both |

None of their text is here; what is here was learned from it. The questions on real news were written for this by
language models reading the articles; on four in ten of the articles they train nothing, and are the "written" figures.
The invented texts, and what is asked of them, are language models' own as well.
"""

_LIMITS = """\
- English only; of a passage, what fits with question and title into 256 tokens.
- The reading head marks words that stand in the passage. It cannot add, compare or count, and a question that presumes
  what nobody said may still find words to mark: `answers` says how likely the passage answers at all.
- The stance head judges one text at a time, without knowing who speaks or when; irony is lost on it.
- Both learned from encyclopaedias, reviews, forums and captions more than from news.
- Whether a sentence of real news settles a question for yes or for no, asked in other words, the stance head tells
  rightly about seven times in ten, and eight where it is surest: it leans, it does not prove.
- Probabilities are calibrated on parts of these sets. On other text they rank well and are less exact.
"""


@dataclass(frozen=True, slots=True)
class Trained:
    """How a head's weights came about: its trainings, first to last, and how many of their results were averaged.

    `note` says what the two do not.
    """

    recipes: tuple[Recipe, ...]
    mean_of: int = 1
    note: str = ""


def write_card(
    path: Path, figures: Mapping[str, Mapping[str, Sequence[float]]], trained: Mapping[str, Trained]
) -> None:
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
        *_DATA.format(
            facts=len(read_facts()),
            claims=len(read_claims()),
            pairs=len(read_pairs()),
            said=sum(1 for _ in invented_claims()),
            asked=sum(1 for _ in invented_questions()),
        ).splitlines(),
        "",
        "Before training, whole topics, passages, claims and stories were set aside: one part for calibration and",
        "thresholds, one sealed for the figures below. The reading head also saw parts of passages, and near ones that",
        "do not answer; the stance head made denials, confirmations, negations and changed numbers.",
        "",
        "## Recipe",
        "",
    ]
    for head, made in trained.items():
        mean = f", the mean of {made.mean_of} that went on from one another" if made.mean_of > 1 else ""
        note = f" ({made.note})" if made.note else ""
        lines.append(f"- {head}{mean}{note}:")
        lines += [
            f"  - rank {one.rank}; AdamW at {one.rate:g}, batches of {one.batch}, at most {one.most:,} steps, "
            f"seed {one.seed}; encoder frozen in bf16"
            for one in made.recipes
        ]
    for head, found in figures.items():
        lines += ["", f"## {head.capitalize()}, sealed part", "", "| figure | value | 95 % interval | rows | groups |"]
        lines += ["|---|---|---|---|---|"]
        for name, (value, low, high, rows, groups) in found.items():
            lines.append(f"| {name} | {value:.3f} | {low:.3f} to {high:.3f} | {rows:.0f} | {groups:.0f} |")
    lines += ["", "## Limits", "", _LIMITS]
    path.write_text("\n".join(lines), encoding="utf-8")


def write_trained(folder: Path, head: str, trained: Trained) -> None:
    """Keep beside a head's weights how they came about."""
    (folder / f"{head}.recipes.json").write_text(json.dumps(asdict(trained), indent=1) + "\n", encoding="utf-8")


def read_trained(folder: Path) -> dict[str, Trained]:
    """How the weights in `folder` came about, by head."""
    found = {}
    for head in ("reading", "stance"):
        path = folder / f"{head}.recipes.json"
        if path.exists():
            kept = json.loads(path.read_text(encoding="utf-8"))
            found[head] = Trained(
                tuple(Recipe(**one) for one in kept["recipes"]), kept["mean_of"], kept.get("note", "")
            )
    return found


def read_figures(scratch: Path) -> dict[str, dict[str, list[float]]]:
    """The sealed figures that training left in `scratch`, by head."""
    return {
        head: json.loads((scratch / f"{head}.json").read_text(encoding="utf-8"))
        for head in ("reading", "stance")
        if (scratch / f"{head}.json").exists()
    }


__all__ = ["Trained", "read_figures", "read_trained", "write_card", "write_trained"]
