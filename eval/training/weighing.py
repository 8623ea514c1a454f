"""Fits how candidates are weighed (`rag.weighing`) on questions that no report counts.

Among five articles nearly everything is on the subject, among 1,601 little is, so that each has a table of its own. The
one learns from the development questions beside this file and from the tuning halves of the fixed sets, the other from
the tuning half of RealTimeQA's questions over all of its articles and from those written questions on them that trained
no head. The sealed halves are never read.
``python -m eval.training.weighing DATA`` writes both to `rag/weights` and prints what leaving one fold of facts out at
a time gives.
"""

import argparse
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from sklearn.model_selection import GroupKFold

from eval.benchmarks.common import Half, half_of, read_rows
from eval.benchmarks.multihop import article_of
from eval.benchmarks.realtimeqa import ARTICLES, BRIEF, QUESTIONS
from eval.questions import Question
from eval.training.asked import asked_of
from eval.training.learned_from import learned_from
from eval.training.logit import fit_logit
from eval.training.rows import Part
from eval.training.written import Written, group_of, share_of
from eval.wording import normalise, word_f1
from index import Article, Index
from index.filters import Filters
from index.snapshot import Snapshot
from rag.asking import Wanted
from rag.facts import Pick, options_of
from rag.followup import complete
from rag.heads import ReadingHead, open_reading_head
from rag.logit import Logit, write_logit
from rag.pool import fill_pool
from rag.reading import read_passages
from rag.types import Verdict
from rag.weighing import FEATURES, TABLES, agreed_shares

FOLDS = 5
SHRINKAGE = 0.03
"""How much the squared weights of scaled features cost: of 0.005 to 0.04 none was clearly better."""
THRESHOLDS = dict(zip(TABLES, (0.4, 0.5), strict=True))
"""Below that the articles are said not to say, by table: an answer too few is better than a wrong one."""
EXTRA_WORDS = 5
"""How many words more than an accepted answer a candidate that holds it may have."""


@dataclass(frozen=True, slots=True)
class Row:
    """Of a question: its candidates' features, which of them answer it, whether any could, its fact, their words."""

    features: list[tuple[float, ...]]
    right: list[bool]
    answerable: bool
    fact: str
    texts: list[str]


def main() -> None:
    """Fits on everything, reports what cross-validation gives, writes the table."""
    parser = argparse.ArgumentParser(
        prog="python -m eval.training.weighing", description="Fit how answers are weighed."
    )
    parser.add_argument("data", type=Path, help="the folder that holds realtimeqa/")
    parser.add_argument("--index", type=Path, help="keep the index of RealTimeQA's articles here, or use what is there")
    chosen = parser.parse_args()
    head = open_reading_head()
    if head is None:
        raise SystemExit("the reading head is missing; train it first: python -m eval.training reading DATA")
    few = [row for articles, questions in learned_from() for row in _set_rows(articles, questions, head)]
    with TemporaryDirectory() as folder:
        many = list(_quiz_rows(chosen.data, Written(chosen.data), chosen.index or Path(folder), head))
    for name, rows in zip(TABLES, (few, many), strict=True):
        _cross_validate(name, rows)
        write_logit(name, FEATURES, _fit(name, rows))


def _set_rows(articles: Sequence[Article], questions: Sequence[Question], head: ReadingHead) -> Iterator[Row]:
    with TemporaryDirectory() as folder, closing(Index.open(folder)) as index:
        index.add(articles)
        snapshot = index.snapshot()
        for question in questions:
            day = date.fromisoformat(question.as_of) if question.as_of else None
            picks = _picks(snapshot, complete(question.question, question.history), Filters(), day, head)
            if picks:
                answerable = Verdict.UNKNOWN not in question.verdict
                yield _row(picks, [answers(question, p) for p in picks], answerable, question.fact)


