"""The page that Gradio makes, made ours on its way out: our style from the first paint, and one policy."""

import re
from importlib import resources

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.guard import page_policy

STYLE_PATH = "/desk.css"

_CARDS = re.compile(rb'<meta\s+(?:property|name)="(?:og|twitter):[^>]*?/?>\s*', re.DOTALL)
"""Gradio's cards for social networks, which name its own site."""
_OURS = (
    b'<meta name="description" content="Answers from news articles, each with the words that say so." />'
    b'<meta name="robots" content="noindex" />'
    b'<link rel="icon" type="image/svg+xml" href="/favicon.svg" />'
    b'<link rel="stylesheet" href="/desk.css" /></head>'
)


def dress(page: bytes) -> bytes:
    """Gradio's page with our style and description, without its cards."""
    return _CARDS.sub(b"", page).replace(b"</head>", _OURS, 1)


def asset(name: str) -> bytes:
    """A file of the page, as it is served."""
    return resources.files("ui").joinpath("assets", name).read_bytes()


class DressedPage:
    """Wraps an application: its page at the root is dressed, everything else passes as it is."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, or the start and the end of the server."""
        if scope["type"] != "http" or scope["path"] != "/":
            await self._app(scope, receive, send)
            return
        plain = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
        await self._app({**scope, "headers": plain}, receive, _dressing(send))


def _dressing(send: Send) -> Send:
    start: Message = {}
    body = b""

    async def send_dressed(message: Message) -> None:
        nonlocal start, body
        if message["type"] == "http.response.start":
            start = message
            return
        body += message.get("body", b"")
        if message.get("more_body"):
            return
        page = dress(body)
        headers = MutableHeaders(scope=start)
        headers["content-length"] = str(len(page))
        headers["content-security-policy"] = page_policy(page)
        headers["cache-control"] = "no-store"
        await send(start)
        await send({"type": "http.response.body", "body": page})

    return send_dressed
