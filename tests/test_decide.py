"""From what was found to a decision: yes, no, disputed, a fact, or not on record."""

import pytest
from on_record import pool_of, said

from index.types import Article
from rag.decide import SUMMED, decide
from rag.decision import Decision
from rag.types import Stance, Verdict
from rag.verdicts import judge_all, newest_word

CLAIM = said(
    "Harland is in talks to sell its Leeds brewery, two people close to the firm said on Monday.",
    id="claim", publisher="Daily Ledger", published="2025-03-03",
)  # fmt: skip
DENIAL = said(
    "Harland denied that it is in talks to sell its Leeds brewery. Union members cheered.",
    id="denial", publisher="Morning Wire", published="2025-03-04",
)  # fmt: skip
WEATHER = said("Hail fell on Leeds for 20 minutes. Roads were closed until noon.", id="weather")


def decided(question: str, *articles: Article) -> Decision:
    return decide(pool_of(question, articles))


def sides(decision: Decision) -> set[tuple[str, Stance]]:
    return {(evidence.article.id, evidence.stance) for evidence in decision.backing}


def test_a_denial_on_record_makes_did_they_deny_it_a_yes() -> None:
    decision = decided("Did Harland deny talks to sell the Leeds brewery?", CLAIM, DENIAL, WEATHER)
    assert (decision.verdict, decision.short) == (Verdict.YES, "yes")
    assert sides(decision) == {("denial", Stance.DENIES)}
    assert decision.lean is not None
    assert decision.lean > 0.5
    assert "claim" in {evidence.article.id for evidence in decision.others}


def test_a_denial_that_nobody_made_is_not_on_record() -> None:
    decision = decided("Did Harland deny talks to sell the Leeds brewery?", WEATHER)
    assert decision.verdict is Verdict.UNKNOWN
    assert decision.backing == ()


def test_a_confirmation_on_record_makes_did_they_deny_it_a_no() -> None:
    confirmed = said("Harland confirmed that it is in talks to sell its Leeds brewery.", id="confirmed")
    assert decided("Did Harland deny talks to sell the Leeds brewery?", confirmed).verdict is Verdict.NO


def test_a_denial_of_something_else_settles_nothing() -> None:
    denial = said("Harland denied the report and said it does not sell beer in Norway.", id="a")
    assert decided("Did Harland buy Norway?", denial).verdict is Verdict.UNKNOWN


def test_who_did_not_deny_it_did_not_deny_it() -> None:
    undenied = said("Harland did not deny that it is in talks to sell its Leeds brewery.", id="undenied")
    assert decided("Did Harland deny talks to sell the Leeds brewery?", undenied).verdict is not Verdict.YES


def test_a_denial_by_somebody_else_is_not_theirs() -> None:
    other = said("Ostrow denied that it is in talks to sell its Leeds brewery.", id="other")
    assert decided("Did Harland deny talks to sell the Leeds brewery?", other).verdict is not Verdict.YES


def test_a_claim_and_its_denial_by_another_are_disputed_with_both_sides() -> None:
    decision = decided("Is Harland in talks to sell the Leeds brewery?", CLAIM, DENIAL, WEATHER)
    assert decision.verdict is Verdict.DISPUTED
    assert sides(decision) == {("claim", Stance.ASSERTS), ("denial", Stance.DENIES)}
    assert decision.short is None


