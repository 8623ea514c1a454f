"""The record of a release, and the README's table made from it."""

import json
from pathlib import Path

import pytest

from eval.questions import Kind, Part
from eval.record import BEGIN, END, README, collect, newest, render, with_figures
from eval.results import Result
from index.errors import BadInput
from rag.types import Verdict

FIGURE = {"value": 0.9, "low": 0.8, "high": 0.95, "questions": 10, "facts": 8}


@pytest.fixture
def report_folder(tmp_path: Path) -> Path:
    summary = {
        "name": "questions.jsonl",
        "run": {"set_version": 3, "articles": 5, "commit": "abc", "model": None, "settings": "{}"},
        "questions": 10,
        "facts": 8,
        "figures": {"all": {"answer_accuracy": FIGURE}, "sealed": {}, "kind: date": {"answer_accuracy": FIGURE}},
        "times": {"seconds_p50": 0.1, "seconds_p99": 0.2, "threads": 2, "cores": 2, "processor": "some processor"},
    }
    (tmp_path / "report.json").write_text(json.dumps(summary), encoding="utf-8")
    return tmp_path


@pytest.fixture
def benchmark_file(tmp_path: Path) -> Path:
    row = {"measure": "accuracy", **FIGURE}
    result = {
        "benchmark": "argus",
        "rows": [row | {"system": "onrecord"}, row | {"system": "always no", "value": 0.6}],
        "published": [{"system": "RNN", "measure": "accuracy", "value": "0.8", "source": "a paper"}],
        "differs": ["The rows are others."],
        "run": {"half": "report", "commit": "abc"},
    }
    path = tmp_path / "argus.json"
    path.write_text(json.dumps(result), encoding="utf-8")
    return path


def test_a_record_keeps_sets_and_benchmarks_without_the_kinds(report_folder: Path, benchmark_file: Path) -> None:
    record = collect([report_folder], [benchmark_file])
    assert list(record["sets"][0]["figures"]) == ["all", "sealed"]
    assert record["benchmarks"][0]["benchmark"] == "argus"


def test_figures_are_shown_with_intervals_commit_and_source(report_folder: Path, benchmark_file: Path) -> None:
    shown = render(collect([report_folder], [benchmark_file]), "0.2.0")
    assert "| answers right | 0.900 (0.800 to 0.950) |  |" in shown
    assert "commit abc" in shown
    assert "| accuracy | 0.900 (0.800 to 0.950) | 0.600 (0.800 to 0.950) |" in shown
    assert "- Published: RNN, accuracy 0.8 (a paper)." in shown
    assert "- What differs: The rows are others." in shown


def test_a_benchmark_cut_short_says_so_and_a_pair_is_told_with_its_verdict(benchmark_file: Path) -> None:
    result = json.loads(benchmark_file.read_text(encoding="utf-8"))
    result["run"]["limit"] = 10
    result["paired"] = [
        {"system": "onrecord", "ours": 0.9, "theirs": 0.6, "difference": 0.3, "low": 0.1, "high": 0.5, "p": 0.01}
        | {"says": "better"}
    ]
    benchmark_file.write_text(json.dumps(result), encoding="utf-8")
    shown = render(collect([], [benchmark_file]), "0.2.0")
    assert "**argus**, first 10 questions of report rows, commit abc." in shown
    assert (
        "- onrecord against rules alone, questions right: better, 0.900 and 0.600 "
        "(+0.300, +0.100 to +0.500; p = 0.010)." in shown
    )


def made(folder: Path, way: str, right: int, code: str = "c") -> Path:
    """A report of twenty questions, half of them sealed, of which as many were answered rightly as told."""
    folder.mkdir()
    run = {"way": way, "set": "questions.jsonl", "set_sha256": "s", "code_sha256": code, "articles": 5}
    times = {"seconds_p50": 0.1, "seconds_p99": 0.2, "threads": 2, "cores": 2, "processor": "some processor"}
    summary = {"name": "questions.jsonl", "run": run, "questions": 20, "facts": 20, "times": times}
    summary["figures"] = {"all": {"answer_accuracy": FIGURE}, "tuning": {}, "sealed": {}}
    (folder / "report.json").write_text(json.dumps(summary), encoding="utf-8")
    results = [
        Result(
            key=f"k{at}", part=Part.TUNING if at % 2 else Part.SEALED, kind=Kind.FACT, group=f"f{at}",
            gold=Verdict.ANSWERED, verdict=Verdict.ANSWERED, right=at < right, confidence=0.5, lean=None, truth=None,
            scores={"answer_accuracy": (float(at < right), 1.0)}, seconds=0.1,
        )
        for at in range(20)
    ]  # fmt: skip
    lines = "".join(json.dumps(result.to_dict()) + "\n" for result in results)
    (folder / "questions.jsonl").write_text(lines, encoding="utf-8")
    return folder


def test_heads_are_shown_against_rules_alone_half_by_half_with_the_verdict_of_the_paired_test(tmp_path: Path) -> None:
    record = collect([made(tmp_path / "rules", "rules", 2), made(tmp_path / "heads", "engine", 18)], [])
    assert [summary["run"]["way"] for summary in record["sets"]] == ["engine"]
    halves = record["sets"][0]["rules_alone"]
    assert {name: half["shared"] for name, half in halves.items()} == {"all": 20, "tuning": 10, "sealed": 10}
    shown = render(record, "0.2.0")
    assert "| heads against rules alone | all | tuning | sealed |" in shown
    assert "| answers right | better: 0.900, rules 0.100 (+0.800, " in shown


def test_the_same_answers_by_rules_alone_show_no_difference(tmp_path: Path) -> None:
    record = collect([made(tmp_path / "rules", "rules", 9), made(tmp_path / "heads", "engine", 9)], [])
    assert "no difference seen: 0.450, rules 0.450" in render(record, "0.2.0")


def test_a_report_by_rules_of_other_code_is_compared_with_nothing(tmp_path: Path) -> None:
    reports = [made(tmp_path / "heads", "engine", 9), made(tmp_path / "rules", "rules", 9, code="older")]
    with pytest.raises(BadInput, match="no report given is of the same set, code and model"):
        collect(reports, [])


def test_only_what_stands_between_the_marks_is_replaced() -> None:
    readme = f"above\n{BEGIN}\nold\n{END}\nbelow\n"
    assert with_figures(readme, "new") == f"above\n{BEGIN}\n\nnew\n\n{END}\nbelow\n"
    with pytest.raises(BadInput, match="lacks the marks"):
        with_figures("no marks", "new")


def test_the_newest_release_is_found_by_number(tmp_path: Path) -> None:
    for name in ("0.9.0", "0.10.0", "0.2.1"):
        (tmp_path / f"{name}.json").write_text("{}", encoding="utf-8")
    assert newest(tmp_path) == tmp_path / "0.10.0.json"
    assert newest(tmp_path / "nowhere") is None


def test_the_readme_shows_the_newest_record() -> None:
    readme = README.read_text(encoding="utf-8")
    path = newest()
    if path is None:
        assert readme.split(BEGIN)[1].split(END)[0].strip() == ""
    else:
        record = json.loads(path.read_text(encoding="utf-8"))
        assert readme == with_figures(readme, render(record, path.stem))


def test_a_missing_report_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"report\.json' cannot be read"):
        collect([tmp_path / "nowhere"], [])
