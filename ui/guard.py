"""The door of the server: under which name, how much may be sent, what stays shut, and what a page may do."""

import re
from base64 import b64encode
from hashlib import sha256
from http import HTTPStatus

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.hosts import Hosts
from ui.problem_json import problem_response
from ui.request_ids import HEADER, name_request
from ui.uploads import MAX_UPLOAD

MAX_BODY = 256 * 1024
"""Bytes of a request; the longest question with every filter has some thousand."""

# Gradio's server has doors that this page does not use: files, uploads, a proxy that fetches other sites, settings,
# run histories. So what is served is named here, and everything else is shut.
_SERVED = re.compile(
    r"/|/api/.*|/v1/.*|/mcp|/openapi\.json|/desk\.css|/evaluation|/favicon\.svg"
    r"|/(assets|static)/[\w./-]+|/config/?|/theme\.css|/manifest\.json|/robots\.txt|/favicon\.ico"
    r"|/gradio_api/(queue/(join|data)|run/\w+|heartbeat/\w+|startup-events|info|theme\.css|reset|cancel)/?"
)

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}
_CLOSED_POLICY = "default-src 'none'; frame-ancestors 'none'"

_INLINE_SCRIPT = re.compile(rb"<script(?![^>]*\bsrc=)[^>]*>(.*?)</script>", re.DOTALL)


class Guard:
    """Wraps an application: refuses what is not meant for it and adds the headers that keep pages in."""

    def __init__(self, app: ASGIApp, hosts: Hosts) -> None:
        self._app, self._hosts = app, hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, or the start and the end of the server."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})  # nothing here speaks it
            return
        headers = Headers(scope=scope)
        guarded = _with_headers(send, _CLOSED_POLICY, name_request(headers.get(HEADER)))
        refusal = _refusal(scope, headers, self._hosts)
        if refusal is not None:
            status, detail = refusal
            await problem_response(status, detail)(scope, receive, guarded)
            return
        await self._app(scope, _limited(receive, _most(scope)), guarded)


def _refusal(scope: Scope, headers: Headers, hosts: Hosts) -> tuple[int, str] | None:
    host = headers.get("host", "")
    if not hosts.serve(host):
        return 421, f"this server does not answer for the host {host!r}"
    origin = headers.get("origin")
    if origin is not None and not hosts.own_page(origin, host, scope["scheme"]):
        return 403, f"requests from pages of {origin!r} are not answered"
    if not _SERVED.fullmatch(scope["path"]):
        return 404, "there is nothing here"
    length = headers.get("content-length", "0")
    if not length.isdecimal() or int(length) > _most(scope):
        return 413, _too_long(_most(scope))
    return None


def _most(scope: Scope) -> int:
    """How many bytes a request may have."""
    return MAX_UPLOAD if scope["path"] == "/api/articles" else MAX_BODY


def _too_long(most: int) -> str:
    return f"a request may have at most {most:,} bytes here"


def page_policy(page: bytes) -> str:
    """A Content-Security-Policy under which nothing of `page` leaves this server: its inline scripts go by hash.

    Gradio's templates need 'unsafe-eval', and its components inline styles.
    """
    hashes = " ".join(
        f"'sha256-{b64encode(sha256(found[1]).digest()).decode()}'" for found in _INLINE_SCRIPT.finditer(page)
    )
    return (
        f"default-src 'self'; script-src 'self' 'unsafe-eval' {hashes}; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data:; font-src 'self'; connect-src 'self'; worker-src 'none'; object-src 'none'; "
        "base-uri 'self'; form-action 'self'; frame-src 'none'; frame-ancestors 'none'"
    )


def _limited(receive: Receive, most: int) -> Receive:
    """`receive` that refuses a body sent in pieces once it has more than `most` bytes."""
    seen = 0

    async def limited() -> Message:
        nonlocal seen
        message = await receive()
        if message["type"] == "http.request":
            seen += len(message.get("body", b""))
            if seen > most:
                raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, _too_long(most))
        return message

    return limited


def _with_headers(send: Send, policy: str, request_id: str) -> Send:
    async def send_guarded(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers[name] = value
            headers.setdefault("Content-Security-Policy", policy)
            headers[HEADER] = request_id
        await send(message)

    return send_guarded
