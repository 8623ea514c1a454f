"""Gates hold for right answers, and every planted fault makes one fall."""

from pathlib import Path

import oracle
import pytest

from eval.comparing import Says, compare
from eval.gates import Gate, check_gates, read_gates
from eval.intervals import Interval
from eval.metrics import HEADLINE, MEASURES, Better
from eval.questions import Gold, Kind, Question, part_of
from eval.report import slice_figures
from eval.results import Result
from eval.run import run
from index.errors import BadInput
from index.types import Article
from rag.types import Stance, Verdict

STRICT = (
    Gate("answer_accuracy", 0.85),
    Gate("verdict_accuracy", 0.85),
    Gate("wrong_when_answered", 0.15),
    Gate("citation_precision", 0.85),
    Gate("citation_recall", 0.85),
    Gate("abstention_f1", 0.65),
    Gate("verbatim", 0.85),
)
FAULTS: dict[oracle.Spoil, str] = {
    oracle.mumbling: "answer_accuracy",
    oracle.crying_yes: "verdict_accuracy",
    oracle.deaf_to_denials: "verdict_accuracy",
    oracle.never_abstaining: "wrong_when_answered",
    oracle.cited_from_elsewhere: "citation_precision",
    oracle.citing_nothing: "citation_recall",
    oracle.always_abstaining: "abstention_f1",
    oracle.shifted_by_one_letter: "verbatim",
}


def made_up(count: int = 40) -> tuple[list[Question], list[Article]]:
    """As many facts as asked for, each with an article; one in four is denied, one disputed, one unknown."""
    articles, questions = [], []
    for at in range(count):
        claim, denial = (
            f"Harbour {at} will close in May.",
            f'The port of harbour {at} said there is "no plan" to close.',
        )
        articles.append(Article(id=f"a{at}", text=f"{claim} {denial} Fishing goes on as before."))
        yes = Gold(f"a{at}", claim, "asserts", "", Stance.ASSERTS)
        no = Gold(f"a{at}", denial, "denies", f"The port of harbour {at}", Stance.DENIES)
        verdict, gold, accepted = [
            (Verdict.ANSWERED, (Gold(f"a{at}", claim),), ("May", "in May")),
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


def outcomes(spoil: oracle.Spoil = lambda answer: answer) -> tuple[Result, ...]:
    questions, articles = made_up()
    return run(oracle.examined(questions, articles, spoil), questions)


def test_right_answers_hold_every_gate() -> None:
    checked = check_gates(STRICT, slice_figures(outcomes())["all"])
    assert [outcome for outcome in checked if not outcome.held] == []


@pytest.mark.parametrize(("spoil", "measure"), FAULTS.items(), ids=lambda item: getattr(item, "__name__", item))
def test_a_planted_fault_makes_its_gate_fall(spoil: oracle.Spoil, measure: str) -> None:
    gates = tuple(gate for gate in STRICT if gate.measure == measure)
    (outcome,) = check_gates(gates, slice_figures(outcomes(spoil))["all"])
    assert not outcome.held, outcome.says


@pytest.mark.parametrize("spoil", [spoil for spoil, measure in FAULTS.items() if measure in HEADLINE])
def test_a_planted_fault_is_called_a_loss_against_the_report_before(spoil: oracle.Spoil) -> None:
    comparison = compare(outcomes(spoil), outcomes(), "before")
    worse = {item.measure for item in comparison.measures if item.says is Says.WORSE}
    assert FAULTS[spoil] in worse
    assert not all(outcome.held for outcome in check_gates((), {}, comparison))


def test_every_headline_measure_has_a_planted_fault() -> None:
    assert set(HEADLINE) <= set(FAULTS.values())


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
    figures = {
        "wrong_when_answered": Interval(0.05, 0.01, 0.12, 80, 60),
        "answer_accuracy": Interval(0.95, 0.88, 0.99, 80, 60),
    }
    high, low = check_gates((Gate("wrong_when_answered", 0.1), Gate("answer_accuracy", 0.85)), figures)
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
    figures = slice_figures(run(oracle.examined(questions, articles), questions))["all"]
    gates = tuple(gate for gate in read_gates("questions.jsonl") if gate.measure in figures)
    assert [outcome for outcome in check_gates(gates, figures) if not outcome.held] == []


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
