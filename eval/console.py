"""A report as tables in a terminal."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from eval.examined import RULES
from eval.figures import latency
from eval.intervals import Interval
from eval.metrics import MEASURES

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from eval.report import Report
    from eval.results import Result

_BY_KIND = {
    "right": "answer_accuracy",
    "verdict": "verdict_accuracy",
    "wrong": "wrong_when_answered",
    "on gold": "citation_precision",
    "gold cited": "citation_recall",
}


def print_report(report: "Report", console: "Console | None" = None) -> None:
    """Prints figures by half and by kind, the comparison, the gates, and the five worst answers that may be shown."""
    from rich.console import Console

    console = console or Console()
    facts = len({result.group for result in report.results})
    reader = str(report.run.get("model") or "embedded reader")
    reader += ", rules alone" if report.run.get("way") == RULES else ""
    console.print(f"{report.name}: {len(report.results)} questions on {facts} facts, {reader}")
    console.print(_figures(report))
    console.print(_kinds(report))
    times = latency(report.results)
    if times:
        console.print(
            f"{times['p50']:.3f} s a question (median), {times['p99']:.3f} s at the 99th percentile", highlight=False
        )
    for line in _comparison(report):
        console.print(line, highlight=False, markup=False)
    for outcome in report.gates:
        mark = "[green]holds[/]" if outcome.held else "[red]FALLS[/]"
        console.print(f"{mark}  {outcome.gate}: {outcome.says}", highlight=False)
    worst = report.worst()
    if worst:
        console.print(f"\nThe {len(worst)} worst answers (wrong, and surest of themselves):")
    for result in worst:
        for line in worst_lines(result):
            console.print(line, highlight=False, markup=False)


def worst_lines(result: "Result") -> list[str]:
    """A wrong answer in a few lines: question, what was said, what was wanted, and why it is wrong."""
    detail = result.detail or {}
    question, answer = detail["question"], detail["answer"]
    said = "no answer" if answer is None else f"{answer['verdict']}: {answer['short'] or answer['text']}"
    wanted = " or ".join(question["verdict"]) + (f": {question['accepted'][0]}" if question["accepted"] else "")
    return [
        f"- {question['question']}  ({question['id']}, {result.kind})",
        f"    said    {_one_line(said)}  (confidence {result.confidence:.2f})",
        f"    wanted  {_one_line(wanted)}",
        f"    because {_one_line('; '.join(detail['faults']))}",
    ]


def _figures(report: "Report") -> "Table":
    slices = [name for name in ("all", "tuning", "sealed") if name in report.slices]
    table = _table("with 95 % interval", *slices, "of")
    for name, measure in MEASURES.items():
        if name in report.figures:
            cells = [_cell(report.slices[part], name) for part in slices]
            table.add_row(measure.title, *cells, str(report.figures[name].rows))
    return table


def _kinds(report: "Report") -> "Table":
    table = _table("by kind", "of", *_BY_KIND)
    for name, found in report.slices.items():
        if name.startswith("kind: "):
            kind = name.removeprefix("kind: ")
            count = sum(result.kind == kind for result in report.results)
            values = [f"{found[measure].value:.2f}" if measure in found else "" for measure in _BY_KIND.values()]
            table.add_row(kind, str(count), *values)
    return table


def _table(first: str, *rest: str) -> "Table":
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    table = Table(box=SIMPLE_HEAD, pad_edge=False, padding=0)
    table.add_column(first, no_wrap=True)
    for title in rest:
        table.add_column(title, justify="right", no_wrap=True)
    return table


def _comparison(report: "Report") -> list[str]:
    comparison = report.comparison
    if comparison is None:
        return []
    lines = [f"against {comparison.against}, on {comparison.shared} shared questions:"]
    for item in comparison.measures:
        spread = f"{item.difference.value:+.3f} ({item.difference.low:+.3f} to {item.difference.high:+.3f})"
        lines.append(f"  {MEASURES[item.measure].title}: {item.says}, {spread}, p = {item.adjusted:.3f}")
    return lines


def _cell(found: Mapping[str, Interval], name: str) -> str:
    interval = found.get(name)
    if interval is None:
        return ""
    return f"{_bare(interval.value)} {_bare(interval.low)}–{_bare(interval.high)}"


def _bare(value: float) -> str:
    """Two decimals without the zero before the point, so that a row fits a terminal."""
    return f"{value:.2f}".removeprefix("0") if value < 10 else f"{value:.1f}"


def _one_line(text: str, width: int = 160) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= width else flat[: width - 1] + "…"


__all__ = ["print_report", "worst_lines"]
