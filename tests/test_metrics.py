"""Every metric, worked by hand on values small enough to check in the head."""

from dataclasses import replace
from math import log, log2

import pytest

from eval import answering, citing
from eval.calibration import auc, brier, calibration_error, reliability, risk_coverage, risk_coverage_area
from eval.metrics import HEADLINE, MEASURES, score_answer, score_hits
from eval.questions import Gold, Kind, Part, Question
from eval.ranking import average_precision, discounted_gain, hits_at, recall_at, reciprocal_rank
from eval.scores import SILENT
from eval.wording import exact, holds, mentions, normalise, squad_normalise, without_markers, word_f1
from index.types import Entry, Hit, Passage
from rag.types import Answer, Citation, Evidence, Stance, Support, Verdict

TEXTS = {
    "claim": "Northwind is in talks to buy Contoso. The deal could be worth $2.5 billion.",
    "denial": 'Northwind said there is "no substance" to the report. Contoso declined to comment.',
}
CLAIM = "Northwind is in talks to buy Contoso."
WORTH = "The deal could be worth $2.5 billion."
DENIAL = 'Northwind said there is "no substance" to the report.'
DECLINED = "Contoso declined to comment."


def entry(id: str) -> Entry:
    return Entry(id=id, title="", publisher=id.title(), author=None, published=None, url=None)


def cite(
    article: str,
    quote: str,
    n: int = 1,
    speaker: str | None = None,
    stance: Stance = Stance.NEUTRAL,
    support: Support = Support.SUPPORTED,
) -> Citation:
    start = max(0, TEXTS[article].find(quote))
    span = (start, start + len(quote))
    evidence = Evidence(entry(article), quote, span, quote, span, speaker, stance)
    return Citation(n, evidence, support=support)


def answer(
    verdict: Verdict, text: str = "", short: str | None = None, *citations: Citation, lean: float | None = None
) -> Answer:
    return Answer("?", text or str(verdict), verdict, short, lean=lean, citations=citations)


def question(
    *verdicts: Verdict,
    accepted: tuple[str, ...] = (),
    must: tuple[tuple[str, ...], ...] = (),
    must_not: tuple[str, ...] = (),
    gold: tuple[Gold, ...] = (),
) -> Question:
    return Question(
        id="q",
        question="?",
        kind=Kind.FACT,
        fact="f",
        part=Part.TUNING,
        verdict=verdicts,
        accepted=accepted,
        must=must,
        must_not=must_not,
        gold=gold,
    )


WORTH_ASKED = question(Verdict.ANSWERED, accepted=("$2.5 billion", "2.5bn"), gold=(Gold("claim", WORTH),))
TALKS_ASKED = question(
    Verdict.DISPUTED,
    gold=(
        Gold("claim", CLAIM, "asserts", "", Stance.ASSERTS),
        Gold("denial", DENIAL, "denies", "Northwind", Stance.DENIES),
    ),
)
NOT_THERE = question(Verdict.UNKNOWN)
DENIED_ASKED = question(Verdict.YES, gold=(Gold("denial", DENIAL),))


# Wording


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("The $3.5 billion plant.", "3.5 billion plant"),
        ("130,000 units", "130000 units"),
        ("“No truth”", "no truth"),
        ("F-150", "f 150"),
        ("Ford's U.S. arm", "ford us arm"),
        ("5 per cent, or 5%", "5 percent or 5 percent"),
        ("over-the-air — updates", "over air updates"),
        ("１２３", "123"),
    ],
)
def test_normalising_leaves_what_news_answers_turn_on(text: str, normal: str) -> None:
    assert normalise(text) == normal


def test_squads_own_normalising_is_kept_apart_because_it_loses_the_point() -> None:
    assert squad_normalise("A 3.5 share") == "35 share"
    assert normalise("A 3.5 share") == "3.5 share"


def test_exact_match_wants_the_whole_answer() -> None:
    assert exact("The 130,000", ["130000"]) == 1.0
    assert exact("over 130,000", ["130000"]) == 0.0
    assert exact(None, ["130000"]) == 0.0


def test_word_f1_of_two_shared_words_in_three_and_two() -> None:
    # precision 2/3, recall 2/2: 2 * 2 / (3 + 2)
    assert word_f1("about ten billion", ["ten billion"]) == pytest.approx(0.8)
    assert word_f1("nothing like it", ["ten billion"]) == 0.0
    assert word_f1(None, ["ten"]) == 0.0


def test_a_phrase_is_held_as_whole_words_side_by_side() -> None:
    assert holds("It sold over 130,000 units.", "130,000")
    assert not holds("It sold 1,130,000 units.", "130,000")
    assert not holds("It cost 3.5 billion.", "35")
    assert not holds("anything", "the")


