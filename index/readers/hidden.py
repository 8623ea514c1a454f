"""What a page holds but does not show: removed, so that nobody is answered from text that no reader could see."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from index.readers.sheets import Sheets
from index.readers.styles import hides, overlay, read_style

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_NEVER_SHOWN = frozenset(
    "script style template noscript title meta link object embed applet svg math canvas iframe frame frameset audio"
    " video map datalist select option textarea input button dialog".split()
)
_SHOWN_LATER = frozenset({"dialog"})

# Only what hides text for every reader; a collapsed menu or a tab is shown on a click.
_HIDING_CLASSES = frozenset(
    "sr-only visually-hidden visuallyhidden screen-reader-text screen-reader-only screenreader sronly hidden d-none"
    " hide is-hidden u-hidden offscreen off-screen display-none visually-hide a11y-hidden assistive-text invisible"
    " print-only".split()
)
_SHOWN_ON_WIDE_SCREENS = re.compile(
    r"(?:sm|md|lg|xl|x?xl|2xl):(?:block|flex|grid|contents|flow-root|inline[\w-]*|table[\w-]*|visible|not-sr-only)"
    r"|d-(?:sm|md|lg|xl|xxl)-(?!none)[\w-]+"
)
"""Classes, as Tailwind and Bootstrap name them, of what is hidden on telephones only."""

# Tag characters, zero-width and direction marks, variation selectors beyond the emoji one: nothing of them is seen.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0e\ufeff\uffa0"
    "\ufff0-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_JOINED = re.compile("(?<=[\u0600-\u0dff\U0001f000-\U0001faff\u2600-\u27bf\ufe0f])[\u200c\u200d]")


def without_invisible(text: str) -> str:
    """`text` without characters that show nothing; joiners stay where a script or an emoji needs them."""
    kept = _JOINED.sub(lambda match: "\ue000" if match.group() == "\u200d" else "\ue001", text)
    return _INVISIBLE.sub("", kept).replace("\ue000", "\u200d").replace("\ue001", "\u200c")


def remove_hidden(tree: "HtmlElement") -> None:
    """Takes comments, code and every element that a browser would not show out of the tree."""
    from lxml import etree

    sheets = Sheets.of(tree)
    etree.strip_elements(tree, etree.Comment, etree.ProcessingInstruction, with_tail=False)
    for element in list(tree.iter()):
        if isinstance(element.tag, str) and element.getparent() is not None and _is_hidden(element, sheets):
            element.drop_tree()


def _is_hidden(element: "HtmlElement", sheets: Sheets) -> bool:
    get = element.get
    if element.tag in _NEVER_SHOWN:
        return not (element.tag in _SHOWN_LATER and get("open") is not None)
    if element.tag == "body":
        return False  # pages hide it until their scripts have run
    if get("hidden") is not None or get("popover") is not None or (get("aria-hidden") or "").strip().lower() == "true":
        return True
    own = read_style(get("style") or "")
    style = overlay([*sheets.styles_of(element), own])
    if style and hides(style):
        return True
    shown = {**own.plain, **own.important}.get("display", "none") != "none"
    return not shown and _is_hidden_by_class((get("class") or "").split())


def _is_hidden_by_class(classes: Sequence[str]) -> bool:
    """True for the names by which sheets that are not in the page usually hide."""
    if any(_SHOWN_ON_WIDE_SCREENS.fullmatch(name) for name in classes):
        return False
    return any(name.lower() in _HIDING_CLASSES for name in classes)


__all__ = ["remove_hidden", "without_invisible"]
