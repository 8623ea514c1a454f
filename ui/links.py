"""Addresses of this page that bring something back: a question with its limits, or a conversation."""

from urllib.parse import urlencode

from index import Filters


def question_link(question: str, filters: Filters) -> str:
    """Asks the question again where it is opened, of the articles as they are then."""
    limits = [("since", filters.since), ("until", filters.until), *(("publisher", name) for name in filters.publishers)]
    return f"/?{urlencode([('q', question), *((name, value) for name, value in limits if value)])}"
