"""News agencies, and how an article that a paper took from one says so."""

import re

from index.filters import publisher_key

_NAMES = (
    "AFP", "Agence France-Presse", "ANI", "ANSA", "AP", "AP News", "Associated Press", "Bloomberg", "dpa", "EFE",
    "IANS", "Interfax", "Kyodo News", "PA Media", "Press Association", "PTI", "Press Trust of India", "Reuters",
    "TASS", "United Press International", "UPI", "Xinhua",
)  # fmt: skip
_KEYS = frozenset(map(publisher_key, _NAMES))

_NAME = rf"(?:the\s+)?(?:{'|'.join(re.escape(name) for name in sorted(_NAMES, key=len, reverse=True))})"
# The ways a beginning says it: LONDON, Feb 2 (Reuters) - …; PARIS — AFP — …; and a line of its own, as "By Reuters",
# "Source: AFP" or "Jane Roe | AP" are.
_HEAD = re.compile(
    rf"^[^()\n]{{0,60}}\({_NAME}\)\s*[-–—:]"
    rf"|^[A-ZÀ-Þ][^\n.]{{0,30}}[-–—,]\s*{_NAME}\s*[-–—]\s"
    rf"|^(?:[^\n.]{{0,60}}[|/,·•]\s*|(?:by|source|via|from|credit)\b\s*:?\s*)?{_NAME}(?:\s+staff)?\s*$",
    re.MULTILINE | re.IGNORECASE,
)
_TAIL = re.compile(
    rf"^\W*(?:source|credit|via|copyright|©|\(c\))\W*(?:\d{{4}}\s+)?(?:by\s+)?{_NAME}\b"
    rf"|(?:[-–—]\s*|\(){_NAME}\W*$"
    rf"|\b(?:with (?:inputs|material|reporting|files) (?:from|by)"
    rf"|(?:story|article|report) (?:was )?(?:first |originally )?(?:published|reported|provided) by)\s+{_NAME}\b",
    re.MULTILINE | re.IGNORECASE,
)
_AUTHORS = re.compile(r"\s*(?:,|/|\||&|\band\b|\bfor\b|\bof\b)\s*", re.IGNORECASE)

ENDS = 400
"""Who an article is from stands within so many characters of its beginning or its end."""


def is_agency(name: str) -> bool:
    """True for the name of a news agency, or its address."""
    return publisher_key(name) in _KEYS


def credits_agency(author: str | None, beginning: str, end: str) -> bool:
    """True if an article says that it is an agency's: as its author, before its first words, or below its last.

    A report on what an agency reported ("…, Reuters reported") does not.
    """
    if author and any(map(is_agency, _AUTHORS.split(author))):
        return True
    return bool(_HEAD.search(beginning) or _TAIL.search(end))


__all__ = ["ENDS", "credits_agency", "is_agency"]
