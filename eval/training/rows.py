"""What the heads are trained and measured on, read from a folder of data and cut into parts before anything else.

Rows that share a topic, a passage or a claim stay in one part, so that a sealed figure is of unseen matter.
"""

import gzip
import hashlib
import json
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from index.errors import BadInput

T = TypeVar("T")
Spans = tuple[tuple[int, int], ...]

SHIFTS = ("new_wiki", "reddit", "amazon_reviews")
NLI = ("mnli", "snli_counterfactual", "fever_symmetric", "climate_fever")
_ALIKE = 0.35
"""Cosine of word weights from which two passages count as one article's: above it they share names and subject."""


class Part(StrEnum):
    """What a group of rows is for: training, calibrating, or a last measurement."""

    TRAIN = "train"
    CALIBRATE = "calibrate"
    SEALED = "sealed"


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """A question, a passage of some set, and every annotator's answer as a span of it; none where it has no answer."""

    source: str
    group: str
    question: str
    passage: str
    answers: Spans
    title: str = ""


@dataclass(frozen=True, slots=True)
class StanceRow:
    """A claim, a text, and what the text does to it: supports, refutes, neutral or unrelated."""

    source: str
    group: str
    claim: str
    text: str
    label: str


def part_of(group: str, sealed: int = 15, calibrate: int = 8) -> Part:
    """The part that a group falls into by its name alone, in per cent of all groups."""
    at = int(hashlib.sha256(f"onrecord {group}".encode()).hexdigest(), 16) % 100
    return Part.SEALED if at < sealed else Part.CALIBRATE if at < sealed + calibrate else Part.TRAIN


def read_reading(folder: Path) -> dict[Part, list[ReadingRow]]:
    """SQuAD 2.0 by topic and SQuADShifts by like passages. Raises `BadInput` naming the first file that is missing."""
    squad = _lines(folder / "reading" / "squad2.train.jsonl.gz")
    rows = [_reading("squad2", f"squad2 {row['topic']}", row, row["topic"].replace("_", " ")) for row in squad]
    parts = {f"squad2 {topic}": part for topic, part in topic_parts(row["topic"] for row in squad).items()}
    for name in SHIFTS:
        found = _lines(folder / "reading" / f"squadshifts.{name}.jsonl.gz")
        groups = group_alike([row["passage"] for row in found])
        for row, number in zip(found, groups, strict=True):
            group = f"{name} {number}"
            parts[group] = part_of(group, 8, 4)
            rows.append(_reading(name, group, row, ""))
    return _parted(rows, lambda row: parts[row.group])


def topic_parts(topics: Iterable[str]) -> dict[str, Part]:
    """The part of each topic of SQuAD 2.0, `topics` being all there are: five sealed, two to calibrate, the rest.

    The topics are few: a drawn share of them could be none, so they are counted off.
    """
    order = sorted(set(topics), key=lambda topic: hashlib.sha256(f"squad2 {topic}".encode()).hexdigest())
    return {
        topic: Part.SEALED if at < 5 else Part.CALIBRATE if at < 7 else Part.TRAIN for at, topic in enumerate(order)
    }


def read_stance(folder: Path) -> dict[Part, list[StanceRow]]:
    """Every stance set by claim or text, FNC-1 by story, BoolQ by passage. Raises `BadInput` for a missing file."""
    rows: list[StanceRow] = []
    for name in NLI:
        found = _lines(folder / "stance" / f"{name}.jsonl.gz")
        groups = _linked([(row["claim"], row["text"]) for row in found])
        rows += [
            StanceRow(name, f"{name} {group}", row["claim"], row["text"], row["label"])
            for row, group in zip(found, groups, strict=True)
        ]
    for row in _lines(folder / "reading" / "boolq.jsonl.gz"):
        label = "supports" if row["answer"] == "yes" else "refutes"
        rows.append(StanceRow("boolq", f"boolq {row['passage']}", row["question"], row["passage"], label))
    return _parted(
        [*rows, *_fnc(folder)], lambda row: _fnc_part(row.group) if row.source == "fnc1" else stance_part(row.group)
    )


def stance_part(group: str) -> Part:
    """The part of a group of a stance set, FNC-1's stories apart."""
    return part_of(group, 12, 6)


