"""Names in a text: runs of capitalised words, with a rough idea of whether a person, body or place is meant."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from index.types import Span
from rag.lexicon import FUNCTION_WORDS, SPEECH_FORMS
from rag.words import Word, split_words

_JOINERS = frozenset(["of", "and", "the", "de", "la", "van", "von", "bin", "al", "del", "for", "du", "&"])
_STRONG_JOINERS = frozenset(["of", "de", "la", "van", "von", "bin", "al", "del", "du", "&"])
_TITLES = frozenset(
    """mr mrs ms dr sir dame lord lady president chancellor minister senator sen rep gov governor judge justice
    king queen prince princess pope chief ceo chairman chairwoman secretary mayor professor prof gen col captain
    officer director spokesman spokeswoman spokesperson analyst coach co-founder founder""".split()
)
_BODY_WORDS = frozenset(
    """inc corp corporation company co ltd llc plc group holdings bank university college school court ministry
    department agency authority commission committee council party government parliament senate congress
    association union institute foundation hospital police club fc united city league times post journal news
    press media motors motor technologies airlines airways automobile auto office service services bureau
    administration board office network ledger courier mirror tribune chronicle observer gazette herald star
    echo mail express telegraph standard review wire weekly daily press guardian today bureau trust society
    museum theatre union bank freight logistics lines railways energy power systems group partners stores""".split()
)
_PLACE_BEFORE = frozenset("in at from near across outside inside into to throughout".split())
_NOT_NAMES = frozenset(
    """yes no i monday tuesday wednesday thursday friday saturday sunday january february march april may june july
    august september october november december spring summer autumn winter mr mrs ms recent reports report
    experts analysts critics officials lawmakers police sources people industry companies new old major many
    despite following given based additionally furthermore however moreover still others observers researchers
    scientists investors regulators""".split()
)


class NameKind(StrEnum):
    """What a name seems to stand for."""

    PERSON = "person"
    BODY = "body"
    PLACE = "place"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Name:
    """A name as written at `span`."""

    text: str
    span: Span
    kind: NameKind
    stems: tuple[str, ...]


def find_names(text: str, lower_case_words: frozenset[str] = frozenset()) -> list[Name]:
    """The names of `text` in order; a word that opens a sentence counts only when not known in lower case.

    `lower_case_words` are lower-case forms seen elsewhere without a capital (see `common_words`).
    """
    return list(_names(text, lower_case_words))


@lru_cache(maxsize=4_000)  # one question looks at a sentence many times
def _names(text: str, lower_case_words: frozenset[str]) -> tuple[Name, ...]:
    words = split_words(text)
    if _is_headline(words):
        return ()
    names: list[Name] = []
    run: list[Word] = []
    for i, word in enumerate(words):
        joined = bool(run) and _touches(text, run[-1], word)
        if run and not joined:
            names.extend(_close(run, text))
            run = []
        if _could_name(word, opens_sentence(text, word.start), lower_case_words) or (
            run and word.lower in _STRONG_JOINERS and i + 1 < len(words) and _plain_capital(words[i + 1])
        ):
            run.append(word)
        else:
            names.extend(_close(run, text))
            run = []
    return (*names, *_close(run, text))


def common_words(texts: Iterable[str]) -> frozenset[str]:
    """Lower-case words that some text writes without a capital more often than with one inside a sentence."""
    lower: Counter[str] = Counter()
    upper: Counter[str] = Counter()
    for text in texts:
        for word in split_words(text):
            if word.capitalised:
                if not opens_sentence(text, word.start):
                    upper[word.lower] += 1
            else:
                lower[word.lower] += 1
    return frozenset(word for word, count in lower.items() if count >= upper[word])


def _could_name(word: Word, opens: bool, lower_case_words: frozenset[str]) -> bool:
    if not _plain_capital(word) or word.lower in _NOT_NAMES:
        return False
    if opens:
        return word.is_content and word.lower not in lower_case_words and not word.lower.endswith("ly")
    return word.is_content or word.text.isupper()


def _plain_capital(word: Word) -> bool:
    return (
        word.text[0].isupper()
        or (word.capitalised and word.text[0].isalpha())
        or (word.text[0].isdigit() and word.capitalised)
    )


def _is_headline(words: list[Word]) -> bool:
    content = [word for word in words if word.is_content and word.text[0].isalpha()]
    return len(content) >= 5 and all(word.capitalised for word in content)


def _touches(text: str, left: Word, right: Word) -> bool:
    return (
        text[left.end : right.start] in {" ", "-", "\u00a0", " & ", ". ", "’s ", "'s "}
        and not (text[left.end : right.start] == ". " and len(left.text) > 4)
        and not left.text.endswith(("’s", "'s"))
    )


def opens_sentence(text: str, start: int) -> bool:
    """Whether what stands at `start` of a text is the first word of a sentence."""
    before = text[:start].rstrip(" \t“\"'‘(•–—-*")
    if _INITIAL.search(before):
        return False
    return not before or before[-1] in ".!?\n:" or text[:start].endswith("\n")


_INITIAL = re.compile(r"(?:^|\s|\.)[A-Z]\.$")


def _close(run: list[Word], text: str) -> list[Name]:
    while run and run[-1].lower in _JOINERS:
        run = run[:-1]
    while run and run[0].lower in _TITLES and len(run) > 1:
        run = run[1:]
    if not run:
        return []
    start, end = run[0].start, run[-1].end
    written = re.sub(r"[’']s$", "", text[start:end])
    stems = tuple(word.stem for word in run if word.lower not in _JOINERS)
    return [Name(written, (start, start + len(written)), _kind(run, text), stems)]


def _kind(run: list[Word], text: str) -> NameKind:
    before = [word.lower for word in split_words(text[max(0, run[0].start - 40) : run[0].start])][-1:]
    after = text[run[-1].end : run[-1].end + 2]
    if any(word.lower in _BODY_WORDS for word in run) or any(
        word.text.isupper() and len(word.text) > 1 for word in run
    ):
        return NameKind.BODY
    if before and before[0] in _TITLES:
        return NameKind.PERSON
    if before and before[0] in _PLACE_BEFORE and not after.startswith(("’s", "'s")):
        return NameKind.PLACE
    if 2 <= len(run) <= 3 and all(_personal(word.text) for word in run) and len(run[-1].text) > 1:
        return NameKind.PERSON
    return NameKind.OTHER


def _personal(word: str) -> bool:
    """Whether a word is written as a first name, a last name or an initial is."""
    return word[0].isupper() and (len(word) == 1 or word[1:].islower())


# Not every name in -an: Iran, Japan and Nissan are no adjectives.
_ADJECTIVE = re.compile(r"(?:ian|ean|ican|ccan|German|Cuban|Texan|Tibetan|ese|ish|ern|ic|nch|wiss|tch)$")


def modifies(name: Name, text: str) -> bool:
    """Whether a name is an adjective of a place before a noun ("European brands"), not the subject of a verb."""
    after = re.match(r"\s+([a-z]\w+)", text[name.span[1] :])
    if len(name.stems) > 1 or after is None or not _ADJECTIVE.search(name.text):
        return False
    following = after[1]
    return following not in FUNCTION_WORDS | SPEECH_FORMS.keys() and not following.endswith("ed")
