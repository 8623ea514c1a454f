"""How likely a candidate is the answer: what rules, words, vectors and the reading head say of it, weighed together.

A logistic regression, fitted by `eval.training.weighing` on questions that are not part of any report. Its output is
a probability, so it ranks candidates, decides what stays unknown, and is the confidence an answer is given with.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from rag.matching import Term
from rag.pool import TELLING, Found, Pool, Read

TABLE = Path(__file__).parent / "weights" / "weighing.json"

FEATURES = (
    "head", "head_best", "is_read", "no_read", "rule_fit", "both", "coverage", "direct", "similarity", "names_missing",
    "verb_missing", "soft_missing", "kind", "agency", "heading", "typed", "length", "lead", "special",
)  # fmt: skip
"""The names of the features, in their order; see `features_of`."""


@dataclass(frozen=True, slots=True)
class Table:
    """The fitted regression: a weight a feature, and the probability from which an answer is given."""

    intercept: float
    weights: tuple[float, ...]
    threshold: float

    def probability(self, features: Sequence[float]) -> float:
        """The chance, 0..1, that a candidate with these features is the answer."""
        odds = self.intercept + sum(w * x for w, x in zip(self.weights, features, strict=True))
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, odds))))


@lru_cache(maxsize=1)
def read_table(path: Path = TABLE) -> Table:
    """The table as fitted."""
    stored = json.loads(path.read_text(encoding="utf-8"))
    weights = tuple(stored["weights"][name] for name in FEATURES)
    return Table(stored["intercept"], weights, stored["threshold"])


def features_of(
    pool: Pool,
    found: Found,
    *,
    read: Read | None,
    is_read: bool,
    rule_fit: float,
    kind: bool,
    agency: float,
    length: int,
    special: bool,
) -> list[float]:
    """The features of a candidate in `found`, as `FEATURES` names them.

    `read` is what the head made of the passage, `is_read` whether its words are this candidate's, `rule_fit` (0..1)
    how well the rules like it (0: they do not know it), `special` whether a rule made for this kind of question found
    it (who said it, what letters stand for, who somebody is), `kind` whether it is of the kind wanted, `length` its
    words.
    """
    missing = pool.missing(found, range(len(pool.terms)))
    soft = [t for t in missing if not _is_hard(t)]
    telling = sum(1 for t in pool.terms if t.weight >= TELLING and not _is_hard(t))
    answers = read.answers if read is not None else 0.0
    best = max((r.answers for r in pool.readings), default=0.0)
    return [
        _log_odds(answers) if read is not None else _log_odds(0.1),
        float(read is not None and answers >= best),
        float(is_read),
        float(read is None),
        rule_fit,
        float(is_read and rule_fit > 0),
        found.match.coverage,
        found.match.direct,
        found.similarity if found.similarity is not None else 0.1,
        float(sum(1 for t in missing if _is_hard(t))),
        float(any(t.is_verb for t in soft)),
        len(soft) / telling if telling else 0.0,
        float(kind),
        agency,
        float(found.statement.is_heading),
        float(bool(pool.question.measures or pool.question.name_kinds)),
        min(length, 30) / 10,
        float(pool.found[0] is found),
        float(special),
    ]


def _is_hard(term: Term) -> bool:
    return term.is_name or term.quantity is not None


def _log_odds(p: float) -> float:
    p = min(0.995, max(0.005, p))
    return math.log(p / (1 - p))
