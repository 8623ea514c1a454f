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

    vectors_weight: float = 0.7
    words_weight: float = 0.3
    """Shares in the rank fusion: of those tried on news-quiz questions these found most; equals less than vectors."""
    rank_constant: int = 20
    """The k of reciprocal rank fusion (Cormack et al. 2009, who use 60): smaller trusts the first ranks more."""
    candidates: int = 100
    """How many passages each of the two searches hands to the fusion, at the least."""
    repeat_share: float = 0.5
    """What a passage of an article that has a better one keeps of its score, 0..1; 1 lets one article fill the list."""

    def __post_init__(self) -> None:
        if not self.encoder.strip():
            raise BadInput(f"no encoder is named by {self.encoder!r}; the default is {DEFAULT_ENCODER!r}")
        if self.passage_tokens < 16:
            raise BadInput(f"passage_tokens is {self.passage_tokens!r}; give 16 or more")
        if not 0 <= self.passage_overlap < self.passage_tokens:
            raise BadInput(f"passage_overlap is {self.passage_overlap!r}; give 0 up to below passage_tokens")
        if min(self.vectors_weight, self.words_weight) < 0 or self.vectors_weight + self.words_weight <= 0:
            raise BadInput("vectors_weight and words_weight must not be negative, nor both 0")
        if min(self.rank_constant, self.candidates) < 1:
            raise BadInput("rank_constant and candidates must be 1 or more")
        if not 0 < self.repeat_share <= 1:
            raise BadInput(f"repeat_share is {self.repeat_share!r}; give more than 0, up to 1")

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
