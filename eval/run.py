"""Running an evaluation set: from a file of questions to a report, in parallel, resumable, repeatable."""

import hashlib
import json
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TextIO, TypeAlias

from eval.asking import TIMEOUT_SECONDS, Asked, Asker, Call, Searcher, ask_all
from eval.comparing import compare
from eval.gates import FILE as GATES
from eval.gates import check_gates, read_gates
from eval.machine import code_digest, commit, machine, versions
from eval.questions import Kind, Question
from eval.report import Report, read_results, slice_figures
from eval.results import Result, judge, key_of
from eval.scores import Texts
from eval.sets import QuestionSet, articles_of, read_set
from index.errors import BadInput
from index.types import Article, Encoder, Hit
from rag.followup import complete

if TYPE_CHECKING:
    from index.index import Index

DEFAULT_SET = Path(__file__).with_name("questions.jsonl")
PARTIAL = "partial.jsonl"
FOUND = 10
"""How many passages the search alone is judged on."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run has come; `seconds_left` is a guess from what is done, None before the first question."""

    done: int
    of: int
    seconds_left: float | None


Heard: TypeAlias = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class Examined:
    """What a run examines: who answers, where passages are found, and the articles that it all stands on."""

    asker: Asker
    searcher: Searcher | None
    articles: Mapping[str, Article]
    about: Mapping[str, str | int | None]

    @property
    def texts(self) -> Texts:
        """The articles' texts by id."""
        return {id: article.text for id, article in self.articles.items()}


def run(
    examined: Examined,
    questions: Sequence[Question],
    *,
    threads: int = 2,
    timeout_seconds: float = TIMEOUT_SECONDS,
    known: Mapping[str, Result] | None = None,
    keep: Callable[[Result], None] = lambda result: None,
    heard: Heard = lambda progress: None,
) -> tuple[Result, ...]:
    """The result of every question in order; those in `known` (by key) are taken over, each new one is told to `keep`.

    A question without a day of its own is asked as of the day of the newest article, so that runs repeat.
    """
    texts, today = examined.texts, newest_day(examined.articles.values())
    results = dict(known or {})
    waiting = [question for question in questions if key_of(question) not in results]
    calls = [Call(item.question, item.as_of or today, item.filters, item.history) for item in waiting]
    began, done = time.monotonic(), len(questions) - len(waiting)
    if done:
        heard(Progress(done, len(questions), None))

    def judged(at: int, asked: Asked) -> None:
        nonlocal done
        hits = _search(examined.searcher, waiting[at])
        result = judge(waiting[at], asked, hits, texts)
        results[result.key] = result
        keep(result)
        done += 1
        spent, new = time.monotonic() - began, done - (len(questions) - len(waiting))
        heard(Progress(done, len(questions), spent / new * (len(questions) - done)))

    ask_all(examined.asker, calls, threads=threads, timeout_seconds=timeout_seconds, done=judged)
    return tuple(results[key_of(question)] for question in questions)


def evaluate(
    set_path: str | Path | None = None,
    index_path: str | Path | None = None,
    *,
    out: str | Path | None = None,
    against: str | Path | None = None,
    model: str | None = None,
    kinds: Sequence[str] = (),
    sealed: bool = False,
    way: str = "engine",
    threads: int = 2,
    timeout_seconds: float = TIMEOUT_SECONDS,
    seed: int = 0,
    heard: Heard = lambda progress: None,
    open_examined: "Opener | None" = None,
) -> Report:
    """The report of one run: both halves scored, sealed questions left out of what it shows unless `sealed`.

    `set_path` defaults to the set over the five articles; without `index_path` its articles go into an index that is
    removed afterwards. With `out` an interrupted run goes on where it stopped. `way` is "engine" or "query-engine"
    (the same engine behind LlamaIndex's interface). Raises BadInput for a set, an index or a report that do not fit.
    """
    earlier = None if against is None else read_results(against)
    chosen = read_set(set_path or DEFAULT_SET, check_quotes=index_path is None and open_examined is None)
    questions = of_kinds(chosen.questions, kinds)
    gates = () if kinds else read_gates(_name(chosen), GATES)
    opener = open_examined or open_engine
    began = datetime.now(UTC)
    with opener(chosen.path, index_path, model, way) as examined:
        check_articles(questions, examined.articles, chosen.path)
        about = _about(chosen, examined, kinds, seed) | {"model": model, "way": way}
        with _partial(out, about, sealed) as (known, keep):
            results = run(
                examined,
                questions,
                threads=threads,
                timeout_seconds=timeout_seconds,
                known=known,
                keep=keep,
                heard=heard,
            )
    slices = slice_figures(results, seed)
    comparison = None if earlier is None else compare(results, earlier, str(against), seed)
    report = Report(
        name=_name(chosen),
        run=about,
        times={"when": began.isoformat(timespec="seconds"), "threads": threads, **machine()},
        results=results,
        slices=slices,
        comparison=comparison,
        gates=check_gates(gates, slices["all"], comparison),
    )
    report = report if sealed else report.sealed()
    if out is not None:
        from eval.report import write_report

        write_report(report, Path(out))
        (Path(out) / PARTIAL).unlink(missing_ok=True)
    return report


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
        yield Examined(_asker(index, model, way), index, _articles(index), _index_facts(index))


