"""The second way in: the engine asked through LlamaIndex's query engine, its answers read back from the response."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rag.engine import Engine
from rag.followup import complete
from rag.read_back import read_answer
from rag.types import Answer

if TYPE_CHECKING:
    from index.filters import Filters


class QueryEngineAsker:
    """Asks as a LlamaIndex user does, and gives the same answers as `Engine.ask`.

    LlamaIndex's interface knows no earlier questions; a follow-up is completed before it is put.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def ask(
        self,
        question: str,
        *,
        history: Sequence[str] = (),
        as_of: str | None = None,
        filters: "Filters | None" = None,
    ) -> Answer:
        """The answer in the response's metadata. Raises ValueError where the response says otherwise."""
        from rag.llamaindex import OnrecordQueryEngine

        response = OnrecordQueryEngine(self._engine, as_of=as_of, filters=filters).query(complete(question, history))
        answer = read_answer((response.metadata or {})["answer"])
        cited = [node.node.get_content() for node in response.source_nodes]
        if str(response) != answer.text or cited != [citation.quote for citation in answer.citations]:
            raise ValueError("the response's text or source nodes are not those of its answer")
        return answer


__all__ = ["QueryEngineAsker"]
