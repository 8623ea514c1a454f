"""MultiHop-RAG: questions that need two to four news articles, or that none answers (Tang & Yang 2024).

The articles hold the evidence sentences and nothing else ("gold facts"). Questions that share a fact form one group.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from eval.asking import Asked, Call, Searcher
from eval.benchmarks.baselines import Always
from eval.benchmarks.common import (
    Case,
    Json,
    Published,
    Result,
    Row,
    Setting,
    among,
    ask,
    chosen,
    linked,
    measured,
    plain_text,
    read_rows,
    rows_of,
    verdict_of,
)
from eval.benchmarks.rivals import systems
from eval.intervals import Interval, Numbers, mean_interval, ratio_interval, statistic_interval
from eval.ranking import recall_at
from eval.wording import holds
from index.types import Article
from rag.types import Verdict

ARTICLES = Path("multihop") / "articles.jsonl"
QUESTIONS = Path("multihop") / "questions.dev.jsonl"
CLASSES = ("yes", "no", "entity", "null")
NULL = "Insufficient information."

_PAPER = "Tang & Yang 2024, arXiv:2401.15391"
PUBLISHED = (
    Published("GPT-4, gold evidence", "accuracy", "0.89", _PAPER),
    Published("GPT-4, retrieved passages", "accuracy", "0.56", _PAPER),
    Published("Mixtral-8x7B, gold evidence", "accuracy", "0.36", _PAPER),
    Published("Llama-2-70b, gold evidence", "accuracy", "0.32", _PAPER),
    Published("best embedding with reranker", "Hits@10", "0.747", _PAPER),
)
DIFFERS = (
    (
        "Published answers were given over whole articles (retrieved) or over the question's own evidence (gold); here "
        "every question is asked over the evidence sentences of all 326 articles."
    ),
    (
        "The original rule calls an answer right when it shares one word with the gold answer; ours wants the verdict, "
        "or the entity as whole words in `short`, and weighs the four classes alike."
    ),
)


def run(setting: Setting) -> Result:
    """Balanced accuracy, the benchmark's own scores and retrieval, for onrecord and the baselines."""
    rows = list(read_rows(setting.data / QUESTIONS))
    articles = [article_of(row) for row in read_rows(setting.data / ARTICLES)]
    groups = linked([row["facts"] for row in rows])
    kept = chosen(groups, setting)
    calls = [Call(rows[at]["question"]) for at in kept]
    cases: list[Case] = []
    found: list[Row] = []
    with setting.open(articles) as bench:
        always = [("always yes", Always(Verdict.YES))] if setting.baselines else []
        for name, asker in (*systems(bench, articles, setting), *always):
            outcomes = ask(asker, calls, setting)
            cases += [_case(name, rows[at], asked, groups[at]) for at, asked in zip(kept, outcomes, strict=True)]
        found = retrieval(bench, [rows[at] for at in kept], [groups[at] for at in kept])
    return Result("multihop", (*measured(cases, measure), *found), tuple(cases), PUBLISHED, DIFFERS)


def article_of(row: Json) -> Article:
    """An article with the metadata that the file gives."""
    names = ("id", "title", "text", "publisher", "author", "published", "url")
    fields = {name: row[name] for name in names if row.get(name)}
    article = Article(**fields)
    return replace(article, published_from="data set") if article.published else article


def class_of(gold: str) -> str:
    """Which of the four classes a gold answer belongs to; everything but yes, no and null is an entity."""
    return "null" if gold == NULL else gold.lower() if gold.lower() in {"yes", "no"} else "entity"


def is_right(gold: str, asked: Asked) -> bool:
    """Our rule: the verdict for yes, no and null; for an entity, it stands in `short` as whole words."""
    answer = asked.answer
    if answer is None:
        return False
    if (kind := class_of(gold)) == "entity":
        return answer.verdict is not Verdict.UNKNOWN and holds(answer.short, gold)
    return answer.verdict == {"yes": Verdict.YES, "no": Verdict.NO, "null": Verdict.UNKNOWN}[kind]


def shares_a_word(gold: str, said: str) -> bool:
    """The benchmark's own rule (its qa_evaluate.py): one word in common, by spaces, lower-cased."""
    return bool(set(said.lower().split()) & set(gold.lower().split()))


