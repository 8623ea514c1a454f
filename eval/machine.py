"""What a run ran on: the code, the versions of what it uses, and the machine."""

import hashlib
import os
import platform
import subprocess
from functools import cache
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_CODE = ("index/**/*.py", "rag/**/*.py", "eval/*.py")
_LIBRARIES = ("openvino", "faiss-cpu", "tantivy", "numpy")


@cache
def code_digest() -> str:
    """SHA-256 over the Python files of index, rag and eval: another digest, perhaps other answers."""
    digest = hashlib.sha256()
    for file in sorted(file for pattern in _CODE for file in ROOT.glob(pattern)):
        digest.update(f"{file.relative_to(ROOT).as_posix()}\0".encode() + file.read_bytes() + b"\0")
    return digest.hexdigest()


@cache
def commit() -> str | None:
    """The commit that the code stands at, with "+" where it was changed since; None outside a checkout."""
    try:
        head = _git("rev-parse", "--short=12", "HEAD")
        changed = _git("status", "--porcelain", "--untracked-files=no", "--", "index", "rag", "eval")
    except (OSError, subprocess.SubprocessError):
        return None
    return head + ("+" if changed else "")


def versions() -> dict[str, str]:
    """Versions of Python and of the libraries that decide what is found."""
    found = {"python": platform.python_version()}
    for name in _LIBRARIES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            found[name] = "none"
    return found


def machine() -> dict[str, str | int]:
    """The processor, its cores, and the system."""
    return {"processor": _processor(), "cores": os.cpu_count() or 0, "system": platform.platform(terse=True)}


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _git(*arguments: str) -> str:
    done = subprocess.run(["git", "-C", str(ROOT), *arguments], capture_output=True, text=True, check=True, timeout=10)
    return done.stdout.strip()


__all__ = ["code_digest", "commit", "machine", "versions"]
