import asyncio
import json
import runpy
from collections.abc import Iterator
from pathlib import Path

import pytest
from llama_index.core.base.base_query_engine import BaseQueryEngine
from llama_index.core.base.base_retriever import BaseRetriever

from index import Article, Encoder, Filters, Index
from rag import Engine
from rag.llamaindex import OnrecordQueryEngine, OnrecordRetriever

EXAMPLE = Path(__file__).parent.parent / "examples" / "llamaindex_example.py"
QUESTION = "Did Northwind deny talks with Contoso?"


@pytest.fixture
def index(index_path: Path, hash_encoder: Encoder, three_articles: list[Article]) -> Iterator[Index]:
    with Index.open(index_path, encoder=hash_encoder) as index:
        index.add(three_articles)
        yield index


def test_the_retriever_finds_what_search_finds(index: Index) -> None:
    retriever = OnrecordRetriever(index, k=3)
    assert isinstance(retriever, BaseRetriever)
    nodes = retriever.retrieve("Northwind denial")
    hits = index.search("Northwind denial", k=3)
    assert [(node.text, node.score) for node in nodes] == [(hit.passage.text, hit.score) for hit in hits]


def test_a_node_tells_where_its_text_is_from(index: Index) -> None:
    node = OnrecordRetriever(index, k=1).retrieve("storm harbour ferries")[0]
    known = node.metadata
    assert (known["article_id"], known["publisher"], known["published"], known["url"]) == (
        "weather",
        "Coast Gazette",
        "2025-03-05",
        None,
    )
    assert index.article("weather").text[known["start"] : known["end"]] == node.text
    assert "Coast Gazette" in node.node.get_content("llm")  # type: ignore[arg-type]


def test_the_retriever_keeps_to_its_filters(index: Index) -> None:
    nodes = OnrecordRetriever(index, filters=Filters(publishers=["Morning Wire"])).retrieve("talks")
    assert {node.metadata["article_id"] for node in nodes} == {"denial"}


def test_the_query_engine_answers_as_the_engine(index: Index) -> None:
    engine = Engine(index)
    query_engine = OnrecordQueryEngine(engine, as_of="2025-03-06")
    assert isinstance(query_engine, BaseQueryEngine)
    response = query_engine.query(QUESTION)
    expected = engine.ask(QUESTION, as_of="2025-03-06").to_dict()
    assert response.metadata is not None
    assert response.metadata["answer"] | {"seconds": 0} == expected | {"seconds": 0}
    assert str(response) == expected["text"]
    json.dumps(response.metadata)


def test_source_nodes_are_the_citations(index: Index) -> None:
    response = OnrecordQueryEngine(Engine(index)).query(QUESTION)
    assert response.metadata is not None
    citations = response.metadata["answer"]["citations"]
    assert citations
    for node, citation in zip(response.source_nodes, citations, strict=True):
        assert node.text == citation["quote"]
        assert node.metadata["n"] == citation["n"]
        assert node.metadata["publisher"] == citation["article"]["publisher"]
        text = index.article(node.metadata["article_id"]).text
        assert text[node.metadata["start"] : node.metadata["end"]] == node.text


def test_both_work_in_an_event_loop(index: Index) -> None:
    retriever, query_engine = OnrecordRetriever(index, k=2), OnrecordQueryEngine(Engine(index), as_of="2025-03-06")

    async def both() -> tuple[list[str], str]:
        nodes, response = await asyncio.gather(retriever.aretrieve("talks"), query_engine.aquery(QUESTION))
        return [node.text for node in nodes], str(response)

    texts, text = asyncio.run(both())
    assert texts == [node.text for node in retriever.retrieve("talks")]
    assert text == str(query_engine.query(QUESTION))


def test_the_example_runs(index: Index, capsys: pytest.CaptureFixture[str]) -> None:
    runpy.run_path(str(EXAMPLE))["show"](index, QUESTION)
    shown = capsys.readouterr().out
    assert "Morning Wire" in shown
    assert "no substance" in shown
