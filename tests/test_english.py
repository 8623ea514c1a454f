"""What the word lists say of English."""

from rag.english import TOTAL, pair_count, word_counts


def test_common_words_are_counted_and_slips_are_not() -> None:
    counts = word_counts()
    assert counts["the"] > counts["harbour"] > 0
    assert "teh" not in counts
    assert sum(counts.values()) < TOTAL


def test_words_that_stand_side_by_side_are_counted_in_their_order() -> None:
    assert pair_count("how", "many") > 0
    assert pair_count("many", "how") == 0
    assert pair_count("how", "forgery") == 0
