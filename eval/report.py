"""A report of one run: its figures by slice, written as JSON, one line a question and an HTML page, and read back."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from eval.answering import confusion
from eval.comparing import Comparison
from eval.figures import figures, latency
from eval.gates import Outcome
from eval.intervals import Interval
from eval.questions import Part
from eval.results import Json, Result
from eval.rubric import write_sheet
from index.errors import BadInput

SCHEMA = 1
SUMMARY, QUESTIONS, PAGE, SHEET = "report.json", "questions.jsonl", "report.html", "rubric.csv"

LIMITS = (
    "Intervals are 95 % bootstrap intervals over the facts that questions turn on. They cover the luck of which facts "
    "were asked about, not of which articles were chosen or who wrote the questions.",
    "Questions and quoted truth were written by onrecord's makers; half of the facts were sealed while it was tuned.",
    "No model judges anything but where a title says 'own judge'.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One run over one set: what was run, what came out, and how it stands to an earlier report and to the gates.

    `run` says what would have to be the same for the same figures: set, engine, model, seed, code. `times` holds all
    that differs from run to run: day, machine, seconds.
    """

    name: str
    run: Mapping[str, str | int | bool | None]
    times: Mapping[str, str | int | float]
    results: tuple[Result, ...]
    slices: Mapping[str, Mapping[str, Interval]]
    comparison: Comparison | None = None
    gates: tuple[Outcome, ...] = ()
    limits: tuple[str, ...] = LIMITS

    @property
    def held(self) -> bool:
        """Whether every gate held."""
        return all(outcome.held for outcome in self.gates)

    @property
    def figures(self) -> Mapping[str, Interval]:
        """Every measure over all questions of the run."""
        return self.slices["all"]

    def sealed(self) -> "Report":
        """The same with nothing of a sealed question but its scores."""
        return replace(self, results=tuple(result.sealed() for result in self.results))

    def worst(self, count: int = 5) -> list[Result]:
        """The wrong answers whose question may be shown, the most confident first."""
        shown = [result for result in self.results if not result.right and result.detail is not None]
        return sorted(shown, key=lambda result: (-result.confidence, result.key))[:count]


def slice_figures(results: Sequence[Result], seed: int = 0) -> dict[str, dict[str, Interval]]:
    """The figures of all questions, of each half, and of each kind ("kind: denial")."""
    parts = {"all": list(results)}
    parts |= {str(part): [result for result in results if result.part is part] for part in Part}
    for kind in dict.fromkeys(result.kind for result in results):
        parts[f"kind: {kind}"] = [result for result in results if result.kind is kind]
    return {name: figures(rows, seed, curves=not name.startswith("kind")) for name, rows in parts.items() if rows}


def confusion_of(report: Report) -> dict[tuple[str, str], int]:
    """How often each gold verdict came out as each verdict."""
    return confusion([(result.gold, result.verdict) for result in report.results])


def summary(report: Report) -> Json:
    """The report as JSON without its questions; two runs of the same code differ under "times" alone."""
    return {
        "schema": SCHEMA,
        "name": report.name,
        "run": dict(report.run),
        "questions": len(report.results),
        "facts": len({result.group for result in report.results}),
        "figures": {
            name: {measure: _interval_dict(interval) for measure, interval in found.items()}
            for name, found in report.slices.items()
        },
        "verdicts": [
            {"gold": gold, "said": said, "count": n} for (gold, said), n in sorted(confusion_of(report).items())
        ],
        "comparison": comparison_dict(report.comparison),
        "gates": [{"gate": item.gate, "held": item.held, "says": item.says} for item in report.gates],
        "limits": list(report.limits),
        "times": dict(report.times) | {f"seconds_{name}": value for name, value in latency(report.results).items()},
    }


def write_report(report: Report, folder: Path) -> tuple[Path, ...]:
    """The files written: summary, one line a question, page, the rubric's sheet. What is sealed must be gone before."""
    from eval.page import render_page

    folder.mkdir(parents=True, exist_ok=True)
    write_sheet(report.results, folder / SHEET)
    lines = [json.dumps(result.to_dict(), ensure_ascii=False) for result in report.results]
    texts = {
        SUMMARY: json.dumps(summary(report), ensure_ascii=False, indent=1) + "\n",
        QUESTIONS: "".join(f"{line}\n" for line in lines),
        PAGE: render_page(report),
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return tuple(folder / name for name in (*texts, SHEET))


def read_results(path: str | Path) -> tuple[Result, ...]:
    """The questions of an earlier report, given its folder or one of its files. Raises BadInput for anything else."""
    path = Path(path)
    file = (path if path.is_dir() else path.parent) / QUESTIONS
    try:
        return tuple(Result.from_dict(json.loads(line)) for line in file.read_text(encoding="utf-8").splitlines())
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadInput(
            f"{str(path)!r} holds no report that can be compared ({error}); give the folder of one"
        ) from None


def comparison_dict(comparison: Comparison | None) -> Json | None:
    """A comparison as JSON."""
    if comparison is None:
        return None
    return {
        "against": comparison.against,
        "shared": comparison.shared,
        "only_ours": comparison.only_ours,
        "only_theirs": comparison.only_theirs,
        "measures": [
            {"measure": item.measure, "ours": item.ours, "theirs": item.theirs, "difference": item.difference.value}
            | {"low": item.difference.low, "high": item.difference.high, "p": item.difference.p}
            | {"adjusted_p": item.adjusted, "says": str(item.says)}
            for item in comparison.measures
        ],
    }


def console_table(report: Report) -> None:
    """Prints the report's table, its gates and the five worst answers that may be shown."""
    from eval.console import print_report

    print_report(report)


def _interval_dict(interval: Interval) -> Json:
    return {
        "value": round(interval.value, 6),
        "low": round(interval.low, 6),
        "high": round(interval.high, 6),
        "questions": interval.rows,
        "facts": interval.clusters,
    }


__all__ = [
    "LIMITS",
    "PAGE",
    "QUESTIONS",
    "SUMMARY",
    "Report",
    "confusion_of",
    "console_table",
    "read_results",
    "slice_figures",
    "summary",
    "write_report",
]
