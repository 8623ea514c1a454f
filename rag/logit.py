"""Options that share one certainty among them and "none of these" (a conditional logit, McFadden 1974)."""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "weights"


@dataclass(frozen=True, slots=True)
class Logit:
    """The fitted weights of the features, the log odds of "none", and the share from which an option is taken."""

    none: float
    weights: tuple[float, ...]
    threshold: float

    def odds(self, features: Sequence[float]) -> float:
        """The log odds (unbounded) of an option with these features, comparable within one question."""
        return sum(w * x for w, x in zip(self.weights, features, strict=True))

    def towards(self, other: "Logit", share: float) -> "Logit":
        """These weights and those of `other`, mixed so that `share` (0..1) of each is the other's."""

        def mixed(ours: float, theirs: float) -> float:
            return (1 - share) * ours + share * theirs

        return Logit(
            mixed(self.none, other.none),
            tuple(map(mixed, self.weights, other.weights)),
            mixed(self.threshold, other.threshold),
        )

    def shares(self, odds: Sequence[float]) -> list[float]:
        """The chance of each option, 0..1; what they leave to 1 is the chance of "none"."""
        highest = max([self.none, *odds])
        powers = [math.exp(o - highest) for o in odds]
        total = sum(powers) + math.exp(self.none - highest)
        return [power / total for power in powers]


@cache
def read_logit(name: str, features: tuple[str, ...]) -> Logit:
    """The weights kept under `name`, for these features in their order."""
    stored = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return Logit(stored["none"], tuple(stored["weights"][feature] for feature in features), stored["threshold"])


def write_logit(name: str, features: Sequence[str], logit: Logit) -> None:
    """Keep the weights under `name`."""
    weights = {feature: round(weight, 4) for feature, weight in zip(features, logit.weights, strict=True)}
    stored = {"none": round(logit.none, 4), "weights": weights, "threshold": logit.threshold}
    (FOLDER / f"{name}.json").write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")


def log_odds(p: float) -> float:
    """The log odds of a probability, held within about ±5.3."""
    p = min(0.995, max(0.005, p))
    return math.log(p / (1 - p))
