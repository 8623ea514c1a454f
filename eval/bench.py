"""How fast it is, on this machine: `make bench`, or `python -m eval.bench [DATA]` for the larger measurements too.

Starting is measured in fresh processes, as a person meets it; the encoder beside torch in the same run. DATA is a
folder with `realtimeqa/articles.dev.jsonl.gz` and `realtimeqa/questions.dev.jsonl`; nothing of it is kept.
"""

import argparse
import gzip
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from statistics import median, quantiles
from typing import TypeVar

from eval.machine import ROOT, commit, machine, versions
from eval.questions import Part, read_questions
from index import Article, Index
from index.encoder import open_encoder
from index.seeding import read_seeds
from index.sentences import sentence_spans
from index.torch_encoder import SentenceTransformerEncoder
from index.types import Encoder
from rag import Engine

T = TypeVar("T")

STARTS = 5
"""Fresh processes for each start that is timed; the median is given."""
ENCODED = 256
"""Stretches of article text that each encoder is given, of four sentences each."""
ASKED = 200
"""Questions asked of one engine."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One line of the table: what was measured, the figure with its unit, and what it is to be held against."""

    name: str
    figure: str
    beside: str = ""


def seconds_to_start(arguments: Sequence[str]) -> float:
    """Median seconds from start to exit of `onrecord` in a fresh process. Raises CalledProcessError when it fails."""
    times = []
    for _ in range(STARTS):
        began = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "ui", *arguments],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
        )
        times.append(time.perf_counter() - began)
    return median(times)


def measure_starting(folder: Path, question: str) -> Iterator[Measure]:
    """The command line on the five articles, each call a new process."""
    yield Measure("onrecord --help", f"{seconds_to_start(['--help']):.2f} s", "goal 0.5 s")
    asked = seconds_to_start(["ask", question, "--index", str(folder)])
    yield Measure("onrecord ask, start to exit", f"{asked:.2f} s", "goal 2 s")


def measure_encoder(texts: Sequence[str]) -> Iterator[Measure]:
    """The default encoder through OpenVINO, beside the same model in sentence-transformers with torch."""
    ours, theirs = open_encoder(), SentenceTransformerEncoder()
    ways: tuple[Encoder, ...] = (ours, theirs)
    for encoder in ways:
        encoder.encode(texts[:8])  # the first call loads
    rates = [len(texts) / sum(_each(encoder.encode, [texts])) for encoder in ways]
    yield Measure(
        "encoding, passages a second",
        f"{rates[0]:.0f}",
        f"torch {rates[1]:.0f}: {rates[0] / rates[1]:.1f} times as many",
    )
    queries = [text[:60] for text in texts[:50]]
    latencies = [1000 * median(_each(encoder.encode, [[query] for query in queries])) for encoder in ways]
    yield Measure("encoding one question, median", f"{latencies[0]:.1f} ms", f"torch {latencies[1]:.1f} ms")


def measure_loading(folder: Path, articles: Sequence[Article]) -> Iterator[Measure]:
    """Articles to a committed index that can be searched."""
    with Index.open(folder) as index:
        began = time.perf_counter()
        report = index.add(articles)
        seconds = time.perf_counter() - began
        passages = sum(entry.passages for entry in index.entries())
    characters = sum(len(article.text) for article in articles)
    yield Measure(
        f"loading {report.added:,} articles, {passages:,} passages",
        f"{seconds:.1f} s",
        f"{report.added / seconds:.1f} articles, {characters / seconds:,.0f} characters a second",
    )


def measure_opening(folder: Path, question: str) -> Iterator[Measure]:
    """A loaded index opened in a new process, up to the first passages found."""
    searched = seconds_to_start(["search", question, "--index", str(folder)])
    yield Measure("onrecord search, start to exit", f"{searched:.2f} s")


