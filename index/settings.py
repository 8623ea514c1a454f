"""How an index is built and searched, as one value with defaults that work."""

import json
from dataclasses import asdict, dataclass, fields, replace
from typing import Self

from index.errors import BadInput

DEFAULT_ENCODER = "all-MiniLM-L6-v2"

_BUILT = ("encoder", "passage_tokens", "passage_overlap")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What an index remembers of how it was built, and how it weighs what it finds.

    The first three shape what is stored: an index made with others refuses with `IndexMismatch`, and
    `changes` names them. The rest only orders hits, and may differ from one opening to the next.
    """

    encoder: str = DEFAULT_ENCODER
    """Name of a sentence-transformers model, or the path of its folder."""
    passage_tokens: int = 160
    """Upper bound of a passage in the encoder's tokens; leaves room for title and date within its 256."""
    passage_overlap: int = 0
    """Tokens that neighbouring passages share; sentences are not cut, so none are needed for sense."""

    vectors_weight: float = 1.0
    words_weight: float = 0.15
    """What the cosine, and the word score as a share of the best one, count in the score of a hit.

    Added up so they found more than by ranks (Cormack et al. 2009) on news-quiz questions, and more than either alone.
    """
    length_cost: float = 0.06
    """What a passage pays for its length, times log(1 + characters / 400)."""
    repeat_cost: float = 0.2
    """What a passage pays for each better one of the same story; 0 lets one article fill the list."""
    candidates: int = 100
    """How many passages each of the two searches hands to the fusion, at the least."""

    def __post_init__(self) -> None:
        if not self.encoder.strip():
            raise BadInput(f"no encoder is named by {self.encoder!r}; the default is {DEFAULT_ENCODER!r}")
        if self.passage_tokens < 16:
            raise BadInput(f"passage_tokens is {self.passage_tokens!r}; give 16 or more")
        if not 0 <= self.passage_overlap < self.passage_tokens:
            raise BadInput(f"passage_overlap is {self.passage_overlap!r}; give 0 up to below passage_tokens")
        if min(self.vectors_weight, self.words_weight) < 0 or self.vectors_weight + self.words_weight <= 0:
            raise BadInput("vectors_weight and words_weight must not be negative, nor both 0")
        if min(self.length_cost, self.repeat_cost) < 0:
            raise BadInput("length_cost and repeat_cost must not be negative")
        if self.candidates < 1:
            raise BadInput(f"candidates is {self.candidates!r}; give 1 or more")

    def changes(self, stored: Self) -> tuple[str, ...]:
        """The differences from `stored` that would need another index, as "encoder: 'a' instead of 'b'"."""
        return tuple(
            f"{name}: {getattr(self, name)!r} instead of {getattr(stored, name)!r}"
            for name in _BUILT
            if getattr(self, name) != getattr(stored, name)
        )

    def to_json(self) -> str:
        """One line of JSON that `from_json` reads back."""
        return json.dumps(asdict(self), sort_keys=True)

    @classmethod
    def from_json(cls, line: str) -> "Settings":
        """The settings written by `to_json`; names that this version does not know are left out."""
        known = {field.name for field in fields(cls)}
        return replace(cls(), **{name: value for name, value in json.loads(line).items() if name in known})


__all__ = ["DEFAULT_ENCODER", "Settings"]
