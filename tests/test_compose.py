"""Answers as text: short first, then who says what, each sentence with its citation."""

from collections.abc import Callable

import pytest

from index.types import Entry
from rag.attribution import Attribution
from rag.compose import named, tell, write, write_unknown, written_date
from rag.decision import Decision
from rag.types import Evidence, Stance, Verdict

Make = Callable[..., Evidence]


def entry(**known: str) -> Entry:
    return Entry(**{"id": "a", "title": "", "publisher": None, "author": None, "published": None, "url": None, **known})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("published", "written"),
    [("2026-02-02", "2 February 2026"), ("2026-02-02T20:28", "2 February 2026"), ("2026-02", "February 2026"), ("2026", "2026")],
)  # fmt: skip
def test_a_date_is_written_with_the_precision_it_has(published: str, written: str) -> None:
    assert written_date(published) == written


@pytest.mark.parametrize(
    ("article", "name"),
    [
        (entry(publisher="Daily Ledger", author="Ana Reyes", published="2025-03"), "Daily Ledger (March 2025)"),
        (entry(author="Ana Reyes"), "Ana Reyes’s article (undated)"),
        (entry(title="Ferry strike"), "“Ferry strike” (undated)"),
        (entry(), "article a (undated)"),
    ],
)
def test_an_article_is_called_by_publisher_else_author_else_title(article: Entry, name: str) -> None:
    assert named(article) == name


def test_what_somebody_says_is_told_with_speaker_outlet_and_date(make_evidence: Make) -> None:
    evidence = make_evidence("Harland denied that it will sell the brewery.", speaker="Harland")
    act = Attribution("Harland", "deny", "denied", (15, 44), 8)
    assert tell(evidence, act, 2) == (
        "Harland denied that it will sell the brewery, according to Daily Ledger (3 March 2025) [2]."
    )


def test_words_that_stand_before_their_verb_keep_their_order(make_evidence: Make) -> None:
    evidence = make_evidence("“The brewery is not for sale,” said Bo Harland.", speaker="Bo Harland")
    act = Attribution("Bo Harland", "say", "said", (0, 30), 31)
    assert tell(evidence, act, 1) == (
        "“The brewery is not for sale”, Bo Harland said, according to Daily Ledger (3 March 2025) [1]."
    )


def test_who_told_somebody_said_it(make_evidence: Make) -> None:
    evidence = make_evidence("“The brewery is not for sale,” Bo Harland told reporters.", speaker="Bo Harland")
    act = Attribution("Bo Harland", "tell", "told", (0, 30), 43)
    assert "Bo Harland said, according to" in tell(evidence, act, 1)


def test_what_an_article_says_itself_is_quoted_whole(make_evidence: Make) -> None:
    evidence = make_evidence("The brewery was sold.")
    assert tell(evidence, None, 1) == "Daily Ledger (3 March 2025): “The brewery was sold.” [1]"


def test_a_report_that_is_only_spoken_of_is_quoted_whole(make_evidence: Make) -> None:
    evidence = make_evidence("Reports suggesting a sale stirred anger.", speaker="Reports")
    act = Attribution("Reports", "suggest", "suggested", (19, 39), 8)
    assert tell(evidence, act, 1) == "Daily Ledger (3 March 2025): “Reports suggesting a sale stirred anger.” [1]"


def test_a_publisher_keeps_its_small_letter(make_evidence: Make) -> None:
    assert tell(make_evidence("Hail fell.", publisher="hail.example"), None, 1).startswith("hail.example (")


def test_brackets_in_a_quote_cannot_pass_for_markers(make_evidence: Make) -> None:
    assert "[9]" not in tell(make_evidence("The brewery [9] was sold."), None, 1)


def test_yes_opens_the_answer_and_every_sentence_has_its_marker(make_evidence: Make) -> None:
    backing = (make_evidence("The brewery was sold."), make_evidence("It was sold.", id="b"))
    text, citations = write(Decision(Verdict.YES, "yes", backing=backing), [None, None])
    assert text.startswith("Yes. ")
    assert [citation.n for citation in citations] == [1, 2]
    assert "[1]" in text
    assert "[2]" in text


def test_a_no_without_evidence_says_that_the_articles_do_not_say_so() -> None:
    text, citations = write(Decision(Verdict.NO, "no"), [])
    assert text == "No. The articles do not say so."
    assert citations == ()


def test_the_other_side_is_counted_and_not_cited(make_evidence: Make) -> None:
    denial = make_evidence("Harland denied it.", speaker="Harland", stance=Stance.DENIES)
    reports = (
        make_evidence("Talks go on.", id="b", stance=Stance.ASSERTS),
        make_evidence("Talks began.", id="c", stance=Stance.ASSERTS),
    )
    one, _ = write(Decision(Verdict.YES, "yes", backing=(denial,), others=reports[:1]), [None])
    two, citations = write(Decision(Verdict.YES, "yes", backing=(denial,), others=reports), [None])
    assert one.endswith("One other article reports it; see the sources.")
    assert two.endswith("Two other articles report it; see the sources.")
    assert len(citations) == 1


def test_a_dispute_gives_both_sides_in_turn(make_evidence: Make) -> None:
    backing = (
        make_evidence("Talks go on.", stance=Stance.ASSERTS),
        make_evidence("Harland denied it.", id="b", stance=Stance.DENIES),
    )
    text, _ = write(Decision(Verdict.DISPUTED, backing=backing), [None, None])
    assert text.startswith("Sources disagree.")
    assert text.index("For it:") < text.index("[1]") < text.index("Against it:") < text.index("[2]")


@pytest.mark.parametrize(("short", "opening"), [("12 people", "12 people. "), ("the mayor", "The mayor. "), ("It ended.", "It ended. ")])  # fmt: skip
def test_a_fact_opens_with_its_short_answer(make_evidence: Make, short: str, opening: str) -> None:
    backing = (make_evidence("The flood killed 12 people."),)
    assert write(Decision(Verdict.ANSWERED, short, backing=backing), [None])[0].startswith(opening)


def test_an_unknown_says_what_nothing_speaks_of() -> None:
    assert write_unknown(Decision(Verdict.UNKNOWN)) == "The articles do not say."
    text = write_unknown(Decision(Verdict.UNKNOWN, missing=("price", "hangar")))
    assert text == "The articles do not say. Nothing on record there speaks of “price” or “hangar” in this connection."
