"""Gates hold for right answers, and every planted fault makes one fall."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

import oracle
import pytest

from eval.comparing import Says, compare
from eval.figures import figures
from eval.gates import Gate, check_gates, read_gates
from eval.intervals import Interval
from eval.metrics import HEADLINE, MEASURES, Better
from eval.questions import Gold, Kind, Question, part_of
from eval.results import Result
from eval.run import run
from index.errors import BadInput
from index.types import Article, Nature
from rag.types import Answer, Stance, Verdict

GATED = tuple(name for name, measure in MEASURES.items() if measure.better is not Better.NEITHER)
"""Every measure that a gate may name: all but those that only describe."""
STRICT = tuple(Gate(name, 0.85 if MEASURES[name].better is Better.UP else 0.15) for name in GATED)

FAULTS: tuple[tuple[oracle.Spoil, str], ...] = (
    (oracle.mumbling, "answer_accuracy"),
    (oracle.crying_yes, "verdict_accuracy"),
    (oracle.deaf_to_denials, "verdict_accuracy"),
    (oracle.never_abstaining, "wrong_when_answered"),
    (oracle.cited_from_elsewhere, "citation_precision"),
    (oracle.citing_nothing, "citation_recall"),
    (oracle.always_abstaining, "abstention_f1"),
    (oracle.always_abstaining, "abstention_precision"),
    (oracle.never_abstaining, "abstention_recall"),
    (oracle.mumbling, "answer_accuracy_anywhere"),
    (oracle.mumbling, "short_exact"),
    (oracle.mumbling, "short_f1"),
    (oracle.shifted_by_one_letter, "verbatim"),
    (oracle.misattributing, "attribution"),
    (oracle.cited_from_elsewhere, "outlet"),
    (oracle.taking_sides_wrongly, "stance"),
    (oracle.inventing, "grounded"),
    (oracle.without_markers, "sourced"),
    (oracle.misnaming, "attributed"),
    (oracle.without_reserve, "reserved"),
    (oracle.unmarked, "marked"),
    (oracle.judging, "plain"),
    (oracle.undated, "dated"),
    (oracle.one_sided, "both_sides"),
    (oracle.unsupported, "support_precision"),
    (oracle.without_markers, "support_recall"),
    (oracle.leaning_wrongly, "lean_accuracy"),
    (oracle.leaning_wrongly, "lean_brier"),
    (oracle.leaning_wrongly, "lean_error"),
    (oracle.unsure, "confidence_brier"),
    (oracle.unsure, "confidence_error"),
    (oracle.unsure, "confidence_error_answered"),
    (oracle.never_abstaining, "risk_coverage_area"),
)
BURIED = {
    "hits_at_1": 1,
    "hits_at_4": 4,
    "hits_at_10": 10,
    "recall_at_10": 10,
    "mrr": 1,
    "map": 1,
    "ndcg_at_10": 1,
}
"""How many passages of no use stand above the right one, for the measures of the search."""


def made_up(count: int = 100) -> tuple[list[Question], list[Article]]:
    """As many facts as asked for, each with an article; one in four is denied, one disputed, one unknown."""
    articles, questions = [], []
    for at in range(count):
        claim, denial = (
            f"Harbour {at} will close in June.",
            f'The port of harbour {at} said there is "no plan" to close.',
        )
        nature = Nature.AI if at % 4 == 0 else None
        text = f"{claim} {denial} Fishing goes on as before."
        articles.append(Article(id=f"a{at}", text=text, published="2026-05-01", nature=nature))
        yes = Gold(f"a{at}", claim, "asserts", "", Stance.ASSERTS)
        no = Gold(f"a{at}", denial, "denies", f"The port of harbour {at}", Stance.DENIES)
        verdict, gold, accepted = [
            (Verdict.ANSWERED, (Gold(f"a{at}", claim),), ("June", "in June")),
            (Verdict.NO, (no,), ()),
            (Verdict.DISPUTED, (yes, no), ()),
            (Verdict.UNKNOWN, (), ()),
        ][at % 4]
        questions.append(
            Question(
                id=f"q{at}",
                question=f"What of harbour {at}?",
                kind=Kind.UNANSWERABLE if verdict is Verdict.UNKNOWN else Kind.CLAIM,
                fact=f"f{at}",
                part=part_of(f"f{at}"),
                verdict=(verdict,),
                accepted=accepted,
                gold=gold,
                closest=() if gold else (Gold(f"a{at}", claim),),
            )
        )
    return questions, articles


def right(answer: Answer) -> Answer:
    """The oracle's answer, told well; what nobody denies is said with reserve."""
    hedged = tuple(
        replace(item, evidence=replace(item.evidence, hedged=item.stance is not Stance.DENIES))
        for item in answer.citations
    )
    return oracle.telling(replace(answer, citations=hedged))


