"""The engine and LlamaIndex's query engine give the same answers."""

from pathlib import Path

import pytest
from conftest import HashEncoder

from eval.second_way import QueryEngineAsker
from index.filters import Filters
from index.index import Index
from index.types import Article
from rag.engine import Engine
from rag.read_back import read_answer
from rag.types import Answer


@pytest.fixture
def engine(index_path: Path, three_articles: list[Article], hash_encoder: HashEncoder) -> Engine:
    index = Index.open(index_path, encoder=hash_encoder)
    index.add(three_articles)
    return Engine(index)


def without_seconds(answer: Answer) -> dict[str, object]:
    return answer.to_dict() | {"seconds": 0}


@pytest.mark.parametrize(
    "question",
    [
        "Did Northwind deny talks with Contoso?",
        "Is Northwind in talks to buy Contoso?",
        "When will ferries run again?",
        "Who owns the zoo?",
    ],
)
def test_both_ways_in_give_the_same_answer(engine: Engine, question: str) -> None:
    direct = engine.ask(question, as_of="2025-03-31")
    through = QueryEngineAsker(engine).ask(question, as_of="2025-03-31")
    assert without_seconds(through) == without_seconds(direct)


def test_filters_go_both_ways(engine: Engine) -> None:
    filters = Filters(articles=("weather",))
    direct = engine.ask("Did Northwind deny talks with Contoso?", filters=filters)
    through = QueryEngineAsker(engine).ask("Did Northwind deny talks with Contoso?", filters=filters)
    assert without_seconds(through) == without_seconds(direct)


def test_an_answer_is_read_back_from_its_json(engine: Engine) -> None:
    answer = engine.ask("Did Northwind deny talks with Contoso?")
    assert read_answer(answer.to_dict()).to_dict() == answer.to_dict()
