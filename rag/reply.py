"""A language model's reply, read within a deadline and cut into sentences.

A reply is read in a thread of its own, because only so can the reader turn away from a server that hangs; the thread
ends with its connection, which `rag.llm` limits in time and size. How many may run at once is limited too.
"""

import contextlib
import logging
import queue
import re
import threading
import time
import traceback
from collections.abc import Callable, Generator, Iterable, Iterator
from typing import TypeAlias

from index.sentences import sentence_spans

MAX_CHARACTERS = 100_000
"""Of a reply, thoughts included."""
MAX_TRIES = 3
FIRST_PAUSE_SECONDS = 0.5
"""Before a busy server is asked again; twice as long each time."""
MAX_READING = 32
"""Replies being read in this process; more are refused rather than queued."""

_QUEUED = 256
_BUSY_STATUS = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})
OpenStream: TypeAlias = Callable[[], Generator[str, None, None]]
_log = logging.getLogger(__name__)
_reading = threading.BoundedSemaphore(MAX_READING)

_STATUS = {
    401: "did not accept the key", 403: "did not allow the request", 404: "is not known there", 408: "timed out",
    413: "found the request too large", 429: "is asked too often", 500: "failed", 502: "failed", 503: "is overloaded",
    504: "timed out", 529: "is overloaded",
}  # fmt: skip


class ModelFault(Exception):
    """A reply that did not come or broke off; the message is a clause after "the language model"."""


def read_reply(open_stream: OpenStream, ends: float) -> Generator[str, None, None]:
    """The pieces of a reply as they come, until `ends` (`time.monotonic`); asks again when a busy server gave none.

    Raises ModelFault when the reply fails, takes too long or does not end.
    """
    for tries_left in reversed(range(MAX_TRIES)):
        begun = False
        try:
            for piece in _read_once(open_stream, ends):
                begun = True
                yield piece
            return
        except _FailedError as failed:
            pause = _pause(failed.error, MAX_TRIES - 1 - tries_left)
            if begun or not tries_left or pause is None or time.monotonic() + pause >= ends:
                raise ModelFault(_describe(failed.error, begun)) from failed.error
            time.sleep(pause)


class _FailedError(Exception):
    def __init__(self, error: BaseException) -> None:
        super().__init__(str(error))
        self.error = error


def _read_once(open_stream: OpenStream, ends: float) -> Generator[str, None, None]:
    places = _reading
    if not places.acquire(blocking=False):
        raise ModelFault("has too many questions at once")
    inbox: queue.Queue[str | BaseException | None] = queue.Queue(_QUEUED)
    given_up = threading.Event()

    def fill() -> None:
        try:
            _fill(open_stream, inbox, given_up)
        finally:
            places.release()

    try:
        threading.Thread(target=fill, name="onrecord-reply", daemon=True).start()
    except RuntimeError:
        places.release()
        raise ModelFault("cannot be read: this machine starts no more threads") from None
    characters = 0
    try:
        while True:
            try:
                piece = inbox.get(timeout=max(0.0, ends - time.monotonic()))
            except queue.Empty:
                raise ModelFault("did not finish in time" if characters else "did not answer in time") from None
            if piece is None:
                return
            if isinstance(piece, BaseException):
                raise _FailedError(piece)
            characters += len(piece)
            if characters > MAX_CHARACTERS:
                raise ModelFault("did not come to an end")
            yield piece
            if time.monotonic() >= ends:
                raise ModelFault("did not finish in time")
    finally:
        given_up.set()


def _fill(open_stream: OpenStream, inbox: "queue.Queue[str | BaseException | None]", given_up: threading.Event) -> None:
    def put(item: str | BaseException | None) -> bool:
        while not given_up.is_set():
            with contextlib.suppress(queue.Full):
                inbox.put(item, timeout=0.2)
                return True
        return False

    try:
        stream = open_stream()
        try:
            for piece in stream:
                if not put(piece):
                    break
        finally:
            stream.close()
        put(None)
    except Exception as error:  # noqa: BLE001 - any integration may raise anything, and all of it means "no reply"
        _log.debug("a language model's reply failed", exc_info=error)
        _let_go(error)
        put(error)


def _let_go(error: BaseException) -> None:
    """Frees what the frames of an error hold: the connection among it, which nobody else would close."""
    for cause in _causes(error):
        traceback.clear_frames(cause.__traceback__)
        cause.__traceback__ = None


