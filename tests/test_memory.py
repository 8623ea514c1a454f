"""Conversations and feedback, kept beside the index."""

import sqlite3
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from index import Filters
from index.errors import BadInput, NotInIndex, OnrecordError
from rag.types import Answer
from ui.memory import Memory
from ui.turns import Asked, Rating, Turn


@pytest.fixture
def memory() -> Memory:
    return Memory()


def talk(memory: Memory, *turns: Turn, owner: str = "") -> str:
    """The id of a conversation of these turns."""
    id: str | None = None
    for end in range(1, len(turns) + 1):
        id = memory.keep(owner, id, turns[:end])
    assert id is not None
    return id


def test_a_conversation_is_there_again_after_a_restart(tmp_path: Path, disputed: Answer, unknown: Answer) -> None:
    asked = Asked(
        Filters(since="2025-03-01", publishers=["Daily Ledger"]), kind="who", whole="Who runs it?", named=("A",)
    )
    first = Memory(tmp_path / "kept.sqlite")
    id = talk(
        first, Turn("Is it so?", answer=disputed), Turn("Who?", answer=unknown, asked=asked), Turn("x", problem="No.")
    )
    first.close()
    again = Memory(tmp_path / "kept.sqlite")
    kept, turns = again.conversation("", id)
    assert (kept.name, kept.questions) == ("Is it so?", 3)
    assert [turn.answer and turn.answer.to_dict() for turn in turns] == [disputed.to_dict(), unknown.to_dict(), None]
    assert turns[1].asked == asked
    assert turns[2].problem == "No."
    again.close()


def test_what_is_kept_is_for_its_owner_alone(tmp_path: Path, disputed: Answer) -> None:
    memory = Memory(tmp_path / "kept.sqlite")
    assert stat.S_IMODE((tmp_path / "kept.sqlite").stat().st_mode) == 0o600
    id = talk(memory, Turn("Is it so?", answer=disputed), owner="ann")
    assert memory.conversations("bob") == []
    for steal in (memory.conversation, memory.delete, memory.restore):
        with pytest.raises(NotInIndex):
            steal("bob", id)
    assert memory.keep("bob", id, (Turn("And mine?", answer=disputed),)) != id
    memory.close()


def test_conversations_are_listed_by_their_last_change_and_found_by_their_words(disputed: Answer) -> None:
    now = [datetime(2026, 2, 1, tzinfo=UTC)]
    memory = Memory(clock=lambda: now[0])
    first = talk(memory, Turn("Is 100% of it so?", answer=disputed))
    now[0] += timedelta(days=1)
    second = talk(memory, Turn("Who runs Zürich?", problem="x"))
    now[0] += timedelta(days=1)
    memory.keep("", first, (Turn("Is 100% of it so?"), Turn("And now?", answer=disputed)))
    assert [kept.id for kept in memory.conversations("")] == [first, second]
    assert [kept.id for kept in memory.conversations("", "zürich")] == [second]
    assert [kept.id for kept in memory.conversations("", "sources DISAGREE")] == [first]
    assert [kept.id for kept in memory.conversations("", "0% o")] == [first]
    assert memory.conversations("", "100_") == []


def test_a_conversation_can_be_renamed(memory: Memory, disputed: Answer) -> None:
    id = talk(memory, Turn("Is it so?", answer=disputed))
    memory.rename("", id, "  The harbour\nstory ")
    assert memory.conversations("")[0].name == "The harbour story"
    with pytest.raises(BadInput, match="empty"):
        memory.rename("", id, " \n")
    with pytest.raises(NotInIndex):
        memory.rename("", "nothing", "x")


def test_what_is_deleted_can_be_had_back_for_an_hour(disputed: Answer) -> None:
    now = [datetime(2026, 2, 1, tzinfo=UTC)]
    memory = Memory(clock=lambda: now[0])
    ids = [talk(memory, Turn(f"Is it {n}?", answer=disputed)) for n in range(3)]
    memory.delete("", ids[0])
    assert len(memory.conversations("")) == 2
    memory.restore("", ids[0])
    assert memory.conversation("", ids[0])[1][0].answer is not None
    memory.delete("", ids[0])
    now[0] += timedelta(hours=2)
    memory.delete("", ids[1])
    with pytest.raises(NotInIndex, match="gone for good"):
        memory.restore("", ids[0])


def test_what_a_reader_thinks_is_kept_with_all_it_was_about(memory: Memory, disputed: Answer, unknown: Answer) -> None:
    id = talk(memory, Turn("Is it so?", answer=disputed), Turn("and who?", answer=unknown), owner="ann")
    memory.rate("ann", id, 2, Rating(good=True))
    memory.rate("ann", id, 2, Rating(good=False, reason="It is in\nthe second article."))
    (said,) = memory.feedback()
    assert said.question == "and who?"
    assert said.history == ("Is it so?",)
    assert said.answer.to_dict() == unknown.to_dict()
    assert said.rating == Rating(good=False, reason="It is in the second article.")
    assert [turn.rating for turn in memory.conversation("ann", id)[1]] == [None, said.rating]
    memory.delete("ann", id)
    assert len(memory.feedback()) == 1


@pytest.mark.parametrize("n", [0, 2, 3, 99])
def test_only_an_answer_can_be_rated(memory: Memory, disputed: Answer, n: int) -> None:
    id = talk(memory, Turn("Is it so?", answer=disputed), Turn("?", problem="No question."))
    with pytest.raises(NotInIndex):
        memory.rate("", id, n, Rating(good=True))


def test_a_file_that_is_no_memory_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "other").write_text("something else entirely, and longer than a header of SQLite " * 20)
    with pytest.raises(OnrecordError, match="cannot be opened"):
        Memory(tmp_path / "other")
    with sqlite3.connect(tmp_path / "later") as later:
        later.execute("PRAGMA user_version = 99")
    later.close()
    with pytest.raises(OnrecordError, match="later version"):
        Memory(tmp_path / "later")
