"""Reprints: one story printed twice is one source, and two stories never are."""

import dataclasses
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import HashEncoder

from index import Article, Entry, Index
from index.agencies import credits_agency
from index.reprints import Signature, choose_origin, is_reprint, sign

_WORDS = (
    "the a of to in council mayor said bridge river new plan vote monday money court judge ruled company shares rose "
    "fell percent year officials police report city school minister talks deal denied workers union strike week"
).split()


def _story(seed: int, sentences: int = 20) -> list[str]:
    chance = random.Random(seed)
    return [" ".join(chance.choices(_WORDS, k=14)).capitalize() + "." for _ in range(sentences)]


def _same(one: list[str], other: list[str]) -> bool:
    return is_reprint(sign([" ".join(one)]), sign([" ".join(other)]))


def test_a_copy_with_another_ending_is_a_reprint() -> None:
    story = _story(1)
    assert _same(story, [*story[:-1], "Reporting by our own staff in the capital."])


def test_a_shortened_copy_is_a_reprint() -> None:
    assert _same(_story(1), _story(1)[:11])


def test_another_story_in_the_same_words_is_none() -> None:
    assert not _same(_story(1), _story(2))


def test_a_story_that_quotes_another_is_none() -> None:
    assert not _same(_story(1), _story(2)[:15] + _story(1)[:5])


def test_a_short_notice_is_no_reprint_of_the_report_it_sums_up() -> None:
    assert not _same(_story(1), _story(1)[:2])


def test_two_short_notices_that_differ_in_what_they_report_are_two() -> None:
    assert not _same(
        ["Shares of Contoso rose 3 percent on Monday after the vote."],
        ["Shares of Contoso fell 5 percent on Monday before the vote."],
    )


def test_a_signature_reads_back_as_it_was_stored() -> None:
    signature = sign(_story(3))
    again = Signature.from_bytes(signature.to_bytes())
    assert again.runs == signature.runs
    assert again.bands() == signature.bands()
    assert len(set(signature.bands())) == 32


def _entry(id: str, publisher: str | None = None, published: str | None = None) -> Entry:
    return Entry(id=id, title="", publisher=publisher, author=None, published=published, url=None)


@pytest.mark.parametrize(
    ("entries", "origin"),
    [
        ([_entry("late", published="2025-03-04"), _entry("early", published="2025-03-03")], "early"),
        ([_entry("early", published="2025-03-03"), _entry("wire", "Reuters", "2025-03-04")], "wire"),
        ([_entry("undated"), _entry("dated", published="2025-03")], "dated"),
        ([_entry("first"), _entry("second")], "first"),
    ],
)
def test_the_origin_is_an_agency_or_the_earliest_or_the_first(entries: list[Entry], origin: str) -> None:
    assert choose_origin(entries).id == origin


@pytest.mark.parametrize(
    ("author", "beginning", "end"),
    [
        ("Reuters", "", ""),
        ("Jane Roe, Associated Press", "", ""),
        (None, "LONDON, Feb 2 (Reuters) - The council met.", ""),
        (None, "(AP) — The council met.", ""),
        (None, "Council meets\nBy AFP\nThe council met.", ""),
        (None, "Council meets\nPARIS — AFP — The council met.", ""),
        (None, "", "The council met.\nSource: Xinhua"),
        (None, "", "The council met. (dpa)"),
        (None, "", "The council met.\n(With inputs from PTI)"),
        (None, "", "Copyright 2025 The Associated Press. All rights reserved."),
    ],
)
def test_an_article_may_say_that_it_is_an_agencys(author: str | None, beginning: str, end: str) -> None:
    assert credits_agency(author, beginning, end)


@pytest.mark.parametrize(
    "text",
    [
        "The council met on Monday, Reuters reported.",
        "Reuters said on Monday that it would close its office in the city.",
        "The council told the AP (the paper) that it met.",
        "Shares of Bloomberg rose, and those of TASS fell - again.",
    ],
)
def test_an_article_that_tells_what_an_agency_reported_is_its_papers(text: str) -> None:
    assert not credits_agency("Jane Roe", text, text)


def test_the_origin_is_the_printing_that_names_an_agency_though_another_is_earlier() -> None:
    entries = [_entry("early", "Daily Ledger", "2025-03-03"), _entry("wire", "Coast Gazette", "2025-03-04")]
    assert choose_origin(entries, [False, True]).id == "wire"
    assert choose_origin([*entries, _entry("own", "AFP", "2025-03-05")], [False, True, False]).id == "own"


def test_a_reprint_that_names_its_agency_is_the_origin_also_after_more_was_added(index_path: Path) -> None:
    story = " ".join(_story(1))
    with Index.open(index_path, encoder=HashEncoder()) as index:
        index.add([Article(id="paper", publisher="Daily Ledger", published="2025-03-03", text=story)])
        wire = f"LEEDS (Reuters) - {story}"
        index.add([Article(id="wire", publisher="Coast Gazette", published="2025-03-04", text=wire)])
        assert _origins(index) == {"paper": "wire", "wire": None}
        index.add([Article(id="third", publisher="Valley Post", published="2025-03-02", text=story)])
        assert _origins(index) == {"paper": "wire", "wire": None, "third": "wire"}


@pytest.fixture
def index(index_path: Path) -> Iterator[Index]:
    """A report, its reprint by another paper a day later, and a report of its own."""
    with Index.open(index_path, encoder=HashEncoder()) as index:
        index.add(
            [
                Article(id="copy", publisher="Coast Gazette", published="2025-03-04", text=" ".join(_story(1)[:15])),
                Article(id="other", publisher="Morning Wire", published="2025-03-03", text=" ".join(_story(2))),
                Article(id="report", publisher="Daily Ledger", published="2025-03-03", text=" ".join(_story(1))),
            ]
        )
        yield index


def _origins(index: Index) -> dict[str, str | None]:
    return {entry.id: entry.origin for entry in index.entries()}


def test_a_reprint_names_its_origin(index: Index) -> None:
    assert _origins(index) == {"copy": "report", "other": None, "report": None}
    with Index.open(index.folder, encoder=HashEncoder()) as again:
        assert _origins(again) == _origins(index)


def test_a_reprint_whose_origin_is_gone_stands_for_itself(index: Index) -> None:
    index.search("bridge")
    index.remove("report")
    assert _origins(index) == {"copy": None, "other": None}


def test_a_reprint_that_became_another_story_is_none_any_more(index: Index) -> None:
    changed = dataclasses.replace(index.article("copy"), text=" ".join(_story(9)))
    index.add([changed])
    assert set(_origins(index).values()) == {None}


def test_an_article_that_joins_two_families_makes_them_one(index_path: Path) -> None:
    story = _story(5, 40)
    with Index.open(index_path, encoder=HashEncoder()) as index:
        index.add([Article(id="head", text=" ".join(story[:22])), Article(id="tail", text=" ".join(story[18:]))])
        assert set(_origins(index).values()) == {None}
        index.add([Article(id="whole", text=" ".join(story))])
        assert _origins(index) == {"head": None, "tail": "head", "whole": "head"}


def test_reprints_do_not_fill_the_list_of_hits(index_path: Path) -> None:
    story = " ".join(_story(1, 3))
    with Index.open(index_path, encoder=HashEncoder()) as index:
        index.add(Article(id=f"print{n}", text=f"{story} Printed by paper number {n}.") for n in range(8))
        index.add([Article(id="own", text=" ".join(_story(2, 2)) + " The bridge over the river opened.")])
        assert "own" in [hit.article.id for hit in index.search(" ".join(_story(1, 3)[0].split()[:6]), 4)]
