"""PDF, Word, CSV, JSON and packed files are read; a file made to harm costs itself alone."""

import csv
import gzip
import io
import json
import time
import zipfile
from pathlib import Path

import docx
import pytest

from index.readers import Reading, read_articles
from index.readers.notes import Notes, Source
from index.readers.pdf import read_pdf, text_of_pages
from index.readers.workshop import Limits, Workshop
from index.types import Article


def pdf(*pages: list[str]) -> bytes:
    """A small PDF with a line of text for each string."""
    objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    kids: list[str] = []
    for lines in pages:
        shown = " ".join(f"({line.replace('(', chr(92) + '(').replace(')', chr(92) + ')')}) Tj T*" for line in lines)
        content = f"BT /F1 11 Tf 14 TL 50 750 Td {shown} ET".encode("latin-1")
        objects.append(b"<< /Length %d >>\nstream\n%b\nendstream" % (len(content), content))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R /Resources << /Font << /F1"
            b" << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>" % len(objects)
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    data = b"%PDF-1.4\n"
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    start = len(data)
    return data + (
        b"xref\n0 %d\n0000000000 65535 f \n%btrailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % (len(objects) + 1, table, len(objects) + 1, start)
    )


PAGE = [
    "Mayor of Leeds resigns after budget row",
    "By Jane Roe",
    "3 May 2024",
    "The mayor of Leeds resigned on Monday after a long de-",
    "bate in the council about the budget for the coming year",
    "and the year after. Her deputy takes over until June.",
    "She gave no reason.",
    "The council meets again on Friday to choose a new mayor,",
    "a spokesman said.",
]


def read(path: Path, data: bytes) -> tuple[list[Article], Reading]:
    path.write_bytes(data)
    reading = read_articles(path)
    return list(reading), reading


def reasons(reading: Reading) -> list[str]:
    return [failure.reason for failure in reading.failures]


def test_a_pdf_is_read_as_paragraphs_with_who_and_when(tmp_path: Path) -> None:
    [article], reading = read(tmp_path / "a.pdf", pdf(PAGE))
    assert (article.title, article.author, article.published) == (PAGE[0], "Jane Roe", "2024-05-03")
    assert "after a long debate in the council about the budget for the coming year and the year after." in article.text
    assert "choose a new mayor, a spokesman said." in article.text
    assert not reading.failures


def test_running_heads_and_page_numbers_are_not_the_article() -> None:
    said = ["The mayor resigned on Monday.", "She gave no reason.", "Her deputy takes over."]
    pages = [f"The Daily Post\n{one}\n{one[::-1]}\n- {number} -" for number, one in enumerate(said, start=1)]
    assert text_of_pages(pages).split() == " ".join(line for one in said for line in (one, one[::-1])).split()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"%PDF-1.4\nnothing of the kind", "is no PDF that can be read"),
        (pdf(PAGE)[:200], "is no PDF that can be read"),
        (pdf([]), "holds no text; a scanned page"),
    ],
)
def test_a_pdf_without_text_is_told_of(data: bytes, reason: str) -> None:
    notes = Notes()
    assert read_pdf(data, Source("a.pdf", "file:///a.pdf"), notes) is None
    assert notes.failures[0].reason.startswith(reason)


def word(*paragraphs: str, table: list[list[str]] | None = None) -> bytes:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if table:
        cells = document.add_table(len(table), len(table[0]))
        for row, values in zip(cells.rows, table, strict=True):
            for cell, value in zip(row.cells, values, strict=True):
                cell.text = value
    hidden = document.add_paragraph("Shown. ").add_run("Hidden words.")
    hidden.font.hidden = True
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_a_word_document_is_read_with_its_tables_and_without_hidden_words(tmp_path: Path) -> None:
    data = word(
        "Mayor of Leeds resigns",
        "By Jane Roe",
        "The mayor of Leeds resigned on Monday after a long debate.",
        table=[["Party", "Seats"], ["Greens", "12"]],
    )
    [article], _ = read(tmp_path / "a.docx", data)
    assert (article.title, article.author, article.published) == ("Mayor of Leeds resigns", "Jane Roe", None)
    assert "Greens | 12" in article.text
    assert "Shown." in article.text
    assert "Hidden words" not in article.text


def test_a_file_that_only_claims_to_be_a_word_document_is_told_of(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("hello.txt", "hello")
    for data in (b"PK\x03\x04 broken", packed.getvalue()):
        articles, reading = read(tmp_path / "a.docx", data)
        assert articles == []
        assert reasons(reading)[0].startswith("is no Word document")


def test_a_document_that_unpacks_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from index.readers import docx as reader

    monkeypatch.setattr(reader, "MAX_UNPACKED", 1000)
    notes = Notes()
    assert reader.read_docx(word("A" * 5000), Source("a.docx", "file:///a.docx"), notes) is None
    assert notes.failures[0].reason.startswith("would unpack to more than")


# CSV and JSON


def table(*rows: list[str], delimiter: str = ",") -> bytes:
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter).writerows(rows)
    return stream.getvalue().encode()


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_csv_is_read_by_the_names_of_its_columns(tmp_path: Path, delimiter: str) -> None:
    data = table(
        ["Headline", "Body", "Source", "Published_At"],
        ["Mayor resigns", 'She said: "No."\nThen, she left; for good | ever.', "Daily Post", "3 May 2024"],
        ["No text", "", "", ""],
        ["Budget", "The council met.", "", "soon"],
        delimiter=delimiter,
    )
    articles, reading = read(tmp_path / "a.csv", data)
    assert [(a.title, a.publisher, a.published) for a in articles] == [
        ("Mayor resigns", "Daily Post", "2024-05-03"),
        ("Budget", None, None),
    ]
    assert articles[0].text == 'She said: "No."\nThen, she left; for good | ever.'
    assert [Path(failure.source).name for failure in reading.failures] == ["a.csv:4"]
    assert "a.csv:5: the date 'soon' cannot be read" in reading.warnings[0]


