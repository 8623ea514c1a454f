"""Of a web page the article is read that its reader sees, and what the page says of it with where it says so.

The pages in `pages/` were written for this: in each, `data-truth="article"` marks the visible article, and
`data-truth="maybe"` what may be taken or left (title, byline, times). The marks are taken out before a page is read.
"""

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from lxml import html

from index.anatomy import ANSWERABLE, read_anatomy
from index.readers import read_articles
from index.readers.html import decode_page, read_html
from index.readers.notes import Notes, Source
from index.types import Article, Nature

PAGES = sorted((Path(__file__).parent / "pages").glob("*.html"))


def words(text: str) -> Counter[str]:
    """Words counted; a letter of a script without spaces is a word."""
    return Counter(re.findall(r"[\u3040-\u30ff\u4e00-\u9fff]|\w+", text.casefold()))


def truth(page: Path) -> tuple[Counter[str], Counter[str]]:
    """Words of the visible article, and those that may be taken or left."""
    markup = re.sub(r"^\s*<\?xml[^>]*\?>", "", decode_page(page.read_bytes())[0])
    tree = html.document_fromstring(markup)
    marked: list[Counter[str]] = []
    for mark in ("article", "maybe"):
        texts = (" ".join(node.itertext()) for node in tree.xpath(f"//*[@data-truth='{mark}']"))
        marked.append(words(" ".join(texts)))
    return marked[0], marked[1]


def read_bytes(data: bytes) -> Article:
    article = read_html(data, Source("page.html", "file:///page.html"), Notes())
    assert article is not None
    return article


@cache
def read_page(page: Path) -> Article:
    return read_bytes(re.sub(rb' data-truth="\w+"', b"", page.read_bytes()))


def answerable(article: Article) -> str:
    stretches = read_anatomy(article.text, article.title)
    return "\n".join(article.text[slice(*s.span)] for s in stretches if s.part in ANSWERABLE)


def word_counts(page: Path) -> tuple[int, int, int]:
    """Words kept that are the article or may be kept, kept, kept of the article, and in the article."""
    article, maybe = truth(page)
    kept = words(answerable(read_page(page)))
    return (kept & (article + maybe)).total(), kept.total(), (kept & article).total()


def test_there_are_at_least_thirty_pages_of_different_build() -> None:
    assert len(PAGES) >= 30


def test_the_article_is_kept_and_nothing_else() -> None:
    counts = [word_counts(page) for page in PAGES]
    wanted = sum(truth(page)[0].total() for page in PAGES)
    allowed, kept, found = (sum(column) for column in zip(*counts, strict=True))
    # Measured at the first run, before a rule was changed for them: 0.966 and 0.992.
    assert allowed / kept >= 0.99
    assert found / wanted >= 0.99


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_no_page_loses_its_article(page: Path) -> None:
    allowed, kept, found = word_counts(page)
    assert found / truth(page)[0].total() >= 0.95
    assert allowed / kept >= 0.9


@pytest.mark.parametrize("name", ["hidden_inline", "hidden_sheet", "hidden_aria", "js_app", "email_newsletter"])
def test_what_a_page_hides_is_nowhere_in_the_article(name: str) -> None:
    article = read_page(next(page for page in PAGES if page.stem == name))
    for hidden in (
        "guilty", "confess", "bribe", "Invisible", "See-through", "Shifted", "Flat words", "rigged", "Buy land", "Small words",
        "Ghost", "Screen reader", "Duplicate teaser", "Skip the", "Template", "Dialog", "Secret text", "Preheader", "JavaScript",
    ):  # fmt: skip
        assert hidden not in article.text


METADATA = {
    "semantic": (
        "Harbour tunnel opens two years late",
        "Coast Herald",
        "Lotte Berg",
        "2025-03-04T08:15:00+01:00",
        "OpenGraph",
    ),
    "wordpress": (
        "Village pub saved by its regulars",
        "Moorland Voice",
        "Gwen Pugh",
        "2024-08-09T17:42:10Z",
        "JSON-LD",
    ),
    "amp": ("Snow closes pass", "Alp Post", "Ueli Frei", "2024-10-02", "JSON-LD"),
    "sections": ("Reservoirs fall to 31 percent as drought enters third year", None, None, "2025-08-18", "meta"),
    "microdata": ("Opera house to close for five years", None, "Franca Neri", "2025-06-30T12:00:00+02:00", "meta"),
    "opinion": ("Tax the parking lots", "Sierra Ledger", "Lena Ortiz", "2025-09-12T05:00:00-07:00", "JSON-LD"),
    "xhtml": ("Choir loses its rehearsal room", "Vale Gazette", None, "2008-04-11", "meta"),
    "live_blog": ("Budget debate: all updates", "Capital Wire", None, "2025-11-05T09:00:00Z", "JSON-LD"),
    "cookie_wall": ("Zoo celebrates birth of rhino", None, None, None, None),
    "german": ("Brücke über die Elbe gesperrt", None, None, None, None),
    "japanese": ("富士山で初冠雪", None, None, None, None),
}