def _pause(error: BaseException, tries: int) -> float | None:
    """Seconds to wait before asking again: the server's, else a short growing time; None: asking again is no use."""
    status = _status(error)
    if status not in _BUSY_STATUS:
        return None
    headers = getattr(getattr(error, "response", None), "headers", None) or {}
    try:
        return max(0.0, float(headers.get("retry-after", "")))
    except ValueError:
        return FIRST_PAUSE_SECONDS * 2.0**tries


def _status(error: BaseException) -> int | None:
    for source in (error, getattr(error, "response", None)):
        status = getattr(source, "status_code", None)
        if isinstance(status, int):
            return status
    return None


def _describe(error: BaseException, begun: bool) -> str:
    """What went wrong in our own words: a server's could be of any size, hold a key, or be markup."""
    status = _status(error)
    if status is not None:
        return f"{_STATUS.get(status, 'refused the request')} (HTTP {status})"
    kinds = {kind.__name__ for cause in _causes(error) for kind in type(cause).__mro__}
    if any("Timeout" in kind for kind in kinds):
        return "did not finish in time" if begun else "did not answer in time"
    if begun:
        return "broke off"
    if kinds & {"ConnectError", "ConnectionError", "ConnectionRefusedError", "gaierror"}:
        return "cannot be reached"
    return "sent no usable reply"


def _causes(error: BaseException) -> Iterator[BaseException]:
    cause: BaseException | None = error
    for _ in range(8):
        if cause is None:
            return
        yield cause
        cause = cause.__cause__ or cause.__context__


_THOUGHT = re.compile(r"<(think|thinking|thought|reasoning)>", re.IGNORECASE)
_BEGUN_TAG = re.compile(r"<[a-z]{0,9}$", re.IGNORECASE)
_MARKER = re.compile(r"[\[【][^\[\]【】\n]{1,60}[\]】]")
_ENDED = re.compile(r"[.!?…][\"'”’»)\]】]*$|[\]】]$")
_MAX_PENDING = 4_000


def cut_sentences(pieces: Iterable[str]) -> Iterator[str]:
    """The sentences of a reply, each as soon as the next one has begun, with the markers that follow its full stop.

    Thoughts in tags are left out, and so is a last sentence without an end. A ModelFault of `pieces` comes through
    after the sentences that were whole by then.
    """
    pending = ""
    try:
        for piece in _without_thoughts(pieces):
            *whole, pending = _split(pending + piece)
            yield from whole
            if len(pending) > _MAX_PENDING:
                yield pending
                pending = ""
    except ModelFault:
        yield from _last(pending)
        raise
    yield from _last(pending)


def _without_thoughts(pieces: Iterable[str]) -> Iterator[str]:
    held, closing = "", ""
    for piece in pieces:
        held += piece
        while opened := None if closing else _THOUGHT.search(held):
            yield held[: opened.start()]
            closing, held = f"</{opened[1].lower()}>", held[opened.end() :]
            held, closing = _after(held, closing)
        if closing:
            held, closing = _after(held, closing)
        if not closing:
            tag = _BEGUN_TAG.search(held)
            ready = tag.start() if tag else len(held)
            yield held[:ready]
            held = held[ready:]
    if not closing:
        yield held


def _after(held: str, closing: str) -> tuple[str, str]:
    """What follows the closing tag and no tag to wait for, or the end of what is held and the same tag."""
    _, found, after = held.partition(closing) if closing in held else held.lower().partition(closing)
    if not found:
        return held[-len(closing) :], closing
    return held[len(held) - len(after) :], ""


def _last(pending: str) -> list[str]:
    """The sentences of what is left, but for one that breaks off."""
    sentences = [text for _, text in _sentences(pending)]
    return sentences if sentences and _ENDED.search(sentences[-1]) else sentences[:-1]


def _split(text: str) -> list[str]:
    """Whole sentences, and as the last item what may still grow."""
    found = _sentences(text)
    # A bracket after a full stop may become the marker of the sentence before it.
    growing = 2 if len(found) > 1 and found[-1][1][0] in "[【" else 1
    if len(found) <= growing:
        return [text]
    return [*(sentence for _, sentence in found[:-growing]), text[found[-growing][0] :]]


def _sentences(text: str) -> list[tuple[int, str]]:
    """Start and text of each sentence, the markers after its full stop included."""
    # Blanked out, a marker is neither the number after "No." nor the first word of a sentence.
    blank = _MARKER.sub(lambda match: " " * len(match.group()), text)
    starts = [start for start, _ in sentence_spans(blank)]
    if not starts:
        return [(0, text.strip())] if text.strip() else []
    starts[0] = 0
    return [(start, text[start:end].strip()) for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]


__all__ = ["ModelFault", "OpenStream", "cut_sentences", "read_reply"]
