"""Web pages: the article that a reader of the page would see, and what the page says of it."""

import copy
import logging
import re
from configparser import ConfigParser
from functools import cache
from typing import TYPE_CHECKING

from index.masthead import read_masthead
from index.readers.decoding import Undecodable, decode
from index.readers.hidden import remove_hidden, without_invisible
from index.readers.notes import Notes, Source
from index.readers.old_markup import modernise
from index.readers.page_metadata import read_page_metadata
from index.types import Article

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w:-]+)", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")

LINK_SHARE = 0.8
"""A block of which so much is links, and nothing a sentence, leads elsewhere and is not the article."""

_BLOCKS = ("p", "div", "td", "li", "ul", "ol", "section", "aside", "nav", "center", "span")
_TABLE_RULE = re.compile(r"[|\s:-]+")
_SENTENCE = re.compile(r"\w[\w’' ,;-]{25,}[.!?。][\"'”’»)]*(?:\s|$)")


def read_html(data: bytes, source: Source, notes: Notes) -> Article | None:
    """The article on a page; None, with a failure noted, if the page shows no text.

    The text is the visible main text, a paragraph a line. Metadata is what the page gives, else what the text says.
    """
    try:
        markup, remark = decode_page(data)
    except Undecodable as error:
        notes.fail(source.name, str(error))
        return None
    if remark:
        notes.warn(source.name, remark)
    tree = _parse(markup)
    if tree is None:
        notes.fail(source.name, "is no web page that can be read")
        return None
    address = source.address if source.address.startswith("http") else None
    page = read_page_metadata(tree, address)
    remove_hidden(tree)
    text = without_invisible(main_text(tree)).strip()
    if not text:
        notes.fail(source.name, "shows no text")
        return None
    masthead = read_masthead(text, page.title or "")
    return Article(
        id=source.id_for(page.url),
        text=text,
        title=without_invisible(masthead.title),
        publisher=without_invisible(page.publisher or "") or None,
        author=without_invisible(page.author or "") or masthead.author,
        published=page.published or masthead.published,
        published_from=page.published_from or ("byline" if masthead.published else None),
        url=page.url,
        nature=page.nature or masthead.nature,
    )


def decode_page(data: bytes) -> tuple[str, str | None]:
    """The markup and a remark, by its byte order mark, by the charset it names, else as any text."""
    named = _CHARSET.search(data, 0, 4096)
    if named and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode(named[1].decode("ascii")), None
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(data)


def main_text(tree: "HtmlElement") -> str:
    """The main text of a tree without hidden elements, a paragraph a line; where none is found, all that it shows.

    The tree is changed on the way: old markup is made new, and blocks of links go.
    """
    import trafilatura

    modernise(tree)
    remove_links(tree)
    extracted = trafilatura.bare_extraction(
        copy.deepcopy(tree), include_comments=False, with_metadata=False, config=_extraction_config()
    )
    text = "" if extracted is None or isinstance(extracted, dict) else str(extracted.text or "")
    lines = [line.strip() for line in text.splitlines() if line.strip() and not _TABLE_RULE.fullmatch(line.strip())]
    if lines:
        return "\n".join(lines)
    return "\n".join(filter(None, (" ".join(node.text_content().split()) for node in _shown_blocks(tree))))


def text_of_markup(markup: str) -> str:
    """The visible text of a piece of markup, such as a feed gives, a block a line."""
    tree = _parse(f"<div>{markup}</div>")
    if tree is None:
        return ""
    remove_hidden(tree)
    for block in tree.iter("p", "div", "li", "br", "h1", "h2", "h3", "h4", "blockquote", "tr"):
        block.tail = "\n" + (block.tail or "")
        if block.tag != "br":
            block.text = "\n" + (block.text or "")
    return "\n".join(filter(None, (" ".join(line.split()) for line in tree.text_content().splitlines())))


def remove_links(tree: "HtmlElement") -> None:
    """Takes out menus, lists of headlines and rows of buttons: blocks that are nearly all links and tell nothing."""
    for block in list(tree.iter(*_BLOCKS)):
        if block.getparent() is None:
            continue
        text = " ".join(block.text_content().split())
        linked = sum(len(" ".join(link.text_content().split())) for link in block.iter("a"))
        if text and linked >= LINK_SHARE * len(re.sub(r"[\W_]", "", text)) and not _SENTENCE.search(text):
            block.drop_tree()


@cache
def _extraction_config() -> ConfigParser:
    """The settings of trafilatura, with the bound below which it takes a whole page lowered: news can be short."""
    from trafilatura.settings import use_config

    # It warns of every page that it takes nothing from; that is told once, by whoever reads the page.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    config = use_config()
    config.set("DEFAULT", "MIN_EXTRACTED_SIZE", "40")
    return config


def _shown_blocks(tree: "HtmlElement") -> "list[HtmlElement]":
    body = tree.find("body")
    found: list[HtmlElement] = list(
        (body if body is not None else tree).iter("h1", "h2", "h3", "p", "li", "blockquote", "figcaption")
    )
    return found or [body if body is not None else tree]


def _parse(markup: str) -> "HtmlElement | None":
    from lxml import etree, html

    try:
        # lxml refuses text that names an encoding; recovery from broken markup is its default.
        tree = html.document_fromstring(_DECLARATION.sub("", markup.replace("\0", "")))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    return tree


__all__ = ["decode_page", "main_text", "read_html", "remove_links", "text_of_markup"]
