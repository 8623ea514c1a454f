"""Ways through the page in a real browser: what is kept, limited, added, removed, taken along and looked up."""

import json
import re
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from browsing import Open, ask
from conftest import HashEncoder, ScriptedEngine, make_disputed, make_unknown, open_desk, quoted
from markdown_it import MarkdownIt
from playwright.sync_api import Browser, Page, expect
from serving import serving
from test_journeys import CONTRASTS, ELSEWHERE, HOSTILE
from test_readers_web import item, reading, rss, site_here

from index import Index, read_articles
from index.types import Vectors
from rag import Engine
from rag.types import Answer, Citation, Stance, Verdict
from ui.desk import Desk
from ui.memory import Memory

MARKUP = "script, img, iframe, object, svg, math, video, form, base, link, template, noscript"
CLAIM = "Is Northwind in talks with Contoso?"


@pytest.fixture(scope="module")
def desk_here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with open_desk(tmp_path_factory.mktemp("desk") / "index") as desk:
        yield desk


@pytest.fixture
def address(desk_here: Desk) -> Iterator[str]:
    """A server over the three articles, with a memory of its own for each test."""
    desk = replace(desk_here, memory=Memory(), engine=ScriptedEngine(make_disputed(), make_unknown()))
    with serving(desk) as at:
        yield at


def go_to(page: Page, name: str) -> None:
    page.get_by_role("navigation", name="Pages").get_by_role("button", name=name).click()
    page.locator(".sheet").get_by_role("heading", name=name, exact=True).wait_for()


def test_a_conversation_is_there_again_after_a_reload_and_in_another_tab(address: str, visit: Open) -> None:
    page = visit(address)
    ask(page, CLAIM)
    page.wait_for_url(re.compile(r"\?c=\w+"))
    page.reload()
    expect(page.locator(".question")).to_have_text([CLAIM])
    other = visit(address)
    go_to(other, "Conversations")
    other.locator(".rows").get_by_role("button", name=CLAIM, exact=True).click()
    expect(other.locator(".question")).to_have_text([CLAIM])
    ask(other, "Who runs Contoso?")
    page.reload()
    expect(page.locator(".question")).to_have_text([CLAIM, "Who runs Contoso?"])
    page.get_by_role("button", name="New conversation").click()
    expect(page.locator(".turn")).to_have_count(0)
    expect(page.locator(".invitation section")).to_be_visible()
    assert page.url == f"{address}/"


def test_conversations_are_searched_renamed_deleted_had_back_and_taken_along(address: str, visit: Open) -> None:
    page = visit(address)
    ask(page, CLAIM)
    go_to(page, "Conversations")
    page.get_by_label("Search conversations").fill("zebra")
    page.keyboard.press("Enter")
    expect(page.locator(".sheet")).to_contain_text("No conversation holds “zebra”")
    page.get_by_label("Search conversations").fill("")
    page.keyboard.press("Enter")
    page.get_by_text("Rename").click()
    page.get_by_label("New name").fill("The harbour story")
    page.keyboard.press("Enter")
    expect(page.locator(".rows .name")).to_have_text("The harbour story")
    with page.expect_download() as taken:
        page.get_by_role("link", name="Markdown").click()
    assert taken.value.suggested_filename.endswith(".md")
    assert taken.value.path().read_text("utf-8").startswith("# The harbour story")
    with page.expect_download() as taken:
        page.get_by_role("link", name="JSON").click()
    assert json.loads(taken.value.path().read_text("utf-8"))["turns"][0]["question"] == CLAIM
    page.get_by_role("button", name="Delete The harbour story").click()
    expect(page.locator(".rows")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".rows .name")).to_have_text("The harbour story")


def test_a_reader_says_what_an_answer_is_worth(address: str, visit: Open) -> None:
    page = visit(address)
    ask(page, CLAIM)
    page.get_by_role("button", name="Wrong").click()
    expect(page.get_by_role("button", name="Wrong")).to_have_attribute("aria-pressed", "true")
    page.get_by_label("Why? (if you like)").fill("It is settled since.")
    page.keyboard.press("Enter")
    expect(page.locator(".rating")).to_contain_text("Noted: It is settled since.")