def test_a_mention_may_be_part_of_a_word() -> None:
    assert mentions("Write to admin@example.org", "admin@")
    assert mentions("They said “no  truth”", '"no truth"')


def test_markers_are_taken_out_with_the_space_before_them() -> None:
    assert without_markers("Yes. It denied it [1][2]; so did he [3].") == "Yes. It denied it; so did he."


# Answers


def test_an_answer_is_right_when_short_holds_an_accepted_one() -> None:
    assert answering.answer_right(WORTH_ASKED, answer(Verdict.ANSWERED, "…", "about $2.5 billion"), TEXTS) == (1, 1)


def test_a_wrong_short_is_not_saved_by_the_sentence_it_stands_in() -> None:
    said = answer(Verdict.ANSWERED, f"{WORTH} [1]", "the deal")
    assert answering.answer_right(WORTH_ASKED, said, TEXTS) == (0, 1)
    assert answering.answer_anywhere(WORTH_ASKED, said, TEXTS) == (1, 1)


def test_without_a_short_the_text_is_looked_at() -> None:
    assert answering.answer_right(WORTH_ASKED, answer(Verdict.ANSWERED, f"{WORTH} [1]"), TEXTS) == (1, 1)
    assert answering.answer_right(WORTH_ASKED, answer(Verdict.ANSWERED, "A large sum."), TEXTS) == (0, 1)


def test_the_right_words_under_the_wrong_verdict_are_wrong() -> None:
    said = answer(Verdict.UNKNOWN, "…", "$2.5 billion")
    assert answering.answer_right(WORTH_ASKED, said, TEXTS) == (0, 1)
    assert answering.faults_of(WORTH_ASKED, said) == ["verdict is unknown, not answered"]


def test_must_and_must_not_are_looked_for_in_all_that_is_said() -> None:
    asked = question(Verdict.ANSWERED, must=(("Contoso",), ("talks", "negotiations")), must_not=("sign in",))
    assert answering.faults_of(asked, answer(Verdict.ANSWERED, "Negotiations with Contoso go on.")) == []
    assert answering.faults_of(asked, answer(Verdict.ANSWERED, "Contoso. Sign in to comment.")) == [
        "none of ['talks', 'negotiations'] in the text",
        "'sign in' in the text",
    ]


def test_an_accepted_list_is_decided_by_its_must_words() -> None:
    asked = question(Verdict.ANSWERED, accepted=("Northwind and Contoso",), must=(("Northwind",), ("Contoso",)))
    said = answer(Verdict.ANSWERED, "…", "Northwind Ltd, Contoso Inc")
    assert answering.answer_right(asked, said, TEXTS) == (1, 1)


def test_unknown_is_right_where_nothing_is_said_and_must_cite_nothing() -> None:
    assert answering.answer_right(NOT_THERE, answer(Verdict.UNKNOWN), TEXTS) == (1, 1)
    assert answering.answer_right(NOT_THERE, answer(Verdict.UNKNOWN, "", None, cite("claim", CLAIM)), TEXTS) == (0, 1)


def test_any_accepted_verdict_will_do() -> None:
    asked = question(Verdict.YES, Verdict.DISPUTED, gold=(Gold("claim", CLAIM),))
    assert answering.verdict_right(asked, answer(Verdict.DISPUTED), TEXTS) == (1, 1)
    assert answering.verdict_right(asked, answer(Verdict.NO), TEXTS) == (0, 1)


def test_a_crash_is_a_wrong_answer_in_every_measure_that_counts_answers() -> None:
    scores = score_answer(WORTH_ASKED, None, TEXTS)
    low = ("answer_accuracy", "verdict_accuracy", "citation_recall", "short_f1")
    assert [scores[name] for name in low] == [(0, 1)] * 4
    assert [scores[name] for name in ("wrong_when_answered", "confidence_brier")] == [(1, 1)] * 2


def test_wrong_when_answered_looks_away_from_unknown() -> None:
    assert answering.wrong_when_answered(WORTH_ASKED, answer(Verdict.UNKNOWN), TEXTS) == SILENT
    assert answering.wrong_when_answered(NOT_THERE, answer(Verdict.YES), TEXTS) == (1, 1)
    assert answering.wrong_when_answered(DENIED_ASKED, answer(Verdict.YES), TEXTS) == (0, 1)


