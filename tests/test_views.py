"""What the page shows and changes: chips, limits, conversations, articles, evaluation."""

import json
import re
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import ScriptedEngine, make_disputed, make_unknown, open_desk

from eval.questions import Kind, Part
from eval.results import Result
from index import Filters
from index.errors import OnrecordError
from rag.types import Answer, Verdict
from ui import record_view
from ui.desk import Desk
from ui.evaluation_view import read_plots, read_report
from ui.kept import asked_document, read_asked
from ui.links import question_link
from ui.turns import Asked, Rating, Sitting, Turn
from ui.understanding import understood
from ui.views import Views
from ui.words import period_words


@pytest.fixture
def views(desk: Desk) -> Views:
    return Views(desk)


@pytest.fixture
def asked(views: Views) -> Sitting:
    """After two questions, of which the second leans on the first."""
    (*_, (sitting, _)) = views.ask("Is Northwind in talks with Contoso?", Sitting())
    (*_, (sitting, _)) = views.ask("and Fabrikam?", sitting)
    return sitting


def buttons(html: str, **data: str) -> list[dict[str, str]]:
    """The data of every button that holds at least `data`."""
    found = [
        {name.replace("-", "_"): value for name, value in re.findall(r'data-([\w-]+)="([^"]*)"', each)}
        for each in re.findall(r"<button[^>]*>", html)
    ]
    return [each for each in found if data.items() <= each.items()]


def test_a_follow_up_shows_what_it_was_read_as_and_can_be_asked_by_itself(
    views: Views, desk: Desk, asked: Sitting
) -> None:
    assert asked.turns[1].asked.whole == "Is Fabrikam in talks with Contoso?"
    record = views.record(asked)
    assert "read as “Is Fabrikam in talks with Contoso?”" in record
    (drop,) = buttons(record, drop="context")
    (*_, (sitting, _)) = views.ask_sent(asked, drop)
    assert isinstance(desk.engine, ScriptedEngine)
    assert desk.engine.asked[-1]["history"] == []
    assert sitting.turns[-1].question == "and Fabrikam?"
    assert sitting.turns[-1].asked.alone


def test_a_limit_reaches_the_engine_is_shown_and_is_dropped_again(views: Views, desk: Desk, asked: Sitting) -> None:
    limited = views.alter(
        asked, {"do": "limit", "publisher": "Daily Ledger\nMorning Wire", "since": "2025-03-01"}
    ).sitting
    assert limited.filters == Filters(since="2025-03-01", publishers=["Daily Ledger", "Morning Wire"])
    assert all(said in views.limits(limited) for said in ("only Daily Ledger", "from 1 March 2025"))
    (*_, (sitting, _)) = views.ask("Is it so?", limited)
    assert isinstance(desk.engine, ScriptedEngine)
    assert desk.engine.asked[-1]["filters"] == limited.filters
    (drop,) = buttons(views.record(sitting), act="ask", drop="publisher", value="Daily Ledger")
    (*_, (sitting, _)) = views.ask_sent(sitting, drop)
    assert desk.engine.asked[-1]["filters"] == Filters(since="2025-03-01", publishers=["Morning Wire"])
    for drop in buttons(views.limits(sitting), act="alter"):
        sitting = views.alter(sitting, drop).sitting
    assert not sitting.filters


def test_limits_that_leave_nothing_are_said_on_their_page(views: Views) -> None:
    changed = views.alter(Sitting(), {"do": "limit", "since": "2026-02-01", "until": "2026-01-01"})
    assert not changed.sitting.filters
    assert "The dates leave nothing" in (changed.beside or "")
    assert "Coast Gazette" in (changed.beside or "")


def test_a_link_asks_its_question_with_its_limits(views: Views, desk: Desk) -> None:
    filters = Filters(until="2025-03-31", publishers=["Daily Ledger", "A & B"])
    assert question_link("Is 5 > 4?", filters) == (
        "/?q=Is+5+%3E+4%3F&until=2025-03-31&publisher=Daily+Ledger&publisher=A+%26+B"
    )
    sent = {
        "linked": "1",
        "question": "Is 5 > 4?",
        "since": "",
        "until": "2025-03-31",
        "publisher": "Daily Ledger\nA & B",
    }
    (*_, (sitting, _)) = views.ask_sent(Sitting(), sent)
    assert sitting.filters == filters
    (*_, (sitting, _)) = views.ask_sent(Sitting(), {**sent, "until": "soon"})
    assert not sitting.filters
    assert sitting.turns[0].question == "Is 5 > 4?"


