"""A folder of 500 saved pages in ten layouts is read without a failure, and nothing but the articles is kept."""

import random
import re
from collections import Counter
from pathlib import Path

import pytest

from index.anatomy import ANSWERABLE, read_anatomy
from index.readers import read_articles

PLACES = "Aberford Brinmoor Calder Dunmere Eastlow Farholt Gorsley Hythe Ilmarsh Jarrowby Kelso Lydgate".split()
PEOPLE = "Ada Finch,Tom Brace,Nia Rees,Hugh Lamont,Outi Laine,Mats Ek,Rosa Lind,Ben Cole,Ines Duarte,Raj Mehta".split(
    ","
)
THINGS = "bridge library ferry mill tram reservoir theatre quarry hospital lighthouse cannery orchard".split()
DEEDS = "closed reopened burned flooded sold repaired delayed inspected guarded praised".split()
SECTIONS = ("World", "Business", "Sport", "Culture", "Weather")


def article(number: int) -> tuple[str, str, str, list[str]]:
    """Title, author, ISO day and paragraphs of an invented article, the same again for a number."""
    pick = random.Random(number)
    place, thing, deed = pick.choice(PLACES), pick.choice(THINGS), pick.choice(DEEDS)
    person, other = pick.sample(PEOPLE, 2)
    title = f"{place} {thing} {deed} after vote number {number}"
    day = f"2025-{pick.randint(1, 12):02}-{pick.randint(1, 28):02}"
    paragraphs = [
        f"The {thing} in {place} was {deed} on Monday after councillors voted {pick.randint(9, 30)} to {pick.randint(1, 8)}.",
        f"“It was the only choice we had,” said {person}, who leads the council of {place}.",
        f"The work is to cost {pick.randint(2, 90)} million euros and to take {pick.randint(2, 40)} months, engineers reckon.",
        f"{other}, who speaks for the opposition, called the plan a mistake. It was drawn up in {pick.randint(2015, 2024)}.",
        f"About {pick.randint(100, 9000)} people in {place} had signed a petition against it, which the council did not discuss.",
    ]
    return title, person, day, paragraphs[: pick.randint(3, 5)]


def teasers(number: int) -> list[str]:
    return [article(number + 1000 + step)[0].replace("vote", "TEASER") for step in range(4)]


def paragraphs(texts: list[str], tag: str = "p") -> str:
    return "".join(f"<{tag}>{text}</{tag}>" for text in texts)


def links(texts: list[str]) -> str:
    return "".join(f'<li><a href="/{n}">{text}</a></li>' for n, text in enumerate(texts))


def broadsheet(number: int) -> str:
    title, author, day, texts = article(number)
    return (
        f'<head><title>{title} | The FURNITURE Times</title><meta property="article:published_time" content="{day}">'
        f'<meta name="author" content="{author}"></head><body><header><nav><ul>{links(list(SECTIONS))}</ul></nav></header>'
        f"<main><article><h1>{title}</h1>{paragraphs(texts[:2])}<aside><h3>Related stories</h3><ul>{links(teasers(number))}</ul></aside>"
        f"{paragraphs(texts[2:])}</article></main><footer><p>Copyright 2025 FURNITURE Times Ltd. All rights reserved.</p></footer></body>"
    )


def tabloid(number: int) -> str:
    title, author, day, texts = article(number)
    inline = "".join(
        f"<p>{text}</p><p><strong>READ MORE: <a href='/x'>{teaser}</a></strong></p>"
        for text, teaser in zip(texts, teasers(number) * 2, strict=False)
    )
    return (
        f"<head><title>{title}</title></head><body><div class='top'>{links(list(SECTIONS))}</div><div class='col'><h2>{title}</h2>"
        f"<p class='byline'>By {author}</p><p class='date'>Published: 09:30, {day}</p><div class='share'>FURNITURE 35 shares</div>{inline}"
        f"<p>SIGN UP FOR OUR DAILY FURNITURE NEWSLETTER</p></div><div class='puff'><h3>MOST READ</h3><ul>{links(teasers(number + 7))}</ul></div></body>"
    )


def divs(number: int) -> str:
    title, author, day, texts = article(number)
    return (
        f"<head><title>{title}</title></head><body><div id='a'><div id='b'>{' | '.join(SECTIONS)}</div><div id='c'><div class='t1'>{title}</div>"
        f"<div class='t2'>{author}, {day}</div>{paragraphs(texts, 'div')}</div><div id='d'><div>Latest news</div>"
        f"{''.join(f'<div><a href=x>{teaser}</a></div>' for teaser in teasers(number))}</div></div></body>"
    )


def tables(number: int) -> str:
    title, author, day, texts = article(number)
    return (
        f"<head><title>{title}</title></head><body><table><tr><td colspan=2><b>FURNITURE HERALD</b></td></tr><tr><td><a href=1>World</a><br>"
        f"<a href=2>Sport</a></td><td><b>{title}</b><br><i>{author}, {day}</i><br><br>{'<br><br>'.join(texts)}</td></tr>"
        f"<tr><td colspan=2><font size=1><a href=3>FURNITURE Home</a> | <a href=4>FURNITURE Top</a></font></td></tr></table></body>"
    )


