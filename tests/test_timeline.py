"""When an answer's sources were published, as a picture and a list."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest

from rag.types import Answer, Evidence, Verdict
from ui import answer_view
from ui.timeline_view import days, positions, timeline


@pytest.fixture
def dated(make_evidence: Callable[..., Evidence]) -> Callable[..., Answer]:
    def make(*published: str | None) -> Answer:
        said = [make_evidence(f"It is {n}.", id=f"a{n}", published=day) for n, day in enumerate(published)]
        return Answer("How did it go?", "So.", Verdict.ANSWERED, sources=tuple(said))

    return make


def test_two_days_make_a_timeline_and_one_does_not(disputed: Answer, dated: Callable[..., Answer]) -> None:
    assert "<svg" in answer_view.answered(disputed, 1)
    assert timeline(dated("2025-03-03", "2025-03-03T10:00", None), 1) == ""
    assert timeline(dated(), 1) == ""


def test_each_source_is_a_dot_with_its_number_and_its_place_in_the_list(disputed: Answer) -> None:
    shown = timeline(disputed, 7)
    picture = ElementTree.fromstring(re.search("<svg.*</svg>", shown)[0])  # type: ignore[index]
    assert len(picture.findall(".//circle")) == 2
    assert picture.findtext("title") == "Sources from 3 March 2025 to 4 March 2025"
    assert picture.findtext("desc") == "3 March 2025: 1 source; 4 March 2025: 1 source"
    assert [link.attrib["data-article"] for link in picture.findall("a")] == ["claim", "denial"]
    assert [link.attrib["aria-label"] for link in picture.findall("a")] == [
        "3 March 2025: The article asserts, with reserve · Daily Ledger",
        "4 March 2025: Northwind denies · Morning Wire",
    ]
    assert re.findall(r'<button[^>]+data-article="(\w+)"', shown) == ["claim", "denial"]


def test_days_stand_in_order_as_precisely_as_they_are_known(dated: Callable[..., Answer]) -> None:
    answer = dated("2025-03-04", "2025", "2025-03", "2024-12-31T23:00", "soon", None)
    assert [day.published for day in days(answer)] == ["2024-12-31", "2025", "2025-03", "2025-03-04"]
    assert "2 sources without a date" in timeline(answer, 1)


def test_days_keep_their_distance_and_stay_inside() -> None:
    start = date(2025, 1, 1)
    spread = positions([start, start + timedelta(days=1), start + timedelta(days=100)])
    assert spread[0] == 4.0
    assert spread[2] == 96.0
    assert spread[1] - spread[0] == pytest.approx(9.0)
    late = positions([start, start + timedelta(days=99), start + timedelta(days=100)])
    assert late[2] - late[1] == pytest.approx(9.0)
    many = positions([start + timedelta(days=n) for n in range(10)])
    assert all(0 <= place <= 96.1 for place in many)
    assert many == sorted(many)


def test_what_a_source_is_called_stays_text(disputed: Answer) -> None:
    bad = '<script>alert("1")</script>'
    sources = tuple(
        replace(one, speaker=bad, article=replace(one.article, publisher=bad, title=bad)) for one in disputed.sources
    )
    assert "<script" not in timeline(replace(disputed, sources=sources), 1)
