"""What a list of CSS declarations does to an element: whether a reader can still see it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

Declarations: TypeAlias = Mapping[str, str]
"""Names of properties to their values, both in small letters."""

_COMMENT = re.compile(r"/\*.*?(?:\*/|$)", re.DOTALL)
_ESCAPE = re.compile(r"\\(?:([0-9a-f]{1,6})\s?|(.))", re.IGNORECASE | re.DOTALL)
_LENGTH = re.compile(r"([+-]?(?:\d+\.?\d*|\.\d+))(px|pt|em|rem|ex|ch|%|vw|vh|vmin|vmax)?$")
_IMPORTANT = re.compile(r"!\s*important\s*$")
_PIXELS = {"px": 1.0, "pt": 1.3, "em": 16.0, "rem": 16.0, "ex": 8.0, "ch": 8.0, "%": 10.0, "": 1.0}
"""What a unit measures, near enough to tell the page from far beside it; the rest are hundredths of a window."""

_WINDOW = 10.0
_FAR = 900
"""Nothing that stands so many pixels left of or above the page is seen; menus and columns stand nearer."""
_FAR_RIGHT = 5_000
_FIRST_LINE = 400
"""Indented so far to the left, a line is gone; hanging indents are a word wide."""

_INSET = re.compile(r"inset\(\s*(?:[5-9]\d|\d{3})(?:\.\d+)?%|circle\(\s*0|polygon\(\s*0[^,]*\)|path\(\s*[\"'][\"']")
_SHRUNK = re.compile(r"scale(?:x|y|3d)?\(\s*0*\.?0+\s*[,)]")
_SHIFT = re.compile(r"translate(?:x|y|3d)?\(([^)]*)\)")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_TRANSPARENT = re.compile(
    r"transparent$|(?:rgba?|hsla?)\([^)]*[,/]\s*(?:0*\.?0+)%?\s*\)|#[0-9a-f]{6}00$|#[0-9a-f]{3}0$"
)
_RGB = re.compile(r"rgba?\(\s*(\d+)\s*,?\s*(\d+)\s*,?\s*(\d+)\s*(?:[,/]\s*(?:1|1\.0|100%))?\s*\)")
_COLOUR_WORD = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl)a?\([^)]*\)|\b[a-z]+\b(?!\()")
_NAMED = {"white": "#ffffff", "black": "#000000", "red": "#ff0000", "gray": "#808080", "grey": "#808080"}


@dataclass(frozen=True, slots=True)
class Style:
    """The declarations of one rule or style attribute, those marked as important apart."""

    plain: Declarations = field(default_factory=dict)
    important: Declarations = field(default_factory=dict)


def read_style(css: str) -> Style:
    """The declarations in a style attribute or the body of a rule; of one given twice the last.

    Comments and escapes are undone as a browser does, as they hide what hides.
    """
    plain: dict[str, str] = {}
    important: dict[str, str] = {}
    for declaration in unescape(_COMMENT.sub("", css)).lower().split(";"):
        name, _, value = declaration.partition(":")
        bare = _IMPORTANT.sub("", value).strip()
        if bare:
            (plain if bare == value.strip() else important)[name.strip()] = bare
    return Style(plain, important)


def overlay(styles: Sequence[Style]) -> dict[str, str]:
    """What the styles of one element come to, each counting for more than those before it, the important most."""
    together: dict[str, str] = {}
    for style in styles:
        together.update(style.plain)
    for style in styles:
        together.update(style.important)
    return together


def unescape(css: str) -> str:
    """CSS without its escapes: a code point in hex, or a sign that stands for itself."""
    return _ESCAPE.sub(lambda match: _letter(match[1]) if match[1] else match[2], css)


def hides(style: Declarations) -> bool:
    """True if every reader misses an element of that style: not shown, seen through, without size, or off the page."""
    get = style.get
    if get("display") == "none" or get("visibility") in {"hidden", "collapse"} or get("content-visibility") == "hidden":
        return True
    if "animation" not in style and "animation-name" not in style and _is_clear(get("opacity", "1")):
        return True
    if "filter" in style and re.search(r"opacity\(\s*0*\.?0*%?\s*\)", style["filter"]):
        return True
    return _is_tiny(style) or _is_off_the_page(style) or _is_clipped(style) or _is_unseen_colour(style)


def _is_clear(opacity: str) -> bool:
    match = _LENGTH.match(opacity)
    return match is not None and float(match[1]) <= (2 if match[2] == "%" else 0.02)


def _is_tiny(style: Declarations) -> bool:
    size = _pixels(style.get("font-size", ""))
    if size is not None and size <= 1 and not style["font-size"].endswith(("vw", "vh", "vmin", "vmax")):
        return True
    if style.get("zoom") in {"0", "0%"} or style.get("scale") in {"0", "0%"}:
        return True
    cut = style.get("overflow", style.get("overflow-y", "")) in {"hidden", "clip"}
    apart = style.get("position") in {"absolute", "fixed"}
    for name in ("height", "max-height", "width", "max-width"):
        pixels = _pixels(style.get(name, ""))
        if pixels is None or pixels < 0 or pixels > 1 or (style[name].endswith("%") and pixels):
            continue
        # A column of no width grows where there is room, and a box of one pixel grows with what is in it.
        grows = name == "width" and any(part.startswith("flex") for part in style)
        if not grows and (pixels == 0 or cut or apart) and style.get("overflow") != "visible":
            return True
    return False


def _is_off_the_page(style: Declarations) -> bool:
    for name in ("left", "right", "top", "bottom", "margin-left", "margin-top", "margin-right"):
        pixels = _pixels(style.get(name, ""))
        if pixels is None:
            continue
        # A column may be drawn to the other side by a margin of its own width.
        share = style[name].endswith("%")
        if not (share and name.startswith("margin")) and pixels <= (-1_000 if share else -_FAR):
            return True
        if name in {"left", "right"} and (pixels >= _FAR_RIGHT or (style[name].endswith("vw") and pixels >= 1_000)):
            return True
    indent = _pixels(style.get("text-indent", ""))
    if indent is not None and indent <= -_FIRST_LINE:
        return True
    moved = f"{style.get('transform', '')} {_as_shift(style.get('translate', ''))}"
    if _SHRUNK.search(moved):
        return True
    shifts = (_pixels(part.strip()) for match in _SHIFT.finditer(moved) for part in match[1].split(","))
    return any(pixels is not None and pixels <= -_FAR for pixels in shifts)


def _is_clipped(style: Declarations) -> bool:
    if _INSET.match(style.get("clip-path", "")):
        return True
    clip = style.get("clip", "")
    sides = [float(number) for number in _NUMBER.findall(clip)] if clip.startswith("rect(") else []
    return len(sides) == 4 and (sides[2] - sides[0] <= 1 or sides[1] - sides[3] <= 1)


def _is_unseen_colour(style: Declarations) -> bool:
    """True for text that is seen through, or has the colour of its own background."""
    if "text" in style.get("background-clip", style.get("-webkit-background-clip", "")):
        return False  # the letters are cut out of a picture
    ink = style.get("-webkit-text-fill-color", style.get("color", ""))
    if _TRANSPARENT.match(ink):
        return True
    paper = _COLOUR_WORD.search(style.get("background-color", style.get("background", "")))
    return bool(ink) and paper is not None and _colour(ink) == _colour(paper[0])


def _colour(value: str) -> str:
    if rgb := _RGB.fullmatch(value):
        return "#" + "".join(f"{min(int(part), 255):02x}" for part in rgb.groups())
    if re.fullmatch(r"#[0-9a-f]{3}", value):
        return "#" + "".join(2 * letter for letter in value[1:])
    return _NAMED.get(value, value)


def _pixels(length: str) -> float | None:
    match = _LENGTH.fullmatch(length)
    return float(match[1]) * _PIXELS.get(match[2] or "", _WINDOW) if match else None


def _as_shift(translate: str) -> str:
    return f"translate({','.join(translate.split())})"


def _letter(code: str) -> str:
    number = int(code, 16)
    return chr(number) if 0 < number < 0x110000 and not 0xD800 <= number < 0xE000 else "\ufffd"


__all__ = ["Declarations", "Style", "hides", "overlay", "read_style", "unescape"]
