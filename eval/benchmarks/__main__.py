"""``python -m eval.benchmarks NAME --data FOLDER``: runs one benchmark and prints its table."""

import argparse
import importlib
import json
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from eval.asking import Asker
from eval.benchmarks import NAMES
from eval.benchmarks.common import OURS, Bench, Half, Result, Row, Setting, result_dict, write_cases
from eval.benchmarks.paired import paired, paired_dicts
from eval.machine import commit, machine, versions
from index.errors import OnrecordError
from index.types import Article, Encoder, Hit
from rag.types import Answer

if TYPE_CHECKING:
    from index.filters import Filters
    from index.index import Index
    from rag.engine import Engine


class EngineBench:
    """rag's engine and the index under it, as a benchmark uses them."""

    def __init__(self, index: "Index", engine: "Engine", rules: "Engine") -> None:
        """With the engine to examine and one of the same index that has no heads."""
        self._index = index
        self._engine = engine
        self._rules = rules

    @property
    def encoder(self) -> Encoder:
        """The encoder of the index."""
        return self._index.snapshot().encoder

    @property
    def rules(self) -> Asker:
        """The same engine without the trained heads."""
        return self._rules

    def add(self, articles: Iterable[Article]) -> None:
        """Puts further articles into the index, and says which could not be."""
        for failure in self._index.add(articles).failed:
            _say(f"left out {failure.source}: {failure.reason}")

    def remove(self, ids: Iterable[str]) -> None:
        """Takes articles out of the index; an id that is not there is no matter."""
        self._index.remove(ids)

    def ask(
        self,
        question: str,
        *,
        history: Sequence[str] = (),
        as_of: str | None = None,
        filters: "Filters | None" = None,
    ) -> Answer:
        """The engine's answer."""
        return self._engine.ask(question, history=history, as_of=as_of, filters=filters)

    def search(self, query: str, k: int = 10, filters: "Filters | None" = None, today: date | None = None) -> list[Hit]:
        """The index's hits."""
        return self._index.search(query, k, filters, today)


@contextmanager
def open_bench(articles: Iterable[Article], path: Path | None = None, model: str | None = None) -> Iterator[Bench]:
    """The engine over the articles, in an index at `path` that is kept, or in one that goes afterwards."""
    from index.index import Index
    from rag.engine import Engine
    from rag.reader import EmbeddedReader

    with (
        tempfile.TemporaryDirectory(prefix="onrecord-bench-") as folder,
        Index.open(path or Path(folder) / "index") as index,
    ):
        bench = EngineBench(index, Engine(index, model), Engine(index, model, EmbeddedReader()))
        bench.add(articles)
        yield bench


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit status: 0 when the benchmark ran, 1 when it could not, with the reason on stderr."""
    chosen = _parser().parse_args(arguments)
    setting = Setting(
        data=chosen.data,
        open=lambda articles: open_bench(articles, chosen.index, chosen.model),
        half=Half(chosen.half),
        limit=chosen.limit,
        threads=chosen.threads,
        baselines=not chosen.no_baselines,
        rules=chosen.rules,
        heard=_say_progress if sys.stderr.isatty() else lambda done, of: None,
    )
    try:
        result: Result = importlib.import_module(f"eval.benchmarks.{chosen.name}").run(setting)
    except OnrecordError as error:
        _say(str(error))
        return 1
    if chosen.json:
        run = {"half": chosen.half, "limit": chosen.limit, "model": chosen.model, "commit": commit(), **versions()}
        made = result_dict(result) | {"paired": paired_dicts(result.cases), "run": run | machine()}
        sys.stdout.write(json.dumps(made, ensure_ascii=False, indent=1) + "\n")
    else:
        print_result(result)
    if chosen.cases:
        ours = [case for case in result.cases if case.system.startswith(OURS)]
        count = write_cases(ours, chosen.cases, only_wrong=not chosen.all_cases)
        _say(f"{count} cases written to {chosen.cases}")
    return 0


def print_result(result: Result) -> None:
    """Prints a line for each measure with a column for each system, then the published figures and what differs."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table

    console = Console()
    rows = {(row.system, row.measure): row for row in result.rows}
    systems, measures = (list(dict.fromkeys(row[side] for row in rows)) for side in (0, 1))
    table = Table(box=SIMPLE_HEAD, pad_edge=False, padding=0, title=result.benchmark)
    table.add_column("", min_width=24)
    for title in (*systems, "of (groups)", "to reach"):
        table.add_column(title, justify="right", no_wrap=title == "onrecord")
    for measure in measures:
        found = [rows.get((system, measure)) for system in systems]
        first = next(row for row in found if row)
        target = "" if first.target is None else f"{first.target:.2f}"
        counts = f"{first.interval.rows} ({first.interval.clusters})"
        table.add_row(measure, *map(_cell, found), counts, target)
    console.print(table)
    console.print("95 % intervals; words, vectors: the sentence that ranks first by BM25 or by cosine", highlight=False)
    for pair in paired(result.cases):
        console.print(f"{pair.system} against its rules alone: {pair.sentence}", highlight=False)
    for item in result.published:
        console.print(f"published: {item.system}, {item.measure} {item.value} ({item.source})", highlight=False)
    for line in result.differs:
        console.print(f"differs: {line}", highlight=False)


def _cell(row: Row | None) -> str:
    """The value, and for onrecord its interval; those of the rivals stand in the JSON."""
    if row is None:
        return ""
    interval = row.interval
    value, low, high = (f"{one:.2f}".removeprefix("0") for one in (interval.value, interval.low, interval.high))
    return f"{value} {low}–{high}" if row.system.startswith(OURS) else value


def _say_progress(done: int, of: int) -> None:
    sys.stderr.write(f"\r{done}/{of}" + ("\n" if done == of else ""))
    sys.stderr.flush()


def _say(line: str) -> None:
    sys.stderr.write(line + "\n")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "python -m eval.benchmarks", description="Run one benchmark of others on onrecord."
    )
    parser.add_argument("name", choices=NAMES)
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds the benchmark's own folder")
    parser.add_argument("--half", choices=[*Half], default=Half.ALL, help="the rows to tune on, to report, or all")
    parser.add_argument("--limit", type=int, metavar="N", help="only the first N rows of the half")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--index", type=Path, help="keep the index here, so that the next run need not load again")
    parser.add_argument("--model", help="a language model, as provider:name")
    parser.add_argument("--no-baselines", action="store_true")
    parser.add_argument("--rules", action="store_true", help="ask the engine without its trained heads too")
    parser.add_argument("--cases", type=Path, metavar="FILE", help="write onrecord's wrong answers here, as JSONL")
    parser.add_argument("--all-cases", action="store_true", help="write the right ones as well")
    parser.add_argument("--json", action="store_true", help="print JSON instead of the table")
    return parser


if __name__ == "__main__":
    sys.exit(main())
