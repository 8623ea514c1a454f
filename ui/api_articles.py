"""The articles over HTTP: listed, read, added and removed."""

import json
from collections.abc import Sequence
from http import HTTPStatus
from io import BytesIO
from typing import Any

from fastapi import APIRouter, Request
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException

from index.errors import NotInIndex
from ui.adding_events import events_of
from ui.desk import Desk
from ui.documents import Document, add_document, article_document, entries_document
from ui.events import wants_events
from ui.openapi import FOLLOWED, PROBLEMS
from ui.schemas import AddBody, AddedOut, ArticleIn, ArticlesOut, RemovedOut, WholeArticleOut
from ui.tally import Tally
from ui.uploads import MAX_FILES, SUFFIXES, Taken, Upload, add_sent

_FORM = {
    "type": "object",
    "properties": {
        "files": {
            "type": "array",
            "maxItems": MAX_FILES,
            "items": {"type": "string", "format": "binary"},
            "description": f"Files that end in {', '.join(SUFFIXES)}.",
        }
    },
    "required": ["files"],
}


def _schema_of_json() -> Document:
    """The schema of what is sent as JSON, in one piece: a reference in it would point outside of the document."""
    schema = AddBody.model_json_schema()
    schema["properties"]["articles"]["items"] = schema.pop("$defs")["ArticleIn"]
    return schema


_BODY: Document = {
    "required": True,
    "content": {"application/json": {"schema": _schema_of_json()}, "multipart/form-data": {"schema": _FORM}},
}
"""Read by hand, as one route takes both kinds."""


def article_routes(desk: Desk) -> APIRouter:
    """The routes under /api/articles."""
    router = APIRouter(tags=["articles"])

    @router.get("/articles", response_model=ArticlesOut, summary="The articles of the index")
    def articles() -> Document:
        return entries_document(desk.index.entries())

    @router.post(
        "/articles",
        response_model=AddedOut,
        responses=FOLLOWED | {415: PROBLEMS[415]},
        openapi_extra={"requestBody": _BODY},
        summary="Add articles: as JSON, as files or by address",
    )
    async def add(request: Request) -> Any:
        """What is new is added, what changed is replaced, what is the same is left; each failure has its reason.

        As JSON, or with `Accept: text/event-stream` as events: `progress`, a few a second at most, and at the end the
        `report`, which is the same JSON. A `progress` says how many articles were `read` and how many are `done`, `of`
        how many (null where that is not known). What breaks it off on the way is the event `error`, a problem.
        """
        tally = Tally()
        adding = _added(desk, request, tally)
        return await events_of(adding, tally) if wants_events(request) else await adding

    @router.get(
        "/articles/{article_id:path}",
        response_model=WholeArticleOut,
        responses={404: PROBLEMS[404]},
        summary="One article with its text",
    )
    def article(article_id: str) -> Document:
        return article_document(desk.index.article(article_id))

    @router.delete(
        "/articles/{article_id:path}",
        response_model=RemovedOut,
        responses={404: PROBLEMS[404]},
        summary="Remove an article",
    )
    def remove(article_id: str) -> Document:
        report = desk.index.remove(article_id)
        if report.missing:
            raise NotInIndex(f"no article has the id {article_id!r}; GET /api/articles lists them")
        return {"removed": list(report.removed), "missing": [], "generation": report.generation}

    return router


async def _added(desk: Desk, request: Request, tally: Tally) -> Document:
    taken = await _taken(desk, request, tally)
    return add_document(taken.report) | {"ids": list(taken.ids)}


async def _taken(desk: Desk, request: Request, tally: Tally) -> Taken:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "multipart/form-data":
        async with request.form(max_files=MAX_FILES, max_fields=0) as form:
            sent = [file for _, file in form.multi_items() if isinstance(file, UploadFile)]
            files = [Upload(file.filename or "", file.file) for file in sent]
            return await run_in_threadpool(add_sent, desk.index, files, tally=tally)
    if kind != "application/json":
        raise HTTPException(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            f"articles come as application/json or multipart/form-data, not as {kind or 'a kind that is not named'}",
        )
    try:
        body = AddBody.model_validate_json(await request.body())
    except ValidationError as error:
        raise RequestValidationError([{**fault, "loc": ("body", *fault["loc"])} for fault in error.errors()]) from None
    return await run_in_threadpool(add_sent, desk.index, _as_upload(body.articles), body.addresses, tally)


def _as_upload(articles: Sequence[ArticleIn]) -> list[Upload]:
    """Articles sent as JSON, as the file that they might have come in."""
    lines = (json.dumps(article.model_dump(exclude_none=True)) + "\n" for article in articles)
    return [Upload("articles.jsonl", BytesIO("".join(lines).encode()))] if articles else []
