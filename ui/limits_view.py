"""What limits the articles that are read, as HTML: chips that can be removed, and the page to choose them on."""

from collections.abc import Iterator, Sequence

from index import Filters
from index.types import Entry
from ui.markup import EMPTY, Attribute, Html, join, tag
from ui.sheet_view import sheet
from ui.words import date_words

_OFFERED = 60
"""Publishers to choose from, those with most articles; others can be named in the question."""


def limits(filters: Filters) -> Html:
    """What limits the conversation, above the question's field, and the way to change it."""
    return join(
        tag("ul", limit_chips(filters, data_act="alter", data_do="drop"), class_="chips", aria_label="Limits")
        if filters
        else EMPTY,
        tag(
            "button", "Limit to publishers or dates", type="button", class_="plain", data_act="show", data_page="limits"
        ),
    )


def limit_chips(filters: Filters, **act: Attribute) -> Iterator[Html]:
    """A chip for each limit; its button does `act`, and says which limit it drops."""
    for name in filters.publishers:
        yield chip(f"only {name}", f"Drop the limit to {name}", data_drop="publisher", data_value=name, **act)
    if filters.since:
        day = date_words(filters.since)
        yield chip(f"from {day}", f"Drop the limit from {day}", data_drop="since", **act)
    if filters.until:
        day = date_words(filters.until)
        yield chip(f"until {day}", f"Drop the limit until {day}", data_drop="until", **act)


def chip(label: str, drop: str | None = None, **act: Attribute) -> Html:
    """A word or two; with `drop`, a button of that name that takes it away."""
    button = tag("button", "×", type="button", aria_label=drop, title=drop, **act) if drop else EMPTY
    return tag("li", tag("span", label), button)


def limits_page(filters: Filters, entries: Sequence[Entry], back: int, *, notice: Html = EMPTY) -> Html:
    """Where publishers and days are chosen."""
    counts: dict[str, int] = {}
    for entry in entries:
        if entry.publisher:
            counts[entry.publisher] = counts.get(entry.publisher, 0) + 1
    names = sorted(counts, key=lambda name: (-counts[name], name))[:_OFFERED]
    names = list(dict.fromkeys([*filters.publishers, *names]))
    undated = sum(entry.published is None for entry in entries)
    return sheet(
        "Limit to publishers or dates",
        back,
        tag(
            "div",
            tag(
                "fieldset",
                tag("legend", "Publishers; none chosen means all"),
                (_choice(name, counts.get(name, 0), checked=name in filters.publishers) for name in names)
                if names
                else tag("p", "No article on file names its publisher.", class_="note"),
            ),
            tag(
                "fieldset",
                tag("legend", "Published"),
                _day("since", "from", filters.since),
                _day("until", "until", filters.until),
                tag("p", f"{undated} of {len(entries)} articles are undated; a day leaves them out.", class_="note")
                if undated
                else EMPTY,
            ),
            tag("button", "Apply", type="button", class_="solid", data_act="alter", data_do="limit", data_default=True),
            data_form=True,
            class_="choosing",
        ),
        notice=notice,
    )


def _choice(name: str, count: int, *, checked: bool) -> Html:
    box = tag("input", type="checkbox", name="publisher", value=name, checked=checked)
    return tag("label", box, tag("span", name), tag("small", str(count)), class_="choice")


def _day(name: str, label: str, value: str | None) -> Html:
    return tag("label", tag("span", label), tag("input", type="date", name=name, value=value), class_="day")
