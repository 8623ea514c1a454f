"""Questions in, cited answers out."""

import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from index import Filters, Index
from index.dates import date_range
from index.errors import BadInput
from index.snapshot import Snapshot
from index.types import Entry, Hit
from rag.about import answer_about
from rag.clauses import Clauses
from rag.compose import written_date
from rag.courtesy import plain
from rag.followup import complete, leans, standing
from rag.heads import open_reading_head, open_stance_head
from rag.neighbours import with_neighbours
from rag.parts import in_parts, split_parts
from rag.period import read_period
from rag.points import answer_points
from rag.preamble import question_first
from rag.printings import group_printings, one_printing_each
from rag.reader import EmbeddedReader, Reader, joined, side_by_side
from rag.scope import Scope, find_references, read_scope
from rag.several import answer_several, cut_up
from rag.spelling import put_right
from rag.support import judge_support
from rag.types import Answer, Verdict
from rag.understand import understand
from rag.vectors import VectorCache
from rag.when import OLD_DAYS, asks_now, read_recent
from rag.words import clean

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

MAX_QUESTION = 2_000
"""Longest question in characters; a longer one is a text, not a question."""
PASSAGES = 24
"""How many passages are read for a question, unless told."""
PASSAGES_OF_CLAUSE = 6
"""How many are read for each clause of a question over several articles."""
REMEMBERED = 3
"""How many questions back a follow-up may lean."""
UNKNOWN_SCRIPT = 0.3
"""Share of tokens that the encoder does not know from which a question cannot be read."""


