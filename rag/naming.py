"""Names that answer: one, several in a list, what letters stand for, and who somebody is."""

import re
from collections.abc import Iterator, Sequence

from rag.asking import Kind, Wanted
from rag.attribution import attributions
from rag.candidate import Candidate, nearness
from rag.matching import Term
from rag.names import Name, NameKind, modifies
from rag.statements import Statement, Vocabulary
from rag.understand import Question
from rag.words import Word

_PLACE_BEFORE = re.compile(
    r"\b(?:in|at|from|near|across|outside|inside|to|of)\s+(?:the\s+)?(?:\w+\s+)?$", re.IGNORECASE
)


_LIST_JOIN = re.compile(r"^(?:,\s*(?:and\s+)?|\s+and\s+|\s+or\s+|,\s*or\s+)$")


def names_asked(
    statement: Statement, question: Question, terms: Sequence[Term], places: Sequence[Word], vocabulary: Vocabulary
) -> Iterator[Candidate]:
    """Names of the kind asked for, those that stand in one list or sentence also as one where several are wanted."""
    asked = {term.stem for term in terms}
    names = [
        name
        for name in vocabulary.names_in(statement.text)
        if not modifies(name, statement.text)
        and not set(name.stems) <= asked
        and not (len(name.stems) == 1 and statement.words and name.stems[0] in asked)
    ]
    # "Abt said that an employee sold it" does not make Abt the seller
    speakers = (
        {said.speaker for said in attributions(statement.sentence, statement.before, vocabulary)}
        if question.act is None
        else set()
    )
    scored = [
        (name, _name_fit(name, statement, question, places) * (0.4 if name.text in speakers else 1.0)) for name in names
    ]
    if question.plural:
        yield from _joined(scored, statement)
        yield from _strewn(scored, statement, question)
    for name, fit in scored:
        yield Candidate(name.text, name.span, fit)


def _name_fit(name: Name, statement: Statement, question: Question, places: Sequence[Word]) -> float:
    near = nearness(name.span, places, statement.text)
    if question.wanted is Wanted.PLACE:
        kind = 1.0 if name.kind is NameKind.PLACE or _PLACE_BEFORE.search(statement.text[: name.span[0]]) else 0.3
        return kind * (0.4 + 0.6 * near)
    kind = 1.0 if name.kind in question.name_kinds else 0.35
    if name.text.isupper() and len(name.text) <= 3 and question.kind is not Kind.WHO:
        kind *= 0.5  # EV, US, AI: seldom the one asked for
    if name.kind is NameKind.PERSON and question.kind is Kind.WHO:
        kind = 1.0
    elif question.kind is Kind.WHO and name.kind in (NameKind.BODY, NameKind.OTHER):
        kind = 0.85
    subject = 1.0
    if places and question.kind in (Kind.WHO, Kind.WHICH) and not question.act:
        # "who bought X" wants what stands before the verb; "whom did X buy" what stands after
        before = name.span[1] <= min(place.start for place in places)
        inverted = any(word in question.text.lower().split()[:4] for word in ("did", "does", "do", "has", "have"))
        subject = 0.75 if before is inverted else 1.0
    return kind * subject * (0.4 + 0.6 * near)


def expansions(statement: Statement, terms: Sequence[Term]) -> Iterator[Candidate]:
    """What an abbreviation stands for: the words before its brackets, or in the brackets after it."""
    for term in terms:
        short = re.escape(term.lower)
        before = re.search(
            rf"((?:[A-Z][\w.&’'-]*\s+(?:(?:of|and|for|the)\s+)*)+)\(\s*{short}\s*\)", statement.text, re.IGNORECASE
        )
        if before and term.lower.isalnum():
            words = before[1].split()
            initials = term.lower
            start = next(
                (
                    i
                    for i in range(len(words) - 1, -1, -1)
                    if words[i][0].lower() == initials[0] and len(words) - i >= len(initials) - 1
                ),
                0,
            )
            text = " ".join(words[start:])
            at = statement.text.find(text)
            yield Candidate(text, (at, at + len(text)), 1.0)
        after = re.search(rf"\b{short}\s*\(([^)]{{4,80}})\)", statement.text, re.IGNORECASE)
        if after:
            yield Candidate(after[1], after.span(1), 0.9)


