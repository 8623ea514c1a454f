"""The one name that the clauses of a question have in common: "which company, covered by P for A, also did B?"."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from rag.bearing import NEAR, Borne, Search, nearest, pool_of, relevance_of
from rag.clauses import Clause, Clauses
from rag.decision import Decision
from rag.descriptions import PEOPLE
from rag.names import Name, NameKind, find_names
from rag.pool import Encode, Found, evidence_of
from rag.reading import PassageReader
from rag.types import Evidence, Stance, Verdict
from rag.words import split_words

IN_TITLE = 0.7
"""What a name counts that only the title of the article has."""
READ_OUT = 1.0
"""What the words add that a reading head takes for the answer to the clause, by how surely they are."""
PLAIN, ALONE = 0.3, 0.45
"""Least mean relevance of the statements that share a name, and of a single one that has it for every clause."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A name met for the clause at `place`, in the statement `found`; `weight` (0 and up) says how well it fits."""

    name: str
    place: int
    found: Found
    weight: float


def decide_who(
    asked: Clauses, search: Search, encode: Encode, head: PassageReader | None
) -> tuple[Decision | None, list[Borne]]:
    """The name that most of the clauses are about, and what bears on each; None where too few share one."""
    every = tuple(dict.fromkeys(name for clause in asked.clauses for name in clause.publishers))
    clauses = [clause if clause.publishers else replace(clause, publishers=every) for clause in asked.clauses]
    found = [nearest(pool_of(clause, search, encode)) for clause in clauses]
    borne = [
        Borne(clause, statements, relevance_of(statements[0])) if statements else Borne(clause, ())
        for clause, statements in zip(clauses, found, strict=True)
    ]
    around = (name.text for item in borne for found in item.found for name in find_names(found.statement.passage.text))
    seen = _merged(_met(asked, borne, head), list(around), wants_person=_wants_person(asked.focus))
    if not seen:
        return None, borne
    by_name: dict[str, dict[int, Seen]] = defaultdict(dict)
    for item in sorted(seen, key=lambda item: item.weight):
        by_name[item.name][item.place] = item
    name, best = max(by_name.items(), key=lambda pair: (sum(item.weight for item in pair[1].values()), pair[0]))
    if not _backed(best, len(clauses)):
        return None, borne
    sure = round(min(0.9, 0.3 + 0.6 * len(best) / len(clauses)), 3)
    return Decision(Verdict.ANSWERED, name, None, sure, _evidence(best)), borne


def _backed(best: dict[int, Seen], clauses: int) -> bool:
    """Whether a name is borne out by two clauses, or the only one, in statements that speak of them plainly enough."""
    near = sum(relevance_of(item.found) for item in best.values()) / len(best)
    statements = {(item.found.statement.article.id, item.found.statement.span) for item in best.values()}
    if clauses == 1 or len(statements) == 1:
        return near >= ALONE and len(best) >= min(2, clauses)
    return near >= PLAIN


def _evidence(best: dict[int, Seen]) -> tuple[Evidence, ...]:
    """One statement a clause, each once."""
    items = [evidence_of(best[at].found, Stance.ASSERTS, weight=relevance_of(best[at].found)) for at in sorted(best)]
    return tuple({(item.article.id, item.span): item for item in items}.values())


def _wants_person(focus: str) -> bool:
    return not focus or focus.rsplit(maxsplit=1)[-1] in PEOPLE


def _met(asked: Clauses, borne: Sequence[Borne], head: PassageReader | None) -> list[Seen]:
    """Every name in the statements near a clause or in their titles, but those that the question gives itself."""
    given = {word.stem for clause in asked.clauses for word in split_words(clause.text) if word.capitalised}
    given |= {word.stem for clause in asked.clauses for name in clause.publishers for word in split_words(name)}
    seen: list[Seen] = []
    for place, item in enumerate(borne):
        statements = [found for found in item.found if relevance_of(found) >= NEAR]
        read = _read_out(asked.focus, item.clause, statements, head)
        for found, words, sure in zip(statements, *read, strict=True):
            relevance = relevance_of(found)
            for text, share in ((found.statement.text, 1.0), (found.statement.article.title, IN_TITLE)):
                for name in find_names(text):
                    if set(name.stems) <= given:
                        continue
                    told = READ_OUT * sure if name.text in words else 0.0
                    seen.append(Seen(name.text, place, found, share * relevance + told))
    return seen


def _read_out(
    focus: str, clause: Clause, statements: Sequence[Found], head: PassageReader | None
) -> tuple[list[str], list[float]]:
    """The words that a reading head takes for the answer in each statement, and how surely; "" without one."""
    if head is None or not statements:
        return [""] * len(statements), [0.0] * len(statements)
    asking = "Who" if _wants_person(focus) else f"Which {focus}"
    texts = [found.statement.text for found in statements]
    readings = head.read(f"{asking} {clause.text}?", texts, [found.statement.article.title for found in statements])
    return [reading.text for reading in readings], [reading.answers for reading in readings]


def _merged(seen: Sequence[Seen], around: Sequence[str], *, wants_person: bool) -> list[Seen]:
    """The same with every name in its fullest usual form, as it stands in `around` or elsewhere; other kinds gone.

    "Doe" and "JD" are "Jane Doe" where she is named so.
    """
    names = Counter(_bare(name) for name in (*around, *(item.name for item in seen)))
    whole = {name: _whole(name, names) for name in {_bare(item.name) for item in seen}}
    named = [replace(item, name=whole[_bare(item.name)]) for item in seen]
    return [item for item in named if item.name and (not wants_person or _could_be_person(item.name))]


def _bare(name: str) -> str:
    """A name without an article, a joining word or an office before it."""
    words = name.split()
    while words and (words[0].islower() or words[0] in {"The", "A", "An"}):
        words = words[1:]
    return " ".join(words)


def _whole(name: str, names: Counter[str]) -> str:
    """The full name that a word stands for, as it is mostly written; itself where it stands for none."""
    parts = [part.lower() for part in name.split()]
    full = [other for other in names if 2 <= len(other.split()) <= 4]
    if len(parts) == 1:
        longer = [other for other in full if _stands_for(parts, other)]
        if not longer:
            return name
        name = max(longer, key=lambda other: (names[other], -len(other), other))
    # headlines run other words into a name: "Why Jane Doe Left"
    written = [other for other in full if _within(other, name) or _within(name, other)]
    return max([name, *written], key=lambda other: (names[other], -len(other), other))


def _within(short: str, whole: str) -> bool:
    return f" {short} " in f" {whole} "


def _stands_for(parts: Sequence[str], whole: str) -> bool:
    words = [word.lower() for word in whole.split()]
    initials = "".join(word[0] for word in whole.replace("-", " ").split()).lower()
    return words[: len(parts)] == list(parts) or words[-len(parts) :] == list(parts) or list(parts) == [initials]


def _could_be_person(name: str) -> bool:
    kinds: Iterable[Name] = find_names(f"said {name}")
    return all(found.kind is not NameKind.BODY for found in kinds) and not name.isupper()
