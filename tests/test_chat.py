"""What the chat shows, without a browser; `test_journeys` looks at it in one."""

import asyncio
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import gradio as gr
import pytest
from conftest import HashEncoder, ScriptedEngine, make_disputed

from index import Index
from index.types import Article, Entry
from rag import Engine
from rag.types import Answer, Support, Verdict
from ui import beside_view, record_view
from ui.chat import Events, build_chat
from ui.desk import Desk
from ui.examples import Examples, example_questions
from ui.turns import Sitting, Turn
from ui.views import Views


@pytest.fixture
def views(desk: Desk) -> Views:
    return Views(desk)


NOBODY = gr.Request(headers={})


def recorded(*turns: Turn) -> str:
    return record_view.record(Sitting(turns=turns))


def test_the_answer_grows_by_sentences_and_its_sources_come_with_its_end(views: Views, disputed: Answer) -> None:
    steps = list(views.ask(disputed.question, Sitting()))
    turns = [sitting.turns[0] for sitting, _ in steps]
    assert [turn.said.strip() for turn in turns[:3]] == [
        "",
        "Sources disagree.",
        "Sources disagree. Talks are reported [1].",
    ]
    assert turns[-1].answer == disputed
    assert "Morning Wire" in (steps[-1][1] or "")


def test_the_box_is_emptied_once(views: Views, disputed: Answer) -> None:
    boxes = [step[4] for step in Events(views).ask(disputed.question, Sitting(), NOBODY)]
    assert boxes[0] == ""
    assert all(box == gr.skip() for box in boxes[1:])


def test_an_empty_question_changes_nothing(views: Views) -> None:
    assert list(Events(views).ask("  \n", Sitting(), NOBODY)) == [(*[gr.skip()] * 3, Sitting(), gr.skip())]
    assert list(views.ask_sent(Sitting(), {"question": " "})) == []


def test_a_question_that_cannot_be_answered_says_why_and_the_conversation_goes_on(views: Views) -> None:
    (*_, (sitting, _)) = views.ask("?!", Sitting())
    assert "The question is empty" in views.record(sitting)
    (*_, (sitting, _)) = views.ask("Is it so?", sitting)
    assert [turn.answer is not None for turn in sitting.turns] == [False, True]


def test_a_question_is_read_in_the_light_of_those_before(views: Views, desk: Desk) -> None:
    (*_, (sitting, _)) = views.ask("Is Northwind in talks?", Sitting())
    list(views.ask("and Contoso?", sitting))
    assert isinstance(desk.engine, ScriptedEngine)
    assert [asked["history"] for asked in desk.engine.asked] == [[], ["Is Northwind in talks?"]]


