"""Argus: yes/no questions on news events, each with the news sentences found for it (Baudiš et al. 2016).

Each sentence is an article of one sentence, and a question sees its own only. Questions that share a sentence turn on
the same events, so they form one group: a half and a bootstrap draw take a group whole.
"""

from collections.abc import Sequence
from pathlib import Path

from eval.asking import Asked, Call
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
    read_rows,
    rows_of,
    verdict_of,
)
from eval.benchmarks.rivals import systems
from eval.calibration import auc, brier, calibration_error
from eval.intervals import Interval, mean_interval, ratio_interval, statistic_interval
from index.filters import Filters
from index.types import Article
from rag.types import Verdict

FILE = Path("argus") / "questions.dev.jsonl"
COVERAGE = 0.6

_PAPER = "Baudiš, Stanko & Šedivý 2016, arXiv:1605.04655, and the table of brmson/dataset-sts data/hypev/argus"
PUBLISHED = (
    Published("Ubuntu-pretrained RNN with evidence MLP", "accuracy", "0.852 ±0.008", _PAPER),
    Published("RNN", "accuracy", "0.823 ±0.008", _PAPER),
    Published("averaged word vectors", "accuracy", "0.744 ±0.020", _PAPER),
)
DIFFERS = (
    (
        "Published systems were trained on questions about the same events as their test part; "
        "here the tune and report halves share no event."
    ),
    "Their test part is another one than the rows here.",
)


def run(setting: Setting) -> Result:
    """Accuracy of `lean` and of verdicts on the chosen questions, for onrecord and the baselines."""
    rows = list(read_rows(setting.data / FILE))
    groups = linked([row["sentences"] for row in rows])
    kept = chosen(groups, setting)
    articles = [article for at in kept for article in articles_of(rows[at], at)]
    calls = [Call(rows[at]["question"], filters=Filters(articles=_ids(rows[at], at))) for at in kept]
    cases: list[Case] = []
    with setting.open(articles) as bench:
        majority = [("always no", Always(Verdict.NO))] if setting.baselines else []
        for name, asker in (*systems(bench, articles, setting), *majority):
            outcomes = ask(asker, calls, setting)
            cases += [_case(name, at, rows[at], asked, groups[at]) for at, asked in zip(kept, outcomes, strict=True)]
    return Result("argus", measured(cases, measure), tuple(cases), PUBLISHED, DIFFERS)


def articles_of(row: Json, number: int) -> list[Article]:
    """One article for each of the question's sentences; all that is known of it is its text."""
    return [Article(id=id, text=text) for id, text in zip(_ids(row, number), row["sentences"], strict=True)]


def measure(cases: Sequence[Case]) -> list[Row]:
    """What one system reached."""
    groups = [case.group for case in cases]
    leans = [_lean(case) for case in cases]
    golds = [float(case.gold == "yes") for case in cases]
    right = [float(case.right) for case in cases]
    answered = [float(verdict_of(case) in (Verdict.YES, Verdict.NO)) for case in cases]
    well = [a * float(str(verdict_of(case)) == case.gold) for a, case in zip(answered, cases, strict=True)]
    sure = surest([abs(lean - 0.5) for lean in leans], COVERAGE)
    rows: list[tuple[str, Interval | None, float | None]] = [
        ("accuracy of lean at 0.5", mean_interval(right, groups), 0.70),
        ("same, of yes", among(right, golds, groups), None),
        ("same, of no", among(right, [1 - gold for gold in golds], groups), None),
        (f"same, surest {COVERAGE:.0%}", among(right, sure, groups), 0.80),
        ("share decided yes or no", mean_interval(answered, groups), None),
        ("accuracy when decided", ratio_interval(well, answered, groups), None),
        ("AUC of lean", statistic_interval(lambda weights: auc(leans, golds, weights), groups), None),
        ("Brier score of lean", mean_interval(brier(leans, golds), groups), None),
        ("calibration error of lean", statistic_interval(lambda w: calibration_error(leans, golds, w), groups), None),
    ]
    return rows_of(cases, rows)


def surest(certainties: Sequence[float], share: float) -> list[float]:
    """1 for the given share of rows that are surest, 0 for the rest; earlier rows win ties."""
    count = round(share * len(certainties))
    order = sorted(range(len(certainties)), key=lambda at: -certainties[at])
    return [float(at in set(order[:count])) for at in range(len(certainties))]


def _case(system: str, number: int, row: Json, asked: Asked, group: int) -> Case:
    lean = asked.answer.lean if asked.answer else None
    said = "nothing" if lean is None else "yes" if lean >= 0.5 else "no"
    more = {"sentences": len(row["sentences"]), "group": group}
    return Case(system, f"q{number}", row["question"], row["answer"], said, said == row["answer"], asked, group, more)


def _ids(row: Json, number: int) -> tuple[str, ...]:
    return tuple(f"q{number}-s{at}" for at in range(len(row["sentences"])))


def _lean(case: Case) -> float:
    """The lean given; 0.5 stands in for a missing one, which counts as wrong besides."""
    answer = case.asked.answer
    return 0.5 if answer is None or answer.lean is None else answer.lean
