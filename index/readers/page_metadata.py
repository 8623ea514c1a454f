"""What a web page says of its article, in JSON-LD, OpenGraph, meta tags, `<time>` and links."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from index.bylines import read_byline
from index.readers.page_dates import by_class, published_on
from index.types import Nature

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_ARTICLE_TYPES = re.compile(
    r"(?:News|Blog|Report|Live|Tech|Scholarly|Opinion|Analysis|Review|Satirical|Background)?\w*(?:Article|Posting)$|^Report$"
)
_NATURES = {
    "OpinionNewsArticle": Nature.OPINION,
    "BlogPosting": Nature.BLOG,
    "AdvertiserContentArticle": Nature.SPONSORED,
}
_AUTHORS = (
    "author",
    "article:author",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "byl",
    "citation_author",
)
_PUBLISHERS = (
    "og:site_name",
    "publisher",
    "dc.publisher",
    "dcterms.publisher",
    "citation_publisher",
    "application-name",
)
_WRAPPED = re.compile(r"(?:/\*\s*)?(?:<!\[CDATA\[|\]\]>)(?:\s*\*/)?|<!--|-->")
"""What old pages wrap a script in, so that a browser older still passes over it."""

_SITE_SUFFIX = re.compile(r"\s+[|–—»·•-]\s+[^|–—»·•]{1,40}$")


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """What the page says; None for what it does not. `published_from` names the place the date was read from."""

    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: str | None = None
    published_from: str | None = None
    url: str | None = None
    nature: Nature | None = None


def read_page_metadata(tree: "HtmlElement", address: str | None = None) -> PageMetadata:
    """The metadata of a page; `address` is the URL it came from, for links that are relative."""
    meta = _meta_tags(tree)
    linked = _linked_data(tree, meta)
    published, published_from = published_on(tree, meta, linked)
    return PageMetadata(
        title=_title(tree, meta, linked),
        publisher=_first(_name(linked.get("publisher")), *(meta.get(key) for key in _PUBLISHERS)),
        author=_author(tree, meta, linked),
        published=published,
        published_from=published_from,
        url=_url(tree, meta, address),
        nature=next((nature for kind in _types(linked) if (nature := _NATURES.get(kind))), None),
    )


def _title(tree: "HtmlElement", meta: dict[str, str], linked: dict[str, Any]) -> str | None:
    headings = [text for heading in tree.iter("h1") if (text := _text(heading))]
    named = next((_text(title) for title in tree.iter("title")), None)
    given = _first(linked.get("headline"), meta.get("og:title"), meta.get("twitter:title"), meta.get("dc.title"))
    if len(headings) == 1 and given and _same_words(given, headings[0]):
        return headings[0]
    if given:
        return _SITE_SUFFIX.sub("", given) if len(given) > 40 else given
    return _first(headings[0] if headings else None, _SITE_SUFFIX.sub("", named) if named else None)


def _author(tree: "HtmlElement", meta: dict[str, str], linked: dict[str, Any]) -> str | None:
    names = _names(linked.get("author")) or _names(linked.get("creator"))
    if names:
        return ", ".join(names)
    if given := _first(*(meta.get(key) for key in _AUTHORS)):
        return re.sub(r"^by\s+", "", given, flags=re.IGNORECASE)
    shown = tree.xpath("//*[@rel='author' or @itemprop='author']")
    texts = dict.fromkeys(re.sub(r"^by\s+", "", text, flags=re.IGNORECASE) for node in shown if (text := _text(node)))
    if named := ", ".join(text for text in texts if len(text) < 80):
        return named
    bylines = (read_byline(text) for node in by_class(tree, "byline", "author") if len(text := _text(node)) < 120)
    return next((byline.author for byline in bylines if byline and byline.author), None)


def _url(tree: "HtmlElement", meta: dict[str, str], address: str | None) -> str | None:
    links = [link.get("href") for link in tree.iter("link") if "canonical" in (link.get("rel") or "").lower().split()]
    for given in (*links, meta.get("og:url"), address):
        if not given:
            continue
        whole: str = urljoin(address or "", given.strip())
        if urlsplit(whole).scheme not in {"http", "https"} or not urlsplit(whole).netloc:
            continue
        # A page may not take the place of an article on another site by naming that as its own address.
        if address is None or _site(whole) == _site(address):
            return whole
    return None


def _site(url: str) -> str:
    host = (urlsplit(url).hostname or "").lower()
    return re.sub(r"^(?:www|m|mobile|amp)\.", "", host)


def _meta_tags(tree: "HtmlElement") -> dict[str, str]:
    """Names of meta tags in small letters to what they say, the first of each counting."""
    tags: dict[str, str] = {}
    for tag in tree.iter("meta"):
        content = " ".join((tag.get("content") or "").split())
        for attribute in ("property", "name", "itemprop"):
            name = (tag.get(attribute) or "").strip().lower()
            # An author may be given as the address of a profile, which names nobody.
            if name and content and not (content.startswith("http") and "url" not in name and "image" not in name):
                tags.setdefault(name, content)
    return tags


def _linked_data(tree: "HtmlElement", meta: dict[str, str]) -> dict[str, Any]:
    """The JSON-LD object of the page's article, references into the page's graph followed; empty if there is none."""
    objects: list[dict[str, Any]] = []
    for script in tree.xpath("//script[contains(@type, 'ld+json')]"):
        try:
            objects.extend(_objects(json.loads(_WRAPPED.sub("", script.text or "").strip().strip(";"), strict=False)))
        except (ValueError, RecursionError):
            continue
    by_id = {thing["@id"]: thing for thing in objects if isinstance(thing.get("@id"), str) and len(thing) > 1}
    articles = [thing for thing in objects if any(_ARTICLE_TYPES.match(kind) for kind in _types(thing))]
    if not articles:
        return {}
    titles = [_text(heading) for heading in tree.iter("h1")] + [meta.get("og:title", "")]

    def fit(thing: dict[str, Any]) -> tuple[bool, int]:
        # The page's own article has its headline, and says more of itself than the teasers that may stand beside it.
        headline = _first(thing.get("headline"), thing.get("name"))
        own = any(title and headline and _same_words(headline, title) for title in titles)
        return own, sum(key in thing for key in ("headline", "datePublished", "author", "articleBody"))

    return {key: _resolved(value, by_id) for key, value in max(articles, key=fit).items()}


def _objects(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > 6:
        return
    if isinstance(value, list):
        for item in value:
            yield from _objects(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _objects(value.get(key), depth + 1)


def _resolved(value: Any, by_id: dict[str, dict[str, Any]]) -> Any:
    if isinstance(value, list):
        return [_resolved(item, by_id) for item in value]
    if isinstance(value, dict) and set(value) <= {"@id", "@type"} and value.get("@id") in by_id:
        return by_id[value["@id"]]
    return value


def _types(thing: dict[str, Any]) -> list[str]:
    kinds = thing.get("@type", [])
    return [kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)]


def _names(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return list(dict.fromkeys(name for item in values if (name := _name(item)) and not name.startswith("http")))


def _name(value: Any) -> str | None:
    if isinstance(value, list):
        return next(filter(None, map(_name, value)), None)
    given: object = value.get("name") if isinstance(value, dict) else value
    if isinstance(given, list):
        given = next(iter(given), None)
    return " ".join(unescape(given).split()) or None if isinstance(given, str) else None


def _first(*values: object) -> str | None:
    texts: Iterable[str] = (" ".join(unescape(value).split()) for value in values if isinstance(value, str))
    return next((text for text in texts if text), None)


def _text(node: "HtmlElement | None") -> str:
    return "" if node is None else " ".join(node.text_content().split())


def _same_words(one: str, other: str) -> bool:
    left, right = (re.sub(r"\W+", "", text.casefold()) for text in (one, other))
    return left.startswith(right) or right.startswith(left)


__all__ = ["PageMetadata", "read_page_metadata"]
