"""The chat in the browser: a view asks the engine and renders; what is shown is made in the view modules."""

import logging
import os
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

# Gradio reads these when it is imported: nothing is reported to anyone, nothing is looked up.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["HF_HUB_OFFLINE"] = "1"

import gradio as gr
from fastapi import FastAPI

from index.errors import NotInIndex
from rag.engine import MAX_QUESTION
from rag.types import Answer
from ui import answer_view, beside_view
from ui.desk import Desk
from ui.examples import example_questions
from ui.markup import EMPTY, Html
from ui.page import asset
from ui.problems import known_problem
from ui.turns import Opening, Turn, count

Turns = tuple[Turn, ...]
SkipUpdate = dict[str, Any]
"""What Gradio takes for "leave it as it is"."""
Shown = tuple[Html | SkipUpdate, Html | SkipUpdate, Turns, str | SkipUpdate]
"""The conversation, what lies beside it, the turns it was made from, and what stays in the question's box."""

_KEPT = 50
"""Turns of a conversation that stay on the page; older ones go."""
_READERS = 16
"""Questions that are answered at the same time; others wait."""
_QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private", "trigger_mode": "always_last"}
"""No spinners over the text, no entry in Gradio's own API, and what comes while one is under way is not dropped."""
_AT_ONCE: dict[str, Any] = {**_QUIET, "queue": False}
"""For what is short: one request, one reply. Gradio's queue loses an event that joins just as its stream opens."""

_log = logging.getLogger("onrecord.chat")


def mount_chat(app: FastAPI, desk: Desk) -> None:
    """Put the page at the root of `app`, under everything that is mounted before it."""
    gr.mount_gradio_app(
        app,
        build_chat(desk),
        path="/",
        theme=gr.themes.Base(font=["system-ui", "sans-serif"], font_mono=["ui-monospace", "monospace"]),
        footer_links=[],
        run_history=False,
        show_error=False,
        ssr_mode=False,
        enable_monitoring=False,
        mcp_server=False,
    )


def build_chat(desk: Desk) -> gr.Blocks:
    """The page, to be mounted at the server's root."""
    views = Views(desk)
    with gr.Blocks(title="onrecord", analytics_enabled=False, fill_width=True) as page:
        turns = gr.State(())
        gr.HTML(answer_view.masthead(), apply_default_css=False, js_on_load=None, elem_id="masthead")
        with gr.Row(elem_id="desk"):
            with gr.Column(elem_id="conversation"):
                with gr.Column(elem_id="scroll"):
                    invitation = _pane("invitation", views.invitation(), _REGION.format("Examples"))
                    record = _pane("record", EMPTY, _LOG)
                with gr.Row(elem_id="composer"):
                    question = gr.Textbox(
                        label="Your question",
                        placeholder="Ask the articles on file",
                        lines=1,
                        max_lines=5,
                        max_length=MAX_QUESTION,
                        elem_id="question",
                    )
                    ask = gr.Button("Ask", elem_id="ask", min_width=0)
            with gr.Column(elem_id="beside"):
                beside = _pane("pane", EMPTY, _REGION.format("Sources"))
                shelf = _pane("shelf", views.shelf(), _REGION.format("Articles"))

        # What loading the page fills in stands apart from what asking fills in: a quick question is not overwritten.
        page.load(views.begin, None, [invitation, shelf], **_AT_ONCE)
        shown = [record, beside, turns, question]
        asking = {"concurrency_id": "ask", "concurrency_limit": _READERS, **_QUIET}
        gr.on([question.submit, ask.click], views.ask, [question, turns], shown, **asking)
        invitation.ask(views.ask_example, turns, shown, **asking)
        for pane in (record, beside, shelf):  # events of our own script: `gr.on` takes Gradio's alone
            pane.open(views.open, None, beside, **_AT_ONCE)
            pane.sources(views.sources, turns, beside, **_AT_ONCE)
    made: gr.Blocks = page
    return made


_LOG = 'role="log" aria-label="Conversation" aria-live="polite" aria-relevant="additions text"'
_REGION = 'role="region" aria-label="{}"'


def _pane(name: str, value: Html, role: str) -> gr.HTML:
    # The template must stay free of values: Gradio evaluates a template after filling its {{…}}, so that an
    # article's "${…}" in one would run as a script. `${value}` is put in as it is, after evaluation.
    return gr.HTML(
        value,
        html_template=f'<div class="{name}" {role}>${{value}}</div>',
        js_on_load=asset("desk.js").decode(),
        apply_default_css=False,
        elem_id=name,
    )


class Views:
    """What the page asks for: each takes what was clicked or typed, asks the engine or the index, and renders."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def begin(self) -> tuple[Html, Html]:
        """The page as it opens."""
        return self.invitation(), self.shelf()

    def invitation(self) -> Html:
        """What stands there before the first question, with examples from what is on file."""
        return answer_view.invitation(example_questions(self._desk.index.entries()))

    def shelf(self) -> Html:
        """The articles on file."""
        return beside_view.shelf(self._desk.index.entries())

    def ask(self, question: str, turns: Turns) -> Iterator[Shown]:
        """The conversation as it grows by checked sentences; the question's box is emptied at once."""
        if not question.strip():
            yield gr.skip(), gr.skip(), turns, gr.skip()  # nothing at all would empty the box, whatever is in it by now
            return
        before = turns[-_KEPT + 1 :]
        kept: str | SkipUpdate = ""
        for turn in self._answering(question.strip(), before):
            turns = (*before, turn)
            yield answer_view.record(turns), _beside(turns[-1].answer, len(turns)), turns, kept
            kept = gr.skip()

    def ask_example(self, turns: Turns, event: gr.EventData) -> Iterator[Shown]:
        """As `ask`, with the question that a button carries."""
        yield from self.ask(str(event._data.get("question", ""))[:MAX_QUESTION], turns)

    def open(self, event: gr.EventData) -> Html:
        """The article that a button names, with its quote marked; or that it is no longer on file."""
        wanted = Opening.read(event._data)
        try:
            article = self._desk.index.article(wanted.article)
        except NotInIndex:
            return beside_view.gone(wanted.turn)
        if article.text[wanted.start : wanted.end] != wanted.quote:
            return beside_view.gone(wanted.turn)
        return beside_view.passage(article, (wanted.start, wanted.end), wanted.turn)

    def sources(self, turns: Turns, event: gr.EventData) -> Html:
        """The sources of the answer that a button names; nothing, which shows the articles on file, for no answer."""
        number = count(event._data.get("turn"))
        answer = turns[number - 1].answer if 0 < number <= len(turns) else None
        return beside_view.sources(answer, number) if answer and answer.sources else EMPTY

    def _answering(self, question: str, before: Turns) -> Iterator[Turn]:
        turn = Turn(question)
        history = [earlier.question for earlier in before]
        yield turn
        try:
            for part in self._desk.engine.stream(question, history=history):
                turn = (
                    replace(turn, answer=part)
                    if isinstance(part, Answer)
                    else replace(turn, said=f"{turn.said} {part}")
                )
                yield turn
        except Exception as error:  # noqa: BLE001 - a fault ends this turn, not the conversation
            problem = known_problem(error)
            if problem is None:
                _log.exception("a question could not be answered")
            yield replace(
                turn, problem=problem.line if problem else "This could not be answered; the server's log says why."
            )


def _beside(answer: Answer | None, number: int) -> Html | SkipUpdate:
    if answer is None:
        unchanged: SkipUpdate = gr.skip()
        return unchanged
    return beside_view.sources(answer, number) if answer.sources else EMPTY
