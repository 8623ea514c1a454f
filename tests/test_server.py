"""The HTTP API and the guard before it, over real connections."""

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from conftest import ScriptedEngine
from gradio_client import Client
from gradio_client.exceptions import AppError

from index.errors import ModelUnavailable
from rag.types import Answer
from ui.desk import Desk
from ui.guard import MAX_BODY


@pytest.fixture
def api(served: tuple[str, Desk]) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=served[0], timeout=60) as client:
        yield client


def test_the_api_is_what_the_contract_says(api: httpx.Client, disputed: Answer) -> None:
    health = api.get("/api/health").json()
    assert health == {"status": "ok", "articles": 3, "generation": 1, "models": ["fake:small"]}

    answer = api.post("/api/ask", json={"question": disputed.question})
    assert answer.status_code == 200
    assert answer.json() == disputed.to_dict()

    found = api.post("/api/search", json={"query": "harbour storm", "k": 1}).json()
    assert found["schema"] == 1
    assert found["query"] == "harbour storm"
    (hit,) = found["hits"]
    assert set(hit) == {"score", "start", "end", "text", "article"}
    assert hit["article"]["id"] == "weather"

    listed = api.get("/api/articles").json()["articles"]
    assert [article["id"] for article in listed] == ["claim", "denial", "weather"]
    assert all(article["passages"] > 0 for article in listed)

    assert {"/api/ask", "/api/search", "/api/articles", "/api/health", "/v1/models"} <= set(
        api.get("/openapi.json").json()["paths"]
    )


def test_filters_day_and_model_reach_the_engine(api: httpx.Client, engine: ScriptedEngine) -> None:
    body = {
        "question": "Is it so?",
        "filters": {"since": "2025-03-01", "publishers": ["Daily Ledger"]},
        "as_of": "2025-03-09",
        "model": "fake:small",
        "k": 5,
        "history": ["Who said so?"],
    }
    assert api.post("/api/ask", json=body).status_code == 200
    (asked,) = engine.asked
    assert asked["as_of"] == "2025-03-09"
    assert asked["model"] == "fake:small"
    assert asked["k"] == 5
    assert asked["history"] == ["Who said so?"]
    assert asked["filters"].since == "2025-03-01"  # type: ignore[attr-defined]


def events(response: httpx.Response) -> list[tuple[str, dict[str, Any]]]:
    """Name and data of each server-sent event."""
    blocks = [block.split("\n") for block in response.text.split("\n\n") if block]
    return [(name.removeprefix("event: "), json.loads(data.removeprefix("data: "))) for name, data in blocks]


def test_an_answer_can_be_streamed_by_sentences(api: httpx.Client, disputed: Answer) -> None:
    response = api.post("/api/ask", json={"question": disputed.question}, headers={"Accept": "text/event-stream"})
    assert response.headers["content-type"].startswith("text/event-stream")
    *sentences, last = events(response)
    assert sentences[0] == ("sentence", {"text": "Sources disagree."})
    assert last == ("answer", disputed.to_dict())
    refused = api.post("/api/ask", json={"question": "?"}, headers={"Accept": "text/event-stream"})
    assert refused.status_code == 422


def test_a_stream_that_breaks_off_says_so(
    api: httpx.Client, engine: ScriptedEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stream(*_: object, **__: object) -> Iterator[str]:
        yield "One sentence."
        raise ModelUnavailable("the model went away")

    monkeypatch.setattr(engine, "stream", stream)
    response = api.post("/api/ask", json={"question": "q"}, headers={"Accept": "text/event-stream"})
    assert [name for name, _ in events(response)] == ["sentence", "problem"]
    assert "the model went away" in response.text


def test_one_article_can_be_read_whole(api: httpx.Client) -> None:
    assert "A storm closed the harbour" in api.get("/api/articles/weather").json()["text"]
    missing = api.get("/api/articles/nothing")
    assert missing.status_code == 404
    assert "nothing" in missing.json()["detail"]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"question": ""}, "question"),
        ({"question": " \n"}, "question"),
        ({"question": "?"}, "empty"),
        ({"question": "x" * 100_000}, "question"),
        ({"question": 5}, "question"),
        ({}, "question"),
        ({"question": "q", "filter": {}}, "filter"),
        ({"question": "q", "filters": {"since": "soon"}}, "soon"),
        ({"question": "q", "model": "openai:other"}, "allowed"),
        ({"question": "q", "k": 0}, "k"),
    ],
)
def test_what_cannot_be_used_is_a_problem_in_one_line(body: dict[str, object], said: str, api: httpx.Client) -> None:
    response = api.post("/api/ask", json=body)
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert problem["status"] == 422
    assert said in problem["detail"]
    assert "\n" not in problem["detail"]


def test_every_answer_carries_the_id_of_its_request(api: httpx.Client) -> None:
    assert api.get("/api/health", headers={"X-Request-Id": "story-7"}).headers["x-request-id"] == "story-7"
    refused = api.get("/api/articles/nothing", headers={"X-Request-Id": "not-fit-" * 20})
    assert refused.headers["x-request-id"] == refused.json()["request_id"]
    assert "not" not in refused.headers["x-request-id"]
    turned_away = api.get("/api/health", headers={"Host": "evil.example", "X-Request-Id": "story-8"})
    assert turned_away.json()["request_id"] == "story-8"


