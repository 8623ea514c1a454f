"""Questions that hold two things against each other, decided by the amounts or dates on record for both."""

import pytest
from conftest import HashEncoder
from on_record import found, said

from index.types import Article
from rag.compare import Comparison, comparison_in, decide_choice, decide_comparison
from rag.decision import Decision
from rag.types import Verdict
from rag.understand import understand

FERRIES = said("The Albion carries 900 passengers. The Corona carries 1,400 passengers.", id="ferries")
BRIDGES = said("The Arlo bridge opened in 1931. The Tern bridge opened in 1964.", id="bridges")


def compared(question: str, *articles: Article) -> Decision | None:
    comparison = comparison_in(understand(question))
    assert comparison is not None
    return decide_comparison(comparison, found(*articles), HashEncoder().encode)


@pytest.mark.parametrize(
    ("question", "comparison"),
    [
        ("Is the Rhine longer than the Elbe?", Comparison("Rhine", "Elbe", "more", yes_no=True)),
        ("Was the Arlo bridge older than the Tern bridge?", Comparison("Arlo bridge", "Tern bridge", "early", yes_no=True)),
        ("Did Oslo spend less than Bergen?", Comparison("Oslo", "Bergen", "less", yes_no=True, frame="spend")),
    ],
)  # fmt: skip
def test_a_comparison_has_two_sides_and_a_direction(question: str, comparison: Comparison) -> None:
    assert comparison_in(understand(question)) == comparison


@pytest.mark.parametrize(
    ("statement", "a", "b"),
    [
        ("Is it true that the Rhine is longer than the Elbe?", "Rhine", "Elbe"),
        ("True or false: Oslo spent less than Bergen", "Oslo", "Bergen"),
    ],
)
def test_a_comparison_that_is_stated_is_one_that_is_asked(statement: str, a: str, b: str) -> None:
    comparison = comparison_in(understand(statement))
    assert comparison is not None
    assert (comparison.a, comparison.b, comparison.yes_no) == (a, b, True)


def test_what_is_compared_of_two_is_named_apart() -> None:
    comparison = comparison_in(understand("Which has more passengers, the Albion or the Corona?"))
    assert comparison == Comparison("Albion", "Corona", "more", yes_no=False, counted="passengers")


@pytest.mark.parametrize(
    "question",
    ["Is the Rhine long?", "Is it cheaper than $40,000?", "Who won?", "Did more than 20 people die?", "Is Oslo larger than 5 square miles?"],
)  # fmt: skip
def test_a_question_that_compares_nothing_has_no_comparison(question: str) -> None:
    assert comparison_in(understand(question)) is None


@pytest.mark.parametrize(
    ("question", "verdict", "short"),
    [
        ("Does the Albion carry more passengers than the Corona?", Verdict.NO, "no"),
        ("Does the Corona carry more passengers than the Albion?", Verdict.YES, "yes"),
        ("Which carries more passengers, the Albion or the Corona?", Verdict.ANSWERED, "Corona"),
        ("Which carries fewer passengers, the Albion or the Corona?", Verdict.ANSWERED, "Albion"),
    ],
)
def test_two_amounts_on_record_decide(question: str, verdict: Verdict, short: str) -> None:
    decision = compared(question, FERRIES)
    assert decision is not None
    assert decision.verdict is verdict
    assert decision.short == short
    assert {evidence.quote for evidence in decision.backing} == {
        "The Albion carries 900 passengers.", "The Corona carries 1,400 passengers.",
    }  # fmt: skip
    assert "900" in decision.note
    assert "1,400" in decision.note


def test_two_dates_on_record_decide() -> None:
    decision = compared("Which opened earlier, the Arlo bridge or the Tern bridge?", BRIDGES)
    assert decision is not None
    assert decision.short == "Arlo bridge"


def test_one_amount_alone_decides_nothing() -> None:
    alone = said("The Albion carries 900 passengers. The Corona is red.", id="alone")
    assert compared("Does the Albion carry more passengers than the Corona?", alone) is None


def test_sums_in_two_currencies_are_not_compared() -> None:
    prices = said("The Albion cost $90 million. The Corona cost 80 million euros.", id="prices")
    assert compared("Is the Albion cheaper than the Corona?", prices) is None


def test_a_choice_goes_to_the_one_that_the_record_speaks_of() -> None:
    question = understand("Is the captain from Norway or Chile?")
    decision = decide_choice(question, found(said("The captain is from Norway.", id="a")), HashEncoder().encode)
    assert decision is not None
    assert decision.short == "Norway"
    assert decide_choice(question, found(said("Hail fell.", id="b")), HashEncoder().encode) is None


def test_an_amount_of_the_other_side_or_of_another_matter_is_not_taken() -> None:
    trial = said(
        "Patients on Veltra had 43 per cent fewer attacks. Patients on a dummy pill had 17 per cent fewer attacks. "
        "Eight per cent of patients on Veltra felt dizzy.",
        id="trial",
    )
    decision = compared("Who had the bigger drop in attacks, patients on Veltra or patients on a dummy pill?", trial)
    assert decision is not None
    assert decision.short == "patients on Veltra"
    assert [e.quote[:26] for e in decision.backing] == ["Patients on Veltra had 43 ", "Patients on a dummy pill h"]
    reprint = said("The dummy pill cut attacks by 17 per cent.", id="reprint")
    assert compared("Which cut attacks by more, the new pill or the dummy pill?", reprint) is None