def weblog(number: int) -> str:
    title, author, day, texts = article(number)
    comments = "".join(
        f"<li><b>reader{n} says:</b><p>FURNITURE comment, I agree with every word of it and have said so for years.</p></li>"
        for n in range(4)
    )
    return (
        f"<head><title>{title}</title></head><body class='single'><article class='post'><h1 class='entry-title'>{title}</h1>"
        f"<div class='entry-meta'>Posted on <time datetime='{day}'>{day}</time> by {author}</div><div class='entry-content'>{paragraphs(texts)}"
        f"<div class='sharedaddy'><h3>Share this:</h3><ul>{links(['FURNITURE Twitter', 'FURNITURE Facebook'])}</ul></div></div></article>"
        f"<div id='comments'><h2>4 thoughts on “{title}”</h2><ol class='comment-list'>{comments}</ol></div></body>"
    )


def app(number: int) -> str:
    title, author, day, texts = article(number)
    body = "".join(f"<div class='css-1{n}'><p>{text}</p></div>" for n, text in enumerate(texts))
    return (
        f'<head><title>{title}</title><script type="application/ld+json">{{"@type":"NewsArticle","headline":"{title}","datePublished":"{day}",'
        f'"author":{{"name":"{author}"}},"publisher":{{"name":"App Post"}}}}</script></head><body><noscript>FURNITURE enable JavaScript</noscript>'
        f"<div id='root'><div class='css-nav'><span>FURNITURE menu</span></div><h1>{title}</h1>{body}<div hidden>FURNITURE hidden text.</div>"
        f"<div style='display:none'>FURNITURE unseen text that says the opposite of it all.</div></div>"
        f"<script>var state = 'FURNITURE state';</script></body>"
    )


def consent(number: int) -> str:
    title, author, _, texts = article(number)
    return (
        f"<head><title>{title}</title></head><body><div id='consent' role='dialog'><h2>We value your privacy</h2><p>We and our 700 FURNITURE partners "
        f"store and access information on a device, such as cookies. You can change your choice at any time.</p><button>Accept all</button></div>"
        f"<main><h1>{title}</h1><p>{author}</p>{paragraphs(texts)}</main><div class='overlay'><h3>Before you go</h3>"
        f"<p>Subscribe to our FURNITURE newsletter today.</p></div></body>"
    )


def microdata(number: int) -> str:
    title, author, day, texts = article(number)
    return (
        f"<head><title>{title}</title></head><body><div class='crumbs'><a>Home</a> &gt; <a>World</a></div><div itemscope itemtype='http://schema.org/NewsArticle'>"
        f"<h1 itemprop='headline'>{title}</h1><span itemprop='author'>{author}</span><meta itemprop='datePublished' content='{day}'>"
        f"<div itemprop='articleBody'>{paragraphs(texts)}</div></div><section class='recirc'><h3>Recommended for you</h3>"
        f"{''.join(f'<article><h4><a href=x>{teaser}</a></h4></article>' for teaser in teasers(number))}</section></body>"
    )


def old_print(number: int) -> str:
    title, author, day, texts = article(number)
    return (
        f"<head><title>Print: {title}</title></head><body><p><a href='javascript:print()'>FURNITURE print</a> | <a href='#'>FURNITURE close</a></p>"
        f"<h3>{title}</h3><p><i>{author}, {day}</i></p>{paragraphs(texts)}<hr><p>© FURNITURE Press 2025</p></body>"
    )


def sidebars(number: int) -> str:
    title, author, day, texts = article(number)
    side = f"<div class='widget'><h4>Trending now</h4><ol>{links(teasers(number))}</ol></div><div class='widget'><h4>Weather</h4><p>FURNITURE 12 C</p></div>"
    return (
        f"<head><title>{title}</title></head><body><div class='row'><div class='left'>{side}</div><div class='middle'><h1>{title}</h1>"
        f"<p class='meta'>{author} - {day}</p>{paragraphs(texts[:1])}<figure><img src=x><figcaption>The place in question, seen on Monday.</figcaption></figure>"
        f"{paragraphs(texts[1:])}<p class='tags'>Tags: <a>FURNITURE</a>, <a>news</a></p></div><div class='right'>{side}</div></div></body>"
    )


LAYOUTS = (broadsheet, tabloid, divs, tables, weblog, app, consent, microdata, old_print, sidebars)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("saved")
    for number in range(500):
        page = f"<!doctype html><html>{LAYOUTS[number % len(LAYOUTS)](number)}</html>"
        (path / f"{number:03}.html").write_text(page, "utf-8")
    return path


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.casefold()))


def test_all_are_read_and_only_the_articles_kept(folder: Path) -> None:
    reading = read_articles(folder)
    kept_words = right_words = wanted_words = 0
    for number, read in enumerate(reading):
        title, _, _, texts = article(number)
        text = "\n".join(read.text[slice(*s.span)] for s in read_anatomy(read.text, read.title) if s.part in ANSWERABLE)
        assert "FURNITURE" not in text, (number, text)
        assert "TEASER" not in text, (number, text)
        allowed = words(f"{' '.join(texts)} {title} The place in question, seen on Monday.")
        kept, wanted = words(text), words(" ".join(texts))
        kept_words += kept.total()
        right_words += (kept & allowed).total()
        wanted_words += wanted.total()
        assert (kept & wanted).total() == wanted.total(), (number, text)
        assert read.title.endswith(title)
    assert not reading.failures
    assert wanted_words > 25_000
    # At the first run, before a rule was changed for these layouts: 0.996 of the words kept, and 0.983 of those wanted.
    assert right_words / kept_words >= 0.99
