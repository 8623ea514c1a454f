"""Untrusted files, opened in a process of its own with bounds on memory and time, so that a bad one harms nothing."""

import json
import os
import subprocess
import sys
import threading
from dataclasses import dataclass
from types import TracebackType
from typing import IO, Any, Self, TypedDict

from index.readers.notes import Notes, Source
from index.types import Article, Failure, Nature

MAX_REPLY = 256 * 2**20
START_SECONDS = 30
"""Beginning the worker and importing a library may take so much longer, on a busy machine."""


class Reply(TypedDict):
    """What the worker answers of a file."""

    articles: list[dict[str, Any]]
    failures: list[dict[str, str]]
    warnings: list[str]


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost to open."""

    seconds: int = 30
    megabytes: int = 2048


class Workshop:
    """Opens files one after another in a worker process, begun at the first and begun again when one breaks it."""

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._worker: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends the worker, if there is one."""
        if self._worker is not None:
            _end(self._worker)
            self._worker = None

    def parse(self, kind: str, data: bytes, source: Source, notes: Notes) -> list[Article]:
        """The articles in a file; none, with a failure noted, if there is none or it breaks the bounds."""
        begun = self._worker is not None
        worker = self._worker = self._worker or _start()
        timed_out = threading.Event()
        timer = threading.Timer(self._limits.seconds + (0 if begun else START_SECONDS), _stop, (worker, timed_out))
        timer.start()
        try:
            reply = self._ask(worker, kind, data, source)
        except (OSError, ValueError, KeyError, EOFError):
            self.close()
            notes.fail(source.name, self._why(worker, timed_out=timed_out.is_set()))
            return []
        finally:
            timer.cancel()
        notes.failures.extend(Failure(**failure) for failure in reply["failures"])
        notes.warnings.extend(reply["warnings"])
        return [_article(fields) for fields in reply["articles"]]

    def _ask(self, worker: subprocess.Popen[bytes], kind: str, data: bytes, source: Source) -> Reply:
        header = {
            "kind": kind,
            "name": source.name,
            "address": source.address,
            "length": len(data),
            "seconds": self._limits.seconds,
            "megabytes": self._limits.megabytes,
        }
        assert worker.stdin is not None
        assert worker.stdout is not None
        worker.stdin.write(json.dumps(header).encode() + b"\n")
        worker.stdin.write(data)
        worker.stdin.flush()
        length = int(worker.stdout.readline(32))
        if length > MAX_REPLY:
            raise ValueError("the reply is too long")
        reply: Reply = json.loads(_exactly(worker.stdout, length))
        return reply

    def _why(self, worker: subprocess.Popen[bytes], *, timed_out: bool) -> str:
        if timed_out or worker.returncode == -24:  # SIGXCPU
            return f"takes longer than {self._limits.seconds} seconds to open"
        return "cannot be opened: the program that reads it broke off"


def _start() -> subprocess.Popen[bytes]:
    # The worker needs the same packages and nothing else of the environment, keys and tokens least of all.
    kept = {
        name: value for name, value in os.environ.items() if name in {"PATH", "LANG", "LC_ALL", "SYSTEMROOT", "TMPDIR"}
    }
    return subprocess.Popen(
        [sys.executable, "-m", "index.readers.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=kept | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONDONTWRITEBYTECODE": "1"},
    )


def _stop(worker: subprocess.Popen[bytes], timed_out: threading.Event) -> None:
    timed_out.set()
    worker.kill()


def _end(worker: subprocess.Popen[bytes]) -> None:
    worker.kill()
    worker.wait()
    for stream in (worker.stdin, worker.stdout):
        if stream is not None:
            try:
                stream.close()
            except OSError:  # what was not yet written to a worker that is gone
                continue


def _exactly(stream: IO[bytes], length: int) -> bytes:
    data = stream.read(length)
    if len(data) < length:
        raise EOFError
    return data


def _article(fields: dict[str, Any]) -> Article:
    """An article from a reply; the worker read untrusted bytes, so that nothing but known fields is taken from it."""
    nature = fields.get("nature")
    texts = {
        name: value if isinstance(value := fields.get(name), str) else None
        for name in ("publisher", "author", "published", "url", "published_from")
    }
    return Article(
        text=str(fields["text"]),
        id=str(fields["id"]),
        title=str(fields["title"]),
        nature=Nature(nature) if nature else None,
        **texts,
    )


__all__ = ["Limits", "Workshop"]
