"""The process that opens untrusted files: ``python -m index.readers.worker``, driven by `workshop`.

It takes one file after another from its input and answers each on its output, both as a line of JSON with a length
and then the bytes. It may not write files, and its memory and processor time are bounded.
"""

import contextlib
import json
import signal
import sys
from dataclasses import asdict
from typing import BinaryIO

from index.readers.notes import Notes, Source
from index.readers.parsing import Parse, parser_of
from index.types import Article


def main() -> None:
    """Answers files until the input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the program that opened this one, which ends it
    requests, replies = sys.stdin.buffer, sys.stdout.buffer
    # Whatever a library prints must not end up between the replies.
    sys.stdout = sys.stderr
    sys.setrecursionlimit(3000)
    while header := requests.readline():
        request = json.loads(header)
        parser = parser_of(request["kind"])  # imports what it needs, which the file is not charged for
        _limit(request["seconds"], request["megabytes"])
        data = requests.read(request["length"])
        _send(replies, _answer(parser, request, data))


def _answer(parser: Parse, request: dict[str, str], data: bytes) -> dict[str, object]:
    notes = Notes()
    source = Source(request["name"], request["address"])
    articles: list[Article] = []
    try:
        articles = parser(data, source, notes)
    except MemoryError:
        notes.fail(source.name, "takes more memory to open than is allowed")
    # A parser of untrusted files may raise anything; the file is at fault, and the next one must still be read.
    except Exception as error:  # noqa: BLE001
        notes.fail(source.name, f"cannot be opened ({type(error).__name__}: {error})")
    return {
        "articles": [asdict(article) for article in articles],
        "failures": [asdict(failure) for failure in notes.failures],
        "warnings": notes.warnings,
    }


def _send(replies: BinaryIO, answer: dict[str, object]) -> None:
    body = json.dumps(answer).encode()
    replies.write(b"%d\n" % len(body) + body)
    replies.flush()


def _limit(seconds: int, megabytes: int) -> None:
    """Bounds what the process may use from now on; elsewhere than on Unix only time is bounded, by the parent."""
    with contextlib.suppress(ImportError):
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        spent = int(used.ru_utime + used.ru_stime)
        for name, limit in (
            (resource.RLIMIT_AS, megabytes * 2**20),
            (resource.RLIMIT_CPU, spent + seconds + 1),
            (resource.RLIMIT_FSIZE, 0),
            (resource.RLIMIT_CORE, 0),
        ):
            with contextlib.suppress(ValueError, OSError):
                resource.setrlimit(name, (limit, resource.getrlimit(name)[1]))


if __name__ == "__main__":
    main()
