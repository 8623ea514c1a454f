"""A real browser, and pages in it whose every request and complaint is watched."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Request, sync_playwright

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]

Open = Callable[..., Page]


@contextmanager
def launched() -> Iterator[Browser]:
    """Debian's Chromium, without a window."""
    if not Path(CHROMIUM).exists():
        reason = f"no browser at {CHROMIUM}; on Debian: apt-get install chromium"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


class Watched:
    """A page, and everything it asked for, logged or complained of."""

    def __init__(self, page: Page, origin: str) -> None:
        self.page = page
        self.origin = origin
        self.strangers: list[str] = []
        self.complaints: list[str] = []
        page.on("request", self._requested)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        page.on("dialog", self._dialog)

    def _requested(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme != "data" and f"{parts.scheme}://{parts.netloc}" != self.origin:
            self.strangers.append(request.url)

    def _dialog(self, dialog: "object") -> None:
        self.complaints.append("a dialog opened")
        dialog.dismiss()  # type: ignore[attr-defined]


@contextmanager
def visiting(browser: Browser) -> Iterator[Open]:
    """Opens a page; at the end, none of those opened has asked a stranger for anything, or complained."""
    watched: list[Watched] = []

    def open_page(at: str, width: int = 1280, height: int = 860, scheme: str = "light", path: str = "/") -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)  # type: ignore[arg-type]
        context.set_default_timeout(30_000)
        page = context.new_page()
        watched.append(Watched(page, at))
        page.goto(f"{at}{path}")
        page.locator(".invitation section").wait_for(state="attached")
        return page

    yield open_page
    for each in watched:
        each.page.context.close()
    assert [each.strangers for each in watched if each.strangers] == []
    assert [each.complaints for each in watched if each.complaints] == []


def ask(page: Page, question: str) -> None:
    """Type the question, press Enter, wait until its answer stands."""
    before = page.locator(".turn").count()
    page.get_by_label("Your question").fill(question)
    page.keyboard.press("Enter")
    page.locator(".turn").nth(before).locator(".verdict:not([data-verdict='pending'])").wait_for()


def in_view(page: Page, selector: str) -> bool:
    """Whether the element is inside the window."""
    box = page.locator(selector).first.bounding_box()
    size = page.viewport_size
    return box is not None and size is not None and box["y"] >= 0 and box["y"] + box["height"] <= size["height"]