def test_a_question_of_one_outlet_can_be_asked_of_all(views: Views) -> None:
    (*_, (sitting, _)) = views.ask("Did the deal close, according to Daily Ledger?", Sitting())
    (drop,) = buttons(views.record(sitting), act="ask", question="Did the deal close?")
    (*_, (sitting, _)) = views.ask_sent(sitting, drop)
    assert sitting.turns[-1].question == "Did the deal close?"
    assert sitting.turns[-1].asked.named == ()


def test_the_days_that_a_question_names_are_shown_and_can_be_taken_away(views: Views, desk: Desk) -> None:
    question = "Did the deal close, according to reports before 4 March 2025?"
    (*_, (sitting, _)) = views.ask(question, Sitting())
    assert sitting.turns[-1].asked.until == "2025-03-03"
    record = views.record(sitting)
    assert "published until 3 March 2025" in record
    (drop,) = buttons(record, act="ask", question="Did the deal close?")
    (*_, (again, _)) = views.ask_sent(sitting, drop)
    assert "published until" not in views.record(again).rsplit("<article", 1)[1]
    assert isinstance(desk.engine, ScriptedEngine)
    assert desk.engine.asked[-1]["question"] == "Did the deal close?"
    reopened = views.alter(Sitting(), {"do": "reopen", "conversation": sitting.conversation}).sitting
    assert reopened.turns[0].asked == sitting.turns[0].asked


@pytest.mark.parametrize(
    ("since", "until", "said"),
    [
        ("2025-03-01", None, "published from 1 March 2025"),
        ("2025-03", "2025-03", "published in March 2025"),
        ("2025-03-01", "2025-03-01", "published on 1 March 2025"),
        ("2024", "2025", "published from 2024 until 2025"),
    ],
)
def test_days_are_said_in_words(since: str | None, until: str | None, said: str) -> None:
    assert period_words(since, until) == said


def test_a_conversation_that_an_earlier_version_kept_is_read(asked: Sitting) -> None:
    kept = asked_document(asked.turns[1].asked)
    for later in ("since", "until", "undated", "recent", "newest", "timeless", "openly", "parts"):
        del kept[later]
    assert read_asked(kept) == replace(asked.turns[1].asked, openly=None)


def test_what_to_ask_next_belongs_to_the_last_answer_and_is_text(desk: Desk, asked: Sitting) -> None:
    bold = replace(make_disputed(), claim="<b>Northwind</b> was in talks")
    answer = replace(make_unknown(), verdict=Verdict.ANSWERED, citations=make_unknown().closest)
    views = Views(replace(desk, tries=ScriptedEngine(answer)))
    turns = (*asked.turns[:-1], replace(asked.turns[-1], answer=bold))
    shown = views.suggest(replace(asked, turns=turns))
    assert f'data-conversation="{asked.conversation}" data-turns="2"' in shown
    assert len(buttons(shown, act="ask")) == 1
    assert "<b>" not in shown
    assert views.suggest(Sitting()) == ""
    assert views.suggest(Sitting(turns=(Turn("x", problem="No."),))) == ""


def test_nothing_is_suggested_while_another_answer_is_being_given(desk: Desk, asked: Sitting) -> None:
    engine = ScriptedEngine(make_disputed())
    views = Views(replace(desk, tries=engine))
    engine.asked.clear()
    under_way = views.ask("Is it so?", Sitting())
    next(under_way)
    assert views.suggest(asked) == ""
    assert engine.asked == []
    list(under_way)
    views.suggest(asked)
    assert engine.asked != []


def test_a_fault_in_suggesting_costs_only_the_suggestions(desk: Desk, asked: Sitting) -> None:
    class Faulty(ScriptedEngine):
        def ask(self, question: str, **limits: object) -> Answer:
            raise OnrecordError("no")

    assert Views(replace(desk, tries=Faulty())).suggest(asked) == ""


def test_a_follow_up_is_read_in_the_light_of_the_last_answer(desk: Desk) -> None:
    asked = understood("when did she resign?", ["Who ran Contoso?"], Filters(), desk.index.entries(), said="Ann Lee")
    assert asked.whole is not None
    assert "Ann Lee" in asked.whole


