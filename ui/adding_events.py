"""An addition as server-sent events: `progress` on the way, then the `report`, or the `error` that broke it off.

It is looked at now and then and not told of each article, so that it neither waits for its reader nor needs one.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Coroutine
from dataclasses import asdict
from typing import Any

from starlette.background import BackgroundTask
from starlette.responses import StreamingResponse

from ui.documents import Document
from ui.events import event
from ui.openapi import EVENTS
from ui.problem_json import problem_document
from ui.problems import known_problem
from ui.tally import Step, Tally

_LOOK_SECONDS = 0.25

_Adding = asyncio.Task[Document]
_log = logging.getLogger("onrecord.api")


async def events_of(adding: Coroutine[Any, Any, Document], tally: Tally) -> StreamingResponse:
    """The stream of what `adding` does, which `tally` counts; raises what breaks it off before the first step.

    Whether or not its reader stays, the addition goes on to its end, and the request keeps its place until then.
    """
    task = asyncio.create_task(adding)
    while tally.step == Step() and not task.done():
        await asyncio.wait({task}, timeout=_LOOK_SECONDS)
    if task.done():
        task.result()
    task.add_done_callback(_log_fault)
    return StreamingResponse(
        _events(task, tally),
        media_type=EVENTS,
        headers={"Cache-Control": "no-store"},
        background=BackgroundTask(asyncio.wait, {task}),
    )


async def _events(task: _Adding, tally: Tally) -> AsyncIterator[str]:
    told, ended = Step(), False
    while not ended:
        ended = task.done()  # before the step is looked at, so that the last one is told
        if tally.step != told:
            told = tally.step
            yield event("progress", asdict(told))
        if not ended:
            await asyncio.wait({task}, timeout=_LOOK_SECONDS)
    yield _end(task)


def _end(task: _Adding) -> str:
    error = task.exception()
    if error is None:
        return event("report", task.result())
    problem = known_problem(error)
    return event(
        "error",
        problem_document(problem.status, problem.line)
        if problem
        else problem_document(500, "a fault of this server; its log says what happened"),
    )


def _log_fault(task: _Adding) -> None:
    """Says a fault in the log even where nobody reads the stream any more."""
    error = None if task.cancelled() else task.exception()
    if error is not None and known_problem(error) is None:
        _log.error("an addition broke off", exc_info=error)
