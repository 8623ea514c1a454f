"""Every measure of a question and its answer, by name: what it is called on a page, and which way is better.

Formulas and sources stand with the functions, in `eval.answering`, `eval.citing` and `eval.ranking`. A measure over
many questions is sum(tops) / sum(bottoms) of their scores; see `eval.scores`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from eval import answering, citing, ranking, rubric
from eval.questions import Question
from eval.scores import Metric, Score, Texts
from index.types import Hit
from rag.types import Answer


class Better(StrEnum):
    """Which way a measure should go; "neither" for one that only describes."""

    UP = "up"
    DOWN = "down"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure's name in files, its title on pages, and which way is better."""

    name: str
    title: str
    better: Better = Better.UP


_ANSWERS: tuple[tuple[Measure, Metric], ...] = (
    (Measure("answer_accuracy", "answers right"), answering.answer_right),
    (Measure("verdict_accuracy", "verdicts right"), answering.verdict_right),
    (Measure("wrong_when_answered", "wrong, of answers given", Better.DOWN), answering.wrong_when_answered),
    (Measure("citation_precision", "citations on gold"), citing.citation_precision),
    (Measure("citation_recall", "gold cited"), citing.citation_recall),
    (Measure("abstention_f1", "abstention, F1"), answering.abstention_f1),
    (Measure("abstention_precision", "abstention, precision"), answering.abstention_precision),
    (Measure("abstention_recall", "abstention, recall"), answering.abstention_recall),
    (Measure("answer_accuracy_anywhere", "right in short or text"), answering.answer_anywhere),
    (Measure("short_exact", "short answer, exact"), answering.short_exact),
    (Measure("short_f1", "short answer, word F1"), answering.short_f1),
    (Measure("verbatim", "quotes verbatim"), citing.verbatim),
    (Measure("attribution", "speakers right"), citing.attribution),
    (Measure("outlet", "outlets right"), citing.outlet),
    (Measure("stance", "stances right"), citing.stance_right),
    (Measure("grounded", "numbers, quotes grounded"), citing.grounded),
    (Measure("sourced", "sentences with a source"), rubric.sourced),
    (Measure("attributed", "speakers named"), rubric.attributed),
    (Measure("reserved", "reserve kept"), rubric.reserved),
    (Measure("marked", "AI and paid content marked"), rubric.marked),
    (Measure("plain", "free of judging words"), rubric.plain),
    (Measure("dated", "dates given"), rubric.dated),
    (Measure("both_sides", "both sides of a dispute"), rubric.both_sides),
    (Measure("support_precision", "citations backed, own judge"), citing.support_precision),
    (Measure("support_recall", "sentences backed, own judge"), citing.support_recall),
    (Measure("words_per_citation", "words per citation", Better.NEITHER), citing.words_per_citation),
    (Measure("lean_accuracy", "lean on the right side"), answering.lean_right),
    (Measure("lean_brier", "Brier score of lean", Better.DOWN), answering.lean_brier),
    (Measure("confidence_brier", "Brier score of confidence", Better.DOWN), answering.confidence_brier),
)

_RETRIEVAL = (
    Measure("hits_at_1", "search, hits at 1"),
    Measure("hits_at_4", "search, hits at 4"),
    Measure("hits_at_10", "search, hits at 10"),
    Measure("recall_at_10", "search, gold found at 10"),
    Measure("mrr", "search, reciprocal rank"),
    Measure("map", "search, average precision"),
    Measure("ndcg_at_10", "search, nDCG at 10"),
)

CURVES = (
    Measure("risk_coverage_area", "area under risk, coverage", Better.DOWN),
    Measure("confidence_error", "calibration error, confidence", Better.DOWN),
    Measure("confidence_error_answered", "same, of the answers given", Better.DOWN),
    Measure("lean_error", "calibration error, lean", Better.DOWN),
)
"""Measures that are no share or mean; `eval.figures` has their formulas from `eval.calibration`."""

RATIOS: tuple[Measure, ...] = (*(measure for measure, _ in _ANSWERS), *_RETRIEVAL)
MEASURES: Mapping[str, Measure] = {measure.name: measure for measure in (*RATIOS, *CURVES)}
HEADLINE = tuple(measure.name for measure, _ in _ANSWERS[:6])
"""What a report opens with, and what two reports are compared on."""


def score_answer(question: Question, answer: Answer | None, texts: Texts) -> dict[str, Score]:
    """What an answer scores on every measure that has something to say of the question."""
    scores = {measure.name: metric(question, answer, texts) for measure, metric in _ANSWERS}
    return {name: pair for name, pair in scores.items() if pair[1]}


def score_hits(question: Question, hits: Sequence[Hit], texts: Texts) -> dict[str, Score]:
    """What a search scores on a question that has gold quotes; a hit holds a need when it is on one of its quotes."""
    if not question.gold:
        return {}
    found, wanted = [citing.needs_held(question, hit.passage, texts) for hit in hits], len(question.needs)
    values = {f"hits_at_{k}": ranking.hits_at(found, k) for k in (1, 4, 10)} | {
        "recall_at_10": ranking.recall_at(found, wanted, 10),
        "mrr": ranking.reciprocal_rank(found),
        "map": ranking.average_precision(found, wanted),
        "ndcg_at_10": ranking.discounted_gain(found, wanted, 10),
    }
    return {name: (value, 1.0) for name, value in values.items()}


__all__ = ["CURVES", "HEADLINE", "MEASURES", "RATIOS", "Better", "Measure", "score_answer", "score_hits"]
