"""Reading rows made into examples: news-like windows, and passages that are near the question but do not answer it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import numpy as np

from eval.training.rows import ReadingRow
from index.sentences import sentence_spans
from rag.heads_pairs import Row, pair_rows

MISTYPED = 0.06
"""Share of the questions that get one slip of the fingers: readers type them too."""


@dataclass(frozen=True, slots=True)
class ReadingExample:
    """A question, a passage and its title, with the answers' spans in the passage; none where it does not answer."""

    question: str
    title: str
    passage: str
    answers: tuple[tuple[int, int], ...]


def whole(row: ReadingRow) -> ReadingExample:
    """The row as it stands."""
    return ReadingExample(row.question, row.title, row.passage, row.answers)


def draw_examples(rows: Sequence[ReadingRow], rounds: dict[str, float], seed: int) -> Iterator[ReadingExample]:
    """Every row as often as `rounds` says for its source, each time cut anew; then near passages that do not answer.

    SQuAD 2.0 has unanswerable questions of its own. Most others have none, so that near three in ten of their rows, and
    one in ten of SQuAD's, are shown again with what lies beside the answer, or with a passage like it of the same set.
    """
    rng = np.random.default_rng(seed)
    near = _Near(rows)
    for row in rows:
        turns = rounds[row.source]
        for _ in range(int(turns) + (rng.random() < turns % 1)):
            example = _cut(row, rng, 0.7 if row.source == "squad2" else 0.9)
            yield replace(example, question=_mistype(row.question, rng)) if rng.random() < MISTYPED else example
            if row.answers and rng.random() < (0.1 if row.source == "squad2" else 0.3):
                beside = _beside(row, rng) if rng.random() < 0.5 else None
                unanswering = beside or near.draw(row, rng)
                if unanswering:
                    yield unanswering


def label(row: Row, answers: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """First and last token of each answer within `row`; answers cut off with the passage's end are left out."""
    found = []
    for start, end in answers:
        inside = [at for at, (a, b) in enumerate(row.offsets) if a < end and b > start]
        if inside and row.offsets[-1][1] >= end:
            found.append((row.first + inside[0], row.first + inside[-1]))
    return found


def pair_examples(tokenizer: object, examples: Sequence[ReadingExample]) -> list[tuple[Row, list[tuple[int, int]]]]:
    """Row and token labels of each example."""
    rows = pair_rows(tokenizer, *zip(*((e.question, e.passage, e.title) for e in examples), strict=True))  # type: ignore[arg-type]
    return [(row, label(row, example.answers)) for row, example in zip(rows, examples, strict=True)]


def _cut(row: ReadingRow, rng: np.random.Generator, share: float) -> ReadingExample:
    """A window of two to five sentences in `share` of the draws, else the whole passage, with or without its title."""
    title = row.title if rng.random() < 0.6 else ""
    spans = _sentences(row.passage)
    if len(spans) < 3 or rng.random() > share:
        return ReadingExample(row.question, title, row.passage, row.answers)
    at = row.answers[rng.integers(len(row.answers))][0] if row.answers else _likeliest(row)
    middle = next((i for i, (_, end) in enumerate(spans) if at < end), len(spans) - 1)
    size = int(rng.integers(2, 6))
    first = max(0, middle - int(rng.integers(0, size)))
    return _window(row, first, min(len(spans), first + size), title, rng)


def _mistype(question: str, rng: np.random.Generator) -> str:
    """The question with two letters swapped, or one left out or doubled, in one of its longer words."""
    places = [at for at in range(1, len(question) - 2) if question[at - 1 : at + 2].isalpha()]
    if not places:
        return question
    at = places[int(rng.integers(len(places)))]
    slips = (question[at + 1] + question[at], question[at + 1], question[at] * 2 + question[at + 1])
    return question[:at] + slips[int(rng.integers(3))] + question[at + 2 :]


def _beside(row: ReadingRow, rng: np.random.Generator) -> ReadingExample | None:
    """The longer side of the passage that holds none of the answers, nor their words; None where too little is left."""
    spans = _sentences(row.passage)
    words = {row.passage[a:b].lower() for a, b in row.answers}
    clear = [
        not any(a < end and b > start for a, b in row.answers)
        and not any(w in row.passage[start:end].lower() for w in words)
        for start, end in spans
    ]
    runs, first = [], 0
    for at, free in enumerate([*clear, False]):
        if not free:
            runs.append((first, at))
            first = at + 1
    first, last = max(runs, key=lambda run: run[1] - run[0])
    if last - first < 2:
        return None
    return _window(row, first, min(last, first + int(rng.integers(2, 6))), row.title if rng.random() < 0.6 else "", rng)


def _window(row: ReadingRow, first: int, last: int, title: str, rng: np.random.Generator) -> ReadingExample:
    """Sentences `first` to `last` (excluded), with answers moved along; sometimes the opening sentence for a title."""
    spans = _sentences(row.passage)
    start, end = spans[first][0], spans[last - 1][1]
    kept = tuple((a - start, b - start) for a, b in row.answers if start <= a and b <= end)
    opening = row.passage[slice(*spans[0])]
    if (
        not title
        and first
        and len(opening) < 160
        and rng.random() < 0.4
        and not any(a < spans[0][1] for a, _ in row.answers)
    ):
        title = opening
    return ReadingExample(row.question, title, row.passage[start:end], kept)


def _likeliest(row: ReadingRow) -> int:
    """Where the sentence that shares most words with the question begins."""
    asked = set(row.question.lower().rstrip("?").split())
    return max(_sentences(row.passage), key=lambda span: len(asked & set(row.passage[slice(*span)].lower().split())))[0]


class _Near:
    """Passages of the same set that share rare words with a question, yet not its answer."""

    def __init__(self, rows: Sequence[ReadingRow]) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer

        self._by_source: dict[str, tuple[list[ReadingRow], Any, Any]] = {}
        for source in sorted({row.source for row in rows}):
            firsts = {row.passage: row for row in rows if row.source == source}
            words = TfidfVectorizer(sublinear_tf=True, stop_words="english")
            self._by_source[source] = (list(firsts.values()), words, words.fit_transform(list(firsts)))

    def draw(self, row: ReadingRow, rng: np.random.Generator) -> ReadingExample | None:
        """One of the eight passages nearest to question and passage without the answers' words, if any is."""
        others, words, weights = self._by_source[row.source]
        asked = words.transform([f"{row.question} {row.question} {row.passage}"])
        scores = (weights @ asked.T).toarray().ravel()
        answers = {row.passage[a:b].lower() for a, b in row.answers}
        near = [others[at] for at in np.argsort(-scores)[:40] if others[at].passage != row.passage]
        clear = [other for other in near if not any(answer in other.passage.lower() for answer in answers)][:8]
        if not clear:
            return None
        other = clear[int(rng.integers(len(clear)))]
        return _cut(ReadingRow(row.source, row.group, row.question, other.passage, (), other.title), rng, 0.7)


@cache
def _sentences(passage: str) -> tuple[tuple[int, int], ...]:
    return tuple((span[0], span[1]) for span in sentence_spans(passage)) or ((0, len(passage)),)


__all__ = ["ReadingExample", "draw_examples", "label", "pair_examples", "whole"]
