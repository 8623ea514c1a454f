"""What every benchmark shares: reading rows, halves that share no event, cases, measured rows and the result."""

import gzip
import json
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol, TypeAlias

from eval.asking import Asked, Asker, Call, Searcher, ask_all
from eval.intervals import Interval, ratio_interval
from eval.training.rows import Part
from index.errors import BadInput
from index.types import Article, Encoder
from rag.types import Answer, Verdict

Json: TypeAlias = dict[str, Any]
"""One row of a benchmark's file, whose fields are the benchmark's own."""


OURS = "onrecord"
"""What the name of our own system begins with in every result."""
RULES = ", rules alone"
"""What follows it where the trained heads are left out."""


class Half(StrEnum):
    """Which part of the rows: the one to tune on, the one to report, or both."""

    TUNE = "tune"
    REPORT = "report"
    ALL = "all"


class Bench(Asker, Searcher, Protocol):
    """An engine with its index, as a benchmark uses it."""

    @property
    def encoder(self) -> Encoder:
        """The encoder of the index, for the baseline by vectors."""

    @property
    def rules(self) -> Asker:
        """The same engine without the trained heads."""

    def add(self, articles: Iterable[Article]) -> None:
        """Puts further articles into the index."""

    def remove(self, ids: Iterable[str]) -> None:
        """Takes articles out of the index; an id that is not there is no matter."""


Open: TypeAlias = Callable[[Iterable[Article]], AbstractContextManager[Bench]]
"""Puts articles into an index and yields the engine over it."""


@dataclass(frozen=True, slots=True)
class Setting:
    """How a benchmark is run; with `rules` the engine is asked without its heads too.

    `heard` is told of each question that has been asked.
    """

    data: Path
    open: Open
    half: Half = Half.ALL
    limit: int | None = None
    threads: int = 2
    seed: int = 0
    baselines: bool = True
    rules: bool = False
    heard: Callable[[int, int], None] = lambda done, of: None


@dataclass(frozen=True, slots=True)
class Case:
    """One question of one system: what was right, what was said, and what is needed to see why."""

    system: str
    id: str
    question: str
    gold: str
    said: str
    right: bool
    asked: Asked
    group: Hashable
    more: Json = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Row:
    """One measured number of one system; `target` is what the project set out to reach, None where nothing is set."""

    system: str
    measure: str
    interval: Interval
    target: float | None = None


@dataclass(frozen=True, slots=True)
class Published:
    """A figure of others, with where it was published."""

    system: str
    measure: str
    value: str
    source: str


@dataclass(frozen=True, slots=True)
class Result:
    """What a benchmark found; `differs` says how the setting differs from that of the published figures."""

    benchmark: str
    rows: tuple[Row, ...]
    cases: tuple[Case, ...]
    published: tuple[Published, ...] = ()
    differs: tuple[str, ...] = ()


def read_rows(path: Path) -> Iterator[Json]:
    """The objects of a JSONL file, gzipped or not. Raises BadInput when it is missing or broken."""
    if not path.is_file():
        raise BadInput(f"no file {str(path)!r}; give the folder that holds it with --data")
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            try:
                row = json.loads(line)
            except ValueError as error:
                raise BadInput(f"{path}:{number}: not JSON ({error})") from None
            yield row


def linked(keys: Sequence[Iterable[Hashable]]) -> list[int]:
    """A group number for each row, in order; rows that share a key, directly or through others, share a group."""
    parent: dict[Hashable, Hashable] = {}

    def root(key: Hashable) -> Hashable:
        parent.setdefault(key, key)
        while parent[key] != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    for at, shared in enumerate(keys):
        for key in shared:
            parent[root(("row", at))] = root(("key", key))
    numbers: dict[Hashable, int] = {}
    return [numbers.setdefault(root(("row", at)), len(numbers)) for at in range(len(keys))]


def halves(groups: Sequence[Hashable]) -> list[Half]:
    """The half of each row; a group falls wholly into one, and the two come out about equally large.

    Largest group first into the smaller half, in the order of first appearance among equals: no draw, so the
    same file always splits alike.
    """
    rows: dict[Hashable, list[int]] = defaultdict(list)
    for at, group in enumerate(groups):
        rows[group].append(at)
    halves = [Half.TUNE] * len(groups)
    sizes = {Half.TUNE: 0, Half.REPORT: 0}
    for members in sorted(rows.values(), key=len, reverse=True):
        half = min(sizes, key=lambda half: sizes[half])
        sizes[half] += len(members)
        for at in members:
            halves[at] = half
    return halves


def half_of(rows: Sequence[Json], keys: Callable[[Json], Sequence[str]], half: Half) -> list[Json]:
    """The rows of that half; rows that share a key are on one side."""
    sides = halves(linked([keys(row) for row in rows]))
    return [row for row, side in zip(rows, sides, strict=True) if half in (Half.ALL, side)]


