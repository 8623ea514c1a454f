"""How well a statement covers the terms of a question: a transparent alignment, word by word."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from rag.lexicon import ANTONYMS, SYNONYMS
from rag.quantities import Measure, Quantity, alike, same_value
from rag.statements import Sentence, Statement, Vocabulary, referent
from rag.words import Word, stem

SAME, SYNONYM, RELATED, NEAR = 1.0, 0.8, 0.65, 0.6
"""Strength of a match by stem or value, by shared meaning, by a shared beginning, and by vectors of single words."""

_TITLE = 0.7
_BEFORE = 0.7
_REFERENT = 0.9
_OTHER_SUBJECT = 0.35
"""How much a match in the title, in the sentences before, or in what "it" stands for counts; and one of a name that
only the context has while the sentence speaks of somebody else."""

_BACKWARD = re.compile(
    r"\b(?:it|its|they|their|them|he|his|him|she|her|both|(?:the|this|that|these) (?:[\w-]+ ){0,2}(?:compan(?:y"
    r"|ies)|firms?|carmakers?|automakers?|makers?|giants?|groups?|agency"
    r"|teams?|clubs?|banks?|pair|duo|manufacturers?|startup|retailer|airline|minister|president|chief|singer"
    r"|actor|actress|star|player|city|country|government|court|party|man|woman))\b",
    re.IGNORECASE,
)
_ANAPHORA = re.compile(
    r"\b(?:the|that|this|those|these|such|both|any|all) (?:\w+ )?(?:reports?|claims?|allegations?|rumou?rs?"
    r"|stor(?:y|ies)|accusations?|charges?|suggestions?"
    r"|speculation|idea|deal|talks|discussions|news|plans?|partnership|collaboration)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Term:
    """A content word or quantity of the question; `weight` grows with how much it tells.

    `comparison` is ">" or "<" where the question asks for more or less than the quantity.
    """

    lower: str
    stem: str
    is_name: bool = False
    quantity: Quantity | None = None
    weight: float = 1.0
    comparison: str = ""
    is_verb: bool = False
    is_modifier: bool = False

    def satisfied_by(self, quantity: Quantity) -> bool:
        """Whether a quantity is what the term gives, or on the side of it that its comparison (">", "<") asks."""
        if self.quantity is None or not alike(self.quantity, quantity):
            return False
        if self.comparison == ">":
            return quantity.value > self.quantity.value
        if self.comparison == "<":
            return quantity.value < self.quantity.value
        return same_value(self.quantity, quantity)


@dataclass(frozen=True, slots=True)
class Match:
    """How a statement covers the terms: `direct` counts the sentence alone, `coverage` its context too (0..1 each).

    `strengths` has one value (0..1) a term, from sentence or context; `places` the words that matched in the
    sentence itself, None where only the context did; `opposed` the words that say the opposite of a term.
    `contexts` has the strengths of the terms in the title and in each of the sentences before.
    """

    direct: float
    coverage: float
    strengths: tuple[float, ...]
    places: tuple[Word | None, ...]
    opposed: tuple[Word, ...]
    contexts: tuple[tuple[float, ...], ...] = ()

    def missing(self, terms: Sequence[Term]) -> list[Term]:
        """The terms that neither sentence nor context speaks of."""
        return [term for term, strength in zip(terms, self.strengths, strict=True) if strength < 0.5]


@lru_cache(maxsize=1)
def _meanings() -> dict[str, frozenset[int]]:
    groups: dict[str, set[int]] = {}
    for number, group in enumerate(SYNONYMS):
        for word in group:
            groups.setdefault(stem(word), set()).add(number)
    return {key: frozenset(value) for key, value in groups.items()}


@lru_cache(maxsize=1)
def _opposites() -> dict[str, frozenset[str]]:
    table: dict[str, frozenset[str]] = {}
    for word, others in ANTONYMS.items():
        table[stem(word)] = table.get(stem(word), frozenset()) | {stem(other) for other in others}
    return table


@lru_cache(maxsize=200_000)
def similarity(a: str, b: str) -> float:
    """How far two stems mean the same, 0..1."""
    if a == b:
        return SAME
    meanings = _meanings()
    if meanings.get(a, frozenset()) & meanings.get(b, frozenset()):
        return SYNONYM
    if a[:1] != b[:1]:
        return 0.0
    shortest = min(len(a), len(b))
    shared = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), shortest)
    return RELATED if shared >= 5 and (shared == shortest or shared >= 0.75 * max(len(a), len(b))) else 0.0


_FIRST_HALF = re.compile(r"[^\W\d_]{4,}-$")  # "co-", "re-" and "non-" are no words


def _in_compound(text: str, word: Word) -> bool:
    return text[word.end : word.end + 1] == "-" or _FIRST_HALF.search(text, 0, word.start) is not None


def published_then(asked: Quantity, published: str | None) -> bool:
    """Whether a date in the question is, as far as it goes, the day the article was published."""
    if asked.measure is not Measure.DATE or not published:
        return False
    digits = published[:10].replace("-", "").ljust(8, "0")
    day = Quantity(Measure.DATE, float(digits), "day", (0, 0), published)
    return same_value(asked, day)


def _same_root(a: str, b: str) -> bool:
    """Whether two names differ in an ending only, as a country and its people do ("china", "chines")."""
    short, long = sorted((a, b), key=len)
    return len(short) >= 4 and long.startswith(short[:-1]) and len(long) - len(short) <= 3


_NEGATIVE_PREFIXES = ("un", "in", "im", "dis", "non", "il", "ir")


@lru_cache(maxsize=200_000)
def opposite(a: str, b: str) -> bool:
    """Whether two stems mean the opposite ("rise" and "fall", "certain" and "uncertain")."""
    short, long = sorted((a, b), key=len)
    if len(short) >= 5 and any(long == prefix + short for prefix in _NEGATIVE_PREFIXES):
        return True
    return b in _opposites().get(a, frozenset())


class Matcher:
    """Holds one question's terms against statements; terms that every statement has tell little."""

    def __init__(self, terms: Sequence[Term], statements: Sequence[Statement], vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._cache: dict[tuple[int, str], tuple[float, Word | None]] = {}
        self._alike: frozenset[tuple[str, str]] = frozenset()
        self._names_are_large = any(term.is_name for term in terms)
        self.terms = tuple(self._weigh(term, i, statements) for i, term in enumerate(terms))
        self._total = sum(term.weight for term in self.terms) or 1.0

    def _weigh(self, term: Term, i: int, statements: Sequence[Statement]) -> Term:
        # Inverse document frequency over what was found, kept within a factor of three: among a few articles on
        # one subject counts are small, and a name that all of them share must still be there.
        having = sum(1 for s in statements if self._in_sentence(i, term, s.sentence)[0] >= SYNONYM)
        rarity = math.log(1 + len(statements) / (1 + having)) / math.log(2 + len(statements))
        return replace(term, weight=term.weight * (0.4 + 0.8 * rarity), is_name=term.is_name or self._is_name(term))

    def _is_name(self, term: Term) -> bool:
        """Whether a word typed small is a name: the articles write it with a capital only.

        Where it only opens sentences it may be any word, and one who writes names large means no name by it.
        """
        if term.lower in self.vocabulary.lower_case:
            return False
        return term.stem in (self.vocabulary.inside if self._names_are_large else self.vocabulary.names)

    def learn(self, alike: frozenset[tuple[str, str]]) -> None:
        """Take the stem of a term and that of a word for near in meaning from now on, where `alike` pairs them."""
        self._alike = alike
        self._cache.clear()

    def match(self, statement: Statement) -> Match:
        """How `statement` covers the terms."""
        strengths: list[float] = []
        places: list[Word | None] = []
        direct = coverage = 0.0
        stands_for = referent(statement, self.vocabulary)
        backward = _BACKWARD.search(statement.text) is not None
        anaphoric = _ANAPHORA.search(statement.text) is not None
        own_subject = not stands_for and self.vocabulary.leading_name(statement.sentence) is not None
        met, contexts = self._met(statement.sentence), self._contexts(statement)
        for i, term in enumerate(self.terms):
            here, word = met[i]
            best = here if here == SAME else max(here, self._in_context(i, term, statement, stands_for, contexts))
            elsewhere = bool(stands_for) or (own_subject and not backward)
            if (
                term.is_name
                and not term.is_modifier
                and here < SYNONYM
                and best < _REFERENT
                and not anaphoric
                and elsewhere
            ):
                best = min(best, _OTHER_SUBJECT)
            strengths.append(best)
            places.append(word if here else None)
            direct += term.weight * here
            coverage += term.weight * best
        return Match(
            direct / self._total,
            coverage / self._total,
            tuple(strengths),
            tuple(places),
            self._opposed(statement),
            contexts,
        )

    def _met(self, sentence: Sentence) -> list[tuple[float, Word | None]]:
        """What of a sentence meets each term, and how nearly; a word meets one term: it says one thing.

        "Manufacturing" may mean that something was built, or a factory, and not both. Of two terms that mean the same
        ("talks to negotiate") one word may speak.
        """
        met = [self._in_sentence(i, term, sentence) for i, term in enumerate(self.terms)]

        def is_taken(i: int) -> bool:
            strength, word = met[i]
            return strength < SAME and any(
                other is word
                and (better, -j) > (strength, -i)
                and not similarity(self.terms[i].stem, self.terms[j].stem)
                for j, (better, other) in enumerate(met)
                if word is not None and j != i
            )

        return [(0.0, None) if is_taken(i) else one for i, one in enumerate(met)]

    def _contexts(self, statement: Statement) -> tuple[tuple[float, ...], ...]:
        around = (statement.title, *statement.before)
        return tuple(tuple(strength for strength, _ in self._met(s)) for s in around)

    def _in_context(
        self, i: int, term: Term, statement: Statement, stands_for: frozenset[str], contexts: Sequence[Sequence[float]]
    ) -> float:
        if term.stem in stands_for:
            return _REFERENT
        if term.quantity is not None and published_then(term.quantity, statement.article.published):
            return _REFERENT
        title, *before = (strengths[i] for strengths in contexts)
        return max([_TITLE * title, *(_BEFORE * strength for strength in before)])

    def _in_sentence(self, i: int, term: Term, sentence: Sentence) -> tuple[float, Word | None]:
        key = (i, sentence.text)
        if key not in self._cache:
            self._cache[key] = self._find(term, sentence)
        return self._cache[key]

    def _find(self, term: Term, sentence: Sentence) -> tuple[float, Word | None]:
        if term.quantity is not None:
            for quantity in sentence.quantities:
                if same_value(term.quantity, quantity) or (term.comparison and alike(term.quantity, quantity)):
                    word = next((w for w in sentence.words if w.start >= quantity.span[0]), None)
                    return SAME, word
            return 0.0, None
        spelt_out = self.vocabulary.initials.get(term.lower, frozenset())
        best, place = 0.0, None
        for word in sentence.words:
            strength = SAME if word.stem in spelt_out else self._strength(term, word)
            if strength <= best or (word.lower != term.lower and _in_compound(sentence.text, word)):
                continue  # a "school-leaving exam" tells of nobody who left
            best, place = strength, word
        return best, place

    def _strength(self, term: Term, word: Word) -> float:
        if not word.is_content:
            return SAME if word.lower == term.lower else 0.0
        if term.is_name:  # names have no synonyms but names, and adjectives made of them (China, Chinese)
            value = similarity(term.stem, word.stem)
            akin = word.capitalised and (value >= SYNONYM or _same_root(term.stem, word.stem))
            return value if value == SAME or akin else 0.0
        known = similarity(term.stem, word.stem)
        return max(known, NEAR) if not word.capitalised and (term.stem, word.stem) in self._alike else known

    def _opposed(self, statement: Statement) -> tuple[Word, ...]:
        return tuple(
            word
            for word in statement.words
            if word.is_content and any(opposite(term.stem, word.stem) for term in self.terms if not term.is_name)
        )
