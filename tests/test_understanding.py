"""How a question was understood, and the chips that show it and ask again without."""

from datetime import date

import pytest
from test_views import buttons

from index import Filters
from rag.types import Answer
from ui import record_view
from ui.desk import Desk
from ui.turns import Asked, Sitting, Turn
from ui.understanding import understood


def test_what_a_question_is_of_is_named(desk: Desk) -> None:
    entries = desk.index.entries()
    asked = understood("Did the deal close, according to Daily Ledger?", (), Filters(), entries)
    assert asked.named == ("Daily Ledger",)
    assert asked.bare == "Did the deal close?"
    assert understood("Does Daily Ledger say that the deal closed?", (), Filters(), entries).bare is None
    assert understood("Who runs it?", (), Filters(), entries) == Asked(kind="who")


def test_the_days_that_this_week_means_are_shown_and_can_be_taken_away(desk: Desk) -> None:
    entries, friday = desk.index.entries(), date(2025, 3, 7)
    asked = understood("What did Northwind deny this week?", (), Filters(), entries, day=friday)
    assert (asked.recent, asked.since, asked.until) == ("this week", "2025-03-03", "2025-03-07")
    assert asked.undated == "What did Northwind deny?"
    shown = record_view.record(Sitting(turns=(Turn("q", problem="p", asked=asked),)))
    assert "this week: 3 March 2025 to 7 March 2025" in shown
    assert buttons(shown, act="ask", question="What did Northwind deny?")
    limited = understood("What did Northwind deny this week?", (), Filters(since="2025-01-01"), entries, day=friday)
    assert limited.recent is None


@pytest.mark.parametrize(
    ("question", "timeless"),
    [
        ("What is the latest on the deal?", "What is known about the deal?"),
        ("What is the latest price of copper?", "What is the price of copper?"),
        ("Who is currently the head of Contoso?", "Who is the head of Contoso?"),
        ("What is the latest?", None),
        ("Is the harbour still closed?", None),
    ],
)
def test_who_wants_the_newest_can_ask_of_any_time(desk: Desk, question: str, timeless: str | None) -> None:
    asked = understood(question, (), Filters(), desk.index.entries())
    assert asked.newest
    assert asked.timeless == timeless
    assert "the newest first" in record_view.record(Sitting(turns=(Turn(question, problem="p", asked=asked),)))


def test_a_question_of_two_parts_is_shown_as_two_that_can_be_asked_alone(desk: Desk) -> None:
    question = "Who denied the talks, and did Contoso comment?"
    asked = understood(question, (), Filters(), desk.index.entries())
    assert asked.parts == ("Who denied the talks?", "Did Contoso comment?")
    assert asked.kind == ""
    shown = record_view.record(Sitting(turns=(Turn(question, problem="p", asked=asked),)))
    assert "asks" not in shown.split("</ul>")[0]
    assert [button["question"] for button in buttons(shown, act="ask")[:2]] == list(reversed(asked.parts))


def test_what_is_told_first_does_not_hide_what_is_asked(desk: Desk) -> None:
    asked = understood("A storm closed the harbour. How many were hurt?", (), Filters(), desk.index.entries())
    assert asked.kind == "how many"


def test_a_question_can_be_asked_openly_instead(desk: Desk) -> None:
    asked = understood("Did Northwind deny talks with Contoso?", (), Filters(), desk.index.entries())
    openly = "What is known about Northwind and Contoso?"
    assert (asked.kind, asked.openly) == ("yes/no", openly)
    assert understood(openly, (), Filters(), desk.index.entries()).openly is None


def test_chips_keep_their_place_while_the_answer_comes(disputed: Answer) -> None:
    asked = Asked(Filters(publishers=["Daily Ledger"]), kind="who", openly="What is known about Contoso?")
    coming = record_view.record(Sitting(turns=(Turn("q", asked=asked),)))
    stands = record_view.record(Sitting(turns=(Turn("q", answer=disputed, asked=asked),)))
    assert coming.count(" disabled>×") == 2

    def chips(record: str) -> str:
        return record.split('class="chips"')[1].split("</ul>", maxsplit=1)[0].replace(" disabled", "")

    assert chips(coming) == chips(stands)
