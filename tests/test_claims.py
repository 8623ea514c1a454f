"""The statement that a yes/no question puts, and the act of speech that a question is about."""

import pytest

from rag.claims import Act, claim_of, speech_act
from rag.words import split_words


def act(question: str, *, yes_no: bool = True) -> Act | None:
    return speech_act(split_words(question), question, yes_no=yes_no)


def claim(question: str) -> str:
    words = split_words(question)
    return claim_of(question, words, speech_act(words, question, yes_no=True))


@pytest.mark.parametrize(
    ("question", "verb", "agent", "content"),
    [
        ("Did the club deny the transfer?", "deny", "the club", "the transfer"),
        ("Has Norway rejected the plan?", "reject", "Norway", "the plan"),
        ("Did Ana Reyes confirm that she will run?", "confirm", "Ana Reyes", "that she will run"),
        ("Did the bank publicly deny laundering money?", "deny", "the bank", "laundering money"),
        ("Did the union say the strike is over?", "say", "the union", "the strike is over"),
        ("Did the bank deny to reporters that it is for sale?", "deny", "the bank", "that it is for sale"),
        ("Has the bank admitted to earlier talks?", "admit", "the bank", "earlier talks"),
        ("Did Ana Reyes and the party dismiss the rumour?", "dismiss", "Ana Reyes and the party", "the rumour"),
    ],
)
def test_something_said_is_an_act_with_who_says_it_and_what_of(
    question: str, verb: str, agent: str, content: str
) -> None:
    assert act(question) == Act(verb, agent, content)


@pytest.mark.parametrize(
    ("question", "verb", "agent"),
    [
        ("Was the takeover denied by the airline?", "deny", "the airline"),
        ("Was the takeover denied?", "deny", ""),
        ("Has the takeover been confirmed by the airline?", "confirm", "the airline"),
    ],
)
def test_in_the_passive_the_agent_stands_behind_by(question: str, verb: str, agent: str) -> None:
    found = act(question)
    assert found is not None
    assert (found.verb, found.agent, found.content) == (verb, agent, "the takeover")


def test_what_it_was_that_was_denied_may_follow() -> None:
    found = act("Has it been denied by the airline that it is for sale?")
    assert found == Act("deny", "the airline", "that it is for sale")


@pytest.mark.parametrize("question", ["Who denied the takeover?", "Which airline denied the takeover?"])
def test_who_said_it_leaves_the_agent_open(question: str) -> None:
    found = act(question, yes_no=False)
    assert found is not None
    assert (found.verb, found.agent, found.content) == ("deny", "", "the takeover")


def test_what_somebody_said_names_the_agent() -> None:
    found = act("What did the coach say about the referee?", yes_no=False)
    assert found == Act("say", "the coach", "about the referee")


def test_a_denial_that_stands_as_a_noun_is_an_act() -> None:
    found = act("How did Norway word its denial of the plan?", yes_no=False)
    assert found is not None
    assert (found.verb, found.agent) == ("deny", "Norway")


@pytest.mark.parametrize(
    "question",
    [
        "Did the club sell the striker?",
        "Is the report on the flood out?",
        "Did the two sides agree on a price?",
        "Is the Courier report on the harbour accurate?",
        "Did anybody in Tarn complain about the noise?",
        "Was the offer rejected by the board?",
        "Did the union reject the latest pay offer?",
    ],
)
def test_a_question_about_the_world_is_about_no_act(question: str) -> None:
    assert act(question) is None


def test_denials_and_confirmations_are_told_apart() -> None:
    assert Act("reject", "", "").denies
    assert not Act("reject", "", "").confirms
    assert Act("admit", "", "").confirms


@pytest.mark.parametrize(
    ("question", "statement"),
    [
        ("Were Norway and Denmark in talks?", "Norway and Denmark were in talks"),
        ("Is the mine safe?", "The mine is safe"),
        ("Has the ferry line been sold?", "The ferry line has been sold"),
        ("Will the museum reopen in May?", "The museum will reopen in May"),
        ("Did the senate approve the budget?", "The senate did approve the budget"),
        ("Didn't the senate approve the budget?", "The senate did not approve the budget"),
        ("Was there a fire at the mill?", "There was a fire at the mill"),
        ("Do bats carry the virus?", "Bats carry the virus"),
        ("the mine is safe?", "The mine is safe"),
        ("Wasn't the mine closed?", "The mine was not closed"),
        ("Has the captain of the ferry been suspended?", "The captain of the ferry has been suspended"),
        ("Will pupils in Wales have to sit it again?", "Pupils in Wales will have to sit it again"),
        ("Were customer records stolen from the bank?", "Customer records were stolen from the bank"),
        ("Is the phased plan an announced agreement?", "The phased plan is an announced agreement"),
        ("Was the club's first offer higher than that?", "The club's first offer was higher than that"),
        ("Did Reyes's party win an outright majority?", "Reyes's party did win an outright majority"),
        ("Are Danish brands looking for allies?", "Danish brands are looking for allies"),
        ("Did the judge give Reyes four years?", "The judge did give Reyes four years"),
        ("Did the price of copper fall sharply last year?", "The price of copper did fall sharply last year"),
        ("Was anybody badly hurt when it sank?", "Anybody was badly hurt when it sank"),
        ("Is?", "Is"),
    ],
)
def test_a_question_is_turned_into_the_statement_it_puts(question: str, statement: str) -> None:
    assert claim(question) == statement


@pytest.mark.parametrize(
    ("question", "statement"),
    [
        ("Did the club deny the transfer?", "There was a transfer"),
        ("Did the club deny talks with the striker?", "There were talks with the striker"),
        ("Did the club deny that the striker is injured?", "The striker is injured"),
        ("Did the bank deny laundering money?", "The bank was laundering money"),
        ("Did Norway and Denmark deny meeting?", "Norway and Denmark were meeting"),
        ("Did the club deny the report?", "The report is true"),
        ("Did the club deny the rumours?", "The rumours are true"),
        ("Did the airline confirm the takeover?", "There was a takeover"),
    ],
)
def test_the_claim_of_a_denial_is_what_is_denied(question: str, statement: str) -> None:
    assert claim(question) == statement
