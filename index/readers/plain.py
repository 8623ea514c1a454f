"""Plain text: the text as it stands, and what it says of itself."""

from index.masthead import read_masthead
from index.readers.decoding import Undecodable, decode
from index.readers.notes import Notes, Source, check_text
from index.types import Article


def read_plain(data: bytes, source: Source, notes: Notes) -> Article | None:
    """The article in a text file, its text unchanged; None, with a failure noted, if it is no text."""
    text = decoded(data, source, notes)
    return None if text is None else article_of_text(text, source)


def article_of_text(text: str, source: Source, title: str = "") -> Article:
    """The article of a file that says nothing of it beside its text; `title` is taken as it is where it is known."""
    masthead = read_masthead(text, title)
    return Article(
        id=source.id_for(None),
        text=text,
        title=masthead.title,
        author=masthead.author,
        published=masthead.published,
        published_from="byline" if masthead.published else None,
        nature=masthead.nature,
    )


def decoded(data: bytes, source: Source, notes: Notes) -> str | None:
    """The text of a file; None, with a failure noted, if it is no text or there is none in it."""
    try:
        text, remark = decode(data)
    except Undecodable as error:
        notes.fail(source.name, str(error))
        return None
    if remark:
        notes.warn(source.name, remark)
    if not text.strip():
        notes.fail(source.name, "is empty")
        return None
    return check_text(text, source.name, notes)


__all__ = ["article_of_text", "decoded", "read_plain"]