@pytest.mark.parametrize(
    ("article", "verdict"),
    [
        (said("Norden opened a brewery in Turku in May.", id="a"), Verdict.YES),
        (said("Norden has not opened a brewery in Turku.", id="a"), Verdict.NO),
        (said("Norden may open a brewery in Turku.", id="a"), Verdict.UNKNOWN),
        (said("Norden opened a brewery in Oulu.", id="a"), Verdict.UNKNOWN),
        (said("Pripps opened a brewery in Turku.", id="a"), Verdict.UNKNOWN),
        (WEATHER, Verdict.UNKNOWN),
    ],
)
def test_one_plain_statement_settles_a_claim_that_it_is_about(article: Article, verdict: Verdict) -> None:
    assert decided("Did Norden open a brewery in Turku?", article).verdict is verdict


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("Did sales rise in Turku?", Verdict.NO),
        ("Did sales fall in Turku?", Verdict.YES),
        ("Did wages rise in Turku?", Verdict.UNKNOWN),
    ],
)
def test_the_opposite_on_record_is_a_no(question: str, verdict: Verdict) -> None:
    assert decided(question, said("Sales fell sharply in Turku.", id="a")).verdict is verdict


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("Did the flood kill 12 people?", Verdict.YES),
        ("Did the flood kill 30 people?", Verdict.NO),
        ("Did the flood kill more than 10 people?", Verdict.YES),
        ("Did the flood kill fewer than 10 people?", Verdict.NO),
        ("Did the fire kill 12 people?", Verdict.UNKNOWN),
    ],
)
def test_an_amount_decides(question: str, verdict: Verdict) -> None:
    assert decided(question, said("The flood killed 12 people in Brasov.", id="a")).verdict is verdict


def test_every_yes_no_question_has_a_lean_on_the_side_of_its_verdict() -> None:
    for article, side in ((CLAIM, 1), (DENIAL, -1), (WEATHER, 0)):
        decision = decided("Is Harland in talks to sell the Leeds brewery?", article)
        assert decision.lean is not None
        assert side * (decision.lean - 0.5) >= 0


def test_who_denied_and_later_admitted_it_has_admitted_it() -> None:
    first = said("Harland denied that it is selling the Leeds brewery.", id="first", published="2025-03-04")
    later = said("Harland admitted that it is selling the Leeds brewery.", id="later", published="2025-03-19")
    pool = pool_of("Is Harland selling the Leeds brewery?", [first, later])
    assert {item.found.statement.article.id for item in newest_word(judge_all(pool))} == {"later"}
    assert decide(pool).verdict is Verdict.YES


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("How many people did the flood kill?", "12"),
        ("Where did the flood kill 12 people?", "Brasov"),
        ("When did the flood hit Brasov?", "7 May"),
        ("How much will repairs in Brasov cost?", "$3 million"),
        ("Who toured the streets of Brasov?", "Ioana Marin"),
    ],
)
def test_a_fact_is_answered_in_the_words_that_give_it(question: str, short: str) -> None:
    article = said(
        "The flood hit Brasov on 7 May. The flood killed 12 people in Brasov. Repairs in Brasov will cost $3 million. "
        "Ioana Marin toured the streets of Brasov.",
        id="a",
    )
    decision = decided(question, article, WEATHER)
    assert decision.verdict is Verdict.ANSWERED
    assert decision.short == short
    assert decision.lean is None
    assert decision.backing[0].article.id == "a"


@pytest.mark.parametrize(
    "question",
    ["How many people did the fire kill?", "Who toured the streets of Turku?", "How much will the brewery cost?"],
)
def test_a_fact_that_nobody_gives_is_unknown_and_says_what_is_missing(question: str) -> None:
    decision = decided(question, said("The flood killed 12 people in Brasov.", id="a"))
    assert decision.verdict is Verdict.UNKNOWN
    assert decision.short is None
    assert decision.backing == ()
    assert decision.missing


def test_who_denied_something_lists_everybody_on_record() -> None:
    other = said("Ostrow also denied that Harland is in talks to sell its Leeds brewery.", id="ostrow")
    decision = decided("Who denied that Harland is in talks to sell the Leeds brewery?", DENIAL, other, CLAIM)
    assert decision.short is not None
    assert {"Harland", "Ostrow"} <= set(decision.short.replace(",", "").split())


