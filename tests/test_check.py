from collections.abc import Callable, Sequence

import pytest

from rag.check import Checked, Fault, Judge, carries, check_sentence, read_markers
from rag.particulars import fold, numbers, quotations, speakers
from rag.types import Evidence, Stance, Support, Verdict

Check = Callable[..., Checked]


@pytest.fixture
def check(talks: list[Evidence], judge_by_words: Judge) -> Check:
    """Checks a sentence against a denial [1], its claim [2] and a sentence with reserve [3], or other evidence."""

    def check(sentence: str, evidence: Sequence[Evidence] = (), **known: object) -> Checked:
        return check_sentence(sentence, evidence or talks, judge_by_words, **known)  # type: ignore[arg-type]

    return check


def test_a_sentence_that_says_what_it_cites_passes(check: Check) -> None:
    checked = check('Northwind said there is "no substance" to reports of talks with Contoso [1].')
    assert checked.fault is None
    assert checked.cited == (1,)
    assert checked.support is Support.SUPPORTED


@pytest.mark.parametrize(
    ("sentence", "fault"),
    [
        ("Northwind denied talks with Contoso.", Fault.CITES_NOTHING),
        ("Northwind denied talks with Contoso [4].", Fault.NO_SUCH_EVIDENCE),
        ("Northwind denied talks with Contoso [0].", Fault.NO_SUCH_EVIDENCE),
        ("Northwind denied talks with Contoso [1][9].", Fault.NO_SUCH_EVIDENCE),
        ('Northwind said there is "no basis" to reports of talks with Contoso [1].', Fault.NOT_VERBATIM),
        ("Northwind said there is “no basis” to reports of talks with Contoso [1].", Fault.NOT_VERBATIM),
        ("Northwind said there is 'no basis' to reports of talks with Contoso [1].", Fault.NOT_VERBATIM),
        ('Northwind said there is "no sub" to reports of talks with Contoso [1].', Fault.NOT_VERBATIM),
        ('Northwind said there is "no substance to reports of talks with Contoso [1].', Fault.NOT_VERBATIM),
        ('Northwind said there is "" to reports of talks with Contoso [1].', Fault.NOT_VERBATIM),
        ('Northwind said there is "substance" to reports of talks with Contoso [1].', Fault.CUT_NEGATION),
        ("Northwind is in talks to buy Contoso for $3 billion [2].", Fault.NUMBER),
        ("Northwind is in talks to buy Contoso for £2 billion [2].", Fault.NUMBER),
        ("Northwind is in talks to buy Contoso for $2 million [2].", Fault.NUMBER),
        ("Northwind is in talks to buy Contoso for two dollars [2].", Fault.NUMBER),
        ("Northwind is in talks to buy Fabrikam [2].", Fault.NAME),
        ("Fabrikam is in talks to buy Contoso [2].", Fault.NAME),
        ("Contoso said there is no substance to reports of talks with Northwind [1].", Fault.SPEAKER),
        ("According to Contoso, there is no substance to reports of talks with Northwind [1].", Fault.SPEAKER),
        ("The deal will close by June [3].", Fault.RESERVE),
        ("Northwind fired hundreds of striking harbour workers [1].", Fault.UNSUPPORTED),
        ("Northwind denied talks with Contoso <b>today</b> [1].", Fault.MARKUP),
        ("Northwind denied talks with Contoso, see https://example.com [1].", Fault.MARKUP),
        ("Northwind denied talks ![x](x) with Contoso [1].", Fault.MARKUP),
        ("Northwind denied talks with Contoso " + "and talks with Contoso " * 50 + "[1].", Fault.TOO_LONG),
    ],
)  # fmt: skip
def test_a_sentence_that_fails_one_check_is_left_out_for_that_reason(check: Check, sentence: str, fault: Fault) -> None:
    assert check(sentence).fault is fault


@pytest.mark.parametrize(
    "sentence",
    [
        "Northwind said on Tuesday there is “no substance” to reports of talks with Contoso [1].",
        'Northwind said on Tuesday there is "No substance," to reports of talks with Contoso [1].',
        "On 4 March 2025 Northwind said there is no substance to reports of talks with Contoso [1].",
        "On March 4, Northwind said there is no substance to reports of talks with Contoso [1].",
        "Morning Wire reported that Northwind said there is no substance to reports of talks with Contoso [1].",
        "Northwind is in talks to buy Contoso for 2 billion dollars, people familiar with the matter said [2].",
        "Northwind is in talks to buy Contoso for $2bn, people familiar with the matter said [2].",
        "The deal could close by June [3].",
        "Coast Gazette reported that the deal would close by June [3].",
        "No: reports of talks with Contoso have no substance, Northwind said [1].",
    ],
)
def test_ways_of_writing_the_same_pass(check: Check, sentence: str) -> None:
    assert check(sentence).fault is None


