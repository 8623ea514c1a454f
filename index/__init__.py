"""Articles made findable: read, split, encoded, kept safe and searched."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.errors import (
        BadInput,
        DiskFull,
        IndexDamaged,
        IndexInUse,
        IndexMismatch,
        InvalidFilter,
        ModelUnavailable,
        NotInIndex,
        OnrecordError,
    )
    from index.filters import Filters
    from index.index import Index
    from index.readers import read_articles
    from index.settings import Settings
    from index.snapshot import Snapshot
    from index.types import (
        AddReport,
        Article,
        Edition,
        Encoder,
        Entry,
        Failure,
        Hit,
        Interrupted,
        Passage,
        RemoveReport,
    )

_HOMES = {
    "errors": (
        "BadInput",
        "DiskFull",
        "IndexDamaged",
        "IndexInUse",
        "IndexMismatch",
        "InvalidFilter",
        "ModelUnavailable",
        "NotInIndex",
        "OnrecordError",
    ),
    "filters": ("Filters",),
    "index": ("Index",),
    "readers": ("read_articles",),
    "settings": ("Settings",),
    "snapshot": ("Snapshot",),
    "types": (
        "AddReport",
        "Article",
        "Edition",
        "Encoder",
        "Entry",
        "Failure",
        "Hit",
        "Interrupted",
        "Passage",
        "RemoveReport",
    ),
}


def __getattr__(name: str) -> object:
    """Imported when first asked for, so that ``onrecord --help`` and a caught error cost no numpy."""
    for home, names in _HOMES.items():
        if name in names:
            value: object = getattr(import_module(f"index.{home}"), name)
            globals()[name] = value
            return value
    raise AttributeError(f"module 'index' has no attribute {name!r}")


__all__ = [
    "AddReport",
    "Article",
    "BadInput",
    "DiskFull",
    "Edition",
    "Encoder",
    "Entry",
    "Failure",
    "Filters",
    "Hit",
    "Index",
    "IndexDamaged",
    "IndexInUse",
    "IndexMismatch",
    "Interrupted",
    "InvalidFilter",
    "ModelUnavailable",
    "NotInIndex",
    "OnrecordError",
    "Passage",
    "RemoveReport",
    "Settings",
    "Snapshot",
    "read_articles",
]
