"""What the index finds, by vectors, by words, by both, and beside LlamaIndex: ``python -m eval.bench_retrieval DATA``.

DATA is a folder with ``realtimeqa/`` and ``multihop/``. Weights were chosen on the tuning half of the questions; the
figures are of the other half unless ``--half`` says otherwise, with 95 % intervals over quizzes of one day.
"""

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from eval.benchmarks.common import Half, Json, half_of, linked, read_rows
from eval.benchmarks.multihop import article_of, held
from eval.benchmarks.realtimeqa import BRIEF
from eval.intervals import mean_interval, paired_difference
from eval.peer import Peer
from eval.wording import holds
from index import Article, Filters, Index, Settings

SEEN = (1, 4, 10)
_APART = 10.0
"""A cost that puts every further passage of an article behind all others."""

_PLAIN = Settings(words_weight=0, length_cost=0, repeat_cost=0)
ARMS: Mapping[str, Settings] = {
    "vectors": _PLAIN,
    "vectors, one hit an article": Settings(words_weight=0, length_cost=0, repeat_cost=_APART),
    "words": Settings(vectors_weight=0, words_weight=1, length_cost=0, repeat_cost=0),
    "words, one hit an article": Settings(vectors_weight=0, words_weight=1, length_cost=0, repeat_cost=_APART),
    "onrecord": Settings(),
}
"""Ways to search one and the same index, by name."""

ON_ITS_DAY = "onrecord, on its day"
"""The way of searching that is told the day of the question, as the engine and `onrecord search` are."""

Find = Callable[[Json, bool], list[tuple[str, str]]]
"""From a question's row, and whether briefs may be found, to (article id, passage text) of ten passages, best first."""


@dataclass(frozen=True, slots=True)
class Scores:
    """What one way of searching found for each question: 1.0 or 0.0, or the share of facts."""

    measures: Mapping[str, list[float]]


def score_quiz(find: Find, rows: Sequence[Json]) -> Scores:
    """Whether the brief, and a passage that holds the answer, are among the first 1, 4 and 10."""
    found = [find(row, True) for row in rows]
    plain = [find(row, False) for row in rows]
    measures: dict[str, list[float]] = {}
    for k in SEEN:
        measures[f"brief found at {k}"] = [
            float(BRIEF + row["id"] in [id for id, _ in hits[:k]]) for row, hits in zip(rows, found, strict=True)
        ]
    for name, every in (("with briefs", found), ("without", plain)):
        for k in SEEN:
            measures[f"answer in a passage at {k}, {name}"] = [
                float(any(holds(text, row["answer_text"]) for _, text in hits[:k]))
                for row, hits in zip(rows, every, strict=True)
            ]
    return Scores(measures)


def score_facts(index: Index, rows: Sequence[Json]) -> Scores:
    """Share of a question's facts among the first ten, without filters and with the publishers that it names."""
    measures: dict[str, list[float]] = {}
    for name, filtered in (("no filter", False), ("publishers as filter", True)):
        values = []
        for row in rows:
            filters = Filters(publishers=row["publishers"]) if filtered and row["publishers"] else None
            texts = [hit.passage.text for hit in index.search(row["question"], 10, filters)]
            seen = set().union(*(held(text, row["facts"]) for text in texts))
            values.append(len(seen) / len(set(row["facts"])))
        measures[f"facts found at 10, {name}"] = values
    return Scores(measures)


def finder(index: Index, plain: Sequence[str], *, dated: bool = False) -> Find:
    """Searches an index; `plain` are the ids of articles that are no briefs. `dated` gives the question's day."""
    without = Filters(articles=plain)

    def find(row: Json, briefs: bool) -> list[tuple[str, str]]:
        day = date.fromisoformat(row["date"]) if dated else None
        hits = index.search(row["question"], 10, None if briefs else without, day)
        return [(hit.article.id, hit.passage.text) for hit in hits]

    return find


def peer_finder(peer: Peer) -> Find:
    """Searches LlamaIndex's; it cannot filter, so more is asked of it and the briefs are left out."""

    def find(row: Json, briefs: bool) -> list[tuple[str, str]]:
        found = peer.search(row["question"], 10 if briefs else 40)
        return [hit for hit in found if briefs or not hit[0].startswith(BRIEF)][:10]

    return find


