"""A set of one's own, begun from the articles of an index."""

from pathlib import Path

import pytest

from eval.questions import Kind, read_questions
from eval.starter import EDIT, starter_rows, write_starter
from index.errors import BadInput
from index.types import Article


def test_a_starter_is_a_sound_set_over_its_own_articles(three_articles: list[Article], tmp_path: Path) -> None:
    path, beside = write_starter(three_articles, tmp_path / "mine")
    questions = read_questions(path, {article.id: article.text for article in three_articles})
    assert beside.exists()
    assert [question.accepted for question in questions if question.kind is Kind.NUMBER] == [("$2 billion",)]
    assert sum(question.kind is Kind.UNANSWERABLE for question in questions) == 3
    assert all(question.question.startswith(EDIT) for question in questions)


def test_an_article_gives_no_more_questions_than_asked_for() -> None:
    text = "It sold 10 cars. It sold 20 vans. It sold 30 boats."
    assert [row["accepted"] for row in starter_rows(Article(id="A 1", text=text), count=2) if "accepted" in row] == [
        ["10"],
        ["20"],
    ]


def test_what_is_there_is_not_overwritten(three_articles: list[Article], tmp_path: Path) -> None:
    write_starter(three_articles, tmp_path)
    with pytest.raises(BadInput, match="is there already; choose another folder"):
        write_starter(three_articles, tmp_path)


def test_an_empty_index_gives_no_starter(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="holds no articles"):
        write_starter([], tmp_path)
