"""How much is done at once, and for whom: what is too much is refused at once, with the time to come back."""

import asyncio
from dataclasses import dataclass

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from ui.problem_json import problem_response
from ui.rates import Rate
from ui.sign_in import USER, caller_address

_WORK = frozenset({"/api/ask", "/api/search", "/api/articles", "/v1/chat/completions", "/mcp"})
"""What encodes or reads, and so takes a place while it runs."""
_JOIN = "/gradio_api/queue/join"
"""A question of the page; Gradio's own queue gives it its place."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one server does: requests at a time, those that may wait for a place, and how long.

    `per_minute` is what each caller may ask, None for as much as there is room for.
    """

    working: int = 16
    waiting: int = 32
    wait_seconds: float = 10.0
    per_minute: int | None = None


class Turnstile:
    """Wraps an application: at most so many requests that are work at a time, and so many of one caller."""

    def __init__(self, app: ASGIApp, limits: Limits) -> None:
        self._app, self._limits = app, limits
        self._rate = Rate(limits.per_minute, max(10, limits.per_minute // 2)) if limits.per_minute else None
        self._places = asyncio.Semaphore(limits.working)
        self._here = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, or the start and the end of the server."""
        if scope["type"] != "http" or scope["method"] != "POST" or scope["path"].rstrip("/") not in {*_WORK, _JOIN}:
            await self._app(scope, receive, send)
            return
        caller = Headers(scope=scope).get(USER) or caller_address(scope)
        if self._rate and (seconds := self._rate.take(caller)):
            too_often = f"at most {self._limits.per_minute} requests a minute"
            await problem_response(429, too_often, {"Retry-After": str(seconds)})(scope, receive, send)
        elif scope["path"].startswith(_JOIN):
            await self._app(scope, receive, send)
        elif self._here >= self._limits.working + self._limits.waiting:
            await _full(scope, receive, send)
        else:
            await self._in_turn(scope, receive, send)

    async def _in_turn(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._here += 1
        try:
            async with asyncio.timeout(self._limits.wait_seconds):
                await self._places.acquire()
        except TimeoutError:
            self._here -= 1
            await _full(scope, receive, send)
            return
        except BaseException:
            self._here -= 1
            raise
        try:
            await self._app(scope, receive, send)
        finally:
            self._places.release()
            self._here -= 1


async def _full(scope: Scope, receive: Receive, send: Send) -> None:
    await problem_response(503, "too many ask at once; come back in a moment")(scope, receive, send)
