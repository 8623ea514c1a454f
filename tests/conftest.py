"""Fakes that keep the Protocols, and small things that many tests need."""

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from index.types import Article, Vectors

DIMENSION = 64


class HashEncoder:
    """An `Encoder` without weights: texts that share words get near vectors, the same ones on every machine."""

    name = "hash"
    dimension = DIMENSION
    max_tokens = 256

    def __init__(self, fingerprint: str = "a0" * 8) -> None:
        self.fingerprint = fingerprint
        self.encoded: list[str] = []
        """Every text it was given, in order."""

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(_words(text)) for text in texts]

    def unknown_share(self, text: str) -> float:
        words = _words(text)
        return sum(not word.isascii() for word in words) / len(words) if words else 0.0

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.encoded.extend(texts)
        vectors = np.zeros((len(texts), DIMENSION), dtype=np.float32)
        for row, text in zip(vectors, texts, strict=True):
            for word in _words(text):
                row += _direction(word)
            norm = float(np.linalg.norm(row))
            if norm > 0:
                row /= norm
            else:
                row[0] = 1.0
        return vectors


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _direction(word: str) -> Vectors:
    """(64,) float32: a random direction that depends on the word alone."""
    seed = int.from_bytes(hashlib.sha256(word.encode()).digest()[:8], "big")
    return np.random.default_rng(seed).standard_normal(DIMENSION).astype(np.float32)


@pytest.fixture
def hash_encoder() -> HashEncoder:
    return HashEncoder()


@pytest.fixture
def index_path(tmp_path: Path) -> Path:
    """Where a test's own index goes; nothing stands there yet."""
    return tmp_path / "index"


@pytest.fixture
def three_articles() -> list[Article]:
    """A claim, its denial and something else, from publishers and days of their own."""
    return [
        Article(
            id="claim",
            title="Northwind in talks to buy Contoso",
            text="Northwind is in talks to buy Contoso, people familiar with the matter said on Monday.\n\n"
            "The deal could be worth $2 billion.",
            publisher="Daily Ledger",
            published="2025-03-03",
        ),
        Article(
            id="denial",
            title="Northwind denies talks with Contoso",
            text='Northwind said on Tuesday there is "no substance" to reports of talks with Contoso.\n\n'
            "Contoso declined to comment.",
            publisher="Morning Wire",
            published="2025-03-04",
        ),
        Article(
            id="weather",
            title="Storm closes the harbour",
            text="A storm closed the harbour on Wednesday.\n\nFerries will run again on Friday, the port said.",
            publisher="Coast Gazette",
            published="2025-03-05",
        ),
    ]


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the data folder, the index or the model choice of the person who runs it."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data-home"))
    for name in ("ONRECORD_INDEX", "ONRECORD_MODEL", "ONRECORD_API_BASE"):
        monkeypatch.delenv(name, raising=False)
