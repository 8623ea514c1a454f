"""The words and amounts of a question that an answer must speak of, weighed by how much they tell."""

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.asking import AMOUNT_NOUNS, MONEY_NOUNS, WH, Wanted
from rag.lexicon import FUNCTION_WORDS, HEDGING, IRREGULAR_FORMS
from rag.matching import Term
from rag.names import find_names
from rag.quantities import Quantity
from rag.words import Word, split_words, stem

_COMPARED = re.compile(
    r"\b(?:(?P<less>less|fewer|lower|smaller|cheaper|shorter|younger|under|below|up to)|more|higher|larger|bigger"
    r"|greater|longer|older|over|above|at least|exceed(?:ed|ing)?)(?: than)?\s*$",
    re.IGNORECASE,
)


_WEAK = frozenset(
    """make made take get give go come use thing way kind type sort name number amount big give show find put
    want look new recent recently latest total exact exactly long old ever first really involve involved know known
    known main describe mention use become seem try lot people person company year day time date month percent
    percentage say story report news article tell call many much latest regard about put going go sum mention
    present describe consider think include contain appear name more less higher lower larger bigger smaller
    cheaper fewer greater matter specific exact idea claim rumour rumor suggestion allegation accusation real
    actual apparent supposed according certain sort piece mean part area feature point side way hold word phrase
    exactly reader readers ago week weeks truth""".split()
)


DETERMINERS = frozenset(
    "the a an its their his her this that these those some any it he she they we you i there".split()
)


def is_verb_form(lower: str) -> bool:
    """Whether a lower-case word has the form of a verb in the past or on its way."""
    if lower.endswith(("ed", "ing")):
        return True
    return lower in IRREGULAR_FORMS and stem(lower) != lower and not lower.endswith(_NOUN_ENDINGS)


def question_terms(
    words: Sequence[Word], body: str, quantities: Sequence[Quantity], focus: str, wanted: Wanted
) -> tuple[Term, ...]:
    """The content words and amounts of a question, weak ones weighed less; an answer need not repeat `focus`."""
    named = {stem for name in find_names(body, _ORDERS) for stem in name.stems}
    inside = [(q, q.span) for q in quantities]
    terms: dict[str, Term] = {}
    for quantity in quantities if wanted is not Wanted.SUMMARY else ():
        key = quantity.text.lower()
        compared = _COMPARED.search(body[: quantity.span[0]])
        comparison = "" if compared is None else "<" if compared["less"] else ">"
        terms.setdefault(key, Term(key, key, quantity=quantity, weight=1.2, comparison=comparison))
    for word in words:
        if (
            any(start <= word.start < end for _, (start, end) in inside)
            or not word.is_content
            or word.lower in WH | HEDGING
        ):
            continue
        if wanted is Wanted.SUMMARY and word.stem in _COURSE_STEMS:
            continue
        if wanted is Wanted.EXPANSION and word.stem in {"stand", "short", "full", "name", "form"}:
            continue
        weak = word.stem in _WEAK_STEMS or (word.lower == focus and focus not in MONEY_NOUNS | AMOUNT_NOUNS)
        leaned = 0 <= body.find("(") < word.start  # added from the question before: it helps to find, and is not asked
        weight = 0.3 if weak or leaned else 1.0
        verb = not weak and not leaned and word.stem not in named and is_verb(words, word)
        terms.setdefault(
            word.stem,
            Term(
                word.lower,
                word.stem,
                word.stem in named,
                weight=weight,
                is_verb=verb,
                is_modifier=leaned or _is_modifier(body, word),
            ),
        )
    chosen = tuple(terms.values())
    if not any(term.weight >= 1.0 and not term.is_name for term in chosen):
        # "what is A known for?": where nothing else tells, the weak words do
        chosen = tuple(replace(t, weight=1.0) if t.stem in _WEAK_STEMS and not t.is_modifier else t for t in chosen)
    return chosen


def _is_modifier(body: str, word: Word) -> bool:
    """Whether a name only says of what something is ("the captain of A")."""
    return re.search(r"\b(?:of|about)\s+(?:the\s+)?(?:[A-Z]\w+\s+)*$", body[: word.start]) is not None


BARE_VERB_AFTER = frozenset(["did", "does", "do", "will", "would", "can", "could", "should", "may", "might", "must"])


_NOUN_ENDINGS = ("tion", "sion", "ment", "ship", "er", "al", "ies", "s", "th", "ee", "ing", "nce")


def is_verb(words: Sequence[Word], word: Word) -> bool:
    """Whether a word of the question is its verb, by its form or its place."""
    if is_verb_form(word.lower):
        return True
    i = next(i for i, w in enumerate(words) if w.start == word.start)
    if i == 1 and words[0].lower in {"who", "whom"}:
        return True
    did = next((j for j, w in enumerate(words) if w.lower in BARE_VERB_AFTER), None)
    if did is None or i <= did + 1:
        return False
    # after "did" and its subject: the plain word behind which no noun follows
    if not any(w.lower not in DETERMINERS for w in words[did + 1 : i]):
        return False
    following = words[i + 1].lower if i + 1 < len(words) else ""
    ends = not following or (following in FUNCTION_WORDS and following not in {"and", "of", "or"})
    earlier = [w for w in words[did + 1 : i] if w.is_content and not w.capitalised]
    subject_is_name = all(
        w.capitalised or w.lower in DETERMINERS | {"and", "of", "ever", "also"} for w in words[did + 1 : i]
    )
    return subject_is_name or (ends and not any(_closes(words, w) for w in earlier))


def _closes(words: Sequence[Word], word: Word) -> bool:
    i = next(i for i, w in enumerate(words) if w.start == word.start)
    following = words[i + 1].lower if i + 1 < len(words) else ""
    return following in FUNCTION_WORDS and following not in {"and", "of", "or"}


_ORDERS = frozenset("compare contrast describe explain give identify list mention name outline show state tell".split())
"""Verbs that a request opens with, large for that alone."""


_COURSE_STEMS = frozenset(
    word.stem
    for word in split_words(
        "timeline chronology history course stage step sequence develop change evolve unfold progress case account far "
        "summarise summarize summary overview sum recap "
        "story become became came know known record"
    )
)


_WEAK_STEMS = frozenset(word.stem for word in split_words(" ".join(_WEAK)))
