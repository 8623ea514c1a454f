"""The speed table: what it needs, and what it says when that is not there."""

from pathlib import Path

import pytest

from eval import bench
from eval.bench import Measure, main, measure_asking, measure_loading
from index.types import Article


@pytest.fixture
def nothing_to_measure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench, "measure_seeds", lambda _: [Measure("a measure", "1 s", "goal 2 s")])


@pytest.mark.usefixtures("nothing_to_measure")
def test_without_data_the_larger_part_is_left_out_with_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    assert capsys.readouterr().out.splitlines()[-1].startswith("no folder of data was named")


@pytest.mark.usefixtures("nothing_to_measure")
def test_a_folder_without_the_data_is_named_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path)]) == 0
    last = capsys.readouterr().out.splitlines()[-1]
    assert repr(str(tmp_path)) in last
    assert "realtimeqa" in last


@pytest.mark.usefixtures("nothing_to_measure")
def test_the_table_says_what_the_machine_was(capsys: pytest.CaptureFixture[str]) -> None:
    main([])
    lines = capsys.readouterr().out.splitlines()
    assert " cores, " in lines[0]
    assert "openvino " in lines[1]
    assert "  a measure" in lines[4]
    assert lines[4].endswith("1 s   goal 2 s")


def test_loading_and_asking_are_measured_on_one_index(index_path: Path, three_articles: list[Article]) -> None:
    (loading,) = measure_loading(index_path, three_articles)
    assert loading.name.startswith("loading 3 articles")
    (asking,) = measure_asking(index_path, ["Did Northwind deny the talks?", "When was the harbour closed?"])
    assert asking.name == "Engine.ask, 2 questions"
    assert asking.figure.endswith(" ms")
