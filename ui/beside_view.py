"""What lies beside the conversation as HTML: the articles on file, an answer's sources, an opened passage."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from index.types import Article, Entry, Span
from rag.types import Answer, Evidence
from ui import words
from ui.markup import EMPTY, Html, join, link, tag
from ui.opening import opening

_AROUND = 60_000
"""Characters of an article shown on either side of the quote; the longest news features fit."""


def shelf(entries: Sequence[Entry], limit: int = 200) -> Html:
    """The articles on file, in the order given, at most `limit` of them."""
    if not entries:
        return join(tag("h2", "On file"), tag("p", "No articles yet.", class_="note"))
    rest = len(entries) - limit
    return join(
        tag("h2", "On file"),
        tag("p", words.count_words(len(entries), "article"), class_="note"),
        tag("ol", (_shelved(entry) for entry in entries[:limit])),
        tag("p", f"and {rest:,} more", class_="note") if rest > 0 else EMPTY,
    )


def _shelved(entry: Entry) -> Html:
    button = tag("button", words.title_words(entry), type="button", data_act="open", data_article=entry.id, data_turn=0)
    return tag("li", button, _place(entry))


def sources(answer: Answer, turn: int) -> Html:
    """Every source that bears on the question, article by article: outlet, day, who says what, and the sentence."""
    judged = answer.claim is not None
    return join(
        tag("h2", "Sources"),
        tag("p", "The claim: ", tag("b", answer.claim), class_="note") if answer.claim else EMPTY,
        tag("ol", (_source(said, turn, judged=judged) for said in words.sources_by_article(answer)), class_="sources"),
    )


def _source(said: Sequence[tuple[Evidence, int | None]], turn: int, *, judged: bool) -> Html:
    first, _ = said[0]
    reprints = len({id for source, _ in said for id in source.reprints})
    return tag(
        "li",
        tag("h3", words.title_words(first.article)),
        _place(first.article),
        tag("p", f"and {words.count_words(reprints, 'reprint')}", class_="note") if reprints else EMPTY,
        (_statement(source, number, turn, judged=judged) for source, number in said),
    )


def _statement(source: Evidence, number: int | None, turn: int, *, judged: bool) -> Html:
    stance = f" {words.stance_words(source)}" if judged else ""
    return tag(
        "figure",
        tag(
            "figcaption",
            tag("span", str(number), class_="number") if number else EMPTY,
            tag("span", tag("b", words.sentence_case(words.speaker_words(source))), stance, class_="stance"),
        ),
        tag("blockquote", source.quote),
        tag("button", "Read in the article", type="button", class_="plain", **opening(source, turn)),
        data_stance=str(source.stance) if judged else None,
    )


def _place(entry: Entry) -> Html:
    notice = words.notice_words(entry)
    return tag(
        "p",
        tag("span", words.publisher_words(entry), class_="outlet" if entry.publisher else None),
        tag("span", words.date_words(entry.published)),
        tag("span", notice, class_="notice") if notice else EMPTY,
        class_="place",
    )


def passage(article: Article, quote: Span, turn: int) -> Html:
    """An article with `quote` marked (an empty stretch marks nothing), and the way back to the sources of `turn`."""
    entry = Entry.of(article)
    return tag(
        "section",
        _bar(turn, words.title_words(entry)),
        tag(
            "header",
            tag("h2", words.title_words(entry), tabindex="-1"),
            _place(entry),
            tag("p", f"By {article.author}", class_="byline") if article.author else EMPTY,
            tag("p", link(article.url, "Open the original"), class_="byline") if article.url else EMPTY,
        ),
        tag("div", _marked(article, quote), class_="text"),
        class_="passage",
        aria_label="Passage",
    )


def gone(turn: int) -> Html:
    """What is shown where a passage was cited from an article that has since been removed or changed."""
    return tag(
        "section",
        _bar(turn),
        tag("h2", "No longer on file", tabindex="-1"),
        tag(
            "p",
            "This article was removed or replaced after the answer was given. Ask again for an answer of today.",
            class_="note",
        ),
        class_="passage",
    )


def _bar(turn: int, title: str | None = None) -> Html:
    label = "Back to the sources" if turn else "Back to all articles"
    return tag(
        "div",
        tag("button", label, type="button", class_="back", data_act="sources", data_turn=turn),
        tag("span", title, aria_hidden="true") if title else EMPTY,
        class_="bar",
    )


def _marked(article: Article, quote: Span) -> Iterator[Html]:
    start, end = quote
    first, last = max(0, start - _AROUND), min(len(article.text), end + _AROUND)
    if first > 0:
        yield tag("p", "…")
    for line_start, line_end in _lines(article.text, first, last):
        cut = sorted({line_start, line_end, *(at for at in quote if line_start < at < line_end)})
        pieces = [(article.text[a:b], start <= a and b <= end and start < end) for a, b in pairwise(cut)]
        yield tag("p", (tag("mark", text) if marked else text for text, marked in pieces))
    if last < len(article.text):
        yield tag("p", "…")


def _lines(text: str, first: int, last: int) -> Iterator[Span]:
    at = first
    for line in text[first:last].splitlines(keepends=True):
        if line.strip():
            yield at, at + len(line.rstrip())
        at += len(line)
