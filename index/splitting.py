"""Articles into passages: whole sentences, packed up to a number of tokens, at exact places of the text.

llama-index's SentenceSplitter was left aside: importing it takes seconds at every `add`, it looks for each piece of
text by `find`, so that a sentence said twice is placed where it stands first, and it counts GPT tokens unless told
otherwise. Here the encoder counts, and offsets are never searched for.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import TypeAlias

from index.anatomy import ANSWERABLE, Part, read_anatomy
from index.sentences import sentence_spans
from index.types import Article, Span

CountTokens: TypeAlias = Callable[[Sequence[str]], list[int]]
"""Tokens of each text, as `Encoder.count_tokens` gives them."""

PARAGRAPH_SHARE = 0.5
"""A passage at least this full ends with its paragraph if the next one does not fit whole."""

_CLAUSE_END = re.compile(r"[,;:，、；：—–)]\s*$|\s[–—-]\s*$")
_WORD = re.compile(r"\s*\S+\s*")
_ENDED = re.compile(r"[.!?…。！？:][\"'”’»)\]]*$")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A sentence, or a part of an overlong one. `heading` goes with what follows, `last` ends its paragraph."""

    start: int
    end: int
    tokens: int
    heading: bool
    last: bool


def split_article(article: Article, count_tokens: CountTokens, max_tokens: int, overlap: int = 0) -> list[Span]:
    """Spans of the passages of `article.text`, in order, each of at most `max_tokens` tokens.

    They are made of body, captions and disclosures only. Sentences stay whole unless one alone is too long.
    Neighbours share up to `overlap` tokens in whole sentences.
    """
    spans: list[Span] = []
    for sentences in _runs(article.text, article.title):
        pieces = _pieces(article.text, sentences, count_tokens, max_tokens)
        spans.extend(_pack(pieces, max_tokens, overlap))
    return spans


def _runs(text: str, title: str) -> Iterator[list[Span]]:
    """Sentences that only blank space parts from each other; a disclosure is a run of its own."""
    kinds = groupby(
        read_anatomy(text, title), key=lambda stretch: (stretch.part in ANSWERABLE, stretch.part is Part.DISCLOSURE)
    )
    for (answerable, _), group in kinds:
        stretches = list(group)
        if answerable:
            yield sentence_spans(text, stretches[0].span[0], stretches[-1].span[1])


def _pieces(text: str, sentences: list[Span], count_tokens: CountTokens, max_tokens: int) -> list[_Piece]:
    if not sentences:
        return []
    # Each is counted with the blank space behind it, so that the counts of a passage add up.
    ends = [start for start, _ in sentences[1:]] + [sentences[-1][1]]
    counts = count_tokens([text[start:end] for (start, _), end in zip(sentences, ends, strict=True)])
    paragraphs = ["\n" in text[left[1] : right[0]] for left, right in pairwise(sentences)] + [True]
    first_of_line = [True, *paragraphs[:-1]]
    pieces: list[_Piece] = []
    for (start, end), tokens, first, last in zip(sentences, counts, first_of_line, paragraphs, strict=True):
        heading = first and last and end - start < 120 and not _ENDED.search(text[start:end])
        if tokens <= max_tokens:
            pieces.append(_Piece(start, end, tokens, heading, last))
        else:
            pieces.extend(_cut(text, (start, end), count_tokens, max_tokens))
    return pieces


def _pack(pieces: list[_Piece], max_tokens: int, overlap: int) -> Iterator[Span]:
    first = 0
    while first < len(pieces):
        end = _passage_end(pieces, first, max_tokens)
        yield pieces[first].start, pieces[end - 1].end
        if end == len(pieces):
            return
        first = _overlap_start(pieces, first, end, overlap)


def _passage_end(pieces: list[_Piece], first: int, max_tokens: int) -> int:
    """The end of the passage that begins with piece `first`: as many as fit, then back to a good place to stop."""
    end, used = first, 0
    while end < len(pieces) and used + pieces[end].tokens <= max_tokens:
        used += pieces[end].tokens
        end += 1
    if end == len(pieces):
        return end
    stop, kept = end, used
    while stop > first + 1 and not pieces[stop - 1].last:
        stop -= 1
        kept -= pieces[stop].tokens
    if pieces[stop - 1].last and kept >= max_tokens * PARAGRAPH_SHARE:
        end = stop
    while end > first + 1 and pieces[end - 1].heading:
        end -= 1
    return max(end, first + 1)


def _overlap_start(pieces: list[_Piece], first: int, end: int, overlap: int) -> int:
    start, shared = end, 0
    while start - 1 > first and shared + pieces[start - 1].tokens <= overlap:
        start -= 1
        shared += pieces[start].tokens
    return start


def _cut(text: str, span: Span, count_tokens: CountTokens, max_tokens: int) -> list[_Piece]:
    """Parts of an overlong sentence, cut after a clause that ends in the second half of a part, else after a word."""
    words = [(match.start() + span[0], match.end() + span[0]) for match in _WORD.finditer(text[slice(*span)])]
    counts = count_tokens([text[start:end] for start, end in words])
    bits = [
        bit
        for word, tokens in zip(words, counts, strict=True)
        for bit in ([(word, tokens)] if tokens <= max_tokens else _halves(text, word, count_tokens, max_tokens))
    ]
    pieces: list[_Piece] = []
    first = 0
    while first < len(bits):
        end, used = first, 0
        while end < len(bits) and (end == first or used + bits[end][1] <= max_tokens):
            used += bits[end][1]
            end += 1
        if end < len(bits):
            half = first + (end - first + 1) // 2
            end = next((i for i in range(end, half, -1) if _CLAUSE_END.search(text[slice(*bits[i - 1][0])])), end)
        start, stop = bits[first][0][0], bits[end - 1][0][1]
        stretch = text[start:stop]
        left = start + len(stretch) - len(stretch.lstrip())
        tokens = sum(count for _, count in bits[first:end])
        if stretch.strip():
            pieces.append(_Piece(left, start + len(stretch.rstrip()), tokens, heading=False, last=end == len(bits)))
        first = end
    return pieces


def _halves(text: str, word: Span, count_tokens: CountTokens, max_tokens: int) -> list[tuple[Span, int]]:
    """A word too long for a passage (an address, a script without spaces), cut into parts that fit."""
    start, end = word
    middle = (start + end) // 2
    parts = [(start, middle), (middle, end)]
    result: list[tuple[Span, int]] = []
    for part, tokens in zip(parts, count_tokens([text[slice(*part)] for part in parts]), strict=True):
        too_long = tokens > max_tokens and part[1] - part[0] > 1
        result.extend(_halves(text, part, count_tokens, max_tokens) if too_long else [(part, tokens)])
    return result


__all__ = ["CountTokens", "split_article"]
