"""The HTTP API: what the contract names, as FastAPI routes."""

import logging
from collections.abc import Iterator
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import StreamingResponse

from index.days import this_day
from index.errors import BadInput
from rag.types import Answer
from ui.api_articles import article_routes
from ui.desk import Desk
from ui.documents import hits_document
from ui.events import event, wants_events
from ui.openapi import EVENTS, EVERYWHERE, STREAMED
from ui.problem_json import problem_document
from ui.problems import known_problem
from ui.schemas import AnswerOut, AskBody, HealthOut, HitsOut, SearchBody

_log = logging.getLogger("onrecord.api")


def api_routes(desk: Desk) -> APIRouter:
    """The routes under /api."""
    router = APIRouter(prefix="/api", responses=EVERYWHERE)

    @router.get("/health", response_model=HealthOut, summary="Whether the server answers, and from what")
    def health() -> dict[str, Any]:
        return {
            "status": "ok",
            "articles": len(desk.index.entries()),
            "generation": desk.index.generation,
            "models": list(desk.models),
        }

    @router.post("/ask", response_model=AnswerOut, responses=STREAMED, summary="Answer a question")
    def ask(body: AskBody, request: Request) -> Any:
        """As JSON, or with `Accept: text/event-stream` as events: `sentence` after `sentence`, then the `answer`."""
        parts = _asked(desk, body)
        if wants_events(request):
            first = next(parts)  # what cannot be asked is a problem now, not an event in a stream
            return StreamingResponse(_events(first, parts), media_type=EVENTS, headers={"Cache-Control": "no-store"})
        return next(part for part in parts if isinstance(part, Answer)).to_dict()

    @router.post("/search", response_model=HitsOut, summary="Find passages")
    def search(body: SearchBody) -> dict[str, Any]:
        filters = body.filters.to_filters() if body.filters else None
        return hits_document(body.query, desk.index.search(body.query, k=body.k, filters=filters, today=this_day()))

    router.include_router(article_routes(desk))
    return router


def _asked(desk: Desk, body: AskBody) -> Iterator[str | Answer]:
    if body.model is not None and body.model not in desk.models:
        raise BadInput(f"the model {body.model!r} is not allowed here; allowed: {', '.join(desk.models) or 'none'}")
    filters = body.filters.to_filters() if body.filters else None
    return desk.engine.stream(
        body.question, history=body.history, as_of=body.as_of, filters=filters, k=body.k, model=body.model
    )


def _events(first: str | Answer, rest: Iterator[str | Answer]) -> Iterator[str]:
    """An answer as it comes; a fault on the way is the event `problem`."""
    try:
        yield _event(first)
        for part in rest:
            yield _event(part)
    except Exception as error:  # noqa: BLE001 - the status is sent by now: the stream has to say it
        problem = known_problem(error)
        if problem is None:
            _log.exception("an answer broke off")
        yield event("problem", problem_document(500, problem.line if problem else "a fault of this server"))


def _event(part: str | Answer) -> str:
    return event("answer", part.to_dict()) if isinstance(part, Answer) else event("sentence", {"text": part})