def test_limits_are_chosen_shown_and_removed(address: str, visit: Open) -> None:
    page = visit(address)
    page.get_by_role("button", name="Limit to publishers or dates").click()
    page.get_by_label("Daily Ledger").check()
    page.get_by_label("from").fill("2025-03-01")
    page.get_by_role("button", name="Apply").click()
    limits = page.locator(".limits .chips li")
    expect(limits).to_have_text(["only Daily Ledger×", "from 1 March 2025×"])
    ask(page, CLAIM)
    expect(page.locator(".turn .chips")).to_contain_text("only Daily Ledger")
    page.locator(".turn .chips").get_by_role("button", name="Drop the limit to Daily Ledger").click()
    expect(page.locator(".turn")).to_have_count(2)
    expect(limits).to_have_text(["from 1 March 2025×"])
    limits.get_by_role("button").click()
    expect(limits).to_have_count(0)


def test_a_follow_up_shows_how_it_was_read_and_can_be_asked_by_itself(address: str, visit: Open) -> None:
    page = visit(address)
    ask(page, CLAIM)
    ask(page, "and Fabrikam?")
    chips = page.locator(".turn").nth(1).locator(".chips")
    expect(chips).to_contain_text("read as “Is Fabrikam in talks with Contoso?”")
    chips.get_by_role("button", name="Ask it by itself").click()
    expect(page.locator(".turn")).to_have_count(3)
    expect(page.locator(".turn").nth(2).locator(".chips")).not_to_contain_text("read as")


def test_days_in_a_question_are_a_chip_that_can_be_taken_away(address: str, visit: Open) -> None:
    page = visit(address)
    ask(page, "Is Northwind in talks with Contoso, according to reports before 4 March 2025?")
    chips = page.locator(".turn .chips")
    expect(chips).to_contain_text("published until 3 March 2025")
    chips.get_by_role("button", name="Ask it of all days").click()
    expect(page.locator(".turn")).to_have_count(2)
    expect(page.locator(".turn").nth(1).locator(".question")).to_have_text(CLAIM)
    expect(page.locator(".turn").nth(1).locator(".chips")).not_to_contain_text("published")


def test_an_answer_is_asked_again_edited_copied_and_linked(address: str, visit: Open) -> None:
    page = visit(address)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=address)
    ask(page, CLAIM)
    page.get_by_role("button", name="Copy with citations").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert "[2] “" in page.evaluate("navigator.clipboard.readText()")
    page.get_by_role("button", name="Copy link").click()
    link = page.evaluate("navigator.clipboard.readText()")
    page.get_by_role("button", name="Edit").click()
    expect(page.get_by_label("Your question")).to_have_value(CLAIM)
    expect(page.get_by_label("Your question")).to_be_focused()
    page.get_by_role("button", name="Ask again").click()
    expect(page.locator(".turn")).to_have_count(2)
    other = visit(address, path=link.removeprefix(address))
    other.locator(".verdict[data-verdict='disputed']").wait_for()
    expect(other.locator(".question")).to_have_text([CLAIM])


def test_articles_are_uploaded_each_with_its_result_found_removed_and_had_back(
    address: str, visit: Open, tmp_path: Path
) -> None:
    (tmp_path / "bridge.txt").write_text("The bridge reopened on Monday, the council said.")
    (tmp_path / "empty.txt").write_text("")
    page = visit(address)
    go_to(page, "Articles")
    expect(page.locator(".sheet tbody tr")).to_have_count(3)
    page.get_by_label("Add files").set_input_files([tmp_path / "bridge.txt", tmp_path / "empty.txt"])
    expect(page.locator(".results li")).to_have_text(["bridge.txt: 1 added", "empty.txt: is empty"])
    expect(page.locator(".sheet tbody tr")).to_have_count(4)
    page.get_by_label("Search articles").fill("coast")
    page.keyboard.press("Enter")
    expect(page.locator(".sheet tbody tr")).to_have_count(1)
    page.get_by_role("button", name="Remove Storm closes the harbour").click()
    expect(page.locator(".notice-line")).to_contain_text("Removed “Storm closes the harbour”.")
    expect(page.locator(".sheet tbody tr")).to_have_count(3)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".sheet tbody tr")).to_have_count(4)
    page.locator(".sheet tbody button", has_text="Northwind denies").click()
    expect(page.locator(".passage h2")).to_have_text("Northwind denies talks with Contoso")


