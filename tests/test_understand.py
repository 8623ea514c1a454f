"""What a question asks: its kind, what would answer it, and the terms an answer must speak of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.asking import Kind, Wanted
from rag.names import NameKind
from rag.quantities import Measure
from rag.understand import Question, understand


def terms(question: str) -> set[str]:
    """The telling terms of a question, in lower case."""
    return {term.lower for term in understand(question).terms if term.weight >= 1.0}


@pytest.mark.parametrize(
    "question",
    [
        "Did the senate approve the budget?",
        "did the senate approve the budget",
        "Is it true that the senate approved the budget?",
        "The senate approved the budget, true or false?",
        "Can you confirm that the senate approved the budget?",
        "Do the articles say that the senate approved the budget?",
        "I heard that the senate approved the budget, is that right?",
        "Hasn't the senate approved the budget?",
    ],
)
def test_a_question_that_yes_or_no_would_answer_is_known_however_it_is_wrapped(question: str) -> None:
    asked = understand(question)
    assert asked.is_yes_no
    assert asked.wanted is Wanted.VERDICT
    assert {"senate", "budget"} <= terms(question)


@pytest.mark.parametrize(
    ("question", "kind", "wanted"),
    [
        ("Who won the marathon?", Kind.WHO, Wanted.NAME),
        ("Who is Greta Holm?", Kind.WHO, Wanted.DESCRIPTION),
        ("Who is the mayor of Porto?", Kind.WHO, Wanted.NAME),
        ("When does the museum reopen?", Kind.WHEN, Wanted.DATE),
        ("In what year was the dam built?", Kind.WHICH, Wanted.DATE),
        ("Where was the suspect arrested?", Kind.WHERE, Wanted.PLACE),
        ("Which country expelled the envoys?", Kind.WHICH, Wanted.PLACE),
        ("How many miners were rescued?", Kind.HOW_MANY, Wanted.QUANTITY),
        ("What percentage of voters stayed at home?", Kind.WHICH, Wanted.QUANTITY),
        ("How much did the stadium cost?", Kind.HOW_MANY, Wanted.QUANTITY),
        ("What did the stadium cost?", Kind.WHAT, Wanted.QUANTITY),
        ("What will the fine be?", Kind.WHAT, Wanted.QUANTITY),
        ("Why did the airline cancel the flights?", Kind.WHY, Wanted.REASON),
        ("What caused the blackout?", Kind.WHAT, Wanted.REASON),
        ("How come the airline cancelled the flights?", Kind.WHY, Wanted.REASON),
        ("What did the coach say about the referee?", Kind.WHAT, Wanted.WORDS),
        ("What does NATO stand for?", Kind.WHAT, Wanted.EXPANSION),
        ("What is the latest on the rail strike?", Kind.WHAT, Wanted.SUMMARY),
        ("Summarise the coverage of the flood.", Kind.WHAT, Wanted.SUMMARY),
        ("Which company makes the vaccine?", Kind.WHICH, Wanted.NAME),
        ("List the countries that signed the treaty.", Kind.WHICH, Wanted.PLACE),
        ("Which is larger, the Rhine or the Elbe?", Kind.COMPARE, Wanted.NAME),
    ],
)
def test_the_kind_of_a_question_and_what_would_answer_it(question: str, kind: Kind, wanted: Wanted) -> None:
    asked = understand(question)
    assert (asked.kind, asked.wanted) == (kind, wanted)


@pytest.mark.parametrize(
    ("question", "measure"),
    [
        ("How much did the stadium cost?", Measure.MONEY),
        ("What was the price of the painting?", Measure.MONEY),
        ("How many people fled?", Measure.COUNT),
        ("How long was the bridge closed?", Measure.DURATION),
        ("How old is the oldest diver?", Measure.AGE),
        ("How far did the slick drift?", Measure.DISTANCE),
        ("What share of the harvest was lost?", Measure.PERCENT),
        ("When did the strike begin?", Measure.DATE),
    ],
)
def test_the_measures_that_would_answer(question: str, measure: Measure) -> None:
    assert measure in understand(question).measures


def test_how_many_asks_for_no_money_and_names_what_is_counted() -> None:
    asked = understand("How many nurses joined the strike?")
    assert Measure.MONEY not in asked.measures
    assert asked.unit == "nurs"


def test_who_may_be_a_person_or_a_body_but_no_place() -> None:
    assert NameKind.PLACE not in understand("Who bought the newspaper?").name_kinds


def test_a_person_is_wanted_where_the_office_is_a_persons() -> None:
    assert NameKind.PERSON in understand("Which senator opposed the bill?").name_kinds
    assert NameKind.BODY in understand("Which airline cancelled the flights?").name_kinds


def test_terms_are_the_words_that_tell_and_function_words_are_not() -> None:
    assert terms("Did the senate of Arizona really approve the water bill?") == {
        "senate", "arizona", "approve", "water", "bill",
    }  # fmt: skip


def test_an_amount_is_one_term_with_its_value_and_the_comparison_before_it() -> None:
    asked = understand("Did the stadium cost more than $400 million?")
    amount = next(term for term in asked.terms if term.quantity)
    assert amount.quantity is not None
    assert (amount.quantity.value, amount.comparison) == (400e6, ">")
    cheaper = understand("Did the stadium cost less than $400 million?")
    assert next(term.comparison for term in cheaper.terms if term.quantity) == "<"


def test_names_are_marked_among_the_terms() -> None:
    assert [term.lower for term in understand("Did Oslo host the summit?").terms if term.is_name] == ["oslo"]


@pytest.mark.parametrize(
    ("question", "outlet"),
    [
        ("According to the Harbour Times, who bought the ferry line?", "the Harbour Times"),
        ("Who bought the ferry line, according to Reuters?", "Reuters"),
        ("Was the ferry line sold, as reported by the Harbour Times?", "the Harbour Times"),
    ],
)
def test_the_outlet_that_is_to_speak_is_taken_out_of_the_question(question: str, outlet: str) -> None:
    asked = understand(question)
    assert asked.outlets == (outlet,)
    assert "harbour" not in terms(question)
    assert "ferry" in terms(question)


def test_according_to_the_articles_names_no_outlet() -> None:
    assert understand("Who bought the ferry line, according to the articles?").outlets == ()


def test_a_negated_question_is_marked() -> None:
    assert understand("Did the senate not approve the budget?").negated
    assert understand("Didn't the senate approve the budget?").negated
    assert not understand("Did the senate approve the budget?").negated


def test_whether_sources_disagree_is_told_from_whether_they_agree() -> None:
    assert understand("Do the articles disagree about whether the mine is safe?").disagreement
    assert not understand("Do the articles agree that the mine is safe?").disagreement


def test_a_denial_asked_about_is_an_act_with_its_agent() -> None:
    act = understand("Did the club deny the transfer?").act
    assert act is not None
    assert (act.denies, act.agent, act.content) == (True, "the club", "the transfer")


def test_a_statement_asked_of_an_article_is_put_as_a_yes_no_question() -> None:
    asked = understand("The mine is safe", asks_report=True)
    assert asked.is_yes_no
    assert asked.asks_report


@pytest.mark.parametrize(
    ("question", "agent"), [("How much did Nestor lose?", "nestor"), ("What has Iceland banned?", "iceland")]
)
def test_the_agent_is_who_does_the_asked_thing(question: str, agent: str) -> None:
    assert agent in understand(question).agent


def test_a_choice_between_two_names_both() -> None:
    assert understand("Which is older, the abbey or the castle?").options == ("the abbey", "the castle")


@given(st.text(min_size=1))
def test_any_text_is_understood_somehow(text: str) -> None:
    assert isinstance(understand(text), Question)


def test_what_is_asked_for_may_come_last() -> None:
    question = understand("The rule on visas is due to end in which month?")
    assert (question.focus, question.wanted) == ("month", Wanted.DATE)


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("Northwind deny Contoso deal", Kind.YES_NO),
        ("the museum's director denied alarm was off", Kind.YES_NO),
        ("Northwind entered talks with Contoso", Kind.YES_NO),
        ("reports denied by Northwind", Kind.WHAT),
        ("firms that rejected the report", Kind.WHAT),
        ("Northwind plant cost", Kind.WHAT),
        ("talks between Northwind and Contoso", Kind.WHAT),
        ("who denied the Contoso deal", Kind.WHO),
    ],
)
def test_a_statement_typed_as_if_into_a_search_box_asks_whether_it_is_so(typed: str, kind: Kind) -> None:
    assert understand(typed).kind is kind


def test_a_request_has_no_name_in_its_verb_and_one_thing_may_end_in_s() -> None:
    asked = understand("Name the firms that Harland met.")
    assert [term.lower for term in asked.terms if term.is_name] == ["harland"]
    assert asked.plural
    assert not understand("Which news agency reported it?").plural
    assert not understand("Which series did she win?").plural


@pytest.mark.parametrize("than", ["quicker", "safer", "better", "worse"])
def test_who_was_quicker_of_two_chooses_between_them(than: str) -> None:
    asked = understand(f"Who was {than} at building boats, Harland or Contoso?")
    assert (asked.kind, asked.options) == (Kind.COMPARE, ("Harland", "Contoso"))


@pytest.mark.parametrize(
    "question",
    [
        "Is it false that Harland sold boats?",
        "Was it a hoax that Harland sold boats?",
        "Is the report that Harland sold boats fake news?",
        "Are the claims that Harland sold boats untrue?",
    ],
)
def test_whether_it_is_false_asks_for_the_contrary(question: str) -> None:
    asked = understand(question)
    assert asked.is_yes_no
    assert asked.negated
    assert asked.claim == "It is not so that Harland sold boats"
    assert {term.lower for term in asked.terms} == {"harland", "sold", "boats"}
    assert not understand("Is it false that Harland did not sell boats?").negated
    assert understand("Are reports of talks between Harland and Contoso made up?").claim == (
        "It is not so that there were talks between Harland and Contoso"
    )


@pytest.mark.parametrize(
    "question",
    [
        "Is the story about a hoax?",
        "Was the claim that the minister told a lie?",
        "Is it wrong that teachers are paid so little?",
        "Is it just speculation that Harland will buy Contoso?",
        "Is it not true that Harland sold boats?",
        "Is the story of the false prophet?",
    ],
)
def test_what_only_speaks_of_falsehood_does_not_ask_for_the_contrary(question: str) -> None:
    assert "It is not so that" not in (understand(question).claim or "")


def test_the_contrary_of_a_denial_is_told_in_whole_words() -> None:
    assert understand("Is it false that Harland denied the deal?").claim == "It is not so that there was a deal"
    assert not understand("Is it false that nobody was hurt in the fire?").negated


@pytest.mark.parametrize(
    "question",
    [
        "After the earthquake, how many people were killed or injured?",
        "When did the prime minister resign, before or after the vote?",
        "In October, what did the government raise or cut?",
        "Why did the manager leave, was it money or health?",
    ],
)
def test_or_alone_does_not_compare(question: str) -> None:
    assert understand(question).kind is not Kind.COMPARE
