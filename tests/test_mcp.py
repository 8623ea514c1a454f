"""MCP over real connections and over the pipes of a real process, with the SDK's own client."""

import asyncio
import json
import os
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import ScriptedEngine, news
from mcp import Client, StdioServerParameters
from mcp.types import CallToolResult, TextContent

from rag.types import Answer
from ui.desk import Desk


@pytest.fixture(scope="module")
def mcp(served: tuple[str, Desk]) -> tuple[str, Desk]:
    """Where MCP is served, and the desk behind it."""
    return f"{served[0]}/mcp", served[1]


def with_client(address: str | StdioServerParameters, use: Callable[[Client], Awaitable[Any]]) -> Any:
    async def run() -> Any:
        async with Client(address) as client:
            return await use(client)

    return asyncio.run(run())


def call(address: str | StdioServerParameters, tool: str, **arguments: Any) -> CallToolResult:
    result: CallToolResult = with_client(address, lambda client: client.call_tool(tool, arguments))
    return result


def test_the_tools_are_three_and_change_nothing(mcp: tuple[str, Desk]) -> None:
    tools = with_client(mcp[0], lambda client: client.list_tools()).tools
    assert {tool.name for tool in tools} == {"ask", "search", "read_article"}
    assert all(tool.annotations.read_only_hint for tool in tools)


def test_ask_gives_the_same_answer_as_python(mcp: tuple[str, Desk], disputed: Answer) -> None:
    result = call(mcp[0], "ask", question=disputed.question, publishers=["Daily Ledger"])
    assert result.structured_content == disputed.to_dict()
    engine = mcp[1].engine
    assert isinstance(engine, ScriptedEngine)
    assert engine.asked[-1]["filters"].publishers == ("Daily Ledger",)  # type: ignore[attr-defined]


def test_search_finds_passages(mcp: tuple[str, Desk]) -> None:
    result = call(mcp[0], "search", query="harbour storm", k=1)
    assert result.structured_content is not None
    assert [hit["article"]["id"] for hit in result.structured_content["hits"]] == ["weather"]


def test_read_article_gives_the_whole_text(mcp: tuple[str, Desk]) -> None:
    result = call(mcp[0], "read_article", article_id="weather")
    assert result.structured_content is not None
    assert result.structured_content["text"].startswith("A storm closed the harbour")


@pytest.mark.parametrize(
    ("tool", "arguments", "said"),
    [
        ("ask", {"question": "?"}, "empty"),
        ("ask", {"question": "x" * 3000}, "question"),
        ("search", {"query": "x", "since": "soon"}, "soon"),
        ("read_article", {"article_id": "nothing"}, "nothing"),
    ],
)
def test_a_mistake_is_said_in_the_result(
    mcp: tuple[str, Desk], tool: str, arguments: dict[str, Any], said: str
) -> None:
    result = call(mcp[0], tool, **arguments)
    assert result.is_error
    (content,) = result.content
    assert isinstance(content, TextContent)
    assert said in content.text
    assert "Traceback" not in content.text


@pytest.fixture(scope="module")
def process(tmp_path_factory: pytest.TempPathFactory) -> StdioServerParameters:
    """How a program starts `onrecord mcp`, over an index of three articles."""
    from ui.cli import run

    folder = tmp_path_factory.mktemp("stdio")
    rows = [
        {name: getattr(article, name) for name in ("id", "title", "text", "publisher", "published")}
        for article in news()
    ]
    (folder / "news.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    assert run(["add", str(folder / "news.jsonl"), "--index", str(folder / "index"), "--json"]) == 0
    return StdioServerParameters(
        command=sys.executable,
        args=["-m", "ui", "mcp", "--index", str(folder / "index")],
        env=dict(os.environ),
        cwd=Path(__file__).parents[1],
    )


def test_over_stdio_a_program_asks_searches_and_reads(process: StdioServerParameters) -> None:
    async def use(client: Client) -> tuple[set[str], list[CallToolResult]]:
        tools = {tool.name for tool in (await client.list_tools()).tools}
        asked = await client.call_tool("ask", {"question": "Did Northwind deny talks with Contoso?"})
        found = await client.call_tool("search", {"query": "harbour storm", "k": 1})
        read = await client.call_tool("read_article", {"article_id": "denial"})
        missing = await client.call_tool("read_article", {"article_id": "nothing"})
        return tools, [asked, found, read, missing]

    tools, results = with_client(process, use)
    asked, found, read, missing = (result.structured_content or {} for result in results)
    assert tools == {"ask", "search", "read_article"}
    assert asked["verdict"] == "yes"
    assert [hit["article"]["id"] for hit in found["hits"]] == ["weather"]
    cited = asked["citations"][0]
    assert read["text"][cited["start"] : cited["end"]] == cited["quote"]
    assert results[-1].is_error
    assert missing == {}
