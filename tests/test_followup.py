"""Questions that lean on the one before them, made whole."""

import pytest

from rag.followup import complete, leans
from rag.words import split_words


def words(text: str) -> set[str]:
    return {word.lower for word in split_words(text)}


@pytest.mark.parametrize(
    "question",
    [
        "And Denmark?",
        "Why?",
        "When was that?",
        "What did it cost?",
        "Did she resign?",
        "What about the ferry?",
        "How much?",
    ],
)
def test_a_question_leans_when_it_names_nothing_of_its_own(question: str) -> None:
    assert leans(question)


@pytest.mark.parametrize(
    "question", ["Did Denmark sign the treaty?", "Who runs Lufthansa?", "Did Ana Reyes say that it was safe?"]
)
def test_a_question_that_names_its_subject_stands_alone(question: str) -> None:
    assert not leans(question)
    assert complete(question, ["Did Norway leave?"]) == question


def test_without_a_history_a_question_stays_as_it_is() -> None:
    assert complete("And Denmark?", []) == "And Denmark?"


def test_another_name_takes_the_place_of_the_first() -> None:
    assert complete("And Denmark?", ["Did Norway sign the treaty?"]) == "Did Denmark sign the treaty?"
    assert complete("What about Denmark?", ["Did Norway sign the treaty?"]) == "Did Denmark sign the treaty?"


def test_it_is_who_did_the_last_thing() -> None:
    whole = complete("What did it pay?", ["Did Lufthansa buy the hangar?"])
    assert whole.startswith("What did Lufthansa pay")
    assert "hangar" in words(whole)


def test_she_is_the_person_of_the_last_question() -> None:
    assert "Ana Reyes" in complete("When did she resign?", ["Did Ana Reyes sue Lufthansa?"])


def test_a_bare_word_asks_about_the_last_question() -> None:
    assert {"norway", "treaty"} <= words(complete("Why?", ["Did Norway sign the treaty?"]))


def test_a_chain_of_leaning_questions_reaches_back_to_the_one_that_stands() -> None:
    whole = complete("And when?", ["Did Norway sign the treaty?", "And Denmark?"])
    assert {"denmark", "treaty"} <= words(whole)
    assert "norway" not in words(whole)


def test_a_question_made_whole_ends_as_a_question() -> None:
    assert complete("When was that?", ["Did Norway sign the treaty?"]).endswith("?")


@pytest.mark.parametrize(
    ("question", "last", "whole"),
    [
        ("And phase 3?", "What happens in phase 2 of the tunnel?", "What happens in phase 3 of the tunnel?"),
        ("What about 2024?", "How many trams ran in 2023?", "How many trams ran in 2024?"),
        ("and on 4 May?", "Did Norway vote on 3 May?", "Did Norway vote on 4 May?"),
        ("And in Peru?", "How many hotels has Lufthansa in Chile?", "How many hotels has Lufthansa in Peru?"),
        ("And what did Denmark offer?", "What did Norway offer?", "What did Denmark offer?"),
        ("By what majority?", "Did Norway leave?", "By what majority did Norway leave?"),
        ("Why not?", "Was Norway invited?", "Why was Norway not invited?"),
        ("Who reported that?", "Did Norway leave?", "Who reported that Norway leave?"),
        ("What will it cost?", "Is Norway building a tunnel?", "What will the tunnel cost"),
    ],
)
def test_what_is_asked_anew_takes_the_place_of_what_is_of_its_kind(question: str, last: str, whole: str) -> None:
    assert complete(question, [last]).startswith(whole)


@pytest.mark.parametrize(
    ("question", "last", "said", "whole"),
    [
        ("How old is she?", "Who runs Lufthansa?", "Ana Reyes", "How old is Ana Reyes?"),
        ("What is its price?", "Which ferry sank?", "Solveig", "What is Solveig’s price?"),
        ("Who built it?", "What sank?", "old ferry", "Who built the old ferry?"),
        ("Why?", "What is Lufthansa selling?", "old hangars", "Why is Lufthansa selling old hangars?"),
        ("By how much?", "Which firm raised prices?", "Lufthansa", "By how much Lufthansa raised prices?"),
    ],
)
def test_a_question_leans_on_the_answer_to_the_last_one(question: str, last: str, said: str, whole: str) -> None:
    assert complete(question, [last], said) == whole


def test_a_number_or_a_person_is_not_what_it_stands_for() -> None:
    assert "30" not in complete("What does it cost?", ["How many ferries has Lufthansa?"], "30")
    assert "Reyes" not in complete("What does it cost?", ["Who bought the hangar of Lufthansa?"], "Ana Reyes")


@pytest.mark.parametrize(
    ("last", "asked", "whole"),
    [
        ("Which banks has Northwind hired?", "Which German banks does it work with?", "Which German banks does Northwind work with"),
        ("Does Ana Reyes's article say that Northwind denied it?", "How much has it spent?", "How much has Northwind spent"),
    ],
)  # fmt: skip
def test_it_behind_a_helping_verb_leans_and_is_no_person(last: str, asked: str, whole: str) -> None:
    assert leans(asked)
    assert complete(asked, [last]).startswith(whole)


def test_it_that_stands_for_nothing_leans_on_nothing() -> None:
    assert not leans("Is it true that Northwind works with Contoso?")
