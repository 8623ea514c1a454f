"""A statement settles a yes/no question that the rules leave open, where a stance head is sure enough of it."""

from collections.abc import Sequence

import numpy as np
import pytest
from conftest import HashEncoder
from numpy.typing import NDArray
from on_record import found, pool_of, said

from rag.decide import decide
from rag.heads import open_stance_head
from rag.logit import Logit
from rag.reader import EmbeddedReader
from rag.settling import FEATURES, JUDGED, decide_open, is_open, options_of, settled
from rag.types import Stance, Verdict
from rag.understand import understand
from rag.verdicts import judge_all

QUESTION = "Has the ferry line given up its island route?"
ARTICLES = (
    said("Tarn Ferries will no longer sail to the island, it said. Fares rise in May.", id="ends", publisher="Ledger"),
    said("Hail fell on the island for 20 minutes. Roads were closed until noon.", id="weather"),
)


class Sure:
    """Judges every text that has these words to do this (supports, refutes), and the rest to be of another matter."""

    def __init__(self, words: str, row: tuple[float, float, float, float]) -> None:
        self.words, self.row = words, row
        self.asked: list[tuple[str, str]] = []

    def weigh(self, statements: Sequence[str], texts: Sequence[str], titles: Sequence[str] = ()) -> NDArray[np.float64]:
        self.asked += zip(statements, texts, strict=True)
        return np.array([self.row if self.words in text else (0.01, 0.01, 0.08, 0.9) for text in texts])


YES, NO, NEITHER = (0.97, 0.01, 0.01, 0.01), (0.01, 0.97, 0.01, 0.01), (0.05, 0.05, 0.4, 0.5)


@pytest.mark.parametrize(("row", "verdict", "stance"), [(YES, "yes", "asserts"), (NO, "no", "denies")])
def test_a_statement_that_the_head_is_sure_of_settles_what_the_rules_leave_open(
    row: tuple[float, float, float, float], verdict: str, stance: str
) -> None:
    pool = pool_of(QUESTION, ARTICLES)
    left = decide(pool)
    assert left.verdict is Verdict.UNKNOWN
    decision = decide_open(pool, Sure("no longer sail", row), left)
    assert decision.verdict == verdict
    assert decision.lean is not None
    assert (decision.lean > 0.5) is (verdict == "yes")
    assert [(e.article.id, e.stance) for e in decision.backing] == [("ends", Stance(stance))]
    assert decision.backing[0].quote == "Tarn Ferries will no longer sail to the island, it said."
    assert decision.confidence <= 1


def test_a_line_of_two_words_settles_nothing() -> None:
    pool = pool_of(QUESTION, [said("Route ended.\n\nTarn Ferries has a route to the island.", id="ends")])
    judge = Sure("", YES)
    options_of(pool, judge_all(pool), judge)
    assert "Route ended." not in {text for _, text in judge.asked}


def test_what_no_statement_settles_stays_open() -> None:
    pool = pool_of(QUESTION, ARTICLES)
    decision = decide_open(pool, Sure("no longer sail", NEITHER), decide(pool))
    assert decision.verdict is Verdict.UNKNOWN
    assert decision.backing == ()
    assert decision.lean is not None
    assert 0.3 < decision.lean < 0.7


def test_the_reader_asks_the_head_only_what_the_rules_leave_open() -> None:
    judge = Sure("no longer sail", YES)
    reader = EmbeddedReader(stance=judge)
    answer = reader.read(understand(QUESTION), found(*ARTICLES), HashEncoder().encode)
    assert (answer.verdict, answer.short) == (Verdict.YES, "yes")
    assert answer.citations[0].quote.startswith("Tarn Ferries will no longer sail")
    judge.asked.clear()
    answer = reader.read(understand("Were roads closed until noon?"), found(*ARTICLES), HashEncoder().encode)
    assert answer.verdict is Verdict.YES
    assert judge.asked == []


def test_the_head_is_asked_the_question_of_statements_and_of_passages() -> None:
    judge = Sure("no longer sail", YES)
    pool = pool_of(QUESTION, ARTICLES)
    options = options_of(pool, judge_all(pool), judge)
    assert {asked for asked, _ in judge.asked} == {QUESTION}
    texts = [text for _, text in judge.asked]
    assert "Fares rise in May." in texts
    assert ARTICLES[1].text in texts
    assert len(options) == 2 * min(JUDGED, len(pool.found))
    assert all(len(option.features) == len(FEATURES) for option in options)


def test_the_chances_of_both_sides_leave_the_rest_to_not_on_record() -> None:
    pool = pool_of(QUESTION, ARTICLES)
    options = options_of(pool, judge_all(pool), Sure("no longer sail", YES))
    chances = settled(options, Logit(none=0.0, weights=(0.0,) * len(FEATURES), threshold=0.5))
    assert chances.yes == pytest.approx(chances.no) == pytest.approx(len(options) / 2 / (len(options) + 1))


@pytest.mark.parametrize(
    ("question", "settles"),
    [
        ("Has the ferry line given up its island route?", True),
        ("Who gave up the island route?", False),
        ("Do the articles disagree about the island route?", False),
    ],
)
def test_only_whether_something_is_so_is_settled(question: str, *, settles: bool) -> None:
    assert is_open(understand(question)) is settles


def test_nothing_found_settles_nothing() -> None:
    pool = pool_of(QUESTION, ())
    assert decide_open(pool, Sure("", YES), decide(pool)).verdict is Verdict.UNKNOWN


def test_the_trained_head_reads_a_paraphrase() -> None:
    head = open_stance_head()
    assert head is not None
    weighed = head.weigh(
        ["Did Northwind turn down the Contoso bid?", "Did Northwind accept the Contoso bid?"],
        ["Northwind's board rejected the offer from Contoso on Monday."] * 2,
    )
    assert weighed[0, 0] > weighed[0, 1]
    assert weighed[1, 1] > weighed[1, 0]
