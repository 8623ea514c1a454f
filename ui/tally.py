"""How far an addition is, over several sources as over one."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from ui.home import Progress


@dataclass(frozen=True, slots=True)
class Step:
    """How many articles were read, and how many are done, of how many where that is known."""

    read: int = 0
    done: int = 0
    of: int | None = None


class Tally:
    """Counts the articles of one source after another; one thread counts while others look at `step`."""

    def __init__(self) -> None:
        self.step = Step()
        """A value that is put in the place of the last, so that nobody sees half of a change."""
        self._later: list[int] = []
        self._of: int | None = None

    def expect(self, expected: Iterable[int]) -> None:
        """How many articles each source should give, 0 where nothing is known beforehand. This is no step yet."""
        self._later = list(expected)
        self._of = sum(self._later) if all(self._later) else None

    def came(self) -> None:
        """One more article was read. It is done when it is committed, which may be with many others."""
        self.step = replace(self.step, read=self.step.read + 1, of=self._of)

    def next_source(self) -> Progress:
        """What to tell of the next source."""
        before = self.step.done
        del self._later[:1]
        later, known = sum(self._later), all(self._later)

        def progress(done: int, of: int | None) -> None:
            self._of = before + of + later if known and of is not None else None
            self.step = replace(self.step, done=before + done, of=self._of)

        return progress
