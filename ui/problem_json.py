"""Errors over HTTP, as RFC 9457 has them (application/problem+json)."""

import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.routing import compile_path

from index.errors import OnrecordError
from ui import request_ids
from ui.plain import one_line
from ui.problems import known_problem

_log = logging.getLogger("onrecord.api")


RETRY_SECONDS = 2
"""When to come back where the index is being written to, or too many ask."""


def problem_response(status: int, detail: str, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """A problem whose title is the status in words, and whose detail is one line for the caller."""
    later = {"Retry-After": str(RETRY_SECONDS)} if status == HTTPStatus.SERVICE_UNAVAILABLE else {}
    return JSONResponse(
        problem_document(status, detail),
        status_code=status,
        headers={**later, **(headers or {})},
        media_type="application/problem+json",
    )


def problem_document(status: int, detail: str) -> dict[str, Any]:
    """The same as JSON. `error` says it once more for clients of OpenAI's API, which look there."""
    line = one_line(detail)
    return {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": line,
        "request_id": request_ids.current.get(),
        "error": {"message": line, "type": HTTPStatus(status).name.lower(), "param": None, "code": str(status)},
    }


def answer_problems(app: FastAPI) -> None:
    """From now on every error of `app` is a problem in JSON."""

    @app.exception_handler(OnrecordError)
    async def _known(request: Request, error: OnrecordError) -> JSONResponse:
        problem = known_problem(error)
        assert problem is not None  # every OnrecordError is known
        return problem_response(problem.status, problem.line)

    @app.exception_handler(RequestValidationError)
    async def _invalid(request: Request, error: RequestValidationError) -> JSONResponse:
        return problem_response(HTTPStatus.UNPROCESSABLE_ENTITY, "; ".join(_said(fault) for fault in error.errors()))

    @app.exception_handler(HTTPException)
    async def _http(request: Request, error: HTTPException) -> JSONResponse:
        headers = dict(error.headers or {})
        if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED and (methods := _methods(request)):
            headers["Allow"] = ", ".join(sorted(methods))
        return problem_response(error.status_code, str(error.detail), headers)

    @app.exception_handler(Exception)
    async def _fault(request: Request, error: Exception) -> JSONResponse:
        _log.error("the fault of request %s follows", request_ids.current.get())
        return problem_response(HTTPStatus.INTERNAL_SERVER_ERROR, "a fault of this server; its log says what happened")


def _methods(request: Request) -> set[str]:
    """What may be done at an address, by the schema. Starlette names the methods of the first route there alone."""
    paths: dict[str, dict[str, Any]] = request.app.openapi()["paths"]
    fitting = (known for path, known in paths.items() if compile_path(path)[0].fullmatch(request.url.path))
    return {method.upper() for known in fitting for method in known}


def _said(fault: dict[str, object]) -> str:
    where = fault.get("loc")
    path = [str(part) for part in where] if isinstance(where, tuple | list) else []
    parts = path[1:] if path[:1] == ["body"] else path
    return f"{'.'.join(parts) or 'body'}: {fault.get('msg')}"
