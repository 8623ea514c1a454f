"""The words of a statement that answer a question, best first, and nothing that the question does not ask for."""

import pytest
from on_record import pool_of, said

from rag.acts import same_act, speaks
from rag.candidate import Candidate
from rag.extract import candidates
from rag.statements import Vocabulary

NOBODY = Vocabulary(frozenset(), frozenset(), {})


def offered(question: str, text: str) -> list[Candidate]:
    """The candidates in the last sentence of an article."""
    pool = pool_of(question, [said(text)])
    last = max(pool.found, key=lambda found: found.statement.span)
    return candidates(last.statement, last.match, pool.question, pool.terms, pool.vocabulary)


def best(question: str, text: str) -> str | None:
    found = offered(question, text)
    return found[0].text if found else None


@pytest.mark.parametrize(
    ("question", "text", "answer"),
    [
        ("How many homes lost power?", "In 3 counties, 2,300 homes lost power on Monday.", "2,300"),
        ("How much did the bridge cost?", "The 12-year-old bridge cost $4 million.", "$4 million"),
        ("When did the bridge open?", "The bridge opened on 7 May 2019.", "7 May 2019"),
        ("How old is Ana Reyes?", "Ana Reyes, a 34-year-old diver, left 2 hours later.", "34"),
        ("What percentage of voters stayed at home?", "Some 41% of voters stayed at home in 12 towns.", "41%"),
        ("Where was the diver found?", "The diver was found near Bergen.", "Bergen"),
        ("Who bought the newspaper?", "Marta Olsen bought the newspaper from Lars Dahl.", "Marta Olsen"),
        ("Who did Marta Olsen marry?", "Marta Olsen married Lars Dahl.", "Lars Dahl"),
        ("Who is Hubert Stoll?", "The museum's director, Hubert Stoll, left.", "The museum's director"),
        ("Who is Hubert Stoll?", "Hubert Stoll, the museum's director, left.", "the museum's director"),
        ("What does BTA stand for?", "The Baltic Travel Association (BTA) complained.", "Baltic Travel Association"),
        ("What does BTA stand for?", "The BTA (Baltic Travel Association) complained.", "Baltic Travel Association"),
        ("Why was the match called off?", "The match was called off because of fog.", "fog"),
        ("What did Ana Reyes call the report?", "Ana Reyes called the report “pure fiction”.", "pure fiction"),
    ],
)
def test_the_best_words_are_of_the_kind_wanted(question: str, text: str, answer: str) -> None:
    assert best(question, text) == answer


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("How much did the bridge cost?", "The bridge cost dear."),
        ("When did the bridge open?", "The bridge opened."),
        ("Who bought the newspaper?", "The newspaper was bought."),
        ("What does BTA stand for?", "The BTA complained."),
        ("How many homes lost power?", "Homes lost power at 12% of addresses."),
    ],
)
def test_a_statement_without_words_of_that_kind_offers_none_that_fit(question: str, text: str) -> None:
    assert all(candidate.fit < 0.6 for candidate in offered(question, text))


def test_an_amount_that_the_question_gives_is_no_answer() -> None:
    assert best("Which year did 2,300 homes lose power?", "In 2019, 2,300 homes lost power.") == "2019"


def test_names_in_a_list_answer_together() -> None:
    text = "Norway, Denmark and Iceland signed the treaty."
    assert best("Which countries signed the treaty?", text) == "Norway, Denmark and Iceland"


def test_every_candidate_stands_in_its_statement_with_a_fit_between_0_and_1() -> None:
    text = "Marta Olsen bought the newspaper for $4 million on 7 May because of its archive."
    for question in ("Who bought it?", "How much did it cost?", "When was it bought?", "Why did she buy it?", "What did Marta Olsen buy?"):  # fmt: skip
        for candidate in offered(question, text):
            assert text[slice(*candidate.span)].strip(" ,.") == candidate.text.strip(" ,.")
            assert 0.0 <= candidate.fit <= 1.0


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [("deny", "reject", True), ("say", "add", True), ("confirm", "admit", True), ("deny", "confirm", False), ("warn", "deny", False)],
)  # fmt: skip
def test_speech_verbs_of_one_kind_answer_for_each_other(a: str, b: str, same: bool) -> None:
    assert same_act(a, b) is same
    assert same_act(b, a) is same


@pytest.mark.parametrize(
    ("agent", "speaker", "subject", "same"),
    [
        ("Harland", "Harland", "", True),
        ("the Harland group", "Harland", "", True),
        ("Harland", "Bo Dahl", "the chair of Harland, Bo Dahl", True),
        ("Harland", "Ostrow", "", False),
        ("Harland and Ostrow", "Harland", "", False),
        ("anybody", "Ostrow", "", True),
        ("Harland", None, "", False),
        ("", None, "", True),
    ],
)
def test_a_body_speaks_through_whoever_is_introduced_as_its_own(
    agent: str, speaker: str | None, subject: str, same: bool
) -> None:
    assert speaks(agent, speaker, NOBODY, subject) is same
