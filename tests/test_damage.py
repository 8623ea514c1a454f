"""Derived files: whatever happens to them, nothing wrong is served, and they come back from the articles."""

import logging
import random
import shutil
from contextlib import closing, suppress
from pathlib import Path

import pytest
from conftest import HashEncoder

from index import Article, Index, IndexDamaged, Passage
from index.database import connect, sealed_record
from index.derived import open_sealed
from index.doctor import doctor

DAMAGES = 1_000
"""So often is each of the derived files damaged."""

_QUERIES = ("council met day", "flood in the valley", "number 17", "mayor said")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of two generations: the derived files of both are there."""
    path = tmp_path_factory.mktemp("made") / "index"
    with Index.open(path, encoder=HashEncoder()) as index:
        index.add(Article(id=f"a{n}", text=f"The council met on day {n}. The mayor said so.") for n in range(60))
        index.add(Article(id=f"b{n}", text=f"A flood came in the valley number {n}.") for n in range(20))
    return path


@pytest.fixture
def copy(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made, tmp_path / "copy")
    return tmp_path / "copy"


def _answers(path: Path) -> list[tuple[str, float]]:
    with Index.open(path, encoder=HashEncoder()) as index:
        return [(hit.article.id, hit.score) for query in _QUERIES for hit in index.search(query, 10)]


def _current(path: Path) -> Path:
    with closing(connect(path)) as view:
        record = sealed_record(view)
    assert record is not None
    return path / "derived" / record.folder


def _files(folder: Path) -> list[Path]:
    return sorted(p for p in folder.rglob("*") if p.is_file() and not p.name.endswith(".lock"))


def _damage(data: bytes, chance: random.Random) -> bytes:
    """The bytes with a bit turned, a stretch zeroed, cut off, or something added."""
    kind = chance.choice(("bit", "zeros", "cut", "more")) if data else "more"
    place = chance.randrange(len(data)) if data else 0
    if kind == "bit":
        return data[:place] + bytes([data[place] ^ 1 << chance.randrange(8)]) + data[place + 1 :]
    if kind == "zeros":
        end = min(len(data), place + chance.choice((1, 64, 4096)))
        zeroed = data[:place] + bytes(end - place) + data[end:]
        return zeroed if zeroed != data else data[:-1]
    return data[:place] if kind == "cut" else data + b"\0"


def test_no_damage_to_a_derived_file_is_served(copy: Path, request: pytest.FixtureRequest) -> None:
    chance = random.Random(20260210)
    folder = _current(copy)
    files = {path: path.read_bytes() for path in _files(folder)}
    fingerprint = HashEncoder().fingerprint
    with closing(connect(copy)) as view:
        record = sealed_record(view)
        assert record is not None
        open_sealed(view, copy, record, fingerprint)
        for path, good in files.items():
            for _ in range(DAMAGES):
                path.write_bytes(_damage(good, chance))
                with pytest.raises(IndexDamaged):
                    open_sealed(view, copy, record, fingerprint)
            path.write_bytes(good)
        open_sealed(view, copy, record, fingerprint)


@pytest.mark.parametrize("part", ["rows.npy", "vectors.faiss", "manifest.json", "words/meta.json", "words", ""])
def test_what_is_deleted_is_made_anew_to_the_same_answers(
    copy: Path, part: str, caplog: pytest.LogCaptureFixture
) -> None:
    before = _answers(copy)
    target = _current(copy) / part
    shutil.rmtree(target) if target.is_dir() else target.unlink()
    with caplog.at_level(logging.WARNING, "onrecord"):
        assert _answers(copy) == before
    assert "made anew" in caplog.text
    assert all(check.ok for check in doctor(copy))


def test_all_derived_files_can_be_deleted(copy: Path) -> None:
    before = _answers(copy)
    shutil.rmtree(copy / "derived")
    assert _answers(copy) == before
    assert all(check.ok for check in doctor(copy))


def test_files_of_an_older_generation_in_the_place_of_the_newer_are_not_served(copy: Path) -> None:
    before = _answers(copy)
    newer = _current(copy)
    (older,) = [path for path in (copy / "derived").iterdir() if path != newer]
    shutil.rmtree(newer)
    shutil.copytree(older, newer)
    assert not all(check.ok for check in doctor(copy))
    assert _answers(copy) == before


def test_files_of_another_index_are_not_served(copy: Path, tmp_path: Path) -> None:
    with Index.open(tmp_path / "other", encoder=HashEncoder()) as other:
        other.add(Article(id=f"a{n}", text=f"Something else, number {n}.") for n in range(80))
    before = _answers(copy)
    shutil.rmtree(_current(copy))
    shutil.copytree(_current(tmp_path / "other"), _current(copy))
    assert _answers(copy) == before


def test_a_reader_beside_a_writer_serves_from_memory_what_it_cannot_mend(copy: Path) -> None:
    from index.lock import writing

    before = _answers(copy)
    (_current(copy) / "vectors.faiss").write_bytes(b"")
    with writing(copy):
        assert _answers(copy) == before
    assert not all(check.ok for check in doctor(copy)), "it left the files as they were"
    assert _answers(copy) == before
    assert all(check.ok for check in doctor(copy)), "the next one mended them"


def test_a_database_that_is_no_database_is_one_line(copy: Path) -> None:
    (copy / "onrecord.db").write_bytes(b"no database at all, but long enough to be read as one" * 99)
    with pytest.raises(IndexDamaged, match="damaged") as caught:
        Index.open(copy)
    assert "\n" not in str(caught.value)
    assert not doctor(copy)[0].ok


@pytest.mark.parametrize("left", [None, b""])
def test_a_database_that_is_gone_is_not_taken_for_a_new_one(copy: Path, left: bytes | None) -> None:
    (copy / "onrecord.db").unlink()
    if left is not None:
        (copy / "onrecord.db").write_bytes(left)
    with pytest.raises(IndexDamaged, match="gone or empty"):
        Index.open(copy)


@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM bands WHERE band = (SELECT min(band) FROM bands)",
        "UPDATE signatures SET signature = zeroblob(516) WHERE version = 3",
        "UPDATE versions SET family = 9999 WHERE number = 3",
        "UPDATE articles SET author = 'somebody else' WHERE version = 3",
        "UPDATE versions SET sha256 = passages_sha256 WHERE number = 3",
        "UPDATE vectors SET vector = zeroblob(256) WHERE passage = 3",
        'UPDATE passages SET "end" = "end" - 1 WHERE id = 3',
    ],
)
def test_the_doctor_finds_a_row_that_is_not_what_was_added(copy: Path, change: str) -> None:
    assert all(check.ok for check in doctor(copy))
    with closing(connect(copy)) as writer:
        assert writer.execute(change).rowcount >= 1
    assert not all(check.ok for check in doctor(copy))


@pytest.fixture
def pages(copy: Path) -> tuple[Path, bytes]:
    """The database's file and its bytes, everything checkpointed."""
    with closing(connect(copy)) as view:
        view.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return copy, (copy / "onrecord.db").read_bytes()


def _contents(path: Path) -> list[tuple[Article, tuple[Passage, ...]]]:
    with Index.open(path, encoder=HashEncoder()) as index:
        snapshot = index.snapshot()
        return [(snapshot.article(entry.id), snapshot.passages(entry.id)) for entry in index.entries()]


def test_the_doctor_tells_of_damage_to_the_database_and_nobody_sees_a_traceback(pages: tuple[Path, bytes]) -> None:
    path, good = pages
    contents = _contents(path)
    chance = random.Random(7)
    told = 0
    for _ in range(60):
        place = chance.randrange(100, len(good) - 512)
        (path / "onrecord.db").write_bytes(good[:place] + chance.randbytes(512) + good[place + 512 :])
        for name in ("onrecord.db-wal", "onrecord.db-shm"):
            (path / name).unlink(missing_ok=True)
        well = all(check.ok for check in doctor(path))
        told += not well
        if well:
            assert _contents(path) == contents
            continue
        with suppress(IndexDamaged):
            _answers(path)
    assert told >= 20, "most of a small database is empty, and can be damaged without harm"
