"""What a question misspells is put right by the words found and by English, and by nothing else."""

from collections.abc import Sequence

import pytest
from conftest import HashEncoder
from on_record import found, said

from index.types import Hit
from rag.spelling import put_right as put_right_by_search
from rag.spelling import respell

ARTICLE = said(
    "The Ghent museum denied that the Vermeer was a forgery. Curator Ana Reyes called the report baseless.",
    title="Museum denies forgery",
    author="Bettina Krolow",
    publisher="Harbour Times",
)


class Cautious(HashEncoder):
    """Knows whole only the words of plain English that it was given; all others are two tokens."""

    known = frozenset("is it who runs must big what price car".split())

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [1 if text in self.known else 2 for text in texts]


def put_right(question: str) -> str:
    hits = found(ARTICLE)
    return respell(question, hits, [hits[0].article], Cautious())


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("did teh musuem deny the forgery?", "did the museum deny the forgery?"),
        ("did the museum deney the forgery?", "did the museum deny the forgery?"),
        ("did the museum denie the forgery?", "did the museum deny the forgery?"),
        ("who is bettina krolov?", "who is Bettina Krolow?"),
        ("Did Rayes call the report baseless?", "Did Reyes call the report baseless?"),
        ("wich museum denied it?", "which museum denied it?"),
        ("did the comittee aprove it?", "did the committee approve it?"),
        ("how mutch tecnology did it buy?", "how much technology did it buy?"),
        ("wen was it anounced?", "when was it announced?"),
        ("how dose the museum deny it?", "how does the museum deny it?"),
        ("didnt the museum deny it?", "didn't the museum deny it?"),
        ("did ana reyez deny it?", "did ana Reyes deny it?"),
        ("what did the museum say ofthe forgery?", "what did the museum say of the forgery?"),
        ("where Reyes and Krolow in talks?", "were Reyes and Krolow in talks?"),
        ("Dose the museum deny it?", "Does the museum deny it?"),
        ("was the report more thn baseless?", "was the report more than baseless?"),
        ("did the museum deni the forgery?", "did the museum deny the forgery?"),
        ("What does the Harbuor Times say?", "What does the Harbour Times say?"),
    ],
)
def test_a_slip_becomes_the_word_that_was_found(written: str, meant: str) -> None:
    assert put_right(written).lower() == meant.lower()


@pytest.mark.parametrize(
    "question",
    [
        "Did the museum deny the forgery?",
        "Is it big?",
        "What is the price of the X7-22?",
        "Did NATO deny it?",
        "Did Musk deny it?",
        "did zhipu deny it?",
        "did the captain lose?",
        "is the loose tile new?",
        "quand le musée a-t-il ouvert?",
        "was the museum fined?",
        "how many forgeries were there?",
        "did the curators agree?",
    ],
)
def test_what_is_spelt_right_or_only_unknown_stays(question: str) -> None:
    assert put_right(question) == question


def test_a_possessive_ending_survives() -> None:
    assert put_right("What is the musuem's price?") == "What is the museum's price?"


def test_a_name_without_its_apostrophe_gets_it_back() -> None:
    assert put_right("was vermeers price big?") == "was Vermeer's price big?"


def test_a_word_that_exists_gives_way_to_a_name_only_beside_what_it_stands_beside_in_an_article() -> None:
    hits = found(said("The novelist Ines Tang moved to Oslo.", author="Bettina Krolow"))
    assert respell("did ines tag move?", hits, [], Cautious()) == "did ines Tang move?"
    assert respell("did the price tag move?", hits, [], Cautious()) == "did the price tag move?"


def test_what_the_misspelt_question_did_not_find_is_searched_for_again() -> None:
    def search(text: str) -> list[Hit]:
        return found(ARTICLE) if "report" in text else found(said("Ships sail for Oslo."))

    right = put_right_by_search("did rayes write of the reprot?", search, [], Cautious())
    assert right == "Did Reyes write of the report?"


def test_a_question_is_written_with_care() -> None:
    hits = found(ARTICLE)
    written = put_right_by_search(
        "did ana reyes call teh report baseless", lambda _: hits, [hits[0].article], Cautious()
    )
    assert written == "Did Ana Reyes call the report baseless?"
    assert put_right_by_search("forgery of the vermeer", lambda _: hits, [], Cautious()) == "Forgery of the Vermeer"


def test_an_empty_index_corrects_by_english_alone() -> None:
    assert respell("did they anounce it?", [], [], Cautious()) == "did they announce it?"
