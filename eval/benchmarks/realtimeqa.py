"""RealTimeQA: weekly news-quiz questions over whole articles found for them (Kasai et al. 2023), asked as of their day.

The articles hold one short brief for each question, taken from the quiz itself. Every figure is given without the
briefs in the index and, once they have been added to it, with them; only without do they stand beside published ones.
Passages are searched for as the engine does on that day: what is later is not known, and what is new comes sooner.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from eval.asking import Asked, Asker, Call
from eval.benchmarks.common import (
    OURS,
    Bench,
    Case,
    Json,
    Published,
    Result,
    Row,
    Setting,
    among,
    ask,
    chosen,
    measured,
    read_rows,
    rows_of,
    verdict_of,
)
from eval.benchmarks.multihop import article_of
from eval.benchmarks.rivals import systems
from eval.intervals import Interval, mean_interval, ratio_interval
from eval.wording import exact, holds, word_f1
from index.filters import Filters
from index.types import Hit
from rag.types import Verdict

ARTICLES = Path("realtimeqa") / "articles.dev.jsonl.gz"
QUESTIONS = Path("realtimeqa") / "questions.dev.jsonl"
BRIEF = "brief-"
NONE = "None of the above"
WITHOUT, WITH = ", without", ", with briefs"
SEEN = (1, 4, 10)

_PAPER = "Kasai et al. 2023, NeurIPS Datasets and Benchmarks, arXiv:2207.13332"
PUBLISHED = (
    Published("GPT-3 with web search, 2022", "word F1", "0.36", _PAPER),
    Published("GPT-3 with web search, 2023", "word F1", "0.27", _PAPER),
)
DIFFERS = (
    "Published systems searched the web on the day; here the articles are those found for the questions of the file.",
    (
        "What was published after the quiz day is kept from onrecord; the plain rivals see it all the same. Without "
        "briefs means that they are not in the index at all."
    ),
    "As in published generation no choices are shown; a choice is made from the answer and the passages afterwards.",
)


def run(setting: Setting) -> Result:
    """Generation and choice without the briefs and with them, and how well the briefs are found."""
    rows = list(read_rows(setting.data / QUESTIONS))
    articles = [article_of(row) for row in read_rows(setting.data / ARTICLES)]
    briefs = [article for article in articles if article.id.startswith(BRIEF)]
    plain = [article for article in articles if not article.id.startswith(BRIEF)]
    kept = [rows[at] for at in chosen([row["date"] for row in rows], setting)]
    cases: list[Case] = []
    with setting.open(plain) as bench:
        bench.remove([article.id for article in briefs])  # a kept index may hold those of an earlier run
        for name, asker in systems(bench, plain, setting):
            cases += _cases(f"{name}{WITHOUT}", asker, bench, kept, setting)
        bench.add(briefs)
        for name, asker in systems(bench, plain, replace(setting, baselines=False)):
            cases += _cases(f"{name}{WITH}", asker, bench, kept, setting)
    return Result("realtimeqa", measured(cases, measure), tuple(cases), PUBLISHED, DIFFERS)


def measure(cases: Sequence[Case]) -> list[Row]:
    """What one system reached; a group is the quiz of one day."""
    groups = [case.group for case in cases]
    shorts = [case.asked.answer.short if case.asked.answer else None for case in cases]
    f1 = [word_f1(short, [case.gold]) for short, case in zip(shorts, cases, strict=True)]
    held = [float(holds(short, case.gold)) for short, case in zip(shorts, cases, strict=True)]
    given = [float(verdict_of(case) is not Verdict.UNKNOWN) for case in cases]
    target = 0.25 if cases[0].system == f"{OURS}{WITH}" else None
    picked = [float(case.more["chose"] == case.more["answer"]) for case in cases]
    rows: list[tuple[str, Interval | None, float | None]] = [
        ("word F1 of short", mean_interval(f1, groups), target),
        ("exact", mean_interval([exact(s, [case.gold]) for s, case in zip(shorts, cases, strict=True)], groups), None),
        ("answer stands in short", mean_interval(held, groups), None),
        ("left unknown", mean_interval([1 - one for one in given], groups), None),
        ("answer not in short, when answered", among([1 - one for one in held], given, groups), None),
        (
            "choice of four",
            mean_interval(picked, groups),
            None,
        ),
        ("choice, none of the above", mean_interval([float(case.more["nota_right"]) for case in cases], groups), None),
    ]
    rows += [(f"brief found at {k}", _found(cases, "brief_rank", k), 0.70 if k == 4 else None) for k in SEEN]
    rows += [(f"brief found at {k}, no day given", _found(cases, "brief_rank_undated", k), None) for k in SEEN]
    rows += [(f"answer in a passage at {k}", _found(cases, "answer_rank", k), None) for k in SEEN]
    return rows_of(cases, rows)


def choose(choices: Sequence[str], short: str | None, passages: Sequence[str]) -> int | None:
    """The choice that the answer names, else the one that the passages name most and earliest; None where none does.

    Naming in `short` counts 2, a passage at rank r counts 1 / r; the first of equals wins.
    """
    scores = [
        2.0 * holds(short, choice) + sum(holds(text, choice) / rank for rank, text in enumerate(passages, start=1))
        for choice in choices
    ]
    return max(range(len(choices)), key=lambda at: (scores[at], -at)) if max(scores) > 0 else None


def _cases(name: str, asker: Asker, bench: Bench, rows: Sequence[Json], setting: Setting) -> list[Case]:
    outcomes = ask(asker, [Call(row["question"], row["date"]) for row in rows], setting)
    searched = bench if name.startswith(OURS) else None
    return [_case(name, row, asked, searched) for row, asked in zip(rows, outcomes, strict=True)]


def _case(system: str, row: Json, asked: Asked, bench: Bench | None) -> Case:
    day = date.fromisoformat(row["date"])
    hits = bench.search(row["question"], max(SEEN), Filters(known_by=row["date"]), day) if bench else []
    undated = bench.search(row["question"], max(SEEN)) if bench else []
    texts = [hit.passage.text for hit in hits]
    short, gold = (asked.answer.short if asked.answer else None), row["answer_text"]
    others = [choice for choice in row["nota_choices"] if choice != NONE]
    named = choose(others, short, texts[:4])
    nota = row["nota_choices"].index(NONE) if named is None else row["nota_choices"].index(others[named])
    more: Json = {"choices": row["choices"], "answer": row["answer"], "chose": choose(row["choices"], short, texts)}
    more |= {"nota_right": str(nota) in row["nota_answer"], "date": row["date"]}
    if bench:
        more["answer_rank"] = next((rank for rank, text in enumerate(texts, start=1) if holds(text, gold)), None)
        if system.endswith(WITH):
            more["brief_rank"] = _place(BRIEF + row["id"], hits)
            more["brief_rank_undated"] = _place(BRIEF + row["id"], undated)
    return Case(system, row["id"], row["question"], gold, short or "", holds(short, gold), asked, row["date"], more)


def _place(article: str, hits: Sequence[Hit]) -> int | None:
    """Which hit, counted from 1, is of that article; None where none is."""
    return next((rank for rank, hit in enumerate(hits, start=1) if hit.passage.article_id == article), None)


def _found(cases: Sequence[Case], rank: str, k: int) -> Interval | None:
    some = [case for case in cases if rank in case.more]
    tops = [float(case.more[rank] is not None and case.more[rank] <= k) for case in some]
    return ratio_interval(tops, [1.0] * len(some), [case.group for case in some])
