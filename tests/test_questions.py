"""The evaluation sets: what a line may say, how halves are drawn, and that nobody edits a set in passing."""

import json
from pathlib import Path
from typing import Any

import pytest

from eval.questions import Gold, Kind, Part, Question, part_of, read_questions
from eval.sets import HERE, digest_of, main, read_set, read_versions, record_version, versions_of
from index.errors import BadInput
from index.filters import Filters
from rag.types import Stance, Verdict

ARTICLES = {"mill": "The mill burned down on Monday. “Nobody was hurt,” said the mayor, Ida Holm."}
SEEDS = HERE / "questions.jsonl"
NEWS = HERE / "news" / "questions.jsonl"


def line(**changes: Any) -> dict[str, Any]:
    """A sound question about the mill, changed as told."""
    fact = changes.get("fact", "mill-fire-day")
    return {
        "id": "q-1",
        "question": "When did the mill burn down?",
        "kind": "date",
        "fact": fact,
        "part": str(part_of(fact)),
        "verdict": "answered",
        "accepted": ["Monday", "on Monday"],
        "gold": [{"article": "mill", "quote": "The mill burned down on Monday."}],
    } | changes


def read(folder: Path, *rows: dict[str, Any]) -> tuple[Question, ...]:
    file = folder / "set.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return read_questions(file, ARTICLES)


def test_a_question_is_read_with_all_it_says(tmp_path: Path) -> None:
    said = {
        "article": "mill",
        "quote": "“Nobody was hurt,” said the mayor",
        "need": "mayor",
        "speaker": "Ida Holm",
        "stance": "denies",
    }
    row = line(
        verdict=["answered", "unknown"],
        must=["Monday", ["hurt", "harmed"]],
        gold=[said],
        also=[{"article": "mill", "quote": "The mill burned down"}],
        as_of="2025-01-02",
        filters={"until": "2025-01"},
    )
    (question,) = read(tmp_path, row)
    assert question.verdict == (Verdict.ANSWERED, Verdict.UNKNOWN)
    assert question.must == (("Monday",), ("hurt", "harmed"))
    assert question.gold == (Gold("mill", said["quote"], "mayor", "Ida Holm", Stance.DENIES),)
    assert question.needs == ("mayor",)
    assert question.citable == (*question.gold, Gold("mill", "The mill burned down"))
    assert question.answerable
    assert question.filters == Filters(until="2025-01")


def test_a_fact_falls_on_one_side_by_the_first_bit_of_its_hash() -> None:
    # SHA-256 of "a" begins with 0xca (first bit 1), that of "c" with 0x2e (first bit 0).
    assert part_of("a") is Part.SEALED
    assert part_of("c") is Part.TUNING


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"id": "Q 1"}, "id"),
        ({"question": " "}, "question"),
        ({"kind": "riddle"}, "kind"),
        ({"fact": "mill fire"}, "fact"),
        ({"part": "hidden"}, "part"),
        ({"part": "sealed" if part_of("mill-fire-day") is Part.TUNING else "tuning"}, "part"),
        ({"verdict": "maybe"}, "verdict"),
        ({"verdict": []}, "verdict"),
        ({"verdict": ["yes", "yes"]}, "verdict"),
        ({"accepted": "Monday"}, "accepted"),
        ({"accepted": []}, "accepted"),
        ({"must": [[]]}, "must"),
        ({"gold": []}, "gold"),
        ({"gold": [{"article": "mill", "quote": "The mill burned on Monday."}]}, "gold"),
        ({"gold": [{"article": "mine", "quote": "The mill"}]}, "gold"),
        ({"gold": [{"article": "mill", "quote": " "}]}, "gold"),
        ({"gold": [{"article": "mill", "words": "The mill"}]}, "gold"),
        ({"gold": [{"article": "mill", "quote": "The mill", "stance": "shrugs"}]}, "gold.stance"),
        ({"closest": [{"article": "mill", "quote": "The mine"}]}, "closest"),
        ({"also": [{"article": "mill", "quote": "The mine"}]}, "also"),
        ({"verdict": "no", "gold": [], "also": [{"article": "mill", "quote": "The mill"}]}, "also"),
        ({"verdict": "unknown"}, "gold"),
        ({"kind": "unanswerable"}, "verdict"),
        ({"kind": "follow-up"}, "history"),
        ({"history": ["What burned down?"]}, "history"),
        ({"as_of": "Monday"}, "as_of"),
        ({"filters": {"before": "2025"}}, "filters"),
        ({"filters": {"since": "soon"}}, "filters"),
        ({"answer": "Monday"}, "answer"),
    ],
)
def test_a_fault_names_file_line_and_field(tmp_path: Path, changes: dict[str, Any], field: str) -> None:
    with pytest.raises(BadInput) as caught:
        read(tmp_path, line(id="q-0", question="Is this one sound?"), line(**changes))
    message = str(caught.value)
    assert message.startswith(f"{tmp_path / 'set.jsonl'}:2: field '{field}'") or f"'{field}'" in message.split(": ")[1]


