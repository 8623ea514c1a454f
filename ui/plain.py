"""Text of others made safe to print: what would steer a terminal or reorder a line is taken out."""

import json
import re
from typing import Any

_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""Control characters but tab and newline, marks that reorder a line, lone surrogates (which cannot be written)."""

_RISKY_IN_JSON = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""What JSON leaves as it is, though a terminal would act on it or a stream could not write it."""


def printable(text: str) -> str:
    """`text` with line ends as newlines and without characters that steer a terminal or reorder a line."""
    return _STEERING.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: str) -> str:
    """`printable`, with every run of white space as one space."""
    return " ".join(printable(text).split())


def shorten(text: str, limit: int) -> str:
    """`one_line` in at most `limit` characters, cut at a word and ended by an ellipsis where it was longer."""
    line = one_line(text)
    if len(line) <= limit:
        return line
    head = line[: limit - 1]
    at = head.rfind(" ")
    return f"{head[:at] if at > limit // 2 else head}…"


def json_text(value: Any) -> str:
    """`value` as JSON of two-space indent; letters stay readable, and nothing in it steers a terminal."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return _RISKY_IN_JSON.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
