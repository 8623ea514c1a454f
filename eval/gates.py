"""The gates: what the figures of a set must hold, kept in `gates.toml`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from eval.comparing import Comparison
from eval.intervals import Interval
from eval.metrics import HEADLINE, MEASURES, Better
from index.errors import BadInput

FILE = Path(__file__).with_name("gates.toml")


@dataclass(frozen=True, slots=True)
class Gate:
    """One bound, which the nearer end of a measure's interval must keep: the lower one of what should be high."""

    measure: str
    bound: float

    @property
    def is_floor(self) -> bool:
        """True for a measure that should be high."""
        return MEASURES[self.measure].better is Better.UP


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one gate came out, in words for the person who reads it."""

    gate: str
    held: bool
    says: str


def read_gates(set_name: str, path: Path = FILE) -> tuple[Gate, ...]:
    """The gates for the set of that name; none for a set the file does not name. Raises BadInput for a wrong file."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise BadInput(f"{path}: cannot be read ({error})") from None
    bounds = table.get(set_name, {})
    for name, bound in bounds.items():
        if name not in MEASURES or MEASURES[name].better is Better.NEITHER:
            raise BadInput(f"{path}: {set_name!r} sets a gate for {name!r}; choose from {', '.join(MEASURES)}")
        if isinstance(bound, bool) or not isinstance(bound, int | float):
            raise BadInput(f"{path}: gate {name!r} of {set_name!r} is {bound!r}; give a number")
    return tuple(Gate(name, float(bound)) for name, bound in bounds.items())


def check_gates(
    gates: tuple[Gate, ...], figures: Mapping[str, Interval], comparison: Comparison | None = None
) -> tuple[Outcome, ...]:
    """How each gate came out, then one outcome for each headline measure of a comparison.

    A measure that could not be taken falls: a gate that looks at nothing must not hold.
    """
    outcomes = [_check(gate, figures.get(gate.measure)) for gate in gates]
    for compared in comparison.measures if comparison else ():
        if compared.measure in HEADLINE:
            spread = f"{compared.ours:.3f}, was {compared.theirs:.3f}, p = {compared.difference.p:.3f}"
            title = MEASURES[compared.measure].title
            outcomes.append(Outcome(f"{title}: no loss", not compared.lost, f"{compared.says} ({spread})"))
    return tuple(outcomes)


def _check(gate: Gate, interval: Interval | None) -> Outcome:
    title = MEASURES[gate.measure].title
    side, end = ("at least", "lower") if gate.is_floor else ("at most", "upper")
    name = f"{title}: {end} bound {side} {gate.bound:g}"
    if interval is None:
        return Outcome(name, False, "not measured")
    reached = interval.low if gate.is_floor else interval.high
    held = reached >= gate.bound if gate.is_floor else reached <= gate.bound
    return Outcome(name, held, f"{reached:.3f} (measured {interval.value:.3f})")


__all__ = ["FILE", "Gate", "Outcome", "check_gates", "read_gates"]
