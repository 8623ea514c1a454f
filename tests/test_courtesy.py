"""What people put around a question is not asked."""

import pytest

from rag.courtesy import plain


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("Please tell me: did Northwind deny it?", "Did Northwind deny it?"),
        ("Hi, quick question: who won?", "Who won?"),
        ("hey did Ana Reyes win?", "Did Ana Reyes win?"),
        ("Good morning, could you please tell me who won? Thanks!", "Who won?"),
        ("Can you tell me, which firm denied it?", "Which firm denied it?"),
        ("can you tell me in which year it sank", "In which year it sank"),
        ("Could you tell me whether Northwind sank?", "Is it true that Northwind sank?"),
        ("I was wondering if it sank", "Is it true that it sank"),
        ("I'd like to know: does it float?", "Does it float?"),
        ("Do you know who won?", "Who won?"),
        ("From what you have read, who won?", "Who won?"),
        ("In the articles, has it sunk?", "Has it sunk?"),
        ("Who won according to the articles?", "Who won?"),
        ("According to the articles, in what year did it sink?", "In what year did it sink?"),
        ("The Albion sank, didn't it?", "The Albion sank?"),
        ("They will not raise it, will they?", "They will not raise it?"),
        ("Is there any truth to the claim that it sank?", "Is it true that it sank?"),
        ("Is it fair to say that it sank?", "Is it true that it sank?"),
        ("What's the fare?", "What is the fare?"),
        ("whats the fare", "What is the fare"),
        ("When’d it sink?", "When did it sink?"),
        ("How's the plan changed?", "How has the plan changed?"),
        ("Who'll pay?", "Who will pay?"),
        ("Did they deny that ferry thing?", "Did they deny the ferry story?"),
        ("Can you summarise the talks, please?", "Summarise the talks?"),
        ("So, who won?", "Who won?"),
        ("Question: who won?", "Who won?"),
        ("“Did it sink?”", "Did it sink?"),
        ('"Did it sink"?', "Did it sink?"),
        ("DID THE ALBION SINK IN MAY?", "Did the albion sink in may?"),
        ("Did it sink? Thank you very much.", "Did it sink?"),
    ],
)
def test_the_question_alone_is_left(typed: str, asked: str) -> None:
    assert plain(typed) == asked


@pytest.mark.parametrize(
    "question",
    [
        "did it sink",
        "NATO?",
        'Who said "no"?',
        '"No", said whom?',
        "“Yes” and “no”?",
        "Hello Kitty sales in 2023?",
        "Right-wing parties: which won?",
        "So who won?",
        "Tell me about the Albion",
        "What is the question?",
        "Who said thank you?",
        "Could the plant close?",
        "Can you tell?",
        "Would you say it sank?",
        "In the articles of the treaty, what is said?",
        "thanks",
        "Who is in the news?",
        "What is said in the articles?",
        "What was the first thing that broke?",
        "Whose ferry sank?",
        "Who is the what's what of trams?",
        "Is there any truth to the report?",
        "Who can swim, and can they dive?",
        "hi",
    ],
)
def test_a_question_without_courtesies_stays(question: str) -> None:
    assert plain(question) == question
