"""Whether an answer is right, whether it should have been given, and whether its probabilities hold.

Every metric is a pure function from question and answer to a score (top, bottom); see `eval.metrics`.
"""

from collections.abc import Sequence

from eval.questions import Question
from eval.scores import SILENT, Score, Texts
from eval.wording import exact, holds_any, mentions, without_markers, word_f1
from rag.types import Answer, Verdict


def answer_right(question: Question, answer: Answer | None, texts: Texts) -> Score:
    """1 where an editor would let the answer stand: see `faults_of` for the rules, all of which must hold."""
    return float(answer is not None and not faults_of(question, answer)), 1.0


def faults_of(question: Question, answer: Answer) -> list[str]:
    """What is wrong with an answer, in words; empty for a right one.

    The rules: the verdict is an accepted one, and an `unknown` cites nothing (and is then right, whatever it says).
    Where the question has `must`, the text or `short` holds one alternative of each group. Where it has only accepted
    short answers, one stands as whole words in `short`, or in the text when `short` is null. Text and `short` hold
    nothing of `must_not`.
    """
    if answer.verdict not in question.verdict:
        return [f"verdict is {answer.verdict!s}, not {' or '.join(map(str, question.verdict))}"]
    if answer.verdict is Verdict.UNKNOWN:
        return ["unknown, but it cites"] if answer.citations else []
    whole = whole_text(answer)
    faults = [f"none of {list(group)} in the text" for group in question.must if not mentions_any(whole, group)]
    if not question.must and question.accepted:
        where, name = (whole, "the text") if answer.short is None else (answer.short, "short")
        faults += [] if holds_any(where, question.accepted) else [f"none of {list(question.accepted)} in {name}"]
    return faults + [f"{phrase!r} in the text" for phrase in question.must_not if mentions(whole, phrase)]


def answer_anywhere(question: Question, answer: Answer | None, texts: Texts) -> Score:
    """As `answer_right`, but an accepted answer may stand in the text even when `short` says something else.

    The looser rule of open-domain question answering (Chen et al. 2017); the gap to the strict one shows answers
    whose evidence is right and whose `short` is not.
    """
    if answer is None:
        return 0.0, 1.0
    faults = [fault for fault in faults_of(question, answer) if not fault.endswith(" in short")]
    decided = answer.verdict is Verdict.UNKNOWN or bool(question.must) or not question.accepted
    return float(not faults and (decided or holds_any(whole_text(answer), question.accepted))), 1.0


def verdict_right(question: Question, answer: Answer | None, texts: Texts) -> Score:
    """1 where the verdict is one of those accepted."""
    return float(answer is not None and answer.verdict in question.verdict), 1.0


def short_exact(question: Question, answer: Answer | None, texts: Texts) -> Score:
    """Exact match of `short` with an accepted answer, over questions that have one (SQuAD, Rajpurkar et al. 2016)."""
    return (exact(answer.short if answer else None, question.accepted), 1.0) if question.accepted else SILENT


def short_f1(question: Question, answer: Answer | None, texts: Texts) -> Score:
    """Best word F1 of `short` with an accepted answer, over questions that have one (SQuAD)."""
    return (word_f1(answer.short if answer else None, question.accepted), 1.0) if question.accepted else SILENT


def wrong_when_answered(question: Question, answer: Answer | None, texts: Texts) -> Score:
    """Of the answers given (any verdict but unknown), the share that is wrong; a crash counts as one given."""
    if answer is not None and answer.verdict is Verdict.UNKNOWN:
        return SILENT
    return 1.0 - answer_right(question, answer, texts)[0], 1.0


def abstention_precision(question: Question, answer: Answer | None, texts: Texts) -> Score:
    """Of the questions left unanswered, the share that cannot be answered; see `abstention`."""
    both, abstained, _ = abstention(question, answer)
    return both, abstained


def abstention_recall(question: Question, answer: Answer | None, texts: Texts) -> Score:
    """Of the questions that cannot be answered, the share left unanswered; see `abstention`."""
    both, _, unanswerable = abstention(question, answer)
    return both, unanswerable


def abstention_f1(question: Question, answer: Answer | None, texts: Texts) -> Score:
    """2·TP / (abstained + unanswerable): the harmonic mean of the two above."""
    both, abstained, unanswerable = abstention(question, answer)
    return 2 * both, abstained + unanswerable


def abstention(question: Question, answer: Answer | None) -> tuple[float, float, float]:
    """Whether it was rightly left unanswered, was left unanswered, and cannot be answered, each 0 or 1.

    A question that accepts both an answer and `unknown` says nothing of abstention. A crash is no abstention.
    """
    if question.answerable and Verdict.UNKNOWN in question.verdict:
        return 0.0, 0.0, 0.0
    abstained = answer is not None and answer.verdict is Verdict.UNKNOWN
    unanswerable = not question.answerable
    return float(abstained and unanswerable), float(abstained), float(unanswerable)


def lean_right(question: Question, answer: Answer | None, texts: Texts) -> Score:
    """1 where `lean` falls on the right side of 0.5, over questions whose one accepted verdict is yes or no."""
    if (truth := yes_or_no(question)) is None:
        return SILENT
    lean = answer.lean if answer else None
    return float(lean is not None and lean != 0.5 and (lean > 0.5) == bool(truth)), 1.0


def lean_brier(question: Question, answer: Answer | None, texts: Texts) -> Score:
    """(lean - truth)² over the same questions (Brier 1950); a missing lean scores as 0.5, a crash as wholly wrong."""
    if (truth := yes_or_no(question)) is None:
        return SILENT
    return (1.0 if answer is None else ((0.5 if answer.lean is None else answer.lean) - truth) ** 2), 1.0


def confidence_brier(question: Question, answer: Answer | None, texts: Texts) -> Score:
    """(confidence - right)² over all questions, `unknown` included: being unsure of a right `unknown` costs too."""
    return (1.0 if answer is None else (answer.confidence - answer_right(question, answer, texts)[0]) ** 2), 1.0


def yes_or_no(question: Question) -> float | None:
    """1 for a question whose only accepted verdict is yes, 0 for no, None for any other."""
    if len(question.verdict) > 1:
        return None
    return {Verdict.YES: 1.0, Verdict.NO: 0.0}.get(question.verdict[0])


def confusion(pairs: Sequence[tuple[Verdict, Verdict | None]]) -> dict[tuple[str, str], int]:
    """How often each gold verdict came out as each verdict; a crash comes out as "error"."""
    counts: dict[tuple[str, str], int] = {}
    for gold, said in pairs:
        cell = str(gold), "error" if said is None else str(said)
        counts[cell] = counts.get(cell, 0) + 1
    return counts


def whole_text(answer: Answer) -> str:
    """Everything the answer says: `short`, then the text without markers."""
    return f"{answer.short or ''}\n{without_markers(answer.text)}"


def mentions_any(text: str, phrases: Sequence[str]) -> bool:
    """Whether the text mentions one of the phrases; see `mentions`."""
    return any(mentions(text, phrase) for phrase in phrases)
