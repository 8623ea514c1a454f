"""Gzipped files, unpacked as they are read, and not without end."""

import gzip
import io
from pathlib import Path
from typing import BinaryIO, cast

MAX_UNPACKED = 16 * 2**30
"""So much is unpacked of one file at the most: a small file can hold petabytes of nothing."""


class TooLong(OSError):
    """The file unpacks to more than is read of one file."""


def open_file(path: Path) -> BinaryIO:
    """The bytes of a file, unpacked if its name ends in .gz; OSError at reading when damaged or too many."""
    if path.suffix.lower() != ".gz":
        return path.open("rb")
    return io.BufferedReader(_Bounded(cast(BinaryIO, gzip.open(path, "rb"))))


def unpacked(data: bytes) -> BinaryIO:
    """The bytes that came from elsewhere as a stream, unpacked if they are gzipped; OSError as for a file."""
    if not data.startswith(b"\x1f\x8b"):
        return io.BytesIO(data)
    return io.BufferedReader(_Bounded(cast(BinaryIO, gzip.open(io.BytesIO(data)))))


class _Bounded(io.RawIOBase):
    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._left = MAX_UNPACKED

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        return self._stream.tell()

    def readinto(self, buffer: "memoryview | bytearray") -> int:  # type: ignore[override]
        try:
            data = self._stream.read(len(buffer))
        except EOFError as error:
            raise OSError(f"it is cut short ({error})") from error
        self._left -= len(data)
        if self._left < 0:
            raise TooLong(f"it unpacks to more than {MAX_UNPACKED >> 30} GB")
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._stream.close()
        super().close()


__all__ = ["open_file", "unpacked"]
