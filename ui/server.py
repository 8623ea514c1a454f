"""The server: HTTP API, MCP and chat on one port, behind one guard."""

import asyncio
import socket
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from importlib import metadata
from pathlib import Path

import uvicorn
from fastapi import FastAPI, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from index import Index
from rag import Engine
from rag.llm import open_model
from ui.api import api_routes
from ui.api_conversations import conversation_routes
from ui.chat import mount_chat
from ui.completions import completion_routes
from ui.desk import Desk
from ui.evaluation_view import REPORT_PATH, report_file
from ui.exits import DONE
from ui.guard import Guard
from ui.hosts import Hosts, hosts_of
from ui.keys import Keys
from ui.listening import address_of
from ui.mcp import mcp_server
from ui.memory import FILE_NAME, Memory
from ui.page import STYLE_PATH, DressedPage, asset
from ui.problem_json import answer_problems, problem_response
from ui.sign_in import SignIn
from ui.turnstile import Limits, Turnstile

_OF_API = ("/api/", "/v1/", "/openapi.json")


def create_app(
    desk: Desk, *, hosts: Hosts | None = None, keys: Keys | None = None, limits: Limits | None = None
) -> ASGIApp:
    """Everything that is served, guarded: the API by itself, so that Gradio's catch-all does not answer for it.

    By default under the names of this machine alone, without keys.
    """
    api, rest = _api(desk), DressedPage(_rest(desk))

    async def served(scope: Scope, receive: Receive, send: Send) -> None:
        of_api = scope["type"] == "http" and scope["path"].startswith(_OF_API)
        await (api if of_api else rest)(scope, receive, send)

    return Guard(SignIn(Turnstile(served, limits or Limits()), keys), hosts or Hosts())


def _api(desk: Desk) -> FastAPI:
    # The documentation pages would load scripts from elsewhere; the schema itself stays.
    app = FastAPI(title="onrecord", version=_version(), docs_url=None, redoc_url=None)
    answer_problems(app)
    app.include_router(api_routes(desk))
    app.include_router(conversation_routes(desk))
    app.include_router(completion_routes(desk))
    return app


def _rest(desk: Desk) -> FastAPI:
    tools = mcp_server(desk)
    tool_routes = tools.streamable_http_app(stateless_http=True, json_response=True).routes

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with tools.session_manager.run():
            yield

    app = FastAPI(openapi_url=None, lifespan=lifespan)
    app.router.routes.extend(tool_routes)
    app.get(STYLE_PATH)(_style)
    app.get("/favicon.svg")(_icon)
    app.get(REPORT_PATH)(lambda: _report(desk))
    mount_chat(app, desk)  # last, as it takes every path that is left
    return app


def serve(
    index: Index,
    listener: socket.socket,
    *,
    model: str | None = None,
    keys: Keys | None = None,
    names: Sequence[str] = (),
    limits: Limits | None = None,
    reports: Path | None = None,
) -> int:
    """Serve on `listener` until stopped; the exit code. Raises ModelUnavailable where a model cannot be used.

    `names` are those by which others reach this machine, where it may be reached; `reports` is the folder of the last
    evaluation.
    """
    if model:
        open_model(model)  # a name that cannot be used is said now, not at the first question
    # Here and not with the first questions: two first inferences at once wait for each other for good in OpenVINO.
    index.encode(["onrecord"])
    engine = Engine(index, model=model)
    desk = Desk(
        index,
        engine,
        models=(model,) if model else (),
        memory=Memory(index.folder / FILE_NAME),
        reports=reports,
        tries=Engine(index, reader=engine.reader) if model else engine,
    )
    hosts = hosts_of(address_of(listener)[0], names)
    with suppress(KeyboardInterrupt):  # uvicorn shuts down in good order, then passes the signal on
        asyncio.run(_serve(listener, lambda: create_app(desk, hosts=hosts, keys=keys, limits=limits)))
    return DONE


async def _serve(listener: socket.socket, make_app: Callable[[], ASGIApp]) -> None:
    # The app is made inside the running loop: Gradio would otherwise make loops of its own and leave them open.
    server = uvicorn.Server(
        uvicorn.Config(make_app(), log_level="warning", server_header=False, timeout_graceful_shutdown=3)
    )
    host, port = address_of(listener)
    print(f"onrecord is at http://{host}:{port} (API under /api, MCP at /mcp). Ctrl-C stops it.", file=sys.stderr)
    await server.serve(sockets=[listener])


def _style() -> Response:
    return Response(asset("desk.css"), media_type="text/css", headers={"Cache-Control": "no-cache"})


def _icon() -> Response:
    return Response(asset("favicon.svg"), media_type="image/svg+xml")


def _report(desk: Desk) -> Response:
    """The report's own page, which holds its style and needs nothing else; a policy keeps it to that."""
    file = report_file(desk.reports)
    if file is None:
        return problem_response(404, "there is no report yet; run: onrecord eval")
    policy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
    return Response(file.read_bytes(), media_type="text/html", headers={"Content-Security-Policy": policy})


def _version() -> str:
    try:
        return metadata.version("onrecord")
    except metadata.PackageNotFoundError:  # run from a tree that was not installed
        return "0"
