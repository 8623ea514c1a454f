"""Reading an answer in a real browser: nothing jumps, each sentence is heard once, every chip asks again."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from browsing import Open, ask, in_view
from conftest import HashEncoder, make_disputed, make_unknown, news, open_desk
from playwright.sync_api import Page, expect
from serving import serving
from test_journeys import SlowEngine

from index import Article, Index
from rag import Engine
from ui.desk import Desk

CLAIM = "Is Northwind in talks with Contoso?"
WATCH_SHIFTS = """() => {
  window.shifts = [];
  new PerformanceObserver((list) => {
    for (const one of list.getEntries()) window.shifts.push([one.value, one.sources.map((s) => s.node?.id || s.node?.className || s.node?.nodeName)]);
  }).observe({ type: 'layout-shift' });
}"""


@pytest.fixture
def slow(tmp_path: Path) -> Iterator[tuple[str, SlowEngine]]:
    """A server whose engine waits after its first sentence."""
    engine = SlowEngine(make_disputed(), make_unknown())
    with open_desk(tmp_path / "index") as desk, serving(replace(desk, engine=engine)) as at:
        yield at, engine


def begin(page: Page, question: str) -> None:
    """Ask, and wait for the first sentence."""
    page.get_by_label("Your question").fill(question)
    page.keyboard.press("Enter")
    expect(page.locator(".turn").last.locator(".answer")).to_contain_text("Sources disagree.")


@pytest.mark.parametrize(("width", "height"), [(360, 740), (1440, 900)])
def test_nothing_jumps_while_an_answer_comes(
    slow: tuple[str, SlowEngine], visit: Open, width: int, height: int
) -> None:
    """Cumulative layout shift from the first sentence to the end; 0.1 is what the web's own measure calls good."""
    at, engine = slow
    page = visit(at, width=width, height=height)
    begin(page, CLAIM)
    page.wait_for_function("getComputedStyle(document.querySelector('#invitation')).display === 'none'")
    page.evaluate(WATCH_SHIFTS)
    engine.go_on.set()
    page.locator("[data-verdict='disputed']").wait_for()
    page.locator(".sources").wait_for()
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    shifts = page.evaluate("window.shifts")
    assert sum(value for value, _ in shifts) < 0.05, shifts


def test_a_screen_reader_hears_each_sentence_once_and_then_the_verdict(
    slow: tuple[str, SlowEngine], visit: Open
) -> None:
    at, engine = slow
    page = visit(at)
    begin(page, CLAIM)
    heard = page.get_by_role("status", name="The answer as it comes")
    expect(heard.locator("p")).to_have_text(["Sources disagree."])
    engine.go_on.set()
    expect(heard.locator("p").last).to_contain_text("Disputed")
    told = " ".join(heard.locator("p").all_inner_texts())
    assert told.count("Sources disagree.") == told.count("no substance") == told.count("Disputed") == 1
    assert "Copy" not in told
    page.get_by_role("button", name="Right", exact=True).click()
    expect(page.get_by_label("Why? (if you like)")).to_be_visible()
    assert " ".join(heard.locator("p").all_inner_texts()) == told
    page.reload()
    expect(page.locator(".question")).to_have_text([CLAIM])
    expect(page.get_by_role("status", name="The answer as it comes")).to_have_count(0)


@pytest.fixture(scope="module")
def wire(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Three articles, of which two others print one again, answered by the real engine."""
    (claim, denial, weather) = news()
    longer = replace(denial, text=f"{denial.text}\n\nNorthwind runs four mills in the north and has 900 people.")
    again = [replace(longer, id=f"again-{n}", publisher=f"Paper {n}", published="2025-03-05") for n in (1, 2)]
    articles: list[Article] = [claim, longer, weather, *again]
    with Index.open(tmp_path_factory.mktemp("wire") / "index", encoder=HashEncoder()) as index:
        index.add(articles)
        with serving(Desk(index, Engine(index))) as at:
            yield at


def test_a_story_printed_again_is_one_source_with_its_reprints(wire: str, visit: Open) -> None:
    page = visit(wire)
    ask(page, "Did Northwind deny talks with Contoso?")
    printed = page.locator(".sources > li", has_text="Morning Wire")
    expect(printed).to_have_count(1)
    expect(printed).to_contain_text("and 2 reprints")
    expect(page.locator(".sources")).not_to_contain_text("Paper 1")
    page.get_by_role("navigation", name="Pages").get_by_role("button", name="Articles").click()
    row = page.locator(".sheet tbody tr", has_text="Paper 1")
    expect(row.locator(".origin")).to_contain_text("reprint of Northwind denies talks with Contoso")


def test_a_marker_says_that_its_words_were_checked(wire: str, visit: Open) -> None:
    page = visit(wire)
    ask(page, "Did Northwind deny talks with Contoso?")
    marker = page.locator(".cite button").first
    expect(marker).to_have_text("1✓")
    marker.hover()
    expect(page.get_by_role("tooltip").first).to_contain_text("Checked: these words stand in the article")


def test_what_this_week_means_and_what_is_asked_are_chips_that_ask_again_without(wire: str, visit: Open) -> None:
    page = visit(wire)
    ask(page, "What did Northwind deny this week?")
    chips = page.locator(".turn").last.locator(".chips")
    expect(chips).to_contain_text("this week: ")
    chips.get_by_role("button", name="Ask it of all days").click()
    expect(page.locator(".question")).to_have_text(["What did Northwind deny this week?", "What did Northwind deny?"])
    page.locator(".turn").nth(1).locator("[data-verdict='pending']").wait_for(state="detached")
    chips.get_by_role("button", name="Ask instead: What is known about Northwind?").click()
    expect(page.locator(".question").last).to_have_text("What is known about Northwind?")


def test_each_part_of_a_question_is_a_chip_that_can_be_left_out(wire: str, visit: Open) -> None:
    page = visit(wire)
    ask(page, "Who denied the talks, and what closed the harbour?")
    chips = page.locator(".turn").last.locator(".chips li")
    expect(chips).to_have_text(["Who denied the talks?×", "What closed the harbour?×"])
    chips.first.get_by_role("button").click()
    expect(page.locator(".question").last).to_have_text("What closed the harbour?")


def test_on_a_narrow_page_the_sources_are_brought_into_view(wire: str, visit: Open) -> None:
    page = visit(wire, width=360, height=740)
    ask(page, "Did Northwind deny talks with Contoso?")
    assert not in_view(page, ".pane h2")
    page.get_by_role("button", name="on this").click()
    page.wait_for_function("document.querySelector('.pane h2').getBoundingClientRect().top < innerHeight / 2")
