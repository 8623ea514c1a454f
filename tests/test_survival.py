"""What was acknowledged survives: a killed process, a full disk, readers and writers at once.

`ONRECORD_KILLS` and `ONRECORD_UPDATES` ask for more or fewer of each.
"""

import multiprocessing
import os
import random
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from multiprocessing.context import ForkServerContext
from multiprocessing.synchronize import Event
from pathlib import Path

import pytest
from conftest import HashEncoder

from index import Article, DiskFull, Filters, Index, OnrecordError
from index.doctor import doctor

KILLS = int(os.environ.get("ONRECORD_KILLS", "200"))
UPDATES = int(os.environ.get("ONRECORD_UPDATES", "1000"))

_QUERIES = ("council met", "flood valley", "version 2", "number 17")


def _batches() -> list[list[Article]]:
    """Twelve additions of nine articles; from the second on, each also changes three of the one before."""
    batches = []
    for b in range(12):
        new = [_article(f"a{b}-{n}", 1) for n in range(9)]
        changed = [_article(f"a{b - 1}-{n}", 2) for n in range(3)] if b else []
        batches.append(new + changed)
    return batches


def _article(id: str, version: int) -> Article:
    text = f"The council met about number {id}. A flood came in the valley. This is version {version} of {id}."
    return Article(id=id, title=f"Report {id}", text=text)


def _add_all(path: Path, first: int, acknowledged: Path, began: Event | None = None) -> None:
    """Runs in a process of its own, until it is killed or done; a line in `acknowledged` for each addition."""
    if began is not None:
        began.set()
    with Index.open(path, encoder=HashEncoder()) as index, acknowledged.open("ab", buffering=0) as done:
        for number, batch in enumerate(_batches()[first:], start=first):
            index.add(batch)
            done.write(b"%d\n" % number)


def _answers(path: Path) -> list[tuple[str, str, float]]:
    with Index.open(path, encoder=HashEncoder()) as index:
        return [
            (hit.article.id, hit.passage.text, round(hit.score, 6)) for query in _QUERIES for hit in index.search(query)
        ]


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, str, float]]:
    """What is found when nothing goes wrong."""
    path = tmp_path_factory.mktemp("undisturbed")
    _add_all(path / "index", 0, path / "acknowledged")
    return _answers(path / "index")


@pytest.fixture(scope="module")
def processes() -> ForkServerContext:
    """Starts processes from one that has imported everything and run nothing."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["faiss", "tantivy", "index.index", "conftest"])
    return context


def _check_survivors(path: Path, acknowledged: int, chance: random.Random) -> None:
    """Every acknowledged article is there in its version or the next, whole; the rest are whole or not there.

    All are read and the doctor looks at all; five are searched for, and all when the index is complete.
    """
    least = {article.id: article for batch in _batches()[:acknowledged] for article in batch}
    with Index.open(path, encoder=HashEncoder()) as index:
        snapshot = index.snapshot()
        there = {entry.id: snapshot.article(entry.id) for entry in index.entries()}
        for id, article in there.items():
            assert article in (_article(id, 1), _article(id, 2))
            assert [index.article(id).text[p.start : p.end] for p in snapshot.passages(id)] == [
                passage.text for passage in snapshot.passages(id)
            ]
        for id, article in least.items():
            assert there[id] in (article, _article(id, 2))
        for id, article in chance.sample(sorted(least.items()), min(5, len(least))):
            assert id in {hit.article.id for hit in index.search(article.text, 5, Filters(articles=[id]))}
    assert [check for check in doctor(path) if not check.ok] == []


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_a_killed_process_loses_nothing_that_was_acknowledged(
    tmp_path: Path, undisturbed: list[tuple[str, str, float]], processes: ForkServerContext
) -> None:
    chance = random.Random(KILLS)
    kills = round_ = 0
    while kills < KILLS:
        path, done = tmp_path / f"index{round_}", tmp_path / f"acknowledged{round_}"
        done.touch()
        round_ += 1
        while (first := len(done.read_bytes().splitlines())) < len(_batches()):
            began = processes.Event()
            process = processes.Process(target=_add_all, args=(path, first, done, began))
            process.start()
            # Counted from when it sets about its work, so that no kill falls on the starting of Python.
            while not began.wait(1):
                assert process.is_alive()
            process.join(chance.uniform(0, 0.12) if kills < KILLS else None)
            kills += process.is_alive()
            process.kill()
            process.join()
            _check_survivors(path, len(done.read_bytes().splitlines()), chance)
        assert _answers(path) == undisturbed


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of four megabytes."""
    disk = tmp_path / "disk"
    disk.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(disk)]
    mounted = subprocess.run(command, capture_output=True, check=False)
    if mounted.returncode:
        pytest.skip(f"a small disk cannot be mounted here: {mounted.stderr.decode().strip()}")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_a_full_disk_keeps_what_was_in_and_takes_more_once_there_is_room(small_disk: Path) -> None:
    filler = small_disk / "filler"
    filler.write_bytes(b"x" * 2_000_000)
    articles = [_article(f"f{n}", 1) for n in range(6_000)]
    with Index.open(small_disk / "index", encoder=HashEncoder()) as index:
        with pytest.raises(DiskFull, match="full") as caught:
            index.add(articles)
        assert "\n" not in str(caught.value)
        kept = [index.article(entry.id) for entry in index.entries()]
        assert kept == articles[: len(kept)]
        assert len(kept) >= 64
        assert index.search("council met", 5)
    filler.unlink()
    with Index.open(small_disk / "index", encoder=HashEncoder()) as index:
        index.add(articles[: len(kept) + 50])
        assert len(index.entries()) == len(kept) + 50
        assert len(index.search("council met", len(kept) + 50)) == len(kept) + 50
    assert [check for check in doctor(small_disk / "index") if not check.ok] == []


