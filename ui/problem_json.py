"""Errors over HTTP, as RFC 9457 has them (application/problem+json)."""

from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from index.errors import OnrecordError
from ui.plain import one_line
from ui.problems import known_problem


def problem_response(status: int, detail: str) -> JSONResponse:
    """A problem whose title is the status in words, and whose detail is one line for the caller."""
    return JSONResponse(problem_document(status, detail), status_code=status, media_type="application/problem+json")


def problem_document(status: int, detail: str) -> dict[str, str | int]:
    """The same as JSON."""
    return {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": one_line(detail)}


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
        return problem_response(error.status_code, str(error.detail))

    @app.exception_handler(Exception)
    async def _fault(request: Request, error: Exception) -> JSONResponse:
        return problem_response(HTTPStatus.INTERNAL_SERVER_ERROR, "a fault of this server; its log says what happened")


def _said(fault: dict[str, object]) -> str:
    where = fault.get("loc")
    parts = [str(part) for part in where if part != "body"] if isinstance(where, tuple | list) else []
    return f"{'.'.join(parts) or 'body'}: {fault.get('msg')}"
