"""onrecord inside LlamaIndex: its passages from a retriever, its cited answers from a query engine.

Run it with an index to keep, or with none for a throw-away one:

    python examples/llamaindex_example.py [INDEX] [QUESTION]
"""
# ruff: noqa: T201 - a program that shows what it finds

import sys
import tempfile

from index import Index
from index.seeding import read_seeds
from rag import Engine
from rag.llamaindex import OnrecordQueryEngine, OnrecordRetriever


def show(index: Index, question: str) -> None:
    """Prints the passages that fit the question, then the answer with the quotes it cites."""
    for found in OnrecordRetriever(index, k=3).retrieve(question):
        print(f"{found.score:6.3f}  {found.metadata['publisher'] or found.metadata['title']}: {found.text[:70]}")

    response = OnrecordQueryEngine(Engine(index)).query(question)
    print(f"\n{response}\n")
    for node in response.source_nodes:
        known = node.metadata
        print(f"[{known['n']}] {known['publisher'] or known['title']}, {known['published'] or 'undated'}: {node.text}")
    print("verdict:", (response.metadata or {})["answer"]["verdict"])


def main(place: str, question: str) -> None:
    """Answers from the index at `place`, which is made of the seed articles when it is empty."""
    with Index.open(place) as index:
        if not index.entries():
            index.add(read_seeds())
        show(index, question)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        given = dict(enumerate(sys.argv[1:]))
        main(given.get(0, folder), given.get(1, "did Ford deny the Xiaomi deal?"))
