"""How the index keeps up as it grows, beside LlamaIndex's own pipeline: ``python -m eval.bench_index DATA``.

DATA is a folder with ``realtimeqa/articles.dev.jsonl.gz`` and ``questions.dev.jsonl``; nothing of it is kept.
``--passages 100000 1000000`` adds sizes made by `growing`; the last needs some 5 GB of disk and twenty minutes.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import numpy as np

from eval.benchmarks.common import read_rows
from eval.benchmarks.multihop import article_of
from eval.benchmarks.realtimeqa import ARTICLES, QUESTIONS
from eval.growing import grow
from eval.peer import Peer
from index import Article, Index, Settings, database
from index.stored import read_rows as read_passage_rows
from index.stored import read_vectors

STARTS = 5
ASKED = 200
LOADED = (100, 400, 1600)
"""Articles loaded to see whether the time for each stays the same."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One line of the table: what was measured, the figure with its unit, the peer's or the goal."""

    name: str
    figure: str
    beside: str = ""


def measure_loading(folder: Path, articles: Sequence[Article], with_peer: bool) -> Iterator[Measure]:
    """Articles to a committed index, ours and the peer's with passages of the same size."""
    characters = sum(len(article.text) for article in articles)
    seconds = _seconds(lambda: _load(folder / "ours", articles))
    if not with_peer:
        yield Measure(f"loading {len(articles):,} articles", f"{characters / seconds:,.0f} characters/s")
        return
    peers = _seconds(lambda: Peer.build(articles, Settings().passage_tokens).save(folder / "peer"))
    yield Measure(
        f"loading {len(articles):,} articles",
        f"{characters / seconds:,.0f} characters/s",
        f"peer {characters / peers:,.0f}: {peers / seconds:.1f} times (goal 3)",
    )


def measure_opening(folder: Path, question: str, with_peer: bool) -> Iterator[Measure]:
    """A new process, up to its first hits."""
    ours = _process("-m", "ui", "search", question, "--index", str(folder / "ours"))
    peers = _process("-m", "eval.peer", str(folder / "peer"), question) if with_peer else 0.0
    beside = f"peer {peers:.2f} s: {peers / ours:.1f} times (goal 5)" if with_peer else "goal 1.5 s"
    yield Measure("new process, open and search once", f"{ours:.2f} s", beside)


def measure_linearity(folder: Path, articles: Sequence[Article]) -> Iterator[Measure]:
    """Seconds for each article, as more are loaded at once."""
    for count in LOADED:
        if count <= len(articles):
            seconds = _seconds(lambda count=count: _load(folder / f"first{count}", articles[:count]))  # type: ignore[misc]
            yield Measure(f"loading {count:,} articles", f"{1000 * seconds / count:.0f} ms each")


def measure_searching(folder: Path, questions: Sequence[str], name: str, goal: str) -> Iterator[Measure]:
    """Searches with query encoding, one at a time in a process of its own, and the memory it holds."""
    asked = folder.parent / "asked.json"
    asked.write_text(json.dumps(questions), encoding="utf-8")
    output = subprocess.run(
        [sys.executable, "-m", "eval.probe", str(folder), str(asked)], check=True, capture_output=True, text=True
    )
    seen = json.loads(output.stdout)
    yield Measure(f"search {name}, p50 / p99", f"{seen['p50']:.1f} / {seen['p99']:.1f} ms", goal)
    yield Measure(f"  opening, then the first search {name}", f"{seen['open']:.3f} + {seen['first']:.2f} s")
    yield Measure(f"  resident memory {name}", f"{seen['megabytes']:.0f} MB", "goal 700 MB at 100,000")


def measure_recall(folder: Path, questions: Sequence[str], name: str) -> Iterator[Measure]:
    """Share of the ten nearest by an exact comparison with every vector that the vector search finds."""
    with Index.open(folder, settings=Settings(words_weight=0, length_cost=0, repeat_cost=0)) as index:
        vectors = np.concatenate([index.encode([question]) for question in questions])
        found = [{hit.passage.id for hit in index.search(question, 10)} for question in questions]
    with closing(database.connect(folder)) as view:
        ids = read_passage_rows(view).ids
        best = np.full((len(questions), 10), -2.0, dtype=np.float32)
        nearest = np.zeros((len(questions), 10), dtype=np.int64)
        first = 0
        for block in read_vectors(view, vectors.shape[1]):
            scores = np.concatenate([best, vectors @ block.T], axis=1)
            known = np.concatenate([nearest, np.tile(ids[first : first + len(block)], (len(questions), 1))], axis=1)
            order = np.argsort(-scores, axis=1)[:, :10]
            best, nearest = np.take_along_axis(scores, order, 1), np.take_along_axis(known, order, 1)
            first += len(block)
    recall = np.mean([len(hits & set(exact.tolist())) / 10 for hits, exact in zip(found, nearest, strict=True)])
    yield Measure(f"  recall at 10 {name}", f"{recall:.3f}", "goal 0.98")