def story_parts(folder: Path) -> dict[tuple[str, str], Part]:
    """The part of each pair of FNC-1, by headline and body; a pair across two parts has none."""
    return {(claim, body): _fnc_part(story) for claim, body, _, story in _fnc_stories(folder)}


def _fnc(folder: Path) -> list[StanceRow]:
    """FNC-1 by story. A pair across two parts is left out."""
    texts = {row["body"]: row["text"] for row in _lines(folder / "stance" / "fnc1.articles.jsonl.gz")}
    return [StanceRow("fnc1", story, claim, texts[body], label) for claim, body, label, story in _fnc_stories(folder)]


def _fnc_stories(folder: Path) -> list[tuple[str, str, str, str]]:
    """Headline, body, label and story of each pair within one part; headlines and bodies on one matter are a story."""
    bodies = {row["body"] for row in _lines(folder / "stance" / "fnc1.articles.jsonl.gz")}
    pairs = [row for row in _lines(folder / "stance" / "fnc1.pairs.jsonl.gz") if row["body"] in bodies]
    related = [(row["claim"], "body " + row["body"]) for row in pairs if row["label"] != "unrelated"]
    story: dict[str, str] = {}
    for (claim, body), number in zip(related, _linked(related), strict=True):
        story[claim] = story[body] = f"fnc1 {number}"
    found = []
    for row in pairs:
        mine = story.get("body " + row["body"], "fnc1 body " + row["body"])
        if _fnc_part(mine) is _fnc_part(story.get(row["claim"], mine)):
            found.append((row["claim"], row["body"], row["label"], mine))
    return found


def _fnc_part(group: str) -> Part:
    """A larger share than of the others is sealed: few stories are refuted, and a figure needs some of them."""
    return part_of(group, 27, 10)


def group_alike(texts: Sequence[str]) -> list[int]:
    """A number for each text; texts that are the same or share their rare words, directly or by others, share it."""
    from scipy.sparse.csgraph import connected_components  # type: ignore[import-untyped]
    from sklearn.feature_extraction.text import TfidfVectorizer

    distinct = sorted(set(texts))
    weights = TfidfVectorizer(sublinear_tf=True, stop_words="english").fit_transform(distinct)
    _, numbers = connected_components(weights @ weights.T >= _ALIKE, directed=False)
    return [int(numbers[at]) for at in map({text: at for at, text in enumerate(distinct)}.__getitem__, texts)]


def _linked(pairs: Sequence[tuple[str, str]]) -> list[int]:
    """A number for each pair; pairs that share a side, directly or by others, share it."""
    root: dict[str, str] = {}

    def find(key: str) -> str:
        while root.setdefault(key, key) != key:
            key = root[key] = root[root[key]]
        return key

    for left, right in pairs:
        root[find(left)] = find(right)
    smallest: dict[str, str] = {}
    for key in sorted(root):
        smallest.setdefault(find(key), key)
    numbers = {key: int(hashlib.sha256(key.encode()).hexdigest()[:12], 16) for key in smallest.values()}
    return [numbers[smallest[find(left)]] for left, _ in pairs]


def _reading(source: str, group: str, row: dict[str, Any], title: str) -> ReadingRow:
    passage: str = row["passage"]
    spans = tuple((a["start"], a["start"] + len(a["text"])) for a in row["answers"])
    kept = tuple(span for span, a in zip(spans, row["answers"], strict=True) if passage[slice(*span)] == a["text"])
    return ReadingRow(source, group, row["question"].strip(), passage, kept, title)


def _parted(rows: Iterable[T], part: Callable[[T], Hashable]) -> dict[Part, list[T]]:
    found: dict[Part, list[T]] = {each: [] for each in Part}
    for row in rows:
        found[Part(str(part(row)))].append(row)
    return found


def _lines(path: Path) -> list[dict[str, Any]]:
    try:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            return [json.loads(line) for line in file]
    except FileNotFoundError as error:
        raise BadInput(
            f"training needs {str(path)!r}, which is missing; name the folder that holds reading/ and stance/"
        ) from error


__all__ = [
    "NLI",
    "SHIFTS",
    "Part",
    "ReadingRow",
    "StanceRow",
    "group_alike",
    "part_of",
    "read_reading",
    "read_stance",
    "stance_part",
    "story_parts",
    "topic_parts",
]
