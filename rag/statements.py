"""Statements: the sentences of found passages, each with what stands around it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from index.sentences import sentence_spans
from index.types import Entry, Hit, Passage, Span
from rag.names import Name, NameKind, common_words, find_names, modifies, opens_sentence
from rag.quantities import Quantity, find_quantities
from rag.words import Word, split_words

CONTEXT_SENTENCES = 2
"""How many sentences before one are read for what "it" and "the report" refer to."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence read once: words, names and quantities with offsets into `text`."""

    text: str
    words: tuple[Word, ...]
    quantities: tuple[Quantity, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of an article, at `span` of its text, with the sentences just before it in the passage's article."""

    article: Entry
    passage: Passage
    sentence: Sentence
    span: Span
    before: tuple[Sentence, ...]
    title: Sentence

    @property
    def text(self) -> str:
        """The sentence as published."""
        return self.sentence.text

    @property
    def is_heading(self) -> bool:
        """Whether it is a line without an end that only announces what follows."""
        return (
            len(self.sentence.words) <= 14
            and ":" not in self.text
            and not self.text.rstrip().endswith((".", "!", "?", "”", '"', ")", "。"))
        )

    @property
    def words(self) -> tuple[Word, ...]:
        """The words of the sentence, offsets counted from its start."""
        return self.sentence.words


@lru_cache(maxsize=20_000)
def read_sentence(text: str) -> Sentence:
    """The sentence `text` with its words and quantities; the same text is read once."""
    return Sentence(text, tuple(split_words(text)), tuple(find_quantities(text)))


@lru_cache(maxsize=5_000)
def _passage_sentences(text: str) -> tuple[Span, ...]:
    return tuple(sentence_spans(text))


def read_statements(hits: Iterable[Hit]) -> list[Statement]:
    """The sentences of the passages found, article by article in the order found, each sentence once."""
    articles: dict[str, Entry] = {}
    passages: dict[str, dict[int, Passage]] = {}
    for hit in hits:
        articles.setdefault(hit.article.id, hit.article)
        passages.setdefault(hit.article.id, {})[hit.passage.start] = hit.passage
    return [
        statement
        for id, entry in articles.items()
        for statement in _article_statements(entry, [p for _, p in sorted(passages[id].items())])
    ]


def _article_statements(entry: Entry, passages: Sequence[Passage]) -> list[Statement]:
    title = read_sentence(entry.title)
    statements: list[Statement] = []
    before: tuple[Sentence, ...] = ()
    reached = -1
    for passage in passages:
        if passage.start > reached + 200:
            before = ()  # another part of the article: what stands before was not found
        for start, end in _passage_sentences(passage.text):
            if passage.start + start < reached:
                continue  # passages may overlap
            sentence = read_sentence(passage.text[start:end])
            span = (passage.start + start, passage.start + end)
            statements.append(Statement(entry, passage, sentence, span, before, title))
            before = (*before, sentence)[-CONTEXT_SENTENCES:]
            reached = span[1]
    return statements


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the statements found teach of their words: which are written without a capital, and which names.

    `names` are the stems of all names, `inside` of those that do not only open a sentence.
    """

    lower_case: frozenset[str]
    names: frozenset[str]
    initials: dict[str, frozenset[str]]
    inside: frozenset[str] = frozenset()

    @classmethod
    def of(cls, statements: Sequence[Statement]) -> "Vocabulary":
        """The vocabulary of statements and their titles."""
        texts = list(dict.fromkeys(s.text for s in statements))
        lower_case = common_words(texts)
        found = [(text, name) for text in texts for name in find_names(text, lower_case)]
        names = [name for _, name in found]
        inside = frozenset(
            stem for text, name in found if not opens_sentence(text, name.span[0]) for stem in name.stems
        )
        initials: dict[str, frozenset[str]] = {}
        for name in names:
            if len(name.stems) >= 2:
                key = "".join(stem[0] for stem in name.stems)
                initials[key] = initials.get(key, frozenset()) | set(name.stems)
        return cls(lower_case, frozenset(stem for name in names for stem in name.stems), initials, inside)

    def leading_name(self, sentence: Sentence) -> Name | None:
        """The first name of a sentence that could be its subject."""
        return next(
            (
                n
                for n in self.names_in(sentence.text)
                if n.kind is not NameKind.PLACE and not modifies(n, sentence.text)
            ),
            None,
        )

    def is_person(self, name: str) -> bool:
        """Whether a name that stands by itself is a person's."""
        return any(found.kind is NameKind.PERSON for found in self.names_in(f"said {name}"))

    def names_in(self, text: str) -> list[Name]:
        """The names of a text, sentence openings judged by what is known of words."""
        return find_names(text, self.lower_case)


_GENERIC_SUBJECT = re.compile(
    r"^(?:(?:But|And|Yet|Meanwhile|However|Still|Now|While|Additionally|In \w+|On \w+),?\s+)?"
    r"(?P<subject>(?i:The|Its|This|That) (?:[\w-]+ ){0,3}?(?:company|firm|carmaker|automaker|maker|giant|group"
    r"|agency|team|club|bank|pair|duo|"
    r"manufacturer|startup|retailer|airline|minister|president|chief|singer|actor|star|city|country|government"
    r"|court|party)(?:’s|'s)?\b"
    r"|(?i:It|He|She|They|His|Her|Their|Its))\b"
)


def refers_back(sentence: Sentence) -> bool:
    """Whether the sentence's subject is a pronoun or "the company": somebody named before."""
    return _GENERIC_SUBJECT.match(sentence.text) is not None


def referent(statement: "Statement", vocabulary: Vocabulary) -> frozenset[str]:
    """Stems of the name that the subject of the statement stands for; empty when it names its own subject."""
    if not refers_back(statement.sentence):
        return frozenset()
    for sentence in reversed(statement.before):
        if refers_back(sentence):
            continue  # "The company … It …": both are whoever was named before
        name = vocabulary.leading_name(sentence)
        if name is not None:
            return frozenset(name.stems)
    name = vocabulary.leading_name(statement.title)
    return frozenset(name.stems) if name is not None else frozenset()
