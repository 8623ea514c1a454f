"""Fits how statements settle yes/no questions (`rag.settling`), on questions that no report counts.

It learns from the development questions beside this file, from the tuning halves of the fixed sets, and from those
questions on real and invented news that trained no head. ``python -m eval.training.settling DATA`` writes the table to
`rag/weights` and prints what leaving one fold of facts out at a time gives.
"""

import argparse
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from sklearn.model_selection import GroupKFold

from eval.training.asked import asked_of
from eval.training.invented import invented_claims
from eval.training.learned_from import learned_from
from eval.training.logit import fit_logit
from eval.training.rows import Part, stance_part
from eval.training.written import STANCES, Written, group_of, share_of
from index import Article, Index
from index.filters import Filters
from index.snapshot import Snapshot
from index.types import Span
from rag.followup import complete
from rag.heads import StanceHead, open_stance_head
from rag.logit import Logit, write_logit
from rag.pool import fill_pool
from rag.settling import FEATURES, TABLE, Option, is_open, options_of, settled
from rag.types import Verdict
from rag.verdicts import judge_all

FOLDS = 5
SHRINKAGE = 0.03
THRESHOLD = 0.77
"""Below that a claim stays open: of what is decided at 0.5 a third is wrong, at 0.7 a quarter, at 0.8 a fifth."""


@dataclass(frozen=True, slots=True)
class Row:
    """Of a question: its options, which settle it rightly, the truth ("yes", "no", "open"), its fact and its set."""

    options: list[Option]
    right: list[bool]
    truth: str
    fact: str
    source: str


def main() -> None:
    """Fits on everything, reports what cross-validation gives, writes the table."""
    parser = argparse.ArgumentParser(prog="python -m eval.training.settling", description="Fit how claims are settled.")
    parser.add_argument("data", type=Path, help="the folder that holds realtimeqa/")
    chosen = parser.parse_args()
    head = open_stance_head()
    if head is None:
        raise SystemExit("the stance head is missing; train it first: python -m eval.training stance DATA")
    rows = [*_set_rows(head), *_written_rows(chosen.data, head), *_report_rows(head)]
    cross_validate(rows)
    write_logit(TABLE, FEATURES, fit(rows))


def _set_rows(head: StanceHead) -> Iterator[Row]:
    for number, (articles, questions) in enumerate(learned_from()):
        with TemporaryDirectory() as folder, closing(Index.open(folder)) as index:
            index.add(articles)
            texts = {article.id: article.text for article in articles}
            snapshot = index.snapshot()
            for question in questions:
                truth = {Verdict.YES: "yes", Verdict.NO: "no", Verdict.UNKNOWN: "open"}.get(question.verdict[0])
                if truth is None:
                    continue
                gold = [(g.article, _span(texts[g.article], g.quote)) for g in question.gold]
                options = _options(snapshot, complete(question.question, question.history), head)
                if options:
                    yield _row(options, truth, gold, question.fact, f"set {number}")


def _written_rows(data: Path, head: StanceHead) -> Iterator[Row]:
    written = Written(data)
    with TemporaryDirectory() as folder, closing(Index.open(folder)) as index:
        index.add(list(written.articles.values()))
        snapshot = index.snapshot()
        for claim in written.claims:
            group = group_of(claim.article)
            if share_of(group) is not Part.TRAIN:
                options = _options(snapshot, claim.question, head)
                if options:
                    yield _row(options, claim.truth, [(claim.article, claim.quote)], group, "written")


def _report_rows(head: StanceHead) -> Iterator[Row]:
    """The yes/no questions on invented reports that trained no head; any statement of its report may settle one."""
    truths = {label: truth for truth, label in STANCES.items()}
    apart = [row for row in invented_claims() if stance_part(row.group) is not Part.TRAIN and row.claim.endswith("?")]
    ids = {text: Article(text=text).id for text in sorted({row.text for row in apart})}
    with TemporaryDirectory() as folder, closing(Index.open(folder)) as index:
        index.add([Article(text=text) for text in ids])
        snapshot = index.snapshot()
        for row in apart:
            options = _options(snapshot, row.claim, head)
            if options:
                gold = [(ids[row.text], (0, len(row.text)))]
                yield _row(options, truths[row.label], gold, row.group, row.source)


def _span(text: str, quote: str) -> Span:
    at = text.index(quote)
    return at, at + len(quote)


def _options(snapshot: Snapshot, question: str, head: StanceHead) -> list[Option]:
    """The options as the engine weighs them; none for what is no yes/no question."""
    asked = asked_of(snapshot, question, Filters())
    if asked is None or not is_open(asked[0]):
        return []
    pool = fill_pool(*asked, snapshot.encode)
    return options_of(pool, judge_all(pool), head)


def _row(options: list[Option], truth: str, gold: Sequence[tuple[str, Span]], fact: str, source: str) -> Row:
    def holds(option: Option) -> bool:
        statement = option.found.statement
        return any(
            statement.article.id == article and statement.span[0] < span[1] and span[0] < statement.span[1]
            for article, span in gold
        )

    right = [truth != "open" and option.is_yes is (truth == "yes") and holds(option) for option in options]
    return Row(options, right, truth, fact, source)


def fit(rows: Sequence[Row]) -> Logit:
    """The weights for these rows; a question whose settling statement was not found teaches nothing."""
    taught = [row for row in rows if row.truth == "open" or any(row.right)]
    return fit_logit([([o.features for o in row.options], row.right) for row in taught], THRESHOLD, SHRINKAGE)


def cross_validate(rows: Sequence[Row]) -> None:
    """Prints what comes out right when its fold is left out, for each threshold, by set."""
    tops: list[tuple[float, bool, bool, str]] = []
    for train, test in GroupKFold(FOLDS).split(rows, groups=[row.fact for row in rows]):
        weights = fit([rows[i] for i in train])
        for row in (rows[i] for i in test):
            again = [Option(o.found, o.is_yes, o.features, weights.odds(o.features)) for o in row.options]
            found = settled(again, weights)
            side = "yes" if found.yes >= found.no else "no"
            tops.append((max(found.yes, found.no), side == row.truth, row.truth == "open", row.source))
    for source in sorted({source for *_, source in tops}):
        mine = [top for top in tops if top[3] == source]
        for t in np.arange(0.2, 0.9, 0.1):
            given = [right for p, right, _, _ in mine if p >= t]
            right = np.mean([right if p >= t else is_open for p, right, is_open, _ in mine])
            wrong = 1 - np.mean(given) if given else 0.0
            print(
                f"{source}, {t:.1f}: right {right:.3f} of {len(mine)}, decided {len(given)}, wrong of these {wrong:.3f}"
            )


if __name__ == "__main__":
    main()
