"""A set of one's own, begun: questions that the articles of an index suggest, to be mended and added to by hand."""

import json
import re
from collections.abc import Iterable
from pathlib import Path

from eval.questions import part_of
from eval.results import Json
from index.errors import BadInput
from index.sentences import sentence_spans
from index.types import Article

EDIT = "EDIT: "
"""Stands before a question that wants its words from a person."""

_AMOUNT = re.compile(r"[$€£]?\d+(?:[.,]\d+)*(?:\s?(?:%|percent|million|billion|trillion|bn|m)(?!\w))?")


def write_starter(articles: Iterable[Article], folder: Path, per_article: int = 2) -> tuple[Path, Path]:
    """The two files written: `questions.jsonl` and `articles.jsonl` beside it. Raises BadInput rather than overwrite.

    Each article gives a few sentences with an amount, each as the gold quote of a question that a person still has to
    word, and the place of one that it does not answer.
    """
    questions, beside = folder / "questions.jsonl", folder / "articles.jsonl"
    for path in (questions, beside):
        if path.exists():
            raise BadInput(f"{str(path)!r} is there already; choose another folder")
    articles = list(articles)
    if not articles:
        raise BadInput("the index holds no articles; add some first with: onrecord add PATH_OR_URL")
    folder.mkdir(parents=True, exist_ok=True)
    _write(questions, [row for article in articles for row in starter_rows(article, per_article)])
    _write(beside, [_article_row(article) for article in articles])
    return questions, beside


def starter_rows(article: Article, count: int = 2) -> list[Json]:
    """Questions that one article suggests, up to `count` of them to be worded, and one that it should not answer."""
    name = re.sub(r"[^a-z0-9]+", "-", article.id.lower()).strip("-") or "article"
    sentences = [article.text[start:end] for start, end in sentence_spans(article.text)]
    amounts = [(sentence, match.group()) for sentence in sentences if (match := _AMOUNT.search(sentence))]
    rows = [
        _row(f"{name}-{at}", "number", f"{EDIT}which question has the answer {amount!r}?")
        | {"verdict": "answered", "accepted": [amount], "gold": [{"article": article.id, "quote": sentence}]}
        for at, (sentence, amount) in enumerate(amounts[:count], start=1)
    ]
    missing = _row(f"{name}-not-there", "unanswerable", f"{EDIT}what would a reader of “{article.title}” ask in vain?")
    return [*rows, missing | {"verdict": "unknown"}]


def _row(fact: str, kind: str, question: str) -> Json:
    return {"id": fact, "question": question, "kind": kind, "fact": fact, "part": str(part_of(fact))}


def _article_row(article: Article) -> Json:
    names = ("id", "title", "publisher", "author", "published", "url", "text")
    return {name: getattr(article, name) for name in names if getattr(article, name)}


def _write(path: Path, rows: Iterable[Json]) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


__all__ = ["EDIT", "starter_rows", "write_starter"]
