"""How likely a candidate is the answer: what rules, words, vectors and the reading head say of it, weighed together.

The candidates of a question and "the articles do not say" share one certainty among them (a conditional logit,
McFadden 1974), fitted by `eval.training.weighing` on questions that are not part of any report. A candidate's share
ranks it, decides what stays unknown, and is the confidence that an answer is given with.
"""

import math
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from index.types import Span
from rag.asking import Wanted
from rag.logit import Logit, log_odds, read_logit
from rag.matching import NEAR, Term
from rag.pool import TELLING, Found, Pool
from rag.words import split_words

Met: TypeAlias = Mapping[int, frozenset[int]]

TABLES = ("weighing_few", "weighing_many")
SIZES = (40, 1_600)
"""About how many articles each table was fitted among: as many or fewer, as many or more."""

FEATURES = (
    "answers", "best_passage", "words", "behind", "is_read", "unread", "rule_fit", "both", "coverage", "direct",
    "similarity", "names_missing", "names_absent", "amounts_missing", "verb_missing", "soft_missing", "soft_absent",
    "kind", "agency", "heading", "typed", "reason", "length", "lead", "special", "votes", "repeats",
    "found_behind", "found_like",
)  # fmt: skip
"""The names of the features, in their order; see `features_of`."""


def read_weights(among: int) -> Logit:
    """The weights for an answer sought among so many articles, as fitted by `eval.training.weighing`.

    Among a few articles nearly all that is found is on the subject, among many little is: there are two tables, and
    between the sizes that they were fitted on they are mixed by the logarithm of the size.
    """
    few, many = (read_logit(name, FEATURES) for name in TABLES)
    low, high = map(math.log, SIZES)
    return few.towards(many, min(1.0, max(0.0, (math.log(max(among, 1)) - low) / (high - low))))


def agreed_shares(shares: Sequence[float], texts: Sequence[str], *, several: bool = False) -> list[float]:
    """The chance, 0..1, that each candidate's words are the answer, from the candidates' own.

    Candidates that say the same add up: the same words, or words that hold the others and few more ("Kadar",
    "Bruno Kadar"). Where `several` things are asked for, a list has the chance of each of its members as well.
    """
    words = [frozenset(w.lower for w in split_words(text) if w.is_content) for text in texts]

    def agree(own: frozenset[str], others: frozenset[str]) -> bool:
        return _one(own, others) or (several and bool(others) and others <= own and own in lists)

    members = {own: [others for others in words if others < own] for own in words}
    lists = {own for own, inside in members.items() if len(own - frozenset().union(*inside)) <= 3}

    return [
        min(1.0, sum(share for share, others in zip(shares, words, strict=True) if agree(own, others))) for own in words
    ]


def _one(a: frozenset[str], b: frozenset[str]) -> bool:
    """Whether two answers in words say the same: one holds the other and at most three words more."""
    return a == b or (bool(a and b) and (a <= b or b <= a) and abs(len(a) - len(b)) <= 3)


def features_of(
    pool: Pool,
    found: Found,
    span: Span,
    met: Met,
    *,
    rule_fit: float,
    kind: bool,
    agency: float,
    special: bool,
) -> list[float]:
    """The features of the words at `span` of `found`, as `FEATURES` names them.

    `met` is what `met_in_passages` gives. `rule_fit` (0..1) says how well the rules like the words (0: they do not
    know them), `special` whether a rule made for this kind of question found them (who said it, what letters stand
    for, who somebody is), `kind` whether they are of the kind wanted, `agency` (0..1) whether the sentence is about
    who does the asked thing.
    """
    question = pool.question
    missing = pool.missing(found, range(len(pool.terms)))
    soft = [t for t in missing if not _is_hard(t)]
    telling = [i for i, t in enumerate(pool.terms) if t.weight >= TELLING and not _is_hard(t)]
    here = met.get(found.statement.passage.id, frozenset())
    read = pool.passages.get(found.statement.passage.id)
    odds = read.odds_of(found.statement, span) if read else 0.0
    is_read = read is not None and odds >= read.best - 0.05
    most = max((r.answers for r in pool.passages.values()), default=0.0)
    text = found.statement.text[span[0] : span[1]]
    words = [w.stem for w in split_words(text) if w.is_content]
    return [
        log_odds(read.answers if read else 0.1),
        float(read is not None and read.answers >= most),
        max(-8.0, min(8.0, odds)) / 4,
        max(-8.0, odds - read.best) / 4 if read else -1.0,
        float(is_read),
        float(read is None),
        rule_fit,
        float(is_read and rule_fit > 0),
        found.match.coverage,
        found.match.direct,
        found.similarity if found.similarity is not None else 0.1,
        float(sum(1 for t in missing if t.is_name)),
        float(sum(1 for i, t in enumerate(pool.terms) if t.is_name and t.weight >= TELLING and i not in here)),
        float(sum(1 for t in missing if t.quantity is not None)),
        float(any(t.is_verb for t in soft)),
        len(soft) / len(telling) if telling else 0.0,
        sum(1 for i in telling if i not in here) / len(telling) if telling else 0.0,
        float(kind),
        agency,
        float(found.statement.is_heading),
        float(bool(question.measures or question.name_kinds)),
        float(question.wanted is Wanted.REASON),
        min(len(text.split()), 30) / 10,
        float(pool.found[0] is found),
        float(special),
        _votes(pool, found, words),
        sum(w in question.stems for w in words) / len(words) if words else 1.0,
        *_search_features(pool, found),
    ]


def _search_features(pool: Pool, found: Found) -> list[float]:
    """How far the passage is behind the best that the search found, and its own score there."""
    score = pool.hits.get(found.statement.passage.id)
    return [-0.5, 0.0] if score is None else [score - max(pool.hits.values()), score]


def met_in_passages(pool: Pool) -> Met:
    """Which terms each passage, by its id, or its article's title speaks of: their positions in the pool's terms."""
    met: dict[int, set[int]] = {}
    for found in pool.found:
        title = found.match.contexts[0] if found.match.contexts else ()
        inside = met.setdefault(found.statement.passage.id, {i for i, s in enumerate(title) if s >= NEAR})
        inside.update(i for i, place in enumerate(found.match.places) if place is not None)
    return {id: frozenset(inside) for id, inside in met.items()}


def _votes(pool: Pool, found: Found, words: Sequence[str]) -> float:
    """How surely (0..2) other passages are read to give the same words."""
    here = found.statement.passage.id
    return min(2.0, sum(
        r.answers for r in pool.readings
        if r.found.statement.passage.id != here and words
        and [w.stem for w in split_words(r.found.statement.text[slice(*r.span)]) if w.is_content] == words
    ))  # fmt: skip


def _is_hard(term: Term) -> bool:
    return term.is_name or term.quantity is not None
