"""The chat in the browser: which parts the page has, and which view each of its events is for."""

import os
from collections.abc import Iterator
from typing import Any

# Gradio reads these when it is imported: nothing is reported to anyone, nothing is looked up.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["HF_HUB_OFFLINE"] = "1"

import gradio as gr
from fastapi import FastAPI
from gradio.events import api

from index.errors import OnrecordError
from rag.engine import MAX_QUESTION
from ui import welcome_view
from ui.desk import Desk
from ui.markup import EMPTY, Html
from ui.page import asset
from ui.sign_in import USER
from ui.turns import Sitting
from ui.views import Step, Views

SkipUpdate = dict[str, Any]
"""What Gradio takes for "leave it as it is"."""
Update = Html | SkipUpdate
Shown = tuple[Update, Update, Update, Sitting, str | SkipUpdate]
"""The conversation, what lies beside it, what limits it, where it is, and what stays in the question's box."""

_READERS = 16
"""Questions that are answered at the same time; others wait."""
_WAITING = 64
"""Questions that may wait; more are refused."""
_QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private", "trigger_mode": "always_last"}
"""No spinners over the text, no entry in Gradio's own API, and what comes while one is under way is not dropped."""
_AT_ONCE: dict[str, Any] = {**_QUIET, "queue": False}
"""For what is short: one request, one reply. Gradio's queue loses an event that joins just as its stream opens."""


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
    events = Events(views)
    with gr.Blocks(title="onrecord", analytics_enabled=False, fill_width=True) as page:
        api(events.answer, api_name="ask")  # before the others, which would take its name
        sitting = gr.State(Sitting())
        top = _pane("top", welcome_view.masthead(), 'role="banner"')
        with gr.Row(elem_id="desk"):
            with gr.Column(elem_id="conversation"):
                with gr.Column(elem_id="scroll"):
                    invitation = _pane("invitation", views.invitation(anew=True), _REGION.format("Examples"))
                    record = _pane("record", EMPTY, _LOG)
                    following = _pane("next", EMPTY, _REGION.format("What to ask next"))
                limits = _pane("limits", views.limits(Sitting()), _REGION.format("Limits"))
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
        page.load(views.shelf, None, shelf, **_AT_ONCE)
        page.load(lambda: views.invitation(anew=True), None, invitation, **_AT_ONCE)
        shown = [record, beside, limits, sitting, question]
        asking = {"concurrency_id": "ask", "concurrency_limit": _READERS, **_QUIET}
        gr.on([question.submit, ask.click], events.ask, [question, sitting], shown, **asking)
        changed = [record, beside, limits, sitting, invitation, shelf]
        record.suggest(events.suggest, sitting, following, **_AT_ONCE)
        for pane in (
            top,
            invitation,
            record,
            following,
            limits,
            beside,
            shelf,
        ):  # our own events: `gr.on` takes Gradio's
            pane.ask(events.ask_sent, sitting, shown, **asking)
            pane.open(events.open, None, beside, **_AT_ONCE)
            pane.sources(events.sources, sitting, beside, **_AT_ONCE)
            pane.show(events.show, sitting, beside, **_AT_ONCE)
            pane.alter(events.alter, sitting, changed, **_AT_ONCE)
    made: gr.Blocks = page.queue(max_size=_WAITING)
    return made


_LOG = 'role="log" aria-label="Conversation" aria-live="off"'
"""Silent by itself: the page says each sentence once, without the buttons and quotes around it (`speak` in desk.js)."""
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


class Events:
    """The views as Gradio calls them: what was sent and by whom comes in its way, and goes back in its way."""

    def __init__(self, views: Views) -> None:
        self._views = views

    def ask(self, question: str, sitting: Sitting, request: gr.Request) -> Iterator[Shown]:
        """What was typed; the question's box is emptied at once."""
        if not question.strip():
            # Nothing at all would empty the box, whatever is in it by now.
            yield gr.skip(), gr.skip(), gr.skip(), sitting, gr.skip()
            return
        yield from self._shown(self._views.ask(question, sitting, _owner(request)), "")

    def ask_sent(self, sitting: Sitting, event: gr.EventData, request: gr.Request) -> Iterator[Shown]:
        """What a button or a link carries."""
        yield from self._shown(self._views.ask_sent(sitting, event._data, _owner(request)), gr.skip())

    def answer(self, question: str) -> dict[str, Any]:
        """What is on record about a question, as the HTTP API gives it; for programs that use Gradio's client."""
        try:
            return self._views.answer(question)
        except OnrecordError as error:
            raise gr.Error(str(error)) from error

    def open(self, event: gr.EventData) -> Html:
        """An article, or the passage of a quote."""
        return self._views.open(event._data)

    def sources(self, sitting: Sitting, event: gr.EventData) -> Html:
        """The sources of an answer."""
        return self._views.sources(sitting, event._data)

    def suggest(self, sitting: Sitting) -> Html:
        """What can be asked after the last answer."""
        return self._views.suggest(sitting)

    def show(self, sitting: Sitting, event: gr.EventData, request: gr.Request) -> Html:
        """A page over the conversation."""
        return self._views.show(sitting, event._data, _owner(request))

    def alter(
        self, sitting: Sitting, event: gr.EventData, request: gr.Request
    ) -> tuple[Update, Update, Html, Sitting, Html, Html]:
        """What a reader changes."""
        changed = self._views.alter(sitting, event._data, _owner(request))
        return (
            self._views.record(changed.sitting) if changed.record else gr.skip(),
            gr.skip() if changed.beside is None else changed.beside,
            self._views.limits(changed.sitting),
            changed.sitting,
            self._views.invitation(),
            self._views.shelf(),
        )

    def _shown(self, steps: Iterator[Step], box: str | SkipUpdate) -> Iterator[Shown]:
        for sitting, beside in steps:
            limits = self._views.limits(sitting)
            yield self._views.record(sitting), gr.skip() if beside is None else beside, limits, sitting, box
            box = gr.skip()


def _owner(request: gr.Request) -> str:
    """Who signed in, as the server's own door wrote it down."""
    return str(request.headers.get(USER, ""))
