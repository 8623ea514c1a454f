"""What passes between the readers and the one who asked: where from, what was found, what went wrong."""

from dataclasses import dataclass, field

from index.types import Article, Failure, derive_id


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


def one_line(text: str, most: int = 300) -> str:
    """`text` without line ends and other control characters, cut after `most` characters."""
    flat = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    return flat if len(flat) <= most else flat[: most - 1] + "…"


__all__ = ["Found", "Notes", "Source", "one_line"]
