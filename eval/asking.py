"""Many questions asked of one engine, in parallel, where a crash or a time-out is an outcome and stops nothing."""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Protocol

from rag.types import Answer

if TYPE_CHECKING:
    from index.filters import Filters
    from index.types import Hit

TIMEOUT_SECONDS = 120.0


class Asker(Protocol):
    """What is examined: rag's Engine, a baseline, or a scripted answer."""

    def ask(
        self,
        question: str,
        *,
        history: Sequence[str] = (),
        as_of: str | None = None,
        filters: "Filters | None" = None,
    ) -> Answer:
        """The answer to a question, `history` being those before it; called from several threads."""


class Searcher(Protocol):
    """Where passages are found; the index, or a fake."""

    def search(
        self, query: str, k: int = 10, filters: "Filters | None" = None, today: date | None = None
    ) -> "list[Hit]":
        """The k best passages, best first; `today` as `index.Index.search` has it."""


@dataclass(frozen=True, slots=True)
class Call:
    """One question as it is put to an `Asker`; `history` are the questions before it in the conversation."""

    question: str
    as_of: str | None = None
    filters: "Filters | None" = None
    history: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """What came back: an answer, or None and the reason in one line; `seconds` of wall time either way."""

    answer: Answer | None
    error: str | None
    seconds: float


def ask_one(asker: Asker, call: Call) -> Asked:
    """The outcome of one call; whatever the engine raises becomes its `error`."""
    began = time.perf_counter()
    try:
        answer = asker.ask(call.question, history=call.history, as_of=call.as_of, filters=call.filters)
    except Exception as error:  # noqa: BLE001 - a crash of the engine is a wrong answer, and the other questions go on
        reason = " ".join(f"{type(error).__name__}: {error}".split())
        return Asked(None, reason[:500], time.perf_counter() - began)
    return Asked(answer, None, time.perf_counter() - began)


def ask_all(
    asker: Asker,
    calls: Sequence[Call],
    *,
    threads: int = 2,
    timeout_seconds: float = TIMEOUT_SECONDS,
    done: Callable[[int, Asked], None] | None = None,
) -> list[Asked]:
    """The outcome of every call in its order; `done` hears of each as it comes, in the caller's thread.

    A call that takes longer than `timeout_seconds` is given up; its thread is left behind and another takes over.
    """
    crew = _Crew(asker, calls)
    outcomes: dict[int, Asked] = {}
    try:
        for _ in range(max(1, min(threads, len(calls)))):
            crew.hire()
        while len(outcomes) < len(calls):
            for at, asked in crew.finished(timeout_seconds):
                if at not in outcomes:
                    outcomes[at] = asked
                    if done:
                        done(at, asked)
    finally:
        crew.dismiss()
    return [outcomes[at] for at in range(len(calls))]


class _Crew:
    """Daemon threads that take calls from one queue. A hung one cannot be ended, so it must not hold up the exit."""

    def __init__(self, asker: Asker, calls: Sequence[Call]) -> None:
        self._asker = asker
        self._calls = calls
        self._waiting: SimpleQueue[int] = SimpleQueue()
        self._results: SimpleQueue[tuple[int, Asked]] = SimpleQueue()
        self._began: dict[int, float] = {}
        self._stopped = threading.Event()
        self._members: list[threading.Thread] = []
        for at in range(len(calls)):
            self._waiting.put(at)

    def hire(self) -> None:
        member = threading.Thread(target=self._work, name="onrecord-eval", daemon=True)
        self._members.append(member)
        member.start()

    def finished(self, timeout_seconds: float) -> list[tuple[int, Asked]]:
        """What has come back or been given up since; waits for a moment at the most."""
        try:
            at, asked = self._results.get(timeout=min(1.0, timeout_seconds))
        except Empty:
            return self._given_up(timeout_seconds)
        self._began.pop(at, None)
        return [(at, asked), *self._given_up(timeout_seconds)]

    def _given_up(self, timeout_seconds: float) -> list[tuple[int, Asked]]:
        now = time.monotonic()
        late = [at for at, began in list(self._began.items()) if now - began > timeout_seconds]
        for at in late:
            self._began.pop(at, None)
            self.hire()
        return [(at, Asked(None, f"no answer within {timeout_seconds:g} s", timeout_seconds)) for at in late]

    def dismiss(self) -> None:
        self._stopped.set()
        for member in self._members:
            member.join(timeout=0.2)

    def _work(self) -> None:
        while not self._stopped.is_set():
            try:
                at = self._waiting.get_nowait()
            except Empty:
                return
            self._began[at] = time.monotonic()
            self._results.put((at, ask_one(self._asker, self._calls[at])))


__all__ = ["TIMEOUT_SECONDS", "Asked", "Asker", "Call", "Searcher", "ask_all", "ask_one"]
