"""Questions to begin with, drawn from the articles that are loaded, each tried before it is offered."""

import logging
import threading
import time
from collections.abc import Iterator, Sequence
from importlib import resources
from itertools import islice

from index import Index
from index.errors import NotInIndex
from index.types import Article, Entry
from ui.desk import Asks
from ui.drawn import drawn_from, names_in, said_in
from ui.follow_ups import is_answered
from ui.words import sentence_case, title_words

_log = logging.getLogger("onrecord.chat")

_OFFERED = 3
_ARTICLES = 8
"""Articles that questions are drawn from: the newest."""
_TRIED = 4
"""Questions tried for one article, at most."""
_SECONDS = 3.0
"""How long trying may take; what was found by then is offered."""
_LEAD = 2_500
"""Characters of an article that tell what it is about."""


class Examples:
    """Three questions, or fewer, that the articles answer; found once for each generation of the index."""

    def __init__(self, index: Index, engine: Asks) -> None:
        self._index, self._engine = index, engine
        self._finding = threading.Lock()
        self._generation = -1
        self.last: tuple[str, ...] = ()
        """Those found last."""

    def find(self) -> tuple[str, ...]:
        """Those for the articles as they are now; while another finds them, those found last."""
        generation = self._index.generation
        if generation == self._generation or not self._finding.acquire(blocking=False):
            return self.last
        try:
            self.last = example_questions(self._index, self._engine)
            self._generation = generation
        except Exception:  # noqa: BLE001 - a question that nobody asked may not keep the page from opening
            _log.exception("no examples could be found")
        finally:
            self._finding.release()
        return self.last


def example_questions(index: Index, engine: Asks) -> tuple[str, ...]:
    """Those written for the seeds where all of them are loaded, else one an article, the newest first."""
    entries = index.entries()
    if _seeds_are_in(entries):
        written = resources.files("seeds").joinpath("examples.txt").read_text("utf-8").splitlines()
        return tuple(sentence_case(question) for question in written[:_OFFERED])
    newest = sorted(entries, key=lambda entry: entry.published or "", reverse=True)
    end = time.monotonic() + _SECONDS
    found = (_answered(index, engine, entry.id, end) for entry in newest[:_ARTICLES])
    return tuple(islice((question for question in found if question), _OFFERED))


def _answered(index: Index, engine: Asks, id: str, end: float) -> str | None:
    """The first question drawn from an article that is answered from it."""
    try:
        article = index.article(id)
    except NotInIndex:  # removed since
        return None
    for question in islice(dict.fromkeys(_of_article(article)), _TRIED):
        if time.monotonic() > end:
            return None
        answer = engine.ask(question)
        if is_answered(answer) and any(citation.article.id == id for citation in answer.citations):
            return question
    return None


def _of_article(article: Article) -> Iterator[str]:
    lead = article.text[:_LEAD]
    drawn, said = list(drawn_from(lead)), list(said_in(lead))
    names = names_in(title_words(Entry.of(article)), article.text)
    yield from (*drawn[:2], *said[:1], *(f"What is known about {name}?" for name in names[:1]), *drawn[2:])


def _seeds_are_in(entries: Sequence[Entry]) -> bool:
    from index.seeding import read_seeds

    return {seed.id for seed in read_seeds()} <= {entry.id for entry in entries}
