"""Two texts as the one row of tokens that a head reads: `[CLS] question [SEP] title [SEP] passage [SEP]`."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.weights import TOKENIZER, check_file, packaged_folder

if TYPE_CHECKING:
    from tokenizers import Tokenizer

MAX_TOKENS = 256
"""Tokens of a row, special ones included; what does not fit is cut from the end of the passage."""
_MAX_LEFT = 80
_MAX_TITLE = 32
_CLS, _SEP = 101, 102


@dataclass(frozen=True, slots=True)
class Row:
    """Token ids, how many are of the first text, where the passage's begin, and their offsets in the passage."""

    ids: list[int]
    left: int
    first: int
    offsets: list[tuple[int, int]]


def open_tokenizer() -> "Tokenizer":
    """The encoder's tokenizer, neither padding nor cutting. Raises `ModelUnavailable`."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(check_file(packaged_folder(), TOKENIZER)))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def pair_rows(
    tokenizer: "Tokenizer", lefts: Sequence[str], passages: Sequence[str], titles: Sequence[str]
) -> list[Row]:
    """A row for each triple of first text, passage and title; an empty title is left out together with its [SEP]."""
    return [
        _row(left.ids[:_MAX_LEFT], title.ids[:_MAX_TITLE], passage.ids, passage.offsets)
        for left, title, passage in zip(
            *(tokenizer.encode_batch(list(texts), add_special_tokens=False) for texts in (lefts, titles, passages)),
            strict=True,
        )
    ]


def pad(rows: Sequence[Row]) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Ids, mask and token types of the rows, (n, t) int64 each, padded with 0 to the longest."""
    ids = np.zeros((len(rows), max(len(row.ids) for row in rows)), dtype=np.int64)
    mask, types = np.zeros_like(ids), np.zeros_like(ids)
    for at, row in enumerate(rows):
        ids[at, : len(row.ids)] = row.ids
        mask[at, : len(row.ids)] = 1
        types[at, row.left : len(row.ids)] = 1
    return ids, mask, types


def _row(left: list[int], title: list[int], passage: list[int], offsets: list[tuple[int, int]]) -> Row:
    head = [_CLS, *left, _SEP]
    body = [*head, *title, _SEP] if title else head
    kept = MAX_TOKENS - len(body) - 1
    return Row([*body, *passage[:kept], _SEP], len(head), len(body), offsets[:kept])


__all__ = ["MAX_TOKENS", "Row", "open_tokenizer", "pad", "pair_rows"]
