"""Text of others never becomes markup, and never steers a terminal."""

import pytest

from index import Filters
from index.types import Article, Entry
from rag.types import Answer, Evidence, Verdict
from ui import beside_view, record_view, welcome_view
from ui.articles_view import articles_page
from ui.history_view import history_page
from ui.limits_view import limits_page
from ui.markup import Html, join, link, tag
from ui.memory import Kept
from ui.plain import json_text, one_line, printable, shorten
from ui.turns import Asked, Opening, Sitting, Turn

HOSTILE = "<img src=x onerror=alert(1)> \"'&<script>alert(2)</script> ${alert(3)} {{alert(4)}}"


def test_text_becomes_no_element() -> None:
    assert tag("p", "<b>bold</b> & 'more'") == "<p>&lt;b&gt;bold&lt;/b&gt; &amp; &#x27;more&#x27;</p>"


def test_an_attribute_cannot_be_closed_from_inside() -> None:
    assert tag("a", "x", title='"><script>') == '<a title="&quot;&gt;&lt;script&gt;">x</a>'


def test_what_is_markup_already_is_not_escaped_twice() -> None:
    assert tag("p", tag("b", "&")) == "<p><b>&amp;</b></p>"


def test_nothing_and_false_leave_no_trace() -> None:
    assert tag("input", disabled=False, id=None, required=True) == "<input required>"


def test_joined_text_is_escaped() -> None:
    assert join("<", Html("<br>"), None, ["&"]) == "&lt;<br>&amp;"


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//evil.example/x", "http:", "\u202ehttp://a", "http://[", None]
)
def test_only_web_addresses_become_links(url: str | None) -> None:
    assert "<a" not in link(url, "Open")


def test_a_link_tells_the_other_side_nothing() -> None:
    assert 'rel="noopener noreferrer nofollow"' in link("https://example.org/a?b=1&c=2", "Open")
    assert 'href="https://example.org/a?b=1&amp;c=2"' in link("https://example.org/a?b=1&c=2", "Open")


def test_no_view_lets_markup_through() -> None:
    article = Article(
        id=HOSTILE, title=HOSTILE, text=HOSTILE, publisher=HOSTILE, author=HOSTILE, published=HOSTILE, url=HOSTILE
    )
    said = Evidence(Entry.of(article), HOSTILE, (0, len(HOSTILE)), HOSTILE, (0, len(HOSTILE)), HOSTILE)
    answer = Answer(
        HOSTILE, f"{HOSTILE} [1]", Verdict.DISPUTED, HOSTILE, claim=HOSTILE, sources=(said,), warnings=(HOSTILE,)
    )
    asked = Asked(Filters(publishers=[HOSTILE]), kind=HOSTILE, whole=HOSTILE, named=(HOSTILE,))
    shown = join(
        record_view.record(
            Sitting(
                HOSTILE,
                (Turn(HOSTILE, answer=answer, asked=asked), Turn(HOSTILE, HOSTILE), Turn(HOSTILE, problem=HOSTILE)),
            )
        ),
        welcome_view.invitation([HOSTILE], 1),
        limits_page(asked.filters, [Entry.of(article)], 0),
        articles_page([Entry.of(article)], HOSTILE, 0),
        history_page([Kept(HOSTILE, HOSTILE, HOSTILE, HOSTILE, 1)], HOSTILE, 0),
        beside_view.sources(answer, 1),
        beside_view.shelf([Entry.of(article)]),
        beside_view.passage(article, (3, 9), 1),
    )
    assert "<img" not in shown
    assert "<script" not in shown
    assert "onerror=alert(1)&gt;" in shown


def test_a_terminal_cannot_be_steered() -> None:
    assert printable("a\x1b]0;owned\x07b\x9b31mc\u202ed\r\ne\tf") == "a]0;ownedb31mcd\ne\tf"
    assert one_line("a\n\x1b[2Jb") == "a [2Jb"


def test_json_stays_readable_and_safe_to_print() -> None:
    assert json_text({"a": "é “x” \x9b \ud800 \u202e"}) == '{\n  "a": "é “x” \\u009b \\ud800 \\u202e"\n}'


def test_a_long_line_is_cut_at_a_word() -> None:
    assert shorten("one two three four", 12) == "one two…"
    assert shorten("one", 12) == "one"


def test_what_a_browser_sends_is_not_trusted() -> None:
    assert Opening.read({"start": "-1", "end": "9" * 30, "turn": ["x"]}) == Opening("", 0, 0, "", 0)
    assert Opening.read({"article": "a", "start": "3", "end": "5", "quote": "xy", "turn": "2"}) == Opening(
        "a", 3, 5, "xy", 2
    )
