"""The questions written for training: they are what they say, and none trains a head and measures it."""

import json
from collections import Counter

from eval.training.invented import INVENTED, OUTCOMES, PAGES, RUMOURS, STORIES, invented_claims, invented_questions
from eval.training.rows import Part, part_of, stance_part
from eval.training.written import CLAIMS, FACTS, PAIRS, STANCES, group_of, read_claims, read_facts, read_pairs, share_of
from rag.stance import denies


def test_every_fact_has_its_answer_within_its_sentence() -> None:
    facts = read_facts()
    assert len(facts) > 2_000
    for fact in facts:
        start, end = fact.quote
        assert 0 <= start < end
        if fact.answer is not None:
            assert start <= fact.answer[0] < fact.answer[1] <= end
    assert 0.1 < sum(fact.answer is None for fact in facts) / len(facts) < 0.4


def test_claims_are_as_often_so_as_not() -> None:
    counts = Counter(claim.truth for claim in read_claims())
    assert counts.keys() == STANCES.keys()
    assert abs(counts["yes"] - counts["no"]) < 0.02 * counts["no"]
    pairs = read_pairs()
    assert Counter(p.truth for p in pairs)["yes"] == Counter(p.truth for p in pairs)["no"]


def test_no_question_stands_twice() -> None:
    for questions in (read_facts(), [*read_claims(), *read_pairs()]):
        asked = Counter((item.article, item.question) for item in questions)
        assert max(asked.values()) == 1


def test_an_articles_questions_train_or_measure_never_both() -> None:
    articles = [fact.article for fact in read_facts()] + [claim.article for claim in read_claims()]
    groups = {group_of(article) for article in articles}
    parts = Counter(share_of(group) for group in groups)
    assert parts.keys() == {Part.TRAIN, Part.SEALED}
    assert 0.3 < parts[Part.SEALED] / len(groups) < 0.5
    assert {share_of(group_of(pair.article)) for pair in read_pairs()} == {Part.TRAIN}


def test_the_files_hold_no_words_of_the_articles_but_short_answers() -> None:
    lines = [line for path in (FACTS, CLAIMS, PAIRS) for line in path.read_text(encoding="utf-8").splitlines()]
    fields = {field for line in lines for field in json.loads(line)}
    assert fields == {"article", "question", "quote", "answer", "also", "statement", "truth", "yes", "no", "open"}
    assert all(isinstance(fact.quote[0], int) for fact in read_facts())
    assert all(len(other.split()) <= 25 for fact in read_facts() for other in fact.also)


def test_invented_texts_bear_out_as_many_claims_as_they_bear_against() -> None:
    rows = list(invented_claims())
    assert {row.source for row in rows} == {*INVENTED, RUMOURS}
    assert len({(row.claim, row.text) for row in rows}) == len(rows)
    counts = Counter((row.source, row.label) for row in rows)
    for source in (*INVENTED, RUMOURS):
        alike = {counts[source, outcome] for outcome in ("supports", "refutes")}
        left_open = 4 * counts[source, "neutral"] / (3 if source == "invented_asks" else 4)  # three of eleven
        assert alike == {left_open}
    assert set(OUTCOMES) == {row.label for row in rows}


def test_a_headline_is_borne_out_debunked_and_left_open_alike() -> None:
    outcomes: dict[str, set[str]] = {}
    for row in invented_claims():
        if row.source == RUMOURS:
            outcomes.setdefault(row.claim, set()).add(row.label)
    assert outcomes
    assert all(found == set(OUTCOMES) for found in outcomes.values())


def test_a_refuted_claim_is_not_told_by_its_negations() -> None:
    negated = Counter(row.label for row in invented_claims() if denies(row.claim))
    assert negated["refutes"] < 1.5 * negated["supports"]


def test_the_claims_of_one_invented_text_stay_together() -> None:
    parts: dict[str, set[Part]] = {}
    for row in invented_claims():
        parts.setdefault(row.claim if row.source == RUMOURS else row.text, set()).add(stance_part(row.group))
    assert all(len(found) == 1 for found in parts.values())
    assert Part.SEALED in set.union(*parts.values())


def test_invented_stories_hold_the_answers_to_half_their_questions() -> None:
    rows = list(invented_questions())
    assert len({(row.question, row.passage) for row in rows}) == len(rows)
    for source, least, most in ((STORIES, 0.45, 0.55), (PAGES, 0.55, 0.65)):
        answered = [bool(row.answers) for row in rows if row.source == source]
        assert least < sum(answered) / len(answered) < most
    for row in rows:
        assert all(row.passage[start:end].strip() for start, end in row.answers)
    assert {part_of(row.group) for row in rows} == set(Part)