def test_the_newest_of_two_figures_leads() -> None:
    old = said("The flood killed 12 people.", id="old", published="2025-05-08")
    new = said("The flood killed 19 people.", id="new", published="2025-05-11")
    decision = decided("How many people did the flood kill?", old, new)
    assert decision.short == "19"
    assert decision.backing[0].article.id == "new"


def test_without_articles_nothing_is_on_record() -> None:
    assert decided("Did Norden open a brewery?").verdict is Verdict.UNKNOWN
    assert decided("Who opened a brewery?").verdict is Verdict.UNKNOWN


def test_a_summary_does_not_leave_out_that_it_was_denied() -> None:
    claims = [
        said(f"Harland is selling the Leeds brewery, paper {n} reported.", id=f"paper{n}", published=f"2025-03-0{n}")
        for n in range(1, 8)
    ]
    denial = said("Harland has no plans for Leeds and Mara Quill denied any sale.", id="denial", published="2025-02-01")
    decision = decided("Tell me about Harland", *claims, denial)
    assert "denial" in {e.article.id for e in decision.backing}
    assert len(decision.backing) <= SUMMED + 1


def test_a_summary_gives_the_newest_statement_first() -> None:
    decision = decided("What is the latest on the Leeds brewery?", CLAIM, DENIAL)
    assert decision.verdict is Verdict.ANSWERED
    assert decision.backing[0].article.id == "denial"


def test_the_course_of_events_is_told_from_the_first_to_the_last_and_what_has_no_date_after_that() -> None:
    undated = said("Harland may sell its Leeds brewery one day.", id="undated", published="")
    decision = decided("How has the story of the Leeds brewery unfolded?", undated, DENIAL, CLAIM)
    order = list(dict.fromkeys(evidence.article.id for evidence in decision.backing))
    assert order == [id for id in ("claim", "denial", "undated") if id in order]
    assert order[:2] == ["claim", "denial"]


def test_a_fact_whose_false_premise_is_a_denial_is_unknown() -> None:
    assert decided("Why did Ostrow deny the sale of the Leeds brewery?", CLAIM, WEATHER).verdict is Verdict.UNKNOWN


HEARD = said("The tram will open late. The mayor denied that she had known of the delay in June.", id="heard")
POINTED = said(
    'The Ledger says that Harland will sell a brewery in Norden. Harland rejected the report as "invented".',
    id="pointed",
)


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("Did the mayor know of the delay in June?", Verdict.NO),
        ("Did the mayor step down over the delay?", Verdict.UNKNOWN),
        ("Has the mayor sold the tram depot?", Verdict.UNKNOWN),
    ],
)
def test_a_denial_that_says_what_it_denies_speaks_of_nothing_else(question: str, verdict: Verdict) -> None:
    assert decided(question, HEARD, WEATHER).verdict is verdict


def test_a_denial_that_points_back_denies_what_stands_there_and_no_more() -> None:
    assert decided("Will Harland sell a brewery?", POINTED, WEATHER).verdict in (Verdict.DISPUTED, Verdict.NO)
    assert decided("Did Harland pollute the river?", POINTED, WEATHER).verdict is Verdict.UNKNOWN
    assert decided("Will Harland sell a vineyard in Norden?", POINTED, WEATHER).verdict is Verdict.UNKNOWN


