"""Running an evaluation set: from a file of questions to a report, in parallel, resumable, repeatable."""

import hashlib
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeAlias

from eval.asking import TIMEOUT_SECONDS, Asked, Call, Searcher, ask_all
from eval.comparing import compare
from eval.examined import RULES, Examined, Opener, check_articles, newest_day, open_engine
from eval.gates import FILE as GATES
from eval.gates import Gate, check_gates, read_gates
from eval.machine import code_digest, commit, machine, versions
from eval.partial import PARTIAL, partial_run
from eval.questions import Kind, Question
from eval.report import Report, read_results, slice_figures, write_report
from eval.results import Result, judge, key_of
from eval.sets import QuestionSet, read_set
from index.errors import BadInput
from index.types import Hit
from rag.followup import complete

HERE = Path(__file__).resolve().parent
DEFAULT_SET = HERE / "questions.jsonl"
FOUND = 10
"""How many passages the search alone is judged on."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run has come; `seconds_left` is a guess from what is done, None before the first question."""

    done: int
    of: int
    seconds_left: float | None


Heard: TypeAlias = Callable[[Progress], None]


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
    open_examined: Opener | None = None,
) -> Report:
    """The report of one run: both halves scored, sealed questions left out of what it shows unless `sealed`.

    `set_path` defaults to the set over the five articles; without `index_path` its articles go into an index that is
    removed afterwards. With `out` an interrupted run goes on where it stopped. `way` is "engine", "query-engine"
    (the same engine behind LlamaIndex's interface) or "rules" (the engine without its trained heads; no gate is looked
    at). Raises BadInput for a set, an index or a report that do not fit.
    """
    earlier = None if against is None else read_results(against)
    chosen = read_set(set_path or DEFAULT_SET, check_quotes=index_path is None and open_examined is None)
    questions = of_kinds(chosen.questions, kinds)
    gates = _gates_of(chosen, kinds, way)
    opener = open_examined or open_engine
    began = datetime.now(UTC)
    with opener(chosen.path, index_path, model, way) as examined:
        check_articles(questions, examined.articles, chosen.path)
        about = _about(chosen, examined, kinds, seed) | {"model": model, "way": way}
        with partial_run(out, about, sealed) as (known, keep):
            results = run(
                examined,
                questions,
                threads=threads,
                timeout_seconds=timeout_seconds,
                known=known,
                keep=keep,
                heard=heard,
            )
            cost = examined.cost()
    slices = slice_figures(results, seed)
    comparison = None if earlier is None else compare(results, earlier, str(against), seed)
    report = Report(
        name=_name(chosen),
        run=about,
        times={"when": began.isoformat(timespec="seconds"), "threads": threads, **machine(), **cost},
        results=results,
        slices=slices,
        comparison=comparison,
        gates=check_gates(gates, slices["all"], comparison),
    )
    report = report if sealed else report.sealed()
    if out is not None:
        write_report(report, Path(out))
        (Path(out) / PARTIAL).unlink(missing_ok=True)
    return report


def of_kinds(questions: Sequence[Question], kinds: Sequence[str]) -> tuple[Question, ...]:
    """The questions of the kinds named, or all. Raises BadInput for a kind that there is not."""
    unknown = set(kinds) - set(Kind)
    if unknown:
        raise BadInput(f"no kind of question is called {min(unknown)!r}; choose from {', '.join(Kind)}")
    chosen = tuple(question for question in questions if not kinds or question.kind in kinds)
    if not chosen:
        raise BadInput(f"the set has no question of kind {' or '.join(kinds)}")
    return chosen


def _search(searcher: Searcher | None, question: Question) -> list[Hit]:
    if searcher is None or not question.gold:
        return []
    return searcher.search(complete(question.question, question.history), k=FOUND, filters=question.filters)


def _gates_of(chosen: QuestionSet, kinds: Sequence[str], way: str) -> tuple[Gate, ...]:
    """What the run must hold: nothing for some kinds alone, for the rules alone, or for a set kept elsewhere.

    A set of one's own may have the name of a fixed one, and owes its gates nothing.
    """
    fixed = chosen.path.resolve().is_relative_to(HERE)
    return read_gates(_name(chosen), GATES) if fixed and not kinds and way != RULES else ()


def _name(chosen: QuestionSet) -> str:
    try:
        return chosen.path.resolve().relative_to(HERE).as_posix()
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


__all__ = ["DEFAULT_SET", "Heard", "Progress", "evaluate", "of_kinds", "run"]
