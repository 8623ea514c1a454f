"""Sentences are found where an editor would find them, and their offsets are exact."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.sentences import sentence_spans

# Each case is written with | where one sentence ends and the next begins.
CASES = [
    "The Senate met on Monday.| It rose at noon.",
    "The U.S. Senate met on Jan. 5.| Mr. Smith spoke.",
    "Mr. Smith of Apple Inc. spoke at 9 a.m. Monday.| Nobody replied.",
    "The shop shut at 5 p.m.| The staff went home.",
    "Polls close at 8 p.m. ET in Ohio.| Counting starts at once.",
    "Apple Inc. Chief Executive Tim Cook resigned.| The shares fell.",
    "The suit names Acme Corp.| The firm denies it.",
    "He left the U.S.| She stayed.",
    "Sales rose to $3.5 billion.| Costs fell 2.1 percent.",
    "J. K. Rowling wrote it.| J.R.R. Tolkien did not.",
    "George W. Bush and John F. Kennedy were presidents.",
    "We go with plan B.| The rest is history.",
    "He called it “completely false.”| She agreed.",
    "He called it “completely false”.| She agreed.",
    'She said: "It is over."| He left.',
    '"Why?" he asked.| Nobody knew.',
    '"Is this the end?" Mr. Smith asked.| It was not.',
    "“What a day!” Prime Minister Jane Roe said.| The crowd cheered.",
    "“Never!”| The crowd cheered.",
    "Is it true?| Nobody knows!| We will see.",
    "Talks were held. (Financial Times)| Others deny it.",
    "Talks were held. (Financial Times)",
    "It ended. [1]| Then it began.",
    "It ended.| (He later apologised.)| Then it began.",
    "(Reuters) Fiji's defence minister spoke on Sunday.| He was clear.",
    "WASHINGTON (AP) — The court ruled on Friday.| Appeals will follow.",
    "PARIS, Nov. 3 - The summit opened.| It ends Tuesday.",
    "The No. 1 seed lost.| No. 2 won.",
    "Was it wise?| No.| The voters said so.",
    "It rained in Nov.| The fields flooded.",
    "Sen. Ron Johnson (R., Wis.) met Gov. Kemp.| They spoke.",
    "Roe vs. Wade and Doe v. Bolton were argued.",
    "He lives in St. Louis.| She lives on Mt. Hood.",
    "Cars, vans, etc. are taxed.| Boats are not.",
    "They sell cars, vans, etc.| Prices vary.",
    "He paused… and went on.| Then he stopped.",
    "He won...| Then he lost.",
    "iPhone sales fell.| eBay grew.",
    "Sales fell.| iPhone owners waited.",
    "Amazon.com and Booking.com grew.| Yahoo! shrank.",
    "They bring a product to market.|The company is small.",
    "1. First, the platform.| It matters.",
    "• Yes, talks have happened—though scope is open. (FT)|\n\n• Politics loom.",
    "The signal inside the noise|\n\nRegardless of how talks end, it matters.",
    "A heading without a stop|\nThe text below it starts here.| And goes on.",
    "他说这是假的。|福特否认了报道！|真的吗？",
    "「もう終わりだ。」|彼は去った。",
    "यह सच है।| वह गया।",
    "The deal is worth 3.5 bn.| Nothing is signed.",
    "Dr. Jane Roe, Ph.D., testified.| Prof. Doe did not.",
    "The U.N. Security Council met.| China abstained.",
    "It was 40 degrees Celsius.| Record-breaking, even.",
    "Turnover was up 4%.| 2024 will be hard.",
    "“We deny it,” Ford said.| “There is no truth to it.”| Xiaomi agreed.",
    "The firm (founded in 1903) grew.| It now employs 5,000.",
    "Her book, “Why Now?”, sold well.| It won a prize.",
    "Brilliance Auto Group Holdings Co. and Chery Automobile Co. were asked.| Neither replied.",
    "See p. 12 and Fig. 3.| Both are clear.",
    "Martin Luther King Jr. Day is a holiday.| Banks close.",
    "It said: “No.”| That was all.",
    "In 2012, then-Gov. Rick Snyder signed it.| It took effect.",
    "It went to Hank Williams Jr. — “Family Tradition” won.| Nobody minded.",
    "She moved to the top of Group B. — Associated Press",
]


def spans_text(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize("case", CASES)
def test_sentences_end_where_an_editor_would_end_them(case: str) -> None:
    assert spans_text(case.replace("|", "")) == [part.strip() for part in case.split("|")]


def test_there_are_at_least_forty_hard_cases() -> None:
    assert len(CASES) >= 40


def test_a_hard_wrapped_paragraph_is_read_across_its_line_ends() -> None:
    text = (
        "The council voted on Tuesday to close the old bridge over the\n"
        "river Wye, which has carried traffic since 1932. Engineers of\n"
        "Hereford had asked for it.\n\nNext week it votes again."
    )
    assert spans_text(text) == [
        "The council voted on Tuesday to close the old bridge over the\nriver Wye, which has carried traffic since 1932.",
        "Engineers of\nHereford had asked for it.",
        "Next week it votes again.",
    ]


def test_short_lines_are_not_taken_for_a_wrapped_paragraph() -> None:
    assert spans_text("Date:\n\nShare post:\n- Advert -\nand so on") == [
        "Date:",
        "Share post:",
        "- Advert -",
        "and so on",
    ]


def test_offsets_count_from_the_start_of_the_whole_text() -> None:
    text = "One is here. Two is there. Three is nowhere."
    assert [text[a:b] for a, b in sentence_spans(text, 13, 26)] == ["Two is there."]


def test_nothing_is_found_in_nothing() -> None:
    assert sentence_spans("") == []
    assert sentence_spans(" \n\u00a0\t ") == []


NEWSLIKE = st.text(
    alphabet=st.sampled_from(list("abcXYZ .!?…,;:\"'“”‘’()[]—–-•\n\r\t\u00a0\u2028。？1239$%é\u0301😀")), max_size=200
)


@given(NEWSLIKE | st.text(max_size=80))
def test_spans_are_ordered_trimmed_and_cover_every_character_that_is_no_space(text: str) -> None:
    spans = sentence_spans(text)
    assert all(start < end for start, end in spans)
    assert all(left[1] <= right[0] for left, right in pairwise(spans))
    assert all(text[start:end] == text[start:end].strip() for start, end in spans)
    covered = "".join(text[start:end] for start, end in spans)
    assert "".join(covered.split()) == "".join(text.split())


@given(NEWSLIKE, NEWSLIKE)
def test_a_stretch_is_read_the_same_wherever_it_stands(before: str, text: str) -> None:
    shifted = sentence_spans(before + text, len(before))
    assert [(a - len(before), b - len(before)) for a, b in shifted] == sentence_spans(text)


@pytest.mark.parametrize("unit", ["(“", "A. ", "... ", "Mr. ", "a\n", "? ", "([", "“Why?” A "])
def test_hostile_text_is_read_in_time_that_grows_with_its_length(unit: str) -> None:
    started = time.process_time()
    sentence_spans(unit * (200_000 // len(unit)))
    assert time.process_time() - started < 10
