"""A report as tables in a terminal."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from eval.figures import latency
from eval.intervals import Interval
from eval.metrics import MEASURES

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from eval.report import Report
    from eval.results import Result

_BY_KIND = ("answer_accuracy", "verdict_accuracy", "wrong_when_answered", "citation_precision", "citation_recall")


def print_report(report: "Report", console: "Console | None" = None) -> None:
    """Prints figures by half and by kind, the comparison, the gates, and the five worst answers that may be shown."""
    from rich.console import Console

    console = console or Console()
    facts = len({result.group for result in report.results})
    reader = report.run.get("model") or "embedded reader"
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
    from rich.table import Table

    slices = [name for name in ("all", "tuning", "sealed") if name in report.slices]
    table = Table("measure", *(f"{name} (95 % interval)" for name in slices), "questions", "facts")
    for name, measure in MEASURES.items():
        if name in report.figures:
            cells = [_cell(report.slices[part], name) for part in slices]
            interval = report.figures[name]
            table.add_row(measure.title, *cells, str(interval.rows), str(interval.clusters))
    return table


def _kinds(report: "Report") -> "Table":
    from rich.table import Table

    table = Table("kind", "questions", *(MEASURES[name].title for name in _BY_KIND))
    for name, found in report.slices.items():
        if name.startswith("kind: "):
            kind = name.removeprefix("kind: ")
            count = sum(result.kind == kind for result in report.results)
            values = [f"{found[measure].value:.2f}" if measure in found else "" for measure in _BY_KIND]
            table.add_row(kind, str(count), *values)
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
    return f"{interval.value:.3f} ({interval.low:.3f} to {interval.high:.3f})" if interval else ""


def _one_line(text: str, width: int = 160) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= width else flat[: width - 1] + "…"


__all__ = ["print_report", "worst_lines"]
