"""Which files a source holds, and which reader each of them goes to."""

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from index.readers.notes import Found, Notes, Source
from index.readers.packed import open_file
from index.readers.parsing import KINDS
from index.readers.workshop import Workshop

MAX_BYTES = 64 * 2**20
"""A file that holds one article is at most this long; one that holds many has no such bound, only its lines have."""

_LINES = frozenset({".jsonl", ".ndjson", ".jsonlines"})
MANY = _LINES | {".csv", ".tsv", ".json"}
"""Endings of files that hold many articles each, also below ".gz"."""

_TEXT = frozenset({".txt", ".text", ".md", ".markdown", ""})

# What lies beside saved pages and texts; told of in one line, since nobody means it to be read.
_BESIDE = frozenset(
    ".jpg .jpeg .png .gif .webp .svg .ico .bmp .tif .tiff .avif .css .js .mjs .map .woff .woff2 .ttf .otf .eot .mp3"
    " .mp4 .m4a .wav .webm .mov .avi .zip .tar .tgz .gz .xz .7z .exe .dll .so .bin .dat .db .sqlite .pyc .py .toml"
    " .yaml .yml .ini .lock .log .sha256".split()
)


def files_of(source: Path, notes: Notes) -> Iterator[Path]:
    """The file itself, or the readable files of a folder and those below it, in the order of their names."""
    if not source.is_dir():
        yield source
        return
    left_out: Counter[str] = Counter()
    found = False
    for path in _walk(source, notes):
        if _suffix(path) in _BESIDE:
            left_out[_suffix(path)] += 1
        else:
            found = True
            yield path
    if left_out:
        kinds = ", ".join(f"{count} {suffix}" for suffix, count in left_out.most_common(8))
        notes.warn(str(source), f"left out files that hold no articles: {kinds}")
    if not found:
        notes.fail(str(source), "there is no file to read in this folder")


def read_file(path: Path, notes: Notes, workshop: Workshop) -> Iterator[Found]:
    """The articles of a file; what keeps it from being read is noted as a failure."""
    source = Source(str(path), path.absolute().as_uri())
    suffix = _suffix(path)
    try:
        if suffix in MANY:
            with open_file(path) as stream:
                yield from many_reader(suffix)(stream, source, notes)
        else:
            yield from _read_one(path, suffix, source, notes, workshop)
    except FileNotFoundError:
        notes.fail(source.name, "there is no such file or folder")
    except OSError as error:
        notes.fail(source.name, f"cannot be read: {error.strerror or error}")


def expected_articles(path: Path) -> int:
    """How many articles a file should give: its lines for JSONL, else one."""
    if _suffix(path) not in _LINES:
        return 1
    try:
        with open_file(path) as file:
            lines, end = 0, b"\n"
            for block in iter(lambda: file.read(2**20), b""):
                lines, end = lines + block.count(b"\n"), block[-1:]
            return (lines if end == b"\n" else lines + 1) or 1
    except OSError:
        return 1


def many_reader(suffix: str) -> Callable[[BinaryIO, Source, Notes], Iterator[Found]]:
    """The function that reads a stream of many articles, by the ending of its name."""
    if suffix in _LINES:
        from index.readers.jsonl import read_jsonl

        return read_jsonl
    if suffix == ".json":
        from index.readers.jsonl import read_json

        return read_json
    from index.readers.tables import read_csv

    return read_csv


def _read_one(path: Path, suffix: str, source: Source, notes: Notes, workshop: Workshop) -> Iterator[Found]:
    if not path.is_file():
        path.open("rb").close()  # says what is wrong with it
        notes.fail(source.name, "is no file")
        return
    size = path.stat().st_size
    if size > MAX_BYTES:
        notes.fail(source.name, f"is {size / 2**20:.0f} MB long; a file with one article may have {MAX_BYTES >> 20} MB")
        return
    data = path.read_bytes()
    if not data.strip():
        notes.fail(source.name, "is empty")
        return
    if kind := KINDS.get(suffix) or _kind_by_content(suffix, data):
        for one in workshop.parse(kind, data, source, notes):
            if one.text:
                yield Found(one, source.name, by_place=one.url is None)
            else:
                notes.fail(source.name, f"gives only the address of {one.title!r}; add {one.url} itself")
        return
    if suffix in {".md", ".markdown"}:
        from index.readers.markdown import read_markdown

        article = read_markdown(data, source, notes)
    else:
        from index.readers.plain import read_plain

        article = read_plain(data, source, notes)
    if article is not None:
        yield Found(article, source.name, by_place=article.url is None)


def _kind_by_content(suffix: str, data: bytes) -> str | None:
    """The kind of a file whose name does not tell, by its first bytes."""
    if suffix in _TEXT - {""}:
        return None
    start = data.lstrip()[:15].lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return "html"
    if suffix == "" and b"<rss" in data[:2000].lower():
        return "feed"
    return "pdf" if start.startswith(b"%pdf") else None


def _suffix(path: Path) -> str:
    """The ending of a file's name in small letters, that below .gz for a packed file of many articles."""
    inner = Path(path.stem).suffix.lower()
    return inner if path.suffix.lower() == ".gz" and inner in MANY else path.suffix.lower()


def _walk(folder: Path, notes: Notes) -> Iterator[Path]:
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        notes.fail(str(folder), f"cannot be opened: {error.strerror or error}")
        return
    pages = {entry.stem for entry in entries if KINDS.get(entry.suffix.lower()) == "html"}
    for entry in entries:
        if entry.name.startswith(".") or entry.name == "__MACOSX":
            continue
        if not entry.is_dir():
            yield entry
        # A browser saves what belongs to "page.html" in "page_files"; and a link to a folder may lead round in a ring.
        elif not entry.is_symlink() and not (entry.name.endswith("_files") and entry.name[:-6] in pages):
            yield from _walk(entry, notes)


__all__ = ["MANY", "MAX_BYTES", "expected_articles", "files_of", "many_reader", "read_file"]
