"""Texts invented for training, by us, with what may be asked of them.

`invented_reports.jsonl` are short news texts, many of a rumour and its denial, with claims that they bear out, claims
that they bear against, and others, in headlines and in yes/no questions; `invented_sentences.jsonl` are premises of
every kind of writing, as of MultiNLI; `invented_stories.jsonl` are news texts with questions that they answer, and some
that they only seem to answer. Language models wrote them all for this, from nothing; nobody in them is real.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from eval.training.rows import ReadingRow, Spans, StanceRow
from eval.training.written import FOLDER

INVENTED = ("invented_reports", "invented_sentences")
STORIES = "invented_stories"
OUTCOMES = ("supports", "refutes", "neutral")


def invented_questions() -> Iterator[ReadingRow]:
    """Every question with its story; the questions on one story are a group."""
    for told in _read(STORIES):
        text, group = told["text"], _group(STORIES, told["text"])
        for fact in told["facts"]:
            spans = _places(text, [fact["answer"], *fact["also"]])
            yield ReadingRow(STORIES, group, fact["question"], text, spans, told["title"])
        for question in told["none"]:
            yield ReadingRow(STORIES, group, question, text, (), told["title"])


def invented_claims() -> Iterator[StanceRow]:
    """Every claim with its text; the claims on one text are a group."""
    for source in INVENTED:
        for told in _read(source):
            group = _group(source, told["text"])
            for outcome in OUTCOMES:
                for claim in told[outcome]:
                    yield StanceRow(source, group, claim, told["text"], outcome)


def _read(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def _group(source: str, text: str) -> str:
    return f"{source} {hashlib.sha256(text.encode()).hexdigest()[:12]}"


def _places(text: str, answers: Sequence[str]) -> Spans:
    """Where a text says the answers: the first as often as it stands there, the others where they stand beside it."""
    first = [found.span() for found in re.finditer(rf"(?<!\w){re.escape(answers[0])}(?!\w)", text)]
    around = [(start - 60, end + 60) for start, end in first]
    beside = [
        found.span()
        for answer in answers[1:]
        for found in re.finditer(rf"(?<!\w){re.escape(answer)}(?!\w)", text)
        if any(start <= found.start() and found.end() <= end for start, end in around)
    ]
    return tuple(dict.fromkeys([*first, *beside]))


__all__ = ["INVENTED", "OUTCOMES", "STORIES", "invented_claims", "invented_questions"]
