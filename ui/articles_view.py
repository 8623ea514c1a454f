"""The page of the articles as HTML: a table to search, and ways to add and remove."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from index.types import Entry
from ui import words
from ui.markup import EMPTY, Html, join, link, tag
from ui.sheet_view import sheet
from ui.uploads import SUFFIXES

_SHOWN = 200
"""Rows of the table; searching finds the rest."""


def articles_page(entries: Sequence[Entry], searched: str, back: int, *, notice: Html = EMPTY) -> Html:
    """The articles on file whose title, publisher or author holds what was searched for."""
    found = [entry for entry in entries if _holds(entry, searched)]
    count = words.count_words(len(entries), "article")
    return sheet(
        "Articles",
        back,
        _adding(),
        tag(
            "div",
            tag(
                "input", type="search", name="words", value=searched, aria_label="Search articles", placeholder="Search"
            ),
            tag("button", "Search", type="button", data_act="show", data_page="articles", data_default=True),
            tag("span", f"{len(found):,} of {count}" if searched else count, class_="note"),
            data_form=True,
            role="search",
            class_="field",
        ),
        _table(found[:_SHOWN], {entry.id: words.title_words(entry) for entry in entries})
        if found
        else tag("p", "There is no such article." if entries else "No articles yet.", class_="note"),
        tag("p", f"and {len(found) - _SHOWN:,} more; search for them", class_="note") if len(found) > _SHOWN else EMPTY,
        notice=notice,
    )


def _holds(entry: Entry, searched: str) -> bool:
    known = f"{entry.title}\n{entry.publisher or ''}\n{entry.author or ''}\n{entry.id}".casefold()
    return all(word in known for word in searched.casefold().split())


def _adding() -> Html:
    files = tag("input", type="file", multiple=True, accept=",".join(SUFFIXES), data_upload=True, id="files")
    address = tag(
        "input", type="url", name="address", aria_label="Address of an article or feed", placeholder="https://"
    )
    return tag(
        "div",
        tag("label", tag("b", "Add files"), tag("span", " or drop them here"), files, class_="drop"),
        tag(
            "div",
            address,
            tag("button", "Add from the web", type="button", data_act="fetch", data_default=True),
            data_form=True,
            class_="field",
        ),
        tag(
            "p",
            f"It may be {', '.join(suffix.removeprefix('.') for suffix in SUFFIXES)}, a page or a feed.",
            class_="note",
        ),
        tag("ul", class_="results", data_results=True, aria_live="polite", aria_label="What was added"),
        class_="adding",
    )


def _table(entries: Sequence[Entry], titles: Mapping[str, str]) -> Html:
    columns = ("Title", "Publisher", "Published", "Passages", "Origin", "")
    head = tag("tr", (tag("th", name, scope="col") for name in columns))
    return tag("table", tag("thead", head), tag("tbody", (_row(entry, titles) for entry in entries)))


def _row(entry: Entry, titles: Mapping[str, str]) -> Html:
    title = words.title_words(entry)
    notice = words.notice_words(entry)
    return tag(
        "tr",
        tag(
            "th",
            tag("button", title, type="button", data_act="open", data_article=entry.id, data_turn=0),
            tag("span", notice, class_="notice") if notice else EMPTY,
            scope="row",
        ),
        tag("td", words.publisher_words(entry)),
        tag("td", words.date_words(entry.published)),
        tag("td", str(entry.passages), class_="count"),
        tag("td", _origin(entry, titles), class_="origin"),
        tag(
            "td",
            tag(
                "button",
                "Remove",
                type="button",
                class_="plain",
                data_act="alter",
                data_do="remove",
                data_article=entry.id,
                aria_label=f"Remove {title}",
            ),
        ),
    )


def _origin(entry: Entry, titles: Mapping[str, str]) -> Html:
    """Where an article comes from: its address, and the article on file that it reprints."""
    host = (urlsplit(entry.url).hostname or "") if entry.url and entry.url.startswith("http") else ""
    where = link(entry.url, host.removeprefix("www.")) if host else join("no address")
    if not entry.origin:
        return where
    first = titles.get(entry.origin, entry.origin)
    button = tag(
        "button", first, type="button", class_="plain", data_act="open", data_article=entry.origin, data_turn=0
    )
    return join(where, tag("span", "reprint of ", button, class_="note"))
