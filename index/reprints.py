"""Which articles are one story printed again: near-duplicates by MinHash, and which of them is the original.

The only door to datasketch. Signatures after Broder 1997 over runs of five words; candidates by bands of four
values, so that two articles that share half of their runs meet with probability 0.87, at seven tenths 0.9998.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.agencies import is_agency
from index.dates import date_range
from index.types import Entry

_PERMUTATIONS = 128
_BAND = 4
_RUN = 5
_SAME = 0.7
_SHORTENED = 0.4
_HELD = 0.9
"""The same text: Jaccard from 0.7 up; or one held by the other to nine tenths, and not much shorter."""

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Signature:
    """The least hashes of an article's runs of words, (128,) uint32, and how many runs it has."""

    values: NDArray[np.uint32]
    runs: int

    def to_bytes(self) -> bytes:
        """As it is stored."""
        return self.runs.to_bytes(4, "little") + self.values.astype("<u4").tobytes()

    @classmethod
    def from_bytes(cls, data: bytes) -> "Signature":
        """What `to_bytes` gave."""
        return cls(np.frombuffer(data[4:], dtype="<u4"), int.from_bytes(data[:4], "little"))

    def bands(self) -> list[int]:
        """Keys, signed 64 bits, of which near-duplicates are likely to share one."""
        rows = self.values.reshape(-1, _BAND).astype(np.uint64)
        keys = np.arange(len(rows), dtype=np.uint64)
        for column in rows.T:
            keys = (keys ^ column) * np.uint64(0x9E3779B97F4A7C15)
            keys ^= keys >> np.uint64(29)
        return [int(key) for key in keys.view(np.int64)]


def sign(texts: Iterable[str]) -> Signature:
    """The signature of an article whose passages are `texts`."""
    from datasketch import MinHash  # type: ignore[import-untyped]

    words = [word for text in texts for word in _WORD.findall(text.casefold())]
    runs = {" ".join(words[i : i + _RUN]) for i in range(max(1, len(words) - _RUN + 1))}
    minhash = MinHash(num_perm=_PERMUTATIONS, seed=1, scheme="affine32")
    minhash.update_batch([run.encode("utf-8", "replace") for run in sorted(runs)])
    return Signature(np.asarray(minhash.hashvalues, dtype=np.uint32), len(runs))


def is_reprint(one: Signature, other: Signature) -> bool:
    """Whether the two are one text, or one a shortened version of the other."""
    jaccard = float(np.mean(one.values == other.values))
    shared = jaccard * (one.runs + other.runs) / (1 + jaccard)
    return jaccard >= _SAME or (jaccard >= _SHORTENED and shared >= _HELD * min(one.runs, other.runs))


def choose_origin(entries: Sequence[Entry], credited: Sequence[bool] = ()) -> Entry:
    """The one of several printings that the others go back to.

    A news agency's own, else one that names an agency as where it is from (`credited`, for each of the entries), else
    the earliest; of several the earliest, else the first.
    """

    def rank(place: int) -> tuple[bool, bool, bool, str, int]:
        entry = entries[place]
        own = is_agency(entry.publisher or "")
        named = own or (bool(credited) and credited[place])
        day = date_range(entry.published)[0].isoformat() if entry.published else ""
        return not own, not named, not day, day, place

    return entries[min(range(len(entries)), key=rank)]


__all__ = ["Signature", "choose_origin", "is_reprint", "sign"]
