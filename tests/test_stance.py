"""What a statement does to a claim: asserts it, denies it or neither; who says so; and with what reserve."""

import pytest
from on_record import pool_of, said

from rag.stance import Claim, Judgement, denies, is_denial, is_hedged, judge
from rag.types import Stance
from rag.verdicts import claim_positions


def judged(question: str, text: str) -> list[Judgement]:
    """What the last sentence of an article that says `text` does to the claim of `question`."""
    pool = pool_of(question, [said(text)])
    positions = claim_positions(pool.question, pool.terms)
    amounts = tuple(pool.terms[i] for i in positions if pool.terms[i].quantity)
    claim = Claim(positions, amounts, pool.question.negated, modal="could" in question.lower())
    last = max(pool.found, key=lambda found: found.statement.span)
    return judge(last.statement, last.match, claim, pool.terms, pool.vocabulary)


def stances(question: str, text: str) -> list[tuple[Stance, str | None]]:
    return [(judgement.stance, judgement.speaker) for judgement in judged(question, text)]


CLOSED = "Did the airline close the route to Lima?"


@pytest.mark.parametrize(
    "text",
    [
        "The airline closed the route to Lima in May.",
        "The airline will not only close the route to Lima but sell the jets.",
        "It is no secret that the airline closed the route to Lima.",
    ],
)
def test_a_plain_report_asserts_in_the_articles_own_voice(text: str) -> None:
    assert stances(CLOSED, text) == [(Stance.ASSERTS, None)]


@pytest.mark.parametrize(
    "text",
    [
        "The airline did not close the route to Lima.",
        "The airline never closed the route to Lima.",
        "The airline has yet to decide and hasn't closed the route to Lima.",
        "The airline refused to close the route to Lima.",
        "The airline opened the route to Lima.",
    ],
)
def test_a_negated_or_opposite_report_denies(text: str) -> None:
    assert [stance for stance, _ in stances(CLOSED, text)] == [Stance.DENIES]


def test_two_negations_assert() -> None:
    assert stances(CLOSED, "The airline did not fail to close the route to Lima.") == [(Stance.ASSERTS, None)]


def test_a_negation_in_another_clause_leaves_the_claim_alone() -> None:
    text = "The airline, which is not state-owned, closed the route to Lima."
    assert stances(CLOSED, text) == [(Stance.ASSERTS, None)]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Ana Reyes denied that the airline closed the route to Lima.", "Ana Reyes"),
        ("Ana Reyes said it was “completely false” that the airline closed the route to Lima.", "Ana Reyes"),
        ("“There is no truth to it,” said Ana Reyes of the report that the airline closed the route.", "Ana Reyes"),
        ("Reports that the airline closed the route to Lima are baseless, Ana Reyes said.", "Ana Reyes"),
        ("The report that the airline closed the route to Lima was dismissed by Ana Reyes.", "Ana Reyes"),
    ],
)
def test_somebody_who_is_quoted_denying_denies(text: str, speaker: str) -> None:
    assert stances(CLOSED, text) == [(Stance.DENIES, speaker)]


def test_somebody_who_is_quoted_saying_so_asserts() -> None:
    assert stances(CLOSED, "Ana Reyes said the airline closed the route to Lima.") == [(Stance.ASSERTS, "Ana Reyes")]


@pytest.mark.parametrize(
    "text",
    [
        "Ana Reyes did not deny that the airline closed the route to Lima.",
        "Ana Reyes confirmed that the airline closed the route to Lima.",
    ],
)
def test_who_does_not_deny_or_confirms_is_no_denier(text: str) -> None:
    assert Stance.DENIES not in [stance for stance, _ in stances(CLOSED, text)]


def test_who_says_they_were_wrong_to_deny_it_confirms() -> None:
    text = "Ana Reyes admitted that the airline closed the route to Lima, contrary to earlier denials."
    assert stances(CLOSED, text)[0] == (Stance.ASSERTS, "Ana Reyes")


