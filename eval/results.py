"""One examined question: how it came out, what it scored, and what is needed to see why."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from eval.answering import answer_right, faults_of, yes_or_no
from eval.asking import Asked
from eval.citing import needs_held, needs_met, on_gold
from eval.metrics import score_answer, score_hits
from eval.questions import Gold, Kind, Part, Question
from eval.scores import Score, Texts
from index.types import Hit
from rag.types import Verdict

Json: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One question and its outcome, in a form that is written to a file and read back.

    `key` and `group` stand for the question and its fact without giving them away; `detail` says all, and is None
    for a sealed question in a file that must not show it. `lean` and `truth` are given where the one accepted verdict
    is yes (1) or no (0). `verdict` is None after a crash or time-out.
    """

    key: str
    part: Part
    kind: Kind
    group: str
    gold: Verdict
    verdict: Verdict | None
    right: bool
    confidence: float
    lean: float | None
    truth: float | None
    scores: Mapping[str, Score]
    seconds: float
    detail: Json | None = None

    @property
    def answered(self) -> bool:
        """Whether an answer was given; a crash counts as one, a wrong one."""
        return self.verdict is not Verdict.UNKNOWN

    def sealed(self) -> "Result":
        """The same without its detail if it belongs to the sealed half."""
        return replace(self, detail=None) if self.part is Part.SEALED else self

    def to_dict(self) -> Json:
        """One line of a report's questions file; `seconds` is the only thing in it that differs between two runs."""
        return {
            "key": self.key,
            "part": str(self.part),
            "kind": str(self.kind),
            "group": self.group,
            "gold": str(self.gold),
            "verdict": None if self.verdict is None else str(self.verdict),
            "right": self.right,
            "confidence": self.confidence,
            "lean": self.lean,
            "truth": self.truth,
            "scores": {name: list(pair) for name, pair in self.scores.items()},
            "seconds": self.seconds,
            "detail": self.detail,
        }

    @classmethod
    def from_dict(cls, row: Json) -> "Result":
        """The result that `to_dict` wrote. Raises KeyError or ValueError for anything else."""
        return cls(
            key=row["key"],
            part=Part(row["part"]),
            kind=Kind(row["kind"]),
            group=row["group"],
            gold=Verdict(row["gold"]),
            verdict=None if row["verdict"] is None else Verdict(row["verdict"]),
            right=row["right"],
            confidence=row["confidence"],
            lean=row["lean"],
            truth=row["truth"],
            scores={name: (top, bottom) for name, (top, bottom) in row["scores"].items()},
            seconds=row["seconds"],
            detail=row["detail"],
        )


def judge(question: Question, asked: Asked, hits: Sequence[Hit], texts: Texts) -> Result:
    """What came of a question, from the outcome of asking and the passages that the search alone finds."""
    answer = asked.answer
    truth = yes_or_no(question)
    return Result(
        key=key_of(question),
        part=question.part,
        kind=question.kind,
        group=_digest(question.fact),
        gold=question.verdict[0],
        verdict=answer.verdict if answer else None,
        right=bool(answer_right(question, answer, texts)[0]),
        confidence=answer.confidence if answer else 1.0,
        lean=None if truth is None or answer is None else answer.lean,
        truth=truth,
        scores=score_answer(question, answer, texts) | score_hits(question, hits, texts),
        seconds=round(asked.seconds, 4),
        detail=_detail(question, asked, hits, texts),
    )


def key_of(question: Question) -> str:
    """Twelve hex digits over all that the question says and wants: an edited question is another one."""
    return _digest(json.dumps(question_dict(question), sort_keys=True, ensure_ascii=False))


def question_dict(question: Question) -> Json:
    """A question with its truth as JSON."""
    return {
        "id": question.id,
        "question": question.question,
        "history": list(question.history),
        "as_of": question.as_of,
        "fact": question.fact,
        "verdict": [str(verdict) for verdict in question.verdict],
        "accepted": list(question.accepted),
        "must": [list(group) for group in question.must],
        "must_not": list(question.must_not),
        "gold": [_gold_dict(gold) for gold in question.gold],
        "closest": [_gold_dict(gold) for gold in question.closest],
    }


def _detail(question: Question, asked: Asked, hits: Sequence[Hit], texts: Texts) -> Json:
    answer = asked.answer
    said = answer.to_dict() if answer else None
    if said:
        del said["seconds"]  # else two runs would differ
    met = needs_met(question, answer, texts)
    return {
        "question": question_dict(question),
        "answer": said,
        "error": asked.error,
        "faults": faults_of(question, answer) if answer else [asked.error or "no answer"],
        "on_gold": [on_gold(item, question, texts) for item in answer.citations] if answer else [],
        "needs_missed": [need for need in question.needs if need not in met],
        "found": [
            {"article": hit.passage.article_id, "start": hit.passage.start, "end": hit.passage.end}
            | {"needs": sorted(needs_held(question, hit.passage, texts)), "text": hit.passage.text}
            for hit in hits
        ],
    }


def _gold_dict(gold: Gold) -> Json:
    stance = None if gold.stance is None else str(gold.stance)
    return {"article": gold.article, "quote": gold.quote, "need": gold.need, "speaker": gold.speaker, "stance": stance}


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


__all__ = ["Json", "Result", "judge", "key_of", "question_dict"]
