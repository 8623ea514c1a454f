"""Pages laid out with tables and line breaks, turned into blocks and paragraphs, as trafilatura expects them."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

LAYOUT_CHARACTERS = 300
"""A cell with more text than this holds a column of the page, not a figure of a table."""

_BLOCKS = frozenset("p div table ul ol li blockquote h1 h2 h3 h4 h5 h6 section article figure pre".split())
_INLINE = frozenset("span font b i em strong center".split())


def modernise(tree: "HtmlElement") -> None:
    """Makes blocks of the cells of layout tables, paragraphs of what two line breaks part, and text of captions."""
    for table in list(tree.iter("table")):
        if _is_layout(table):
            for node in table.iter("table", "tbody", "tr", "td", "th", "center"):
                node.tag = "div"
    for node in list(tree.iter("figure", "figcaption")):
        node.tag = "div" if node.tag == "figure" else "p"
    for node in list(tree.iter()):
        if isinstance(node.tag, str) and any(_is_double(child) for child in node.iterchildren("br")):
            _split(node)


def _is_layout(table: "HtmlElement") -> bool:
    if next(table.iterdescendants("table", "h1", "h2", "article"), None) is not None:
        return True
    if any(len(cell.text_content()) > LAYOUT_CHARACTERS for cell in table.iter("td")):
        return True
    return any(_is_double(line_break) for line_break in table.iter("br"))


def _is_double(line_break: "HtmlElement") -> bool:
    following = line_break.getnext()
    return not (line_break.tail or "").strip() and following is not None and following.tag == "br"


def _split(parent: "HtmlElement") -> None:
    """Puts what stands between double line breaks into paragraphs of its own."""
    groups: list[HtmlElement] = []
    current = parent.makeelement("p")
    current.text, parent.text = parent.text, None
    for child in list(parent):
        tail, child.tail = child.tail, None
        parent.remove(child)
        double = child.tag == "br" and _ends_paragraph(current)
        if double:
            groups.append(current)
            current = parent.makeelement("p")
            current.text = tail
            continue
        child.tail = tail
        current.append(child)
    groups.append(current)
    for group in groups:
        if any(node.tag in _BLOCKS for node in group.iterdescendants()):
            group.tag = "div"
        parent.append(group)
    if parent.tag in _INLINE or parent.tag == "p":
        parent.tag = "div"


def _ends_paragraph(group: "HtmlElement") -> bool:
    """True if the last thing in a group is a line break with nothing behind it."""
    last = group[-1] if len(group) else None
    return last is not None and last.tag == "br" and not (last.tail or "").strip()


__all__ = ["modernise"]
