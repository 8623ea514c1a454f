"""What a passage is encoded with."""

from typing import Any

import pytest

from index import Article
from index.contexts import passage_context


@pytest.mark.parametrize(
    ("known", "context"),
    [
        ({}, "It rose."),
        ({"title": "Shares up"}, "Shares up. It rose."),
        ({"publisher": "Daily Ledger"}, "Daily Ledger: It rose."),
        ({"published": "2025-03"}, "2025-03: It rose."),
        (
            {"title": "Shares up", "publisher": "Daily Ledger", "published": "2025-03-04T10:00:00"},
            "Daily Ledger, 2025-03-04: Shares up. It rose.",
        ),
        ({"title": "It rose."}, "It rose."),
    ],
)
def test_a_passage_is_encoded_with_what_is_known_of_its_article(known: dict[str, Any], context: str) -> None:
    assert passage_context(Article(text="It rose.", **known), "It rose.") == context