def test_abstention_by_hand_over_four_questions() -> None:
    # rightly unknown, wrongly unknown, wrongly answered, rightly answered: P = 1/2, R = 1/2, F1 = 2·1 / (2 + 2)
    pairs = [
        (NOT_THERE, answer(Verdict.UNKNOWN)),
        (WORTH_ASKED, answer(Verdict.UNKNOWN)),
        (NOT_THERE, answer(Verdict.YES)),
        (DENIED_ASKED, answer(Verdict.YES)),
    ]
    for metric, share in (
        (answering.abstention_precision, 0.5),
        (answering.abstention_recall, 0.5),
        (answering.abstention_f1, 0.5),
    ):
        scores = [metric(asked, said, TEXTS) for asked, said in pairs]
        assert sum(top for top, _ in scores) / sum(bottom for _, bottom in scores) == share


def test_a_question_that_accepts_unknown_and_an_answer_says_nothing_of_abstention() -> None:
    asked = question(Verdict.NO, Verdict.UNKNOWN)
    assert answering.abstention(asked, answer(Verdict.UNKNOWN)) == (0, 0, 0)


def test_confusion_counts_each_pair_and_names_crashes() -> None:
    pairs = [(Verdict.YES, Verdict.YES), (Verdict.YES, Verdict.NO), (Verdict.YES, Verdict.NO), (Verdict.NO, None)]
    assert answering.confusion(pairs) == {("yes", "yes"): 1, ("yes", "no"): 2, ("no", "error"): 1}


def test_lean_is_judged_where_truth_is_plainly_yes_or_no() -> None:
    assert answering.lean_right(DENIED_ASKED, answer(Verdict.UNKNOWN, lean=0.7), TEXTS) == (1, 1)
    assert answering.lean_right(DENIED_ASKED, answer(Verdict.YES, lean=0.5), TEXTS) == (0, 1)
    assert answering.lean_right(TALKS_ASKED, answer(Verdict.DISPUTED, lean=0.5), TEXTS) == SILENT
    top, bottom = answering.lean_brier(DENIED_ASKED, answer(Verdict.YES, lean=0.7), TEXTS)
    assert top == pytest.approx(0.09)
    assert bottom == 1


# Citations


def test_a_citation_is_on_gold_by_half_of_the_shorter() -> None:
    assert citing.overlaps(cite("claim", WORTH), Gold("claim", WORTH), TEXTS)
    assert citing.overlaps(cite("claim", "$2.5 billion"), Gold("claim", WORTH), TEXTS)
    assert not citing.overlaps(cite("claim", f"Contoso. {WORTH[:9]}"), Gold("claim", CLAIM), TEXTS)
    assert not citing.overlaps(cite("claim", CLAIM), Gold("denial", DENIAL), TEXTS)


def test_a_quote_that_is_not_verbatim_is_on_nothing() -> None:
    changed = cite("claim", "The deal could be worth $3.5 billion.")
    assert citing.overlaps(changed, Gold("claim", WORTH), TEXTS) is False
    assert citing.verbatim(WORTH_ASKED, answer(Verdict.ANSWERED, "…", None, changed), TEXTS) == (0, 1)


def test_verbatim_does_not_take_the_engines_word_for_it() -> None:
    moved = cite("claim", WORTH)
    shifted = Citation(1, Evidence(entry("claim"), WORTH, (1, 1 + len(WORTH)), WORTH, (0, 9)), verbatim=True)
    assert citing.stands_verbatim(moved, TEXTS)
    assert not citing.stands_verbatim(shifted, TEXTS)


def test_citation_precision_is_the_share_on_gold() -> None:
    said = answer(Verdict.ANSWERED, "…", None, cite("claim", WORTH), cite("denial", DECLINED, 2))
    assert citing.citation_precision(WORTH_ASKED, said, TEXTS) == (0.5, 1)


def test_citing_anything_for_what_nobody_reported_is_off_gold() -> None:
    said = answer(Verdict.YES, "…", None, cite("claim", CLAIM))
    assert citing.citation_precision(NOT_THERE, said, TEXTS) == (0, 1)


def test_a_no_because_nothing_says_so_is_not_judged_by_its_citations() -> None:
    said = answer(Verdict.NO, "…", None, cite("claim", CLAIM))
    assert citing.citation_precision(question(Verdict.NO), said, TEXTS) == SILENT


def test_citation_recall_wants_each_side_of_a_conflict_once() -> None:
    one_side = answer(Verdict.DISPUTED, "…", None, cite("claim", CLAIM), cite("claim", CLAIM, 2))
    both = answer(Verdict.DISPUTED, "…", None, cite("claim", CLAIM), cite("denial", DENIAL, 2))
    assert citing.citation_recall(TALKS_ASKED, one_side, TEXTS) == (0.5, 1)
    assert citing.citation_recall(TALKS_ASKED, both, TEXTS) == (1, 1)
    assert citing.citation_recall(TALKS_ASKED, answer(Verdict.UNKNOWN), TEXTS) == (0, 1)
    assert citing.citation_recall(NOT_THERE, answer(Verdict.UNKNOWN), TEXTS) == SILENT


