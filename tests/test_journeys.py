"""Whole ways through onrecord, as people and programs go them: nothing is replaced, the browser is a real one."""

import json
import os
import re
import signal
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from browsing import Open, ask, in_view
from conftest import ScriptedEngine, make_disputed, make_unknown, news, open_desk, quoted
from playwright.sync_api import expect
from serving import serving

from index import Article, Index, read_articles
from rag import Engine
from rag.types import Answer, Citation, Evidence, Stance, Verdict
from ui.desk import Desk

DENIAL = "did Ford deny the Xiaomi deal?"
TALKS = "Were Ford and Xiaomi in talks?"
PRICE = "What is the price of the Xiaomi SU7?"


def onrecord(*arguments: str, home: Path) -> "subprocess.CompletedProcess[str]":
    """The command as a person runs it, with a data folder of its own."""
    return subprocess.run(
        [sys.executable, "-m", "ui", *arguments],
        env={**os.environ, "XDG_DATA_HOME": str(home)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_from_a_file_to_a_cited_answer(tmp_path: Path) -> None:
    file = tmp_path / "news.jsonl"
    lines = [json.dumps({"id": article.id, "title": article.title, "text": article.text}) for article in news()]
    file.write_text("\n".join(lines), "utf-8")
    with Index.open(tmp_path / "index") as index:
        assert index.add(read_articles(file)).added == 3
        answer = Engine(index).ask("Did Northwind deny talks with Contoso?")
        assert answer.verdict is Verdict.YES
        citation = answer.citations[0]
        assert "no substance" in citation.quote
        assert index.article(citation.article.id).text[citation.start : citation.end] == citation.quote


def test_at_the_command_line_the_first_use_answers_from_the_seeds(tmp_path: Path) -> None:
    asked = onrecord("ask", DENIAL, home=tmp_path)
    assert asked.returncode == 0
    assert asked.stdout.startswith("Yes")
    assert "“no truth”" in asked.stdout
    answer = json.loads(onrecord("ask", DENIAL, "--json", home=tmp_path).stdout)
    assert answer["verdict"] == "yes"
    assert any(source["stance"] == "asserts" for source in answer["sources"])


@pytest.fixture(scope="module")
def temporary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the chat that a person starts has its temporary files."""
    return tmp_path_factory.mktemp("temporary")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, temporary: Path) -> Iterator[str]:
    """`onrecord chat` as a person starts it, over the seeds, stopped with Ctrl-C."""
    chat = subprocess.Popen(
        [sys.executable, "-m", "ui", "chat", "--port", "0"],
        env={**os.environ, "XDG_DATA_HOME": str(tmp_path_factory.mktemp("home")), "TMPDIR": str(temporary)},
        stderr=subprocess.PIPE,
        text=True,
    )
    assert chat.stderr is not None
    with chat.stderr as said:
        line = said.readline()
        found = re.search(r"http://127\.0\.0\.1:\d+", line)
        assert found, line
        yield found[0]
        chat.send_signal(signal.SIGINT)
        assert said.read() == ""
    assert chat.wait(30) == 0
    assert list(temporary.glob("onrecord-*")) == []


@pytest.mark.usefixtures("address")
def test_the_temporary_folder_is_private_and_gradio_has_no_other(temporary: Path) -> None:
    (folder,) = (each for each in temporary.iterdir() if each.is_dir())
    assert folder.name.startswith("onrecord-")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_several_may_ask_at_once_from_the_start(address: str) -> None:
    def ask(question: str) -> str:
        verdict: str = httpx.post(f"{address}/api/ask", json={"question": question}, timeout=60).json()["verdict"]
        return verdict

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(ask, [DENIAL, TALKS, PRICE, DENIAL])) == ["yes", "disputed", "unknown", "yes"]


def test_over_http_the_same_answer_as_at_the_command_line(address: str, tmp_path: Path) -> None:
    answer = httpx.post(f"{address}/api/ask", json={"question": DENIAL}, timeout=60).json()
    printed = json.loads(onrecord("ask", DENIAL, "--json", home=tmp_path).stdout)
    assert {**answer, "seconds": 0} == {**printed, "seconds": 0}


def test_in_the_browser_from_the_question_to_the_marked_quote(address: str, visit: Open) -> None:
    page = visit(address)
    ask(page, DENIAL)
    expect(page.locator(".verdict strong")).to_have_text("Yes")
    expect(page.locator(".answer")).to_contain_text("no truth")
    expect(page.locator("#question textarea")).to_have_value("")
    page.get_by_role("button", name="Citation 1: open the passage").first.click()
    mark = page.locator(".passage mark").first
    expect(mark).to_contain_text("no truth")
    assert in_view(page, ".passage mark")
    expect(page.locator(".passage header")).to_contain_text("smartcarz.org")
    page.get_by_role("button", name="Back to the sources").click()
    expect(page.locator(".passage")).to_have_count(0)
    expect(page.locator(".sources li").first).to_contain_text("denies")


def test_the_ai_generated_article_is_marked_wherever_it_is_cited(address: str, visit: Open) -> None:
    page = visit(address)
    ask(page, "How many units did Xiaomi sell in its debut year?")
    expect(page.locator(".warnings")).to_contain_text("AI-generated")
    expect(page.locator(".sources li").first).to_contain_text("AI-generated")


def test_a_quote_shows_when_one_points_at_its_marker(address: str, visit: Open) -> None:
    page = visit(address)
    ask(page, DENIAL)
    tip = page.get_by_role("tooltip").first
    expect(tip).to_be_hidden()
    page.locator(".cite button").first.hover()
    expect(tip).to_be_visible()
    expect(tip).to_contain_text("no truth")


def test_everything_works_by_keyboard(address: str, visit: Open) -> None:
    page = visit(address)
    page.get_by_label("Your question").focus()
    page.keyboard.type(DENIAL)
    page.keyboard.press("Enter")
    page.locator(".verdict[data-verdict='yes']").wait_for()
    page.locator(".cite button").first.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("tooltip").first).to_be_visible()
    page.keyboard.press("Enter")
    page.locator(".passage").wait_for()
    expect(page.locator(".passage h2")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".passage")).to_have_count(0)
    expect(page.locator(".cite button").first).to_be_focused()


def test_an_example_is_one_click_away(address: str, visit: Open) -> None:
    page = visit(address)
    examples = page.locator(".invitation li button")
    expect(examples).to_have_count(3)
    examples.first.click()
    page.locator(".verdict:not([data-verdict='pending'])").wait_for()
    expect(page.locator(".question")).to_have_text("Did Ford deny the Xiaomi deal?")


def test_what_is_offered_next_is_answered(address: str, visit: Open) -> None:
    page = visit(address)
    ask(page, DENIAL)
    offered = page.get_by_role("region", name="What to ask next").get_by_role("button")
    expect(offered.first).to_be_visible()
    question = offered.first.inner_text()
    offered.first.focus()
    page.keyboard.press("Enter")
    second = page.locator(".turn").nth(1)
    expect(second.locator(".question")).to_have_text(question)
    second.locator(".verdict:not([data-verdict='pending'])").wait_for()
    expect(second.locator("[data-verdict='unknown']")).to_have_count(0)
    page.get_by_role("button", name="New conversation").click()
    expect(page.get_by_role("heading", name="Ask next")).to_be_hidden()


def test_a_timeline_leads_to_its_passages(address: str, visit: Open) -> None:
    page = visit(address, width=360, height=740)
    ask(page, "What is the latest on the Xiaomi deal?")
    timeline = page.get_by_role("region", name="Timeline")
    picture = timeline.locator("svg")
    box = picture.bounding_box()
    assert box
    for dot in picture.locator("circle").all():
        inside = dot.bounding_box()
        assert inside
        assert box["x"] <= inside["x"]
        assert inside["x"] + inside["width"] <= box["x"] + box["width"]
    dot = picture.get_by_role("link", name="12 October 2023")
    dot.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".passage mark").first).to_be_visible()
    expect(page.locator(".passage header")).to_contain_text("12 October 2023")
    page.keyboard.press("Escape")
    expect(dot).to_be_focused()
    timeline.get_by_role("listitem").last.get_by_role("button").first.click()
    expect(page.locator(".passage header")).to_contain_text("2 February 2026")


def test_the_questions_field_stays_at_hand_on_a_narrow_page(address: str, visit: Open) -> None:
    page = visit(address, width=360, height=740)
    ask(page, TALKS)
    assert in_view(page, "#question textarea")
    page.locator(".turn .acts button").first.focus()
    acts, field = page.locator(".turn .acts button").first.bounding_box(), page.locator("#composer").bounding_box()
    assert acts
    assert field
    assert acts["y"] + acts["height"] <= field["y"]


@pytest.mark.parametrize(("width", "height"), [(1280, 860), (1600, 1000)])
def test_a_new_question_comes_to_the_top_and_nothing_jumps_as_its_answer_grows(
    address: str, visit: Open, width: int, height: int
) -> None:
    page = visit(address, width=width, height=height)
    ask(page, PRICE)
    ask(page, DENIAL)
    top = page.locator("#scroll").bounding_box()
    assert top
    page.wait_for_function(
        "top => Math.abs(document.querySelectorAll('.turn')[1].getBoundingClientRect().top - top) < 3", arg=top["y"]
    )
    expect(page.get_by_role("heading", name="Ask next")).to_be_visible()
    second = page.locator(".turn").nth(1).bounding_box()
    assert second
    assert abs(second["y"] - top["y"]) < 3


def test_two_sides_stand_beside_each_other_when_sources_disagree(address: str, visit: Open) -> None:
    page = visit(address)
    ask(page, TALKS)
    expect(page.locator(".verdict strong")).to_have_text("Disputed")
    first, second = (page.locator(".both > section").nth(i).bounding_box() for i in (0, 1))
    assert first
    assert second
    assert first["y"] == second["y"]
    assert first["x"] + first["width"] <= second["x"]


def test_what_nobody_reported_is_not_answered(address: str, visit: Open) -> None:
    page = visit(address)
    ask(page, PRICE)
    expect(page.locator(".verdict strong")).to_have_text("Not on record")
    expect(page.locator(".turn .cite")).to_have_count(0)


def test_an_older_answers_sources_can_be_called_back(address: str, visit: Open) -> None:
    page = visit(address)
    ask(page, DENIAL)
    ask(page, PRICE)
    expect(page.get_by_role("heading", name="On file")).to_be_visible()
    page.locator(".turn").first.get_by_role("button", name=re.compile("articles? on this")).click()
    expect(page.get_by_role("heading", name="Sources")).to_be_visible()
    expect(page.get_by_role("heading", name="On file")).to_be_hidden()


def test_an_empty_question_changes_nothing(address: str, visit: Open) -> None:
    page = visit(address)
    page.get_by_role("button", name="Ask").click()
    ask(page, DENIAL)
    expect(page.locator(".turn")).to_have_count(1)


def test_the_narrowest_window_needs_no_scrolling_sideways(address: str, visit: Open) -> None:
    page = visit(address, width=360, height=740)
    for question in (DENIAL, TALKS):
        ask(page, question)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.locator(".cite button").first.click()
    page.locator(".passage mark").first.wait_for()
    box = page.locator("#beside").bounding_box()
    assert box == {"x": 0, "y": 0, "width": 360, "height": 740}
    assert in_view(page, ".passage mark")
    page.get_by_role("button", name="Back to the sources").click()
    expect(page.locator(".passage")).to_have_count(0)
    expect(page.locator(".cite button").first).to_be_focused()


CONTRASTS = """() => {
  const parse = (colour) => { const c = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    c.fillStyle = colour; c.fillRect(0, 0, 1, 1); return [...c.getImageData(0, 0, 1, 1).data]; };
  const light = ([r, g, b]) => { const [x, y, z] = [r, g, b].map((v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * x + 0.7152 * y + 0.0722 * z; };
  const behind = (e) => { for (; e; e = e.parentElement) { const b = parse(getComputedStyle(e).backgroundColor); if (b[3] === 255) return b; } return [255, 255, 255]; };
  const poor = [];
  for (const e of document.querySelectorAll('.masthead *, #desk *')) {
    if (![...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim()) || !e.checkVisibility()) continue;
    const s = getComputedStyle(e), [a, b] = [light(parse(s.color)), light(behind(e))].sort((x, y) => y - x);
    const size = parseFloat(s.fontSize), large = size >= 24 || (size >= 18.66 && s.fontWeight >= 700);
    if ((a + 0.05) / (b + 0.05) < (large ? 3 : 4.5)) poor.push(`${e.className || e.tagName}: ${e.textContent.slice(0, 30)} ${((a + 0.05) / (b + 0.05)).toFixed(2)}`);
  }
  return poor;
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_has_contrast_enough(address: str, visit: Open, scheme: str) -> None:
    """WCAG 2.2 AA: 4.5 to 1, and 3 to 1 for large text."""
    page = visit(address, scheme=scheme)
    assert page.evaluate(CONTRASTS) == []
    ask(page, TALKS)
    ask(page, PRICE)
    ask(page, DENIAL)
    assert page.evaluate(CONTRASTS) == []
    page.locator(".turn").last.locator(".cite button").first.click()
    page.locator(".passage mark").first.wait_for()
    assert page.evaluate(CONTRASTS) == []


class SlowEngine(ScriptedEngine):
    """Says its first sentence, then waits until it is let go on."""

    def __init__(self, *answers: Answer) -> None:
        super().__init__(*answers)
        self.go_on = threading.Event()

    def stream(self, question: str, **limits: object) -> Iterator[str | Answer]:
        for n, part in enumerate(super().stream(question, **limits)):
            if n == 1:
                assert self.go_on.wait(60)
            yield part


def test_the_answer_comes_by_sentences_and_the_next_question_can_wait(tmp_path: Path, visit: Open) -> None:
    with open_desk(tmp_path / "index") as desk:
        slow = SlowEngine(make_disputed(), make_unknown())
        with serving(replace(desk, engine=slow)) as at:
            page = visit(at)
            box = page.get_by_label("Your question")
            box.fill("Is Northwind in talks with Contoso?")
            box.press("Enter")
            expect(page.locator(".answer")).to_have_text("Sources disagree.")
            expect(page.locator(".verdict strong")).to_have_text("Reading")
            box.fill("Who runs Contoso?")
            box.press("Enter")
            slow.go_on.set()
            page.locator(".turn").nth(1).locator("[data-verdict='unknown']").wait_for()
            expect(page.locator(".question")).to_have_text(["Is Northwind in talks with Contoso?", "Who runs Contoso?"])
            expect(box).to_have_value("")


def test_a_new_conversation_waits_for_the_answer_that_is_being_given(tmp_path: Path, visit: Open) -> None:
    with open_desk(tmp_path / "index") as desk:
        slow = SlowEngine(make_disputed(), make_unknown())
        with serving(replace(desk, engine=slow)) as at:
            page = visit(at)
            page.get_by_label("Your question").fill("Is Northwind in talks with Contoso?")
            page.keyboard.press("Enter")
            expect(page.locator(".answer")).to_have_text("Sources disagree.")
            page.get_by_role("button", name="New conversation").click()
            slow.go_on.set()
            expect(page.locator(".turn")).to_have_count(0)
            expect(page.locator(".invitation section")).to_be_visible()
            assert len(desk.memory.conversations("")) == 1


ELSEWHERE = "http://127.0.0.1:9"
HOSTILE = [
    f'<img src="{ELSEWHERE}/img" onerror="alert(1)">',
    f'<script src="{ELSEWHERE}/script"></script><script>alert(2)</script>',
    f'<svg onload="alert(3)"><image href="{ELSEWHERE}/svg"/></svg>',
    f'<iframe src="{ELSEWHERE}/frame"></iframe><object data="{ELSEWHERE}/object"></object>',
    f'<link rel="stylesheet" href="{ELSEWHERE}/css"><style>@import "{ELSEWHERE}/import";</style>',
    f'<base href="{ELSEWHERE}/"><meta http-equiv="refresh" content="0;url={ELSEWHERE}/meta">',
    f'"><b style="background:url({ELSEWHERE}/style)" onmouseover="alert(4)" autofocus onfocus="alert(5)" tabindex=0>',
    "' onclick='alert(6)' data-act='open' x='",
    "${alert(7)} {{constructor.constructor('alert(8)')()}} {{{value}}} @children `${alert(9)}`",
    f"![x]({ELSEWHERE}/markdown) [y](javascript:alert(10)) <https://x>",
    "</textarea></script></style></title><script>alert(11)</script>",
    "\\u003cscript\\u003ealert(12)\\u003c/script\\u003e &lt;script&gt;alert(13)&lt;/script&gt;",
    f'<video autoplay poster="{ELSEWHERE}/poster"><source src="{ELSEWHERE}/video" onerror=alert(14)></video>',
    f'<form action="{ELSEWHERE}/form"><input type=image src="{ELSEWHERE}/input"></form>',
    "\u202e\u2066reversed\x1b[31m\x00 [1][2][999] [1](javascript:alert(15))",
]


def test_hostile_articles_and_answers_stay_text(tmp_path: Path, visit: Open) -> None:
    """Through the real path, from the index to the screen: no script runs, no dialog opens, nobody else is asked."""
    everything = " ".join(HOSTILE)
    articles = [
        Article(
            id=f"a{i}", title=bad, text=f"{bad}\n\nA bank failed.", publisher=bad, author=bad, url="javascript:alert(0)"
        )
        for i, bad in enumerate(HOSTILE)
    ]
    with Index.open(tmp_path / "index") as index:
        index.add(articles)
        said: list[Evidence] = [
            quoted(article, article.text, speaker=article.title, stance=Stance.ASSERTS) for article in articles
        ]
        answer = Answer(
            question="q",
            text=everything,
            short=everything,
            verdict=Verdict.DISPUTED,
            claim=everything,
            citations=tuple(Citation(n, one) for n, one in enumerate(said, start=1)),
            sources=tuple(said),
            closest=tuple(Citation(n, one) for n, one in enumerate(said, start=1)),
            warnings=tuple(HOSTILE),
        )
        with serving(Desk(index, ScriptedEngine(answer))) as at:
            page = visit(at)
            ask(page, everything[:1900])
            expect(page.locator(".question")).to_contain_text("<script>alert(2)</script>")
            for button in page.locator(".sources li button").all()[: len(HOSTILE)]:
                button.click()
                page.locator(".passage").wait_for()
                page.locator(".back").click()
                page.locator(".sources").wait_for()
            assert (
                page.locator("#desk :is(script, img, iframe, object, svg image, video, form, base, link)").count() == 0
            )
