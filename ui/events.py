"""Server-sent events (WHATWG HTML, 9.2): who wants them, and how one is written."""

import json
from typing import Any

from starlette.requests import Request

from ui.openapi import EVENTS


def wants_events(request: Request) -> bool:
    """Whether the caller asks for a stream."""
    return EVENTS in request.headers.get("accept", "")


def event(name: str, data: dict[str, Any]) -> str:
    """One event."""
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=True)}\n\n"
