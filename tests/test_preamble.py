"""Questions that tell something first."""

import pytest

from rag.preamble import question_first


def test_what_is_told_first_stands_in_brackets_behind_the_question() -> None:
    told = "The ferry Albion sank on Monday. How many people were on board?"
    assert question_first(told) == "How many people were on board (The ferry Albion sank on Monday)?"


@pytest.mark.parametrize(
    "text",
    [
        "How many people were on board?",
        "The Albion sank. Is it true?",
        "Did the Albion sink? How many people were on board?",
        "Who owns the Albion (the ferry)?",
        "The Albion sank. Tell me more.",
        "Who is J. Voss?",
    ],
)
def test_other_questions_stay_as_they_are(text: str) -> None:
    assert question_first(text) == text