def test_a_conversation_is_kept_listed_and_reopened(views: Views, desk: Desk, asked: Sitting) -> None:
    assert asked.conversation is not None
    listed = views.show(asked, {"page": "history"})
    assert "2 questions" in listed
    (again,) = buttons(listed, do="reopen")
    reopened = Views(desk).alter(Sitting(), again).sitting
    assert reopened.conversation == asked.conversation
    assert [turn.question for turn in reopened.turns] == [turn.question for turn in asked.turns]
    assert views.record(reopened) == views.record(asked)
    assert "No conversation holds “zebra”" in views.show(asked, {"page": "history", "words": "zebra"})


def test_a_conversation_is_renamed_deleted_and_had_back(views: Views, asked: Sitting) -> None:
    id = str(asked.conversation)
    renamed = views.alter(asked, {"do": "rename", "conversation": id, "name": "The harbour"})
    assert "The harbour" in (renamed.beside or "")
    gone = views.alter(asked, {"do": "delete", "conversation": id})
    assert gone.sitting.turns == ()
    assert gone.record
    (undo,) = buttons(gone.beside or "", do="undelete")
    assert "The harbour" in (views.alter(gone.sitting, undo).beside or "")


def test_a_rating_and_its_reason_are_kept_and_shown(views: Views, desk: Desk, asked: Sitting) -> None:
    (wrong,) = buttons(views.record(asked), do="rate", turn="2", good="0")
    rated = views.alter(asked, wrong)
    assert rated.record
    assert 'data-turn="2" data-good="0" aria-pressed="true"' in views.record(rated.sitting)
    said = views.alter(rated.sitting, {**wrong, "reason": "It is in the second article."}).sitting
    assert "Noted: It is in the second article." in views.record(said)
    (feedback,) = desk.memory.feedback()
    assert feedback.question == "and Fabrikam?"
    assert feedback.history == ("Is Northwind in talks with Contoso?",)
    assert feedback.rating == Rating(good=False, reason="It is in the second article.")


def test_in_a_long_conversation_the_right_answer_is_rated(views: Views, desk: Desk, disputed: Answer) -> None:
    id: str | None = None
    turns: tuple[Turn, ...] = ()
    for n in range(60):
        turns = (*turns, Turn(f"Is it {n}?", answer=disputed))
        id = desk.memory.keep("", id, turns)
    sitting = views.alter(Sitting(), {"do": "reopen", "conversation": id}).sitting
    assert len(sitting.turns) == 50
    views.alter(sitting, {"do": "rate", "turn": "50", "good": "1"})
    assert [said.question for said in desk.memory.feedback()] == ["Is it 59?"]


def test_an_article_is_removed_and_had_back_as_it_was(views: Views, desk: Desk) -> None:
    before = desk.index.article("denial")
    page = views.show(Sitting(), {"page": "articles"})
    (remove,) = buttons(page, do="remove", article="denial")
    removed = views.alter(Sitting(), remove)
    assert "Removed “Northwind denies talks with Contoso”." in (removed.beside or "")
    assert len(desk.index.entries()) == 2
    (undo,) = buttons(removed.beside or "", do="restore")
    assert "It is back." in (views.alter(Sitting(), undo).beside or "")
    assert desk.index.article("denial") == before
    assert "can no longer be had back" in (views.alter(Sitting(), undo).beside or "")


def test_articles_are_found_by_title_and_publisher(views: Views) -> None:
    found = views.show(Sitting(), {"page": "articles", "words": "coast storm"})
    assert "Storm closes the harbour" in found
    assert "Northwind" not in found
    assert "1 of 3 articles" in found
    assert "There is no such article." in views.show(Sitting(), {"page": "articles", "words": "zebra"})