_UNSEEN = {Part.SEALED: Half.REPORT, Part.CALIBRATE: Half.TUNE}


def unseen(rows: Sequence[Json], parts: Sequence[Part | None], setting: Setting) -> list[Json]:
    """The rows of the setting's half, in their order; of all rows too, those that trained a head are left out.

    `parts` says for each row what the training of the heads takes it for.
    """
    wanted = set(_UNSEEN.values()) if setting.half is Half.ALL else {setting.half}
    kept = [row for row, part in zip(rows, parts, strict=True) if part and _UNSEEN.get(part) in wanted]
    return kept[: setting.limit]


def chosen(groups: Sequence[Hashable], setting: Setting) -> list[int]:
    """The rows, by number and in order, that the setting's half and limit leave."""
    kept = [at for at, half in enumerate(halves(groups)) if setting.half in (Half.ALL, half)]
    return kept[: setting.limit]


def ask(asker: Asker, calls: Sequence[Call], setting: Setting) -> list[Asked]:
    """The outcomes of the calls in order, heard of as they come."""
    done = 0

    def hear(at: int, asked: Asked) -> None:
        nonlocal done
        done += 1
        setting.heard(done, len(calls))

    return ask_all(asker, calls, threads=setting.threads, done=hear)


def measured(cases: Sequence[Case], measure: Callable[[Sequence[Case]], list[Row]]) -> tuple[Row, ...]:
    """The rows of every system in turn, from `measure` of its own cases."""
    names = dict.fromkeys(case.system for case in cases)
    return tuple(row for name in names for row in measure([case for case in cases if case.system == name]))


def rows_of(cases: Sequence[Case], measures: Iterable[tuple[str, Interval | None, float | None]]) -> list[Row]:
    """Rows of the cases' system for the measures that could be taken, each with what was set out to be reached."""
    return [Row(cases[0].system, measure, interval, target) for measure, interval, target in measures if interval]


def among(values: Sequence[float], which: Sequence[float], groups: Sequence[Hashable]) -> Interval | None:
    """The mean of the values over the rows whose `which` is 1; None where there are none."""
    return ratio_interval([value * one for value, one in zip(values, which, strict=True)], which, groups)


def verdict_of(case: Case) -> Verdict | None:
    """The verdict given; None after a crash."""
    return case.asked.answer.verdict if case.asked.answer else None


def plain_text(answer: Answer | None) -> str:
    """The answer as the shortest text that says it: "yes", "no", the short answer, else its text; "" for a crash."""
    if answer is None:
        return ""
    verdict = str(answer.verdict)
    return verdict if verdict in {"yes", "no", "unknown", "disputed"} else answer.short or answer.text


def write_cases(cases: Iterable[Case], path: Path, only_wrong: bool = True) -> int:
    """How many cases were written to a JSONL file for reading, wrong ones only unless told otherwise."""
    rows = [case_dict(case) for case in cases if not (only_wrong and case.right)]
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return len(rows)


def case_dict(case: Case) -> Json:
    """A case as JSON: question, gold and what was said first, then the evidence, then the rest."""
    answer = case.asked.answer
    row: Json = {"system": case.system, "id": case.id, "question": case.question, "gold": case.gold, "said": case.said}
    row |= {"right": case.right, "error": case.asked.error} | case.more
    if answer is not None:
        row |= {"verdict": str(answer.verdict), "lean": answer.lean, "confidence": answer.confidence}
        row |= {"short": answer.short, "claim": answer.claim, "text": answer.text, "warnings": list(answer.warnings)}
        row["citations"] = [
            f"{item.stance}{', hedged' if item.hedged else ''}, {item.speaker or item.article.publisher}: {item.quote}"
            for item in answer.citations or answer.closest
        ]
    return row


def result_dict(result: Result) -> Json:
    """The figures of a result as JSON, without the cases."""
    return {
        "benchmark": result.benchmark,
        "rows": [
            {"system": row.system, "measure": row.measure, "value": row.interval.value, "low": row.interval.low}
            | {"high": row.interval.high, "questions": row.interval.rows, "groups": row.interval.clusters}
            | {"target": row.target}
            for row in result.rows
        ],
        "published": [
            {"system": item.system, "measure": item.measure, "value": item.value, "source": item.source}
            for item in result.published
        ],
        "differs": list(result.differs),
    }


__all__ = [
    "OURS",
    "RULES",
    "Bench",
    "Case",
    "Half",
    "Json",
    "Open",
    "Published",
    "Result",
    "Row",
    "Setting",
    "among",
    "ask",
    "case_dict",
    "chosen",
    "halves",
    "linked",
    "measured",
    "plain_text",
    "read_rows",
    "result_dict",
    "rows_of",
    "verdict_of",
    "write_cases",
]
