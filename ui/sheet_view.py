"""A page over the conversation as HTML: its heading, the way back, and what was just done."""

from ui.markup import EMPTY, Child, Html, tag


def sheet(title: str, back: int, *content: Child, notice: Html = EMPTY) -> Html:
    """A page; Back leads to the sources of turn `back`, or to the articles for 0."""
    return tag(
        "section",
        tag(
            "div",
            tag("button", "Back to the conversation", type="button", class_="back", data_act="sources", data_turn=back),
            class_="bar",
        ),
        tag("h2", title, tabindex="-1"),
        tag("div", notice, class_="notice-line", role="status"),
        *content,
        class_="sheet",
        aria_label=title,
    )


def undoable(said: str, **act: str) -> Html:
    """What was done, and a button to undo it."""
    return tag("p", said, " ", tag("button", "Undo", type="button", class_="plain", data_act="alter", **act))
