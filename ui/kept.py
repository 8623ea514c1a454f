"""Turns as they are kept: to JSON and back."""

from collections.abc import Mapping
from typing import Any

from index import Filters
from index.types import Entry, Nature
from rag.types import Answer, Citation, Evidence, Stance, Support, Verdict
from ui.turns import Asked

Json = Mapping[str, Any]


def filters_document(filters: Filters) -> dict[str, Any]:
    """Filters as the HTTP API takes them."""
    return {
        "since": filters.since,
        "until": filters.until,
        "publishers": list(filters.publishers),
        "articles": list(filters.articles),
    }


def asked_document(asked: Asked) -> dict[str, Any]:
    """How a question was asked and understood."""
    return {
        "filters": filters_document(asked.filters),
        "alone": asked.alone,
        "kind": asked.kind,
        "whole": asked.whole,
        "named": list(asked.named),
        "bare": asked.bare,
    }


def read_asked(kept: Json) -> Asked:
    """The same again."""
    return Asked(
        Filters(**kept["filters"]), kept["alone"], kept["kind"], kept["whole"], tuple(kept["named"]), kept["bare"]
    )


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
