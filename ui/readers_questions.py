"""What readers thought of answers, as questions of an evaluation set."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from eval.questions import Kind, part_of
from eval.starter import EDIT
from rag.types import Answer, Citation, Verdict
from ui.memory import Feedback
from ui.plain import one_line

_MARKERS = re.compile(r"\s*\[\d{1,3}\]")
_KINDS = {
    Verdict.YES: Kind.CLAIM,
    Verdict.NO: Kind.CLAIM,
    Verdict.DISPUTED: Kind.CONFLICT,
    Verdict.ANSWERED: Kind.FACT,
    Verdict.UNKNOWN: Kind.UNANSWERABLE,
}


def append_questions(path: Path, feedback: Sequence[Feedback], articles: Mapping[str, str]) -> int:
    """How many questions were added to the set at `path`; `articles` are the texts by id that quotes must stand in."""
    rows = list(reader_rows(feedback, articles))
    with path.open("a", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    return len(rows)


def reader_rows(feedback: Sequence[Feedback], articles: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """A row for each question, as its last reader rated it.

    An answer that was found right is the truth from now on, with its citations as gold. One that was found wrong,
    or whose quotes no longer stand in the articles, is marked for a person to give the right answer.
    """
    last = {(said.history, said.question.casefold()): said for said in feedback}
    for number, said in enumerate(last.values(), start=1):
        fact = f"reader-{number}"
        row: dict[str, Any] = {"id": fact, "fact": fact, "part": str(part_of(fact)), "question": said.question}
        truth = _truth(said.answer, articles) if said.rating.good else None
        if truth is None:
            row |= {"question": _to_mend(said), "kind": str(Kind.UNANSWERABLE), "verdict": str(Verdict.UNKNOWN)}
        else:
            row |= {"kind": str(_KINDS[said.answer.verdict]), "verdict": str(said.answer.verdict)}
        if said.history:
            row |= {"kind": str(Kind.FOLLOW_UP), "history": list(said.history)}
        yield row | (truth or {})


def _truth(answer: Answer, articles: Mapping[str, str]) -> dict[str, Any] | None:
    """What a right answer holds; None where the articles do not back it any more."""
    cited = [citation for citation in answer.citations if citation.quote in articles.get(citation.article.id, "")]
    if answer.verdict is Verdict.UNKNOWN:
        return {}
    if not cited:
        return None
    gold = {"gold": [_quote(citation, answer) for citation in cited]}
    if answer.verdict is Verdict.ANSWERED:
        gold["accepted"] = [one_line(answer.short or _MARKERS.sub("", answer.text))]
    return gold


def _quote(citation: Citation, answer: Answer) -> Any:
    need = str(citation.stance) if answer.verdict is Verdict.DISPUTED else ""
    return {"article": citation.article.id, "quote": citation.quote, "need": need}


def _to_mend(said: Feedback) -> str:
    thought = "was found right, but what it cites has changed" if said.rating.good else "was found wrong"
    reason = f": {said.rating.reason}" if said.rating.reason else ""
    return f"{EDIT}{said.question} [the answer {str(said.answer.verdict)!r} {thought}{reason}]"
