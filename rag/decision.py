"""How a question came out: what every way of deciding ends in."""

from collections.abc import Sequence
from dataclasses import dataclass

from rag.pool import Pool
from rag.types import Evidence, Verdict


@dataclass(frozen=True, slots=True)
class Decision:
    """How the question came out; `backing` is to be cited in order, `others` bear on it too.

    `missing` names what no statement speaks of, for an unknown.
    """

    verdict: Verdict
    short: str | None = None
    lean: float | None = None
    confidence: float = 0.0
    backing: tuple[Evidence, ...] = ()
    others: tuple[Evidence, ...] = ()
    missing: tuple[str, ...] = ()
    note: str = ""


def unknown(pool: Pool, others: Sequence[Evidence] = ()) -> Decision:
    """The decision that the articles do not say, with what of the question nothing speaks of; `others` bear on it."""
    lean = 0.45 if pool.question.is_yes_no else None
    nearest = pool.found[0].score if pool.found else 0.0
    return Decision(
        Verdict.UNKNOWN,
        lean=lean,
        confidence=round(max(0.3, min(0.95, 1.0 - 0.8 * nearest)), 3),
        others=tuple(others),
        missing=tuple(dict.fromkeys(term.lower for term in pool.never_met())),
    )
