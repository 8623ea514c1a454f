"""What a run examines: the engine over an index, the articles it stands on, and that a set's quotes stand in them."""

import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from eval.asking import Asker, Searcher
from eval.questions import Question
from eval.scores import Texts
from eval.sets import articles_of
from index.errors import BadInput
from index.types import Article, Encoder

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

    from index.index import Index


RULES = "rules"
"""The way in by which the engine answers as it does where its heads' weights are missing: by its rules alone."""


@dataclass(frozen=True, slots=True)
class Examined:
    """What a run examines: who answers, where passages are found, and the articles that it all stands on."""

    asker: Asker
    searcher: Searcher | None
    articles: Mapping[str, Article]
    about: Mapping[str, str | int | None]
    cost: Callable[[], Mapping[str, int]] = dict

    @property
    def texts(self) -> Texts:
        """The articles' texts by id."""
        return {id: article.text for id, article in self.articles.items()}


Opener: TypeAlias = Callable[[Path, str | Path | None, str | None, str], AbstractContextManager[Examined]]
"""From the set's path, the index's path, the model's name and the way in, to what is examined."""


@contextmanager
def open_engine(
    set_path: Path, index_path: str | Path | None, model: str | None, way: str, encoder: Encoder | None = None
) -> Iterator[Examined]:
    """The engine over an index that stands, or over one made of the set's articles and removed afterwards."""
    from index.index import Index

    with (
        tempfile.TemporaryDirectory(prefix="onrecord-eval-") as folder,
        Index.open(index_path or Path(folder) / "index", encoder=encoder) as index,
    ):
        if index_path is None:
            failed = index.add(articles_of(set_path)).failed
            if failed:
                raise BadInput(f"{failed[0].source}: {failed[0].reason}; the set's articles must all be readable")
        asker, cost = _asker(index, model, way)
        yield Examined(asker, index, _articles(index), _index_facts(index), cost)


def check_articles(questions: Iterable[Question], articles: Mapping[str, Article], path: Path) -> None:
    """Raises BadInput unless every quoted truth stands in an article of the index."""
    for question in questions:
        for gold in (*question.gold, *question.closest):
            if gold.article not in articles:
                raise BadInput(
                    f"{path}: question {question.id!r} quotes article {gold.article!r}, which the index lacks"
                )
            if gold.quote not in articles[gold.article].text:
                raise BadInput(f"{path}: question {question.id!r} quotes words that article {gold.article!r} lacks")


def newest_day(articles: Iterable[Article]) -> str | None:
    """The last day that the newest dated article can mean, in ISO form; None where none is dated."""
    from index.dates import date_range

    days: list[date] = [date_range(article.published)[1] for article in articles if article.published]
    return max(days).isoformat() if days else None


def _asker(index: "Index", model: str | None, way: str) -> tuple[Asker, Callable[[], Mapping[str, int]]]:
    """Who is asked, and what its language model has cost so far."""
    from rag.engine import Engine
    from rag.reader import EmbeddedReader

    llm: LLM | None = None
    cost: Callable[[], Mapping[str, int]] = dict
    if model is not None:
        from eval.cost import Meter
        from rag.llm import open_model

        llm = open_model(model)
        cost = Meter(llm).read
    engine = Engine(index, llm, EmbeddedReader() if way == RULES else None)
    if way in ("engine", RULES):
        return engine, cost
    if way == "query-engine":
        from eval.second_way import QueryEngineAsker

        return QueryEngineAsker(engine), cost
    raise BadInput(f"no way in is called {way!r}; choose engine, query-engine or {RULES}")


def _articles(index: "Index") -> dict[str, Article]:
    return {entry.id: index.article(entry.id) for entry in index.entries()}


def _index_facts(index: "Index") -> dict[str, str | int | None]:
    return {"encoder": index.settings.encoder, "settings": index.settings.to_json()}


__all__ = ["RULES", "Examined", "Opener", "check_articles", "newest_day", "open_engine"]
