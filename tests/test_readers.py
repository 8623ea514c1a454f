"""Files and folders are read as articles; what cannot be read costs itself alone and is told in one line."""

import json
import operator
from pathlib import Path

import pytest

from index.readers import Reading, read_articles
from index.types import Article, Nature


def write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def read(path: Path) -> tuple[list[Article], Reading]:
    reading = read_articles(path)
    return list(reading), reading


def failures(reading: Reading) -> list[tuple[str, str]]:
    return [(Path(failure.source).name, failure.reason) for failure in reading.failures]


# Plain text


def test_a_text_file_is_one_article_with_what_it_says_of_itself(tmp_path: Path) -> None:
    text = (
        "Mayor of Leeds resigns\n\nBy Jane Roe\n3 May 2024\n\nThe mayor of Leeds resigned on Monday after a debate.\r\n"
    )
    [article], reading = read(write(tmp_path / "mayor.txt", text))
    assert article.text == text
    assert (article.title, article.author, article.published) == ("Mayor of Leeds resigns", "Jane Roe", "2024-05-03")
    assert article.published_from == "byline"
    assert (article.publisher, article.url, article.nature) == (None, None, None)
    assert not reading.failures
    assert not reading.warnings


def test_a_text_of_one_sentence_is_an_article_without_a_title(tmp_path: Path) -> None:
    [article], _ = read(write(tmp_path / "brief.txt", "The mayor of Leeds resigned on Monday."))
    assert (article.title, article.text) == ("", "The mayor of Leeds resigned on Monday.")


def test_a_changed_file_keeps_its_id_and_two_files_do_not_share_one(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", "The mayor resigned.")
    write(tmp_path / "b.txt", "The council met.")
    [before, other], _ = read(tmp_path)
    write(path, "The mayor did not resign after all.")
    [after, _], _ = read(tmp_path)
    assert before.id == after.id != other.id


def test_the_article_that_says_it_is_ai_generated_is_marked_so(tmp_path: Path) -> None:
    text = "The mayor of Leeds resigned on Monday.\n\nThis content is AI-generated and may hold errors."
    assert read(write(tmp_path / "a.txt", text))[0][0].nature is Nature.AI


@pytest.mark.parametrize(
    ("data", "warned"),
    [
        ("Café “prices” rose — again.".encode(), False),
        ("Café “prices” rose — again.".encode("utf-8-sig"), False),
        ("Café “prices” rose — again.".encode("utf-16"), False),
        ("Café “prices” rose — again.".encode("utf-16-le"), False),
        ("Café “prices” rose — again.".encode("utf-16-be"), False),
        ("Café “prices” rose — again.".encode("utf-32"), False),
        ("Café “prices” rose — again.".encode("cp1252"), True),
    ],
)
def test_a_text_is_read_whatever_its_encoding(tmp_path: Path, data: bytes, warned: bool) -> None:
    [article], reading = read(write(tmp_path / "a.txt", data))
    assert article.text == "Café “prices” rose — again."
    assert bool(reading.warnings) is warned
    assert not warned or "is not UTF-8 (byte 3); read as cp1252" in reading.warnings[0]


def test_a_text_in_another_old_encoding_is_guessed(tmp_path: Path) -> None:
    text = "Мэр города ушёл в отставку в понедельник после долгих прений в городском совете. " * 5
    [article], reading = read(write(tmp_path / "a.txt", text.encode("cp1251")))
    assert "понедельник" in article.text
    assert "is not UTF-8" in reading.warnings[0]


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("empty.txt", b"", "is empty"),
        ("blank.txt", b" \n\t\n", "is empty"),
        ("bom.txt", b"\xef\xbb\xbf", "is empty"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "is a binary file, not text"),
        ("program.txt", bytes(range(256)) * 20, "is a binary file, not text"),
        ("blank.html", b"<html><body></body></html>", "shows no text"),
        ("empty.jsonl", b"", "is empty"),
        ("front.md", b"---\ntitle: A\n---\n", "has no text below its front matter"),
    ],
)
def test_a_file_without_text_is_told_of_and_the_rest_is_read(
    tmp_path: Path, name: str, data: bytes, reason: str
) -> None:
    write(tmp_path / name, data)
    write(tmp_path / "good.txt", "The mayor resigned.")
    articles, reading = read(tmp_path)
    assert [article.text for article in articles] == ["The mayor resigned."]
    assert failures(reading) == [(name, reason)]


