"""What readers thought of answers becomes questions of an evaluation set."""

import json
from pathlib import Path

import pytest
from conftest import HashEncoder, news

from eval.questions import Kind, read_questions
from eval.starter import EDIT
from index import Article, Index
from rag.types import Answer, Verdict
from ui.cli import run
from ui.memory import FILE_NAME, Feedback, Memory
from ui.readers_questions import reader_rows
from ui.turns import Rating, Turn

TEXTS = {article.id: article.text for article in news()}


def said(
    answer: Answer, *, good: bool, question: str = "Is it so?", reason: str = "", history: tuple[str, ...] = ()
) -> Feedback:
    return Feedback(question, history, answer, Rating(good, reason), "2026-02-01T00:00:00+00:00")


def test_an_answer_found_right_is_the_truth_with_its_citations(disputed: Answer) -> None:
    (row,) = reader_rows([said(disputed, good=True)], TEXTS)
    assert (row["question"], row["verdict"], row["kind"]) == ("Is it so?", "disputed", "conflict")
    assert [(gold["article"], gold["need"]) for gold in row["gold"]] == [("claim", "asserts"), ("denial", "denies")]


def test_one_found_wrong_waits_for_a_person_with_the_readers_reason(disputed: Answer) -> None:
    (row,) = reader_rows([said(disputed, good=False, reason="The second article settles it.")], TEXTS)
    assert row["question"].startswith(f"{EDIT}Is it so?")
    assert "The second article settles it." in row["question"]
    assert "gold" not in row


def test_the_last_reader_counts_and_a_follow_up_keeps_what_came_before(disputed: Answer, unknown: Answer) -> None:
    rows = list(
        reader_rows(
            [
                said(disputed, good=False),
                said(disputed, good=True, question="is it SO?"),
                said(unknown, good=True, history=("Who?",)),
            ],
            TEXTS,
        )
    )
    assert [row["verdict"] for row in rows] == ["disputed", "unknown"]
    assert rows[1]["kind"] == "follow-up"
    assert rows[1]["history"] == ["Who?"]


def test_an_answer_whose_article_has_changed_waits_for_a_person(disputed: Answer) -> None:
    (row,) = reader_rows([said(disputed, good=True)], {"claim": "Other words."})
    assert row["question"].startswith(EDIT)


def test_a_set_of_ones_own_is_begun_by_a_command(
    tmp_path: Path, three_articles: list[Article], disputed: Answer, unknown: Answer, capsys: pytest.CaptureFixture[str]
) -> None:
    with Index.open(tmp_path / "index", encoder=HashEncoder()) as index:
        index.add(three_articles)
    memory = Memory(tmp_path / "index" / FILE_NAME)
    id = memory.keep("ann", None, (Turn("Is it so?", answer=disputed),))
    memory.rate("ann", id, 1, Rating(good=True))
    memory.keep("ann", id, (Turn("Who runs it?", answer=unknown),))
    memory.rate("ann", id, 2, Rating(good=False, reason="Nobody said."))
    memory.close()
    assert run(["eval", "init", str(tmp_path / "mine"), "--index", str(tmp_path / "index"), "--json"]) == 0
    made = json.loads(capsys.readouterr().out)
    assert made["from_readers"] == 2
    questions = read_questions(made["questions"], TEXTS)
    assert [question.verdict for question in questions[-2:]] == [(Verdict.DISPUTED,), (Verdict.UNKNOWN,)]
    assert questions[-1].kind is Kind.FOLLOW_UP
    assert run(["eval", "init", str(tmp_path / "mine"), "--index", str(tmp_path / "index")]) == 2
    assert "choose another folder" in capsys.readouterr().err


def test_an_index_without_articles_gives_no_set(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["eval", "init", str(tmp_path / "mine"), "--index", str(tmp_path / "index")]) == 2
    assert "holds no articles" in capsys.readouterr().err