class Engine:
    """Answers questions from an index; several threads may ask at once."""

    def __init__(self, index: Index, model: "str | LLM | None" = None, reader: Reader | None = None) -> None:
        """With the embedded reader, and a language model ("provider:name") to write the answer when one is given."""
        self.index = index
        self.model = model
        self.reader = reader or EmbeddedReader(open_reading_head(), open_stance_head())
        self._vectors = VectorCache()

    def ask(
        self,
        question: str,
        *,
        history: Sequence[str] = (),
        as_of: str | None = None,
        filters: Filters | None = None,
        k: int | None = None,
        model: str | None = None,
    ) -> Answer:
        """The answer to `question`, from the `k` best passages that `filters` let through.

        `history` are the questions asked before it, oldest first, that "it" and "and B?" lean on.

        `as_of` is the ISO day that "now" and "this week" count from (default today); when it is given, articles
        published after it are not read. Raises `BadInput` for an empty or overlong question, and `ModelUnavailable`
        for a language model that cannot be opened.
        """
        answer: Answer | None = None
        for item in self.stream(question, history=history, as_of=as_of, filters=filters, k=k, model=model):
            if isinstance(item, Answer):
                answer = item
        assert answer is not None, "a stream ends with its answer"
        return answer

    def stream(
        self,
        question: str,
        *,
        history: Sequence[str] = (),
        as_of: str | None = None,
        filters: Filters | None = None,
        k: int | None = None,
        model: str | None = None,
    ) -> Iterator[str | Answer]:
        """The checked sentences of the answer as they come, then the `Answer`; errors as `ask`."""
        started = time.perf_counter()
        asked = check_question(question)
        day = check_day(as_of)
        chosen = model or self.model
        if as_of is not None:
            filters = replace(filters or Filters(), known_by=day.isoformat())
        meant, past = self._put_right(
            plain(asked), [plain(one) for one in history], filters or Filters(), k or PASSAGES
        )
        answer = self._follow(meant, past, day, filters, k or PASSAGES)
        respelt = meant.casefold().rstrip("?") != plain(asked).casefold().rstrip("?")
        read_as = (f"Read as: {meant}",) if respelt else ()
        answer = replace(answer, question=asked, warnings=(*read_as, *answer.warnings))
        if chosen is None:
            yield from _sentences(answer.text)
        else:
            from rag.llm import open_model
            from rag.model_reader import ModelReader

            evidence = [*(citation.evidence for citation in answer.citations), *answer.sources]
            reader = ModelReader(open_model(chosen), judge_support)
            for item in reader.stream(asked, answer, list(dict.fromkeys(evidence)), as_of=day.isoformat()):
                if isinstance(item, Answer):
                    answer = item
                else:
                    yield item
        yield replace(answer, seconds=round(time.perf_counter() - started, 4))

    def _put_right(self, asked: str, history: Sequence[str], filters: Filters, k: int) -> tuple[str, Sequence[str]]:
        """The question, and those before it that it leans on, with misspelt words put right.

        Before anything else is made of it: words of the question tell its parts, and whether it leans at all.
        """
        snapshot = self.index.snapshot()
        entries = snapshot.entries()
        if not entries or snapshot.encoder.unknown_share(asked) >= UNKNOWN_SCRIPT:
            return asked, history
        past: list[str] = []
        for question in [*history[-REMEMBERED:], asked]:
            told = f"{past[-1]} " if past else ""  # "when was that?" finds nothing by itself
            search = partial(_search_behind, snapshot, told, filters, k)
            past.append(plain(put_right(question, search, entries, snapshot.encoder)))
        return past[-1], past[:-1]

    def _follow(self, asked: str, history: Sequence[str], day: date, filters: Filters | None, k: int) -> Answer:
        """The answer to a question that may lean on those before it: on the last one's own answer, if it needs to."""
        if not history or not leans(asked):
            return self._read(complete(asked, history), day, filters, k)
        earlier = self._read(standing(history), day, filters, k)
        cited = tuple(dict.fromkeys(citation.article.id for citation in earlier.citations))
        whole = complete(asked, history, earlier.short)
        if cited and whole != complete(asked, history):
            there = self._read(whole, day, replace(filters or Filters(), articles=cited), k)
            if there.verdict is not Verdict.UNKNOWN:
                return there
        return self._read(whole, day, filters, k)

    def _read(self, asked: str, day: date, filters: Filters | None, k: int) -> Answer:
        snapshot = self.index.snapshot()
        parts = split_parts(asked)
        if len(parts) > 1 and cut_up(asked, snapshot.entries()):
            parts = (asked,)
        answers = [self._answer(snapshot, part, day, filters or Filters(), k) for part in parts]
        answer = answers[0] if len(parts) == 1 else in_parts(asked, parts, answers)
        answer = group_printings(answer, filter((filters or Filters()).matches, snapshot.entries()))
        return replace(answer, question=asked, generation=snapshot.generation)

    def _answer(self, snapshot: Snapshot, asked: str, day: date, filters: Filters, k: int) -> Answer:
        if not snapshot.entries():
            return _empty(asked, "There are no articles in this index yet. Add some with: onrecord add PATH_OR_URL")
        unreadable = snapshot.encoder.unknown_share(asked)
        if unreadable >= UNKNOWN_SCRIPT:
            answer = _empty(asked, "The articles do not say, as far as this question can be read.")
            return replace(
                answer, warnings=("The question is in a script that this encoder does not read; ask in English.",)
            )
        known = Filters(known_by=filters.known_by)
        entries = [entry for entry in snapshot.entries() if known.matches(entry)]
        several = cut_up(asked, entries)
        about = answer_about(asked, find_references(asked, entries), snapshot, known) if several is None else None
        if about is not None:
            return about
        if several is not None:
            answer = self._over_several(snapshot, asked, several, filters)
            return replace(answer, warnings=(*answer.warnings, *_left_out(snapshot, filters)))
        period = read_period(question_first(asked))
        limited = period.within(filters)
        if limited is None:
            return _empty(asked, "The articles do not say: the days that are named lie outside the chosen limits.")
        answer = self._read_in_time(snapshot, read_scope(period.text, entries), day, limited, k)
        return replace(answer, warnings=(*answer.warnings, *_left_out(snapshot, limited)))

    def _read_in_time(self, snapshot: Snapshot, scope: Scope, day: date, filters: Filters, k: int) -> Answer:
        """The answer from the period that the question names, else from any time, with a warning that says so."""
        period = None if filters.dated else read_recent(scope.text, day)
        if period is None:
            answer = self._read_in_scope(snapshot, scope, day, filters, k)
            old = _age(answer, day) if asks_now(scope.text) else None
            return replace(answer, warnings=(*answer.warnings, old)) if old else answer
        scope = replace(scope, text=period.bare)
        inside = replace(filters, since=period.since, until=period.until)
        answer = self._read_in_scope(snapshot, scope, day, inside, k)
        if answer.verdict is not Verdict.UNKNOWN:
            return answer
        answer = self._read_in_scope(snapshot, scope, day, filters, k)
        if answer.verdict is Verdict.UNKNOWN:
            return answer
        days = f"{written_date(period.since)} to {written_date(period.until)}"
        elsewhen = f"No article of “{period.words}” ({days}) answers this; what is cited is of another time."
        return replace(answer, warnings=(*answer.warnings, elsewhen))

    def _over_several(self, snapshot: Snapshot, asked: str, clauses: Clauses, filters: Filters) -> Answer:
        """The answer to a question whose clauses are each about articles of their own."""

        def search(words: str, limits: Filters) -> list[Hit]:
            if not filters and not any(e.author in limits.publishers for e in snapshot.entries() if e.author):
                return snapshot.search(words, PASSAGES_OF_CLAUSE, limits)
            inside = [e.id for e in snapshot.entries() if filters.matches(e) and _is_of(e, limits)]
            return snapshot.search(words, PASSAGES_OF_CLAUSE, Filters(articles=inside)) if inside else []

        encode = self._vectors.through(snapshot.encoder)
        heads = self.reader if isinstance(self.reader, EmbeddedReader) else EmbeddedReader()
        return answer_several(asked, clauses, search, encode, heads.stance, heads.head)

    def _differ(self, snapshot: Snapshot, scope: Scope, filters: Filters, k: int) -> Answer:
        """What each of a few articles says on one subject, side by side."""
        subject = re.split(r"\b(?:on|about|over|regarding|concerning)\b", scope.text, maxsplit=1)[-1].strip(" ?.")
        question = understand(f"What is the latest on {subject}?")
        answers = [
            self.reader.read(
                question,
                snapshot.search(subject, k, replace(filters, articles=(id,))),
                self._vectors.through(snapshot.encoder),
            )
            for id in scope.articles
        ]
        return side_by_side([answer for answer in answers if answer.citations], question)

    def _read_in_scope(self, snapshot: Snapshot, scope: Scope, day: date, filters: Filters, k: int) -> Answer:
        if scope.every and len(scope.articles) > 1:
            answers = [
                self._read_in_scope(snapshot, replace(scope, articles=(id,)), day, filters, k) for id in scope.articles
            ]
            return joined(answers)
        if _DIFFER.search(scope.text) and 2 <= len(scope.articles) <= 4 and not scope.says:
            return self._differ(snapshot, scope, filters, k)
        inside = [id for id in scope.articles if filters.matches(snapshot.entry(id))]
        if scope.articles and not inside:
            return _empty(
                scope.text, "The articles do not say: what the question names lies outside the chosen limits."
            )
        chosen = replace(filters, articles=tuple(inside)) if inside else filters
        question = understand(scope.text, asks_report=scope.says, mention=scope.mention)
        hits = with_neighbours(one_printing_each(snapshot.search(scope.text, k, chosen, day)), snapshot)
        points = answer_points(question, hits, snapshot)
        if points is not None:
            return points
        among = len(chosen.articles) or len(snapshot.entries())
        return self.reader.read(question, hits, self._vectors.through(snapshot.encoder), among)


