"""How statements are weighed for a yes and a no when a stance head has read them."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray
from on_record import pool_of, said

from rag.judging import FEATURES, JUDGED, judging_weights, key_of, read_stances
from rag.logit import Logit
from rag.types import Stance, Verdict
from rag.verdicts import decide_weighed, weigh_all

LEAK = said("The harbour board said the tanker had leaked. It denied that anybody was to blame. Ships sailed on.")


class Head:
    """Takes a text that holds a word for a refutation, and every other for a support, and keeps what it read."""

    def __init__(self, refuting: str) -> None:
        self.refuting = refuting
        self.read: list[str] = []

    def weigh(self, statements: Sequence[str], texts: Sequence[str]) -> NDArray[np.float64]:
        self.read += texts
        return np.array([[0.04, 0.9, 0.04, 0.02] if self.refuting in t else [0.9, 0.04, 0.04, 0.02] for t in texts])


def test_a_sentence_that_leans_on_the_one_before_is_read_with_it() -> None:
    head = Head("denied")
    read_stances(head, pool_of("Did the tanker leak?", [LEAK]))
    assert any(text.startswith("The harbour board said") and "It denied" in text for text in head.read)
    assert len(head.read) <= JUDGED


def test_what_the_head_says_turns_a_statement_from_a_yes_into_a_no() -> None:
    pool = pool_of("Did the tanker leak?", [LEAK])
    sides = {}
    for word in ("leaked", "nowhere"):
        read = read_stances(Head(word), pool)
        best = weigh_all(read)
        sides[word] = sum(o.said.weight if o.said.judgement.stance is Stance.DENIES else -o.said.weight for o in best)
    assert sides["leaked"] > sides["nowhere"]


def test_all_sides_and_not_on_record_share_one_certainty() -> None:
    options = weigh_all(read_stances(Head("denied"), pool_of("Did the tanker leak?", [LEAK])))
    assert {o.said.judgement.stance for o in options} == {Stance.ASSERTS, Stance.DENIES}
    assert 0 < sum(o.said.weight for o in options) < 1
    assert [o.said.weight for o in options] == sorted((o.said.weight for o in options), reverse=True)


def test_nothing_on_the_claim_stays_unknown() -> None:
    decision = decide_weighed(read_stances(Head("x"), pool_of("Was the captain of the airship arrested?", [LEAK])))
    assert decision.verdict is Verdict.UNKNOWN
    assert decision.lean is not None
    assert 0.3 < decision.lean < 0.7


def test_stances_are_kept_by_article_and_place() -> None:
    pool = read_stances(Head("denied"), pool_of("Did the tanker leak?", [LEAK]))
    assert set(pool.stances) == {key_of(found) for found in pool.found}
    unread = read_stances(Head("denied"), replace(pool, found=(), stances={}))
    assert not unread.stances


def test_the_weights_as_fitted_know_every_feature() -> None:
    fitted = judging_weights()
    assert len(fitted.weights) == len(FEATURES)
    assert any(fitted.weights)


def test_a_logit_is_fitted_to_what_was_right() -> None:
    pytest.importorskip("sklearn")
    from eval.training.logit import fit_logit

    rows = [([(1.0, n % 2), (0.0, 1.0)], [True, False]) for n in range(20)] + [
        ([(0.0, n % 2)], [False]) for n in range(20)
    ]
    fitted = fit_logit(rows, 0.5, 0.001)
    assert isinstance(fitted, Logit)
    assert fitted.weights[0] > 1 > abs(fitted.weights[1])
    assert fitted.shares([fitted.odds((1.0, 0.0))])[0] > 0.8
    assert fitted.shares([fitted.odds((0.0, 0.0))])[0] < 0.2