def measure_asking(folder: Path, questions: Sequence[str]) -> Iterator[Measure]:
    """`Engine.ask` without a language model, one question at a time, each once."""
    with Index.open(folder) as index:
        engine = Engine(index)
        engine.ask(questions[0])
        times = sorted(_each(engine.ask, questions))
    middle, worst = 1000 * median(times), 1000 * quantiles(times, n=100, method="inclusive")[-1]
    yield Measure(f"Engine.ask, {len(questions)} questions", f"{middle:.0f} ms", f"99th percentile {worst:.0f} ms")


def measure_seeds(folder: Path) -> Iterator[Measure]:
    """Everything that needs no other data than the project's own."""
    articles = list(read_seeds())
    every = read_questions(ROOT / "eval" / "questions.jsonl")
    questions = [question.question for question in every if question.part is Part.TUNING][:ASKED]
    yield from measure_loading(folder, articles)
    yield from measure_starting(folder, questions[0])
    yield from measure_encoder(_stretches(articles))
    yield from measure_asking(folder, questions)


def measure_news(folder: Path, data: Path, limit: int | None) -> Iterator[Measure]:
    """The same on some thousand articles that people wrote for other ends."""
    with gzip.open(data / "articles.dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        articles = [_article(line) for line in islice(lines, limit)]
    with (data / "questions.dev.jsonl").open(encoding="utf-8") as lines:
        questions = [json.loads(line)["question"] for line in islice(lines, ASKED)]
    yield from measure_loading(folder, articles)
    yield from measure_opening(folder, questions[0])
    yield from measure_asking(folder, questions)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print each figure as it is measured; 0 when all were."""
    parser = argparse.ArgumentParser(prog="python -m eval.bench", description="Measure speed on this machine.")
    parser.add_argument("data", nargs="?", type=Path, help="folder with realtimeqa/, for the larger measurements")
    parser.add_argument("--articles", type=int, metavar="N", help="load only the first N articles of it")
    chosen = parser.parse_args(arguments)
    here = machine()
    print(f"{here['processor']}, {here['cores']} cores, {here['system']}, load {os.getloadavg()[0]:.1f}")
    print(f"commit {commit()}", *(f"{name} {version}" for name, version in versions().items()), sep=", ")
    with tempfile.TemporaryDirectory(prefix="onrecord-bench-") as folder:
        _print("the five articles", measure_seeds(Path(folder) / "seeds"))
        if chosen.data is None:
            print("\nno folder of data was named, so nothing larger is measured: make bench DATA=…")
        elif not (chosen.data / "realtimeqa" / "articles.dev.jsonl.gz").is_file():
            print(f"\nno realtimeqa/articles.dev.jsonl.gz in {str(chosen.data)!r}, so nothing larger is measured")
        else:
            _print("news articles", measure_news(Path(folder) / "news", chosen.data / "realtimeqa", chosen.articles))
    return 0


def _print(title: str, measures: Iterable[Measure]) -> None:
    print(f"\n{title}")
    for measure in measures:
        print(f"  {measure.name:<44}{measure.figure:>10}   {measure.beside}".rstrip(), flush=True)


def _stretches(articles: Iterable[Article]) -> list[str]:
    """`ENCODED` texts of the size of passages: four sentences each, from the articles over and over."""
    found = []
    for article in articles:
        spans = sentence_spans(article.text)
        found += [article.text[spans[at][0] : spans[min(at + 3, len(spans) - 1)][1]] for at in range(len(spans))]
    return [found[number % len(found)] for number in range(ENCODED)]


def _article(line: str) -> Article:
    row = json.loads(line)
    return Article(
        id=str(row["id"]),
        title=row.get("title") or "",
        text=row["text"],
        publisher=row.get("publisher"),
        url=row.get("url"),
    )


def _each(call: Callable[[T], object], values: Iterable[T]) -> list[float]:
    """Seconds of each call."""
    times = []
    for value in values:
        began = time.perf_counter()
        call(value)
        times.append(time.perf_counter() - began)
    return times


if __name__ == "__main__":
    sys.exit(main())