def test_csv_without_a_column_of_text_names_those_it_has(tmp_path: Path) -> None:
    _, reading = read(tmp_path / "a.csv", table(["name", "age"], ["Jane", "40"]))
    assert reasons(reading) == ["has no column named text, content or body; its columns are: name, age"]


def test_csv_in_other_encodings_is_read(tmp_path: Path) -> None:
    data = table(["text"], ["Café “prices” rose."]).decode()
    for encoding in ("utf-8-sig", "utf-16", "cp1252"):
        [article], _ = read(tmp_path / "a.csv", data.encode(encoding))
        assert article.text == "Café “prices” rose."


def test_broken_csv_gives_what_came_before(tmp_path: Path) -> None:
    articles, reading = read(tmp_path / "a.csv", b'text\nOne is here.\n"Two is "broken\n')
    assert [article.text for article in articles] == ["One is here."]
    assert reasons(reading)[0].startswith("is no CSV from here on")


def test_json_is_read_as_one_article_or_a_list_of_them(tmp_path: Path) -> None:
    one = {"title": "T", "text": "One is here."}
    for given, count in ((one, 1), ([one, {"text": "Two."}], 2), ({"articles": [one], "total": 1}, 1)):
        articles, reading = read(tmp_path / "a.json", json.dumps(given).encode())
        assert len(articles) == count
        assert not reading.failures
    assert reasons(read(tmp_path / "a.json", b"[1]")[1]) == ["is no JSON object but a number"]
    assert reasons(read(tmp_path / "a.json", b"{")[1])[0].startswith("is no JSON (")


# Packed


def test_packed_files_of_many_articles_are_read(tmp_path: Path) -> None:
    lines = b'{"text": "One is here."}\n{"text": "Two is there."}\n'
    for name, data in (("a.jsonl.gz", lines), ("a.csv.gz", b"text\nOne is here.\nTwo is there.\n")):
        articles, _ = read(tmp_path / name, gzip.compress(data))
        assert [article.text for article in articles] == ["One is here.", "Two is there."]


def test_a_damaged_packed_file_is_told_of_and_gives_what_came_before(tmp_path: Path) -> None:
    lines = b"".join(b'{"text": "Number %d is here."}\n' % number for number in range(5000))
    articles, reading = read(tmp_path / "a.jsonl.gz", gzip.compress(lines)[:-2000])
    assert len(articles) > 1000
    assert reasons(reading)[-1].startswith("cannot be read: ")


def test_a_file_that_unpacks_without_end_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.readers.packed.MAX_UNPACKED", 2**20)
    articles, reading = read(tmp_path / "a.jsonl.gz", gzip.compress(b'{"text": "One."}\n' + b" " * 2**24))
    assert "unpacks to more than" in reasons(reading)[-1]
    assert len(articles) <= 1


# The worker


def test_the_worker_outlives_a_file_that_breaks_its_bounds() -> None:
    notes = Notes()
    source = Source("a.html", "file:///a.html")
    good = b"<p>The mayor of Leeds resigned on Monday after a long debate in the council.</p>"
    with Workshop(Limits(seconds=60, megabytes=600)) as workshop:
        assert workshop.parse("html", good, source, notes)
        bomb = b"<b>x</b>" * 4_000_000  # its tree takes more than a gigabyte
        workshop.parse("html", bomb, Source("bomb.html", "file:///bomb.html"), notes)
        assert workshop.parse("html", good, source, notes)
    assert [failure.source for failure in notes.failures] == ["bomb.html"]


def test_a_file_that_takes_too_long_is_given_up() -> None:
    notes = Notes()
    started = time.monotonic()
    slow = b"<div>" * 200 + b"<b>x</b>" * 500_000
    with Workshop(Limits(seconds=1)) as workshop:
        workshop.parse("html", slow, Source("slow.html", "file:///slow.html"), notes)
        assert notes.failures[0].reason == "takes longer than 1 seconds to open"
    assert time.monotonic() - started < 15


def test_the_worker_sees_no_keys_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_TOKEN", "x")
    from index.readers.workshop import _start

    worker = _start()
    environment = Path(f"/proc/{worker.pid}/environ")
    try:
        if environment.exists():
            assert b"SECRET_TOKEN" not in environment.read_bytes()
    finally:
        worker.kill()
        worker.wait()
        for stream in (worker.stdin, worker.stdout):
            assert stream is not None
            stream.close()
