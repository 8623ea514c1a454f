"""Fits how candidates are weighed (`rag.weighing`) on questions that no report counts.

It learns from the development questions beside this file and from the tuning halves of the fixed sets; the sealed
halves are never read. ``python -m eval.training.weighing`` writes `rag/weights/weighing.json` and prints what
leaving one fold of facts out at a time gives.
"""

from collections.abc import Iterator, Sequence
from contextlib import closing
from tempfile import TemporaryDirectory

import numpy as np
from sklearn.model_selection import GroupKFold

from eval.questions import Question
from eval.training.learned_from import learned_from
from eval.training.logit import fit_logit
from eval.wording import normalise, word_f1
from index import Article, Index
from index.filters import Filters
from rag.asking import Wanted
from rag.facts import Pick, weigh_all
from rag.followup import complete
from rag.heads import open_reading_head
from rag.logit import Logit, write_logit
from rag.pool import fill_pool
from rag.reading import read_passages
from rag.scope import read_scope
from rag.types import Verdict
from rag.understand import understand
from rag.weighing import FEATURES, agreed_shares

FOLDS = 5
SHRINKAGE = 0.03
"""How much the squared weights of scaled features cost: of 0.005 to 0.04 none was clearly better."""
THRESHOLD = 0.4
"""Below that the articles are said not to say: an answer too few is better than a wrong one."""
Row = tuple[list[tuple[float, ...]], list[bool], bool, str, list[str]]
"""Of a question: its candidates' features, which of them answer it, whether any could, its fact, the words."""


def main() -> None:
    """Fits on everything, reports what cross-validation gives, writes the table."""
    rows = list(_rows())
    right = _cross_validate(rows)
    write_logit("weighing", FEATURES, _fit(rows))
    print(f"{len(rows)} questions; right when left out, at the threshold {THRESHOLD}: {right:.3f}")


def _rows() -> Iterator[Row]:
    for articles, questions in learned_from():
        yield from _set_rows(articles, questions)


def _set_rows(articles: Sequence[Article], questions: Sequence[Question]) -> Iterator[Row]:
    head = open_reading_head()
    if head is None:
        raise SystemExit("the reading head is missing; train it first: python -m eval.training reading DATA")
    with TemporaryDirectory() as folder, closing(Index.open(folder)) as index:
        index.add(articles)
        snapshot = index.snapshot()
        for question in questions:
            scope = read_scope(complete(question.question, question.history), snapshot.entries())
            asked = understand(scope.text)
            if asked.is_yes_no or asked.wanted is Wanted.SUMMARY or scope.says:
                continue
            hits = snapshot.search(scope.text, 24, Filters(articles=scope.articles))
            pool = fill_pool(asked, hits, snapshot.encode)
            pool = read_passages(head, pool)
            picks = weigh_all(pool)
            if picks:
                answerable = Verdict.UNKNOWN not in question.verdict
                right = [answers(question, p) for p in picks]
                texts = [p.candidate.text for p in picks]
                yield [p.features for p in picks], right, answerable, question.fact, texts


def answers(question: Question, pick: Pick) -> bool:
    """Whether a candidate is a right short answer: an accepted one, give or take a few words, from its gold."""
    if Verdict.UNKNOWN in question.verdict:
        return False
    text = normalise(pick.candidate.text)
    if question.accepted:
        return any(
            word_f1(pick.candidate.text, [a]) >= 0.6
            or (normalise(a) in text and len(text.split()) <= len(normalise(a).split()) + 5)
            for a in question.accepted
        )
    statement = pick.found.statement
    return any(
        gold.quote in statement.text or statement.text in gold.quote
        for gold in question.gold
        if gold.article == statement.article.id
    )


def _fit(rows: Sequence[Row]) -> Logit:
    return fit_logit([(features, right) for features, right, *_ in rows], THRESHOLD, SHRINKAGE)


def _cross_validate(rows: Sequence[Row]) -> float:
    """The share of questions that come out right when their fold is left out; prints it for other thresholds too."""
    tops: list[tuple[float, bool, bool]] = []
    groups = [row[3] for row in rows]
    for train, test in GroupKFold(FOLDS).split(rows, groups=groups):
        fitted = _fit([rows[i] for i in train])
        for i in test:
            features, labels, answerable, _, texts = rows[i]
            odds = [fitted.odds(f) for f in features]
            shares = agreed_shares(fitted.shares(odds), texts)
            best = max(range(len(odds)), key=odds.__getitem__)
            tops.append((shares[best], labels[best], answerable))

    def right(threshold: float) -> float:
        return float(np.mean([label if p >= threshold else not answerable for p, label, answerable in tops]))

    for t in np.arange(0.1, 0.8, 0.05):
        given = [label for p, label, _ in tops if p >= t]
        print(f"{t:.2f}: right {right(float(t)):.3f}, answered {len(given)}, wrong of these {1 - np.mean(given):.3f}")
    return right(THRESHOLD)


if __name__ == "__main__":
    main()
