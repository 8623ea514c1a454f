"""The way in: a file, a folder or an address as one stream of articles."""

import hashlib
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from index.readers.files import expected_articles, files_of, read_file
from index.readers.notes import Found, Notes
from index.readers.workshop import Limits, Workshop
from index.types import Article, Failure

if TYPE_CHECKING:
    from index.readers.fetching import FetchLimits


class Reading:
    """The articles of a source, read while iterated; `failures` and `warnings` fill up on the way.

    It can be iterated again, which reads the source again and starts both lists anew. One bad file or line costs
    that file or line alone. An article that comes twice the same is given once; one that comes again changed is
    given again, to replace the first.
    """

    def __init__(
        self,
        source: str | Path,
        *,
        allowed_hosts: Collection[str] = (),
        limits: Limits | None = None,
        fetch_limits: "FetchLimits | None" = None,
    ) -> None:
        self.source = source if isinstance(source, str) and _is_address(source) else Path(source)
        self._allowed_hosts, self._limits, self._fetch_limits = allowed_hosts, limits, fetch_limits
        self._notes = Notes()

    @property
    def failures(self) -> list[Failure]:
        """What could not be read, as "file" or "file:line", and why."""
        return self._notes.failures

    @property
    def warnings(self) -> list[str]:
        """What was read, but not as one might expect, each beginning with the file."""
        return self._notes.warnings

    def __iter__(self) -> Iterator[Article]:
        self._notes = notes = Notes()
        repeats = _Repeats(notes)
        with Workshop(self._limits) as workshop:
            for found in self._found(notes, workshop):
                if repeats.take(found):
                    yield found.article

    def _found(self, notes: Notes, workshop: Workshop) -> Iterator[Found]:
        if isinstance(self.source, str):
            # Only who asks for an address waits for the import of what fetches it.
            from index.readers.fetching import Fetcher
            from index.readers.web import read_address

            yield from read_address(self.source, notes, workshop, Fetcher(self._allowed_hosts, self._fetch_limits))
        else:
            for file in files_of(self.source, notes):
                yield from read_file(file, notes, workshop)

    def __length_hint__(self) -> int:
        """How many articles to expect, for a progress bar (`operator.length_hint`); reads through JSONL files.

        0 where nothing is known beforehand.
        """
        if isinstance(self.source, str):
            return 0
        return sum(expected_articles(file) for file in files_of(self.source, Notes()))


def read_articles(source: str | Path, *, allowed_hosts: Collection[str] = ()) -> Reading:
    """The articles of a file, of a folder with all that is in it, or of an http(s) address.

    Text, Markdown, HTML, PDF, Word, RSS and Atom, and many articles in one file as JSONL, JSON or CSV, gzipped too.
    A feed's address gives the articles behind it. Hosts in `allowed_hosts` ("name" or "name:port") may be on a private
    network; no other may.
    """
    return Reading(source, allowed_hosts=allowed_hosts)


def _is_address(source: str) -> bool:
    return source.lower().startswith(("http://", "https://"))


class _Repeats:
    """Articles that a source gives more than once."""

    def __init__(self, notes: Notes) -> None:
        self._notes = notes
        self._by_id: dict[str, tuple[bytes, str]] = {}
        self._by_content: dict[bytes, str] = {}

    def take(self, found: Found) -> bool:
        """False for an article that was given before as it is; says so, and says when one replaces another."""
        digest = _digest(found.article)
        before = self._by_id.get(found.article.id)
        if before and before[0] == digest:
            self._notes.warn(found.place, f"the same article as {before[1]}; kept once")
            return False
        if before:
            self._notes.warn(found.place, f"has the id {found.article.id!r} of {before[1]} and replaces it")
        elif found.by_place and digest in self._by_content:
            self._notes.warn(found.place, f"the same article as {self._by_content[digest]}; kept once")
            return False
        self._by_id[found.article.id] = (digest, found.place)
        self._by_content.setdefault(digest, found.place)
        return True


def _digest(article: Article) -> bytes:
    fields = (article.title, article.text, article.publisher, article.author, article.published, article.url)
    return hashlib.sha256("\0".join(field or "" for field in fields).encode("utf-8", "surrogatepass")).digest()


__all__ = ["Reading", "read_articles"]
