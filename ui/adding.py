"""Adding what a person names: one source that cannot be read does not keep the others out."""

from collections.abc import Sequence
from functools import reduce
from typing import TYPE_CHECKING

from index.types import AddReport
from ui.home import Progress

if TYPE_CHECKING:
    from index import Index


def add_sources(index: "Index", sources: Sequence[str], progress: Progress | None = None) -> AddReport:
    """What adding every source did, together; what cannot be read stands under `failed` with its reason."""
    from index import read_articles

    return reduce(_joined, (index.add(read_articles(source), progress=progress) for source in sources))


def _joined(first: AddReport, second: AddReport) -> AddReport:
    return AddReport(
        added=first.added + second.added,
        replaced=first.replaced + second.replaced,
        unchanged=first.unchanged + second.unchanged,
        failed=first.failed + second.failed,
        warnings=first.warnings + second.warnings,
        generation=max(first.generation, second.generation),
    )