def test_several_files_dropped_on_the_page_have_a_result_each(tmp_path: Path, visit: Open) -> None:
    with open_desk(tmp_path / "index") as desk, serving(desk) as at:
        page = visit(at)
        go_to(page, "Articles")
        dropped = page.evaluate_handle(
            """() => {
                const held = new DataTransfer();
                held.items.add(new File(['The bridge reopened on Monday, the council said.'], 'bridge.txt'));
                held.items.add(new File(['A mill closed on Tuesday, its owner said.'], 'mill.md'));
                held.items.add(new File(['MZ'], 'mill.exe'));
                return held;
            }"""
        )
        page.locator(".drop").dispatch_event("drop", {"dataTransfer": dropped})
        refused = re.compile("mill.exe: .* is not of a kind that is taken")
        expect(page.locator(".results li")).to_have_text(["bridge.txt: 1 added", "mill.md: 1 added", refused])
        expect(page.locator(".sheet tbody tr")).to_have_count(5)


class GatedEncoder(HashEncoder):
    """Encodes the first batch at once; the next waits until it is let through."""

    def __init__(self) -> None:
        super().__init__()
        self.gate = threading.Event()

    def encode(self, texts: Sequence[str]) -> Vectors:
        assert not self.encoded or self.gate.wait(30)
        return super().encode(texts)


def test_a_long_file_says_how_far_it_is_and_then_what_came_of_it(tmp_path: Path, visit: Open) -> None:
    takes = [json.dumps({"id": f"a{n}", "text": f"Bridge {n} reopened on Monday."}) for n in range(300)]
    (tmp_path / "many.jsonl").write_text("\n".join(takes))
    encoder = GatedEncoder()
    with (
        Index.open(tmp_path / "index", encoder=encoder) as index,
        serving(Desk(index, ScriptedEngine(make_unknown()))) as at,
    ):
        page = visit(at)
        go_to(page, "Articles")
        page.get_by_label("Add files").set_input_files(tmp_path / "many.jsonl")
        results = page.locator(".results")
        expect(results.locator("li")).to_have_text("many.jsonl: reading, 64 of 300")
        expect(results).to_have_attribute("aria-busy", "true")
        encoder.gate.set()
        expect(results.locator("li")).to_have_text("many.jsonl: 300 added")
        expect(results).to_have_attribute("aria-busy", "false")
        expect(page.locator(".sheet")).to_contain_text("300 articles")


