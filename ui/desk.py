"""What every face that serves others is handed: the articles, the engine, and which models may be named."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from index import Filters, Index
from rag.types import Answer
from ui.memory import Memory


class Asks(Protocol):
    """What a face needs of an engine; `rag.Engine` is one."""

    def ask(
        self,
        question: str,
        *,
        history: Sequence[str] = (),
        as_of: str | None = None,
        filters: Filters | None = None,
        k: int | None = None,
        model: str | None = None,
    ) -> Answer:
        """The answer that is on record."""

    def stream(
        self,
        question: str,
        *,
        history: Sequence[str] = (),
        as_of: str | None = None,
        filters: Filters | None = None,
        k: int | None = None,
        model: str | None = None,
    ) -> Iterator[str | Answer]:
        """Checked sentences, then the answer."""


@dataclass(frozen=True, slots=True)
class Desk:
    """The articles, who answers from them, and the models a caller may choose (the operator's list).

    `memory` keeps conversations, by default as long as the desk stands; `reports` is where the last evaluation is.
    `tries` answers questions that nobody has asked yet, without a language model; by default `engine` does.
    """

    index: Index
    engine: Asks
    models: tuple[str, ...] = ()
    memory: Memory = field(default_factory=Memory)
    reports: Path | None = None
    tries: Asks | None = None

    @property
    def trying(self) -> Asks:
        """Who answers what nobody has asked yet."""
        return self.tries or self.engine
