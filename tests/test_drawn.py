"""Questions drawn from sentences of articles, worded as an editor would print them."""

import pytest

from ui.drawn import base_form, drawn_from, drawn_questions, names_in, said_in


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        ("Marlow Motors sold 4,200 electric vans in 2024.", "How many electric vans did Marlow Motors sell in 2024?"),
        ("The Harbour Line tram will open in 2029.", "When will the Harbour Line tram open?"),
        ("Director Hubert Stoll resigned in October over an alarm.", "When did Director Hubert Stoll resign over an alarm?"),
        ("The Solveig was refloated on Thursday evening and towed away.", "When was the Solveig refloated?"),
        ("Rovers have agreed to pay Brava £14.5m for Teo Marchetti.", "How much have Rovers agreed to pay Brava for Teo Marchetti?"),
        ("Northwind paid about $2 billion for Contoso.", "How much did Northwind pay for Contoso?"),
        ("Contoso stopped production in Leeds on 3 March 2025.", "When did Contoso stop production in Leeds?"),
        ("Northwind bought Contoso, a rival, last year.", "Who bought Contoso?"),
        ("TOLLAND, 3 May (Wire) - The Solveig will sail in June.", "When will the Solveig sail?"),
    ],
)  # fmt: skip
def test_a_plain_sentence_answers_a_question(sentence: str, question: str) -> None:
    around = f"{sentence} Then Rovers, and Northwind, and Contoso said more."
    assert question in list(drawn_questions(sentence, around))


@pytest.mark.parametrize(
    "sentence",
    [
        "",
        "He resigned in October.",  # who?
        "The company lost $2 billion in 2024.",  # which?
        "Teo Marchetti will not be joining Lindholm Rovers.",  # a question would put it the other way round
        "Ministry denies exam was leaked",  # a headline
        '"Exit polls have been wrong before," Strand said.',
        "Power has been restored to all but 2,300 homes.",
        "Northwind was bought by Contoso in 2024 and, by all accounts, cheaply.",
        "With more than 40 staff gone, Northwind closed in May.",
    ],
)
def test_nothing_is_drawn_from_what_is_not_plain(sentence: str) -> None:
    assert [question for question in drawn_questions(sentence, sentence) if question.startswith(("When", "How"))] == []


@pytest.mark.parametrize(
    ("past", "base"),
    [("sold", "sell"), ("planned", "plan"), ("closed", "close"), ("opened", "open"), ("denied", "deny"),
     ("killed", "kill"), ("hoped", "hope"), ("announced", "announce"), ("red", ""), ("Contoso", ""), ("need", "")],
)  # fmt: skip
def test_the_base_of_a_past_form_is_found(past: str, base: str) -> None:
    assert base_form(past) == base


def test_a_speaker_is_asked_about_whom_they_named() -> None:
    text = "Marta Dunmore said Halvorsen Freight had made no offer.\n\nProsecutors accused Dario Venn of bribery."
    assert next(said_in(text)) == "What did Marta Dunmore say about Halvorsen Freight?"


@pytest.mark.parametrize(
    "text", ["The company said Contoso had left.", "She said Contoso had left.", "A pairing that said Contoso left."]
)
def test_a_speaker_whom_only_the_article_tells_apart_is_not_asked_about(text: str) -> None:
    assert list(said_in(text)) == []


def test_names_stand_as_they_do_in_a_sentence() -> None:
    around = "The Solveig sank. On board the Solveig were 12. Contoso and the EU said so, and the Financial Times."
    assert names_in("did Contoso tell EU lawyers of Solveig, or the rest of it to Financial Times?", around) == [
        "Contoso",
        "the Solveig",
        "the Financial Times",
    ]


def test_a_text_gives_one_question_a_sentence() -> None:
    text = "Northwind bought Contoso in 2024. Later, Northwind closed Contoso in May 2025."
    assert list(drawn_from(text)) == ["When did Northwind buy Contoso?"]
