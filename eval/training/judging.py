"""Fits how statements are weighed for a yes and a no (`rag.judging`) on questions that no report counts.

It learns from the development questions beside this file and from the tuning halves of the fixed sets; the sealed
halves are never read. ``python -m eval.training.judging`` writes `rag/weights/judging.json` and prints what leaving
one fold of facts out at a time gives.
"""

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from tempfile import TemporaryDirectory

import numpy as np
from sklearn.model_selection import GroupKFold

from eval.questions import Question
from eval.training.learned_from import learned_from
from eval.training.logit import fit_logit
from index import Article, Index
from index.filters import Filters
from rag.decide import decide, is_open
from rag.followup import complete
from rag.heads import open_stance_head
from rag.judging import FEATURES, Option, read_stances
from rag.logit import Logit, write_logit
from rag.pool import fill_pool
from rag.scope import read_scope
from rag.types import Stance, Verdict
from rag.understand import understand
from rag.verdicts import weigh_all

FOLDS = 5
SHRINKAGE = 0.01
THRESHOLD = 0.7
"""Least share of one side for an answer: an unknown costs a reader less than a wrong one."""


@dataclass(frozen=True, slots=True)
class Row:
    """A question: its options' features and sides, which of them are right, its verdicts, its fact.

    `open` says that the rules alone leave it undecided, which is when the weights decide.
    """

    features: list[tuple[float, ...]]
    sides: list[Stance]
    right: list[bool]
    verdicts: frozenset[Verdict]
    fact: str
    open: bool


def main() -> None:
    """Fits on everything, reports what cross-validation gives, writes the weights."""
    rows = [row for articles, questions in learned_from() for row in _set_rows(articles, questions)]
    _cross_validate(rows)
    write_logit("judging", FEATURES, _fit(rows))


def _set_rows(articles: Sequence[Article], questions: Sequence[Question]) -> Iterator[Row]:
    head = open_stance_head()
    if head is None:
        raise SystemExit("the stance head is missing; train it first: python -m eval.training stance DATA")
    with TemporaryDirectory() as folder, closing(Index.open(folder)) as index:
        index.add(articles)
        snapshot = index.snapshot()
        for question in questions:
            scope = read_scope(complete(question.question, question.history), snapshot.entries())
            asked = understand(scope.text, asks_report=scope.says, mention=scope.mention)
            act = asked.act
            if not asked.is_yes_no or scope.mention or (act is not None and (act.denies or act.confirms)):
                continue
            hits = snapshot.search(scope.text, 24, Filters(articles=scope.articles))
            pool = fill_pool(asked, hits, snapshot.encode)
            left_open = is_open(asked, decide(pool))
            pool = read_stances(head, pool)
            options = weigh_all(pool)
            if options:
                yield Row(
                    [o.features for o in options],
                    [o.said.judgement.stance for o in options],
                    [is_right(question, o) for o in options],
                    frozenset(question.verdict),
                    question.fact,
                    left_open,
                )


def is_right(question: Question, option: Option) -> bool:
    """Whether an option is the gold evidence, taken the right way; a dispute takes its evidence either way."""
    sides = {Verdict.YES: {Stance.ASSERTS}, Verdict.NO: {Stance.DENIES}, Verdict.DISPUTED: set(Stance)}
    statement = option.said.found.statement
    return any(option.said.judgement.stance in sides.get(verdict, ()) for verdict in question.verdict[:1]) and any(
        gold.article == statement.article.id and (gold.quote in statement.text or statement.text in gold.quote)
        for gold in question.gold
    )


def _fit(rows: Sequence[Row]) -> Logit:
    return fit_logit([(row.features, row.right) for row in rows], THRESHOLD, SHRINKAGE)


def _cross_validate(rows: Sequence[Row]) -> None:
    """Prints what comes of the questions that rules leave open, each with its fold left out, for some thresholds."""
    outcomes: list[tuple[float, bool, bool]] = []
    for train, test in GroupKFold(FOLDS).split(rows, groups=[row.fact for row in rows]):
        fitted = _fit([rows[i] for i in train])
        for row in (rows[i] for i in test if rows[i].open):
            shares = fitted.shares([fitted.odds(f) for f in row.features])
            yes = sum(p for p, side in zip(shares, row.sides, strict=True) if side is Stance.ASSERTS)
            no = sum(shares) - yes
            verdict = Verdict.YES if yes >= no else Verdict.NO
            outcomes.append((max(yes, no), verdict in row.verdicts, Verdict.UNKNOWN in row.verdicts))
    print(f"{len(rows)} questions, {len(outcomes)} left open by the rules")
    for threshold in np.arange(0.5, 0.95, 0.05):
        given = [(right, none) for share, right, none in outcomes if share >= threshold]
        right, none = sum(r for r, _ in given), sum(n for _, n in given)
        print(f"{threshold:.2f}: answered {len(given)}, right {right}, not on record {none}")


if __name__ == "__main__":
    main()
