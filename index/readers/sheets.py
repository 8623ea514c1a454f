"""The style sheets that stand in a page, and what they do to its elements, as far as that hides or shows them.

Rules are matched by tag, class, id, attribute and the elements around; those that depend on what a reader does
(`:hover`) or on elements beside (`+`, `~`) are passed over. A media query counts as it would on a wide screen.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from index.readers.styles import Style, read_style, unescape

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MAX_CHARACTERS = 4_000_000
MAX_RULES = 50_000
"""More of either is no style sheet; what is beyond is left unread."""

_SCREEN = 1_280
"""How wide, in pixels, the screen of a reader is taken to be."""

_RELEVANT = frozenset(
    "display visibility content-visibility opacity filter font-size zoom scale height max-height width max-width"
    " overflow overflow-y position left right top bottom margin-left margin-top margin-right text-indent transform"
    " translate clip clip-path color -webkit-text-fill-color background background-color background-clip"
    " -webkit-background-clip animation animation-name flex flex-grow".split()
)
_EVERYWHERE = frozenset({"html", "body", "p", "div", "span", "article", "main", "section", "*"})
"""A rule that hides all of these hides the page until a script has run, which says nothing of the article."""

_COMMENT = re.compile(r"/\*.*?(?:\*/|$)", re.DOTALL)
_BRACE = re.compile(r"[{}]")
_IDENT = r"(?:[\w-]|[^\x00-\x7f]|\\[0-9a-fA-F]{1,6}\s?|\\.)+"
_PART = re.compile(
    rf"(?P<mark>[.#]?)(?P<name>{_IDENT}|\*)"
    r"|\[\s*(?P<attribute>[\w-]+)\s*(?:(?P<how>[~^$*]?=)\s*[\"']?(?P<value>[^\"'\]]*)[\"']?\s*(?:i\s*)?)?\]"
)
_COMBINATOR = re.compile(r"\s*(>)\s*|\s+")
_WIDTH = re.compile(r"\b(min|max)-(?:device-)?width\s*:\s*([\d.]+)\s*(px|em|rem)")
_RANGE = re.compile(r"\bwidth\s*(<=?|>=?)\s*([\d.]+)\s*(px|em|rem)")
_OF_SOME = re.compile(
    r"\bprint\b|\bspeech\b|\bprefers-|\bhover\s*:\s*none|\bpointer\s*:\s*coarse|orientation\s*:\s*portrait|max-height"
)


@dataclass(frozen=True, slots=True)
class _Compound:
    """What one element must be: its tag, id and classes, and its attributes with how they must read."""

    tag: str = ""
    id: str = ""
    classes: frozenset[str] = frozenset()
    attributes: tuple[tuple[str, str, str], ...] = ()

    @property
    def weight(self) -> tuple[int, int, int]:
        return int(bool(self.id)), len(self.classes) + len(self.attributes), int(bool(self.tag))

    def fits(self, element: "HtmlElement") -> bool:
        if (self.tag and element.tag != self.tag) or (self.id and element.get("id") != self.id):
            return False
        if self.classes and not self.classes <= set((element.get("class") or "").split()):
            return False
        return all(_reads(element.get(name), how, value) for name, how, value in self.attributes)


@dataclass(frozen=True, slots=True)
class _Rule:
    """A selector, the element itself first and each around it behind, with whether that must be its parent."""

    compounds: tuple[_Compound, ...]
    parent: tuple[bool, ...]
    style: Style
    order: int = 0

    @property
    def weight(self) -> tuple[int, ...]:
        """More for ids than for classes, for these than for tags, and for what comes later."""
        return (*map(sum, zip(*(compound.weight for compound in self.compounds), strict=True)), self.order)

    def fits(self, element: "HtmlElement") -> bool:
        if not self.compounds[0].fits(element):
            return False
        chain = [element, *element.iterancestors()] if self.parent else []
        places = [0]
        for compound, parent in zip(self.compounds[1:], self.parent, strict=True):
            above = [place + 1 for place in places] if parent else range(places[0] + 1, len(chain))
            places = [place for place in above if place < len(chain) and compound.fits(chain[place])]
            if not places:
                return False
        return True


@dataclass(slots=True)
class Sheets:
    """The rules of a page's own style sheets, found by what their last element must be."""

    rules: dict[str, list[_Rule]] = field(default_factory=dict)

    @classmethod
    def of(cls, tree: "HtmlElement") -> "Sheets":
        """The rules in all `<style>` elements of a page."""
        css = "\n".join(sheet.text or "" for sheet in tree.iter("style") if _applies(sheet.get("media") or ""))
        sheets = cls()
        for count, (selectors, body) in enumerate(_blocks(_COMMENT.sub("", css[:MAX_CHARACTERS]))):
            if count >= MAX_RULES:
                break
            style = read_style(body)
            if not _RELEVANT.isdisjoint(style.plain) or not _RELEVANT.isdisjoint(style.important):
                for selector in selectors.split(","):
                    sheets._take(selector.strip(), style, count)
        return sheets

    def styles_of(self, element: "HtmlElement") -> list[Style]:
        """What the rules that fit the element say, the more exact and then the later ones last."""
        if not self.rules:
            return []
        keys = [f"#{element.get('id')}", *(f".{name}" for name in (element.get("class") or "").split())]
        rules = (rule for key in (*keys, element.tag, "*") for rule in self.rules.get(key, ()))
        return [rule.style for rule in sorted((rule for rule in rules if rule.fits(element)), key=_weight)]

    def _take(self, selector: str, style: Style, order: int) -> None:
        rule = _read_selector(selector, style, order)
        if rule is not None and selector.lower() not in _EVERYWHERE:
            last = rule.compounds[0]
            key = f"#{last.id}" if last.id else f".{min(last.classes)}" if last.classes else last.tag or "*"
            self.rules.setdefault(key, []).append(rule)


