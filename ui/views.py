"""What the page asks for: each view takes what was clicked or typed, asks the desk, and renders."""

import logging
import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from index.errors import NotInIndex, OnrecordError
from rag.engine import MAX_QUESTION
from rag.types import Answer
from ui import beside_view, limits_view, record_view, welcome_view
from ui.articles_view import articles_page
from ui.changes import KEPT, Changed, Changes, Sent, read_filters, without
from ui.desk import Desk
from ui.evaluation_view import evaluation_page, read_plots, read_report, report_file
from ui.examples import Examples
from ui.follow_ups import follow_ups
from ui.history_view import history_page
from ui.markup import EMPTY, Html, tag
from ui.next_view import next_questions
from ui.problems import known_problem
from ui.sheet_view import sheet
from ui.turns import Opening, Sitting, Turn, count
from ui.understanding import understood

_log = logging.getLogger("onrecord.chat")

Step = tuple[Sitting, Html | None]
"""Where the conversation is, and what lies beside it; None leaves that as it is."""


class Views:
    """One desk as a page sees it; `owner` is who signed in, "" where nobody does."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._changes = Changes(desk)
        self._examples = Examples(desk.index, desk.trying)
        self._underway = Underway()
        self._suggesting = threading.Lock()
        self._pages: Mapping[str, Callable[[Sitting, str, str], Html]] = {
            "articles": self._articles,
            "history": self._history,
            "evaluation": self._evaluation,
            "limits": self._limits,
        }

    def invitation(self, *, anew: bool = False) -> Html:
        """What stands there before the first question, with examples; `anew`, from what is on file now."""
        articles = len(self._desk.index.entries())
        return welcome_view.invitation(self._examples.find() if anew else self._examples.last, articles)

    def shelf(self) -> Html:
        """The articles on file."""
        return beside_view.shelf(self._desk.index.entries())

    def record(self, sitting: Sitting) -> Html:
        """The conversation."""
        return record_view.record(sitting)

    def limits(self, sitting: Sitting) -> Html:
        """What limits it."""
        return limits_view.limits(sitting.filters)

    def ask(self, question: str, sitting: Sitting, owner: str = "", *, alone: bool = False) -> Iterator[Step]:
        """The conversation as it grows by checked sentences; what came out is kept."""
        before = sitting.turns[-KEPT + 1 :]
        with self._underway:
            for turn in self._answering(question.strip(), replace(sitting, turns=before), alone=alone):
                sitting = replace(sitting, turns=(*before, turn))
                if not turn.pending:
                    sitting = self._kept(sitting, owner)
                yield sitting, _beside(turn.answer, len(sitting.turns))

    def suggest(self, sitting: Sitting) -> Html:
        """What can be asked after the last answer; nothing while any other is being given, or suggested to."""
        last = sitting.turns[-1].answer if sitting.turns else None
        if last is None or not self._suggesting.acquire(blocking=False):
            return EMPTY
        try:
            asked = [turn.asked.whole or turn.question for turn in sitting.turns]
            limits = sitting.filters or None
            found = follow_ups(last, self._desk.trying, asked, limits, lambda: not self._underway.any())
            return next_questions(found, sitting.conversation, len(sitting.turns))
        except Exception:  # noqa: BLE001 - nobody asked for it, so nobody misses it
            _log.exception("no questions could be suggested")
            return EMPTY
        finally:
            self._suggesting.release()

    def answer(self, question: str) -> dict[str, Any]:
        """One answer by itself, which is not kept; raises what the engine raises."""
        return self._desk.engine.ask(question).to_dict()

    def ask_sent(self, sitting: Sitting, sent: Sent, owner: str = "") -> Iterator[Step]:
        """As `ask`, with the question, and the limit to drop or set, that a button or a link carries."""
        question = str(sent.get("question", ""))[:MAX_QUESTION]
        alone = bool(sent.get("alone")) or sent.get("drop") == "context"
        try:
            limited = read_filters(sent) if sent.get("linked") else without(sitting.filters, sent)
        except OnrecordError:  # a link that someone mistyped: the question still stands
            limited = sitting.filters
        if question.strip():
            yield from self.ask(question, replace(sitting, filters=limited), owner, alone=alone)

    def open(self, sent: Sent) -> Html:
        """The article that a button names, with its quote marked; or that it is no longer on file."""
        wanted = Opening.read(sent)
        try:
            article = self._desk.index.article(wanted.article)
        except NotInIndex:
            return beside_view.gone(wanted.turn)
        if article.text[wanted.start : wanted.end] != wanted.quote:
            return beside_view.gone(wanted.turn)
        return beside_view.passage(article, (wanted.start, wanted.end), wanted.turn)

    def sources(self, sitting: Sitting, sent: Sent) -> Html:
        """The sources of the answer that a button names; nothing, which shows the articles on file, for no answer."""
        number = count(sent.get("turn"))
        answer = sitting.turns[number - 1].answer if 0 < number <= len(sitting.turns) else None
        return beside_view.sources(answer, number) if answer and answer.sources else EMPTY

    def show(self, sitting: Sitting, sent: Sent, owner: str = "") -> Html:
        """The page that a button names; nothing for one that there is not."""
        page = self._pages.get(str(sent.get("page", "")))
        return page(sitting, str(sent.get("words", ""))[:200], owner) if page else EMPTY

    def alter(self, sitting: Sitting, sent: Sent, owner: str = "") -> Changed:
        """What a reader changes; what cannot be done is said on a page of its own."""
        try:
            return self._changes.make(sitting, sent, owner)
        except (OnrecordError, OSError, sqlite3.Error) as error:
            problem = known_problem(error)
            if problem is None:
                _log.exception("a change could not be kept")
            line = problem.line if problem else "It could not be kept; the server's log says why."
            return Changed(sitting, sheet("That could not be done", len(sitting.turns), notice=tag("p", line)))

    def _articles(self, sitting: Sitting, words: str, owner: str) -> Html:
        return articles_page(self._desk.index.entries(), words, len(sitting.turns))

    def _history(self, sitting: Sitting, words: str, owner: str) -> Html:
        return history_page(self._desk.memory.conversations(owner, words), words, len(sitting.turns))

    def _evaluation(self, sitting: Sitting, words: str, owner: str) -> Html:
        folder = self._desk.reports
        report, whole = read_report(folder), report_file(folder) is not None
        return evaluation_page(report, len(sitting.turns), drawn=read_plots(folder), whole=whole)

    def _limits(self, sitting: Sitting, words: str, owner: str) -> Html:
        return limits_view.limits_page(sitting.filters, self._desk.index.entries(), len(sitting.turns))

    def _kept(self, sitting: Sitting, owner: str) -> Sitting:
        try:
            return replace(sitting, conversation=self._desk.memory.keep(owner, sitting.conversation, sitting.turns))
        except sqlite3.Error:  # a full disk costs the memory of an answer, not the answer
            _log.exception("a conversation could not be kept")
            return sitting

    def _answering(self, question: str, before: Sitting, *, alone: bool) -> Iterator[Turn]:
        history = [] if alone else [earlier.question for earlier in before.turns]
        turn = Turn(question)
        try:
            entries = self._desk.index.entries()
            last = before.turns[-1].answer if before.turns else None
            said = last.short if last else None
            turn = replace(turn, asked=understood(question, history, before.filters, entries, said=said, alone=alone))
            yield turn
            for part in self._desk.engine.stream(question, history=history, filters=before.filters or None):
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


class Underway:
    """How many answers are being given."""

    def __init__(self) -> None:
        self._count, self._turn = 0, threading.Lock()

    def __enter__(self) -> None:
        with self._turn:
            self._count += 1

    def __exit__(self, *_: object) -> None:
        with self._turn:
            self._count -= 1

    def any(self) -> bool:
        """Whether there is one."""
        return self._count > 0


def _beside(answer: Answer | None, number: int) -> Html | None:
    if answer is None:
        return None
    return beside_view.sources(answer, number) if answer.sources else EMPTY


__all__ = ["Step", "Views"]
