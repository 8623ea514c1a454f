"""The second way in: the engine asked through LlamaIndex's query engine, its answers read back from the response."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from eval.results import Json
from index.types import Entry, Nature
from rag.engine import Engine
from rag.followup import complete
from rag.types import Answer, Citation, Evidence, Stance, Support, Verdict

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


def read_answer(row: Json) -> Answer:
    """The answer that `Answer.to_dict` wrote; what JSON leaves out (weights, passage offsets) is at its default."""
    return Answer(
        question=row["question"],
        text=row["text"],
        verdict=Verdict(row["verdict"]),
        short=row["short"],
        lean=row["lean"],
        confidence=row["confidence"],
        claim=row["claim"],
        citations=tuple(_citation(item) for item in row["citations"]),
        sources=tuple(_source(item) for item in row["sources"]),
        closest=tuple(_citation(item) for item in row["closest"]),
        warnings=tuple(row["warnings"]),
        model=row["model"],
        generation=row["generation"],
        seconds=row["seconds"],
    )


def _citation(row: Json) -> Citation:
    evidence = Evidence(
        article=_entry(row["article"]),
        quote=row["quote"],
        span=(row["start"], row["end"]),
        passage=row["passage"],
        passage_span=(row["start"], row["end"]),
        speaker=row["speaker"],
        stance=Stance(row["stance"]),
        hedged=row["hedged"],
    )
    return Citation(row["n"], evidence, row["verbatim"], Support(row["support"]))


def _source(row: Json) -> Evidence:
    span = row["start"], row["end"]
    stance = Stance(row["stance"])
    return Evidence(
        article=_entry(row),
        quote=row["quote"],
        span=span,
        passage=row["quote"],
        passage_span=span,
        speaker=row["speaker"],
        stance=stance,
        hedged=row["hedged"],
        reprints=tuple(row["reprints"]),
    )


def _entry(row: Json) -> Entry:
    names = ("id", "title", "publisher", "author", "published", "url")
    nature = None if row["nature"] is None else Nature(row["nature"])
    return Entry(**{name: row[name] for name in names}, nature=nature)


__all__ = ["QueryEngineAsker", "read_answer"]
