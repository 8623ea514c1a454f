"""The conversations that were kept, as HTML: found, opened, renamed, taken along and deleted."""

from collections.abc import Sequence

from ui import words
from ui.markup import EMPTY, Html, tag
from ui.memory import MAX_NAME, Kept
from ui.sheet_view import sheet


def history_page(kept: Sequence[Kept], searched: str, back: int, *, notice: Html = EMPTY) -> Html:
    """The conversations, the one changed last first."""
    nothing = f"No conversation holds “{searched}”." if searched else "Nothing has been asked yet."
    return sheet(
        "Conversations",
        back,
        tag(
            "div",
            tag(
                "input",
                type="search",
                name="words",
                value=searched,
                aria_label="Search conversations",
                placeholder="Search",
            ),
            tag("button", "Search", type="button", data_act="show", data_page="history", data_default=True),
            data_form=True,
            role="search",
            class_="field",
        ),
        tag("ol", (_row(each) for each in kept), class_="rows") if kept else tag("p", nothing, class_="note"),
        notice=notice,
    )


def _row(kept: Kept) -> Html:
    address = f"/api/conversations/{kept.id}"
    return tag(
        "li",
        tag(
            "button",
            kept.name,
            type="button",
            class_="name",
            data_act="alter",
            data_do="reopen",
            data_conversation=kept.id,
        ),
        tag(
            "p",
            f"{words.count_words(kept.questions, 'question')} · {words.date_words(kept.changed)} · ",
            tag("a", "Markdown", href=f"{address}/markdown", download=f"{_file(kept)}.md"),
            " · ",
            tag("a", "JSON", href=address, download=f"{_file(kept)}.json"),
            class_="note",
        ),
        tag(
            "details",
            tag("summary", "Rename"),
            tag(
                "div",
                tag("input", type="text", name="name", value=kept.name, maxlength=MAX_NAME, aria_label="New name"),
                tag(
                    "button",
                    "Save",
                    type="button",
                    data_act="alter",
                    data_do="rename",
                    data_conversation=kept.id,
                    data_default=True,
                ),
                data_form=True,
                class_="field",
            ),
        ),
        tag(
            "button",
            "Delete",
            type="button",
            class_="plain",
            data_act="alter",
            data_do="delete",
            data_conversation=kept.id,
            aria_label=f"Delete {kept.name}",
        ),
    )


def _file(kept: Kept) -> str:
    return f"onrecord-{kept.begun[:10]}-{kept.id[:6]}"
