"""Questions worded about are put in the usual words before they are taken apart."""

import pytest

from rag.rewording import reword


@pytest.mark.parametrize(
    ("asked", "usual"),
    [
        ("Is there a denial from Harland of the sale?", "Did Harland deny the sale?"),
        ("Did Harland issue a denial?", "Did Harland deny it?"),
        ("harland put out a denial of the sale?", "harland denied the sale?"),
        ("By whom was the mayor arrested?", "Who arrested the mayor?"),
        ("By which court was the appeal rejected in May?", "Which court rejected the appeal in May?"),
        ("According to whom is the quay safe?", "Who said that the quay safe?"),
        ("The quay is safe according to whom?", "Who said that The quay is safe?"),
        ("Whose statement was it that the quay is safe?", "Who said the quay is safe?"),
        ('Which analyst used the words "a heavy blow"?', 'Which analyst said "a heavy blow"?'),
        ("In the paper's view, is the quay safe?", "Is the quay safe, according to the paper?"),
        ("Is the quay safe, going by the Daily Ledger?", "Is the quay safe, according to the Daily Ledger?"),
        ("Which paper broke the story of the sale?", "Which paper reported the sale?"),
        ("Name all the firms that denied the sale.", "Which firms denied the sale?"),
        ("list the towns Harland sells in", "Which towns Harland sells in?"),
        ("Name the new head of Harland", "What is the new head of Harland?"),
        ("Name the car firms that denied the sale.", "Which car firms denied the sale?"),
        ("List the crisis behind the strike.", "What is the crisis behind the strike?"),
        ("Give me the reasons for the sale.", "What are the reasons for the sale?"),
        ("Did the director step down?", "Did the director resign?"),
        ("Which controversial figure was arrested?", "Which controversial person was arrested?"),
        ("Which of the following countries won the cup?", "Which country won the cup?"),
        ("Which of the following was banned?", "What was banned?"),
    ],
)
def test_what_is_asked_by_other_words_is_asked_by_the_usual_ones(asked: str, usual: str) -> None:
    assert reword(asked) == usual
    assert reword(usual) == usual


@pytest.mark.parametrize(
    "asked",
    [
        "Who sold the brewery?",
        "Did Harland deny the sale?",
        "When did the storm break over Leeds?",
        "What did the paper view as a risk?",
        "Whose dog won?",
        "Name him.",
        "Name the airline.",
        "Name who was sacked.",
        "Name change of Twitter: when was it announced?",
        "Give me a summary of the strike.",
        "Summarise how the talks went.",
    ],
)
def test_what_is_asked_plainly_stays(asked: str) -> None:
    assert reword(asked) == asked
