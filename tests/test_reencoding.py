"""Another encoder: the old vectors serve until the new ones are all there."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from conftest import HashEncoder

from index import Article, Index
from index.doctor import doctor
from index.types import Vectors


class _Other(HashEncoder):
    """Reads words backwards, so that its vectors fit no others; can be made to stop after some calls."""

    name = "other"

    def __init__(self, calls: int = 1_000) -> None:
        super().__init__(fingerprint="b1" * 8)
        self.calls = calls

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.calls -= 1
        if self.calls < 0:
            raise KeyboardInterrupt
        return super().encode([text[::-1] for text in texts])


@pytest.fixture
def index(index_path: Path, hash_encoder: HashEncoder) -> Iterator[Index]:
    with Index.open(index_path, encoder=hash_encoder) as index:
        index.add(
            Article(id=f"a{n}", text=f"Flood number {n} came. " + "Rain fell on the hills. " * 40) for n in range(200)
        )
        yield index


def _found(index: Index) -> list[str]:
    return [hit.article.id for hit in index.search("flood number 17", 3)]


def test_every_passage_gets_a_vector_of_the_other_encoder(index: Index) -> None:
    assert _found(index)[0] == "a17"
    before = index.generation
    told: list[tuple[int, int | None]] = []
    index.reencode(_Other(), lambda done, total: told.append((done, total)))
    assert index.generation == before + 1
    assert index.settings.encoder == "other"
    assert told[-1] == (200, 200)
    hit = index.search("flood number 17", 1)[0]
    assert (hit.article.id, index.encoder.name) == ("a17", "other")
    assert [check for check in doctor(index.folder) if not check.ok] == []


def test_a_snapshot_taken_before_goes_on_with_the_old_encoder(index: Index) -> None:
    snapshot = index.snapshot()
    expected = snapshot.search("flood number 17", 3)
    index.reencode(_Other())
    assert snapshot.search("flood number 17", 3) == expected
    assert snapshot.encoder.name == "hash"
    assert index.snapshot().encoder.name == "other"


def test_a_reader_follows_to_the_other_encoder(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.encoder.open_encoder", lambda name: _Other())
    with Index.open(index.folder, encoder=HashEncoder()) as reader:
        reader.search("flood")
        index.reencode(_Other())
        assert _found(reader)[0] == "a17"
        assert reader.encoder.name == "other"


def test_an_interrupted_run_leaves_the_old_vectors_and_goes_on_where_it_stopped(index: Index) -> None:
    expected = _found(index)
    with pytest.raises(KeyboardInterrupt):
        index.reencode(_Other(calls=1))
    assert _found(index) == expected
    assert index.encoder.name == "hash"
    index.remove("a0")
    index.add([Article(id="late", text="A late flood came.")])
    other = _Other()
    index.reencode(other)
    assert 0 < len(other.encoded) < 200, "what was encoded before is not encoded again"
    assert _found(index)[0] == "a17"
    assert [check for check in doctor(index.folder) if not check.ok] == []


def test_the_same_encoder_changes_nothing(index: Index, hash_encoder: HashEncoder) -> None:
    before = index.generation
    index.reencode(hash_encoder)
    assert index.generation == before