def report(scores: Mapping[str, Scores], groups: Sequence[object]) -> Iterator[str]:
    """A line for each measure and way of searching, and how far the last named is ahead of each."""
    ours = scores["onrecord"]
    for measure, values in ours.measures.items():
        yield measure
        for name, score in scores.items():
            interval = mean_interval(score.measures[measure], groups)
            if interval is None:
                continue
            line = f"  {name:<32}{interval.value:.3f}  [{interval.low:.3f}, {interval.high:.3f}]"
            if score is not ours:
                ones = [1.0] * len(values)
                apart = paired_difference((values, ones), (score.measures[measure], ones), groups)
                if apart is not None:
                    line += f"   onrecord {apart.value:+.3f} [{apart.low:+.3f}, {apart.high:+.3f}]"
            yield line


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the table; 0 when it could be measured."""
    parser = argparse.ArgumentParser(prog="python -m eval.bench_retrieval", description="Measure what is found.")
    parser.add_argument("data", type=Path, help="folder with realtimeqa/ and multihop/")
    parser.add_argument("--half", choices=[half.value for half in Half], default=Half.REPORT.value)
    parser.add_argument("--folder", type=Path, help="keep the indexes here, and use those that are there")
    parser.add_argument("--peer", action="store_true", help="measure LlamaIndex too; it takes several times as long")
    chosen = parser.parse_args(arguments)
    news = chosen.data / "realtimeqa"
    if not (news / "articles.dev.jsonl.gz").is_file():
        sys.stderr.write(f"no realtimeqa/articles.dev.jsonl.gz in {str(chosen.data)!r}\n")
        return 1
    with tempfile.TemporaryDirectory(prefix="onrecord-bench-") as temporary:
        folder = chosen.folder or Path(temporary)
        for line in _quiz(news, folder, Half(chosen.half), chosen.peer):
            sys.stdout.write(line + "\n")
            sys.stdout.flush()
        for line in _facts(chosen.data / "multihop", folder, Half(chosen.half)):
            sys.stdout.write(line + "\n")
    return 0


def _quiz(news: Path, folder: Path, half: Half, with_peer: bool) -> Iterator[str]:
    articles = [article_of(row) for row in read_rows(news / "articles.dev.jsonl.gz")]
    rows = half_of(list(read_rows(news / "questions.dev.jsonl")), lambda row: [row["date"]], half)
    plain = [article.id for article in articles if not article.id.startswith(BRIEF)]
    _load(folder / "quiz", articles)
    scores: dict[str, Scores] = {}
    for name, settings in ARMS.items():
        with Index.open(folder / "quiz", settings=settings) as index:
            scores[name] = score_quiz(finder(index, plain), rows)
    with Index.open(folder / "quiz") as index:
        scores[ON_ITS_DAY] = score_quiz(finder(index, plain, dated=True), rows)
    if with_peer:
        scores["LlamaIndex defaults"] = score_quiz(peer_finder(_peer(folder / "peer", articles)), rows)
    yield f"news quiz: {len(rows)} questions, {len(articles):,} articles"
    yield from report(scores, [row["date"] for row in rows])


def _facts(multihop: Path, folder: Path, half: Half) -> Iterator[str]:
    articles = [article_of(row) for row in read_rows(multihop / "articles.jsonl")]
    rows = half_of(list(read_rows(multihop / "questions.dev.jsonl")), lambda row: row["facts"], half)
    rows = [row for row in rows if row["facts"]]
    _load(folder / "facts", articles)
    scores: dict[str, Scores] = {}
    for name, settings in ARMS.items():
        with Index.open(folder / "facts", settings=settings) as index:
            scores[name] = score_facts(index, rows)
    yield f"facts of several articles: {len(rows)} questions, {len(articles):,} articles"
    yield from report(scores, linked([row["facts"] for row in rows]))


def _load(folder: Path, articles: Sequence[Article]) -> None:
    with Index.open(folder) as index:
        index.add(articles)


def _peer(folder: Path, articles: Sequence[Article]) -> Peer:
    if not folder.is_dir():
        Peer.build(articles).save(folder)
    return Peer.open(folder)


if __name__ == "__main__":
    sys.exit(main())
