"""Word search: stems, titles, slips of the fingers, numbers, and several parts searched as one."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from index.words import WordIndex, Words, WordWriter, correct, open_words, read_terms, search_words

_TEXTS = (
    "The council approved the new bridge on Monday.",
    "Engineers doubted that the bridges could be approved in time.",
    "A ford crosses the river near the mill.",
    "Ford agreed a deal with the union, worth $3.5 billion.",
    "Rain fell on the river and the mill for 130,000 seconds.",
    "The union's members rejected the deal in Zürich.",
)


@pytest.fixture
def make() -> Callable[..., WordIndex]:
    """An index in memory of some of the texts; passage n is the n-th, of version n."""

    def make(*numbers: int, folder: Path | None = None) -> WordIndex:
        writer = WordWriter(folder)
        writer.add(Words(n, n, f"Title {n}", "", _TEXTS[n]) for n in numbers)
        index = writer.commit()
        writer.close()
        return index

    return make


@pytest.fixture
def whole(make: Callable[..., WordIndex]) -> list[WordIndex]:
    return [make(*range(len(_TEXTS)))]


def _ids(parts: list[WordIndex], query: str, k: int = 10) -> list[int]:
    return [passage for passage, _ in search_words(parts, query, k)]


def test_words_are_found_by_their_stems(whole: list[WordIndex]) -> None:
    assert set(_ids(whole, "approving a bridge")) == {0, 1}


def test_accents_and_capitals_make_no_difference(whole: list[WordIndex]) -> None:
    assert _ids(whole, "ZURICH") == [5]


def test_scores_are_best_first_and_ties_go_by_id(make: Callable[..., WordIndex]) -> None:
    writer = WordWriter()
    writer.add(Words(n, n, "", "", "The same words again.") for n in (4, 9, 2, 7))
    hits = search_words([writer.commit()], "same words", 3)
    writer.close()
    assert [passage for passage, _ in hits] == [2, 4, 7]
    assert len({score for _, score in hits}) == 1


def test_words_of_grammar_are_left_out_unless_there_are_no_others() -> None:
    assert read_terms("Did the council approve it?") == ["council", "approv"]
    assert read_terms("Who was it?") == ["who", "was", "it"]


@pytest.mark.parametrize(
    ("typed", "meant"), [("frod", "ford"), ("brigde", "bridg"), ("counicl", "council"), ("unoin", "union")]
)
def test_a_slip_finds_the_word_that_was_meant(whole: list[WordIndex], typed: str, meant: str) -> None:
    assert correct(whole, read_terms(typed)[0])[0][0] == meant


def test_a_known_word_is_never_taken_for_a_slip(whole: list[WordIndex]) -> None:
    assert _ids(whole, "mill") == [2, 4]


def test_short_words_and_numbers_are_not_guessed_at(whole: list[WordIndex]) -> None:
    assert correct(whole, "dea") == []
    assert correct(whole, "130001") == []


@pytest.mark.parametrize("query", ["3.5bn", "$3.5 billion", "3,500,000,000", "3.5 bn"])
def test_a_number_is_found_however_it_is_written(whole: list[WordIndex], query: str) -> None:
    assert _ids(whole, query)[0] == 3


def test_a_thousands_mark_makes_no_difference(whole: list[WordIndex]) -> None:
    assert _ids(whole, "130000") == [4]


def test_parts_are_searched_as_if_they_were_one(make: Callable[..., WordIndex], whole: list[WordIndex]) -> None:
    parts = [make(0, 1, 2, 3), make(4, 5)]
    for query in ("union deal", "river", "bridge approved"):
        assert _ids(parts, query) == _ids(whole, query)
        one, many = dict(search_words(whole, query, 9)), dict(search_words(parts, query, 9))
        assert one == pytest.approx(many, rel=0.15), "only the parts' mean lengths differ"


def test_only_wanted_versions_and_accepted_passages_come_back(whole: list[WordIndex]) -> None:
    assert [id for id, _ in search_words(whole, "river mill", 5, versions=[4, 5])] == [4]
    assert [id for id, _ in search_words(whole, "river mill", 5, accept=lambda ids: ids != 4)] == [2]


def test_accepting_few_of_many_still_finds_k(make: Callable[..., WordIndex]) -> None:
    writer = WordWriter()
    writer.add(Words(n, n, "", "", "flood " * (1 + n % 3)) for n in range(2_000))
    index = writer.commit()
    writer.close()
    found = search_words([index], "flood", 20, accept=lambda ids: ids % 50 == 0)
    assert len(found) == 20
    assert all(passage % 50 == 0 for passage, _ in found)


def test_a_state_does_not_change_when_more_is_added() -> None:
    writer = WordWriter()
    writer.add([Words(0, 0, "", "", "first flood")])
    before = writer.commit()
    writer.add([Words(1, 1, "", "", "second flood")])
    after = writer.commit()
    writer.close()
    assert _ids([before], "flood") == [0]
    assert _ids([after], "flood") == [0, 1]


def test_an_index_on_disk_finds_the_same(
    make: Callable[..., WordIndex], whole: list[WordIndex], tmp_path: Path
) -> None:
    folder = tmp_path / "words"
    make(*range(len(_TEXTS)), folder=folder)
    opened = open_words(folder)
    assert opened.count == len(_TEXTS)
    assert search_words([opened], "union deal", 5) == search_words(whole, "union deal", 5)


def test_nothing_is_found_in_nothing() -> None:
    assert search_words([], "anything", 5) == []
    writer = WordWriter()
    empty = writer.commit()
    writer.close()
    assert search_words([empty], "anything", 5, accept=lambda ids: np.ones(len(ids), dtype=np.bool_)) == []
