"""A name for each request, so that what a caller saw can be found in the server's log."""

import re
import uuid
from contextvars import ContextVar

HEADER = "X-Request-Id"

current: ContextVar[str | None] = ContextVar("request_id", default=None)
"""The id of the request that is being answered; None outside of one."""

_FIT = re.compile(r"[\w.:-]{1,64}", re.ASCII)


def name_request(sent: str | None) -> str:
    """The id that the caller sent where it is short and plain, else a new one; `current` from now on."""
    name = sent if sent and _FIT.fullmatch(sent) else uuid.uuid4().hex
    current.set(name)
    return name