@pytest.mark.parametrize("text", ["not JSON\n", "[1]\n", "\n"])
def test_a_line_that_is_no_object_and_a_file_without_questions_are_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "set.jsonl"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BadInput, match=r"set\.jsonl"):
        read_questions(file)


def test_every_fault_of_a_file_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as caught:
        read(tmp_path, line(kind="riddle"), line(as_of="soon"))
    assert [row.split(": ")[0][-2:] for row in str(caught.value).split("\n")] == [":1", ":2"]


def test_the_same_id_or_the_same_question_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="field 'id': the same as on line 1"):
        read(tmp_path, line(), line(question="Who spoke of the mill?"))
    with pytest.raises(BadInput, match="field 'question': the same as on line 1"):
        read(tmp_path, line(), line(id="q-2"))
    assert len(read(tmp_path, line(), line(id="q-2", filters={"until": "2024"}))) == 2


def test_an_edit_shows_until_it_is_recorded_as_a_new_version(tmp_path: Path) -> None:
    record, file = tmp_path / "sets.toml", tmp_path / "set.jsonl"
    read(tmp_path, line())
    first = record_version(file, 'the "first"', record)
    read(tmp_path, line(accepted=["Monday"]))
    assert versions_of(file, record)[-1].sha256 != digest_of(file)
    second = record_version(file, "fewer answers", record)
    assert record_version(file, "nothing new", record) == second
    assert read_versions(record) == (first, second)
    assert [version.number for version in (first, second)] == [1, 2]
    assert first.note == 'the "first"'


def test_an_edit_of_the_articles_is_an_edit_of_the_set(tmp_path: Path) -> None:
    read(tmp_path, line())
    before = digest_of(tmp_path / "set.jsonl")
    (tmp_path / "articles.jsonl").write_text('{"id": "mill", "text": "The mill stands."}\n', encoding="utf-8")
    assert digest_of(tmp_path / "set.jsonl") != before


@pytest.mark.parametrize("path", [SEEDS, NEWS])
def test_a_set_kept_here_is_its_newest_version(path: Path) -> None:
    versions = versions_of(path)
    assert [version.number for version in versions] == list(range(1, len(versions) + 1))
    assert len({version.sha256 for version in versions}) == len(versions)
    assert versions[-1].sha256 == digest_of(path), f"record the edit: python -m eval.questions {path} --record NOTE"


@pytest.mark.parametrize(("path", "at_least", "unanswerable"), [(SEEDS, 200, 1 / 4), (NEWS, 60, 1 / 3)])
def test_a_set_kept_here_holds_against_its_articles(path: Path, at_least: int, unanswerable: float) -> None:
    questions = read_set(path).questions
    assert len(questions) >= at_least
    assert sum(not question.answerable for question in questions) >= unanswerable * len(questions)
    for part in Part:
        of_part = [question for question in questions if question.part is part]
        assert 0.4 <= len(of_part) / len(questions) <= 0.6
        assert {question.kind for question in of_part} == set(Kind)


def test_counting_a_set_shows_no_sealed_question(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(SEEDS)]) == 0
    shown = capsys.readouterr().out
    assert "sealed" in shown
    assert "not recorded" not in shown
    sealed = read_set(SEEDS).part(Part.SEALED)
    assert not any(question.question in shown or question.fact in shown for question in sealed)


def test_a_set_with_faults_ends_with_status_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "set.jsonl"
    file.write_text("{}\n", encoding="utf-8")
    assert main([str(file)]) == 1
    assert f"{file}:1: field 'id'" in capsys.readouterr().err
