"""What a passage is encoded with: it cannot be understood without knowing which article it stands in."""

from index.types import Article


def passage_context(article: Article, text: str) -> str:
    """What is encoded for a passage: publisher, day and title, which says who "the company" is, and its text.

    Of the ways tried on questions about news (none, title, title and publisher, all three) this found most.
    """
    origin = ", ".join(filter(None, (article.publisher, (article.published or "")[:10])))
    title = "" if text.startswith(article.title) else article.title
    return "".join((f"{origin}: " if origin else "", f"{title}. " if title else "", text))


__all__ = ["passage_context"]
