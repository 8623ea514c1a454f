"""The heads' weights as committed: adapters, head and calibration in one safetensors file each, checked at every load.

They lie in `rag/weights`, with `SHA256SUMS` and a model card beside them. Imports no model library.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.errors import ModelUnavailable
from index.sealed import sha256_of

Array = NDArray[np.float32]

FOLDER = Path(__file__).parent / "weights"
SUMS = "SHA256SUMS"
PLACES = {
    "query": "attention.self.query",
    "key": "attention.self.key",
    "value": "attention.self.value",
    "intermediate": "intermediate.dense",
    "output": "output.dense",
}
"""The linear layers of a BERT layer that may carry an adapter, by the name that their adapter's weights have."""


@dataclass(frozen=True, slots=True)
class HeadWeights:
    """What was learned for one judgement: `adapters` by place ("0.query.a"), `head` by name, `notes` on its use."""

    name: str
    fingerprint: str
    adapters: Mapping[str, Array]
    head: Mapping[str, Array]
    notes: Mapping[str, list[float]]


def read_weights(name: str, folder: Path = FOLDER) -> HeadWeights:
    """The weights of the head `name`. Raises `ModelUnavailable` where they are missing or not as committed."""
    path = folder / f"{name}.safetensors"
    wanted = _sums(folder).get(path.name)
    try:
        found = sha256_of(path)
    except OSError as error:
        raise ModelUnavailable(f"the {name} head's weights {str(path)!r} cannot be read ({error.strerror})") from error
    if found != wanted:
        raise ModelUnavailable(
            f"{str(path)!r} is not the file it should be (SHA-256 {found[:12]}…, not {(wanted or 'known')[:12]}); "
            "restore it from the project's repository"
        )
    from safetensors import safe_open

    with safe_open(str(path), framework="numpy") as file:
        notes = json.loads(file.metadata()["notes"])
        tensors = {key: file.get_tensor(key).astype(np.float32) for key in file.keys()}  # noqa: SIM118 (no mapping)
    adapters = {key.removeprefix("adapter."): value for key, value in tensors.items() if key.startswith("adapter.")}
    head = {key.removeprefix("head."): value for key, value in tensors.items() if key.startswith("head.")}
    return HeadWeights(name, found[:32], adapters, head, notes)


def write_weights(
    name: str, folder: Path, adapters: Mapping[str, Array], head: Mapping[str, Array], notes: Mapping[str, list[float]]
) -> Path:
    """Write a head's file, in half precision, and enter it in `SHA256SUMS`; the file's path."""
    from safetensors.numpy import save_file

    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.safetensors"
    tensors = {f"adapter.{key}": value for key, value in adapters.items()} | {
        f"head.{key}": value for key, value in head.items()
    }
    halves = {key: np.ascontiguousarray(value, dtype=np.float16) for key, value in tensors.items()}
    save_file(halves, str(path), metadata={"notes": json.dumps(dict(notes))})
    sums = _sums(folder) | {path.name: sha256_of(path)}
    (folder / SUMS).write_text("".join(f"{sums[key]}  {key}\n" for key in sorted(sums)), encoding="ascii")
    return path


def _sums(folder: Path) -> dict[str, str]:
    """SHA-256 by file name, as `sha256sum` writes them; empty where there is no such file."""
    try:
        lines = (folder / SUMS).read_text(encoding="ascii", errors="replace").splitlines()
    except FileNotFoundError:
        return {}
    return {line.split(maxsplit=1)[1]: line.split()[0] for line in lines if len(line.split()) == 2}


__all__ = ["FOLDER", "PLACES", "SUMS", "HeadWeights", "read_weights", "write_weights"]
