"""The conversations of the chat over HTTP, each for its owner alone: listed, read, taken along, renamed, deleted."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from ui.desk import Desk
from ui.export import conversation_document, conversation_markdown
from ui.memory import Kept
from ui.openapi import EVERYWHERE, PROBLEMS, Responses
from ui.schemas import ConversationOut, ConversationsOut, KeptOut, NameBody
from ui.sign_in import USER


def conversation_routes(desk: Desk) -> APIRouter:
    """The routes under /api/conversations."""
    router = APIRouter(prefix="/api/conversations", tags=["conversations"], responses=EVERYWHERE)
    missing: Responses = {404: PROBLEMS[404]}

    @router.get("", response_model=ConversationsOut, summary="The conversations, the one changed last first")
    def conversations(
        request: Request, search: Annotated[str, Query(max_length=200, description="Words that it holds.")] = ""
    ) -> dict[str, Any]:
        return {"conversations": [_kept(kept) for kept in desk.memory.conversations(_owner(request), search)]}

    @router.get("/{id}", response_model=ConversationOut, responses=missing, summary="One of them, whole")
    def conversation(id: str, request: Request) -> dict[str, Any]:
        return conversation_document(*desk.memory.conversation(_owner(request), id))

    @router.get(
        "/{id}/markdown",
        responses={**missing, 200: {"content": {"text/markdown": {"schema": {"type": "string"}}}}},
        response_class=Response,
        summary="One of them as Markdown",
    )
    def markdown(id: str, request: Request) -> Response:
        text = conversation_markdown(*desk.memory.conversation(_owner(request), id))
        return Response(text, media_type="text/markdown")

    @router.patch("/{id}", response_model=KeptOut, responses=missing, summary="Give it another name")
    def rename(id: str, body: NameBody, request: Request) -> dict[str, Any]:
        desk.memory.rename(_owner(request), id, body.name)
        return _kept(desk.memory.conversation(_owner(request), id)[0])

    @router.delete("/{id}", status_code=204, responses=missing, summary="Delete it")
    def delete(id: str, request: Request) -> None:
        desk.memory.delete(_owner(request), id)

    return router


def _kept(kept: Kept) -> dict[str, Any]:
    return {
        "id": kept.id,
        "name": kept.name,
        "begun": kept.begun,
        "changed": kept.changed,
        "questions": kept.questions,
    }


def _owner(request: Request) -> str:
    return request.headers.get(USER, "")
