"""Two reports, question by question: better, worse, or no difference seen."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from eval.figures import columns
from eval.intervals import Difference, holm, paired_difference
from eval.metrics import HEADLINE, MEASURES, Better
from eval.results import Result

LEVEL = 0.05


class Says(StrEnum):
    """What a paired test allows to be said."""

    BETTER = "better"
    WORSE = "worse"
    NO_DIFFERENCE = "no difference seen"


@dataclass(frozen=True, slots=True)
class Compared:
    """One measure in both reports over the questions they share.

    `says` uses `adjusted`, the p-value adjusted for the number of measures looked at (Holm); a gate looks at
    `difference.p` itself, because a loss on one measure should not hide behind the others.
    """

    measure: str
    ours: float
    theirs: float
    difference: Difference
    adjusted: float

    @property
    def says(self) -> Says:
        """Better, worse, or no difference seen, at 5 % over all measures together."""
        return says_of(self._gain, self.adjusted)

    @property
    def lost(self) -> bool:
        """Whether this measure, looked at alone, is worse at 5 %."""
        return says_of(self._gain, self.difference.p) is Says.WORSE

    @property
    def _gain(self) -> float:
        up = MEASURES[self.measure].better is Better.UP
        return self.difference.value if up else -self.difference.value


@dataclass(frozen=True, slots=True)
class Comparison:
    """A report against an earlier one: on how many shared questions, and what came of each headline measure."""

    against: str
    shared: int
    only_ours: int
    only_theirs: int
    measures: tuple[Compared, ...]


def compare(ours: Sequence[Result], theirs: Sequence[Result], against: str, seed: int = 0) -> Comparison:
    """The headline measures over the questions that both hold, word for word the same."""
    known = {result.key: result for result in theirs}
    pairs = [(result, known[result.key]) for result in ours if result.key in known]
    left, right = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    found: list[tuple[str, Difference, float, float]] = []
    for name in HEADLINE if pairs else ():
        mine, other = columns(left, name), columns(right, name)
        difference = paired_difference(mine, other, [result.group for result in left], seed)
        if difference is not None:
            found.append((name, difference, sum(mine[0]) / sum(mine[1]), sum(other[0]) / sum(other[1])))
    adjusted = holm([difference.p for _, difference, _, _ in found])
    measures = tuple(
        Compared(name, mine, other, difference, p)
        for (name, difference, mine, other), p in zip(found, adjusted, strict=True)
    )
    return Comparison(against, len(pairs), len(ours) - len(pairs), len(theirs) - len(pairs), measures)


def says_of(gain: float, p: float) -> Says:
    """What may be said of a gain (above 0 is good) with the p-value of its paired test, at 5 %."""
    if p >= LEVEL or gain == 0:
        return Says.NO_DIFFERENCE
    return Says.BETTER if gain > 0 else Says.WORSE


__all__ = ["LEVEL", "Compared", "Comparison", "Says", "compare", "says_of"]
