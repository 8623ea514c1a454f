"""What can be asked next: answered by the articles, new, and found without a language model."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import HashEncoder, ScriptedEngine, make_disputed, make_unknown, news, quoted

from index import Filters, Index
from index.types import Article
from rag import Engine
from rag.types import Answer, Citation, Evidence, Stance, Verdict
from ui.follow_ups import candidates, follow_ups


@pytest.fixture
def engine(index_path: Path) -> Iterator[Engine]:
    with Index.open(index_path, encoder=HashEncoder()) as index:
        index.add(news())
        yield Engine(index)


def test_what_is_offered_is_answered_and_is_not_what_was_asked(engine: Engine) -> None:
    question = "Did Contoso comment?"
    answer = engine.ask(question)
    offered = follow_ups(answer, engine, [question])
    assert offered
    assert question not in offered
    assert Verdict.UNKNOWN not in [engine.ask(each).verdict for each in offered]


def test_who_denied_a_claim_is_asked_where_somebody_did(disputed: Answer) -> None:
    offered = list(candidates(disputed))
    assert "Who denied that Northwind is in talks with Contoso?" in offered
    one_sided = replace(disputed, sources=disputed.sources[:1], citations=disputed.citations[:1])
    assert not any("denied" in each for each in candidates(one_sided))


def test_a_claim_that_only_its_conversation_explains_is_not_asked_about(disputed: Answer) -> None:
    assert not any("denied" in each for each in candidates(replace(disputed, claim="It was in talks")))


def test_what_is_not_answered_surely_is_not_offered(disputed: Answer, unknown: Answer) -> None:
    assert follow_ups(disputed, ScriptedEngine(unknown), []) == ()
    assert follow_ups(disputed, ScriptedEngine(replace(disputed, confidence=0.3)), []) == ()


def test_what_quotes_nothing_new_is_not_offered(disputed: Answer) -> None:
    assert follow_ups(disputed, ScriptedEngine(disputed), []) == ()


def test_what_is_like_a_question_of_the_conversation_is_not_tried(disputed: Answer) -> None:
    engine = ScriptedEngine(make_unknown())
    follow_ups(disputed, engine, ["who denied Northwind is in talks with Contoso"])
    assert "Who denied that Northwind is in talks with Contoso?" not in [each["question"] for each in engine.asked]


def test_the_limits_of_the_conversation_hold_for_what_is_offered(disputed: Answer) -> None:
    engine, limits = ScriptedEngine(make_unknown()), Filters(publishers=["Daily Ledger"])
    follow_ups(disputed, engine, [], limits)
    assert [each["filters"] for each in engine.asked] == [limits] * len(engine.asked)
    assert 0 < len(engine.asked) <= 8


def test_nothing_is_tried_while_an_answer_is_being_given(disputed: Answer) -> None:
    engine = ScriptedEngine(make_disputed())
    assert follow_ups(disputed, engine, [], go_on=lambda: False) == ()
    assert engine.asked == []


def test_after_what_is_not_on_record_only_what_is_of_the_same_is_offered(unknown: Answer) -> None:
    storm = quoted(news()[2], "A storm closed the harbour on Wednesday.")
    far = replace(unknown, closest=(*unknown.closest, Citation(2, storm)))
    assert list(candidates(far)) == ["What is known about Contoso?"]


def test_the_latest_is_asked_for_where_several_days_speak(make_evidence: Callable[..., Evidence]) -> None:
    said = [make_evidence(f"Contoso lost {n} vans.", id=f"a{n}", published=f"2025-03-0{n}") for n in (3, 4)]
    answer = Answer("What did Contoso lose?", "Vans.", Verdict.ANSWERED, sources=tuple(said))
    assert "What is the latest on Contoso?" in list(candidates(answer))
    assert "What is the latest on Contoso?" not in list(candidates(replace(answer, sources=(said[0],))))


def test_hostile_articles_make_no_question_but_text(unknown: Answer) -> None:
    bad = Article(id="b", title="<img src=x>", text="<b>Northwind</b> <script>sold 4 vans in 2024</script> of Contoso.")
    evidence = quoted(bad, bad.text, speaker="<i>Contoso</i>", stance=Stance.DENIES)
    answer = replace(unknown, closest=(Citation(1, evidence),))
    assert [each for each in candidates(answer) if "<" in each or "\n" in each] == []
