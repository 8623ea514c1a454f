"""A report on the console, as JSON and as a page: what it shows, what it hides, and that it needs nothing else."""

import io
import json
import re
from collections.abc import Sequence
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import oracle
import pytest
from rich.console import Console

from eval.calibration import Bin
from eval.comparing import compare
from eval.console import print_report
from eval.gates import Gate, check_gates
from eval.page import render_page
from eval.plots import curve_plot, latency_plot, reliability_plot
from eval.questions import Gold, Kind, Part, Question
from eval.report import Report, confusion_of, read_results, slice_figures, summary, write_report
from eval.run import run
from index.errors import BadInput
from index.types import Article
from rag.types import Answer, Verdict

HOSTILE = '<script>alert(1)</script><img src="https://example.org/x.png" onerror="alert(2)">'


def questions() -> list[Question]:
    """Four facts: two to tune on, two sealed; every text of the first is hostile."""
    made = []
    for at in range(4):
        text = f"Harbour {at} opens in May. {HOSTILE if at == 0 else ''}"
        made.append(
            Question(
                id=f"q{at}",
                question=f"When does harbour {at} open? {HOSTILE if at == 0 else ''}",
                kind=Kind.DATE if at % 2 else Kind.FACT,
                fact=f"f{at}",
                part=Part.SEALED if at > 1 else Part.TUNING,
                verdict=(Verdict.ANSWERED,),
                accepted=("May",),
                gold=(Gold(f"a{at}", text),),
            )
        )
    return made


def articles() -> list[Article]:
    return [Article(id=item.gold[0].article, text=item.gold[0].quote, publisher=HOSTILE) for item in questions()]


def sure_but_wrong(answer: Answer) -> Answer:
    """Wrong about the even harbours, and surer of the first than of the third."""
    if "harbour 0" in answer.question or "harbour 2" in answer.question:
        return replace(answer, short="June", text=HOSTILE, confidence=0.99 if "harbour 0" in answer.question else 0.6)
    return answer


@pytest.fixture
def report() -> Report:
    asked = questions()
    results = run(oracle.examined(asked, articles(), sure_but_wrong), asked)
    before = run(oracle.examined(asked, articles()), asked)
    slices = slice_figures(results)
    comparison = compare(results, before, "before")
    return Report(
        name="harbours.jsonl",
        run={"model": None, "seed": 0, "commit": "abc"},
        times={"when": "2025-01-01T00:00:00+00:00", "cores": 2},
        results=results,
        slices=slices,
        comparison=comparison,
        gates=check_gates((Gate("answer_accuracy", 0.9), Gate("verdict_accuracy", 0.1)), slices["all"], comparison),
    )


def printed(report: Report, width: int = 80) -> str:
    console = Console(file=io.StringIO(), width=width)
    print_report(report, console)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