def measure(cases: Sequence[Case]) -> list[Row]:
    """What one system reached."""
    groups = [case.group for case in cases]
    classes = [class_of(case.gold) for case in cases]
    right = np.array([float(case.right) for case in cases])
    own = [float(shares_a_word(case.gold, case.more["their_said"])) for case in cases]
    known = [float(verdict_of(case) is not Verdict.UNKNOWN) for case in cases]
    wrong = [float(not case.right) * given for case, given in zip(cases, known, strict=True)]

    def balanced(weights: Numbers) -> float:
        present = [kind for kind in CLASSES if kind in classes]
        return float(np.mean([_share(right, weights * np.array([kind == of for of in classes])) for kind in present]))

    rows: list[tuple[str, Interval | None, float | None]] = [
        ("balanced accuracy over yes, no, entity, null", statistic_interval(balanced, groups), 0.45)
    ]
    for kind in CLASSES:
        which = [float(kind == of) for of in classes]
        label = "null answered unknown" if kind == "null" else f"right among {kind}"
        rows.append((label, among(list(right), which, groups), 0.80 if kind == "null" else None))
    rows += [
        ("accuracy", mean_interval(list(right), groups), None),
        ("wrong when answered", ratio_interval(wrong, known, groups), None),
        ("accuracy by MultiHop-RAG's own rule", mean_interval(own, groups), None),
    ]
    return rows_of(cases, rows)


def retrieval(searcher: Searcher, rows: Sequence[Json], groups: Sequence[int]) -> list[Row]:
    """The benchmark's own retrieval scores over questions that have facts, and the share of facts found at 10."""
    some = [at for at, row in enumerate(rows) if row["facts"]]
    texts = [[hit.passage.text for hit in searcher.search(rows[at]["question"], k=10)] for at in some]
    facts = [rows[at]["facts"] for at in some]
    live = [groups[at] for at in some]
    scores = [their_retrieval(found, wanted) for found, wanted in zip(texts, facts, strict=True)]
    measures = {measure: [score[measure] for score in scores] for measure in (scores[0] if scores else {})}
    measures["facts found at 10"] = [
        recall_at([held(text, wanted) for text in found], len(set(wanted)), 10)
        for found, wanted in zip(texts, facts, strict=True)
    ]
    intervals = {measure: mean_interval(values, live) for measure, values in measures.items()}
    return [Row("onrecord", measure, interval) for measure, interval in intervals.items() if interval]


def their_retrieval(found: Sequence[str], facts: Sequence[str]) -> dict[str, float]:
    """Hits@4, Hits@10, MAP@10 and MRR@10 as the benchmark's retrieval_evaluate.py counts them.

    A passage holds a fact when its text does, spaces aside. Its average precision adds, at each rank, the facts that
    are new there over the rank, and divides by the number of facts; ours in `eval.ranking` counts all found so far.
    """
    seen: set[str] = set()
    precision, first = 0.0, 0
    for rank, text in enumerate(found[:10], start=1):
        facts_here = held(text, facts)
        first = first or (rank if facts_here else 0)
        precision += len(facts_here - seen) / rank
        seen |= facts_here
    return {
        "Hits@4": float(0 < first <= 4),
        "Hits@10": float(first > 0),
        "MAP@10": precision / min(len(facts), 10),
        "MRR@10": 1 / first if first else 0.0,
    }


def held(text: str, facts: Sequence[str]) -> set[str]:
    """The facts that stand in the text, spaces and line ends aside."""
    squeezed = _squeezed(text)
    return {fact for fact in facts if _squeezed(fact) in squeezed}


def _case(system: str, row: Json, asked: Asked, group: int) -> Case:
    said = plain_text(asked.answer)
    theirs = NULL if said == "unknown" else said
    more = {name: row[name] for name in ("type", "facts", "publishers")} | {"their_said": theirs, "group": group}
    right = is_right(row["answer"], asked)
    return Case(system, row["id"], row["question"], row["answer"], said, right, asked, group, more)


def _share(right: Numbers, weights: Numbers) -> float:
    return float((right * weights).sum() / weights.sum()) if weights.sum() else float("nan")


def _squeezed(text: str) -> str:
    return text.replace(" ", "").replace("\n", "")
