"""Articles that others send: files, articles as JSON, and addresses, each with its limits."""

import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

from index.errors import BadInput
from index.types import AddReport, Article, derive_id
from ui.adding import Renamed, Watched, joined
from ui.plain import shorten

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


def add_uploads(index: "Index", uploads: Sequence[Upload]) -> Taken:
    """Adds the articles of files. Raises BadInput for none, too many, and an ending that is not taken."""
    from index import read_articles

    if not uploads or len(uploads) > MAX_FILES:
        raise BadInput(f"send 1 to {MAX_FILES} files at once, not {len(uploads)}")
    for upload in uploads:
        check_ending(upload.name)
    with _kept(uploads) as files:
        return _add(
            index,
            (
                Renamed(
                    read_articles(path),
                    derive_id(path.absolute().as_uri(), "", ""),
                    str(path),
                    shorten(upload.name, 120),
                )
                for upload, path in files
            ),
        )


def add_addresses(index: "Index", addresses: Sequence[str]) -> Taken:
    """Adds the articles at addresses and behind feeds. Raises BadInput for what is no address: no file is opened."""
    from index import read_articles

    for address in addresses:
        if not _ADDRESS.match(address):
            raise BadInput(f"{shorten(address, 120)!r} is no web address; it begins with https:// or http://")
    return _add(index, (read_articles(address.strip()) for address in addresses))


def joined_takings(takings: Iterable[Taken]) -> Taken:
    """Several as one."""
    takings = list(takings)
    ids = dict.fromkeys(id for taken in takings for id in taken.ids)
    return Taken(joined(taken.report for taken in takings), tuple(ids))


def check_ending(name: str) -> None:
    """Raises BadInput for a file whose name does not end like one that can be read."""
    if Path(name).suffix.lower() not in SUFFIXES:
        raise BadInput(f"{shorten(name, 120)!r} is not of a kind that is taken; it may be {', '.join(SUFFIXES)}")


def _add(index: "Index", sources: Iterable[Iterable[Article]]) -> Taken:
    watched = [Watched(source) for source in sources]
    report = joined(index.add(source) for source in watched)
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
