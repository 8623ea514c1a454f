"""How a question was asked, as it is kept: to JSON and back."""

from collections.abc import Mapping
from typing import Any

from index import Filters
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
        "since": asked.since,
        "until": asked.until,
        "undated": asked.undated,
        "recent": asked.recent,
        "newest": asked.newest,
        "timeless": asked.timeless,
        "openly": asked.openly,
        "parts": list(asked.parts),
    }


def read_asked(kept: Json) -> Asked:
    """The same again; what an earlier version did not keep is as where there is none."""
    return Asked(
        Filters(**kept["filters"]),
        kept["alone"],
        kept["kind"],
        kept["whole"],
        tuple(kept["named"]),
        kept["bare"],
        kept.get("since"),
        kept.get("until"),
        kept.get("undated"),
        kept.get("recent"),
        kept.get("newest", False),
        kept.get("timeless"),
        kept.get("openly"),
        tuple(kept.get("parts", ())),
    )
