"""Articles added and removed over HTTP, as JSON, as files and by address."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from index.errors import BadInput
from ui.desk import Desk
from ui.uploads import MAX_FILES, MAX_UPLOAD, add_addresses

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
        add_addresses(desk.index, [str(tmp_path / "secret.txt")])
