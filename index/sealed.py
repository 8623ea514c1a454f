"""Small folders of derived files that are made once, checked at every use and never served damaged."""

import hashlib
import json
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from index.errors import IndexDamaged

SEAL = "seal.json"


def sha256_of(path: Path) -> str:
    """SHA-256 of a file, 64 hex digits. Raises OSError where it cannot be read."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def seal_folder(target: Path, fill: Callable[[Path], None]) -> None:
    """Let `fill` write files into a new folder beside `target`, seal it and rename it into place.

    Whoever reads `target` meanwhile finds the old folder, none, or the whole new one. Of two that seal the same
    target at once, one stands. Raises OSError where the disk refuses.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{target.name}-", dir=target.parent) as beside:
        aside = Path(beside) / "new"
        aside.mkdir()
        fill(aside)
        sums = {file.name: sha256_of(file) for file in sorted(aside.iterdir())}
        (aside / SEAL).write_text(json.dumps(sums, indent=1), encoding="utf-8")
        for file in aside.iterdir():
            _sync(file)
        try:
            # A folder that is not empty cannot be renamed over, so the old one leaves first.
            if target.exists():
                target.rename(Path(beside) / "old")
            aside.rename(target)
        except OSError:
            if not target.exists():  # else another process was as quick, with the same content
                raise


def read_sealed(folder: Path, name: str) -> bytes:
    """The bytes of a sealed file. Raises `IndexDamaged` where they are missing or not what was sealed."""
    path = folder / name
    try:
        data = path.read_bytes()
        sums = json.loads((folder / SEAL).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise IndexDamaged(f"{str(path)!r} cannot be read; it is remade from what it was derived from") from error
    if not isinstance(sums, dict) or sums.get(name) != hashlib.sha256(data).hexdigest():
        raise IndexDamaged(f"{str(path)!r} differs from what was written; it is remade from what it was derived from")
    return data


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


__all__ = ["SEAL", "read_sealed", "seal_folder", "sha256_of"]
