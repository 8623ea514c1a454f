"""Texts to vectors: the default model run by OpenVINO without torch, any other by sentence-transformers.

`python -m index.encoder` makes the default one ready ahead of time.
"""

import sys
import unicodedata
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.compiled import INPUTS, cache_folder, compile_model
from index.errors import OnrecordError
from index.running import Runner, batches
from index.settings import DEFAULT_ENCODER
from index.torch_encoder import SentenceTransformerEncoder
from index.types import Encoder, Vectors
from index.weights import TOKENIZER, check_file, default_fingerprint, is_default, packaged_folder

if TYPE_CHECKING:
    from tokenizers import Tokenizer

_CHUNK = 1024
"""Texts tokenised and sorted by length at a time, so that memory does not grow with the list."""


def open_encoder(name: str = DEFAULT_ENCODER) -> Encoder:
    """The encoder of that name; nothing is loaded until it is used.

    A name is the folder of a sentence-transformers model, or one that is installed on this machine.
    Raises `ModelUnavailable` for any other.
    """
    return OpenVinoEncoder() if is_default(name) else SentenceTransformerEncoder(name)


class OpenVinoEncoder:
    """all-MiniLM-L6-v2 on the CPU; several threads may use it at once."""

    name = DEFAULT_ENCODER
    dimension = 384
    # What its sentence_bert_config.json says; the 128 in its tokenizer.json is not what sentence-transformers uses.
    max_tokens = 256

    def __init__(self, cache: Path | None = None, folder: Path | None = None) -> None:
        """With the weights in `folder` (default: the installed package) converted into `cache` (the user's)."""
        self._folder = folder
        self._runner = Runner(lambda: compile_model(cache or cache_folder(), folder))

    @property
    def fingerprint(self) -> str:
        """32 hex digits over weights, tokenizer and pooling; bf16 and f32 share it, being one at cosine 0.999."""
        return default_fingerprint()

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text, special ones left out."""
        return [len(found.ids) for found in self._counter.encode_batch(list(texts), add_special_tokens=False)]

    def unknown_share(self, text: str) -> float:
        """Share of the text's tokens, 0..1, that are unknown or of a script other than Latin.

        The model was trained on English; what it makes of other scripts, mostly letter by letter, is noise.
        """
        tokens = self._counter.encode(text, add_special_tokens=False).tokens
        return sum(map(_is_noise, tokens)) / len(tokens) if tokens else 0.0

    def encode(self, texts: Sequence[str]) -> Vectors:
        """(n, 384) float32, unit rows, in the order of `texts`. Raises `ModelUnavailable`."""
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        for first in range(0, len(texts), _CHUNK):
            chunk = list(texts[first : first + _CHUNK])
            tokens = [found.ids for found in self._tokenizer.encode_batch(chunk)]
            for rows in batches([len(ids) for ids in tokens]):
                inputs = zip(INPUTS, _pad([tokens[row] for row in rows]), strict=True)
                vectors[[first + row for row in rows]] = self._runner.run(dict(inputs))
        return vectors

    @cached_property
    def _tokenizer(self) -> "Tokenizer":
        tokenizer = self._read_tokenizer()
        tokenizer.enable_truncation(self.max_tokens)
        return tokenizer

    @cached_property
    def _counter(self) -> "Tokenizer":
        tokenizer = self._read_tokenizer()
        tokenizer.no_truncation()
        return tokenizer

    def _read_tokenizer(self) -> "Tokenizer":
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(check_file(self._folder or packaged_folder(), TOKENIZER)))
        # As shipped it pads every text to 128 tokens.
        tokenizer.no_padding()
        return tokenizer


def _pad(tokens: list[list[int]]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Ids and mask, (n, t) int64 each, padded with 0 to the longest row."""
    ids = np.zeros((len(tokens), max(map(len, tokens))), dtype=np.int64)
    mask = np.zeros_like(ids)
    for row, found in enumerate(tokens):
        ids[row, : len(found)] = found
        mask[row, : len(found)] = 1
    return ids, mask


def _is_noise(token: str) -> bool:
    return token == "[UNK]" or any(
        letter.isalpha() and not unicodedata.name(letter, "").startswith("LATIN") for letter in token
    )


def main() -> int:
    """Make the default encoder ready to start quickly; 0 when it is."""
    try:
        OpenVinoEncoder().encode(["ready?"])
    except (OnrecordError, OSError) as error:
        print(f"onrecord: {error}", file=sys.stderr)
        return 1
    print(f"the encoder {DEFAULT_ENCODER} is ready in {cache_folder()}")
    return 0


__all__ = ["OpenVinoEncoder", "SentenceTransformerEncoder", "open_encoder"]

if __name__ == "__main__":
    sys.exit(main())
