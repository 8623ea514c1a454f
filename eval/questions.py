"""The questions of an evaluation set: their format, their reader, and the check that each holds against its articles.

A set is JSONL, one object a line. Truth is given as an article and words quoted from it, never as passage ids, so
that re-splitting does not spoil it. ``python -m eval.questions FILE…`` counts a set without showing sealed questions.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from index.errors import BadInput
from index.filters import Filters
from rag.types import Stance, Verdict

T = TypeVar("T", bound=StrEnum)


class Kind(StrEnum):
    """What a question puts to the test."""

    DENIAL = "denial"
    CLAIM = "claim"
    CONFLICT = "conflict"
    ATTRIBUTION = "attribution"
    NUMBER = "number"
    DATE = "date"
    FACT = "fact"
    REASON = "reason"
    LIST = "list"
    COMPARISON = "comparison"
    TIMELINE = "timeline"
    FALSE_PREMISE = "false premise"
    UNANSWERABLE = "unanswerable"
    BOILERPLATE_TRAP = "boilerplate trap"
    FOLLOW_UP = "follow-up"
    MISSPELT = "misspelt"
    OTHER_LANGUAGE = "other language"


class Part(StrEnum):
    """Which half of the set a question belongs to: the one to tune on, or the one kept sealed until the end."""

    TUNING = "tuning"
    SEALED = "sealed"


@dataclass(frozen=True, slots=True)
class Gold:
    """Words that stand verbatim in an article and answer the question.

    Quotes of one `need` are alternatives, and an answer wants one of each need: a plain fact has the one need "";
    a conflict has "asserts" and "denies"; a list has one for each item. `speaker` and `stance` are given where the
    question turns on who says it; the empty speaker is the article's own voice, None leaves it open.
    """

    article: str
    quote: str
    need: str = ""
    speaker: str | None = None
    stance: Stance | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question and what a right answer to it is.

    `verdict` lists every verdict that a careful editor would accept, the best first. `accepted` are right short
    answers, any of which will do; empty where a short answer makes no sense. The answer's text must hold one
    alternative of each group in `must` and none of `must_not`, compared as `eval.wording.holds` does. `fact` is
    what the question turns on, and decides its `part`. `also` quotes what a right answer may cite besides the gold
    (the other side, an older figure given as older). `closest` holds words on record near to a question that cannot
    be answered. `history` are the questions asked before it in the conversation.
    """

    id: str
    question: str
    kind: Kind
    fact: str
    part: Part
    verdict: tuple[Verdict, ...]
    accepted: tuple[str, ...] = ()
    must: tuple[tuple[str, ...], ...] = ()
    must_not: tuple[str, ...] = ()
    gold: tuple[Gold, ...] = ()
    also: tuple[Gold, ...] = ()
    closest: tuple[Gold, ...] = ()
    history: tuple[str, ...] = ()
    as_of: str | None = None
    filters: Filters | None = None

    @property
    def answerable(self) -> bool:
        """Whether some accepted verdict is an answer."""
        return self.verdict != (Verdict.UNKNOWN,)

    @property
    def citable(self) -> tuple[Gold, ...]:
        """Every quote that a right answer may cite: what it needs, and what belongs beside it."""
        return self.gold + self.also

    @property
    def needs(self) -> tuple[str, ...]:
        """The needs that its gold quotes serve, in order, each once."""
        return tuple(dict.fromkeys(gold.need for gold in self.gold))


def part_of(fact: str) -> Part:
    """The half that every question on `fact` falls into: the first bit of the fact's SHA-256."""
    return Part.SEALED if hashlib.sha256(fact.encode()).digest()[0] >> 7 else Part.TUNING


def read_questions(path: str | Path, articles: Mapping[str, str] | None = None) -> tuple[Question, ...]:
    """The questions of a JSONL file in its order, checked, against the texts of `articles` (by id) where given.

    Raises BadInput with one line for each fault, naming file, line and field.
    """
    questions: list[Question] = []
    faults: list[str] = []
    seen: dict[str, int] = {}
    for number, line in _lines(Path(path)):
        where = f"{path}:{number}"
        try:
            question = parse_question(line, where)
        except BadInput as error:
            faults.append(str(error))
            continue
        faults += [f"{where}: {fault}" for fault in faults_of(question, articles)]
        for name, key in (("id", question.id), ("question", _asked(question))):
            if (first := seen.setdefault(f"{name} {key}", number)) != number:
                faults.append(f"{where}: field {name!r}: the same as on line {first}")
        questions.append(question)
    if faults:
        raise BadInput("\n".join(faults))
    if not questions:
        raise BadInput(f"{path}: holds no question; write one JSON object a line")
    return tuple(questions)


def parse_question(line: str, where: str) -> Question:
    """The question that one line of JSON gives; `where` ("file:line") opens the message of a BadInput."""
    try:
        row = json.loads(line)
    except ValueError as error:
        raise BadInput(f"{where}: not JSON ({error})") from None
    if not isinstance(row, dict):
        raise BadInput(f"{where}: not a JSON object but {type(row).__name__}")
    if unknown := row.keys() - Question.__dataclass_fields__.keys():
        raise BadInput(f"{where}: field {min(unknown)!r} is not one of {', '.join(Question.__dataclass_fields__)}")
    return _Row(row, where).question()


def faults_of(question: Question, articles: Mapping[str, str] | None = None) -> list[str]:
    """What is wrong with a question in itself, and with its quotes in the texts of `articles`; empty when sound."""
    return [fault for rule in (_identity_faults, _answer_faults) for fault in rule(question)] + [
        f"field {name!r}: {fault}"
        for name, golds in (("gold", question.gold), ("also", question.also), ("closest", question.closest))
        for gold in golds
        for fault in _quote_faults(gold, articles)
    ]


