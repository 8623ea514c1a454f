"""Words in quotation marks are traced to whoever said them."""

import pytest
from on_record import pool_of, said

from rag.decide import decide
from rag.quoted import quoted_phrases
from rag.types import Verdict

BLOW = said(
    'The Carers\' League, a charity, called the ruling "a heavy blow". "It is a small number," said Leonie Abara. '
    "Critics have dubbed the plan “the long winter”.",
    id="blow",
)
WEATHER = said("Hail fell on Leeds, said Ada Cole. It was a blow to growers.", id="weather")


@pytest.mark.parametrize(
    ("question", "speaker"),
    [
        ('By whom was the ruling called "a heavy blow"?', "League"),
        ('Who said "it is a small number"?', "Leonie Abara"),
        ("Who used the words “the long winter”?", "Critics"),
        ("Whose phrase was 'a heavy blow'?", "League"),
    ],
)
def test_quoted_words_lead_to_their_speaker(question: str, speaker: str) -> None:
    decision = decide(pool_of(question, [WEATHER, BLOW]))
    assert decision.verdict is Verdict.ANSWERED
    assert speaker in (decision.short or "")
    assert decision.backing[0].speaker == decision.short


def test_words_that_nobody_said_have_no_speaker() -> None:
    decision = decide(pool_of('Who said "a wonderful morning for growers"?', [WEATHER, BLOW]))
    assert decision.verdict is Verdict.UNKNOWN


def test_apostrophes_are_no_quotation_marks() -> None:
    assert quoted_phrases("Who runs Ada's and Leo's bakery?") == ()
    assert quoted_phrases("Who said 'no way' to Ada's plan?") == ("no way",)
