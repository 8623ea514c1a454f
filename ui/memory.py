"""Conversations and what readers thought of answers, kept in a SQLite file beside the index.

A conversation belongs to the user who had it; where nobody signs in, all belong to the user "". What a reader said
of an answer is kept apart, with question and answer, and stays when the conversation is deleted.
"""

import json
import sqlite3
import threading
import uuid
import weakref
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from index.errors import BadInput, NotInIndex, OnrecordError
from rag.read_back import read_answer
from rag.types import Answer
from ui.kept import asked_document, read_asked
from ui.plain import one_line, shorten
from ui.turns import Rating, Turn, Turns

FILE_NAME = "conversations.sqlite"
MAX_NAME, MAX_REASON, MAX_TURNS = 120, 500, 500
_UNDO = timedelta(hours=1)
"""How long a deleted conversation can be had back."""
_VERSION = 1
_TABLES = """
CREATE TABLE conversation (
    id TEXT PRIMARY KEY, owner TEXT NOT NULL, name TEXT NOT NULL, begun TEXT NOT NULL, changed TEXT NOT NULL,
    deleted TEXT
);
CREATE INDEX conversation_owner ON conversation (owner, changed);
CREATE TABLE turn (
    conversation TEXT NOT NULL REFERENCES conversation ON DELETE CASCADE, n INTEGER NOT NULL, question TEXT NOT NULL,
    asked TEXT NOT NULL, said TEXT NOT NULL, answer TEXT, problem TEXT, PRIMARY KEY (conversation, n)
);
CREATE TABLE feedback (
    conversation TEXT NOT NULL, n INTEGER NOT NULL, owner TEXT NOT NULL, question TEXT NOT NULL, history TEXT NOT NULL,
    asked TEXT NOT NULL, answer TEXT NOT NULL, generation INTEGER NOT NULL, good INTEGER NOT NULL, reason TEXT NOT NULL,
    said_at TEXT NOT NULL, PRIMARY KEY (conversation, n)
);
"""


@dataclass(frozen=True, slots=True)
class Kept:
    """A conversation in the list; `begun` and `changed` are UTC, ISO."""

    id: str
    name: str
    begun: str
    changed: str
    questions: int


@dataclass(frozen=True, slots=True)
class Feedback:
    """What a reader thought of an answer, with all it was about; `history` are the questions before it."""

    question: str
    history: tuple[str, ...]
    answer: Answer
    rating: Rating
    said_at: str


def _now() -> datetime:
    return datetime.now(UTC)