def _identity_faults(question: Question) -> Iterator[str]:
    for name, value in (("id", question.id), ("fact", question.fact)):
        if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", value):
            yield f"field {name!r}: {value!r} is not of small letters, digits and single hyphens"
    if question.part is not part_of(question.fact):
        yield f"field 'part': fact {question.fact!r} belongs to {part_of(question.fact)!s}, not {question.part!s}"
    if not question.question.strip():
        yield "field 'question': is empty"
    if (question.kind is Kind.FOLLOW_UP) != bool(question.history):
        yield "field 'history': belongs to every follow-up and to nothing else"
    if question.as_of is not None and not _is_day(question.as_of):
        yield f"field 'as_of': {question.as_of!r} is not a day such as '2026-02-10'"


def _answer_faults(question: Question) -> Iterator[str]:
    if not question.verdict or len(set(question.verdict)) < len(question.verdict):
        yield "field 'verdict': wants one or more different verdicts"
    if question.answerable and not question.gold and Verdict.NO not in question.verdict:
        yield "field 'gold': an answer wants words that back it"
    if not question.answerable and (question.gold or question.accepted):
        yield "field 'gold' or 'accepted': the verdict is unknown, so there is no answer to give"
    if question.also and not question.gold:
        yield "field 'also': stands beside gold quotes only"
    if Verdict.ANSWERED in question.verdict and not (question.accepted or question.must):
        yield "field 'accepted' or 'must': says nothing of what a right answer holds"
    if question.kind is Kind.UNANSWERABLE and Verdict.UNKNOWN not in question.verdict:
        yield "field 'verdict': an unanswerable question is unknown"
    if any(not group for group in question.must):
        yield "field 'must': a group of alternatives is empty"


def _quote_faults(gold: Gold, articles: Mapping[str, str] | None) -> Iterator[str]:
    if not gold.quote.strip():
        yield "a quote is empty"
    elif articles is not None and gold.article not in articles:
        yield f"no article {gold.article!r}; there are {', '.join(sorted(articles))}"
    elif articles is not None and gold.quote not in articles[gold.article]:
        yield f"{gold.quote!r} does not stand in article {gold.article!r}"


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"{path}: cannot be read ({error})") from None
    return ((number, line) for number, line in enumerate(text.split("\n"), start=1) if line.strip())


def _asked(question: Question) -> str:
    asked = " / ".join((*question.history, question.question)).casefold()
    return f"{asked} {question.as_of} {question.filters}"


@dataclass(frozen=True, slots=True)
class _Row:
    """One JSON object and where it stands; each method reads one field or raises BadInput naming it."""

    fields: Mapping[str, object]
    where: str

    def question(self) -> Question:
        return Question(
            id=self.text("id"),
            question=self.text("question"),
            kind=self.member("kind", self.fields.get("kind"), Kind),
            fact=self.text("fact"),
            part=self.member("part", self.fields.get("part"), Part),
            verdict=tuple(self.member("verdict", item, Verdict) for item in self.items("verdict", one=True)),
            accepted=self.texts("accepted"),
            must=tuple(self.group(item) for item in self.items("must")),
            must_not=self.texts("must_not"),
            gold=tuple(self.quote("gold", item) for item in self.items("gold")),
            also=tuple(self.quote("also", item) for item in self.items("also")),
            closest=tuple(self.quote("closest", item) for item in self.items("closest")),
            history=self.texts("history"),
            as_of=None if self.fields.get("as_of") is None else self.text("as_of"),
            filters=self.filters(),
        )

    def wrong(self, name: str, wanted: str, value: object) -> BadInput:
        return BadInput(f"{self.where}: field {name!r}: wants {wanted}, not {value!r}")

    def text(self, name: str) -> str:
        return self.string(name, self.fields.get(name))

    def string(self, name: str, value: object) -> str:
        if not isinstance(value, str):
            raise self.wrong(name, "a text", value)
        return value

    def items(self, name: str, one: bool = False) -> list[object]:
        value = self.fields.get(name, [])
        if one and isinstance(value, str):
            return [value]
        if not isinstance(value, list):
            raise self.wrong(name, "a list", value)
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        return tuple(self.string(name, item) for item in self.items(name))

    def group(self, item: object) -> tuple[str, ...]:
        words = item if isinstance(item, list) else [item]
        return tuple(self.string("must", word) for word in words)

    def member(self, name: str, value: object, of: type[T]) -> T:
        try:
            return of(self.string(name, value))
        except ValueError:
            raise self.wrong(name, f"one of {', '.join(of)}", value) from None

    def quote(self, name: str, item: object) -> Gold:
        if not isinstance(item, dict) or item.keys() - Gold.__dataclass_fields__.keys():
            raise self.wrong(name, f"an object of {', '.join(Gold.__dataclass_fields__)}", item)
        stance, speaker = item.get("stance"), item.get("speaker")
        return Gold(
            article=self.string(f"{name}.article", item.get("article")),
            quote=self.string(f"{name}.quote", item.get("quote")),
            need=self.string(f"{name}.need", item.get("need", "")),
            speaker=None if speaker is None else self.string(f"{name}.speaker", speaker),
            stance=None if stance is None else self.member(f"{name}.stance", stance, Stance),
        )

    def filters(self) -> Filters | None:
        value = self.fields.get("filters")
        if value is None:
            return None
        if not isinstance(value, dict) or value.keys() - {"since", "until", "publishers", "articles"}:
            raise self.wrong("filters", "an object of since, until, publishers, articles", value)
        try:
            return Filters(**value)
        except BadInput as error:
            raise BadInput(f"{self.where}: field 'filters': {error}") from None


if __name__ == "__main__":
    from eval.sets import main

    raise SystemExit(main())
