"""What the contract promises as JSON for everything but an answer, which carries its own `to_dict`."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from index.types import AddReport, Article, Check, Edition, Entry, Hit
from rag.types import article_dict

Document = dict[str, Any]


def hits_document(query: str, hits: Sequence[Hit]) -> Document:
    """The passages that a search found, best first."""
    return {"schema": 1, "query": query, "hits": [hit_document(hit) for hit in hits]}


def hit_document(hit: Hit) -> Document:
    """One passage, with its offsets in the article's text in code points."""
    passage = hit.passage
    return {
        "score": hit.score,
        "start": passage.start,
        "end": passage.end,
        "text": passage.text,
        "article": article_dict(hit.article),
    }


def entries_document(entries: Sequence[Entry]) -> Document:
    """The articles of an index, without their text."""
    return {"articles": [article_dict(entry) | {"passages": entry.passages} for entry in entries]}


def article_document(article: Article, editions: Sequence[Edition] = ()) -> Document:
    """One article with its text and, where they are given, the record of its versions."""
    document = article_dict(Entry.of(article)) | {"published_from": article.published_from, "text": article.text}
    return document | ({"versions": [asdict(edition) for edition in editions]} if editions else {})


def add_document(report: AddReport) -> Document:
    """What was added, and each failure with its reason."""
    return {
        "added": report.added,
        "replaced": report.replaced,
        "unchanged": report.unchanged,
        "failed": [{"source": failure.source, "reason": failure.reason} for failure in report.failed],
        "warnings": list(report.warnings),
        "generation": report.generation,
    }


def checks_document(checks: Sequence[Check]) -> Document:
    """What `doctor` saw."""
    rows = [{"name": check.name, "ok": check.ok, "detail": check.detail} for check in checks]
    return {"ok": all(check.ok for check in checks), "checks": rows}
