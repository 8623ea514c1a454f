"""What can be asked next, as HTML."""

from collections.abc import Sequence

from ui.markup import EMPTY, Html, tag


def next_questions(questions: Sequence[str], conversation: str | None, turns: int) -> Html:
    """The questions as buttons; they belong to the answer that ends the conversation with turn `turns`."""
    if not questions:
        return EMPTY
    return tag(
        "section",
        tag("h3", "Ask next"),
        tag("ul", (tag("li", ask_button(question)) for question in questions)),
        data_conversation=conversation or "",
        data_turns=turns,
    )


def ask_button(question: str) -> Html:
    """Asks the question that it shows."""
    return tag("button", question, type="button", data_act="ask", data_question=question)