def _search_behind(snapshot: Snapshot, told: str, filters: Filters, k: int, text: str) -> list[Hit]:
    return snapshot.search(f"{told}{text}", k, filters)


def _is_of(entry: Entry, limits: Filters) -> bool:
    """Whether an article fits, its author standing for a publisher where the limits name one."""
    wrote = entry.author is not None and entry.author in limits.publishers
    return limits.matches(entry) or (wrote and limits.matches_date(entry.published))


_DIFFER = re.compile(r"\b(?:differ|compare|disagree|contradict|agree|conflict)\b", re.IGNORECASE)


def check_question(question: str) -> str:
    """The question on one line. Raises `BadInput` when it is empty or too long."""
    line = clean(question)
    if not any(c.isalnum() for c in line):
        raise BadInput('The question is empty; ask one, such as "did Ford deny the deal?"')
    if len(line) > MAX_QUESTION:
        raise BadInput(f"The question has {len(line):,} characters; ask in at most {MAX_QUESTION:,}.")
    return line


def check_day(as_of: str | None) -> date:
    """The day that "now" counts from. Raises `BadInput` when it is no ISO day."""
    if as_of is None:
        return date.today()  # noqa: DTZ011 - the asker's own day is meant
    try:
        return date.fromisoformat(as_of[:10])
    except ValueError:
        raise BadInput(f"as_of {as_of!r} is not a day; write it as 2026-02-10.") from None


def _empty(asked: str, text: str) -> Answer:
    lean = 0.5 if understand(asked).is_yes_no else None
    return Answer(question=asked, text=text, verdict=Verdict.UNKNOWN, lean=lean, confidence=0.9)


def _age(answer: Answer, day: date) -> str | None:
    """What to say when all that is cited on how things stand "now" is old, or of unknown date."""
    if answer.verdict is Verdict.UNKNOWN or not answer.citations:
        return None
    newest = max((c.article.published for c in answer.citations if c.article.published), default=None)
    if newest is None:
        return "What is cited bears no date; it may no longer hold."
    if day - date_range(newest)[1] <= timedelta(OLD_DAYS):
        return None
    return f"The newest article cited is of {written_date(newest)}; what it says may no longer hold."


def _left_out(snapshot: Snapshot, filters: Filters) -> tuple[str, ...]:
    if filters.since is None and filters.until is None:
        return ()
    undated = sum(1 for entry in snapshot.entries() if entry.published is None)
    if not undated:
        return ()
    return (f"{undated} article{'s' if undated > 1 else ''} of unknown date left out by the date filter.",)


def _sentences(text: str) -> Iterator[str]:
    from index.sentences import sentence_spans

    for start, end in sentence_spans(text):
        yield text[start:end]
