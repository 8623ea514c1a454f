"""LlamaIndex's own pipeline on the same encoder, as its documentation starts it: what onrecord is measured beside.

``python -m eval.peer FOLDER QUERY`` opens a saved one in a new process and searches once. The packages are in the
extra `bench`.
"""

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from index.types import Article
from index.weights import packaged_folder

if TYPE_CHECKING:
    from llama_index.core import VectorStoreIndex
    from llama_index.core.base.embeddings.base import BaseEmbedding
    from llama_index.core.node_parser import SentenceSplitter

ARTICLE = "article"


class Peer:
    """SentenceSplitter, HuggingFaceEmbedding, FaissVectorStore and VectorStoreIndex, in memory until it is saved."""

    def __init__(self, index: "VectorStoreIndex") -> None:
        self._index = index

    @classmethod
    def build(cls, articles: Iterable[Article], passage_tokens: int | None = None) -> "Peer":
        """All articles, split by the splitter's defaults, or into passages of so many of the encoder's tokens."""
        import faiss
        from llama_index.core import Document, StorageContext, VectorStoreIndex
        from llama_index.vector_stores.faiss import FaissVectorStore

        embedding = _embedding()
        store = FaissVectorStore(faiss_index=faiss.IndexFlatIP(384))
        documents = [
            Document(text=article.text, doc_id=article.id, metadata={ARTICLE: article.id}) for article in articles
        ]
        for document in documents:
            document.excluded_embed_metadata_keys = [ARTICLE]
        index = VectorStoreIndex.from_documents(
            documents,
            storage_context=StorageContext.from_defaults(vector_store=store),
            embed_model=embedding,
            transformations=[_splitter(passage_tokens)],
        )
        return cls(index)

    @classmethod
    def open(cls, folder: Path) -> "Peer":
        """One that was saved."""
        from llama_index.core import StorageContext, load_index_from_storage
        from llama_index.vector_stores.faiss import FaissVectorStore

        store = FaissVectorStore.from_persist_dir(str(folder))
        context = StorageContext.from_defaults(vector_store=store, persist_dir=str(folder))
        return cls(load_index_from_storage(context, embed_model=_embedding()))  # type: ignore[arg-type]

    def save(self, folder: Path) -> None:
        """Writes it to a folder."""
        self._index.storage_context.persist(persist_dir=str(folder))

    @property
    def passages(self) -> int:
        """How many passages it has."""
        return len(self._index.docstore.docs)

    def search(self, query: str, k: int) -> list[tuple[str, str]]:
        """(article id, passage text) of up to `k` passages, best first."""
        found = self._index.as_retriever(similarity_top_k=k).retrieve(query)
        return [(str(one.node.metadata[ARTICLE]), one.node.get_content()) for one in found]


def _embedding() -> "BaseEmbedding":
    from llama_index.embeddings.huggingface import HuggingFaceEmbedding

    return HuggingFaceEmbedding(model_name=str(packaged_folder()), device="cpu")


def _splitter(passage_tokens: int | None) -> "SentenceSplitter":
    from llama_index.core.node_parser import SentenceSplitter

    if passage_tokens is None:
        return SentenceSplitter()
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(packaged_folder() / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return SentenceSplitter(
        chunk_size=passage_tokens,
        chunk_overlap=0,
        tokenizer=lambda text: tokenizer.encode(text, add_special_tokens=False).ids,
    )


def main(arguments: Sequence[str]) -> int:
    """Opens and searches once; prints the first hit."""
    folder, query = arguments
    article, text = Peer.open(Path(folder)).search(query, 10)[0]
    sys.stdout.write(f"{article}: {text}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
