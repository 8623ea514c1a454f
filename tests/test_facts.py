"""Which words may answer a question of fact, and how sure each is beside the others."""

import pytest
from on_record import pool_of, said

from rag.facts import Pick, weigh_all
from rag.logit import Logit
from rag.understand import understand
from rag.weighing import agreed_shares, read_weights

LOSSES = said(
    "Harland is in trouble. The company lost 12 million marks in 2024. Meanwhile, Northwind sold 3,000 boats.",
    id="losses",
)
FLOOD = said("The flood in Brasov has killed 14 people, the prefect said. Rain is forecast.", id="flood")
SPEED = said("Arlo is the faster ferry. Tern has two decks.", id="speed")


def picks(question: str, *articles: object) -> dict[str, Pick]:
    return {pick.candidate.text: pick for pick in weigh_all(pool_of(question, articles))}  # type: ignore[arg-type]


@pytest.mark.parametrize(("lost", "not_lost"), [("Harland", "Northwind"), ("harland", "northwind")])
def test_what_one_firm_lost_was_not_lost_by_another(lost: str, not_lost: str) -> None:
    assert any("12 million" in text for text in picks(f"How much did {lost} lose in 2024?", LOSSES))
    assert not any("12 million" in text for text in picks(f"How much did {not_lost} lose in 2024?", LOSSES))


def test_what_one_firm_spends_is_not_spent_by_the_one_it_deals_with() -> None:
    deal = said("Harland, which will spend 30 million marks on boats, sees skill in Northwind.", id="deal")
    assert not any("30 million" in text for text in picks("How much will Northwind spend on boats?", deal))
    assert any("30 million" in text for text in picks("How much will Harland spend on boats?", deal))


@pytest.mark.parametrize("asked", ["How many people did the fire kill?", "How high was the fine?"])
def test_an_amount_answers_only_where_what_it_is_asked_of_is_spoken_of(asked: str) -> None:
    assert picks(asked, FLOOD) == {}


def test_the_flood_is_spoken_of() -> None:
    assert any(text.startswith("14") for text in picks("How many people did the flood kill?", FLOOD))


def test_of_two_things_to_choose_from_one_is_given() -> None:
    assert understand("Arlo or Tern, which is the faster ferry?").options == ("Arlo", "Tern")
    assert set(picks("Arlo or Tern, which is the faster ferry?", SPEED)) == {"Arlo", "Tern"}


def test_a_fuller_form_of_a_name_that_is_asked_with_is_no_answer() -> None:
    signed = said("Rovers signed the striker Teo Marchetti in May. Sam Adeyemi is their captain.", id="signed")
    assert not any("Marchetti" in text for text in picks("Which striker did Rovers sign instead of Marchetti?", signed))
    assert any("Marchetti" in text for text in picks("Which striker did Rovers sign?", signed))


@pytest.mark.parametrize(
    ("told", "is_told"),
    [
        ("The mill said it was surprised by the fine and would appeal to the court in Leeds.", False),
        ("The appeal by the mill was thrown out by the court in Leeds.", True),
    ],
)
def test_what_is_to_come_has_no_outcome_yet(told: str, *, is_told: bool) -> None:
    for asked in ("What was the outcome of the mill's appeal?", "How did the mill's appeal end?"):
        assert bool(picks(asked, said(told, id="mill"))) is is_told


def test_candidates_and_not_on_record_share_one_certainty() -> None:
    logit = Logit(0.0, (1.0,), 0.4)
    assert logit.shares([0.0]) == pytest.approx([0.5])
    assert agreed_shares(logit.shares([0.0, 0.0, 0.0]), ["Ada Cole", "Cole", "Leeds"]) == pytest.approx(
        [0.5, 0.5, 0.25]
    )
    assert logit.shares([]) == []


def test_the_weights_as_fitted_know_every_feature() -> None:
    few, between, many = (read_weights(among) for among in (5, 250, 100_000))
    assert read_weights(0) == read_weights(40) == few
    assert read_weights(1_600) == many
    for fitted in (few, many):
        assert 0.2 <= fitted.threshold <= 0.8
        assert any(fitted.weights)
    assert between.none == pytest.approx((few.none + many.none) / 2, rel=0.1)


def test_what_is_no_number_is_no_percentage() -> None:
    tariff = said("Import tariffs on Danish cars are sky-high.")
    assert not picks("What percentage is the import tariff on Danish cars?", tariff)


def test_a_bare_sum_is_no_count_of_what_its_sentence_does_not_speak_of() -> None:
    line = said("The Arlow line has several stops. For the 815 million it will cost, buses could run for a decade.")
    assert "815 million" not in picks("How many stops will the Arlow line have?", line)


def test_a_name_is_given_whole_and_an_outlet_without_its_report() -> None:
    met = said("Northwind has met firms such as Contoso Holdings Co. and Arlo Marine Ltd. to talk.", id="met")
    texts = picks("Which firms has Northwind met?", met)
    assert any(text.endswith("Arlo Marine Ltd.") for text in texts)
    assert not any(text.endswith(("Arlo", "Ltd", "Holdings")) for text in texts)
    told = said("It began with a Port Ledger report that Northwind had met Contoso.", id="told")
    assert "Port Ledger" in picks("Which newspaper reported that Northwind met Contoso?", told)


def test_how_many_somewhere_is_not_told_by_a_statement_of_elsewhere() -> None:
    sold = said("Northwind sold 3,000 boats last year. It has no dealer in Germany.", id="sold")
    assert any("3,000" in text for text in picks("How many boats has Northwind sold?", sold))
    assert not any("3,000" in text for text in picks("How many boats has Northwind sold in Germany?", sold))
    assert not any("3,000" in text for text in picks("How many boats has Northwind sold to German buyers?", sold))
    fire = said("The fire at Grenfell Tower killed 72 people. It was the worst in years.", id="fire")
    assert any("72" in text for text in picks("How many people died in the Grenfell Tower fire in London?", fire))


def test_a_list_has_the_chance_of_its_members_where_several_are_asked_for() -> None:
    texts, shares = ["Ada Cole of Leeds and Bruno Kadar", "Bruno Kadar"], [0.3, 0.2]
    assert agreed_shares(shares, texts) == pytest.approx([0.5, 0.5])
    shares = [0.3, 0.2, 0.1]
    longer = ["Ada Cole of Leeds, Bruno Kadar and Carla Dietz", "Bruno Kadar", "Carla Dietz"]
    assert agreed_shares(shares, longer) == pytest.approx(shares)
    assert agreed_shares(shares, longer, several=True) == pytest.approx([0.6, 0.2, 0.1])
    told = ["Bruno Kadar, who met Carla Dietz in Leeds on Monday at noon with staff", "Bruno Kadar", "Carla Dietz"]
    assert agreed_shares(shares, told, several=True) == pytest.approx(shares)


def test_the_paper_that_a_report_stood_in_is_not_who_spoke_of_it() -> None:
    told = said('Ada Cole called the report in The Port Ledger "pure invention".', id="told")
    texts = picks("Who called the report pure invention?", told)
    assert "Ada Cole" in texts
    assert not any("Ledger" in text for text in texts)


def test_what_the_first_offer_was_does_not_tell_of_the_second() -> None:
    offer = said("Northwind made an offer of 405 million marks for Contoso in March.", id="offer")
    assert any("405" in text for text in picks("How much was Northwind's offer?", offer))
    assert not any("405" in text for text in picks("How much was Northwind's second offer?", offer))
    again = said("Northwind made a second offer of 500 million marks for Contoso.", id="again")
    assert any("500" in text for text in picks("How much was Northwind's second offer?", again))
