"""onrecord inside LlamaIndex: its search as a retriever, its answers as a query engine.

Import it only where LlamaIndex is used anyway: its classes are subclassed here, so this file loads it.
"""

import asyncio
from typing import Any

from llama_index.core.base.base_query_engine import BaseQueryEngine
from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.base.response.schema import Response
from llama_index.core.callbacks import CallbackManager
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from index.filters import Filters
from index.index import Index
from index.types import Entry, Hit, Span
from rag.engine import Engine
from rag.types import Answer, Citation, article_dict

# For models and embeddings that read a node's metadata: what says where a text is from, not what finds it again.
_HIDDEN = ["article_id", "start", "end", "url", "n", "stance", "hedged", "support", "verbatim"]


class OnrecordRetriever(BaseRetriever):
    """The passages of an index that fit a query, as nodes.

    Each node's metadata tells article_id, title, publisher, author, published, url, nature, and the start and end of
    its text in the article's, in code points.
    """

    def __init__(
        self,
        index: Index,
        k: int = 10,
        filters: Filters | None = None,
        callback_manager: CallbackManager | None = None,
    ) -> None:
        """Retrieves at most `k` passages that `filters` let through."""
        super().__init__(callback_manager=callback_manager)
        self._index = index
        self._k = k
        self._filters = filters

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        hits = self._index.search(query_bundle.query_str, k=self._k, filters=self._filters)
        return [_passage_node(hit) for hit in hits]

    async def _aretrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        return await asyncio.to_thread(self._retrieve, query_bundle)


class OnrecordQueryEngine(BaseQueryEngine):
    """The answers of an engine, as LlamaIndex responses.

    The response's text is the answer's; its source nodes are the cited quotes, node n - 1 for marker [n] with n in the
    metadata; ``metadata["answer"]`` is the whole answer as `Answer.to_dict` gives it.
    """

    def __init__(
        self,
        engine: Engine,
        *,
        as_of: str | None = None,
        filters: Filters | None = None,
        model: str | None = None,
        callback_manager: CallbackManager | None = None,
    ) -> None:
        """Asks `engine` with these settings, which mean what they mean in `Engine.ask`."""
        super().__init__(callback_manager=callback_manager)
        self._engine = engine
        self._as_of = as_of
        self._filters = filters
        self._model = model

    def _query(self, query_bundle: QueryBundle) -> Response:
        answer = self._engine.ask(query_bundle.query_str, as_of=self._as_of, filters=self._filters, model=self._model)
        return to_response(answer)

    async def _aquery(self, query_bundle: QueryBundle) -> Response:
        return await asyncio.to_thread(self._query, query_bundle)

    def _get_prompt_modules(self) -> dict[str, Any]:
        return {}  # the prompts are rag.prompts', versioned; nothing of LlamaIndex's is used


def to_response(answer: Answer) -> Response:
    """The answer as a LlamaIndex response."""
    nodes = [_citation_node(citation) for citation in answer.citations]
    return Response(response=answer.text, source_nodes=nodes, metadata={"answer": answer.to_dict()})


def _passage_node(hit: Hit) -> NodeWithScore:
    passage = hit.passage
    node_id = f"{passage.article_id}:{passage.start}-{passage.end}"
    return NodeWithScore(node=_node(node_id, passage.text, hit.article, passage.span), score=hit.score)


def _citation_node(citation: Citation) -> NodeWithScore:
    span = (citation.start, citation.end)
    node = _node(f"{citation.article.id}:{span[0]}-{span[1]}", citation.quote, citation.article, span)
    node.metadata |= {
        "n": citation.n,
        "speaker": citation.speaker,
        "stance": str(citation.stance),
        "hedged": citation.hedged,
        "verbatim": citation.verbatim,
        "support": str(citation.support),
    }
    return NodeWithScore(node=node, score=citation.evidence.relevance)


def _node(node_id: str, text: str, article: Entry, span: Span) -> TextNode:
    known = article_dict(article)
    metadata = {"article_id": known.pop("id"), **known, "start": span[0], "end": span[1]}
    return TextNode(
        id_=node_id,
        text=text,
        metadata=metadata,
        excluded_embed_metadata_keys=_HIDDEN,
        excluded_llm_metadata_keys=_HIDDEN,
    )


__all__ = ["OnrecordQueryEngine", "OnrecordRetriever", "to_response"]
