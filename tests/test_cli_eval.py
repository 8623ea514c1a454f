"""`onrecord eval` as people run it: options, files, and the status it ends with."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import oracle
import pytest

from eval.examined import Examined
from eval.questions import part_of, read_questions
from eval.run import evaluate
from index.readers import read_articles
from ui.cli import run
from ui.exits import DONE, GATE_FELL, WRONG_USAGE

NAMES = ("Harbour", "Meadow", "Granite", "Willow", "Copper", "Falcon", "Juniper", "Saffron")


@pytest.fixture(scope="module")
def set_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Eight questions whose truth no reader of the articles can tell, so that an engine gets every one wrong."""
    folder = tmp_path_factory.mktemp("set")
    quotes = [f"{name} Bank is run by Ann Lee." for name in NAMES]
    articles = [
        {"id": name.lower(), "text": f"{quote} It has 40 branches."} for name, quote in zip(NAMES, quotes, strict=True)
    ]
    rows = [
        {"id": name.lower(), "question": f"Who runs {name} Bank?", "kind": "fact" if at else "attribution"}
        | {"fact": name.lower(), "part": str(part_of(name.lower())), "verdict": "answered", "accepted": ["Purple"]}
        | {"gold": [{"article": name.lower(), "quote": quote}]}
        for at, (name, quote) in enumerate(zip(NAMES, quotes, strict=True))
    ]
    for file, lines in (("articles.jsonl", articles), ("questions.jsonl", rows)):
        (folder / file).write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return folder / "questions.jsonl"


@contextmanager
def all_right(path: Path, index: str | Path | None, model: str | None, way: str) -> Iterator[Examined]:
    """Somebody who knows the truth."""
    yield oracle.examined(read_questions(path), list(read_articles(path.parent / "articles.jsonl")))


def test_a_paired_loss_ends_with_status_3_and_a_set_of_ones_own_has_no_other_gate(
    set_path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    evaluate(set_path, out=tmp_path / "before", open_examined=all_right)
    asked = ["eval", "--set", str(set_path), "--out", str(tmp_path / "now"), "--json"]
    assert run([*asked, "--against", str(tmp_path / "before")]) == GATE_FELL
    summary = json.loads(capsys.readouterr().out)
    assert {gate["gate"] for gate in summary["gates"] if not gate["held"]} >= {"answers right: no loss"}
    assert run(asked) == DONE
    assert json.loads(capsys.readouterr().out)["gates"] == []


def test_two_runs_of_the_engine_write_the_same_bytes_but_for_times(set_path: Path, tmp_path: Path) -> None:
    kept = []
    for out in (tmp_path / "one", tmp_path / "two"):
        assert run(["eval", "--set", str(set_path), "--out", str(out), "--sealed"]) == DONE
        summary = json.loads((out / "report.json").read_text(encoding="utf-8"))
        del summary["times"]
        lines = (out / "questions.jsonl").read_text(encoding="utf-8").splitlines()
        rows = [json.loads(line) | {"seconds": 0} for line in lines]
        kept.append((json.dumps(summary), json.dumps(rows), (out / "rubric.csv").read_bytes()))
    assert kept[0] == kept[1]


def test_kinds_may_be_named_in_one_word_or_in_several(
    set_path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["eval", "--set", str(set_path), "--out", str(tmp_path), "--json", "--kinds"]
    for kinds, count in ((["fact"], 7), (["fact,attribution"], 8), (["attribution", "--kinds", "fact"], 8)):
        assert run([*asked, *kinds]) == DONE
        assert json.loads(capsys.readouterr().out)["questions"] == count
    assert run([*asked, "riddle"]) == WRONG_USAGE
    assert "no kind of question is called 'riddle'" in capsys.readouterr().err


def test_without_heads_the_rules_answer_and_the_report_says_so(
    set_path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["eval", "--set", str(set_path), "--out", str(tmp_path), "--no-heads"]) == DONE
    assert "embedded reader, rules alone" in " ".join(capsys.readouterr().out.split())
    assert json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))["run"]["way"] == "rules"


def test_the_console_shows_the_five_worst_of_the_half_that_may_be_shown(
    set_path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["eval", "--set", str(set_path), "--out", str(tmp_path), "--sealed"]) == DONE
    shown = capsys.readouterr().out
    assert "The 5 worst answers" in shown
    assert shown.count("because") == 5
