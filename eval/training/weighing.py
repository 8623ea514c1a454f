"""Fits how candidates are weighed (`rag.weighing`) on questions that no report counts.

It learns from the development questions beside this file and from the tuning halves of the fixed sets; the sealed
halves are never read. ``python -m eval.training.weighing`` writes `rag/weights/weighing.json` and prints what
leaving one fold of facts out at a time gives.
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from eval.questions import Part, Question, read_questions
from eval.wording import normalise, word_f1
from index import Article, Index, read_articles
from index.filters import Filters
from index.seeding import read_seeds
from rag.facts import Pick, weigh_all
from rag.followup import complete
from rag.heads import ReadingHead, open_reading_head
from rag.pool import Pool, fill_pool
from rag.reading import read_passages
from rag.scope import read_scope
from rag.types import Verdict
from rag.understand import Wanted, understand
from rag.weighing import FEATURES, TABLE

HERE = Path(__file__).parent
FOLDS = 5
THRESHOLD = 0.55
"""Below that the articles are said not to say: an answer too few is better than a wrong one."""
Row = tuple[list[tuple[float, ...]], list[bool], bool, str]
"""Features of the candidates of a question, which of them answer it, whether it can be answered, and its fact."""


def main() -> None:
    """Fits on everything, reports what cross-validation gives, writes the table."""
    rows = list(_rows())
    right = _cross_validate(rows)
    table = _fit(rows)
    weights = {name: round(float(w), 4) for name, w in zip(FEATURES, table.coef_[0], strict=True)}
    stored = {"intercept": round(float(table.intercept_[0]), 4), "weights": weights, "threshold": THRESHOLD}
    TABLE.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")
    print(f"{len(rows)} questions; right when left out, at the threshold {THRESHOLD}: {right:.3f}")


def _rows() -> Iterator[Row]:
    root = HERE.parent
    sets = (
        (list(read_seeds()), root / "questions.jsonl", HERE / "questions" / "seeds.jsonl"),
        (
            list(read_articles(root / "news" / "articles.jsonl")),
            root / "news" / "questions.jsonl",
            HERE / "questions" / "news.jsonl",
        ),
    )
    for articles, fixed, development in sets:
        texts = {article.id: article.text for article in articles}
        tuning = [q for q in read_questions(fixed, texts) if q.part is Part.TUNING]
        yield from _set_rows(articles, [*tuning, *read_questions(development, texts)])


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
            pool = _with_readings(pool, head)
            picks = weigh_all(pool)
            if picks:
                answerable = Verdict.UNKNOWN not in question.verdict
                yield [p.features for p in picks], [answers(question, p) for p in picks], answerable, question.fact


def _with_readings(pool: Pool, head: ReadingHead) -> Pool:
    return replace(pool, readings=read_passages(head, pool))


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


def _fit(rows: Sequence[Row]) -> LogisticRegression:
    features = np.array([f for row in rows for f in row[0]])
    labels = np.array([label for row in rows for label in row[1]])
    # a question weighs the same however many candidates it has
    weights = np.array([1.0 / len(row[0]) for row in rows for _ in row[0]])
    return LogisticRegression(C=1.0, max_iter=2000).fit(
        features, labels, sample_weight=weights * len(labels) / weights.sum()
    )


def _cross_validate(rows: Sequence[Row]) -> float:
    """The share of questions that come out right when their fold is left out; prints it for other thresholds too."""
    tops: list[tuple[float, bool, bool]] = []
    groups = [row[3] for row in rows]
    for train, test in GroupKFold(FOLDS).split(rows, groups=groups):
        model = _fit([rows[i] for i in train])
        for i in test:
            features, labels, answerable, _ = rows[i]
            p = model.predict_proba(np.array(features))[:, 1]
            best = int(p.argmax())
            tops.append((float(p[best]), labels[best], answerable))

    def right(threshold: float) -> float:
        return float(np.mean([label if p >= threshold else not answerable for p, label, answerable in tops]))

    for t in np.arange(0.1, 0.8, 0.05):
        given = [label for p, label, _ in tops if p >= t]
        print(f"{t:.2f}: right {right(float(t)):.3f}, answered {len(given)}, wrong of these {1 - np.mean(given):.3f}")
    return right(THRESHOLD)


if __name__ == "__main__":
    main()
