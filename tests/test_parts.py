"""Questions of several parts, answered in parts."""

from pathlib import Path

import pytest

from index import Article, Index
from rag import Engine
from rag.parts import split_parts
from rag.types import Verdict


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("Who was sacked, and did the club say why?", ("Who was sacked?", "Did the club say why?")),
        ("Who resigned? When does the new mayor begin?", ("Who resigned?", "When does the new mayor begin?")),
        (
            "How many people died, how many were hurt and how many are missing?",
            ("How many people died?", "How many were hurt?", "How many are missing?"),
        ),
    ],
)
def test_each_part_is_a_question(question: str, parts: tuple[str, ...]) -> None:
    assert tuple(part.split(" (")[0].rstrip("?") for part in split_parts(question)) == tuple(
        part.rstrip("?") for part in parts
    )


@pytest.mark.parametrize(
    "question",
    [
        "Who left, and when?",
        "What did Arlow and Tern say?",
        "What do the Greens and what do the Liberals want?",
        "When the ferry sank, who was the captain?",
        "Arlow or Tern, which is the faster ferry?",
    ],
)
def test_one_question_stays_one(question: str) -> None:
    assert split_parts(question) == (question,)


def test_parts_are_answered_in_their_order_and_cited_through(tmp_path: Path) -> None:
    text = "The mayor of Arlow, Ada Cole, resigned on Monday. The council of Arlow elected Ben Hart as its new mayor."
    with Index.open(tmp_path) as index:
        index.add([Article(id="mayor", title="Mayor of Arlow resigns", text=text, published="2026-02-10")])
        engine = Engine(index)
        both = engine.ask("Who resigned as mayor of Arlow? Who did the council of Arlow elect?")
        assert both.verdict is Verdict.ANSWERED
        assert both.short == "Ada Cole; Ben Hart"
        assert [c.n for c in both.citations] == list(range(1, len(both.citations) + 1))
        assert all(f"[{c.n}]" in both.text for c in both.citations)
        half = engine.ask("Who resigned as mayor of Arlow? How much does the airship of Tern weigh?")
        assert half.short == "Ada Cole"
        assert "How much does the airship of Tern weigh? The articles do not say." in half.text
        assert engine.ask("How much does the airship weigh? Who painted the moon?").verdict is Verdict.UNKNOWN


def test_a_sentence_that_two_parts_cite_has_one_number(tmp_path: Path) -> None:
    text = "The mayor of Arlow, Ada Cole, resigned on Monday."
    with Index.open(tmp_path) as index:
        index.add([Article(id="mayor", title="Mayor of Arlow resigns", text=text, published="2026-02-10")])
        answer = Engine(index).ask("Who resigned as mayor of Arlow? When did the mayor of Arlow resign?")
        assert answer.short == "Ada Cole; on Monday"
        assert [c.n for c in answer.citations] == [1]
        assert len(answer.sources) == 1
        assert answer.text.count("[1]") == 2
