"""Vectors of sentences, kept from one question to the next: the same sentences are read again and again."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence

import numpy as np

from index.types import Encoder, Vectors

MAX_VECTORS = 20_000
"""At 384 dimensions about 30 MB."""


class VectorCache:
    """Remembers the vectors of the texts used last; several threads may use it at once."""

    def __init__(self, most: int = MAX_VECTORS) -> None:
        self._most = most
        self._rows: OrderedDict[tuple[str, str], Vectors] = OrderedDict()
        self._lock = threading.Lock()

    def through(self, encoder: Encoder) -> Callable[[Sequence[str]], Vectors]:
        """What encodes texts to (n, d) float32, unit rows, asking `encoder` only for those not yet known."""

        def encode(texts: Sequence[str]) -> Vectors:
            keys = [(encoder.fingerprint, text) for text in texts]
            with self._lock:
                rows = {key: self._rows[key] for key in keys if key in self._rows}
            new = list(dict.fromkeys(key for key in keys if key not in rows))
            if new:
                rows.update(zip(new, encoder.encode([text for _, text in new]), strict=True))
            with self._lock:
                for key in keys:
                    self._rows[key] = rows[key]
                    self._rows.move_to_end(key)
                while len(self._rows) > self._most:
                    self._rows.popitem(last=False)
            return np.stack([rows[key] for key in keys])

        return encode
