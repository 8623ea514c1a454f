"""A conversation as values: what was asked and how, what was said so far, and the answer once it stands."""

from collections.abc import Mapping
from dataclasses import dataclass

from index import Filters
from rag.types import Answer

NO_FILTERS = Filters()


@dataclass(frozen=True, slots=True)
class Asked:
    """How a question was asked and understood.

    `alone` when it was read without those before it; `kind` is what it asks for, in a word; `whole` is the full
    question that a follow-up was read as, None for one that stands by itself; `named` are the articles it speaks of,
    and `bare` is the question without them, None where it would be another one; `since` and `until` are the days that
    it limits its articles to, or those that `recent` words of it ("this week") mean, and `undated` is the question
    without them. `newest` when it wants the newest of several, and `timeless` is it without that. `openly` asks what is
    known of the same names instead. `parts` are the questions that it is made of, where it is more than one.
    """

    filters: Filters = NO_FILTERS
    alone: bool = False
    kind: str = ""
    whole: str | None = None
    named: tuple[str, ...] = ()
    bare: str | None = None
    since: str | None = None
    until: str | None = None
    undated: str | None = None
    recent: str | None = None
    newest: bool = False
    timeless: str | None = None
    openly: str | None = None
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rating:
    """What a reader thinks of an answer, and why."""

    good: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """One question. While it is being answered `said` grows by checked sentences and `answer` is None.

    `problem` is set instead of an answer where none could be given, in one line.
    """

    question: str
    said: str = ""
    answer: Answer | None = None
    problem: str | None = None
    asked: Asked = Asked()
    rating: Rating | None = None

    @property
    def pending(self) -> bool:
        """Whether more is to come."""
        return self.answer is None and self.problem is None


Turns = tuple[Turn, ...]


@dataclass(frozen=True, slots=True)
class Sitting:
    """What one tab of a browser is at: its conversation (None before the first answer) and what limits it."""

    conversation: str | None = None
    turns: Turns = ()
    filters: Filters = NO_FILTERS


@dataclass(frozen=True, slots=True)
class Opening:
    """Which stretch of which article a reader wants to see, and the turn it was cited in (0: none)."""

    article: str
    start: int = 0
    end: int = 0
    quote: str = ""
    turn: int = 0

    @classmethod
    def read(cls, sent: Mapping[str, object]) -> "Opening":
        """From what a browser sent: strings, of which none is trusted; what is no number counts as 0."""
        return cls(
            article=str(sent.get("article", "")),
            start=count(sent.get("start")),
            end=count(sent.get("end")),
            quote=str(sent.get("quote", "")),
            turn=count(sent.get("turn")),
        )


def count(sent: object) -> int:
    """A number that a browser sent, 0 for anything that is none."""
    written = str(sent)
    return int(written) if written.isdecimal() and len(written) < 10 else 0