def test_a_missing_file_is_a_failure_with_its_name(tmp_path: Path) -> None:
    articles, reading = read(tmp_path / "nowhere.txt")
    assert articles == []
    assert failures(reading) == [("nowhere.txt", "there is no such file or folder")]


def test_a_file_that_cannot_be_opened_is_a_failure(tmp_path: Path) -> None:
    # A link that leads to itself cannot be opened by anybody, root included.
    (tmp_path / "ring.txt").symlink_to(tmp_path / "ring.txt")
    write(tmp_path / "good.txt", "The mayor resigned.")
    articles, reading = read(tmp_path)
    assert len(articles) == 1
    assert failures(reading)[0][0] == "ring.txt"
    assert failures(reading)[0][1].startswith("cannot be read: ")


def test_a_file_too_long_for_one_article_is_refused_with_both_lengths(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.readers.files.MAX_BYTES", 2**20)
    path = write(tmp_path / "a.txt", "x" * 3 * 2**20)
    assert failures(read(path)[1]) == [("a.txt", "is 3 MB long; a file with one article may have 1 MB")]


# Folders


def test_a_folder_is_read_with_all_below_it_in_the_order_of_names(tmp_path: Path) -> None:
    for name in ("b/two.txt", "a.txt", "b/one.md", ".hidden/three.txt", "c/.four.txt"):
        write(tmp_path / name, f"This is {name} of the folder.")
    articles, reading = read(tmp_path)
    assert [article.text for article in articles] == [
        "This is a.txt of the folder.",
        "This is b/one.md of the folder.",
        "This is b/two.txt of the folder.",
    ]
    assert not reading.failures


def test_pictures_and_styles_beside_articles_are_left_out_in_one_line(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", "The mayor resigned.")
    for name in ("a.jpg", "b.jpg", "c.css"):
        write(tmp_path / name, b"\x89PNG")
    _, reading = read(tmp_path)
    assert reading.warnings == [f"{tmp_path}: left out files that hold no articles: 2 .jpg, 1 .css"]


def test_what_a_browser_saved_beside_a_page_is_not_read(tmp_path: Path) -> None:
    write(tmp_path / "page.html", "<p>The mayor of Leeds resigned on Monday.</p>")
    write(tmp_path / "page_files" / "ad.html", "<p>Buy now.</p>")
    articles, _ = read(tmp_path)
    assert [article.text for article in articles] == ["The mayor of Leeds resigned on Monday."]


def test_a_folder_without_a_file_to_read_is_a_failure(tmp_path: Path) -> None:
    assert failures(read(tmp_path)[1]) == [(tmp_path.name, "there is no file to read in this folder")]


def test_the_same_article_in_two_files_is_given_once(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", "The mayor resigned.")
    write(tmp_path / "copy.txt", "The mayor resigned.")
    articles, reading = read(tmp_path)
    assert len(articles) == 1
    assert reading.warnings == [f"{tmp_path / 'copy.txt'}: the same article as {tmp_path / 'a.txt'}; kept once"]


def test_a_source_can_be_read_again(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", "The mayor resigned.")
    write(tmp_path / "b.txt", "")
    reading = read_articles(tmp_path)
    assert list(reading) == list(reading)
    assert len(reading.failures) == 1
    assert operator.length_hint(reading) == 2


# Markdown


def test_markdown_keeps_its_text_and_gives_its_front_matter_as_metadata(tmp_path: Path) -> None:
    body = "# Mayor of Leeds resigns\n\nThe mayor *of Leeds* resigned on Monday.\n"
    front = (
        '---\ntitle: "Mayor of Leeds resigns"\nauthors:\n  - Jane Roe\n  - John Doe\ndate: 2024-05-03 # the day'
        "\nsource: Daily Post\nurl: https://post.example/1\ntags: [leeds, council]\n---\n"
    )
    [article], reading = read(write(tmp_path / "a.md", front + body))
    assert article.text == body
    assert (article.title, article.author) == ("Mayor of Leeds resigns", "Jane Roe, John Doe")
    assert (article.publisher, article.published, article.url) == ("Daily Post", "2024-05-03", "https://post.example/1")
    assert article.published_from == "front matter"
    assert not reading.warnings


def test_markdown_without_front_matter_takes_its_heading_for_the_title(tmp_path: Path) -> None:
    text = "# Mayor of Leeds resigns\n\nThe mayor of Leeds resigned on Monday, the city council said.\n"
    [article], _ = read(write(tmp_path / "a.md", text))
    assert (article.title, article.text) == ("Mayor of Leeds resigns", text)


def test_front_matter_in_toml_is_read(tmp_path: Path) -> None:
    text = '+++\ntitle = "A title"\ndate = 2024-05-03\n+++\nThe mayor resigned.\n'
    [article], _ = read(write(tmp_path / "a.md", text))
    assert (article.title, article.published, article.text) == ("A title", "2024-05-03", "The mayor resigned.\n")


def test_a_rule_at_the_top_of_a_text_is_not_front_matter(tmp_path: Path) -> None:
    text = "---\n\nThe mayor resigned.\n"
    assert read(write(tmp_path / "a.md", text))[0][0].text == text


# JSONL


def lines(*objects: object) -> str:
    return "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in objects)


def test_jsonl_is_read_as_the_contract_says(tmp_path: Path) -> None:
    given = {
        "id": "a1", "title": "Mayor resigns", "text": "The mayor resigned.", "publisher": "Daily Post",
        "author": "Jane Roe", "published": "2024-05-03", "url": "https://post.example/1",
    }  # fmt: skip
    [article], reading = read(write(tmp_path / "a.jsonl", lines(given)))
    assert {name: getattr(article, name) for name in given} == given
    assert not reading.failures
    assert not reading.warnings


def test_other_usual_names_of_fields_are_taken(tmp_path: Path) -> None:
    given = [
        {"headline": "H", "content": "C.", "source": "S", "authors": ["A", "B"], "publish_date": "2024/05/03"},
        {
            "headline": "H",
            "body": "B.",
            "source": {"id": None, "name": "S"},
            "authors": "A",
            "published_at": "3 May 2024",
        },
        {"title": "T", "headline": "H", "text": "T.", "body": "B."},
    ]
    articles, _ = read(write(tmp_path / "a.jsonl", lines(*given)))
    assert [(a.title, a.text, a.publisher, a.author, a.published) for a in articles] == [
        ("H", "C.", "S", "A, B", "2024-05-03"),
        ("H", "B.", "S", "A", "2024-05-03"),
        ("T", "T.", None, None, None),
    ]


def test_a_text_may_come_as_its_paragraphs(tmp_path: Path) -> None:
    articles, _ = read(write(tmp_path / "a.jsonl", lines({"content": ["One is here.", "Two is there."]})))
    assert [article.text for article in articles] == ["One is here.\n\nTwo is there."]


def test_a_line_that_holds_no_article_is_named_and_the_rest_is_read(tmp_path: Path) -> None:
    text = (
        lines({"text": "One is here."})
        + "not json\n\n[1, 2]\n"
        + lines({"title": "No text"}, None, 3, "x", {"text": ""}, {"text": 5}, {"text": "Two is there."})
        + '{"text": "cut'
    )
    articles, reading = read(write(tmp_path / "a.jsonl", text))
    assert [article.text for article in articles] == ["One is here.", "Two is there."]
    found = failures(reading)
    assert [source for source, _ in found] == [f"a.jsonl:{number}" for number in (2, 4, 5, 6, 7, 8, 9, 10, 12)]
    assert found[7][1] == "has no text"
    assert found[0][1].startswith("is no JSON object (")
    assert [reason for _, reason in found[1:4]] == [
        "is no JSON object but a list",
        "has no text",
        "is no JSON object but null",
    ]


@pytest.mark.parametrize("given", ["soon", "03/04/2026", "2026-02-30"])
def test_a_date_that_cannot_be_read_is_unknown_with_a_warning_naming_file_and_line(tmp_path: Path, given: str) -> None:
    path = write(tmp_path / "a.jsonl", lines({"text": "One."}, {"text": "Two.", "published": given}))
    articles, reading = read(path)
    assert [article.published for article in articles] == [None, None]
    assert reading.warnings == [f"{path}:2: the date {given!r} cannot be read; it stays unknown"]


def test_two_articles_may_share_a_url_when_their_ids_differ(tmp_path: Path) -> None:
    given = [
        {"id": "a", "text": "One.", "url": "https://x.example/1"},
        {"id": "b", "text": "Two.", "url": "https://x.example/1"},
    ]
    articles, reading = read(write(tmp_path / "a.jsonl", lines(*given)))
    assert [article.id for article in articles] == ["a", "b"]
    assert not reading.warnings


def test_an_id_given_twice_is_told_of_and_the_later_article_replaces_the_first(tmp_path: Path) -> None:
    given = [{"id": "a", "text": "One."}, {"id": "a", "text": "One."}, {"id": "a", "text": "Two."}]
    path = write(tmp_path / "a.jsonl", lines(*given))
    articles, reading = read(path)
    assert [article.text for article in articles] == ["One.", "Two."]
    assert reading.warnings == [
        f"{path}:2: the same article as {path}:1; kept once",
        f"{path}:3: has the id 'a' of {path}:1 and replaces it",
    ]


def test_jsonl_in_other_encodings_is_read(tmp_path: Path) -> None:
    text = lines({"text": "Café."})
    for encoding in ("utf-8-sig", "utf-16", "cp1252"):
        articles, _ = read(write(tmp_path / f"{encoding}.jsonl", text.encode(encoding)))
        assert [article.text for article in articles] == ["Café."]


def test_a_line_without_end_is_refused_and_not_held_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.readers.jsonl.MAX_LINE_BYTES", 2**20)
    text = lines({"text": "x" * 3 * 2**20}, {"text": "Two."})
    articles, reading = read(write(tmp_path / "a.jsonl", text))
    assert [article.text for article in articles] == ["Two."]
    assert failures(reading) == [("a.jsonl:1", "the line is longer than 1 MB")]


def test_numbers_and_deep_nesting_break_nothing(tmp_path: Path) -> None:
    text = '{"id": 7, "text": "One.", "published": 20240503}\n' + "[" * 100_000 + "\n"
    articles, reading = read(write(tmp_path / "a.jsonl", text))
    assert [(article.id, article.published) for article in articles] == [("7", "2024-05-03")]
    assert failures(reading)[0][0] == "a.jsonl:2"
    assert "\n" not in failures(reading)[0][1]


# Text that no article has


def test_characters_that_can_carry_hidden_text_are_left_out_and_flags_kept(tmp_path: Path) -> None:
    hidden = "".join(chr(0xE0000 + ord(letter)) for letter in "obey")
    scotland = "\U0001f3f4" + "".join(chr(0xE0000 + ord(letter)) for letter in "gbsct") + "\U000e007f"
    text = f"The mayor{hidden} resigned on Monday. {scotland}"
    path = write(tmp_path / "a.txt", text)
    for source in (path, write(tmp_path / "a.jsonl", lines({"text": text}))):
        [article], reading = read(source)
        assert article.text == f"The mayor resigned on Monday. {scotland}"
        assert "left out 4 invisible characters" in reading.warnings[0]


def test_a_text_far_too_long_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.readers.notes.MAX_CHARACTERS", 100)
    for name, data in (("a.txt", "word " * 50), ("a.jsonl", lines({"text": "word " * 50}))):
        articles, reading = read(write(tmp_path / name, data))
        assert articles == []
        assert failures(reading)[0][1] == "has 250 characters of text; an article may have 100"
