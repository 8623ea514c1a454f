"""Invented articles as what a search finds, for the tests of what is read from them."""

from collections.abc import Sequence

from conftest import HashEncoder

from index.types import Article, Entry, Hit, Passage
from rag.pool import Pool, fill_pool
from rag.statements import Statement, Vocabulary, read_statements
from rag.understand import understand


def said(text: str, **known: str) -> Article:
    """An article that says `text` and nothing else; its id is the text's first word unless given."""
    known = {"id": text.split(maxsplit=1)[0].lower(), "published": "2025-03-03", **known}
    return Article(text=text, **known)  # type: ignore[arg-type]


def found(*articles: Article) -> list[Hit]:
    """Each article as one passage that was found, in the order given."""
    return [
        Hit(Passage(n, article.id, 0, len(article.text), article.text), Entry.of(article, 1), 1.0)
        for n, article in enumerate(articles)
    ]


def statements(*articles: Article) -> tuple[list[Statement], Vocabulary]:
    """The sentences of the articles, and what they teach of their words."""
    read = read_statements(found(*articles))
    return read, Vocabulary.of(read)


def pool_of(question: str, articles: Sequence[Article]) -> Pool:
    """What the articles hold for a question, with vectors by shared words."""
    return fill_pool(understand(question), found(*articles), HashEncoder().encode)