def test_a_feed_brings_its_articles_with_where_they_come_from(
    tmp_path: Path, visit: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The feed is on this machine, which the operator of this server allows."""
    with site_here() as site, open_desk(tmp_path / "index") as desk, serving(desk) as at:
        monkeypatch.setattr("index.read_articles", lambda source: reading(site, source))
        feed = rss(site, item(site.put("/mayor")), item(site.url("/gone"), "Gone"))
        page = visit(at)
        go_to(page, "Articles")
        page.get_by_label("Address of an article or feed").fill(site.put("/feed", feed, "application/rss+xml"))
        page.keyboard.press("Enter")
        expect(page.locator(".results li")).to_contain_text("1 added")
        expect(page.locator(".results li")).to_contain_text("is not there")
        row = page.locator(".sheet tbody tr", has_text="Mayor quits")
        expect(row.locator(".origin a")).to_have_attribute("href", site.url("/mayor"))


def test_where_there_are_no_articles_the_page_leads_to_adding_some(tmp_path: Path, visit: Open) -> None:
    with Index.open(tmp_path / "index") as index, serving(Desk(index, ScriptedEngine(make_unknown()))) as at:
        page = visit(at)
        expect(page.get_by_role("heading", name="No articles yet")).to_be_visible()
        page.get_by_role("button", name="Add articles").click()
        expect(page.get_by_role("heading", name="Articles", exact=True)).to_be_focused()
        here = page.get_by_role("navigation", name="Pages").locator("[aria-current='page']")
        expect(here).to_have_text("Articles")
        (tmp_path / "bridge.txt").write_text("Contoso opened the bridge in Leeds on 3 March 2025, the council said.")
        page.get_by_label("Add files").set_input_files(tmp_path / "bridge.txt")
        expect(page.locator(".sheet tbody tr")).to_have_count(1)
        page.get_by_role("button", name="Back to the conversation").click()
        expect(here).to_have_count(0)


def test_an_address_that_may_not_be_fetched_says_why(address: str, visit: Open) -> None:
    page = visit(address)
    go_to(page, "Articles")
    page.get_by_label("Address of an article or feed").fill(f"{address}/api/health")
    page.get_by_role("button", name="Add from the web").click()
    expect(page.locator(".results li")).to_contain_text("not a public address")


def test_the_last_evaluation_is_shown_with_its_whole_report(desk_here: Desk, visit: Open, tmp_path: Path) -> None:
    interval = {"value": 0.8, "low": 0.7, "high": 0.9, "questions": 10, "facts": 5}
    report = {"questions": 10, "facts": 5, "figures": {"all": {"answer_accuracy": interval}}}
    (tmp_path / "report.json").write_text(json.dumps(report))
    (tmp_path / "report.html").write_text("<!doctype html><title>r</title><script>document.title = 'ran'</script>")
    with serving(replace(desk_here, reports=tmp_path)) as at:
        page = visit(at)
        go_to(page, "Evaluation")
        expect(page.locator(".tiles")).to_contain_text("0.80")
        with page.expect_popup() as opened:
            page.get_by_role("link", name="The whole report").click()
        opened.value.wait_for_load_state()
        assert opened.value.title() == "r"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_every_page_fits_and_has_contrast_enough(address: str, visit: Open, scheme: str, width: int) -> None:
    page = visit(address, width=width, scheme=scheme)
    ask(page, CLAIM)
    page.get_by_role("button", name="Right").click()
    page.get_by_label("Why? (if you like)").wait_for()
    for name in ("", "Conversations", "Articles", "Evaluation"):
        if name:
            page.get_by_role("button", name="Back to the conversation").click() if name != "Conversations" else None
            page.locator(".sheet").wait_for(state="detached")
            go_to(page, name)
        assert page.evaluate(CONTRASTS) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


class Canary:
    """A server that nothing of ours may ever reach; it counts who does."""

    def __init__(self) -> None:
        canary = self
        self.reached = threading.Semaphore(0)
        self.count = 0

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                canary.count += 1
                canary.reached.release()
                self.send_response(204)
                self.end_headers()

            def log_message(self, *_: object) -> None: ...

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"


@pytest.fixture
def canary() -> Iterator[Canary]:
    made = Canary()
    thread = threading.Thread(target=made.server.serve_forever)
    thread.start()
    yield made
    made.server.shutdown()
    thread.join()
    made.server.server_close()


def hostile(address: str) -> list[str]:
    """More than a hundred texts that reach for `address`: each of ours as it is, closed into, and written otherwise."""
    ways: list[Callable[[str], str]] = [
        lambda text: text,
        lambda text: f'"></textarea></title></p>{text}',
        lambda text: text.replace("<", "&lt;").replace(">", "&gt;"),
        lambda text: text.replace("src", "SRC").replace("<img", "<IMG/"),
        lambda text: f"{{{{{{{text}}}}}}} ${{'{text}'}} [x]({address}/md) ![y]({address}/image)",
        lambda text: f"<svg><foreignObject><math><mtext>{text}</mtext></math></foreignObject></svg>",
        lambda text: f"<template>{text}</template><noscript><p title='</noscript>{text}'></noscript>",
    ]
    return [way(each.replace(ELSEWHERE, address)) for each in HOSTILE for way in ways]


def read_sources(page: Page) -> None:
    """Opens some of the passages that stand beside an answer, one after the other."""
    for button in page.locator(".sources li button, .closest button").all()[::10]:
        button.click()
        page.locator(".passage").wait_for()
        expect(page.locator(f"#desk :is({MARKUP})")).to_have_count(0)
        page.locator(".back").click()
        page.locator(".passage").wait_for(state="detached")


def test_hostile_articles_stay_text_on_every_page(
    tmp_path: Path, visit: Open, canary: Canary, browser: Browser
) -> None:
    """From the file through the index to answer, passage, table, chips, names and export; a bare page would reach out."""
    texts = hostile(canary.address)
    assert len(texts) > 100
    fields = ("title", "publisher", "author")
    lines = [
        json.dumps(
            {"id": f"a{i}'\"<{i}", "text": f"{bad}\n\nA bank failed.", "url": "javascript:alert(0)"}
            | dict.fromkeys(fields, bad)
        )
        for i, bad in enumerate(texts)
    ]
    (tmp_path / "bad.jsonl").write_text("\n".join(lines), "utf-8")
    with Index.open(tmp_path / "index") as index:
        assert index.add(read_articles(tmp_path / "bad.jsonl")).added == len(texts)
        said = [
            quoted(article, article.text, speaker=article.title, stance=Stance.ASSERTS)
            for article in (index.article(entry.id) for entry in index.entries())
        ]
        answer = Answer(
            question="q",
            text=" ".join(f"{bad} [{n}]" for n, bad in enumerate(texts, start=1)),
            verdict=Verdict.ANSWERED,
            citations=tuple(Citation(n, one) for n, one in enumerate(said, start=1)),
            sources=tuple(said),
        )
        with serving(Desk(index, ScriptedEngine(answer))) as at:
            page = visit(at)
            ask(page, " ".join(texts)[:1900])
            page.get_by_role("button", name="Right", exact=True).click()
            page.get_by_label("Why? (if you like)").fill(" ".join(texts)[:400])
            page.keyboard.press("Enter")
            expect(page.locator(".rating")).to_contain_text("Noted: ")
            page.get_by_role("button", name="Limit to publishers or dates").click()
            expect(page.locator(".choice input").nth(4)).to_be_visible()
            for box in page.locator(".choice input").all()[:5]:
                box.check()
            page.get_by_role("button", name="Apply").click()
            expect(page.locator(".limits .chips li")).to_have_count(5)
            for name in ("Articles", "Conversations"):
                go_to(page, name)
                expect(page.locator(f"#desk :is({MARKUP})")).to_have_count(0)
            with page.expect_download() as taken:
                page.get_by_role("link", name="Markdown").click()
            rendered = MarkdownIt().render(taken.value.path().read_text("utf-8"))
            page.reload()
            expect(page.locator(".question")).to_contain_text("<script>alert(2)</script>")
            read_sources(page)
        with serving(Desk(index, Engine(index))) as at:  # and as the embedded reader answers, of what it finds
            page = visit(at)
            ask(page, "Which bank failed?")
            read_sources(page)
            ask(page, texts[0])
            expect(page.locator(f"#desk :is({MARKUP})")).to_have_count(0)
    bare = browser.new_page()
    bare.on("dialog", lambda dialog: dialog.dismiss())
    bare.set_content(f"<body>{rendered}")
    expect(bare.locator("h2").first).to_be_visible()
    expect(bare.locator(MARKUP)).to_have_count(0)
    assert canary.count == 0
    bare.set_content(f"<body>{texts[0]}")
    assert canary.reached.acquire(timeout=30), "the control page did not reach out, so the count says nothing"
    bare.close()
