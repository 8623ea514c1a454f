"""FNC-1: the stance of a news article towards a headline, which may be another article's (Fake News Challenge 2017).

The headline is asked as a question of that one article: yes is support, no is refutation, disputed or only hedged
statements are discussion, unknown is unrelated. Pairs on one article form one group.
"""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import numpy as np

from eval.asking import Asked, Call
from eval.benchmarks.baselines import Always
from eval.benchmarks.common import (
    Case,
    Json,
    Published,
    Result,
    Row,
    Setting,
    ask,
    measured,
    read_rows,
    rows_of,
    unseen,
)
from eval.benchmarks.rivals import systems
from eval.intervals import Interval, Numbers, mean_interval, statistic_interval
from eval.training.rows import story_parts
from index.filters import Filters
from index.types import Article
from rag.types import Verdict

ARTICLES = Path("stance") / "fnc1.articles.jsonl.gz"
PAIRS = Path("stance") / "fnc1.pairs.jsonl.gz"
CLASSES = ("supports", "refutes", "neutral", "unrelated")

_PAPER = "Hanselowski et al. 2018, COLING, arXiv:1806.05180"
PUBLISHED = (
    Published("Athene", "macro F1; F1 of disagree", "0.604; 0.151", _PAPER),
    Published("UCL Machine Reading", "macro F1; F1 of disagree", "0.583; 0.114", _PAPER),
    Published("Talos Intelligence", "macro F1; F1 of disagree", "0.582; 0.035", _PAPER),
)
DIFFERS = (
    "Published systems were trained on 49,972 pairs of the same four classes; onrecord answers a question about the "
    "headline, and has never seen the class 'discusses'.",
    "onrecord's stance head learned from part of these pairs; only pairs of other stories are asked.",
    "'always unknown' is 'always unrelated' here.",
)


def run(setting: Setting) -> Result:
    """Stances of the chosen pairs, for onrecord and for one class always."""
    pairs = list(read_rows(setting.data / PAIRS))
    parts = story_parts(setting.data)
    kept = unseen(pairs, [parts.get((pair["claim"], pair["body"])) for pair in pairs], setting)
    needed = {pair["body"] for pair in kept}
    articles = [
        Article(id=row["body"], text=row["text"]) for row in read_rows(setting.data / ARTICLES) if row["body"] in needed
    ]
    calls = [Call(f"Is it true that {pair['claim']}?", filters=Filters(articles=(pair["body"],))) for pair in kept]
    cases: list[Case] = []
    with setting.open(articles) as bench:
        always = [("always supports", Always(Verdict.YES))] if setting.baselines else []
        for name, asker in (*systems(bench, articles, setting), *always):
            outcomes = ask(asker, calls, setting)
            cases += [_case(name, pair, asked) for pair, asked in zip(kept, outcomes, strict=True)]
    return Result("fnc1", measured(cases, measure), tuple(cases), PUBLISHED, DIFFERS)


def stance_of(asked: Asked) -> str:
    """The class that an answer stands for; a crash says nothing, which is unrelated."""
    answer = asked.answer
    if answer is None or answer.verdict is Verdict.UNKNOWN:
        return "unrelated"
    if answer.verdict is Verdict.NO:
        return "refutes"
    if answer.verdict is Verdict.YES and not (answer.citations and all(item.hedged for item in answer.citations)):
        return "supports"
    return "neutral"


def official_score(golds: Sequence[str], said: Sequence[str], weights: Numbers | None = None) -> float:
    """FNC-1's relative score: 0.25 for related or not, 0.75 for the stance of a related pair, over the most."""
    weight = np.ones(len(golds)) if weights is None else weights
    points, most = 0.0, 0.0
    for gold, one, factor in zip(golds, said, weight, strict=True):
        related = gold != "unrelated"
        most += factor * (1.0 if related else 0.25)
        points += factor * (0.25 * (related == (one != "unrelated")) + 0.75 * (related and gold == one))
    return points / most if most else float("nan")


def class_f1(kind: str, golds: Sequence[str], said: Sequence[str], weights: Numbers) -> float:
    """F1 of one class, 2·TP / (said + gold); nan where it neither is nor is said."""
    gold, one = np.array([item == kind for item in golds]), np.array([item == kind for item in said])
    both = 2 * float(weights @ (gold & one))
    total = float(weights @ gold) + float(weights @ one)
    return both / total if total else float("nan")


def measure(cases: Sequence[Case]) -> list[Row]:
    """What one system reached."""
    groups = [case.group for case in cases]
    golds, said = [case.gold for case in cases], [case.said for case in cases]
    refuting = np.array([float(gold == "refutes") for gold in golds])
    caught = refuting * np.array([float(case.right) for case in cases])

    def macro(weights: Numbers) -> float:
        return float(np.mean([class_f1(kind, golds, said, weights) for kind in CLASSES]))

    def recall(weights: Numbers) -> float:
        return float(weights @ caught / (weights @ refuting)) if weights @ refuting else float("nan")

    rows: list[tuple[str, Interval | None, float | None]] = [
        ("recall of refutes", statistic_interval(recall, groups), 0.35),
        ("macro F1", statistic_interval(macro, groups), 0.50),
        ("official score", statistic_interval(lambda weights: official_score(golds, said, weights), groups), None),
        ("accuracy", mean_interval([float(case.right) for case in cases], groups), None),
    ]
    for kind in CLASSES:
        rows.append((f"F1 of {kind}", statistic_interval(partial(class_f1, kind, golds, said), groups), None))
    return rows_of(cases, rows)


def _case(system: str, pair: Json, asked: Asked) -> Case:
    said = stance_of(asked)
    name = f"{pair['body']}: {pair['claim']}"
    return Case(system, name, pair["claim"], pair["label"], said, said == pair["label"], asked, pair["body"])
