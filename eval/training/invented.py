"""Texts invented for training, by us, with what may be asked of them.

`invented_reports.jsonl` are short news texts, many of a rumour and its denial, with claims that they bear out, claims
that they bear against, and others, in headlines and in yes/no questions; `invented_asks.jsonl` longer ones with yes/no
questions in other words alone; `invented_sentences.jsonl` are premises of every kind of writing, as of MultiNLI;
`invented_rumours.jsonl` are headlines with a text that bears them out, one that debunks them and one that leaves them
open. `invented_stories.jsonl` are news texts with questions that they answer, and some that they only seem to answer,
many asked both in the text's words and in others; `invented_pages.jsonl` the same of encyclopaedic texts. Language
models wrote them all for this, from nothing; nobody in the news is real.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from eval.training.rows import ReadingRow, Spans, StanceRow
from eval.training.written import FOLDER

INVENTED = ("invented_reports", "invented_asks", "invented_sentences")
RUMOURS = "invented_rumours"
STORIES, PAGES = "invented_stories", "invented_pages"
OUTCOMES = ("supports", "refutes", "neutral")


def invented_questions() -> Iterator[ReadingRow]:
    """Every question with its text; the questions on one text are a group."""
    for source in (STORIES, PAGES):
        for told in _read(source):
            text, group = told["text"], _group(source, told["text"])
            plain = told.get("plain", [None] * len(told["facts"]))
            for fact, again in zip(told["facts"], plain, strict=True):
                spans = _places(text, [fact["answer"], *fact["also"]])
                for question in filter(None, (fact["question"], again)):
                    yield ReadingRow(source, group, question, text, spans, told["title"])
            for question in told["none"]:
                yield ReadingRow(source, group, question, text, (), told["title"])


def invented_claims() -> Iterator[StanceRow]:
    """Every claim with its text; the claims on one text are a group, and the texts on one rumour."""
    for source in INVENTED:
        for told in _read(source):
            group = _group(source, told["text"])
            for outcome in OUTCOMES:
                for claim in told[outcome]:
                    yield StanceRow(source, group, claim, told["text"], outcome)
    for rumour in _read(RUMOURS):
        group = _group(RUMOURS, rumour["headlines"][0])
        for outcome in OUTCOMES:
            for headline in rumour["headlines"]:
                yield StanceRow(RUMOURS, group, headline, rumour[outcome], outcome)


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


__all__ = ["INVENTED", "OUTCOMES", "PAGES", "RUMOURS", "STORIES", "invented_claims", "invented_questions"]
