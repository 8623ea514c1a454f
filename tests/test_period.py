"""Days that a question limits its articles to."""

from pathlib import Path

import pytest
from conftest import HashEncoder, news

from index import Filters, Index
from rag import Engine, Verdict
from rag.period import Period, read_period


@pytest.mark.parametrize(
    ("question", "period"),
    [
        ("What did Ann say in reports since March 2025?", Period("What did Ann say?", "2025-03")),
        ("Who left, according to articles published before 2 March 2025?", Period("Who left?", None, "2025-03-01")),
        ("In coverage from 2024, did Ann leave?", Period("Did Ann leave?", "2024", "2024")),
        ("Did Ann leave in stories after 2024?", Period("Did Ann leave?", "2025-01-01")),
        ("Did Ann leave in articles between May 2024 and June 2024?", Period("Did Ann leave?", "2024-05", "2024-06")),
        ("What do reports since 2024 say about Ann?", Period("What do reports say about Ann?", "2024")),
        ("What has been reported about Ann since 2024?", Period("What has been reported about Ann?", "2024")),
        ("What is the news from 2024 onwards on Ann?", Period("What is the news on Ann?", "2024")),
    ],
)
def test_the_days_of_articles_are_read(question: str, period: Period) -> None:
    assert read_period(question) == period


@pytest.mark.parametrize(
    "question",
    [
        "Which firm has grown since 2021?",
        "Was the law published in 2021?",
        "What happened before 2 March 2025?",
        "Did reports move markets?",
        "Did Ann leave in articles since Tuesday?",
        "Did Ann leave in articles between 2025 and 2024?",
    ],
)
def test_the_day_when_a_thing_happened_limits_nothing(question: str) -> None:
    assert read_period(question) == Period(question)


def test_the_narrower_of_two_limits_holds() -> None:
    period = Period("", "2025-03", "2025-06")
    assert period.within(Filters(since="2025-04-10", until="2026")) == Filters(since="2025-04-10", until="2025-06")
    assert period.within(Filters(until="2024")) is None


def test_an_answer_keeps_to_the_days_that_its_question_names(index_path: Path) -> None:
    with Index.open(index_path, encoder=HashEncoder()) as index:
        index.add(news())
        engine = Engine(index)
        assert engine.ask("Did Northwind deny talks with Contoso?").verdict is Verdict.YES
        before = engine.ask("Did Northwind deny talks with Contoso, according to reports before 4 March 2025?")
        assert {source.article.id for source in before.sources} <= {"claim"}
        assert before.verdict is not Verdict.YES
        outside = engine.ask("Did Northwind deny it in articles from 2020?", filters=Filters(since="2025"))
        assert "outside the chosen limits" in outside.text
