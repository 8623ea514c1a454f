"""Answers for programs that speak OpenAI's chat completions: `/v1/models` and `/v1/chat/completions`.

Source of the shapes: https://platform.openai.com/docs/api-reference/chat. Citations stand in the text, under it as
notes, as `url_citation` annotations, and whole in the answer under `onrecord`.
"""

import json
import logging
import re
import time
import uuid
from collections.abc import Iterator
from itertools import chain
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import StreamingResponse

from index.errors import BadInput, NotInIndex
from rag.types import Answer, Citation
from ui import words
from ui.completion_schemas import CompletionBody
from ui.desk import Desk
from ui.openapi import EVENTS, EVERYWHERE, PROBLEMS, STREAMED
from ui.plain import one_line
from ui.problem_json import problem_document
from ui.problems import known_problem

OURS = "onrecord"
"""The name under which the server's own way of answering is offered: the embedded reader, or the operator's model."""

_log = logging.getLogger("onrecord.api")
_MARKER = re.compile(r"\[(\d{1,3})\]")
_NO_TOKENS = {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0}
"""Clients want the field; nothing is billed, and without a language model there are no tokens."""


def completion_routes(desk: Desk) -> APIRouter:
    """The routes under /v1."""
    router = APIRouter(prefix="/v1", tags=["OpenAI-compatible"], responses=EVERYWHERE)
    started = int(time.time())

    def model(name: str) -> dict[str, Any]:
        return {"id": name, "object": "model", "created": started, "owned_by": OURS}

    @router.get("/models", summary="What may be named as model")
    def models() -> dict[str, Any]:
        return {"object": "list", "data": [model(name) for name in (OURS, *desk.models)]}

    @router.get("/models/{name:path}", responses={404: PROBLEMS[404]}, summary="One of them")
    def one_model(name: str) -> dict[str, Any]:
        if name not in (OURS, *desk.models):
            raise NotInIndex(f"there is no model {name!r}; there are {', '.join((OURS, *desk.models))}")
        return model(name)

    @router.post("/chat/completions", responses=STREAMED, summary="Answer the last question")
    def complete(body: CompletionBody, request: Request) -> Any:
        """The answer to the user's last message in the light of those before it, whole or streamed by sentences."""
        parts = _asked(desk, body)
        writing = _Writing(body.model, str(request.base_url))
        if not body.stream:
            return writing.whole(next(part for part in parts if isinstance(part, Answer)))
        first = next(parts)  # what cannot be asked is a problem now, not an event in a stream
        usage = body.stream_options is not None and body.stream_options.include_usage
        return StreamingResponse(
            _events(writing, first, parts, usage=usage),
            media_type=EVENTS,
            headers={"Cache-Control": "no-store"},
        )

    return router


def _asked(desk: Desk, body: CompletionBody) -> Iterator[str | Answer]:
    if body.model not in (OURS, *desk.models):
        raise BadInput(f"the model {body.model!r} is not allowed here; allowed: {', '.join((OURS, *desk.models))}")
    *before, question = body.questions or [""]
    return desk.engine.stream(
        question,
        history=before[-50:],
        as_of=body.as_of,
        filters=body.filters.to_filters() if body.filters else None,
        model=None if body.model == OURS else body.model,
    )


def notes(answer: Answer) -> str:
    """What each marker of the answer stands for, one line each; empty for an answer that cites nothing."""
    return "\n".join(f"[{citation.n}] {_note(citation)}" for citation in answer.citations)


def _note(citation: Citation) -> str:
    place = f"{words.title_words(citation.article)}, {words.place_words(citation.article)}"
    address = f" {one_line(citation.article.url)}" if citation.article.url else ""
    return f"“{one_line(citation.quote)}” ({words.speaker_words(citation)}; {place}){address}"


def annotations(text: str, answer: Answer, base: str) -> list[dict[str, Any]]:
    """Each marker in `text` as a `url_citation`; an article without an address has the one it is read at here."""
    cited = {citation.n: citation for citation in answer.citations}
    return [
        {
            "type": "url_citation",
            "url_citation": {
                "start_index": marker.start(),
                "end_index": marker.end(),
                "title": words.title_words(citation.article),
                "url": citation.article.url or f"{base}api/articles/{citation.article.id}",
            },
        }
        for marker in _MARKER.finditer(text)
        if (citation := cited.get(int(marker[1])))
    ]


class _Writing:
    """The documents of one completion, which share their id, time and model."""

    def __init__(self, model: str, base: str) -> None:
        self._base = base
        self._head = {"id": f"chatcmpl-{uuid.uuid4().hex}", "created": int(time.time()), "model": model}

    def whole(self, answer: Answer) -> dict[str, Any]:
        """A completion."""
        below = notes(answer)
        message = {
            "role": "assistant",
            "content": f"{answer.text}\n\n{below}" if below else answer.text,
            "refusal": None,
            "annotations": annotations(answer.text, answer, self._base),
        }
        choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}
        return {
            **self._head,
            "object": "chat.completion",
            "choices": [choice],
            "usage": _NO_TOKENS,
            "onrecord": answer.to_dict(),
        }

    def chunk(self, delta: dict[str, Any], finish: str | None = None, **more: Any) -> dict[str, Any]:
        """A piece of a streamed completion."""
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
        return {**self._head, "object": "chat.completion.chunk", "choices": [choice], **more}

    def usage(self) -> dict[str, Any]:
        """The last piece, for those who ask for it."""
        return {**self._head, "object": "chat.completion.chunk", "choices": [], "usage": _NO_TOKENS}

    def last(self, said: str, answer: Answer) -> Iterator[dict[str, Any]]:
        """What follows the sentences `said`: the notes, and the answer as data."""
        if below := notes(answer):
            yield self.chunk({"content": f"\n\n{below}"})
        yield self.chunk({"annotations": annotations(said, answer, self._base)}, "stop", onrecord=answer.to_dict())


def _events(writing: _Writing, first: str | Answer, rest: Iterator[str | Answer], *, usage: bool) -> Iterator[str]:
    """The completion as server-sent events; a fault on the way is an event with `error`, and no end is sent."""
    try:
        yield _event(writing.chunk({"role": "assistant", "content": ""}))
        for piece in _pieces(writing, first, rest):
            yield _event(piece)
        if usage:
            yield _event(writing.usage())
        yield "data: [DONE]\n\n"
    except Exception as error:  # noqa: BLE001 - the status is sent by now: the stream has to say it
        problem = known_problem(error)
        if problem is None:
            _log.exception("a completion broke off")
        yield _event(problem_document(500, problem.line if problem else "a fault of this server"))


def _pieces(writing: _Writing, first: str | Answer, rest: Iterator[str | Answer]) -> Iterator[dict[str, Any]]:
    said = ""
    for part in chain((first,), rest):
        if isinstance(part, Answer):
            yield from writing.last(said, part)
        else:
            piece = f" {part}" if said else part
            said += piece
            yield writing.chunk({"content": piece})


def _event(data: dict[str, Any]) -> str:
    return f"data: {json.dumps(data, ensure_ascii=True)}\n\n"