def test_a_fault_of_ours_is_logged_and_tells_the_reader_nothing_of_the_inside(
    desk: Desk, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> Iterator[str]:
        raise RuntimeError("secret path")

    monkeypatch.setattr(desk.engine, "stream", fail)
    (*_, (sitting, _)) = Views(desk).ask("Is it so?", Sitting())
    assert sitting.turns[-1].problem
    assert "secret path" not in sitting.turns[-1].problem
    assert "secret path" in caplog.text


def test_a_marker_opens_the_passage_it_quotes(views: Views, disputed: Answer) -> None:
    record = recorded(Turn(disputed.question, answer=disputed))
    data = dict(re.findall(r'data-(\w+)="([^"]*)"', re.search(r'<button[^>]*aria-label="Citation 2[^>]*>', record)[0]))  # type: ignore[index]
    shown = views.open({**data, "quote": '"no substance"'})
    assert "<mark>&quot;no substance&quot;</mark>" in shown
    assert "Morning Wire" in shown
    assert "4 March 2025" in shown


def test_a_marker_shows_whether_its_check_passed(disputed: Answer, three_articles: list[Article]) -> None:
    doubtful = replace(
        disputed, citations=(replace(disputed.citations[0], support=Support.UNJUDGED), disputed.citations[1])
    )
    record = recorded(Turn("q", answer=doubtful))
    assert record.count("Not confirmed by the check") == record.count('aria-hidden="true">?<') == 1
    assert record.count("Checked: these words stand in the article") == record.count('aria-hidden="true">✓<') == 1
    unlike = replace(disputed, citations=(replace(disputed.citations[0], verbatim=False), disputed.citations[1]))
    assert "do not stand in the article" in recorded(Turn("q", answer=unlike))


def test_yes_stands_where_the_verdict_will_as_soon_as_it_is_said() -> None:
    coming = recorded(Turn("q", said=" Yes. Northwind denied it [1]."))
    assert "<strong>Yes</strong>" in coming
    assert coming.count("Yes") == 1


def test_a_passage_of_an_article_that_changed_since_is_not_marked(views: Views) -> None:
    assert "No longer on file" in views.open({"article": "denial", "start": "3", "end": "9", "quote": "other words"})
    assert "No longer on file" in views.open({"article": "gone"})


def test_a_mark_may_run_over_lines() -> None:
    article = Article(text="One.\n\nTwo three.\nFour.")
    shown = beside_view.passage(article, (10, 19), 0)
    assert "<p>Two <mark>three.</mark></p><p><mark>Fo</mark>ur.</p>" in shown


def test_a_very_long_article_is_shown_around_its_quote() -> None:
    article = Article(text="word " * 100_000)
    assert len(beside_view.passage(article, (250_000, 250_004), 0)) < 150_000


def test_disputed_shows_both_sides_beside_each_other(disputed: Answer) -> None:
    record = recorded(Turn("q", answer=disputed))
    assert (
        record.index("Say so")
        < record.index("Northwind is in talks to buy Contoso</blockquote>")
        < record.index("Deny it")
    )
    assert "The article</b> with reserve" in record


def test_unknown_offers_the_closest_passages_as_such(unknown: Answer) -> None:
    record = recorded(Turn("q", answer=unknown))
    assert "Not on record" in record
    assert "Near the question, but not an answer to it." in record
    assert 'aria-label="Citation' not in record


def test_the_verdict_is_said_in_words(disputed: Answer) -> None:
    assert "<strong>Disputed</strong><span>Sources contradict each other. Fair confidence.</span>" in recorded(
        Turn("q", answer=disputed)
    )


def test_sources_name_outlet_day_speaker_stance_and_number(disputed: Answer) -> None:
    shown = beside_view.sources(disputed, 1)
    for said in ("Daily Ledger", "3 March 2025", "asserts, with reserve", "<b>Northwind</b> denies", '"number">2<'):
        assert said in shown


def test_what_is_not_known_of_an_article_is_said() -> None:
    shown = beside_view.shelf([Entry.of(Article(id="a", text="x"))])
    assert "publisher not given" in shown
    assert "date not given" in shown


def test_back_leads_to_the_sources_of_the_turn_it_came_from(views: Views, disputed: Answer, unknown: Answer) -> None:
    sitting = Sitting(turns=(Turn("a", answer=disputed), Turn("b", answer=unknown)))
    assert "Morning Wire" in views.sources(sitting, {"turn": "1"})
    assert views.sources(sitting, {"turn": "2"}) == ""
    assert views.sources(sitting, {"turn": "99"}) == ""


def test_examples_come_from_what_is_loaded_and_are_answered_from_there(desk: Desk, tmp_path: Path) -> None:
    engine = Engine(desk.index)
    examples = example_questions(desk.index, engine)
    assert "What did Northwind say about Contoso?" in examples
    assert Verdict.UNKNOWN not in [engine.ask(example).verdict for example in examples]
    with Index.open(tmp_path / "none", encoder=HashEncoder()) as empty:
        assert example_questions(empty, Engine(empty)) == ()


def test_an_example_that_is_not_answered_from_its_article_is_not_offered(desk: Desk, unknown: Answer) -> None:
    assert example_questions(desk.index, ScriptedEngine(unknown)) == ()


def test_examples_are_found_once_for_each_generation(desk: Desk) -> None:
    engine = ScriptedEngine(make_disputed())
    examples = Examples(desk.index, engine)
    assert examples.last == ()
    assert examples.find() == examples.find() == examples.last
    asked = len(engine.asked)
    desk.index.remove(["weather"])
    examples.find()
    assert len(engine.asked) > asked > 0


def test_a_fault_in_finding_examples_keeps_no_page_from_opening(desk: Desk) -> None:
    class Faulty(ScriptedEngine):
        def ask(self, question: str, **limits: object) -> Answer:
            raise RuntimeError("a fault")

    assert "What is on record?" in Views(replace(desk, tries=Faulty())).invitation(anew=True)


def test_the_seeds_bring_examples_of_their_own(tmp_path: Path) -> None:
    from index.seeding import read_seeds

    with Index.open(tmp_path / "index", encoder=HashEncoder()) as index:
        index.add(read_seeds())
        questions = example_questions(index, ScriptedEngine())
    assert len(questions) == 3
    assert all(question.endswith("?") and "“" not in question for question in questions)


def test_no_template_of_the_page_holds_a_value(desk: Desk) -> None:
    """Gradio evaluates templates: a value in one would run as a script."""

    async def config() -> dict[str, Any]:  # in a running loop, as the server does it
        return build_chat(desk).get_config_file()  # type: ignore[return-value]

    templates = [
        part["props"]["html_template"] for part in asyncio.run(config())["components"] if part["type"] == "html"
    ]
    assert templates
    assert all(re.sub(r'<div class="\w+" role=[^>]*>|</div>', "", template) == "${value}" for template in templates)
