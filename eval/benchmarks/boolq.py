"""BoolQ: yes/no questions that people typed, each with the Wikipedia passage that answers it (Clark et al. 2019).

Each passage is an article, and a question is asked of its own passage. A group is a passage.
"""

from pathlib import Path

from eval.asking import Asked, Call
from eval.benchmarks.argus import measure
from eval.benchmarks.baselines import Always
from eval.benchmarks.common import Case, Json, Published, Result, Setting, ask, measured, read_rows, unseen
from eval.benchmarks.rivals import systems
from eval.training.rows import stance_part
from index.filters import Filters
from index.types import Article
from rag.types import Verdict

FILE = Path("reading") / "boolq.jsonl.gz"

_PAPER = "Clark et al. 2019, NAACL, arXiv:1905.10044"
PUBLISHED = (
    Published("people", "accuracy", "0.90", _PAPER),
    Published("BERT large, MultiNLI first", "accuracy", "0.804", _PAPER),
    Published("majority", "accuracy", "0.622", _PAPER),
)
DIFFERS = (
    "Published systems were trained on 9,427 questions of the set, and their figures are on another part of it.",
    "onrecord's stance head learned from 2,152 of these rows; only the others are asked.",
)


def run(setting: Setting) -> Result:
    """Accuracy of `lean` and of verdicts on the chosen questions, for onrecord and the baselines."""
    rows = list(read_rows(setting.data / FILE))
    kept = unseen(rows, [stance_part(f"boolq {row['passage']}") for row in rows], setting)
    ids = {passage: f"p{at}" for at, passage in enumerate(dict.fromkeys(row["passage"] for row in kept))}
    articles = [Article(id=id, text=passage) for passage, id in ids.items()]
    calls = [Call(asked_as(row["question"]), filters=Filters(articles=(ids[row["passage"]],))) for row in kept]
    cases: list[Case] = []
    with setting.open(articles) as bench:
        majority = [("always yes", Always(Verdict.YES))] if setting.baselines else []
        for name, asker in (*systems(bench, articles, setting), *majority):
            outcomes = ask(asker, calls, setting)
            cases += [_case(name, row, asked, ids[row["passage"]]) for row, asked in zip(kept, outcomes, strict=True)]
    return Result("boolq", measured(cases, measure), tuple(cases), PUBLISHED, DIFFERS)


def asked_as(question: str) -> str:
    """The question as people write one: capital first, question mark last."""
    return f"{question[:1].upper()}{question[1:].rstrip(' ?')}?"


def _case(system: str, row: Json, asked: Asked, passage: str) -> Case:
    lean = asked.answer.lean if asked.answer else None
    said = "nothing" if lean is None else "yes" if lean >= 0.5 else "no"
    more: Json = {"passage": row["passage"]}
    return Case(system, passage, row["question"], row["answer"], said, said == row["answer"], asked, passage, more)
