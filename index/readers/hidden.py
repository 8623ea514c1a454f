"""What a page holds but does not show: removed, so that nobody is answered from text that no reader could see."""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_NEVER_SHOWN = frozenset(
    "script style template noscript title meta link object embed applet svg math canvas iframe frame frameset audio"
    " video map datalist select option textarea input button dialog".split()
)
_SHOWN_LATER = frozenset({"dialog"})

# Only what hides text for every reader; a collapsed menu or a tab is shown on a click.
_HIDING_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|content-visibility\s*:\s*hidden|(?:^|;|\s)opacity\s*:\s*0*\.?0+(?:%|\s*(?:;|!|$))"
    r"|font-size\s*:\s*0*\.?0*[01]?(?:px|pt|em|rem|%|vw|vh)?\s*(?:;|!|$)|(?:^|;|\s)(?:max-)?(?:width|height)\s*:\s*[01]?(?:px|em|%)?\s*(?:;|!|$)"
    r"|text-indent\s*:\s*-\d{3,}|(?:left|right|top|bottom|margin-left|margin-top)\s*:\s*-\d{4,}|clip\s*:\s*rect\(\s*[01](?:px)?[\s,]"
    r"|clip-path\s*:\s*(?:inset\(\s*(?:50|100)%|circle\(\s*0|polygon\(\s*0[^,]*\))|transform\s*:[^;]*(?:scale[xy]?\(\s*0\s*[,)]|translate[xy]?\(\s*-\d{4,})"
    r"|color\s*:\s*transparent|-webkit-text-fill-color\s*:\s*transparent|filter\s*:\s*opacity\(\s*0",
    re.IGNORECASE,
)
_COLOUR = re.compile(r"(?:^|;)\s*color\s*:\s*([^;!]+)", re.IGNORECASE)
_BACKGROUND = re.compile(r"(?:^|;)\s*background(?:-color)?\s*:\s*([^;!]+)", re.IGNORECASE)
_HIDING_CLASSES = frozenset(
    "sr-only visually-hidden visuallyhidden screen-reader-text screen-reader-only screenreader sronly hidden d-none"
    " hide is-hidden u-hidden offscreen off-screen display-none visually-hide a11y-hidden assistive-text invisible"
    " print-only".split()
)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_SELECTOR = re.compile(r"\s*(?:([a-z][a-z0-9]*)?)(?:([.#])([\w-]+))?\s*")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_MEDIA = re.compile(r"@media[^{]*\bprint\b[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", re.IGNORECASE)

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

    hidden_by_sheet = _hidden_selectors(tree)
    etree.strip_elements(tree, etree.Comment, etree.ProcessingInstruction, with_tail=False)
    for element in list(tree.iter()):
        if isinstance(element.tag, str) and element.getparent() is not None and _is_hidden(element, hidden_by_sheet):
            element.drop_tree()


def _is_hidden(element: "HtmlElement", by_sheet: frozenset[str]) -> bool:
    get = element.get
    if element.tag in _NEVER_SHOWN:
        return not (element.tag in _SHOWN_LATER and get("open") is not None)
    if get("hidden") is not None or (get("aria-hidden") or "").strip().lower() == "true":
        return True
    classes = (get("class") or "").split()
    if any(name.lower() in _HIDING_CLASSES for name in classes):
        return True
    if by_sheet and (
        element.tag in by_sheet
        or f"#{get('id')}" in by_sheet
        or any(f".{name}" in by_sheet or f"{element.tag}.{name}" in by_sheet for name in classes)
    ):
        return True
    style = get("style") or ""
    return bool(style) and (bool(_HIDING_STYLE.search(style)) or _same_colours(style))


def _same_colours(style: str) -> bool:
    """True for text in the colour of its own background."""
    colour, background = _COLOUR.search(style), _BACKGROUND.search(style)
    return bool(colour and background and _colour(colour[1]) == _colour(background[1]))


def _colour(value: str) -> str:
    value = re.sub(r"\s+", "", value.lower())
    names = {"white": "#ffffff", "black": "#000000", "#fff": "#ffffff", "#000": "#000000"}
    return names.get(value, value)


def _hidden_selectors(tree: "HtmlElement") -> frozenset[str]:
    """Plain selectors (.name, #name, tag, tag.name) that the page's own style sheets hide."""
    hidden: set[str] = set()
    for sheet in tree.iter("style"):
        css = _MEDIA.sub("", _COMMENT.sub("", sheet.text or ""))
        for selectors, declarations in _RULE.findall(css):
            if _HIDING_STYLE.search(declarations) or _same_colours(declarations):
                hidden.update(filter(None, map(_plain, selectors.split(","))))
    return frozenset(hidden - {"body", "html", "p", "div", "span", "article", "main", "section"})


def _plain(selector: str) -> str | None:
    match = _SELECTOR.fullmatch(selector)
    if not match or not match.group().strip():
        return None
    tag, mark, name = match.groups()
    return f"{tag or ''}{mark or ''}{name or ''}" if mark != "#" else f"#{name}"


__all__ = ["remove_hidden", "without_invisible"]