def test_the_schema_has_examples_and_resolves(api: httpx.Client) -> None:
    schema = api.get("/openapi.json").json()
    parts = schema["components"]["schemas"]

    def references(value: Any) -> Iterator[str]:
        if isinstance(value, dict):
            yield from ([value["$ref"]] if "$ref" in value else ())
            value = list(value.values())
        if isinstance(value, list):
            for each in value:
                yield from references(each)

    assert {reference.removeprefix("#/components/schemas/") for reference in references(schema)} <= set(parts)
    assert parts["AskBody"]["properties"]["question"]["examples"]
    taken = schema["paths"]["/api/articles"]["post"]["requestBody"]["content"]
    assert set(taken) == {"application/json", "multipart/form-data"}
    assert taken["application/json"]["schema"]["properties"]["articles"]["items"]["properties"]["text"]["examples"]


def test_strangers_are_turned_away(api: httpx.Client) -> None:
    """A page elsewhere, or a name of its own that points here, gets nothing (DNS rebinding)."""
    assert api.get("/api/health", headers={"Host": "evil.example"}).status_code == 421
    assert api.get("/", headers={"Host": "127.0.0.1.evil.example:80"}).status_code == 421
    for origin in ("http://evil.example", "null", "http://127.0.0.1:1"):
        assert api.post("/api/ask", json={"question": "q"}, headers={"Origin": origin}).status_code == 403
        assert api.post("/mcp", json={}, headers={"Origin": origin}).status_code == 403
    own = str(api.base_url)
    assert api.get("/api/health", headers={"Origin": own}).status_code == 200
    assert api.get("/api/health", headers={"Host": f"localhost:{api.base_url.port}"}).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/file=http://example.org/",
        "/gradio_api/file=/etc/passwd",
        "/gradio_api/proxy=https://example.org/",
        "/gradio_api//proxy=https://example.org/",
        "/file=http://example.org/",
        "/proxy=https://example.org/",
        "/gradio_api/upload",
        "/gradio_api/runs",
        "/gradio_api/vibe-edit",
        "/gradio_api/component_server",
        "/gradio_api/queue/../upload",
        "/gradio_api/%66ile=/etc/passwd",
        "/monitoring",
        "/docs",
        "/redoc",
    ],
)
def test_doors_that_the_page_does_not_use_are_shut(api: httpx.Client, path: str) -> None:
    for response in (api.get(path), api.post(path, json={})):
        assert response.status_code in (404, 405)
        assert response.headers["content-type"] == "application/problem+json"


def test_nothing_too_long_is_read(api: httpx.Client) -> None:
    def pieces() -> Iterator[bytes]:
        for _ in range(MAX_BODY // 1024 + 2):
            yield b" " * 1024

    assert api.post("/api/ask", content=b" " * (MAX_BODY + 1)).status_code == 413
    assert api.post("/api/ask", content=pieces()).status_code == 413
    assert api.get("/api/health").status_code == 200


def test_errors_are_problems_and_show_nothing_of_the_inside(
    api: httpx.Client, engine: ScriptedEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert api.get("/api/nothing").json()["title"] == "Not Found"
    assert api.get("/api/ask").status_code == 405
    assert api.put("/api/articles").headers["allow"] == "GET, POST"
    assert api.put("/api/articles/weather").headers["allow"] == "DELETE, GET"
    assert api.post("/api/ask", content=b"{").status_code == 422
    assert api.post("/api/ask", content=b"\xff").status_code == 422
    monkeypatch.setattr(engine, "answers", ())
    fault = api.post("/api/ask", json={"question": "q"})
    assert fault.status_code == 500
    assert fault.json()["detail"] == "a fault of this server; its log says what happened"


def test_the_page_comes_dressed_and_may_reach_nobody(api: httpx.Client) -> None:
    page = api.get("/")
    policy = page.headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "connect-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "script-src 'self' 'unsafe-eval' 'sha256-" in policy
    assert "'unsafe-inline'" not in policy.split("script-src")[1].split(";")[0]
    assert page.headers["x-content-type-options"] == "nosniff"
    assert "og:image" not in page.text
    assert '<link rel="stylesheet" href="/desk.css" />' in page.text
    assert api.get("/desk.css").headers["content-type"].startswith("text/css")
    assert api.get("/favicon.svg").headers["content-type"] == "image/svg+xml"
    assert api.get("/api/health").headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"


def test_gradios_own_client_gets_the_same_answer(served: tuple[str, Desk], disputed: Answer) -> None:
    client = Client(served[0], verbose=False, analytics_enabled=False)
    try:
        assert client.predict("Is it so?", api_name="/ask")["verdict"] == "disputed"
        assert list(client.view_api(return_format="dict")["named_endpoints"]) == ["/ask"]
        with pytest.raises(AppError, match="empty"):
            client.predict("?", api_name="/ask")
    finally:
        client.close()


def test_the_style_asks_for_nothing_from_elsewhere(api: httpx.Client) -> None:
    style = api.get("/desk.css").text
    assert "url(" not in style
    assert "@import" not in style
