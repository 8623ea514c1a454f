"""The engine beside its rules alone, question by question: what the trained heads gain in a benchmark."""

from collections.abc import Sequence
from dataclasses import dataclass

from eval.benchmarks.common import RULES, Case, Json
from eval.comparing import Says, says_of
from eval.intervals import Difference, paired_difference


@dataclass(frozen=True, slots=True)
class Paired:
    """The share of questions right, of a system as it is and by its rules alone, and the paired test between them."""

    system: str
    ours: float
    theirs: float
    difference: Difference

    @property
    def says(self) -> Says:
        """Better, worse, or no difference seen, at 5 %."""
        return says_of(self.difference.value, self.difference.p)

    @property
    def sentence(self) -> str:
        """The outcome in words."""
        gap = self.difference
        return (
            f"{self.says}, {self.ours:.3f} of questions right, by rules {self.theirs:.3f}, "
            f"difference {gap.value:+.3f} ({gap.low:+.3f} to {gap.high:+.3f}), p = {gap.p:.3f}"
        )


def paired(cases: Sequence[Case]) -> tuple[Paired, ...]:
    """One for each system that was asked by its rules alone too; the test is that of `eval.intervals`."""
    by_system: dict[str, list[Case]] = {}
    for case in cases:
        by_system.setdefault(case.system, []).append(case)
    found = []
    for system, ours in by_system.items():
        theirs = next((rows for name, rows in by_system.items() if name != system and _bare(name) == system), None)
        if theirs is None:
            continue
        here, there = ([float(case.right) for case in rows] for rows in (ours, theirs))
        every = [1.0] * len(ours)
        difference = paired_difference((here, every), (there, every), [case.group for case in ours])
        if difference is not None:
            found.append(Paired(system, sum(here) / len(here), sum(there) / len(there), difference))
    return tuple(found)


def paired_dicts(cases: Sequence[Case]) -> list[Json]:
    """The same as JSON."""
    return [
        {"system": pair.system, "ours": pair.ours, "theirs": pair.theirs, "difference": pair.difference.value}
        | {"low": pair.difference.low, "high": pair.difference.high, "p": pair.difference.p, "says": str(pair.says)}
        for pair in paired(cases)
    ]


def _bare(name: str) -> str:
    return name.replace(RULES, "")


__all__ = ["Paired", "paired", "paired_dicts"]
