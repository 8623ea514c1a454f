"""One writer at a time: a lock of the operating system, which ends with the process that holds it."""

import contextlib
import json
import os
import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from index.errors import IndexInUse, OnrecordError

FILE_NAME = "writer.lock"

if sys.platform == "win32":
    import msvcrt

    def _try_lock(file: IO[str]) -> None:
        # A byte past the holder's line, because Windows also forbids reading what is locked.
        file.seek(1 << 20)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _try_lock(file: IO[str]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextlib.contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Holds the index for writing; raises `IndexInUse` at once, naming the holder, when another has it."""
    path = folder / FILE_NAME
    try:
        file = path.open("a+", encoding="utf-8")
    except OSError as error:
        raise OnrecordError(f"the index {str(folder)!r} may not be written to ({error.strerror})") from error
    with file:
        try:
            _try_lock(file)
        except OSError as error:
            raise IndexInUse(
                f"the index {str(folder)!r} is being written to by {_holder(path)}; try again when it is done"
            ) from error
        _sign(file)
        yield


def _sign(file: IO[str]) -> None:
    """Notes who holds the lock. The file stays afterwards: removing it would let two writers lock two files."""
    command = " ".join([Path(sys.argv[0]).name, *sys.argv[1:]])[:200] if sys.argv else ""
    with contextlib.suppress(OSError):  # a full disk must not keep a removal from being written
        file.seek(0)
        file.truncate()
        json.dump(
            {"pid": os.getpid(), "host": socket.gethostname(), "command": command, "since": int(time.time())}, file
        )
        file.flush()


def _holder(path: Path) -> str:
    """Who holds the lock, in words, as far as its file can be read."""
    try:
        note = json.loads(path.read_text(encoding="utf-8"))
        since = time.strftime("%H:%M:%S", time.localtime(note["since"]))
        return f"process {note['pid']} on {note['host']} ({note['command']!r}, since {since})"
    except (OSError, ValueError, KeyError, TypeError):
        return "another process"


__all__ = ["writing"]
