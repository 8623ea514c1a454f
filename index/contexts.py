"""What a passage is encoded with: it cannot be understood without knowing which article it stands in."""

from index.types import Article


def passage_context(article: Article, text: str) -> str:
    """What is encoded for a passage: its text after its article's title, which says who "the company" is."""
    return f"{article.title}. {text}" if article.title and not text.startswith(article.title) else text


__all__ = ["passage_context"]
