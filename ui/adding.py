"""Adding what a person names: one source that cannot be read does not keep the others out."""

from collections.abc import Sequence
from functools import reduce
from typing import TYPE_CHECKING

from index.errors import BadInput
from index.types import AddReport, Failure
from ui.home import Progress
from ui.problems import known_problem

if TYPE_CHECKING:
    from index import Index


def add_sources(index: "Index", sources: Sequence[str], progress: Progress | None = None) -> AddReport:
    """What adding every source did, together; what cannot be read stands under `failed` with its reason."""
    return reduce(_joined, (_add_source(index, source, progress) for source in sources))


def _add_source(index: "Index", source: str, progress: Progress | None) -> AddReport:
    from index import read_articles

    try:
        reading = read_articles(source)
    except (BadInput, OSError) as error:
        problem = known_problem(error)
        return AddReport(
            failed=(Failure(source, problem.line if problem else str(error)),), generation=index.generation
        )
    return index.add(reading, progress=progress)


def _joined(first: AddReport, second: AddReport) -> AddReport:
    return AddReport(
        added=first.added + second.added,
        replaced=first.replaced + second.replaced,
        unchanged=first.unchanged + second.unchanged,
        failed=first.failed + second.failed,
        warnings=first.warnings + second.warnings,
        generation=max(first.generation, second.generation),
    )