def test_a_negated_question_turns_the_stances_round() -> None:
    asked = "Did the airline not close the route to Lima?"
    assert stances(asked, "The airline closed the route to Lima.") == [(Stance.DENIES, None)]
    assert stances(asked, "The airline did not close the route to Lima.") == [(Stance.ASSERTS, None)]


@pytest.mark.parametrize(
    "text",
    ["Did the airline close the route to Lima?", "The airline could close the route to Lima.", "If the airline were to close the route to Lima, jobs would go."],
)  # fmt: skip
def test_a_question_or_a_possibility_says_neither(text: str) -> None:
    assert [stance for stance, _ in stances(CLOSED, text)] == [Stance.NEUTRAL]


def test_what_could_be_answers_a_question_about_what_could_be() -> None:
    assert stances("Could the airline close the route to Lima?", "The airline could close the route to Lima.") == [
        (Stance.ASSERTS, None),
    ]  # fmt: skip


def test_another_amount_of_the_same_thing_contradicts() -> None:
    asked = "Did the storm kill 40 people?"
    assert [s for s, _ in stances(asked, "The storm killed 40 people.")] == [Stance.ASSERTS]
    assert [s for s, _ in stances(asked, "The storm killed 25 people.")] == [Stance.DENIES]
    assert [s for s, _ in stances("Did the storm kill more than 20 people?", "The storm killed 25 people.")] == [
        Stance.ASSERTS,
    ]  # fmt: skip


def test_an_amount_of_something_else_contradicts_nothing() -> None:
    assert [s for s, _ in stances("Did the storm kill 40 people?", "The storm killed 40 people in 3 villages.")] == [
        Stance.ASSERTS,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "hedged"),
    [
        ("The airline reportedly closed the route to Lima.", True),
        ("The airline allegedly closed the route to Lima.", True),
        ("Ana Reyes claimed the airline closed the route to Lima.", True),
        ("The airline closed the route to Lima.", False),
        ("Ana Reyes said the airline closed the route to Lima.", False),
    ],
)
def test_reserve_is_noticed(text: str, hedged: bool) -> None:
    assert [judgement.hedged for judgement in judged(CLOSED, text)] == [hedged]


@pytest.mark.parametrize(
    "text",
    [
        "There is no truth to it.",
        "There isn't a grain of truth in it.",
        "The minister denied it.",
        "The claim is untrue.",
        "They did not go.",
        "Nobody was hurt.",
    ],
)
def test_a_denial_or_negation_shows_in_the_words_alone(text: str) -> None:
    assert denies(text)


@pytest.mark.parametrize(
    "text", ["The minister did not deny it.", "The minister never ruled out a vote.", "They went."]
)
def test_what_is_not_denied_is_no_denial(text: str) -> None:
    assert not denies(text)


@pytest.mark.parametrize(("text", "denial"), [("She refuted the claim.", True), ("They did not go.", False)])
def test_a_denial_is_told_from_a_negation(text: str, denial: bool) -> None:
    assert is_denial(text) is denial


@pytest.mark.parametrize(
    "text", ["The village lies north of Leeds.", "Tesla invented the coil.", "The club dismissed its coach."]
)
def test_words_that_may_deny_need_not(text: str) -> None:
    assert not is_denial(text)


def test_to_dismiss_workers_is_to_deny_nothing() -> None:
    assert stances("Did Harland fire 40 workers?", "Harland dismissed 40 workers.") == [(Stance.ASSERTS, None)]
    assert stances(CLOSED, "Ana Reyes dismissed reports that the airline closed the route to Lima.") == [
        (Stance.DENIES, "Ana Reyes"),
    ]  # fmt: skip


def test_hedging_is_a_matter_of_the_words() -> None:
    pool = pool_of(CLOSED, [said("The airline may have closed the route to Lima, sources suggest.")])
    assert is_hedged(pool.found[0].statement, pool.found[0].match)
