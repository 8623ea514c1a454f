"""Word documents: the text of their paragraphs and tables, a paragraph a line."""

import io
import zipfile
from typing import TYPE_CHECKING

from index.readers.hidden import without_invisible
from index.readers.notes import Notes, Source
from index.readers.plain import article_of_text
from index.types import Article

if TYPE_CHECKING:
    from docx.text.paragraph import Paragraph

MAX_UNPACKED = 512 * 2**20
"""A document is a packed folder; one that would unpack to more than this was made to fill the memory."""


def read_docx(data: bytes, source: Source, notes: Notes) -> Article | None:
    """The article in a .docx file; None, with a failure noted, if it is none or holds no text.

    Deleted and hidden words stay out. The days in the properties are those of writing and saving, not of publication.
    """
    import docx
    from docx.opc.exceptions import OpcError

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MAX_UNPACKED:
                notes.fail(source.name, f"would unpack to more than {MAX_UNPACKED >> 20} MB")
                return None
        document = docx.Document(io.BytesIO(data))
    except (zipfile.BadZipFile, OpcError, KeyError, ValueError) as error:
        notes.fail(source.name, f"is no Word document that can be read ({error})")
        return None
    lines: list[str] = []
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            lines.extend(" | ".join(" ".join(cell.text.split()) for cell in row.cells) for row in block.rows)
        else:
            lines.append(_shown(block))
    text = without_invisible("\n\n".join(line.strip() for line in lines if line.strip()))
    if not text:
        notes.fail(source.name, "holds no text")
        return None
    properties = document.core_properties
    title = (properties.title or "").strip()
    return article_of_text(text, source, title if title and title.casefold() in text.casefold() else "")


def _shown(paragraph: "Paragraph") -> str:
    """The text of a paragraph without runs that are marked as hidden."""
    if not any(run.font.hidden for run in paragraph.runs):
        return str(paragraph.text)
    return "".join(run.text for run in paragraph.runs if not run.font.hidden)


__all__ = ["read_docx"]