@cache
def outcomes(spoil: oracle.Spoil | None = None, buried: int = 0) -> tuple[Result, ...]:
    """Every question answered rightly, then spoilt as told; the passages found are `buried` so deep."""
    questions, articles = made_up()
    finder = oracle.Finder(questions, articles, buried)
    return run(
        oracle.examined(questions, articles, lambda one: spoil(right(one)) if spoil else right(one), finder), questions
    )


@cache
def figures_of(spoil: oracle.Spoil | None = None, buried: int = 0) -> Mapping[str, Interval]:
    return figures(outcomes(spoil, buried))


def test_right_answers_hold_every_gate_there_can_be() -> None:
    checked = check_gates(STRICT, figures_of())
    assert [outcome for outcome in checked if not outcome.held] == []


def test_every_measure_that_a_gate_may_name_has_a_planted_fault() -> None:
    assert {*(measure for _, measure in FAULTS), *BURIED} == set(GATED)
    assert set(HEADLINE) <= set(GATED)


@pytest.mark.parametrize(("spoil", "measure"), FAULTS, ids=lambda item: getattr(item, "__name__", item))
def test_a_planted_fault_makes_its_gate_fall(spoil: oracle.Spoil, measure: str) -> None:
    gates = tuple(gate for gate in STRICT if gate.measure == measure)
    (outcome,) = check_gates(gates, figures_of(spoil))
    assert not outcome.held
    assert outcome.says != "not measured"


@pytest.mark.parametrize(("measure", "above"), BURIED.items())
def test_a_search_that_buries_the_truth_makes_its_gate_fall(measure: str, above: int) -> None:
    (outcome,) = check_gates(tuple(gate for gate in STRICT if gate.measure == measure), figures_of(None, above))
    assert not outcome.held
    assert outcome.says != "not measured"


@pytest.mark.parametrize(("spoil", "measure"), [fault for fault in FAULTS if fault[1] in HEADLINE])
def test_a_planted_fault_is_called_a_loss_against_the_report_before(spoil: oracle.Spoil, measure: str) -> None:
    comparison = compare(outcomes(spoil), outcomes(), "before")
    worse = {item.measure for item in comparison.measures if item.says is Says.WORSE}
    assert measure in worse
    assert not all(outcome.held for outcome in check_gates((), {}, comparison))


def test_the_same_answers_are_no_loss() -> None:
    comparison = compare(outcomes(), outcomes(), "before")
    assert {item.says for item in comparison.measures} == {Says.NO_DIFFERENCE}
    assert all(outcome.held for outcome in check_gates((), {}, comparison))


def test_a_repair_is_called_better_whichever_way_the_measure_goes() -> None:
    comparison = compare(outcomes(), outcomes(oracle.never_abstaining), "before")
    says = {item.measure: item.says for item in comparison.measures}
    assert says["wrong_when_answered"] is Says.BETTER
    assert says["answer_accuracy"] is Says.BETTER


def test_a_ceiling_looks_at_the_upper_bound_and_a_floor_at_the_lower() -> None:
    reached = {
        "wrong_when_answered": Interval(0.05, 0.01, 0.12, 80, 60),
        "answer_accuracy": Interval(0.95, 0.88, 0.99, 80, 60),
    }
    high, low = check_gates((Gate("wrong_when_answered", 0.1), Gate("answer_accuracy", 0.85)), reached)
    assert not high.held
    assert high.gate == "wrong, of answers given: upper bound at most 0.1"
    assert low.held


def test_a_gate_on_what_was_not_measured_falls() -> None:
    (outcome,) = check_gates((Gate("attribution", 0.5),), {})
    assert (outcome.held, outcome.says) == (False, "not measured")


def test_the_gates_of_the_project_can_be_read_and_point_the_right_way() -> None:
    gates = read_gates("questions.jsonl")
    assert gates
    assert all(0 < gate.bound < 1 for gate in gates)
    assert all(MEASURES[gate.measure].better is not Better.NEITHER for gate in gates)


def test_the_gates_of_the_project_can_be_held() -> None:
    questions, articles = made_up(120)
    reached = figures(run(oracle.examined(questions, articles), questions))
    gates = tuple(gate for gate in read_gates("questions.jsonl") if gate.measure in reached)
    assert [outcome for outcome in check_gates(gates, reached) if not outcome.held] == []


def test_a_set_of_ones_own_has_no_gates() -> None:
    assert read_gates("mine.jsonl") == ()


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("answer_acuracy = 0.9", "'answer_acuracy'; choose from"),
        ("words_per_citation = 9", "'words_per_citation'; choose from"),
        ('answer_accuracy = "high"', "is 'high'; give a number"),
        ("answer_accuracy =", "cannot be read"),
    ],
)
def test_a_wrong_gates_file_is_refused_with_the_reason(tmp_path: Path, line: str, says: str) -> None:
    path = tmp_path / "gates.toml"
    path.write_text(f'["questions.jsonl"]\n{line}\n', encoding="utf-8")
    with pytest.raises(BadInput, match=says):
        read_gates("questions.jsonl", path)
