"""Any sentence-transformers model as an encoder: the only door to sentence-transformers and torch."""

import os
import threading
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index.errors import ModelUnavailable
from index.settings import DEFAULT_ENCODER
from index.types import Vectors
from index.weights import check_files, default_fingerprint, folder_fingerprint, is_default, packaged_folder

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer


class SentenceTransformerEncoder:
    """A sentence-transformers model, run by torch on the CPU; several threads take turns."""

    def __init__(self, name: str = DEFAULT_ENCODER) -> None:
        """Raises `ModelUnavailable` where no model of that name is on this machine; loads it when first used."""
        self.name = DEFAULT_ENCODER if is_default(name) else name
        self._folder = check_files(packaged_folder()) if is_default(name) else find_model(name)
        self._turn = threading.RLock()

    @cached_property
    def fingerprint(self) -> str:
        """32 hex digits over every file of the model; OpenVINO's encoder of the same weights has the same."""
        return default_fingerprint() if is_default(self.name) else folder_fingerprint(self._folder)

    @property
    def dimension(self) -> int:
        """Length d of a vector."""
        return self.model.get_embedding_dimension() or 0

    @property
    def max_tokens(self) -> int:
        """How many tokens of a text are read; the rest has no influence."""
        return self.model.max_seq_length or 512

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text, special ones left out."""
        return [len(self._tokenize(text)) for text in texts]

    def unknown_share(self, text: str) -> float:
        """Share of the text's tokens, 0..1, that the vocabulary does not know."""
        tokens = self._tokenize(text)
        unknown = self.model.tokenizer.unk_token
        return sum(token == unknown for token in tokens) / len(tokens) if tokens else 0.0

    def encode(self, texts: Sequence[str]) -> Vectors:
        """(n, d) float32, unit rows, in the order of `texts`."""
        if not texts:
            return np.empty((0, self.dimension), dtype=np.float32)
        with self._turn:
            found = self.model.encode(list(texts), normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(found, dtype=np.float32)

    @property
    def model(self) -> "SentenceTransformer":
        """The model itself, loaded at the first call. Raises `ModelUnavailable`."""
        with self._turn:
            return self._model

    @cached_property
    def _model(self) -> "SentenceTransformer":
        return _load(self.name, self._folder)

    def _tokenize(self, text: str) -> list[str]:
        # A fast tokenizer refuses two threads at once.
        with self._turn:
            return list(self.model.tokenizer.tokenize(text))


def find_model(name: str) -> Path:
    """The folder of a model that is on this machine: a path, or the name of one fetched before.

    Raises `ModelUnavailable`. Nothing is downloaded unless the environment says HF_HUB_OFFLINE=0.
    """
    try:
        folder = Path(name).expanduser()
        if folder.is_dir():
            return folder
    except (OSError, RuntimeError, ValueError):
        pass  # too long for a path, someone else's home, a null character: then it is no folder
    _stay_offline()
    from huggingface_hub import snapshot_download

    try:
        return Path(snapshot_download(name, local_files_only=os.environ["HF_HUB_OFFLINE"] != "0"))
    except Exception as error:  # a wrong name, none fetched, no network: many kinds, and all mean "not here"
        raise ModelUnavailable(
            f"no encoder {name!r} on this machine; give the folder of a sentence-transformers model, "
            f"or leave it out for {DEFAULT_ENCODER!r}"
        ) from error


def _load(name: str, folder: Path) -> "SentenceTransformer":
    _stay_offline()
    from sentence_transformers import SentenceTransformer
    from transformers.utils.logging import disable_progress_bar

    disable_progress_bar()  # type: ignore[no-untyped-call]  # it ships without types
    try:
        return SentenceTransformer(str(folder), device="cpu", local_files_only=True).eval()
    except Exception as error:  # a foreign folder fails in as many ways as there are kinds of model
        reason = " ".join(str(error).split())[:200]
        raise ModelUnavailable(f"the encoder {name!r} cannot be loaded: {reason}") from error


def _stay_offline() -> None:
    """Keep the libraries from the network; they read this when they are imported."""
    os.environ.setdefault("HF_HUB_OFFLINE", "1")


__all__ = ["SentenceTransformerEncoder", "find_model"]
