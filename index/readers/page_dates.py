"""The day that a web page gives for its article: in JSON-LD, in meta tags, in `<time>`, or in a line near the title.

A page gives many days: of updates, of other articles, of comments. Only that of the article's publication is taken.
"""

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from index.bylines import is_date_line, read_byline
from index.dates import parse_date

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_DATES = (
    "article:published_time", "og:article:published_time", "article:published", "datepublished", "dc.date.issued",
    "dcterms.issued", "dc.date", "dcterms.date", "parsely-pub-date", "sailthru.date", "pubdate",
    "publishdate", "publish-date", "publish_date", "publication_date", "publication-date", "citation_publication_date",
    "citation_date", "article_date_original", "originalpublicationdate", "date", "cxenseparse:recs:publishtime",
    "article.published", "pub_date", "published_time",
)  # fmt: skip
_OPEN_GRAPH = ("og:", "article:")
_UPDATED = re.compile(r"updat|modif|revis|edited|correct", re.IGNORECASE)
_UPDATED_BEFORE = re.compile(
    r"\b(?:updated?|modified|revised|edited|corrected|aktualisiert|actualizado|mis à jour)"
    r"(?:\s+(?:on|at|am|le|el))?\W*$",
    re.IGNORECASE,
)
_UPDATED_BEHIND = re.compile(r"\s*\(\s*(?:last\s+)?(?:updated?|modified|revised)", re.IGNORECASE)
_ELSEWHERE = re.compile(
    r"comment|related|recirc|recommend|teaser|sidebar|widget|promo|most-?read|trending|more-?(?:from|stories|news)",
    re.IGNORECASE,
)
_LABEL = 60
"""A label before a date, such as "Last updated:", is shorter than this."""


def published_on(
    tree: "HtmlElement", meta: Mapping[str, str], linked: Mapping[str, Any]
) -> tuple[str | None, str | None]:
    """The day of publication and where it was read; a date of an update or of the page's making does not count."""
    given = linked.get("datePublished")
    if isinstance(given, str) and (read := parse_date(given)):
        return read, "JSON-LD"
    for key in _DATES:
        if key in meta and (read := parse_date(meta[key])):
            return read, "OpenGraph" if key.startswith(_OPEN_GRAPH) else "meta"
    own = _own_article(tree)
    for node in _marked(tree):
        if _is_of_an_update(node) or _is_elsewhere(node, own):
            continue
        values = (node.get("datetime"), node.get("content"), _text(node))
        if read := parse_date(next(filter(None, values), "")):
            return read, "time" if node.tag == "time" else "page"
    for node in by_class(tree, "date", "publish", "byline", "meta"):
        text = _text(node)
        if len(text) >= 120 or not (is_date_line(text) or read_byline(text)):
            continue
        if not _is_of_an_update(node) and not _is_elsewhere(node, own) and (read := parse_date(text)):
            return read, "page"
    return None, None


def by_class(tree: "HtmlElement", *names: str) -> list["HtmlElement"]:
    """Elements whose class holds one of the names, in the order of the page."""
    wanted = " or ".join(f"contains(translate(@class, 'ABDEHILMNPSTUY', 'abdehilmnpstuy'), '{name}')" for name in names)
    found: list[HtmlElement] = tree.xpath(f"//*[@class and ({wanted})]")
    return found


def _marked(tree: "HtmlElement") -> Iterator["HtmlElement"]:
    """Elements that say that they hold a day of publication, then those that hold any day."""
    yield from tree.xpath("//*[@itemprop='datePublished' or @pubdate or contains(@class, 'published')]")
    yield from tree.xpath("//article//time | //header//time | //main//time")


def _own_article(tree: "HtmlElement") -> "HtmlElement | None":
    """The `<article>` that is the page's own: with the heading, else the longest; None on a page without."""
    outermost = [node for node in tree.iter("article") if next(node.iterancestors("article"), None) is None]
    headed = [node for node in outermost if next(node.iterdescendants("h1"), None) is not None]
    return max(headed or outermost, key=lambda node: len(node.text_content()), default=None)


def _is_elsewhere(node: "HtmlElement", own: "HtmlElement | None") -> bool:
    """True for what stands in another article, a comment, or a column beside."""
    for around in node.iterancestors():
        if around.tag in {"aside", "nav"} or (around.tag == "article" and around is not own):
            return True
        if around is own or around.tag in {"body", "main"}:
            return False
        if _ELSEWHERE.search(f"{around.get('class') or ''} {around.get('id') or ''}"):
            return True
    return False


def _is_of_an_update(node: "HtmlElement") -> bool:
    names = ("class", "itemprop", "aria-label", "title", "data-testid", "id")
    own = " ".join(filter(None, (node.get(name) for name in names)))
    if _UPDATED.search(own) and "publish" not in own.lower():
        return True
    return bool(_UPDATED_BEFORE.search(_label(node)) or _UPDATED_BEHIND.match(node.tail or ""))


def _label(node: "HtmlElement") -> str:
    """The words right before an element, in its own line or in a short one beside it."""
    for _ in range(3):
        before = node.getprevious()
        parent = node.getparent()
        words = before.tail if before is not None else parent.text if parent is not None else ""
        if (words or "").strip():
            return str(words)
        if before is not None:
            dated = before.tag == "time" or next(before.iterdescendants("time"), None) is not None
            return "" if dated else _text(before)[-_LABEL:]
        if parent is None or len(_text(parent)) > _LABEL:
            return ""
        node = parent
    return ""


def _text(node: "HtmlElement | None") -> str:
    return "" if node is None else " ".join(node.text_content().split())


__all__ = ["by_class", "published_on"]