def test_an_index_on_a_disk_that_cannot_be_written_to_is_still_searched(small_disk: Path) -> None:
    path = small_disk / "index"
    with Index.open(path, encoder=HashEncoder()) as index:
        index.add(_batches()[0])
    expected = _answers(path)
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    assert _answers(path) == expected
    assert [check for check in doctor(path) if not check.ok] == []
    with Index.open(path, encoder=HashEncoder()) as index, pytest.raises(OnrecordError, match="may not be written to"):
        index.add(_batches()[1])


def _read_until(path: Path, stop: Path, report: Path) -> None:
    """Runs in a process of its own: reads one article again and again, and tells of any state that never was."""
    seen: list[int] = []
    wrong: list[str] = []
    with Index.open(path, encoder=HashEncoder()) as index:
        while not stop.exists():
            snapshot = index.snapshot()
            text = snapshot.article("turning").text
            hits = snapshot.search("tally stands", 5, Filters(articles=["turning"]))
            if not hits or any(text[hit.passage.start : hit.passage.end] != hit.passage.text for hit in hits):
                wrong.append(f"generation {snapshot.generation}: {text[:30]}")
            seen.append(int(text.split()[4]))
    if seen != sorted(seen):
        wrong.append("an older state came after a newer one")
    report.write_text("\n".join(wrong) or "nothing wrong")


def _turning(n: int) -> Article:
    return Article(id="turning", text=f"The tally stands at {n} now.\n\nIt was counted by hand, the clerk said of {n}.")


def test_readers_see_one_generation_at_a_time_while_it_is_updated(
    tmp_path: Path, processes: ForkServerContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, stop = tmp_path / "index", tmp_path / "stop"
    reports = [tmp_path / f"report{n}" for n in range(2)]
    with Index.open(path, encoder=HashEncoder()) as index:
        index.add([*(article for batch in _batches() for article in batch), _turning(0)])
        readers = [processes.Process(target=_read_until, args=(path, stop, report)) for report in reports]
        for reader in readers:
            reader.start()
        for n in range(1, UPDATES + 1):
            if n == 40:
                # Until here the files were made anew at every update; from here on, as in a large index, at some.
                monkeypatch.setattr("index.sealing._SMALL", 30)
            index.add([_turning(n), _article(f"b{n % 40}", n)])
        stop.touch()
        for reader in readers:
            reader.join(30)
    assert [report.read_text() for report in reports] == ["nothing wrong"] * 2


def test_a_search_during_a_rebuild_answers(tmp_path: Path) -> None:
    path = tmp_path / "index"
    _add_all(path, 0, tmp_path / "acknowledged")
    before = _answers(path)
    with Index.open(path, encoder=HashEncoder()) as index:
        index.search("council")
        rebuild = threading.Thread(target=doctor, args=(path, True))
        rebuild.start()
        while rebuild.is_alive():
            assert index.search("council met")
            time.sleep(0)
        rebuild.join()
    assert _answers(path) == before


def test_a_folder_that_has_become_read_only_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "index"
    with Index.open(path, encoder=HashEncoder()) as index:
        index.add(_batches()[0])
        (path / "writer.lock").unlink()
        (path / "writer.lock").mkdir()
        with pytest.raises(OnrecordError, match="may not be written to"):
            index.add(_batches()[1])
        assert index.search("council met")
