"""What passes between the readers and the one who asked: where from, what was found, what went wrong."""

import re
from dataclasses import dataclass, field

from index.types import Article, Failure, derive_id

MAX_CHARACTERS = 2_000_000
"""No news article is longer than a long novel; what is, was not made to be read."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file being read. `name` stands in messages; `address` (a file: or http: URL) is an identity of last resort."""

    name: str
    address: str

    def id_for(self, url: str | None) -> str:
        """The id of the one article in it: the same again when the article is changed and read from here once more."""
        return derive_id(url or self.address, "", "")


@dataclass(frozen=True, slots=True)
class Found:
    """An article, the place it was read from ("file" or "file:line"), and whether its id hangs on that place alone."""

    article: Article
    place: str
    by_place: bool = False


@dataclass(slots=True)
class Notes:
    """Collects failures and warnings, one line each, in the order they happened."""

    failures: list[Failure] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def fail(self, source: str, reason: str) -> None:
        """Records that `source` could not be read."""
        self.failures.append(Failure(one_line(source), one_line(reason)))

    def warn(self, source: str, remark: str) -> None:
        """Records that `source` was read, but not as one might expect."""
        self.warnings.append(f"{one_line(source)}: {one_line(remark)}")


def check_text(text: str, place: str, notes: Notes) -> str | None:
    """The text of an article without smuggled characters; None, with a failure noted, for none or far too much."""
    if not text.strip():
        notes.fail(place, "has no text")
        return None
    if len(text) > MAX_CHARACTERS:
        notes.fail(place, f"has {len(text):,} characters of text; an article may have {MAX_CHARACTERS:,}")
        return None
    clean = without_tags(text)
    if len(clean) < len(text):
        notes.warn(place, f"left out {len(text) - len(clean)} invisible characters that can carry hidden text")
    return clean


# Tag characters show nothing and spell anything; their one honest use is in flags such as that of Scotland.
_TAGS = re.compile("(?P<flag>\U0001f3f4[\U000e0061-\U000e007a]{2,6}\U000e007f)|[\U000e0000-\U000e007f]+")


def without_tags(text: str) -> str:
    """`text` without tag characters, those in flags excepted."""
    return _TAGS.sub(lambda match: match["flag"] or "", text)


def one_line(text: str, most: int = 300) -> str:
    """`text` without line ends and other control characters, cut after `most` characters."""
    flat = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    return flat if len(flat) <= most else flat[: most - 1] + "…"


__all__ = ["MAX_CHARACTERS", "Found", "Notes", "Source", "check_text", "one_line", "without_tags"]