_ROLE_BEFORE = re.compile(r"((?:[\w-]+(?:[’']s)?\s+){1,5})$")


def descriptions(statement: Statement, terms: Sequence[Term], vocabulary: Vocabulary) -> Iterator[Candidate]:
    """Who somebody is: the office before or after the name, or what follows "is"."""
    asked = {term.stem for term in terms}
    for name in vocabulary.names_in(statement.text):
        if not set(name.stems) & asked:
            continue
        start, end = name.span
        text = statement.text
        after = re.match(r",\s+((?:the|a|an|its|his|her|who (?:is|was)|\w+[’']s)\s+[^,.;]{3,80})[,.;]", text[end:])
        if after:
            yield Candidate(after[1], (end + after.start(1), end + after.end(1)), 1.0)
        verb = re.match(r"\s+(?:is|was|remains|became)\s+((?:the|a|an|one of)\s+[^,.;—]{3,90})", text[end:])
        if verb:
            yield Candidate(verb[1], (end + verb.start(1), end + verb.end(1)), 0.9)
        lead = text[:start]
        if text[end : end + 1] == ",":
            lead = re.sub(r",\s+$", " ", lead)  # "the museum's director, Hubert Stoll, left"
        before = _ROLE_BEFORE.search(lead)
        if before:
            role = _office(before[1])
            if role:
                at = len(lead) - len(before[1]) + before[1].rfind(role)
                yield Candidate(role, (at, at + len(role)), 0.95)


def _office(words: str) -> str:
    """The office at the end of the words before a name, with whose it is ("Northwind's co-founder")."""
    match = re.search(
        r"((?:\w[\w.-]*[’']s\s+|\b(?:the|former|current|(?-i:[A-Z])[\w.]+)\s+)*(?:[a-z]+\s+)?(?:co-founder|founder"
        r"|president|minister|chief executive|chief|ceo|chairman|chairwoman|director|secretary|"
        r"leader|spokesman|spokeswoman|spokesperson|analyst|professor|judge|mayor|governor|senator"
        r"|coach|captain|singer|actor|actress|author|lawyer|owner|manager|officer|executive))\s*$",
        words,
        re.IGNORECASE,
    )
    return match[1].strip() if match else ""


def _joined(scored: Sequence[tuple[Name, float]], statement: Statement) -> Iterator[Candidate]:
    """Names that stand in one list, as one candidate."""
    run: list[tuple[Name, float]] = []
    for item in [*scored, None]:
        if (
            item is not None
            and run
            and _LIST_JOIN.match(statement.text[run[-1][0].span[1] : item[0].span[0]].replace(".", "", 1))
        ):
            run.append(item)
            continue
        if len(run) > 1:
            span = (run[0][0].span[0], run[-1][0].span[1])
            yield Candidate(statement.text[span[0] : span[1]], span, min(1.0, max(fit for _, fit in run) + 0.2))
        run = [item] if item is not None else []


def _strewn(scored: Sequence[tuple[Name, float]], statement: Statement, question: Question) -> Iterator[Candidate]:
    """Names of the kind asked for that stand apart in one sentence ("gives A 38 per cent, B 31 and C 12"), as one."""
    names = list(dict.fromkeys(name for name, _ in scored if name.kind in question.name_kinds))
    if len(names) > 1:
        texts = [name.text for name in names]
        span = (names[0].span[0], names[-1].span[1])
        fit = 0.8 * max(fit for _, fit in scored)
        yield Candidate(f"{', '.join(texts[:-1])} and {texts[-1]}", span, fit)
