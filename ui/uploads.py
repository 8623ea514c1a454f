"""Articles that others send: files, articles as JSON, and addresses, each with its limits."""

import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from operator import length_hint
from pathlib import Path
from typing import IO, TYPE_CHECKING

from index.errors import BadInput
from index.types import AddReport, Article, derive_id
from ui.adding import Renamed, Watched, joined
from ui.plain import shorten
from ui.tally import Tally

if TYPE_CHECKING:
    from index import Index

MAX_FILES = 50
MAX_UPLOAD = 32 * 2**20
"""Bytes of everything that is sent at once."""
SUFFIXES = (
    ".txt", ".md", ".html", ".htm", ".pdf", ".docx", ".csv", ".tsv", ".json", ".jsonl", ".ndjson", ".xml", ".rss",
    ".atom",
)  # fmt: skip
"""Endings of files that are taken; packed ones are not, as their true size shows only when they are opened."""

_ADDRESS = re.compile(r"https?://[^\s/]", re.IGNORECASE)
_UNFIT = re.compile(r"[^\w.() -]")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was sent; `name` is its sender's word for it."""

    name: str
    content: IO[bytes]


@dataclass(frozen=True, slots=True)
class Taken:
    """What adding did, and the ids of the articles that came."""

    report: AddReport
    ids: tuple[str, ...]


def add_sent(
    index: "Index", uploads: Sequence[Upload] = (), addresses: Sequence[str] = (), tally: Tally | None = None
) -> Taken:
    """Adds the articles of files, then those at addresses and behind feeds, which `tally` counts on the way.

    Raises BadInput, before anything is added, for nothing at all, too many files, an ending that is not taken, and what
    is no web address: no file is opened by its address.
    """
    from index import read_articles

    if len(uploads) > MAX_FILES or not (uploads or addresses):
        raise BadInput(f"send 1 to {MAX_FILES} files at once, not {len(uploads)}")
    for upload in uploads:
        check_ending(upload.name)
    for address in addresses:
        if not _ADDRESS.match(address):
            raise BadInput(f"{shorten(address, 120)!r} is no web address; it begins with https:// or http://")
    with _kept(uploads) as files:
        sources: list[Iterable[Article]] = [
            *(_renamed(read_articles(path), upload, path) for upload, path in files),
            *(read_articles(address.strip()) for address in addresses),
        ]
        return _add(index, sources, tally or Tally())


def check_ending(name: str) -> None:
    """Raises BadInput for a file whose name does not end like one that can be read."""
    if Path(name).suffix.lower() not in SUFFIXES:
        raise BadInput(f"{shorten(name, 120)!r} is not of a kind that is taken; it may be {', '.join(SUFFIXES)}")


def _renamed(articles: Iterable[Article], upload: Upload, path: Path) -> Renamed:
    return Renamed(articles, derive_id(path.absolute().as_uri(), "", ""), str(path), shorten(upload.name, 120))


def _add(index: "Index", sources: Iterable[Iterable[Article]], tally: Tally) -> Taken:
    watched = [Watched(source, tally.came) for source in sources]
    tally.expect(length_hint(source) for source in watched)
    report = joined(index.add(source, tally.next_source()) for source in watched)
    return Taken(report, tuple(dict.fromkeys(id for source in watched for id in source.ids)))


@contextmanager
def _kept(uploads: Sequence[Upload]) -> Iterator[list[tuple[Upload, Path]]]:
    """The files in a folder that this user alone can read, until they have been read."""
    with tempfile.TemporaryDirectory(prefix="onrecord-") as folder:
        kept = []
        for number, upload in enumerate(uploads):
            place = Path(folder, str(number))
            place.mkdir()
            path = place / f"{_UNFIT.sub('_', Path(upload.name).stem)[:80] or 'file'}{Path(upload.name).suffix.lower()}"
            with path.open("wb") as file:
                shutil.copyfileobj(upload.content, file)
            kept.append((upload, path))
        yield kept
