"""LlamaIndex's own pipeline without a language model, as a rival: default splitting, vector index and retriever.

The vectors are from the same encoder as onrecord's, so that the pipeline is compared and not the encoder. Of the first
node the sentence nearest to the question is the answer: the most that LlamaIndex can say without a language model.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from eval.benchmarks.baselines import answer_with
from index.sentences import sentence_spans
from index.types import Article, Encoder
from rag.types import Answer, Verdict

if TYPE_CHECKING:
    from llama_index.core import VectorStoreIndex

    from index.filters import Filters

NAME = "LlamaIndex"


class Pipeline:
    """`VectorStoreIndex.from_documents` over the articles, asked through its default retriever."""

    def __init__(self, articles: Sequence[Article], encoder: Encoder) -> None:
        self._encoder = encoder
        self._index = _build(articles, encoder)

    def ask(
        self,
        question: str,
        *,
        history: Sequence[str] = (),
        as_of: str | None = None,
        filters: "Filters | None" = None,
    ) -> Answer:
        """The best sentence of the first node retrieved."""
        from llama_index.core.vector_stores import FilterOperator, MetadataFilter, MetadataFilters

        chosen = None
        if filters and filters.articles:
            wanted = MetadataFilter(key="article_id", operator=FilterOperator.IN, value=list(filters.articles))
            chosen = MetadataFilters(filters=[wanted])
        nodes = self._index.as_retriever(filters=chosen).retrieve(question)
        if not nodes:
            return Answer(question=question, text="", verdict=Verdict.UNKNOWN, lean=0.5)
        text = nodes[0].node.get_content()
        sentences = [text[start:end] for start, end in sentence_spans(text)] or [text]
        near = self._encoder.encode(sentences) @ self._encoder.encode([question])[0]
        return answer_with(question, sentences[int(np.argmax(near))])


def _build(articles: Sequence[Article], encoder: Encoder) -> "VectorStoreIndex":
    from llama_index.core import Document, VectorStoreIndex
    from llama_index.core.base.embeddings.base import BaseEmbedding

    class Embedding(BaseEmbedding):
        """The project's encoder as LlamaIndex wants it."""

        def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
            return [[float(value) for value in row] for row in encoder.encode(texts)]

        def _get_text_embedding(self, text: str) -> list[float]:
            return self._get_text_embeddings([text])[0]

        def _get_query_embedding(self, query: str) -> list[float]:
            return self._get_text_embedding(query)

        async def _aget_query_embedding(self, query: str) -> list[float]:
            return self._get_text_embedding(query)

    hidden = ["article_id"]
    documents = [
        Document(
            text=article.text,
            metadata={"article_id": article.id},
            excluded_embed_metadata_keys=hidden,
            excluded_llm_metadata_keys=hidden,
        )
        for article in articles
    ]
    return VectorStoreIndex.from_documents(documents, embed_model=Embedding(model_name=encoder.name))


__all__ = ["NAME", "Pipeline"]
