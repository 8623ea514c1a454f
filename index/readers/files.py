"""Which files a source holds, and which reader each of them goes to."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from index.readers.notes import Found, Notes, Source

MAX_BYTES = 64 * 2**20
"""A file that holds one article is at most this long; JSONL has no such bound, only its lines have."""

_LINES = frozenset({".jsonl", ".ndjson", ".jsonlines"})
_TEXT = frozenset({".txt", ".text", ""})
_MARKDOWN = frozenset({".md", ".markdown"})
_HTML = frozenset({".html", ".htm", ".xhtml"})
_READ = _LINES | _TEXT | _MARKDOWN | _HTML

# What lies beside saved pages and texts; told of in one line, since nobody means it to be read.
_BESIDE = frozenset(
    ".jpg .jpeg .png .gif .webp .svg .ico .bmp .tif .tiff .avif .css .js .mjs .map .woff .woff2 .ttf .otf .eot .mp3"
    " .mp4 .m4a .wav .webm .mov .avi .zip .tar .gz .xz .7z .exe .dll .so .bin .dat .db .sqlite .pyc .py .toml .yaml"
    " .yml .ini .lock .log .sha256".split()
)


def files_of(source: Path, notes: Notes) -> Iterator[Path]:
    """The file itself, or the readable files of a folder and those below it, in the order of their names."""
    if not source.is_dir():
        yield source
        return
    left_out: Counter[str] = Counter()
    found = False
    for path in _walk(source, notes):
        if path.suffix.lower() in _BESIDE:
            left_out[path.suffix.lower()] += 1
        else:
            found = True
            yield path
    if left_out:
        kinds = ", ".join(f"{count} {suffix}" for suffix, count in left_out.most_common(8))
        notes.warn(str(source), f"left out files that hold no articles: {kinds}")
    if not found:
        notes.fail(str(source), "there is no file to read in this folder")


def read_file(path: Path, notes: Notes) -> Iterator[Found]:
    """The articles of a file; what keeps it from being read is noted as a failure."""
    source = Source(str(path), path.absolute().as_uri())
    suffix = path.suffix.lower()
    try:
        if suffix in _LINES:
            from index.readers.jsonl import read_jsonl

            with path.open("rb") as lines:
                yield from read_jsonl(lines, source, notes)
        elif found := _read_one(path, suffix, source, notes):
            yield found
    except FileNotFoundError:
        notes.fail(source.name, "there is no such file or folder")
    except OSError as error:
        notes.fail(source.name, f"cannot be read: {error.strerror or error}")


def expected_articles(path: Path) -> int:
    """How many articles a file should give: its lines for JSONL, else one."""
    if path.suffix.lower() not in _LINES:
        return 1
    try:
        with path.open("rb") as file:
            return sum(block.count(b"\n") for block in iter(lambda: file.read(2**20), b"")) or 1
    except OSError:
        return 1


def _read_one(path: Path, suffix: str, source: Source, notes: Notes) -> Found | None:
    size = path.stat().st_size
    if size > MAX_BYTES:
        notes.fail(source.name, f"is {size / 2**20:.0f} MB long; a file with one article may have {MAX_BYTES >> 20} MB")
        return None
    data = path.read_bytes()
    if not data.strip():
        notes.fail(source.name, "is empty")
        return None
    if suffix in _HTML or (
        suffix not in _READ and data.lstrip()[:15].lower().startswith((b"<!doctype html", b"<html"))
    ):
        from index.readers.html import read_html as reader
    elif suffix in _MARKDOWN:
        from index.readers.markdown import read_markdown as reader
    else:
        from index.readers.plain import read_plain as reader
    article = reader(data, source, notes)
    return Found(article, source.name, by_place=article.url is None) if article else None


def _walk(folder: Path, notes: Notes) -> Iterator[Path]:
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        notes.fail(str(folder), f"cannot be opened: {error.strerror or error}")
        return
    pages = {entry.stem for entry in entries if entry.suffix.lower() in _HTML}
    for entry in entries:
        if entry.name.startswith(".") or entry.name == "__MACOSX":
            continue
        if not entry.is_dir():
            yield entry
        # A browser saves what belongs to "page.html" in "page_files"; and a link to a folder may lead round in a ring.
        elif not entry.is_symlink() and not (entry.name.endswith("_files") and entry.name[:-6] in pages):
            yield from _walk(entry, notes)


__all__ = ["MAX_BYTES", "expected_articles", "files_of", "read_file"]
