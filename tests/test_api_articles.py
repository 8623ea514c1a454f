"""Articles added and removed over HTTP, as JSON, as files and by address."""

import json
import threading
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import httpx
import pytest

from index import Article
from index.errors import BadInput, IndexInUse
from index.types import AddReport
from ui.desk import Desk
from ui.uploads import MAX_FILES, MAX_UPLOAD, add_sent

BRIDGE = {
    "title": "Bridge reopens",
    "text": "The bridge reopened on Monday, the council said.",
    "published": "2025-04-07",
}


@pytest.fixture
def api(served: tuple[str, Desk]) -> Iterator[httpx.Client]:
    """A client; what it added is gone afterwards."""
    address, desk = served
    before = {entry.id for entry in desk.index.entries()}
    with httpx.Client(base_url=address, timeout=60) as client:
        yield client
    desk.index.remove([entry.id for entry in desk.index.entries() if entry.id not in before])


def send(api: httpx.Client, *files: tuple[str, bytes]) -> Any:
    return api.post("/api/articles", files=[("files", file) for file in files])


def test_an_article_sent_as_json_can_be_found_read_and_removed(api: httpx.Client) -> None:
    added = api.post("/api/articles", json={"articles": [{**BRIDGE, "publisher": "Town Post"}]}).json()
    assert (added["added"], added["failed"]) == (1, [])
    (id,) = added["ids"]
    read = api.get(f"/api/articles/{id}").json()
    assert (read["text"], read["published"], read["publisher"]) == (BRIDGE["text"], "2025-04-07", "Town Post")
    hits = api.post("/api/search", json={"query": "bridge reopened", "k": 1}).json()["hits"]
    assert hits[0]["article"]["id"] == id
    removed = api.delete(f"/api/articles/{id}").json()
    assert removed == {"removed": [id], "missing": [], "generation": added["generation"] + 1}
    assert api.delete(f"/api/articles/{id}").status_code == 404


def test_an_id_may_hold_a_slash(api: httpx.Client) -> None:
    assert api.post("/api/articles", json={"articles": [{**BRIDGE, "id": "2025/04/bridge"}]}).json()["added"] == 1
    assert api.get("/api/articles/2025/04/bridge").json()["title"] == BRIDGE["title"]
    assert api.delete("/api/articles/2025%2F04%2Fbridge").status_code == 200


def test_files_of_several_kinds_come_in_together(api: httpx.Client) -> None:
    page = b"<html><head><title>Fire at the mill</title></head><body><article><h1>Fire at the mill</h1>" + (
        b"<p>A fire broke out at the mill on Sunday, the brigade said. Nobody was hurt in it.</p>" * 3
    )
    lines = "\n".join(json.dumps({**BRIDGE, "id": f"b{n}", "text": f"{BRIDGE['text']} Take {n}."}) for n in (1, 2))
    added = send(
        api,
        ("note.txt", b"The council met.\n\nIt agreed on a budget on Friday."),
        ("page.html", page + b"</article></body></html>"),
        ("many.jsonl", lines.encode()),
    ).json()
    assert (added["added"], added["failed"]) == (4, [])
    assert {"b1", "b2"} <= set(added["ids"])


def test_the_same_file_sent_again_is_the_same_article(api: httpx.Client) -> None:
    first = send(api, ("a.txt", b"The council met on Friday.")).json()
    again = send(api, ("b.txt", b"The council met on Friday.")).json()
    assert (again["added"], again["unchanged"]) == (0, 1)
    assert again["ids"] == first["ids"]


def test_one_bad_file_is_named_as_it_was_sent_and_keeps_no_other_out(api: httpx.Client) -> None:
    added = send(api, ("empty.txt", b""), ("ok.txt", b"A bank failed on Monday.")).json()
    assert added["added"] == 1
    assert added["failed"] == [{"source": "empty.txt", "reason": "is empty"}]


def test_a_name_leads_nowhere(api: httpx.Client, tmp_path: Path) -> None:
    added = send(api, (f"../../{tmp_path.name}/../../x.txt", b"A bank failed on Tuesday.")).json()
    assert added["added"] == 1


@pytest.mark.parametrize("name", ["program.exe", "packed.jsonl.gz", "picture.svg", "noending", ".txt", "a.txt/../b.py"])
def test_only_kinds_that_hold_articles_are_taken(api: httpx.Client, name: str) -> None:
    refused = send(api, (name, b"text"))
    assert refused.status_code == 422
    assert "kind" in refused.json()["detail"]


def test_too_many_too_long_and_nothing_at_all_are_refused(api: httpx.Client) -> None:
    assert send(api, *[(f"{n}.txt", b"x") for n in range(MAX_FILES + 1)]).status_code == 400
    assert api.post("/api/articles", content=b" " * (MAX_UPLOAD + 1)).status_code == 413
    assert api.post("/api/articles", files=[("files", ("", b""))]).status_code == 400
    assert api.post("/api/articles", content=b"x", headers={"Content-Type": "text/plain"}).status_code == 415
    assert api.post("/api/articles", content=b"x", headers={"Content-Type": "multipart/form-data"}).status_code == 400


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({}, "give articles"),
        ({"articles": [{"title": "no text"}]}, "articles.0.text"),
        ({"articles": [{"text": "x", "body": "y"}]}, "articles.0.body"),
        ({"addresses": ["/etc/passwd"]}, "no web address"),
        ({"addresses": ["file:///etc/passwd"]}, "no web address"),
        ([], "body: Input should be an object"),
    ],
)
def test_what_cannot_be_added_says_why(api: httpx.Client, body: object, said: str) -> None:
    refused = api.post("/api/articles", json=body)
    assert refused.status_code == 422
    assert said in refused.json()["detail"]