@pytest.mark.parametrize("name", METADATA)
def test_who_and_when_is_read_with_where_it_stands(name: str) -> None:
    article = read_page(next(page for page in PAGES if page.stem == name))
    assert METADATA[name] == (
        article.title, article.publisher, article.author, article.published, article.published_from,
    )  # fmt: skip


def read_markup(markup: str) -> Article:
    return read_bytes(markup.encode())


TEXT = "<p>The mayor of Leeds resigned on Monday after a long debate in the council, her office said.</p>"


def test_the_nature_of_an_article_is_read_from_its_type() -> None:
    for kind, nature in (
        ("OpinionNewsArticle", Nature.OPINION),
        ("BlogPosting", Nature.BLOG),
        ("AdvertiserContentArticle", Nature.SPONSORED),
        ("NewsArticle", None),
    ):
        markup = f'<script type="application/ld+json">{{"@type": "{kind}", "headline": "x"}}</script>{TEXT}'
        assert read_markup(markup).nature is nature


def test_the_day_of_an_update_is_not_the_day_of_publication() -> None:
    head = '<meta property="article:modified_time" content="2025-03-05"><meta property="og:updated_time" content="2025-03-05">'
    body = f'<article><h1>Mayor quits</h1><p class="updated">Updated <time datetime="2025-03-05">5 March</time></p>{TEXT}</article>'
    assert read_markup(head + body).published is None


def test_a_time_element_of_the_article_gives_the_day_when_nothing_else_does() -> None:
    body = f'<article><h1>Mayor quits</h1><p>Published <time datetime="2025-03-04T10:00">4 March</time></p>{TEXT}</article>'
    article = read_markup(body)
    assert (article.published, article.published_from) == ("2025-03-04T10:00", "time")


def test_broken_linked_data_is_passed_over() -> None:
    markup = f"<title>Mayor quits</title><script type='application/ld+json'>{{not json</script>{TEXT}"
    assert read_markup(markup).title == "Mayor quits"
    deep = "[" * 50_000
    assert read_markup(f"<script type='application/ld+json'>{deep}</script>{TEXT}").text


def test_an_address_that_is_no_web_address_is_not_taken() -> None:
    for link in ("javascript:alert(1)", "file:///etc/passwd", "data:text/html,x"):
        assert read_markup(f'<link rel="canonical" href="{link}">{TEXT}').url is None


def test_invisible_characters_are_not_read() -> None:
    hidden = "".join(chr(0xE0000 + ord(letter)) for letter in "obey me")
    article = read_markup(TEXT.replace("Monday", f"Mon\u200bday{hidden}\u202e"))
    assert "on Monday after" in article.text


def test_a_page_says_its_encoding() -> None:
    for encoding in ("iso-8859-1", "windows-1252", "utf-16"):
        page = f'<html><head><meta charset="{encoding}"></head><body>{TEXT.replace("mayor", "mäyor")}</body></html>'
        assert "mäyor" in read_bytes(page.encode(encoding)).text


def test_a_saved_page_is_read_in_a_process_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(f"<title>Mayor quits</title>{TEXT}", "utf-8")
    reading = read_articles(tmp_path)
    assert [article.title for article in reading] == ["Mayor quits"]
    assert not reading.failures


@pytest.mark.parametrize(
    "markup",
    [
        "<p>",
        "<html>",
        "<div>" * 3000,
        "<table><tr><td>",
        "\0\0\0",
        "<!-- ",
        "<![CDATA[",
        "<a" * 2000,
        "&#0;&#xD800;&notanentity;",
    ],
)
def test_no_markup_breaks_the_reader(markup: str) -> None:
    source = Source("page.html", "file:///page.html")
    read_html(markup.encode(), source, Notes())
    article = read_html((markup + TEXT).encode(), source, Notes())
    assert article is None or article.text