def test_the_title_of_a_cited_article_may_stand_in_quotation_marks(check: Check) -> None:
    sentence = (
        'Under "Northwind denies talks with Contoso", Northwind said there is no substance to reports of talks [1].'
    )
    assert check(sentence).fault is None
    assert check(sentence.replace("denies", "confirms")).fault is Fault.NOT_VERBATIM


def test_a_date_other_than_the_day_of_publication_is_a_number_like_any_other(check: Check) -> None:
    sentence = "On 5 March 2025 Northwind said there is no substance to reports of talks with Contoso [1]."
    assert check(sentence).fault is Fault.NUMBER


def test_a_count_of_what_is_cited_is_no_foreign_number(
    check: Check, talks: list[Evidence], make_evidence: Callable[..., Evidence]
) -> None:
    both = [talks[1], make_evidence(talks[1].quote, id="again", publisher="Harbour Post")]
    sentence = "Two outlets said Northwind is in talks to buy Contoso for $2 billion [1][2]."
    assert check(sentence, both).fault is None
    assert check(sentence.replace("Two", "Three"), both).fault is Fault.NUMBER


def test_a_marker_whose_evidence_does_not_support_the_sentence_is_taken_out(check: Check) -> None:
    checked = check("Northwind is in talks to buy Contoso for $2 billion [2][3].")
    assert (checked.text, checked.cited) == ("Northwind is in talks to buy Contoso for $2 billion [2].", (2,))


def test_evidence_that_the_model_was_not_shown_cannot_be_cited(check: Check) -> None:
    sentence = "Northwind denied talks with Contoso [1]."
    assert check(sentence, citable=frozenset({2})).fault is Fault.NO_SUCH_EVIDENCE


def test_a_yes_or_no_that_is_not_the_verdicts_is_contrary(check: Check) -> None:
    sentence = 'No, Northwind said there is "no substance" to reports of talks with Contoso [1].'
    assert check(sentence, verdict=Verdict.YES).fault is Fault.CONTRARY
    assert check(sentence, verdict=Verdict.NO).fault is None
    assert check(sentence, verdict=Verdict.DISPUTED).fault is Fault.CONTRARY


def test_a_sentence_that_the_judge_cannot_judge_passes_unjudged(talks: list[Evidence]) -> None:
    checked = check_sentence("Northwind denied talks with Contoso [1].", talks, lambda *_: Support.UNJUDGED)
    assert (checked.fault, checked.support) == (None, Support.UNJUDGED)


def test_look_alike_letters_make_another_name(check: Check) -> None:
    assert check("Northwind is in talks to buy \N{CYRILLIC CAPITAL LETTER ES}ontoso [2].").fault is Fault.NAME


@pytest.mark.parametrize(
    ("written", "text", "cited"),
    [
        ("It did. [1]", "It did [1].", (1,)),
        ("It did [1, 2].", "It did [1][2].", (1, 2)),
        ("It did【3†source】.", "It did [3].", (3,)),
        ("- **It** did [Evidence 2][1].", "It did [2] [1].", (2, 1)),
        ("It\u200b did\u202e [1].", "It did [1].", (1,)),
        ("It did (1).", "It did (1).", ()),
    ],
)
def test_markers_are_read_however_they_are_written(written: str, text: str, cited: tuple[int, ...]) -> None:
    assert read_markers(written) == (text, cited)


def test_a_disputed_result_is_carried_by_both_sides_only(talks: list[Evidence]) -> None:
    denial, claim, hedged = talks
    assert not carries([claim], [claim, denial], Verdict.DISPUTED)
    assert carries([denial, claim], [claim, denial], Verdict.DISPUTED)
    assert not carries([hedged], [denial], Verdict.YES)
    assert carries([denial, hedged], [denial], Verdict.YES)


def test_numbers_are_one_whatever_their_notation() -> None:
    assert numbers("$3.5bn") == numbers("3.5 billion dollars") == numbers("US$3,500,000,000")
    assert numbers("30%") == numbers("thirty per cent") == numbers("30 percent")
    assert numbers("twenty-five") == numbers("25")
    assert numbers("130,000") == numbers("130 thousand") != numbers("130,500")
    assert numbers("30%") != numbers("30")


def test_an_apostrophe_is_no_quotation_mark() -> None:
    assert quotations(fold("Northwind's chief and the companies' lawyers didn't say 'no' to it.")) == ("no",)


def test_the_named_speaker_is_the_one_before_the_verb() -> None:
    assert speakers("Northwind's spokesperson later said it denied talks.") == [frozenset({"northwind"})]
    assert speakers("Reports about Northwind said nothing.") == []
    assert speakers("According to Morning Wire, it is over.") == [frozenset({"morning", "wire"})]


def test_a_speaker_in_the_quote_may_be_named(check: Check, make_evidence: Callable[..., Evidence]) -> None:
    quote = "Northwind said it was false and Contoso said it would sue."
    evidence = make_evidence(quote, speaker="Northwind", stance=Stance.DENIES)
    assert check("Contoso said it would sue [1].", [evidence]).fault is None