def test_an_address_on_this_machine_is_not_fetched(api: httpx.Client) -> None:
    added = api.post("/api/articles", json={"addresses": [f"{api.base_url}/api/health"]}).json()
    assert added["added"] == 0
    assert len(added["failed"]) == 1


def test_no_file_of_the_server_is_an_address(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("A secret.")
    with pytest.raises(BadInput, match="no web address"):
        add_sent(desk.index, addresses=[str(tmp_path / "secret.txt")])


FOLLOWING = {"Accept": "text/event-stream"}


def takes(count: int) -> list[dict[str, str]]:
    """So many short articles, each with an id of its own."""
    return [{**BRIDGE, "id": f"take-{n}", "text": f"{BRIDGE['text']} Take {n}."} for n in range(count)]


def lines_of(articles: Iterable[dict[str, str]]) -> bytes:
    return "\n".join(json.dumps(article) for article in articles).encode()


def events(response: httpx.Response) -> list[tuple[str, Any]]:
    """Name and data of each server-sent event."""
    assert response.headers["content-type"].startswith("text/event-stream")
    blocks = [block.split("\n") for block in response.text.split("\n\n") if block]
    return [(name.removeprefix("event: "), json.loads(data.removeprefix("data: "))) for name, data in blocks]


def test_an_addition_that_is_followed_tells_its_progress_and_ends_with_the_same_report(
    api: httpx.Client, served: tuple[str, Desk]
) -> None:
    files = [("files", ("takes.jsonl", lines_of(takes(150)))), ("files", ("empty.txt", b""))]
    *steps, (last, report) = events(api.post("/api/articles", files=files, headers=FOLLOWING))
    assert last == "report"
    assert {name for name, _ in steps} == {"progress"}
    told = [step for _, step in steps]
    assert told[-1] == {"read": 150, "done": 150, "of": 150}
    assert all(now["done"] >= before["done"] and now["read"] >= before["read"] for before, now in pairwise(told))
    served[1].index.remove([article["id"] for article in takes(150)])
    plain = api.post("/api/articles", files=files).json()
    assert plain["added"] == 150
    assert report == plain | {"generation": report["generation"]}


def test_all_that_is_sent_at_once_is_counted_as_one(api: httpx.Client) -> None:
    body = {"articles": takes(3), "addresses": [f"{api.base_url}/api/health"]}
    *steps, (_, report) = events(api.post("/api/articles", json=body, headers=FOLLOWING))
    assert steps[-1] == ("progress", {"read": 3, "done": 3, "of": 3})
    assert (report["added"], len(report["failed"])) == (3, 1)


@pytest.mark.parametrize("body", [{}, {"addresses": ["/etc/passwd"]}, {"articles": takes(1), "addresses": ["x"]}])
def test_what_cannot_be_added_is_a_problem_and_no_stream(api: httpx.Client, body: object) -> None:
    refused = api.post("/api/articles", json=body, headers=FOLLOWING)
    assert (refused.status_code, refused.headers["content-type"]) == (422, "application/problem+json")
    assert api.get("/api/articles/take-0").status_code == 404


class Halting:
    """Adds as the index does, but stops after the first article until it is told to go on."""

    def __init__(self, desk: Desk, error: Exception | None = None) -> None:
        self._add, self._error = desk.index.add, error
        self.go_on, self.ended = threading.Event(), threading.Event()

    def __call__(self, articles: Iterable[Article], progress: Callable[[int, int | None], None]) -> AddReport:
        def halted() -> Iterator[Article]:
            for article in articles:
                yield article
                assert self.go_on.wait(30)
                if self._error:
                    raise self._error

        try:
            return self._add(halted(), progress)
        finally:
            self.ended.set()


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [(IndexInUse("another process writes"), 503, "another process writes"), (ValueError("a secret"), 500, "its log")],
)
def test_an_addition_that_breaks_off_on_the_way_says_so(
    api: httpx.Client,
    served: tuple[str, Desk],
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
    status: int,
    said: str,
) -> None:
    halting = Halting(served[1], error)
    monkeypatch.setattr(served[1].index, "add", halting)
    with api.stream("POST", "/api/articles", json={"articles": takes(2)}, headers=FOLLOWING) as response:
        lines = response.iter_lines()
        assert next(lines) == "event: progress"
        assert json.loads(next(lines).removeprefix("data: "))["read"] == 1
        halting.go_on.set()
        *_, name, data, _ = lines
    assert name == "event: error"
    problem = json.loads(data.removeprefix("data: "))
    assert problem["status"] == status
    assert said in problem["detail"]


def test_an_addition_goes_on_when_its_reader_goes_away(
    api: httpx.Client, served: tuple[str, Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    halting = Halting(served[1])
    monkeypatch.setattr(served[1].index, "add", halting)
    with api.stream("POST", "/api/articles", json={"articles": takes(3)}, headers=FOLLOWING) as response:
        assert next(response.iter_lines()) == "event: progress"
    halting.go_on.set()
    assert halting.ended.wait(30)
    assert api.get("/api/articles/take-2").status_code == 200
