"""What a question over several articles is made of: its clauses, each with its outlet and date, and how they relate."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from rag.outlets import Outlet


class Relation(StrEnum):
    """What a question wants to know of its clauses."""

    ALL = "all"
    """Whether each of them holds."""
    AGREE = "agree"
    """Whether what they are about is told in ways that can both be so."""
    CLASH = "clash"
    """Whether it is told in ways that cannot."""
    CHANGE = "change"
    """Whether something else is told from one to the next."""
    SAME = "same"
    """Whether the same is told in both."""
    BEFORE = "before"
    AFTER = "after"
    """Whether the first was published before, or after, the second."""
    MORE = "more"
    LESS = "less"
    """Whether the first gives the larger, or the smaller, amount."""
    WHO = "who"
    """Whom or what all of them are about."""


@dataclass(frozen=True, slots=True)
class Clause:
    """Words to be found in the articles of `publishers` (any where empty) published from `since` to `until`.

    `is_subject` says that the words name what is spoken of rather than state something.
    """

    text: str
    publishers: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    is_subject: bool = False


@dataclass(frozen=True, slots=True)
class Clauses:
    """A question cut up; `focus` is the noun asked for ("company"), `absent` the outlets named that are not there.

    `aspect` is what a question over two reports asks of both ("the portrayal of the merger"), `options` the two words
    that it gives to choose from ("consistent or inconsistent").
    """

    relation: Relation
    clauses: tuple[Clause, ...]
    focus: str = ""
    aspect: str = ""
    options: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()


def absent_of(outlets: Sequence[Outlet]) -> tuple[str, ...]:
    """The names of the outlets that the index has nothing from."""
    return tuple(dict.fromkeys(outlet.name for outlet in outlets if not outlet.publishers))
