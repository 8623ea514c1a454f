"""The derived files' manifest: what each must be, byte for byte, for anything to be served from it."""

import hashlib
import json
import os
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from index.errors import IndexDamaged

FILE_NAME = "manifest.json"
FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """Which generation of which index was sealed, by which encoder, and every file's size and SHA-256."""

    index: str
    generation: int
    passages: int
    dimension: int
    encoder: str
    quantizer: str | None = None
    """Hex SHA-256 of the trained lists; None where vectors are searched exactly."""
    files: dict[str, tuple[int, str]] = field(default_factory=dict)
    """Path within the folder → bytes, hex SHA-256."""
    format: int = FORMAT

    def with_files(self, folder: Path, leave_out: frozenset[str] = frozenset()) -> "Manifest":
        """The same, with size and SHA-256 of every file below `folder` but the manifest and those to leave out."""
        return replace(self, files=describe(folder, leave_out))

    def to_json(self) -> bytes:
        """As it is written; the same manifest gives the same bytes."""
        return json.dumps(asdict(self), indent=1, sort_keys=True).encode()


def file_sha256(path: Path) -> str:
    """Hex SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def describe(folder: Path, leave_out: frozenset[str] = frozenset()) -> dict[str, tuple[int, str]]:
    """Size and SHA-256 of every file below `folder`, the manifest and the names in `leave_out` excepted."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path.name not in {FILE_NAME, *leave_out})
    return {path.relative_to(folder).as_posix(): (path.stat().st_size, file_sha256(path)) for path in paths}


def write(folder: Path, manifest: Manifest) -> str:
    """Writes the manifest into `folder`; comes back with the hex SHA-256 of its bytes."""
    data = manifest.to_json()
    (folder / FILE_NAME).write_bytes(data)
    return hashlib.sha256(data).hexdigest()


def read(folder: Path, sha256: str) -> Manifest:
    """The manifest of `folder`; raises `IndexDamaged` unless it has the SHA-256 that was committed."""
    try:
        data = (folder / FILE_NAME).read_bytes()
    except OSError as error:
        raise IndexDamaged(f"{folder.name}/{FILE_NAME} cannot be read ({error.strerror})") from error
    if hashlib.sha256(data).hexdigest() != sha256:
        raise IndexDamaged(f"{folder.name}/{FILE_NAME} is not what was committed")
    fields = json.loads(data)
    fields["files"] = {name: (size, digest) for name, (size, digest) in fields["files"].items()}
    return Manifest(**fields)


def verify(folder: Path, manifest: Manifest) -> None:
    """Raises `IndexDamaged` at the first file whose bytes are not what was committed."""
    for name, (size, digest) in manifest.files.items():
        path = folder / name
        try:
            same = path.stat().st_size == size and file_sha256(path) == digest
        except OSError as error:
            raise IndexDamaged(f"{folder.name}/{name} cannot be read ({error.strerror})") from error
        if not same:
            raise IndexDamaged(f"{folder.name}/{name} is not what was committed")


def sync(folder: Path) -> None:
    """Hands every file below `folder`, and the folders themselves, to the disk."""
    for path in [*folder.rglob("*"), folder]:
        sync_path(path)


def sync_path(path: Path) -> None:
    """Hands one file or folder to the disk; Windows cannot do so for folders and needs it less."""
    if os.name == "nt" and path.is_dir():
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


__all__ = ["Manifest", "describe", "file_sha256", "read", "sync", "sync_path", "verify", "write"]