def test_quotes_of_one_need_are_alternatives() -> None:
    asked = question(Verdict.YES, gold=(Gold("claim", CLAIM), Gold("denial", DENIAL)))
    assert citing.citation_recall(asked, answer(Verdict.YES, "…", None, cite("denial", DENIAL)), TEXTS) == (1, 1)


def test_attribution_compares_the_speaker_of_the_quote_that_is_cited() -> None:
    right = answer(Verdict.DISPUTED, "…", None, cite("denial", DENIAL, speaker="Northwind Inc"))
    wrong = answer(Verdict.DISPUTED, "…", None, cite("denial", DENIAL, speaker="Contoso"), cite("claim", CLAIM, 2))
    assert citing.attribution(TALKS_ASKED, right, TEXTS) == (1, 1)
    assert citing.attribution(TALKS_ASKED, wrong, TEXTS) == (1, 2)


def test_words_given_to_an_outlet_that_lacks_them_count_against_it() -> None:
    right, other = cite("denial", DENIAL), cite("claim", CLAIM, 2)
    elsewhere = replace(right, evidence=replace(right.evidence, article=entry("claim")))
    assert citing.outlet(TALKS_ASKED, answer(Verdict.DISPUTED, "…", None, right, other), TEXTS) == (2, 2)
    assert citing.outlet(TALKS_ASKED, answer(Verdict.DISPUTED, "…", None, elsewhere, other), TEXTS) == (1, 2)
    assert citing.outlet(WORTH_ASKED, answer(Verdict.DISPUTED, "…", None, right), TEXTS) == (0, 0)


def test_the_articles_own_voice_wants_no_speaker() -> None:
    assert citing.same_speaker(None, "")
    assert not citing.same_speaker("Northwind", "")
    assert not citing.same_speaker(None, "Northwind")


def test_stance_is_judged_where_gold_gives_one() -> None:
    said = answer(Verdict.DISPUTED, "…", None, cite("denial", DENIAL, stance=Stance.ASSERTS))
    assert citing.stance_right(TALKS_ASKED, said, TEXTS) == (0, 1)


def test_support_counts_citations_and_the_sentences_that_have_a_good_one() -> None:
    said = answer(
        Verdict.ANSWERED,
        "Yes. The deal could be worth $2.5 billion [1]. Contoso is pleased with it [2].",
        None,
        cite("claim", WORTH),
        cite("denial", DECLINED, 2, support=Support.UNSUPPORTED),
    )
    assert citing.support_precision(WORTH_ASKED, said, TEXTS) == (0.5, 1)
    assert citing.support_recall(WORTH_ASKED, said, TEXTS) == (0.5, 1)


def test_an_invented_number_is_not_grounded() -> None:
    good = answer(Verdict.ANSWERED, "It could be worth $2.5 billion [1].", None, cite("claim", WORTH))
    bad = answer(Verdict.ANSWERED, "It could be worth $3.5 billion [1].", None, cite("claim", WORTH))
    assert citing.grounded(WORTH_ASKED, good, TEXTS) == (1, 1)
    assert citing.grounded(WORTH_ASKED, bad, TEXTS) == (0, 1)


def test_words_put_into_quote_marks_must_stand_in_the_quote() -> None:
    good = answer(Verdict.YES, "Northwind said there is “no substance” to it [1].", None, cite("denial", DENIAL))
    bad = answer(Verdict.YES, 'Northwind called it "a plain lie" yesterday [1].', None, cite("denial", DENIAL))
    assert citing.grounded(DENIED_ASKED, good, TEXTS) == (1, 1)
    assert citing.grounded(DENIED_ASKED, bad, TEXTS) == (0, 1)


def test_an_articles_title_and_date_may_be_named_beside_its_quote() -> None:
    dated = Entry(id="claim", title="Talks of 7 firms", publisher=None, author=None, published="2025-03-04", url=None)
    evidence = Evidence(dated, WORTH, (38, 38 + len(WORTH)), WORTH, (0, 9))
    said = answer(Verdict.ANSWERED, "“Talks of 7 firms” (4 March 2025): $2.5 billion [1].", None, Citation(1, evidence))
    assert citing.grounded(WORTH_ASKED, said, TEXTS) == (1, 1)


