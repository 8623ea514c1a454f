"""Who speaks in a sentence: the article in its own voice, or a person or body that it quotes."""

import pytest
from on_record import said, statements

from rag.attribution import Attribution, attributions, inner_quotes


def acts(text: str, before: str = "") -> list[Attribution]:
    """The acts of speech in the last sentence of an article that says `before` and then `text`."""
    read, vocabulary = statements(said(f"{before} {text}".strip()))
    return attributions(read[-1].sentence, read[-1].before, vocabulary)


def speaks(text: str, before: str = "") -> list[tuple[str, str]]:
    return [(act.speaker, act.verb) for act in acts(text, before)]


def words_of(text: str) -> list[str]:
    return [text[slice(*act.complement)] for act in acts(text)]


@pytest.mark.parametrize(
    ("text", "speaker", "verb"),
    [
        ("Lufthansa said on Monday that it will cut 400 flights.", "Lufthansa", "say"),
        ("Maria Keller denied that the mine was unsafe.", "Maria Keller", "deny"),
        ("The port authority has repeatedly rejected the plan.", "The port authority", "reject"),
        ("Clara Weiss, who runs the museum, said the painting is a copy.", "Clara Weiss", "say"),
        ("The union announced a strike on Friday.", "The union", "announce"),
        ("Norway's foreign minister, Lars Dahl, told reporters that talks had failed.", "Lars Dahl", "tell"),
        ("A Daily Ledger report claimed the bank had lost the files.", "Daily Ledger", "claim"),
    ],
)
def test_the_speaker_stands_before_the_verb(text: str, speaker: str, verb: str) -> None:
    assert speaks(text) == [(speaker, verb)]


def test_the_club_is_no_person_named_before() -> None:
    assert speaks("The club said he had failed.", "Teo Marchetti will not join the team.") == [("The club", "say")]
    assert speaks("The bank said so.", "Oakline Bank lost the files.") == [("Oakline Bank", "say")]


def test_who_rejects_an_offer_says_nothing_of_what_is_true() -> None:
    assert speaks("Harland rejected an offer for the brewery on Monday.") == []
    assert speaks("Harland rejected the claim on Monday.") == [("Harland", "reject")]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("“The dam is safe,” said Ana Reyes, the chief engineer.", "Ana Reyes"),
        ("“We will appeal,” a spokesman for the club said.", "a spokesman for the club"),
        ("The dam is safe, according to the water ministry.", "the water ministry"),
        ("According to Ana Reyes, the dam is safe.", "Ana Reyes"),
        ("The dam is for sale, two people close to the firm said on Monday.", "two people close to the firm"),
        ("The dam is for sale, said a person familiar with the matter.", "a person familiar with the matter"),
        ("The dam is safe, Ana Reyes said.", "Ana Reyes"),
        ("The dam is safe, said Ana Reyes.", "Ana Reyes"),
        ("The dam is safe, said Ana Reyes of the ministry.", "Ana Reyes"),
        ("“The dam,” Ana Reyes said, “is safe.”", "Ana Reyes"),
    ],
)
def test_the_speaker_may_come_after_what_is_said(text: str, speaker: str) -> None:
    found = speaks(text)
    assert len(found) == 1
    assert found[0][1] == "say"
    assert found[0][0].lower().removeprefix("the ") == speaker.lower().removeprefix("the ")


def test_who_is_spoken_of_behind_the_verb_does_not_speak() -> None:
    assert speaks("Clara Weiss, who runs the dam, said Ana Reyes had left.") == [("Clara Weiss", "say")]
    assert "Ana Reyes" not in [name for name, _ in speaks("The union, which runs the dam, said Ana Reyes had left.")]


def test_a_participle_speaks_for_the_subject_of_its_sentence() -> None:
    found = speaks("Airbus hit back within hours, calling the report “pure fiction” and stressing that orders are up.")
    assert ("Airbus", "call") in found
    assert ("Airbus", "stress") in found


def test_a_report_is_heard_through_its_outlet() -> None:
    assert ("Harbour Times", "suggest") in speaks("A Harbour Times report suggests that the ferry line is for sale.")


def test_in_the_passive_the_speaker_stands_behind_by() -> None:
    assert ("Lufthansa", "deny") in speaks("The takeover was denied by Lufthansa.")


@pytest.mark.parametrize(
    ("before", "text", "speaker"),
    [
        ("Maria Keller runs the mine.", "She denied that it was unsafe.", "Maria Keller"),
        ("Lufthansa is cutting flights.", "The company said fuel is too dear.", "Lufthansa"),
        ("Lars Dahl said the talks had failed.", "He added that no date was set.", "Lars Dahl"),
        ("In Oslo, Lars Dahl met the unions.", "He said the talks had failed.", "Lars Dahl"),
    ],
)
def test_a_pronoun_or_the_company_is_whoever_was_named_before(before: str, text: str, speaker: str) -> None:
    assert [name for name, _ in speaks(text, before)] == [speaker]


def test_a_pronoun_without_anybody_before_it_is_nobody() -> None:
    assert speaks("He said the talks had failed.") == []


@pytest.mark.parametrize(
    "text",
    [
        "The mine was closed on Monday.",
        "Prices rose by 4% in May.",
        "The report was published in May.",
        "Voters call the hall a landmark.",
    ],
)
def test_an_article_that_quotes_nobody_speaks_itself(text: str) -> None:
    assert [act for act in acts(text) if act.verb not in {"call"}] == []


def test_two_speakers_in_one_sentence_are_both_heard() -> None:
    found = speaks("Norway rejected the plan, but Denmark said it could accept it.")
    assert ("Norway", "reject") in found
    assert ("Denmark", "say") in found


def test_two_who_speak_together_are_one_speaker() -> None:
    assert speaks("Norway and Denmark denied the report.") == [("Norway and Denmark", "deny")]


def test_what_is_said_is_given_without_the_speaker() -> None:
    assert words_of("Lufthansa said on Monday that it will cut 400 flights.") == [
        "on Monday that it will cut 400 flights",
    ]  # fmt: skip
    assert words_of("The dam is safe, Ana Reyes said.") == ["The dam is safe"]
    assert words_of("The dam is safe, the historian Ana Reyes said on Monday.") == ["The dam is safe"]
    assert words_of("In May, the historian Ana Reyes said the dam is safe.") == ["the dam is safe"]
    assert words_of("According to Ana Reyes, the dam is safe.") == ["the dam is safe"]


def test_what_is_said_goes_on_behind_an_abbreviation() -> None:
    text = "Ana Reyes said that Harland Co. and Ostrow Inc. are in talks."
    assert words_of(text) == ["that Harland Co. and Ostrow Inc. are in talks"]


def test_what_is_said_ends_where_another_clause_begins() -> None:
    assert words_of("The club denied the transfer, but fans kept waiting.")[0] == "the transfer"


def test_the_form_in_the_past_is_kept_for_the_answer() -> None:
    assert [act.past for act in acts("Lufthansa says it will cut 400 flights.")] == ["said"]


def test_words_inside_quotation_marks_are_found() -> None:
    assert inner_quotes("called it “pure fiction” and “a joke”") == ["pure fiction", "a joke"]
