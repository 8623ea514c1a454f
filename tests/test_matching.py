"""How well a statement covers a question: by stem, meaning, value, name, and what "it" stands for."""

import pytest
from on_record import pool_of, said, statements

from rag.matching import RELATED, SAME, SYNONYM, Match, Matcher, Term, opposite, similarity
from rag.understand import understand
from rag.words import stem


def matched(question: str, text: str, **known: str) -> dict[str, float]:
    """How strongly the last sentence of an article speaks of each term of a question, in context."""
    found, terms = last_match(question, text, **known)
    return {term.lower: strength for term, strength in zip(terms, found.strengths, strict=True)}


def last_match(question: str, text: str, **known: str) -> tuple[Match, tuple[Term, ...]]:
    read, vocabulary = statements(said(text, **known))
    matcher = Matcher(understand(question).terms, read, vocabulary)
    return matcher.match(read[-1]), matcher.terms


@pytest.mark.parametrize(
    ("a", "b", "value"),
    [
        ("ferry", "ferries", SAME),
        ("sold", "selling", SAME),
        ("buy", "acquire", SYNONYM),
        ("carmaker", "automaker", SYNONYM),
        ("infect", "infectious", RELATED),
        ("ferry", "fire", 0.0),
        ("post", "poster", 0.0),
    ],
)
def test_words_mean_the_same_by_stem_by_group_or_by_a_long_shared_beginning(a: str, b: str, value: float) -> None:
    assert similarity(stem(a), stem(b)) == value
    assert similarity(stem(b), stem(a)) == value


@pytest.mark.parametrize(
    ("a", "b", "opposed"),
    [("rise", "fall", True), ("guilty", "innocent", True), ("certain", "uncertain", True), ("rise", "grow", False)],
)
def test_opposites_are_known_by_group_and_by_prefix(a: str, b: str, opposed: bool) -> None:
    assert opposite(stem(a), stem(b)) is opposed
    assert opposite(stem(b), stem(a)) is opposed


def test_a_sentence_that_says_it_all_covers_all() -> None:
    found, _ = last_match("Did the council close the library?", "The council closed the library in May.")
    assert found.coverage == pytest.approx(1.0)
    assert found.direct == pytest.approx(1.0)


def test_a_sentence_on_something_else_covers_nothing() -> None:
    found, terms = last_match("Did the council close the library?", "Rain fell all week.")
    assert found.coverage == 0.0
    assert [term.lower for term in found.missing(terms)] == ["council", "close", "library"]


def test_the_words_that_matched_are_given_where_they_stand() -> None:
    found, terms = last_match("Did the council close the library?", "They shut a library.")
    places = {term.lower: place.text if place else None for term, place in zip(terms, found.places, strict=True)}
    assert places["library"] == "library"
    assert places["council"] is None


def test_a_name_has_no_synonyms_but_its_people() -> None:
    assert matched("Did Denmark leave?", "The Danish envoys left.")["denmark"] == 0.0
    assert matched("Did China leave?", "The Chinese envoys left.")["china"] > 0.5


def test_initials_match_the_name_they_stand_for() -> None:
    text = "The World Health Organization spoke first. The World Health Organization warned of measles."
    assert matched("Did the WHO warn of measles?", text).get("who", 1.0) == 1.0
    assert matched("Did NASA launch it?", "The National Aeronautics Space Administration launched it.")["nasa"] == 1.0


def test_what_it_stands_for_counts_nearly_as_much_as_the_name_itself() -> None:
    found = matched("Did Lufthansa cut flights?", "Lufthansa is short of pilots. It cut 400 flights.")
    assert 0.8 < found["lufthansa"] < 1.0


def test_a_name_that_only_the_context_has_counts_little_when_the_sentence_is_about_somebody_else() -> None:
    found = matched("Did Lufthansa cut flights?", "Lufthansa is short of pilots. Ryanair cut 400 flights.")
    assert found["lufthansa"] < 0.5


def test_the_title_helps() -> None:
    assert matched("Did Lufthansa cut flights?", "Some 400 flights were cut.", title="Lufthansa in trouble")[
        "lufthansa"
    ] > 0.5  # fmt: skip


def test_an_amount_matches_by_its_value() -> None:
    assert matched("Did it cost $2 billion?", "It cost 2,000 million dollars.")["$2 billion"] == 1.0
    assert matched("Did it cost $2 billion?", "It cost $3 billion.")["$2 billion"] == 0.0


def test_a_date_in_the_question_may_be_the_day_of_publication() -> None:
    asked = "Did the dam burst on 3 March 2025?"
    assert matched(asked, "The dam burst at dawn.")["3 march 2025"] > 0.5
    assert matched(asked, "The dam burst at dawn.", published="2025-03-09")["3 march 2025"] < 0.5


def test_words_that_say_the_opposite_are_given() -> None:
    found, _ = last_match("Did prices rise in May?", "Prices fell in May.")
    assert [word.text for word in found.opposed] == ["fell"]


def test_a_term_that_every_statement_has_weighs_less_than_a_rare_one() -> None:
    pool = pool_of(
        "Did Lufthansa close the Porto base?",
        [
            said("Lufthansa grew."),
            said("Lufthansa lost money.", id="b"),
            said("Lufthansa closed its Porto base.", id="c"),
        ],
    )
    weights = {term.lower: term.weight for term in pool.terms}
    assert weights["porto"] > weights["lufthansa"]


@pytest.mark.parametrize(
    ("comparison", "amount", "satisfied"),
    [(">", "25 people", True), ("<", "25 people", False), ("", "20 people", True)],
)
def test_a_comparison_is_satisfied_on_its_side(comparison: str, amount: str, satisfied: bool) -> None:
    from rag.quantities import find_quantities

    term = Term("20 people", "20 people", quantity=find_quantities("20 people")[0], comparison=comparison)
    assert term.satisfied_by(find_quantities(amount)[0]) is satisfied


def test_a_name_is_met_by_no_common_word_that_shares_its_stem() -> None:
    """ "Units" has the stem of "United", which stands for America."""
    common, name = (
        pool_of("Did the firm sell cars in America?", [said(text)]).found[0].match.strengths[-1]
        for text in ("The firm sold cars, 130,000 units in all.", "The firm sold cars in the United States.")
    )
    assert common == 0
    assert name > 0.5


@pytest.mark.parametrize(
    ("question", "is_name"),
    [("Did Harland meet Contoso about working together?", False), ("did harland meet contoso about sundry", True)],
)
def test_a_small_word_is_a_name_only_where_names_are_written_small(question: str, *, is_name: bool) -> None:
    told = said("Harland met Contoso. Working plans: one. At Sundry Lane nobody spoke.", id="met")
    named = {term.lower for term in pool_of(question, [told]).terms if term.is_name}
    assert bool(named & {"working", "sundry"}) is is_name
    assert {"harland", "contoso"} <= named
