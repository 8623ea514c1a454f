"""SQuAD 2.0: the words of a passage that answer a question, or that it has no answer (Rajpurkar et al. 2018).

Each passage is an article, and a question is asked of its own passage. A group is a passage. The reading head learned
from part of the set, so that no row of its training is ever asked: the half to report is the topics that training set
aside before anything else, the half to tune on those that calibrated the head.
"""

from collections.abc import Sequence
from pathlib import Path

from eval.asking import Asked, Call
from eval.benchmarks.common import (
    Case,
    Json,
    Published,
    Result,
    Row,
    Setting,
    among,
    ask,
    measured,
    read_rows,
    rows_of,
    unseen,
    verdict_of,
)
from eval.benchmarks.rivals import systems
from eval.calibration import auc
from eval.intervals import Interval, mean_interval, statistic_interval
from eval.training.rows import topic_parts
from eval.wording import overlap_f1, squad_normalise
from index.filters import Filters
from index.types import Article
from rag.types import Verdict

FILE = Path("reading") / "squad2.train.jsonl.gz"

_PAPER = "Rajpurkar et al. 2018, ACL, arXiv:1806.03822"
PUBLISHED = (
    Published("people", "F1", "0.895", _PAPER),
    Published("DocQA with ELMo", "F1", "0.663", _PAPER),
)
DIFFERS = (
    (
        "Published systems were trained on 130,319 questions. The reading head was trained on a few thousand of them "
        "and on SQuADShifts, as `rag/weights/README.md` says; no row here is of a topic that it saw."
    ),
    "Which of its trainings were averaged was decided with a look at the topics of the report half.",
    "Published figures are on the hidden test part; these topics are few, and no interval covers which they are.",
    (
        "Published systems read the passage alone. Here it is an article that the whole engine answers from, with the "
        "rules and thresholds that serve news."
    ),
)


def run(setting: Setting) -> Result:
    """Official exact match and F1 on the chosen questions, for onrecord and the baselines."""
    rows = list(read_rows(setting.data / FILE))
    parts = topic_parts(row["topic"] for row in rows)
    kept = unseen(rows, [parts[row["topic"]] for row in rows], setting)
    passages = list(dict.fromkeys(row["passage"] for row in kept))
    ids = {passage: f"p{at}" for at, passage in enumerate(passages)}
    articles = [Article(id=id, text=passage) for passage, id in ids.items()]
    calls = [Call(row["question"], filters=Filters(articles=(ids[row["passage"]],))) for row in kept]
    cases: list[Case] = []
    with setting.open(articles) as bench:
        for name, asker in systems(bench, articles, setting):
            outcomes = ask(asker, calls, setting)
            cases += [_case(name, row, asked, ids[row["passage"]]) for row, asked in zip(kept, outcomes, strict=True)]
    return Result("squad2", measured(cases, measure), tuple(cases), PUBLISHED, DIFFERS)


def official_exact(said: str, answers: Sequence[str]) -> float:
    """SQuAD 2.0's exact match: equal to a gold answer once normalised; the answer to none is the empty text."""
    return float(squad_normalise(said) in {squad_normalise(answer) for answer in answers or [""]})


def official_f1(said: str, answers: Sequence[str]) -> float:
    """SQuAD 2.0's F1: the best word F1 with a gold answer, 1 or 0 where either is empty."""
    words = squad_normalise(said).split()
    return max(overlap_f1(words, squad_normalise(answer).split()) for answer in answers or [""])


def measure(cases: Sequence[Case]) -> list[Row]:
    """What one system reached."""
    groups = [case.group for case in cases]
    exacts = [official_exact(case.said, case.more["answers"]) for case in cases]
    f1 = [official_f1(case.said, case.more["answers"]) for case in cases]
    can = [float(bool(case.more["answers"])) for case in cases]
    cannot = [1 - one for one in can]
    sure = [_surety(case) for case in cases]
    rows: list[tuple[str, Interval | None, float | None]] = [
        ("exact, abstention counted", mean_interval(exacts, groups), None),
        ("F1, abstention counted", mean_interval(f1, groups), 0.62),
        ("F1 of answerable", among(f1, can, groups), 0.74),
        ("exact of answerable", among(exacts, can, groups), None),
        ("unanswerable left unanswered", among(exacts, cannot, groups), None),
        ("AUC, answerable or not", statistic_interval(lambda weights: auc(sure, can, weights), groups), 0.72),
    ]
    return rows_of(cases, rows)


def said_by(asked: Asked) -> str:
    """The answer as SQuAD wants it: the short answer, "yes" or "no", or the empty text for none."""
    answer = asked.answer
    if answer is None or answer.verdict is Verdict.UNKNOWN:
        return ""
    return answer.short or (str(answer.verdict) if answer.verdict in (Verdict.YES, Verdict.NO) else answer.text)


def _surety(case: Case) -> float:
    """How sure the system is that there is an answer: its confidence, or what an `unknown` leaves of it."""
    answer = case.asked.answer
    if answer is None:
        return 0.0
    return -answer.confidence if verdict_of(case) is Verdict.UNKNOWN else answer.confidence


def _case(system: str, row: Json, asked: Asked, passage: str) -> Case:
    answers = [answer["text"] for answer in row["answers"]]
    said = said_by(asked)
    gold = answers[0] if answers else ""
    more: Json = {"answers": answers, "passage": row["passage"], "topic": row["topic"]}
    right = official_exact(said, answers) == 1
    return Case(system, f"{passage}: {row['question']}", row["question"], gold, said, right, asked, passage, more)
