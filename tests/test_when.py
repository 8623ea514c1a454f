"""What time a question names, as seen from a day."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from index import Article, Filters, Index
from rag import Engine
from rag.types import Verdict
from rag.when import asks_now, read_recent

DAY = date(2026, 2, 11)  # a Wednesday


@pytest.mark.parametrize(
    ("question", "since", "until", "bare"),
    [
        ("What did the mayor say this week?", "2026-02-09", "2026-02-11", "What did the mayor say?"),
        ("What happened in Leeds last week?", "2026-02-02", "2026-02-10", "What happened in Leeds?"),
        ("Who resigned last month?", "2026-01-01", "2026-02-02", "Who resigned?"),
        ("Who resigned this year?", "2026-01-01", "2026-02-11", "Who resigned?"),
        ("Who resigned in the past ten days?", "2026-02-01", "2026-02-11", "Who resigned?"),
        ("Who resigned over the last 3 weeks?", "2026-01-21", "2026-02-11", "Who resigned?"),
        ("Who resigned within the last couple of months?", "2025-12-13", "2026-02-11", "Who resigned?"),
        ("Did the ferry sail yesterday?", "2026-02-10", "2026-02-11", "Did the ferry sail?"),
    ],
)
def test_a_period_is_counted_from_the_day_of_asking(question: str, since: str, until: str, bare: str) -> None:
    period = read_recent(question, DAY)
    assert period is not None
    assert (period.since, period.until, period.bare) == (since, until, bare)


@pytest.mark.parametrize(
    "question",
    ["Who won last year's election?", "Is she still mayor today?", "Who came last?", "What did the mayor say in May?"],
)
def test_what_only_dates_a_thing_or_the_present_is_no_period(question: str) -> None:
    assert read_recent(question, DAY) is None


def test_now_is_asked_by_its_words() -> None:
    assert asks_now("Who is mayor now?")
    assert asks_now("What is the latest on the ferry?")
    assert not asks_now("Who was mayor in 1990?")


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """Two articles, a year apart, that name another mayor each."""
    with Index.open(tmp_path) as index:
        index.add(
            [
                Article(id="old", title="Mayor", published="2025-03-01", text="Ada Cole is the mayor of Arlow."),
                Article(id="new", title="Mayor", published="2026-02-10", text="Ben Hart is the mayor of Arlow."),
            ]
        )
        yield Engine(index)


def test_what_was_published_after_the_day_is_not_on_record_yet(engine: Engine) -> None:
    assert engine.ask("Who is the mayor of Arlow?", as_of="2025-06-01").short == "Ada Cole"
    assert engine.ask("Who is the mayor of Arlow?", as_of="2026-02-11").short == "Ben Hart"


def test_what_is_asked_of_an_article_that_is_not_out_yet_is_not_told(engine: Engine) -> None:
    question = "When was the latest article published?"
    assert "10 February 2026" in engine.ask(question).text
    assert "10 February 2026" not in engine.ask(question, as_of="2025-06-01").text


def test_a_period_is_looked_into_first_and_an_answer_from_elsewhere_says_so(engine: Engine) -> None:
    inside = engine.ask("Who is the mayor of Arlow this week?", as_of="2026-02-11")
    assert {c.article.id for c in inside.citations} == {"new"}
    assert not inside.warnings
    elsewhere = engine.ask("Who is the mayor of Arlow this week?", as_of="2026-06-10")
    assert elsewhere.verdict is Verdict.ANSWERED
    assert any("“this week” (8 June 2026 to 10 June 2026)" in warning for warning in elsewhere.warnings)


def test_an_old_article_does_not_answer_now_in_silence(engine: Engine) -> None:
    assert any(
        "10 February 2026" in w for w in engine.ask("Who is the mayor of Arlow now?", as_of="2026-09-01").warnings
    )
    assert not engine.ask("Who is the mayor of Arlow now?", as_of="2026-02-20").warnings


def test_an_article_of_unknown_date_is_known_by_any_day() -> None:
    by = Filters(known_by="2026-02")
    assert by.matches_date(None)
    assert by.matches_date("2026-02-28")
    assert not by.matches_date("2026-03-01")
    assert not Filters(since="2026-01-01", known_by="2026-02").matches_date(None)
