"""Answers read back from the JSON that `Answer.to_dict` writes."""

from collections.abc import Mapping
from typing import Any

from index.types import Entry, Nature
from rag.types import Answer, Citation, Evidence, Stance, Support, Verdict

Json = Mapping[str, Any]


def read_answer(kept: Json) -> Answer:
    """An answer from its `to_dict`. What that leaves out, weights and the passages' offsets, is not there again."""
    return Answer(
        question=kept["question"],
        text=kept["text"],
        verdict=Verdict(kept["verdict"]),
        short=kept["short"],
        lean=kept["lean"],
        confidence=kept["confidence"],
        claim=kept["claim"],
        citations=tuple(_citation(one) for one in kept["citations"]),
        sources=tuple(_evidence(one, one, one["quote"]) for one in kept["sources"]),
        closest=tuple(_citation(one) for one in kept["closest"]),
        warnings=tuple(kept["warnings"]),
        model=kept["model"],
        generation=kept["generation"],
        seconds=kept["seconds"],
    )


def _citation(kept: Json) -> Citation:
    return Citation(
        kept["n"], _evidence(kept, kept["article"], kept["passage"]), kept["verbatim"], Support(kept["support"])
    )


def _evidence(kept: Json, article: Json, passage: str) -> Evidence:
    span = (kept["start"], kept["end"])
    return Evidence(
        article=_entry(article),
        quote=kept["quote"],
        span=span,
        passage=passage,
        passage_span=span,
        speaker=kept["speaker"],
        stance=Stance(kept["stance"]),
        hedged=kept["hedged"],
        reprints=tuple(kept.get("reprints", ())),
    )


def _entry(kept: Json) -> Entry:
    return Entry(
        id=kept["id"],
        title=kept["title"],
        publisher=kept["publisher"],
        author=kept["author"],
        published=kept["published"],
        url=kept["url"],
        nature=None if kept["nature"] is None else Nature(kept["nature"]),
    )
