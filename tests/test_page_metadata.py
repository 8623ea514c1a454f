"""A page gives many days and names; those of its own article's publication are taken, and no others."""

import json

import pytest

from index.readers.html import read_html
from index.readers.notes import Notes, Source
from index.types import Article

TEXT = (
    "<p>The mayor of Leeds resigned on Monday after a long debate in the council, her office said.</p>"
    "<p>Her deputy takes over until an election in May, officials told reporters on Tuesday.</p>"
)
OUT = "<time datetime='2025-03-04'>4 March 2025</time>"
UPDATE = "<time datetime='2025-03-05'>5 March 2025</time>"


def read(body: str, head: str = "") -> Article:
    page = f"<!doctype html><title>Mayor quits</title>{head}<body><main><article>{body}{TEXT}</article></main>"
    article = read_html(page.encode(), Source("page.html", "https://a.example/mayor"), Notes())
    assert article is not None
    return article


def linked(*things: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(things)}</script>'


@pytest.mark.parametrize(
    "body",
    [
        f"<h1>Mayor quits</h1><p>Published {OUT}, updated {UPDATE}</p>",
        f"<h1>Mayor quits</h1><p>Updated {UPDATE}, first published {OUT}</p>",
        f"<h1>Mayor quits</h1><p>{UPDATE} (updated)</p><p>{OUT}</p>",
        f"<h1>Mayor quits</h1><dl><dt>Modified</dt><dd>{UPDATE}</dd><dt>Published</dt><dd>{OUT}</dd></dl>",
        f"<header><h1>Last ferry to Lastovo sails</h1>{OUT}</header>",
        f"<h1>Mayor quits</h1>{OUT}<p>Last week the council was edited out of the programme.</p>",
    ],
)
def test_the_day_of_publication_is_told_from_that_of_an_update(body: str) -> None:
    assert (read(body).published, read(body).published_from) == ("2025-03-04", "time")


@pytest.mark.parametrize(
    "body",
    [
        f"<div><span>Updated:</span><span>{UPDATE}</span></div>",
        UPDATE.replace("<time", "<time aria-label='last updated'"),
        UPDATE.replace("<time", "<time data-testid='timestamp-modified'"),
        f"<aside><h3>Other news</h3>{OUT}</aside>",
        f"<article><h3>Other news</h3>{OUT}</article>",
        f"<div class='related-stories'><h3>Other news</h3>{OUT}</div>",
        f"<section id='comments'><b>A reader</b> {OUT}</section>",
    ],
)
def test_the_day_of_an_update_of_another_article_or_of_a_comment_is_not_taken(body: str) -> None:
    assert read(f"<h1>Mayor quits</h1>{body}").published is None


def test_of_several_articles_in_linked_data_the_one_with_the_pages_heading_counts() -> None:
    teaser = {"@type": "NewsArticle", "headline": "Ferry sails", "datePublished": "2020-01-01", "author": {"name": "A"}}
    own = {"@type": "NewsArticle", "headline": "Mayor quits", "datePublished": "2025-03"}
    article = read("<h1>Mayor quits</h1>", linked(teaser, own))
    assert (article.published, article.published_from, article.author) == ("2025-03", "JSON-LD", None)


def test_linked_data_is_read_from_old_wrappings_and_without_entities() -> None:
    thing = {"@type": "NewsArticle", "headline": "Mayor &amp; council quit", "publisher": {"name": "Stone &amp; Sons"}}
    article = read("", f'<script type="application/ld+json">/*<![CDATA[*/ {json.dumps(thing)} /*]]>*/</script>')
    assert (article.title, article.publisher) == ("Mayor & council quit", "Stone & Sons")


def test_no_name_or_title_carries_hidden_letters() -> None:
    smuggled = "".join(chr(0xE0000 + ord(letter)) for letter in "obey")
    head = (
        f"<meta property='og:title' content='Mayor{smuggled} qu\u200bits'><meta name='author' content='Jane{smuggled} Roe'>"
        f"<meta property='og:site_name' content='Daily\u202e Post{smuggled}'>"
    )
    article = read("", head)
    assert (article.title, article.author, article.publisher) == ("Mayor quits", "Jane Roe", "Daily Post")