def test_the_last_report_is_shown_by_kind(desk: Desk, tmp_path: Path) -> None:
    interval = {"value": 0.8, "low": 0.7, "high": 0.9, "questions": 10, "facts": 5}
    report = {
        "questions": 10,
        "facts": 5,
        "run": {"model": None},
        "times": {"when": "2026-02-01T10:00:00+00:00"},
        "figures": {"all": {"answer_accuracy": interval}, "kind: denial": {"answer_accuracy": interval}},
        "gates": [{"gate": "quotes verbatim", "held": False, "says": "0.9"}],
    }
    (tmp_path / "report.json").write_text(json.dumps(report), "utf-8")
    shown = Views(replace(desk, reports=tmp_path)).show(Sitting(), {"page": "evaluation"})
    assert "10 questions on 5 facts, answered by the embedded reader, 1 February 2026" in shown
    assert "0.80 (0.70–0.90)" in shown
    assert "quotes verbatim: 0.9" in shown
    assert "/evaluation" not in shown


def test_the_plots_of_the_last_report_are_drawn_from_its_questions(tmp_path: Path) -> None:
    yes = {"gold": Verdict.YES, "verdict": Verdict.YES, "lean": 0.8, "truth": 1.0}
    here = {"part": Part.TUNING, "kind": Kind.CLAIM, "group": "f", "scores": {}, "seconds": 0.1}
    ran = [Result(key=f"k{n}", right=bool(n), confidence=0.5 + n / 4, **yes, **here) for n in range(2)]  # type: ignore[arg-type]
    (tmp_path / "questions.jsonl").write_text("".join(json.dumps(one.to_dict()) + "\n" for one in ran), "utf-8")
    drawn = read_plots(tmp_path)
    assert re.findall(r"<figcaption>(.+?)</figcaption>", drawn) == [
        "Confidence against share right", "Lean against share yes", "Wrong among the surest answers", "Time to answer",
    ]  # fmt: skip
    assert "stated 0.50, true 0.00, 1 questions" in drawn
    assert drawn.count("<svg viewBox=") == 4


def test_without_questions_there_are_no_plots(tmp_path: Path) -> None:
    assert read_plots(tmp_path) == read_plots(None) == ""


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"figures": {}}'])
def test_without_a_report_the_page_says_how_to_get_one(desk: Desk, tmp_path: Path, text: str) -> None:
    (tmp_path / "report.json").write_text(text, "utf-8")
    assert read_report(tmp_path) is None
    assert read_report(None) is None
    assert "onrecord eval" in Views(replace(desk, reports=tmp_path)).show(Sitting(), {"page": "evaluation"})


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"do": "nothing"},
        {"do": "rate", "turn": "9"},
        {"do": "drop", "drop": "nothing"},
    ],
)
def test_what_makes_no_sense_changes_nothing(views: Views, asked: Sitting, sent: dict[str, str]) -> None:
    changed = views.alter(asked, sent)
    assert changed.sitting == asked
    assert changed.beside is None


@pytest.mark.parametrize("do", ["reopen", "rename", "delete", "undelete", "remove"])
def test_what_cannot_be_done_is_said_in_a_line(views: Views, do: str) -> None:
    changed = views.alter(Sitting(), {"do": do, "name": "x"})
    assert "That could not be done" in (changed.beside or "")


def test_an_answer_is_given_even_where_it_cannot_be_kept(
    views: Views, desk: Desk, monkeypatch: pytest.MonkeyPatch, disputed: Answer
) -> None:
    def full(*_: object) -> str:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(type(desk.memory), "keep", full)
    (*_, (sitting, _)) = views.ask("Is it so?", Sitting())
    assert sitting.turns[0].answer is not None
    assert sitting.conversation is None


def test_nobody_sees_the_conversations_of_another(views: Views, asked: Sitting) -> None:
    assert "Nothing has been asked yet." in views.show(Sitting(), {"page": "history"}, "ann")
    stolen = views.alter(Sitting(), {"do": "reopen", "conversation": str(asked.conversation)}, "ann")
    assert stolen.sitting == Sitting()


def test_everything_shown_of_a_question_is_text(disputed: Answer) -> None:
    bad = '<img src=x onerror="alert(1)">${x}'
    turn = Turn(bad, answer=disputed, asked=Asked(Filters(publishers=[bad]), kind=bad, whole=bad, named=(bad,)))
    shown = record_view.record(Sitting("c", (turn, replace(turn, rating=Rating(good=True, reason=bad)))))
    assert "<img" not in shown


def test_a_desk_without_a_file_remembers_as_long_as_it_stands(index_path: Path) -> None:
    with open_desk(index_path) as desk:
        assert desk.memory.conversations("") == []
        assert not list(index_path.glob("*.sqlite"))
