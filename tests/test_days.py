"""A day or month that a search names counts, however it is written and from whichever day it is counted."""

from datetime import date
from pathlib import Path

import pytest
from conftest import HashEncoder

from index import Article, Filters, Index, Settings
from index.days import read_days

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("query", "first", "last", "words"),
    [
        ("Ford Xiaomi 2 Feb 2026", "2026-02-02", "2026-02-02", "2 February 2026"),
        ("February 2, 2026 talks", "2026-02-02", "2026-02-02", "2 February 2026"),
        ("talks 2026-02-02", "2026-02-02", "2026-02-02", "2 February 2026"),
        ("floods in October 2024", "2024-10-01", "2024-10-31", "October 2024"),
        ("floods last October", "2026-10-01", "2026-10-31", "October 2026"),
        ("floods last November", "2025-11-01", "2025-11-30", "November 2025"),
        ("floods this November", "2026-11-01", "2026-11-30", "November 2026"),
        ("storms in December", "2025-12-01", "2025-12-31", "December 2025"),
        ("the vote of 5 March", "2026-03-05", "2026-03-05", "5 March 2026"),
        ("the vote on Dec. 5", "2025-12-05", "2025-12-05", "5 December 2025"),
    ],
)
def test_the_days_of_a_search_are_read(query: str, first: str, last: str, words: str) -> None:
    days = read_days(query, TODAY)
    assert days is not None
    assert (days.first.isoformat(), days.last.isoformat(), days.words) == (first, last, words)


@pytest.mark.parametrize(
    "query", ["battery plant", "last may of the race", "may march", "30 February 2026", "3.5 billion"]
)
def test_what_names_no_day_is_left_alone(query: str) -> None:
    assert read_days(query, TODAY) is None


def test_an_article_known_by_its_month_meets_each_of_its_days() -> None:
    days = read_days("2 Feb 2026", TODAY)
    assert days is not None
    assert [days.meet(on) for on in ("2026-02-02T09:00Z", "2026-02", "2026-02-03", "2025-02", None)] == [
        True, True, False, False, False,
    ]  # fmt: skip


def test_what_was_published_then_comes_first_and_nothing_is_left_out(index_path: Path) -> None:
    text = "The river rose in the valley and the council met about the flood."
    days = {"old": "2025-10-07", "then": "2026-10-09", "now": "2026-11-20", "month": "2026-10", "undated": None}
    with Index.open(index_path, encoder=HashEncoder()) as index:
        index.add(
            Article(id=id, text=f"{text} It was the {id} one, number {n}.", published=day)
            for n, (id, day) in enumerate(days.items())
        )
        found = [hit.article.id for hit in index.search("river flood last October", 5, today=TODAY)]
        assert set(found[:2]) == {"then", "month"}
        assert set(found) == set(days)
        named = index.search("river flood 20 Nov 2026", 1, today=TODAY)
        assert named[0].article.id == "now"
        kept = index.search("river flood last October", 5, Filters(until="2025-12-31"), TODAY)
        assert [hit.article.id for hit in kept] == ["old"]


def test_a_day_is_found_in_the_words_that_the_article_uses(index_path: Path) -> None:
    with Index.open(index_path, encoder=HashEncoder()) as index:
        index.add(
            [
                Article(id="right", text="The strike began on February 2, the union said. Talks went on."),
                Article(id="wrong", text="The strike began on March 2, the union said. Talks went on."),
            ]
        )
        assert index.search("union talks 2 Feb 2026", 2, today=TODAY)[0].article.id == "right"


def test_of_two_passages_that_match_alike_the_newer_comes_first_on_its_day(index_path: Path) -> None:
    others = ("Apples sell well here.", "Trains ran late today.", "Schools open on time.", "Actors spoke out again.")
    days = {"undated": None, "long ago": "2020-05-05", "newer": "2026-11-19", "to come": "2026-11-30"}
    with Index.open(index_path, encoder=HashEncoder()) as index:
        index.add(
            Article(id=f"a{n}", text=f"River flood. {other} {other} {other}", published=day)
            for n, (day, other) in enumerate(zip(days.values(), others, strict=True))
        )
        names = list(days)

        def gains(query: str, today: date) -> dict[str, float]:
            plain = {hit.article.id: hit.score for hit in index.search(query, 4)}
            return {
                names[int(hit.article.id[1:])]: round(hit.score - plain[hit.article.id], 3)
                for hit in index.search(query, 4, today=today)
            }

        assert gains("river flood", TODAY) == {"newer": 0.074, "to come": 0, "long ago": 0, "undated": 0}
        later = gains("river flood", date(2026, 12, 1))
        assert later["to come"] > later["newer"] > 0
        named = gains("river flood on 5 May 2020", TODAY)
        assert max(named, key=lambda name: named[name]) == "long ago"
        assert named["newer"] == named["to come"]


def test_of_two_passages_that_match_alike_an_articles_first_comes_first(index_path: Path) -> None:
    words = "The river flood closed the road to the mill."
    rest = "Apples sold well at the market on the square that week, and so did plums and pears."
    with Index.open(index_path, encoder=HashEncoder(), settings=Settings(passage_tokens=24)) as index:
        index.add([Article(id="opens", text=f"{words} {rest}"), Article(id="ends", text=f"{rest} {words}")])
        for others in ([], [Article(id=f"o{n}", text=f"Town {n} met on Monday. {rest}") for n in range(60)]):
            index.add(others)
            hits = {hit.article.id: hit for hit in index.search("river flood", 4) if hit.passage.text == words}
            assert hits["opens"].score - hits["ends"].score == pytest.approx(0.06)


def test_a_brief_scores_the_same_before_and_after_it_is_sealed(index_path: Path, tmp_path: Path) -> None:
    long = [
        Article(id=f"l{n}", text=f"The council of town {n} met. " + "They spoke of roads and the flood. " * 12)
        for n in range(40)
    ]
    brief = Article(id="brief", text="A flood closed the bridge in Tarn.")
    with (
        Index.open(index_path, encoder=HashEncoder()) as after,
        Index.open(tmp_path / "once", encoder=HashEncoder()) as once,
    ):
        after.add(long)
        after.add([brief])
        once.add([*long, brief])
        assert after.snapshot().search("flood bridge Tarn", 1)[0].article.id == "brief"
        late, early = (index.search("flood council bridge", 5) for index in (after, once))
        assert [hit.article.id for hit in late] == [hit.article.id for hit in early]
        assert [hit.score for hit in late] == pytest.approx([hit.score for hit in early], abs=0.01)
