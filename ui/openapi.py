"""What the schema of the HTTP API says of every route: its problems."""

from typing import Any

from ui.schemas import ProblemOut

Responses = dict[int | str, dict[str, Any]]

PROBLEMS: Responses = {
    status: {"model": ProblemOut, "description": why, "content": {"application/problem+json": {}}}
    for status, why in (
        (400, "The request cannot be read."),
        (401, "A token or a user's name and password is wanted."),
        (404, "There is nothing of that name."),
        (413, "The request is too long."),
        (415, "The request's kind is not taken."),
        (422, "The request cannot be used as it stands."),
        (429, "Too many requests of one caller; Retry-After says when to come back."),
        (503, "The index or a model cannot be reached now, or too many ask; Retry-After says when to come back."),
    )
}
"""By status: what it means, as application/problem+json."""

EVENTS = "text/event-stream"

STREAMED: Responses = {
    200: {"content": {EVENTS: {"schema": {"type": "string"}}}, "description": "The answer, whole or as it comes."}
}
"""What a route answers that streams where it is asked to."""

FOLLOWED: Responses = {
    200: {
        "content": {EVENTS: {"schema": {"type": "string"}}},
        "description": "What adding did; as events, how far it is before that.",
    }
}
"""What adding answers, at its end or as it goes on."""

EVERYWHERE: Responses = {status: PROBLEMS[status] for status in (400, 401, 413, 422, 429, 503)}
"""What any route may answer."""