def _quiz_rows(data: Path, written: Written, folder: Path, head: ReadingHead) -> Iterator[Row]:
    """The tuning half as of its days; every other question again without the articles that hold its answer.

    Then the written questions that have an answer, as of the day of their article.
    """
    questions = half_of(list(read_rows(data / QUESTIONS)), lambda row: [row["date"]], Half.TUNE)
    articles = [article_of(row) for row in read_rows(data / ARTICLES)]
    texts = {article.id: f" {normalise(article.text)} " for article in articles}
    with closing(Index.open(folder)) as index:
        index.add(articles)
        snapshot = index.snapshot()
        for n, row in enumerate(questions):
            gold, asked_on = row["answer_text"], row["date"]
            without = tuple(
                id for id, text in texts.items() if id != BRIEF + row["id"] and f" {normalise(gold)} " not in text
            )
            for answerable, ids in ((True, ()), (False, without))[: 1 + n % 2]:
                filters = Filters(articles=ids, known_by=asked_on)
                picks = _picks(snapshot, row["question"], filters, date.fromisoformat(asked_on), head)
                if picks:
                    right = [answerable and _says(p.candidate.text, gold) for p in picks]
                    yield _row(picks, right, answerable, asked_on)
        for fact in written.facts:
            group, published = group_of(fact.article), written.articles[fact.article].published
            if fact.answer and published and share_of(group) is not Part.TRAIN:
                picks = _picks(snapshot, fact.question, Filters(), date.fromisoformat(published[:10]), head)
                if picks:
                    golds = written.answers(fact)
                    yield _row(picks, [any(_says(p.candidate.text, g) for g in golds) for p in picks], True, group)


def _picks(snapshot: Snapshot, question: str, filters: Filters, day: date | None, head: ReadingHead) -> list[Pick]:
    """The candidates that the engine weighs; none for what it does not answer by weighing."""
    asked = asked_of(snapshot, question, filters, day)
    if asked is None or asked[0].is_yes_no or asked[0].wanted is Wanted.SUMMARY:
        return []
    return options_of(read_passages(head, fill_pool(*asked, snapshot.encode)))


def _row(picks: Sequence[Pick], right: list[bool], answerable: bool, fact: str) -> Row:
    return Row([p.features for p in picks], right, answerable, fact, [p.candidate.text for p in picks])


def answers(question: Question, pick: Pick) -> bool:
    """Whether a candidate is a right short answer: an accepted one, give or take a few words, from its gold."""
    if Verdict.UNKNOWN in question.verdict:
        return False
    if question.accepted:
        return any(_says(pick.candidate.text, accepted) for accepted in question.accepted)
    statement = pick.found.statement
    return any(
        gold.quote in statement.text or statement.text in gold.quote
        for gold in question.gold
        if gold.article == statement.article.id
    )


def _says(text: str, accepted: str) -> bool:
    said, wanted = normalise(text), normalise(accepted)
    return word_f1(text, [accepted]) >= 0.6 or (
        wanted in said and len(said.split()) <= len(wanted.split()) + EXTRA_WORDS
    )


def _fit(name: str, rows: Sequence[Row]) -> Logit:
    return fit_logit([(row.features, row.right) for row in rows], THRESHOLDS[name], SHRINKAGE)


def _cross_validate(name: str, rows: Sequence[Row]) -> None:
    """Prints what comes out right when its fold is left out, for each threshold."""
    tops: list[tuple[float, bool, bool]] = []
    for train, test in GroupKFold(FOLDS).split(rows, groups=[row.fact for row in rows]):
        fitted = _fit(name, [rows[i] for i in train])
        for row in (rows[i] for i in test):
            odds = [fitted.odds(f) for f in row.features]
            shares = agreed_shares(fitted.shares(odds), row.texts)
            best = max(range(len(odds)), key=odds.__getitem__)
            tops.append((shares[best], row.right[best], row.answerable))
    for t in np.arange(0.1, 0.8, 0.05):
        given = [right for p, right, _ in tops if p >= t]
        right = np.mean([right if p >= t else not answerable for p, right, answerable in tops])
        share, wrong = len(given) / len(tops), 1 - np.mean(given)
        print(f"{name}, {t:.2f}: right {right:.3f} of {len(tops)}, answered {share:.2f}, wrong of these {wrong:.3f}")


if __name__ == "__main__":
    main()
