"""Where the subject of a yes/no question ends: "Has [the captain of the ship] been suspended?".

There is no parser here. What the auxiliary asks for decides: behind "did" and "will" the predicate begins with the
base form of a verb, behind "has" with a participle, behind "is" with either, an adjective, or a phrase of place.
"""

from collections.abc import Sequence
from enum import Enum, auto

from rag.lexicon import FUNCTION_WORDS, IRREGULAR_FORMS, SPEECH_FORMS
from rag.words import Word

_DO = frozenset("do does did don't doesn't didn't".split())
_BE = frozenset("is are was were isn't aren't wasn't weren't".split())
_HAVE = frozenset("has have had hasn't haven't hadn't".split())
_MODAL = frozenset("can could will would should may might must won't wouldn't can't couldn't shouldn't".split())

_PLURAL = frozenset("are were have do aren't weren't haven't don't".split())
_PRONOUNS = frozenset(
    """i you he she it we they this that there anybody anyone anything somebody someone something everybody everyone
    everything nobody nothing these those""".split()
)
_PARTS = frozenset("any all some none one both each most many much half part".split())
_DETERMINERS = frozenset(
    "the a an its their his her my our your this that these those any some every each no another both all".split()
)
_PREPOSITIONS = frozenset(
    "in on at by for with from to into about over under between among against through within without out across".split()
)
_AFTER_ADJECTIVES = frozenset("for to than now yet about at with".split())
_TIMES = frozenset(
    """yesterday today tomorrow tonight again too already now later ever never once twice well
    soon still also""".split()
)
_REGULAR = frozenset(
    """accept add affect aim allow appear apply approve arrest attend avoid ban block call cancel cause change charge
    close collapse commit compare complete conclude contain continue convict create cross cure decide declare defeat
    delay deliver destroy develop drop earn employ end enter escape exceed expand expect explode extend fail fine fire
    fix follow fund gain grant halt happen help hire hope ignore improve include increase injure investigate join jump
    kill lack lift like list lower merge miss move name need offer open oppose order own pass plan prevent produce
    publish pull push raise reach receive recommend reduce refuse release remain remove repair replace require rescue
    resign resume retire return reveal rule save score serve settle sign slow start stay stop succeed sue suffer support
    suspend target test tie tour trade train transfer try turn use visit vote wait walk want warn work""".split()
)
_BASES = frozenset(IRREGULAR_FORMS.values()) | {base for base, _ in SPEECH_FORMS.values()} | _REGULAR | {"be", "have"}
_ALSO_NOUNS = frozenset(["article", "articles"])
"""Function words to a search, nouns in a sentence."""
_PARTICIPLES = frozenset(form for form in IRREGULAR_FORMS if form.endswith(("n", "t", "d", "g", "k", "ne", "ung")))
_UNCHANGED = frozenset(
    "been had hurt cut put set shut hit cost let spread quit read come become run won beaten".split()
)


class _Predicate(Enum):
    BASE = auto()
    PARTICIPLE = auto()
    ANY = auto()


def subject_end(words: Sequence[Word], auxiliary: str) -> int:
    """How many of `words`, those behind the auxiliary (lower case), are the subject: at least one.

    A guess: the length of the first noun phrase, its "of" and "and" included.
    """
    wanted = _Predicate.BASE if auxiliary in _DO | _MODAL else _Predicate.PARTICIPLE
    if auxiliary in _BE:
        wanted = _Predicate.ANY
    end = _phrase(words, 0, wanted, plural=auxiliary in _PLURAL)
    while end < len(words):
        joins = words[end].lower
        if joins in {"of", "and", "or"}:
            end = _phrase(words, end + 1, wanted, plural=False)
        elif joins in _PREPOSITIONS and (wanted is not _Predicate.ANY or _participle_behind(words, end)):
            # "did [any trains out of Southgate] leave": no predicate begins with a preposition behind "did" or "has"
            while end < len(words) and words[end].lower in _PREPOSITIONS | {"of"}:
                end += 1
            end = _phrase(words, end, wanted, plural=False)
        else:
            break
    return max(1, min(end, len(words)))


