"""The last evaluation as HTML, from its report; the report's own page has every wrong answer besides."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from eval.metrics import HEADLINE, MEASURES
from eval.report import PAGE, SUMMARY, read_results
from index.errors import BadInput
from ui.markup import EMPTY, Html, join, tag
from ui.plain import one_line
from ui.plot_view import plots
from ui.sheet_view import sheet
from ui.words import count_words, date_words

REPORT_PATH = "/evaluation"
"""Where the server has the report's own page."""

_BY_KIND = HEADLINE[:3]
Json = Mapping[str, Any]


def read_report(folder: Path | None) -> Json | None:
    """The summary of the report in a folder; None where there is none that can be read."""
    try:
        read = json.loads((folder / SUMMARY).read_text("utf-8")) if folder else None
    except (OSError, ValueError):
        return None
    return (
        read if isinstance(read, dict) and isinstance(read.get("figures"), dict) and "all" in read["figures"] else None
    )


def report_file(folder: Path | None) -> Path | None:
    """The report's own page; None where there is none."""
    page = folder / PAGE if folder else None
    return page if page and page.is_file() else None


def read_plots(folder: Path | None) -> Html:
    """The plots of the report in a folder; nothing where its questions cannot be read."""
    try:
        return plots(read_results(folder)) if folder else EMPTY
    except BadInput:
        return EMPTY


def evaluation_page(report: Json | None, back: int, *, drawn: Html, whole: bool) -> Html:
    """The figures of the last run with its plots as `drawn`; `whole` when the report's own page is there."""
    if report is None:
        how = tag(
            "p", "There is no report yet. Run ", tag("code", "onrecord eval"), " in the folder the chat is started in."
        )
        return sheet("Evaluation", back, how)
    model = report.get("run", {}).get("model") or "the embedded reader"
    when = date_words(str(report.get("times", {}).get("when", "")))
    said = (
        f"{count_words(int(report['questions']), 'question')} on {report['facts']} facts, answered by {model}, {when}"
    )
    page = tag("a", "The whole report, with every wrong answer", href=REPORT_PATH, target="_blank")
    return sheet(
        "Evaluation",
        back,
        tag("p", one_line(said), class_="note"),
        tag("dl", _tiles(report["figures"]["all"]), class_="tiles"),
        tag("p", page) if whole else EMPTY,
        _gates(report),
        tag("h3", "By kind of question"),
        _kinds(report["figures"]),
        tag("p", "In brackets: 95 % intervals over the facts that questions turn on.", class_="note"),
        drawn,
    )


def _tiles(figures: Json) -> Iterator[Html]:
    for name in HEADLINE:
        if name in figures:
            figure = tag("dd", f"{figures[name]['value']:.2f}", tag("small", _interval(figures[name])))
            yield tag("div", tag("dt", MEASURES[name].title), figure)


def _gates(report: Json) -> Html:
    fallen = [gate for gate in report.get("gates", ()) if not gate["held"]]
    if not report.get("gates"):
        return EMPTY
    if not fallen:
        return tag("p", "Every gate holds.")
    return join(
        tag("h3", "Gates that fell"), tag("ul", (tag("li", f"{gate['gate']}: {gate['says']}") for gate in fallen))
    )


def _kinds(figures: Json) -> Html:
    head = tag(
        "tr", tag("th", "Kind", scope="col"), (tag("th", MEASURES[name].title, scope="col") for name in _BY_KIND)
    )
    rows = (
        tag(
            "tr",
            tag("th", kind.removeprefix("kind: "), scope="row"),
            (
                tag("td", _cell(found[name]), data_label=MEASURES[name].title) if name in found else tag("td")
                for name in _BY_KIND
            ),
        )
        for kind, found in figures.items()
        if kind.startswith("kind: ")
    )
    return tag("table", tag("thead", head), tag("tbody", rows))


def _cell(figure: Json) -> str:
    return f"{figure['value']:.2f} {_interval(figure)}"


def _interval(figure: Json) -> str:
    return f"({figure['low']:.2f}–{figure['high']:.2f})"
