"""Nobody unknown comes further than this, where keys are set; behind it, the caller's name stands in a header."""

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from ui.keys import Keys
from ui.problem_json import problem_response
from ui.rates import Rate

USER = "x-onrecord-user"
"""Set here alone; what a caller sends under this name is taken off."""

_ASK = {"WWW-Authenticate": 'Basic realm="onrecord", charset="UTF-8"'}
_TRIES_PER_MINUTE, _TRIES = 6, 10
"""Wrong keys of one address; at 6 a minute a word of a dictionary takes years to find."""


class SignIn:
    """Wraps an application: lets in who has a key, or everybody where no keys are set."""

    def __init__(self, app: ASGIApp, keys: Keys | None) -> None:
        self._app, self._keys = app, keys
        self._wrong = Rate(_TRIES_PER_MINUTE, _TRIES)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, or the start and the end of the server."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        user = ""
        if self._keys is not None:
            address = caller_address(scope)
            sent = Headers(scope=scope).get("authorization")
            if seconds := self._wrong.wait(address):
                refusal = problem_response(429, "too many wrong keys; wait a while", {"Retry-After": str(seconds)})
                await refusal(scope, receive, send)
                return
            known = await run_in_threadpool(self._keys.who, sent)
            if known is None:
                if sent:
                    self._wrong.take(address)
                await problem_response(401, "sign in with a token or a user's name and password", _ASK)(
                    scope, receive, send
                )
                return
            user = known
        headers = [(name, value) for name, value in scope["headers"] if name != USER.encode()]
        await self._app({**scope, "headers": [*headers, (USER.encode(), user.encode())]}, receive, send)


def caller_address(scope: Scope) -> str:
    """Where a request comes from, as far as the connection tells."""
    client: tuple[str, int] | None = scope.get("client")
    return client[0] if client else ""
