"""Passages are exact stretches of the text, whole sentences of it, and no longer than asked."""

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.seeding import read_seeds
from index.splitting import split_article
from index.types import Article


def words(texts: Sequence[str]) -> list[int]:
    return [len(text.split()) for text in texts]


def characters(texts: Sequence[str]) -> list[int]:
    return [len(text) for text in texts]


def passages(text: str, max_tokens: int, title: str = "", overlap: int = 0) -> list[str]:
    spans = split_article(Article(text=text, title=title), words, max_tokens, overlap)
    return [text[start:end] for start, end in spans]


def test_sentences_stay_whole_and_passages_keep_to_their_length() -> None:
    text = "The mayor resigned on Monday. She gave no reason. The council meets tomorrow at noon."
    assert passages(text, 9) == [
        "The mayor resigned on Monday. She gave no reason.",
        "The council meets tomorrow at noon.",
    ]


def test_a_passage_ends_with_its_paragraph_where_the_next_does_not_fit() -> None:
    text = "The mayor resigned on Monday. She gave no reason.\n\nThe council meets tomorrow. It will vote."
    assert passages(text, 13) == [
        "The mayor resigned on Monday. She gave no reason.",
        "The council meets tomorrow. It will vote.",
    ]


def test_a_heading_goes_with_what_stands_below_it() -> None:
    text = "The mayor resigned on Monday after a vote.\n\nWhat happens next\n\nThe council meets tomorrow at noon."
    assert passages(text, 11) == [
        "The mayor resigned on Monday after a vote.",
        "What happens next\n\nThe council meets tomorrow at noon.",
    ]


def test_a_sentence_said_twice_is_placed_twice() -> None:
    text = "It is false, he said. Nobody believed him then. It is false, he said."
    spans = split_article(Article(text=text), words, 5)
    assert [text[a:b] for a, b in spans] == [
        "It is false, he said.",
        "Nobody believed him then.",
        "It is false, he said.",
    ]
    assert spans[2][0] > spans[1][1]


def test_an_overlong_sentence_is_cut_after_a_clause() -> None:
    text = (
        "The firm, which was founded in 1903 in Leeds, said on Monday that it would close, sell or merge its two mills."
    )
    assert passages(text, 12) == [
        "The firm, which was founded in 1903 in Leeds,",
        "said on Monday that it would close,",
        "sell or merge its two mills.",
    ]


def test_text_without_spaces_is_cut_to_length() -> None:
    text = "福特否认与小米就电动汽车合作进行谈判" * 10
    spans = split_article(Article(text=text), characters, 40)
    assert all(end - start <= 40 for start, end in spans)
    assert "".join(text[start:end] for start, end in spans) == text


def test_neighbours_share_whole_sentences_when_asked_to() -> None:
    text = "One two three. Four five six. Seven eight nine. Ten eleven twelve."
    assert passages(text, 6, overlap=3) == [
        "One two three. Four five six.",
        "Four five six. Seven eight nine.",
        "Seven eight nine. Ten eleven twelve.",
    ]


def test_nothing_but_the_article_is_in_a_passage() -> None:
    for article in read_seeds():
        joined = " ".join(article.text[a:b] for a, b in split_article(article, words, 100))
        for furniture in ("Related", "Sign in", "Advertisement", "SEO keywords", "Share post", "Contact us", "Waymo"):
            assert furniture not in joined


def test_what_an_article_says_of_itself_is_a_passage_of_its_own() -> None:
    text = "The mayor resigned on Monday after a long debate in the council.\n\nThis article is AI-generated."
    assert passages(text, 100) == [
        "The mayor resigned on Monday after a long debate in the council.",
        "This article is AI-generated.",
    ]


@pytest.mark.parametrize("text", ["Ford denied it.", "Ford denied it", "福特否认。", "Read more"])
def test_a_text_of_one_sentence_is_one_passage(text: str) -> None:
    assert passages(text, 100) == [text]
    assert passages(text, 100, title=text) == [text]


def test_nothing_comes_of_nothing() -> None:
    assert passages("", 100) == passages(" \n\t\n", 100) == []


NEWSLIKE = st.text(alphabet=st.sampled_from(list("abcd XYZ. ,;!?\n\n—“”()•:/。1$é😀\t\u00a0")), max_size=400)


@given(NEWSLIKE | st.text(max_size=100), st.integers(1, 60), st.booleans())
def test_every_passage_is_an_exact_trimmed_stretch_within_its_length(text: str, most: int, by_word: bool) -> None:
    count = words if by_word else characters
    spans = split_article(Article(text=text), count, most)
    assert all(text[start:end] == text[start:end].strip() != "" for start, end in spans)
    assert all(left[1] <= right[0] for left, right in pairwise(spans))
    assert all(count([text[start:end]])[0] <= most for start, end in spans)
    assert bool(spans) == bool(text.strip())