def test_a_marker_before_a_new_beginning_ends_a_sentence() -> None:
    said = citing.sentences_with_markers("Ledger: “Talks between the two” [1] Wire (3 May): “No talks at all.” [2]")
    assert [markers for _, markers in said] == [[1], [2]]


def test_markers_after_the_stop_belong_to_the_sentence_before() -> None:
    assert citing.sentences_with_markers("Yes. It denied the report. [1] [2] The other did not answer [3].") == [
        ("It denied the report.", [1, 2]),
        ("The other did not answer.", [3]),
    ]


# Search


FOUND = [set(), {"a"}, {"a", "b"}, set(), {"c"}]


def test_hits_and_recall_by_hand() -> None:
    assert (hits_at(FOUND, 1), hits_at(FOUND, 2)) == (0.0, 1.0)
    assert recall_at(FOUND, 4, 3) == 0.5
    assert recall_at(FOUND, 4, 5) == 0.75


def test_reciprocal_rank_by_hand() -> None:
    assert reciprocal_rank(FOUND) == 0.5
    assert reciprocal_rank([set()]) == 0.0


def test_average_precision_by_hand() -> None:
    # a at rank 2 (1/2), b at 3 (2/3), c at 5 (3/5), d never
    assert average_precision(FOUND, 4) == pytest.approx((1 / 2 + 2 / 3 + 3 / 5) / 4)


def test_discounted_gain_by_hand() -> None:
    best = 1 / log2(2) + 1 / log2(3) + 1 / log2(4)
    assert discounted_gain(FOUND, 3, 5) == pytest.approx((1 / log2(3) + 1 / log2(4) + 1 / log2(6)) / best)
    assert discounted_gain([{"a"}, {"b"}], 2, 10) == 1.0


def test_a_hit_holds_a_need_when_it_holds_half_of_a_gold_quote() -> None:
    text = TEXTS["claim"]
    hits = [
        Hit(Passage(1, "denial", 0, 20, TEXTS["denial"][:20]), entry("denial"), 1.0),
        Hit(Passage(2, "claim", 0, len(text), text), entry("claim"), 0.9),
    ]
    scores = score_hits(WORTH_ASKED, hits, TEXTS)
    assert [scores[name] for name in ("hits_at_1", "hits_at_4", "mrr")] == [(0, 1), (1, 1), (0.5, 1)]
    assert score_hits(NOT_THERE, hits, TEXTS) == {}


# Probabilities


def test_brier_score_by_hand() -> None:
    assert brier([0.8, 0.4], [1, 0]) == pytest.approx([0.04, 0.16])


def test_calibration_error_of_two_groups_by_hand() -> None:
    # five at 0.9 of which four came true, five at 0.3 of which three did: (5·0.1 + 5·0.3) / 10
    stated, true = [0.9] * 5 + [0.3] * 5, [1, 1, 1, 1, 0, 1, 1, 1, 0, 0]
    assert calibration_error(stated, true) == pytest.approx(0.2)
    low, high = reliability(stated, true)
    assert (round(low.stated, 6), round(low.true, 6), low.rows) == (0.3, 0.6, 5)
    assert (round(high.stated, 6), round(high.true, 6), high.rows) == (0.9, 0.8, 5)


def test_area_under_the_roc_counts_ties_half() -> None:
    assert auc([0.9, 0.4, 0.4, 0.1], [1, 1, 0, 0]) == pytest.approx(3.5 / 4)


def test_risk_grows_as_the_less_sure_are_let_in() -> None:
    curve = risk_coverage([0.9, 0.6, 0.6, 0.2], [0, 0, 1, 1])
    assert [coverage for coverage, _ in curve] == [0.25, 0.75, 1.0]
    assert [risk for _, risk in curve] == pytest.approx([0.0, 1 / 3, 0.5])


def test_area_under_risk_and_coverage_by_hand() -> None:
    # no risk up to 1/2; then errors grow 1 for 1: risk(x) = (x - 1/2) / x, whose integral is 1/2 - (1/2)·ln 2
    assert risk_coverage_area([0.9, 0.9, 0.1, 0.1], [0, 0, 1, 1]) == pytest.approx(0.5 - 0.5 * log(2))
    assert risk_coverage_area([0.5, 0.5], [0, 1]) == pytest.approx(0.5)


# Together


def test_the_headline_names_measures_that_there_are() -> None:
    assert set(HEADLINE) <= set(MEASURES)


def test_a_silent_measure_is_left_out_of_the_scores() -> None:
    scores = score_answer(NOT_THERE, answer(Verdict.UNKNOWN), TEXTS)
    assert "citation_precision" not in scores
    assert scores["abstention_f1"] == (2, 2)