class Tags(HTMLParser):
    """Collects the tags and attributes of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def tags_of(page: str) -> list[tuple[str, dict[str, str | None]]]:
    parser = Tags()
    parser.feed(page)
    return parser.tags


def test_the_console_shows_each_half_with_its_interval(report: Report) -> None:
    line = next(line for line in printed(report).splitlines() if line.strip().startswith("answers right"))
    *_, everything, spread, tuning, _, sealed, _, count = line.split()
    assert (everything, spread, tuning, sealed, count) == (".50", ".00–1.00", ".50", ".50", "4")


def test_the_console_fits_eighty_columns(report: Report) -> None:
    tables = printed(report).split("The 2 worst")[0]
    assert max(len(line.rstrip()) for line in tables.splitlines() if "–" in line) <= 80


def test_the_worst_answers_are_the_surest_wrong_ones(report: Report) -> None:
    assert [result.confidence for result in report.worst()] == [0.99, 0.6]
    shown = printed(report, 200)
    assert "wanted  answered: May" in shown
    assert "because none of ['May'] in short" in shown


def test_sealed_questions_are_counted_and_not_shown(report: Report) -> None:
    hidden = report.sealed()
    assert [result.confidence for result in hidden.worst()] == [0.99]
    page = render_page(hidden)
    assert "harbour 2" not in page
    assert "1 wrong answers to sealed questions are counted and not shown." in page
    assert hidden.figures == report.figures


def test_gates_are_shown_held_or_fallen(report: Report) -> None:
    assert not report.held
    shown = printed(report, 160)
    assert "FALLS  answers right: lower bound at least 0.9" in shown
    assert "holds  verdicts right: lower bound at least 0.1" in shown


def test_the_page_asks_nothing_of_anybody(report: Report) -> None:
    tags = tags_of(render_page(report))
    assert not {tag for tag, _ in tags} & {
        "script",
        "img",
        "link",
        "iframe",
        "object",
        "embed",
        "audio",
        "video",
        "base",
    }
    for _, attributes in tags:
        assert not {"src", "href", "srcset", "action", "style", "data"} & attributes.keys()
        assert not [name for name in attributes if name.startswith("on")]
    assert "url(" not in render_page(report)
    assert "@import" not in render_page(report)


def test_the_page_forbids_itself_all_but_its_own_style(report: Report) -> None:
    policies = [
        at["content"] for tag, at in tags_of(render_page(report)) if at.get("http-equiv") == "Content-Security-Policy"
    ]
    assert policies == ["default-src 'none'; style-src 'unsafe-inline'"]


def test_the_page_serves_light_and_dark(report: Report) -> None:
    assert "prefers-color-scheme: dark" in render_page(report)


def test_the_page_shows_question_answer_and_gold_side_by_side(report: Report) -> None:
    page = render_page(report)
    failures = page[page.index("<h2>Wrong answers (2)</h2>") :]
    assert "When does harbour 2 open?" in failures
    assert "<b>answered</b> June" in failures
    assert "Harbour 2 opens in May." in failures


def test_the_summary_holds_figures_verdicts_comparison_and_gates(report: Report) -> None:
    made = json.loads(json.dumps(summary(report)))
    assert made["figures"]["all"]["answer_accuracy"]["value"] == 0.5
    assert made["verdicts"] == [{"gold": "answered", "said": "answered", "count": 4}]
    assert made["comparison"]["measures"][0]["says"] == "no difference seen"
    assert made["gates"][0]["held"] is False
    assert made["limits"]


def test_a_report_is_written_and_its_questions_read_back(report: Report, tmp_path: Path) -> None:
    files = write_report(report, tmp_path / "out")
    assert [file.name for file in files] == ["report.json", "questions.jsonl", "report.html", "rubric.csv"]
    assert read_results(tmp_path / "out") == report.results
    assert read_results(tmp_path / "out" / "report.json") == report.results


def test_a_folder_without_a_report_is_refused_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "questions.jsonl").write_text('{"id": "q1"}\n', encoding="utf-8")
    with pytest.raises(BadInput, match="holds no report that can be compared"):
        read_results(tmp_path)


def test_confusion_counts_gold_against_said(report: Report) -> None:
    assert confusion_of(report) == {("answered", "answered"): 4}


def test_a_perfect_bin_lies_on_the_diagonal() -> None:
    plot = reliability_plot([Bin(0.5, 0.5, 8)], "Confidence")
    (x, y) = map(float, re.findall(r'c[xy]="([\d.]+)"', plot))
    left, top, right, bottom = (
        float(value)
        for value in re.findall(r'class="guide" x1="([\d.]+)" y1="([\d.]+)" x2="([\d.]+)" y2="([\d.]+)"', plot)[0]
    )
    assert (x, y) == ((left + right) / 2, (top + bottom) / 2)
    assert "stated 0.50, true 0.50, 8 questions" in plot


def test_plots_of_nothing_are_drawn_empty() -> None:
    assert "<circle" not in reliability_plot([], "Confidence")
    assert "<circle" not in curve_plot([], "Risk", "x", "y")
    assert "<polyline" not in latency_plot([], "Latency")


def test_latency_climbs_to_all_questions() -> None:
    plot = latency_plot([0.2, 0.1, 0.4], "Latency")
    assert ">0.4 s<" in plot
    places = re.findall(r'points="([^"]+)"', plot)[0].split()
    assert len(places) == 4
    assert float(places[-1].split(",")[1]) < float(places[0].split(",")[1])