def measure_adding(folder: Path, name: str) -> Iterator[Measure]:
    """One article added to a large index that is open, until a search finds it."""
    article = Article(id="latecomer", text="A quokka chaired the meeting of the harbour board on Monday, clerks said.")
    with Index.open(folder) as index:
        index.search("harbour board")
        began = time.perf_counter()
        index.add([article])
        found = index.search("quokka chaired the harbour board", 3)
        seconds = time.perf_counter() - began
        index.remove(article.id)
    if article.id not in {hit.article.id for hit in found}:
        raise AssertionError("the article that was added is not found")
    yield Measure(f"one article added {name}, until it is found", f"{seconds:.2f} s", "goal 2 s at 1,000,000")


def measure_sizes(folder: Path, questions: Sequence[str], sizes: Sequence[int]) -> Iterator[Measure]:
    """Everything about larger indexes, grown from the one in `folder`."""
    goals = {100_000: "goal 15 / 40 ms", 1_000_000: "goal 30 / 80 ms"}
    for size in sizes:
        grown, name = folder / f"grown{size}", f"at {size:,} passages"
        with Index.open(folder / "ours") as source:
            seconds = _seconds(lambda: grow(source, grown, size, source.encoder))  # noqa: B023
        yield Measure(f"making the index {name}", f"{seconds:.0f} s")
        yield from measure_searching(grown, questions, name, goals.get(size, ""))
        yield from measure_recall(grown, questions, name)
        yield from measure_adding(grown, name)


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints each figure as it is measured; 0 when all were."""
    parser = argparse.ArgumentParser(prog="python -m eval.bench_index", description="Measure the index.")
    parser.add_argument("data", type=Path, help="folder with realtimeqa/")
    parser.add_argument("--articles", type=int, metavar="N", help="load only the first N articles")
    parser.add_argument("--passages", type=int, nargs="*", default=[], metavar="N", help="sizes to grow to")
    parser.add_argument("--no-peer", action="store_true", help="leave LlamaIndex out")
    parser.add_argument("--folder", type=Path, help="keep the indexes here")
    chosen = parser.parse_args(arguments)
    if not (chosen.data / ARTICLES).is_file():
        sys.stderr.write(f"no {ARTICLES} in {str(chosen.data)!r}\n")
        return 1
    articles = [article_of(row) for row in read_rows(chosen.data / ARTICLES)][: chosen.articles]
    questions = [str(row["question"]) for row in read_rows(chosen.data / QUESTIONS)][:ASKED]
    with tempfile.TemporaryDirectory(prefix="onrecord-bench-") as temporary:
        folder = chosen.folder or Path(temporary)
        for measures in (
            measure_loading(folder, articles, not chosen.no_peer),
            measure_opening(folder, questions[0], not chosen.no_peer),
            measure_searching(folder / "ours", questions, f"at {len(articles):,} articles", "goal 10 / 25 ms"),
            measure_adding(folder / "ours", f"at {len(articles):,} articles"),
            measure_sizes(folder, questions, chosen.passages),
            measure_linearity(folder, articles),
        ):
            for measure in measures:
                line = f"  {measure.name:<56}{measure.figure:>24}   {measure.beside}"
                sys.stdout.write(line.rstrip() + "\n")
                sys.stdout.flush()
    return 0


def _load(folder: Path, articles: Sequence[Article]) -> None:
    with Index.open(folder) as index:
        index.add(articles)


def _seconds(call: Callable[[], object]) -> float:
    began = time.perf_counter()
    call()
    return time.perf_counter() - began


def _process(*arguments: str) -> float:
    """Median seconds of a new Python process from start to exit."""
    command = [sys.executable, *arguments]
    return median(
        _seconds(lambda: subprocess.run(command, check=True, capture_output=True, stdin=subprocess.DEVNULL))
        for _ in range(STARTS)
    )


if __name__ == "__main__":
    sys.exit(main())