@pytest.mark.parametrize(
    ("question", "told", "verdict"),
    [
        ("Did Ostrow beat Norden?", "Norden beat Ostrow 3-1 in the cup final on Sunday.", Verdict.NO),
        ("Did Ostrow beat Norden?", "Norden was beaten by Ostrow in the cup final on Sunday.", Verdict.YES),
        ("Was Ostrow beaten by Norden?", "Norden beat Ostrow 3-1 in the cup final on Sunday.", Verdict.YES),
        ("Did most drivers join the strike?", "Fewer than half of the drivers joined the strike.", Verdict.NO),
        ("Did most drivers join the strike?", "Most of the drivers joined the strike.", Verdict.YES),
        ("Is Vale still captain of the ferry?", "The former captain of the ferry, Vale, spoke on Monday.", Verdict.NO),
        ("Has the journal withdrawn the paper?", "The college asked the journal to withdraw the paper.", Verdict.UNKNOWN),
        ("Did the college ask the journal to withdraw the paper?", "The college asked the journal to withdraw the paper.", Verdict.YES),
        ("Did the owners ask for more than 450 million crowns?", "The owners asked a high price.", Verdict.UNKNOWN),
        ("Was the offer turned down by the board?", "The board turned down the offer on Monday.", Verdict.YES),
        ("Did Vale fail a medical?", "The club said on Monday that Vale had failed a medical.", Verdict.YES),
        ("Was Vale convicted?", "A jury found Vale guilty on Monday.", Verdict.YES),
        ("Was nobody hurt in the fire?", "Three people were hurt in the fire.", Verdict.NO),
        ("Did the pupil leave Tarn?", "The school-leaving exam in Tarn was hard for the pupil.", Verdict.UNKNOWN),
    ],
)  # fmt: skip
def test_who_did_what_to_whom_and_whether_it_was_done_decide(question: str, told: str, verdict: Verdict) -> None:
    assert decided(question, said(told, id="told"), WEATHER).verdict is verdict


def test_a_firm_is_not_the_spokesman_who_denied_it() -> None:
    told = said("Northwind denied the sale. The union was not asked.", id="denied")
    decision = decide(pool_of("Which spokesman denied the sale?", [told]))
    assert "Northwind" not in (decision.short or "")
    assert decide(pool_of("Which firm denied the sale?", [told])).short == "Northwind"
    trump = said("President Trump denied the sale.", id="trump")
    assert decide(pool_of("Which president denied the sale?", [trump])).short == "Trump"


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("Is it false that Harland sold its brewery?", Verdict.NO),
        ("Is it false that Contoso sold its brewery?", Verdict.YES),
        ("Is it true that Contoso sold its brewery?", Verdict.NO),
        ("Is the report that Contoso sold its brewery a hoax?", Verdict.YES),
    ],
)
def test_it_is_false_where_it_is_denied_and_not_where_it_is_told(question: str, verdict: Verdict) -> None:
    told = said("Harland sold its brewery in May. Contoso denied that it had sold its brewery.", id="sold")
    assert decide(pool_of(question, [told])).verdict is verdict


def test_a_summary_is_of_what_it_is_asked_for() -> None:
    told = said("Harland opened a brewery in May. The brewery of Harland is the largest in Leeds.", id="opened")
    assert decide(pool_of("Tell me about Harland's brewery.", [told])).verdict is Verdict.ANSWERED
    assert decide(pool_of("Summarise what is known about Harland's brewery.", [told])).verdict is Verdict.ANSWERED
    assert decide(pool_of("Tell me about Harland's union contracts.", [told])).verdict is Verdict.UNKNOWN


def test_who_denies_something_of_himself_does_not_deny_it_of_another() -> None:
    told = said("Contoso denied that it had sold its brewery.", id="denied")
    assert decide(pool_of("Did Contoso sell its brewery?", [told])).verdict is Verdict.NO
    assert decide(pool_of("Did Harland sell its brewery?", [told])).verdict is Verdict.UNKNOWN
    for who in ("The prime minister", "His lawyer", "Ann Poe, his lawyer,"):
        role = said(f"Boris Kadar faced lawmakers. {who} denied that he had broken the rules.", id="role")
        assert decide(pool_of("Did Boris Kadar break the rules?", [role])).verdict is Verdict.NO
    he = said("Bruno Kadar denied that he had taken money. Dario Venn said nothing.", id="he")
    assert decide(pool_of("Did Bruno Kadar take money?", [he])).verdict is Verdict.NO
    assert decide(pool_of("Did Dario Venn take money?", [he])).verdict is Verdict.UNKNOWN
