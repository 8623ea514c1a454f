"""What went wrong, as an exit code or an HTTP status and one line for the person who asked."""

import errno
from dataclasses import dataclass
from http import HTTPStatus

from index.errors import BadInput, IndexDamaged, IndexInUse, ModelUnavailable, NotInIndex, OnrecordError
from ui.exits import FAILED, WRONG_USAGE
from ui.plain import one_line

_STATUS: tuple[tuple[type[OnrecordError], HTTPStatus], ...] = (
    (BadInput, HTTPStatus.UNPROCESSABLE_ENTITY),
    (NotInIndex, HTTPStatus.NOT_FOUND),
    (IndexInUse, HTTPStatus.SERVICE_UNAVAILABLE),
    (IndexDamaged, HTTPStatus.SERVICE_UNAVAILABLE),
    (ModelUnavailable, HTTPStatus.SERVICE_UNAVAILABLE),
)

_NEXT_STEP = {
    errno.ENOSPC: "; free some space and run it again",
    errno.EACCES: "; name a folder of your own with --index",
    errno.EROFS: "; name a folder that can be written with --index",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """What happened in one line, and whose turn it is: as an exit code and as an HTTP status."""

    line: str
    exit_code: int
    status: HTTPStatus


def known_problem(error: BaseException) -> Problem | None:
    """The problem that `error` stands for; None for a fault of this program, which keeps its traceback."""
    if isinstance(error, OnrecordError):
        status = next((status for kind, status in _STATUS if isinstance(error, kind)), HTTPStatus.INTERNAL_SERVER_ERROR)
        return Problem(one_line(str(error)), WRONG_USAGE if isinstance(error, BadInput) else FAILED, status)
    if isinstance(error, OSError):
        return Problem(_os_line(error), FAILED, HTTPStatus.SERVICE_UNAVAILABLE)
    return None


def _os_line(error: OSError) -> str:
    reason = error.strerror or str(error) or type(error).__name__
    where = f" {str(error.filename)!r}" if error.filename else ""
    return one_line(f"{reason}{where}{_NEXT_STEP.get(error.errno or 0, '')}")
