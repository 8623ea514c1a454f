"""The record of a release, and the README's table made from it."""

import json
from pathlib import Path

import pytest

from eval.record import BEGIN, END, README, collect, newest, render, with_figures
from index.errors import BadInput

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
