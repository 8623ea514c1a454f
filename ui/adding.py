"""Adding what a person names: one source that cannot be read does not keep the others out."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import length_hint
from typing import TYPE_CHECKING

from index.types import AddReport, Article, Failure
from ui.home import Progress

if TYPE_CHECKING:
    from index import Index


def add_sources(
    index: "Index", sources: Sequence[str], progress: Progress | None = None, allowed_hosts: Collection[str] = ()
) -> AddReport:
    """What adding every source did, together; what cannot be read stands under `failed` with its reason.

    `allowed_hosts` ("name" or "name:port") may be on a private network. Raises `Interrupted` with what was done so far.
    """
    from index import Interrupted, read_articles

    done = AddReport()
    for source in sources:
        try:
            done = _joined(done, index.add(read_articles(source, allowed_hosts=allowed_hosts), progress=progress))
        except Interrupted as stop:
            raise Interrupted(_joined(done, stop.report)) from stop
    return done


def joined(reports: Iterable[AddReport]) -> AddReport:
    """Several reports as one."""
    return reduce(_joined, reports, AddReport())


def _joined(first: AddReport, second: AddReport) -> AddReport:
    return AddReport(
        added=first.added + second.added,
        replaced=first.replaced + second.replaced,
        unchanged=first.unchanged + second.unchanged,
        failed=first.failed + second.failed,
        warnings=first.warnings + second.warnings,
        generation=max(first.generation, second.generation),
    )


@dataclass(frozen=True, slots=True)
class Renamed:
    """Articles of a file under another name than the one it has here: the name that its sender knows.

    An article that is known by its place alone gets an id from its content, as the place says nothing.
    """

    articles: Iterable[Article]
    place: str
    """The id that hangs on the file's place."""
    path: str
    name: str

    def __iter__(self) -> Iterator[Article]:
        for article in self.articles:
            yield replace(article, id="") if article.id == self.place else article

    def __length_hint__(self) -> int:
        return length_hint(self.articles)

    @property
    def failures(self) -> list[Failure]:
        """What could not be read, by the sender's name."""
        noted: Sequence[Failure] = getattr(self.articles, "failures", ())
        return [Failure(note.source.replace(self.path, self.name), note.reason) for note in noted]

    @property
    def warnings(self) -> list[str]:
        """What was read otherwise than one might expect."""
        noted: Sequence[str] = getattr(self.articles, "warnings", ())
        return [note.replace(self.path, self.name) for note in noted]


class Watched:
    """Articles on their way in, and the ids of those that came by; `on_article` is called for each."""

    def __init__(self, articles: Iterable[Article], on_article: Callable[[], None]) -> None:
        self._articles, self._on_article = articles, on_article
        self.ids: list[str] = []

    def __iter__(self) -> Iterator[Article]:
        for article in self._articles:
            self.ids.append(article.id)
            self._on_article()
            yield article

    def __length_hint__(self) -> int:
        return length_hint(self._articles)

    @property
    def failures(self) -> Sequence[Failure]:
        """As the source noted them."""
        noted: Sequence[Failure] = getattr(self._articles, "failures", ())
        return noted

    @property
    def warnings(self) -> Sequence[str]:
        """As the source noted them."""
        noted: Sequence[str] = getattr(self._articles, "warnings", ())
        return noted
