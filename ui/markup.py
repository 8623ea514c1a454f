"""The one place where text becomes HTML: everything that is not `Html` already is escaped.

Views are built from `tag`, so no view can forget to escape, and text of articles, questions and models
stays text. There is no way in for ready-made markup from outside this package.
"""

from collections.abc import Iterable
from html import escape
from urllib.parse import urlsplit

from ui.plain import printable

_VOID = frozenset({"br", "hr", "input"})


class Html(str):
    """A string that is markup already; made by `tag` and `join` alone."""

    __slots__ = ()


Child = str | Html | None
Attribute = str | int | bool | None

EMPTY = Html("")


def text(value: str) -> Html:
    """`value` as text in HTML: escaped, without characters that reorder a line."""
    return Html(escape(printable(value), quote=True))


def join(*parts: Child | Iterable[Child]) -> Html:
    """The parts one after the other, escaped where they are not `Html`; None is nothing."""
    return Html("".join(_flat(part) for part in parts))


def tag(name: str, /, *children: Child | Iterable[Child], **attributes: Attribute) -> Html:
    """An element. `class_` is class, `data_open` is data-open; True is a bare attribute, None and False none."""
    opening = f"<{name}{''.join(_attribute(key, value) for key, value in attributes.items())}>"
    return Html(opening if name in _VOID else f"{opening}{join(*children)}</{name}>")


def link(url: str | None, label: str) -> Html:
    """A link that opens apart and tells the other side nothing; the label alone where `url` is not http(s)."""
    if not url or not _is_web(url):
        return text(label)
    return tag("a", label, href=url, target="_blank", rel="noopener noreferrer nofollow", referrerpolicy="no-referrer")


def _is_web(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc) and printable(url) == url


def _attribute(key: str, value: Attribute) -> str:
    if value is None or value is False:
        return ""
    name = key.rstrip("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{text(str(value))}"'


def _flat(part: Child | Iterable[Child]) -> str:
    if part is None:
        return ""
    if isinstance(part, Html):
        return part
    if isinstance(part, str):
        return text(part)
    return "".join(_flat(child) for child in part)