def _weight(rule: _Rule) -> tuple[int, ...]:
    return rule.weight


def _reads(given: str | None, how: str, value: str) -> bool:
    if given is None:
        return False
    match how:
        case "=":
            return given == value
        case "~=":
            return value in given.split()
        case "^=":
            return bool(value) and given.startswith(value)
        case "$=":
            return bool(value) and given.endswith(value)
        case "*=":
            return bool(value) and value in given
    return True


def _blocks(css: str) -> Iterator[tuple[str, str]]:
    """Selectors and declarations of each rule, those within other blocks too, where these apply."""
    place = 0
    while (start := css.find("{", place)) >= 0:
        prelude = css[place:start].rpartition(";")[2].strip()
        place = _end_of_block(css, start)
        body = css[start + 1 : place - 1]
        if not prelude.startswith("@"):
            yield prelude, body
        elif re.match(r"@(?:media|supports|layer|container|scope)\b", prelude, re.IGNORECASE) and _applies(prelude):
            yield from _blocks(body)


def _end_of_block(css: str, start: int) -> int:
    """The place behind the brace that closes the one at `start`; one behind the end of a sheet that is cut off."""
    depth = 0
    for brace in _BRACE.finditer(css, start):
        depth += 1 if brace[0] == "{" else -1
        if depth == 0:
            return brace.end()
    return len(css) + 1


def _applies(condition: str) -> bool:
    """Whether a media query, or one of several, holds for the screen that a reader is taken to have."""
    return any(_holds(query.lower()) for query in condition.split(","))


def _holds(query: str) -> bool:
    if _OF_SOME.search(query) and not re.search(r"\bnot\s+(?:print|speech)\b", query):
        return False
    for bound, number, unit in _WIDTH.findall(query):
        pixels = float(number or 0) * (1 if unit == "px" else 16)
        if pixels > _SCREEN if bound == "min" else pixels < _SCREEN:
            return False
    for sign, number, unit in _RANGE.findall(query):
        pixels = float(number or 0) * (1 if unit == "px" else 16)
        if pixels > _SCREEN if sign.startswith(">") else pixels < _SCREEN:
            return False
    return True


def _read_selector(selector: str, style: Style, order: int) -> _Rule | None:
    """The rule of one selector; None for one that is not understood."""
    compounds: list[_Compound] = []
    parent: list[bool] = []
    place = 0
    while place < len(selector):
        compound, place = _read_compound(selector, place)
        if compound is None:
            return None
        compounds.append(compound)
        if place < len(selector):
            between = _COMBINATOR.match(selector, place)
            if between is None:
                return None
            parent.append(bool(between[1]))
            place = between.end()
    if not compounds or len(parent) != len(compounds) - 1:
        return None
    return _Rule(tuple(reversed(compounds)), tuple(reversed(parent)), style, order)


def _read_compound(selector: str, place: int) -> tuple[_Compound | None, int]:
    tag, id, classes, attributes = "", "", set(), []
    start = place
    while match := _PART.match(selector, place):
        name = unescape(match["name"] or "")
        if match["attribute"]:
            attributes.append((match["attribute"].lower(), match["how"] or "", match["value"] or ""))
        elif match["mark"] == ".":
            classes.add(name)
        elif match["mark"] == "#":
            id = name
        elif name != "*":
            tag = name.lower()
        place = match.end()
    return (_Compound(tag, id, frozenset(classes), tuple(attributes)) if place > start else None), place


__all__ = ["Sheets"]