def _phrase(words: Sequence[Word], at: int, wanted: _Predicate, *, plural: bool, owned: bool = False) -> int:
    """Where the noun phrase that begins at `at` ends; `owned` says that a possessive stands before it."""
    if at >= len(words):
        return len(words)
    first = words[at]
    if first.lower in _PRONOUNS and not (first.lower in _DETERMINERS and at + 1 < len(words) and _plain(words[at + 1])):
        return at + 1
    if first.lower in _PARTS and at + 1 < len(words) and words[at + 1].lower == "of":
        return at + 1
    while at < len(words) and (words[at].lower in _DETERMINERS | {"more", "most", "fewer", "many", "much", "other"}):
        at += 1
    named = at
    while named < len(words) and words[named].capitalised and not owned:
        named += 1
        if _owns(words[named - 1]):
            return _phrase(words, named, wanted, plural=plural, owned=True)
    run = named
    while run < len(words) and (_plain(words[run]) or (owned and words[run].capitalised)):
        run += 1
        if _owns(words[run - 1]):
            return _phrase(words, run, wanted, plural=plural, owned=True)
    if named > at:
        return named + _nouns_behind_name(words[named:run], words[run:], wanted, plural and not _many(words[named - 1]))
    return at + _nouns(words[at:run], words[run:], wanted)


def _plain(word: Word) -> bool:
    common = word.lower not in FUNCTION_WORDS or word.lower in _ALSO_NOUNS
    return common and not word.capitalised and word.lower not in _TIMES


def _owns(word: Word) -> bool:
    return word.text.lower().replace("’", "'").endswith(("'s", "s'"))


def _many(word: Word) -> bool:
    """Whether it is a plural noun, and so no base form of a verb."""
    return word.lower.endswith("s") and not word.lower.endswith(("ss", "us", "is"))


def _is_participle(word: Word) -> bool:
    return word.lower in _UNCHANGED or word.lower in _PARTICIPLES or word.lower.endswith(("ed", "ing"))


def _nouns(run: Sequence[Word], behind: Sequence[Word], wanted: _Predicate) -> int:
    """How many words of a run of plain words are the noun phrase; the predicate begins in the run or behind it."""
    if not run:
        return 0
    if wanted is _Predicate.BASE:
        return _before_base(run, behind, at_least=1)
    participle = next((i for i, word in enumerate(run) if i and _is_participle(word)), None)
    if participle is not None:
        return participle - (1 if run[participle - 1].lower.endswith("ly") and participle > 1 else 0)
    ends = not behind or behind[0].lower in _AFTER_ADJECTIVES
    return len(run) - 1 if wanted is _Predicate.ANY and len(run) > 1 and ends else len(run)


def _nouns_behind_name(run: Sequence[Word], behind: Sequence[Word], wanted: _Predicate, plural: bool) -> int:
    """How many plain words behind a name belong to it: "Ford executives", "European brands"."""
    if plural:
        head = next((i for i, word in enumerate(run) if _many(word)), None)
        if head is not None:
            return head + 1
    if wanted is _Predicate.BASE:
        return _before_base(run, behind, at_least=0)
    participle = next((i for i, word in enumerate(run) if _is_participle(word)), None)
    return participle if participle is not None and not run[participle - 1].lower.endswith("ly") else 0


def _before_base(run: Sequence[Word], behind: Sequence[Word], at_least: int) -> int:
    """Where the verb stands in a run: the first known base form, else the word before an object, never a plural."""
    known = [i for i in range(at_least, len(run)) if run[i].lower in _BASES and not _many(run[i])]
    if known:
        return _without_adverb(run, known[0], at_least)
    if at_least == 0 and run and not _many(run[0]):
        return 0
    verbs = [i for i in range(max(1, at_least), len(run)) if not _many(run[i]) and not run[i].lower.endswith("ly")]
    if not verbs:
        return len(run)
    # "the firm raise prices": a verb with its object in the run; "the judge give Venn": at the end of it
    return _without_adverb(run, verbs[-1], at_least)


def _without_adverb(run: Sequence[Word], verb: int, at_least: int) -> int:
    return verb - 1 if verb - 1 >= max(1, at_least) and run[verb - 1].lower.endswith("ly") else verb


def _participle_behind(words: Sequence[Word], at: int) -> bool:
    """Whether the phrase that a preposition at `at` begins runs into a participle: "the man in the car arrested"."""
    at += 1
    while at < len(words) and (words[at].lower in _DETERMINERS or words[at].capitalised):
        at += 1
    run = at
    while run < len(words) and _plain(words[run]):
        if run > at - 1 and _is_participle(words[run]) and words[run].lower.endswith("ed"):
            return run > at or words[at - 1].capitalised
        run += 1
    return False


__all__ = ["subject_end"]
