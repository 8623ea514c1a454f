"""Statements: the sentences of what was found, each once, with what stands around it."""

import pytest
from on_record import found, said, statements

from index.types import Article, Entry, Hit, Passage
from rag.statements import read_sentence, read_statements, referent, refers_back
from rag.words import stem

TEXT = "Hail fell on Leeds. It broke windows. Ana Reyes said so. Roads were closed."


def test_every_sentence_is_a_statement_that_stands_in_its_article() -> None:
    read = read_statements(found(said(TEXT, id="a")))
    assert [statement.text for statement in read] == [
        "Hail fell on Leeds.", "It broke windows.", "Ana Reyes said so.", "Roads were closed.",
    ]  # fmt: skip
    assert all(TEXT[slice(*statement.span)] == statement.text for statement in read)


def test_passages_that_overlap_give_each_sentence_once() -> None:
    article = Article(id="a", text=TEXT)
    halves = (Passage(1, "a", 0, 37, TEXT[:37]), Passage(2, "a", 20, len(TEXT), TEXT[20:]))
    read = read_statements([Hit(half, Entry.of(article), 1.0) for half in reversed(halves)])
    assert [TEXT[slice(*statement.span)] for statement in read] == [
        "Hail fell on Leeds.", "It broke windows.", "Ana Reyes said so.", "Roads were closed.",
    ]  # fmt: skip


def test_the_two_sentences_before_come_along() -> None:
    read, _ = statements(said(TEXT))
    assert [before.text for before in read[3].before] == ["It broke windows.", "Ana Reyes said so."]
    assert read[0].before == ()


@pytest.mark.parametrize(
    ("sentence", "back"),
    [
        ("It broke windows.", True),
        ("The company denied it.", True),
        ("But the minister left.", True),
        ("However, it is closed.", True),
        ("Its chief resigned.", True),
        ("Ana Reyes left.", False),
        ("Hail fell.", False),
    ],
)
def test_a_pronoun_or_the_company_refers_to_somebody_named_before(sentence: str, back: bool) -> None:
    assert refers_back(read_sentence(sentence)) is back


def test_it_stands_for_the_last_name_before_it() -> None:
    read, vocabulary = statements(
        said("Ostrow left early. Harland makes beer. It sold a brewery. The company is glad.")
    )
    assert referent(read[2], vocabulary) == {stem("harland")}
    assert referent(read[3], vocabulary) == {stem("harland")}
    assert referent(read[1], vocabulary) == frozenset()


def test_the_title_names_the_subject_where_no_sentence_does() -> None:
    read, vocabulary = statements(said("It sold a brewery.", title="A busy year for Harland"))
    assert referent(read[0], vocabulary) == {stem("harland")}


def test_the_vocabulary_knows_what_is_written_small_and_what_initials_stand_for() -> None:
    _, vocabulary = statements(said("Flooding hit Pune. The flooding went on. The World Health Organization came."))
    assert "flooding" in vocabulary.lower_case
    assert stem("pune") in vocabulary.names
    assert vocabulary.initials["who"] == {stem("world"), stem("health"), stem("organization")}