def of_kinds(questions: Sequence[Question], kinds: Sequence[str]) -> tuple[Question, ...]:
    """The questions of the kinds named, or all. Raises BadInput for a kind that there is not."""
    unknown = set(kinds) - set(Kind)
    if unknown:
        raise BadInput(f"no kind of question is called {min(unknown)!r}; choose from {', '.join(Kind)}")
    chosen = tuple(question for question in questions if not kinds or question.kind in kinds)
    if not chosen:
        raise BadInput(f"the set has no question of kind {' or '.join(kinds)}")
    return chosen


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


def _search(searcher: Searcher | None, question: Question) -> list[Hit]:
    if searcher is None or not question.gold:
        return []
    return searcher.search(complete(question.question, question.history), k=FOUND, filters=question.filters)


def _asker(index: "Index", model: str | None, way: str) -> Asker:
    from rag.engine import Engine

    engine = Engine(index, model)
    if way == "engine":
        return engine
    if way == "query-engine":
        from eval.second_way import QueryEngineAsker

        return QueryEngineAsker(engine)
    raise BadInput(f"no way in is called {way!r}; choose engine or query-engine")


def _articles(index: "Index") -> dict[str, Article]:
    return {entry.id: index.article(entry.id) for entry in index.entries()}


def _index_facts(index: "Index") -> dict[str, str | int | None]:
    return {"encoder": index.settings.encoder, "settings": index.settings.to_json()}


def _name(chosen: QuestionSet) -> str:
    try:
        return chosen.path.resolve().relative_to(Path(__file__).resolve().parent).as_posix()
    except ValueError:
        return chosen.path.name


def _about(
    chosen: QuestionSet, examined: Examined, kinds: Sequence[str], seed: int
) -> dict[str, str | int | bool | None]:
    """What must be the same for two runs to be the same."""
    texts = hashlib.sha256()
    for id, article in sorted(examined.articles.items()):
        texts.update(f"{id}\0{article.text}\0".encode())
    return {
        "set": _name(chosen),
        "set_version": chosen.version,
        "set_sha256": chosen.sha256,
        "kinds": ", ".join(kinds) or "all",
        "articles": len(examined.articles),
        "articles_sha256": texts.hexdigest(),
        "seed": seed,
        "commit": commit(),
        "code_sha256": code_digest(),
        **examined.about,
        **versions(),
    }


@contextmanager
def _partial(
    out: str | Path | None, about: Mapping[str, object], sealed: bool
) -> Iterator[tuple[dict[str, Result], Callable[[Result], None]]]:
    """What an interrupted run of the very same kind had done, and where to keep what comes."""
    if out is None:
        yield {}, lambda result: None
        return
    folder = Path(out)
    folder.mkdir(parents=True, exist_ok=True)
    head = json.dumps({**about, "sealed": sealed}, sort_keys=True)
    known = _read_partial(folder / PARTIAL, head)
    with (folder / PARTIAL).open("w", encoding="utf-8") as file:

        def keep(result: Result) -> None:
            _write_line(file, json.dumps((result if sealed else result.sealed()).to_dict(), ensure_ascii=False))

        _write_line(file, head)
        for result in known.values():
            keep(result)
        yield known, keep


def _read_partial(path: Path, head: str) -> dict[str, Result]:
    """The results by key of a partial file that begins with `head`; a last line cut short is left out."""
    if not path.exists():
        return {}
    first, *rest = path.read_text(encoding="utf-8").split("\n")
    if first != head:
        return {}
    results: list[Result] = []
    for line in rest:
        try:
            results.append(Result.from_dict(json.loads(line)))
        except (ValueError, KeyError, TypeError):
            continue
    return {result.key: result for result in results}


def _write_line(file: TextIO, line: str) -> None:
    file.write(line + "\n")
    file.flush()


__all__ = [
    "DEFAULT_SET",
    "Examined",
    "Heard",
    "Opener",
    "Progress",
    "check_articles",
    "evaluate",
    "newest_day",
    "of_kinds",
    "open_engine",
    "run",
]
