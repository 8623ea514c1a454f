"""The questions that weights may be fitted on: the development questions and the tuning halves of the fixed sets."""

from collections.abc import Iterator
from pathlib import Path

from eval.questions import Part, Question, read_questions
from index import Article, read_articles
from index.seeding import read_seeds

HERE = Path(__file__).parent


def learned_from() -> Iterator[tuple[list[Article], list[Question]]]:
    """Each set of articles with its questions; the sealed halves are left where they are."""
    root = HERE.parent
    for articles, fixed, name in (
        (list(read_seeds()), root / "questions.jsonl", "seeds"),
        (list(read_articles(root / "news" / "articles.jsonl")), root / "news" / "questions.jsonl", "news"),
    ):
        texts = {article.id: article.text for article in articles}
        tuning = [q for q in read_questions(fixed, texts) if q.part is Part.TUNING]
        more = sorted((HERE / "questions").glob(f"{name}*.jsonl"))
        yield articles, [*tuning, *(q for path in more for q in read_questions(path, texts))]
