"""The encoder that an index was built with: found by its name, held to its fingerprint, its queries remembered."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from index.errors import IndexMismatch
from index.types import Encoder, Vectors


@dataclass(frozen=True, slots=True)
class Built:
    """What the vectors of one generation came from; no fingerprint where there are none yet."""

    name: str
    fingerprint: str | None


class Encoders:
    """Encoders of one index, each loaded when it is first needed; for any number of threads."""

    def __init__(self, folder: Path, given: Encoder | None = None) -> None:
        """For the index in `folder`; `given` is used wherever its name is asked for."""
        self._folder = folder
        self._loading = threading.Lock()
        self._known: dict[str, Encoder] = {}
        self._query = lru_cache(maxsize=256)(self._encode_query)
        if given is not None:
            self.give(given)

    def give(self, encoder: Encoder) -> None:
        """Uses this one wherever its name is asked for."""
        self._known[encoder.name] = encoder

    def of(self, built: Built) -> Encoder:
        """The encoder that built those vectors; raises `IndexMismatch` where the one of its name is another now."""
        with self._loading:
            encoder = self._known.get(built.name)
            if encoder is None:
                from index.encoder import open_encoder

                encoder = self._known[built.name] = open_encoder(built.name)
        if built.fingerprint not in (None, encoder.fingerprint):
            raise IndexMismatch(
                f"the index {str(self._folder)!r} was built with another encoder ({str(built.fingerprint)[:12]}, not "
                f"{encoder.name!r} {encoder.fingerprint[:12]}); add its articles to a new index"
            )
        return encoder

    def encode(self, built: Built, texts: Sequence[str]) -> Vectors:
        """(n, d) float32, unit rows; single texts are remembered for a while."""
        return self._query(built, texts[0]) if len(texts) == 1 else self.of(built).encode(texts)

    def _encode_query(self, built: Built, text: str) -> Vectors:
        vectors = self.of(built).encode([text])
        vectors.flags.writeable = False  # it is handed out again
        return vectors


__all__ = ["Built", "Encoders"]