class Memory:
    """Conversations in the file at `path`; without one, for as long as this object lives. For several threads."""

    def __init__(self, path: Path | None = None, clock: Callable[[], datetime] = _now) -> None:
        """Raises OnrecordError for a file that cannot be opened, or that a later version wrote."""
        self._clock, self._turn = clock, threading.Lock()
        try:
            if path is not None:
                path.touch(mode=0o600)
            self._base = sqlite3.connect(path or ":memory:", check_same_thread=False, timeout=10)
            self._base.execute("PRAGMA foreign_keys = ON")
            self._prepare()
        except (sqlite3.Error, OSError) as error:
            raise OnrecordError(f"the conversations in {str(path)!r} cannot be opened ({error})") from error
        self._close = weakref.finalize(self, self._base.close)

    def close(self) -> None:
        """Lets go of the file."""
        self._close()

    def keep(self, owner: str, conversation: str | None, turns: Turns) -> str:
        """Keeps the last of `turns`; the conversation's id, of a new one for None or one that is gone."""
        turn = turns[-1]
        now = self._stamp()
        with self._turn, self._base as base:
            known = conversation and base.execute(
                "UPDATE conversation SET changed = ?, deleted = NULL WHERE id = ? AND owner = ?",
                (now, conversation, owner),
            )
            if not conversation or not known or not known.rowcount:
                conversation = uuid.uuid4().hex
                name = shorten(turns[0].question, MAX_NAME)
                base.execute(
                    "INSERT INTO conversation VALUES (?, ?, ?, ?, ?, NULL)", (conversation, owner, name, now, now)
                )
            (last,) = base.execute(
                "SELECT coalesce(max(n), 0) FROM turn WHERE conversation = ?", (conversation,)
            ).fetchone()
            if last < MAX_TURNS:
                base.execute(
                    "INSERT INTO turn VALUES (?, ?, ?, ?, ?, ?, ?)",
                    (
                        conversation,
                        last + 1,
                        turn.question,
                        _json(asked_document(turn.asked)),
                        turn.answer.text if turn.answer else "",
                        _json(turn.answer.to_dict()) if turn.answer else None,
                        turn.problem,
                    ),
                )
        return conversation

    def conversations(self, owner: str, words: str = "", limit: int = 200) -> list[Kept]:
        """The owner's conversations, the one changed last first; with `words`, those that hold them somewhere."""
        found = f"%{_literal(words.strip())}%"
        rows = self._read(
            """SELECT id, name, begun, changed, (SELECT count(*) FROM turn WHERE conversation = id)
               FROM conversation WHERE owner = ? AND deleted IS NULL AND (
                   name LIKE ? ESCAPE '!' OR EXISTS (SELECT 1 FROM turn WHERE conversation = id
                   AND (question LIKE ? ESCAPE '!' OR said LIKE ? ESCAPE '!')))
               ORDER BY changed DESC, begun DESC, rowid DESC LIMIT ?""",
            (owner, found, found, found, limit),
        )
        return [Kept(*row) for row in rows]

    def conversation(self, owner: str, id: str) -> tuple[Kept, Turns]:
        """One conversation, whole; raises NotInIndex."""
        rows = self._read(
            """SELECT id, name, begun, changed, 0 FROM conversation
               WHERE id = ? AND owner = ? AND deleted IS NULL""",
            (id, owner),
        )
        if not rows:
            raise NotInIndex(f"there is no conversation {shorten(id, 60)!r}")
        rated = {
            n: Rating(bool(good), reason)
            for n, good, reason in self._read("SELECT n, good, reason FROM feedback WHERE conversation = ?", (id,))
        }
        turns = tuple(
            Turn(
                question,
                answer=read_answer(json.loads(answer)) if answer else None,
                problem=problem,
                asked=read_asked(json.loads(asked)),
                rating=rated.get(n),
            )
            for n, question, asked, answer, problem in self._read(
                "SELECT n, question, asked, answer, problem FROM turn WHERE conversation = ? ORDER BY n", (id,)
            )
        )
        id, name, begun, changed, _ = rows[0]
        return Kept(id, name, begun, changed, len(turns)), turns

    def rename(self, owner: str, id: str, name: str) -> None:
        """Raises BadInput for an empty name, NotInIndex for no such conversation."""
        line = shorten(name, MAX_NAME)
        if not line:
            raise BadInput("a conversation's name cannot be empty")
        self._change(owner, id, "name = ?", line)

    def delete(self, owner: str, id: str) -> None:
        """Takes a conversation off the list; after an hour it is gone for good. Raises NotInIndex."""
        self._change(owner, id, "deleted = ?", self._stamp())
        with self._turn, self._base as base:
            base.execute("DELETE FROM conversation WHERE deleted < ?", (self._stamp(_UNDO),))

    def restore(self, owner: str, id: str) -> None:
        """Puts back what was deleted less than an hour ago. Raises NotInIndex."""
        with self._turn, self._base as base:
            done = base.execute("UPDATE conversation SET deleted = NULL WHERE id = ? AND owner = ?", (id, owner))
        if not done.rowcount:
            raise NotInIndex("the conversation is gone for good")

    def rate(self, owner: str, id: str, n: int, rating: Rating) -> None:
        """Keeps what a reader thinks of answer `n` (from 1); once more replaces it. Raises NotInIndex."""
        _, turns = self.conversation(owner, id)
        turn = turns[n - 1] if 0 < n <= len(turns) else None
        if turn is None or turn.answer is None:
            raise NotInIndex(f"there is no answer {n} in this conversation")
        history = [] if turn.asked.alone else [earlier.question for earlier in turns[: n - 1]]
        row = (
            id, n, owner, turn.question, _json(history), _json(asked_document(turn.asked)),
            _json(turn.answer.to_dict()), turn.answer.generation, rating.good, shorten(rating.reason, MAX_REASON),
            self._stamp(),
        )  # fmt: skip
        with self._turn, self._base as base:
            base.execute("INSERT OR REPLACE INTO feedback VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)

    def feedback(self) -> list[Feedback]:
        """What readers thought of answers, everybody's, oldest first."""
        rows = self._read(
            "SELECT question, history, answer, good, reason, said_at FROM feedback ORDER BY said_at, rowid", ()
        )
        return [
            Feedback(
                question, tuple(json.loads(history)), read_answer(json.loads(answer)), Rating(bool(good), reason), at
            )
            for question, history, answer, good, reason, at in rows
        ]

    def _change(self, owner: str, id: str, setting: str, value: str) -> None:
        with self._turn, self._base as base:
            done = base.execute(
                f"UPDATE conversation SET {setting} WHERE id = ? AND owner = ? AND deleted IS NULL", (value, id, owner)
            )
        if not done.rowcount:
            raise NotInIndex(f"there is no conversation {shorten(id, 60)!r}")

    def _read(self, query: str, values: tuple[object, ...]) -> list[Any]:
        with self._turn:
            return self._base.execute(query, values).fetchall()

    def _prepare(self) -> None:
        (version,) = self._base.execute("PRAGMA user_version").fetchone()
        if version > _VERSION:
            raise sqlite3.DatabaseError("a later version of onrecord wrote them; use that one")
        if version < _VERSION:
            self._base.executescript(f"BEGIN;{_TABLES}PRAGMA user_version = {_VERSION};COMMIT;")

    def _stamp(self, ago: timedelta = timedelta()) -> str:
        return (self._clock() - ago).isoformat(timespec="milliseconds")


def _literal(words: str) -> str:
    return one_line(words).replace("!", "!!").replace("%", "!%").replace("_", "!_")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
