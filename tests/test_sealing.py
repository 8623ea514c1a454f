"""Large indexes: lists instead of an exact search, and changes folded into the files there are."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from conftest import HashEncoder

from index import Article, Filters, Index
from index.contexts import passage_context
from index.database import connect, sealed_record, trained
from index.doctor import doctor
from index.manifest import read

_SUBJECTS = ("flood", "council", "harbour", "school", "election", "railway", "hospital")


def _article(n: int, words: str = "") -> Article:
    subject = _SUBJECTS[n % len(_SUBJECTS)]
    text = f"The {subject} of town {n} was discussed. {words} Nobody in place {n % 13} objected to the {subject}."
    return Article(id=f"a{n}", text=text, publisher=f"Paper {n % 50}")


@pytest.fixture(params=[200, 10_000], ids=["lists", "all codes"])
def index(index_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[Index]:
    """Three hundred articles, taken for a large index."""
    monkeypatch.setattr("index.vectors.LISTS_FROM", request.param)
    for module in ("sealing", "derived"):
        monkeypatch.setattr(f"index.{module}.EXACT_LIMIT", 100)
    with Index.open(index_path, encoder=HashEncoder()) as index:
        index.add(_article(n) for n in range(300))
        yield index


def _answers(index: Index) -> list[list[str]]:
    queries = ("flood in town 7", "council of town 8", "place 12", "railway", "nobody objected", "new bridge")
    return [[hit.article.id for hit in index.search(query, 10)] for query in queries]


def _sealed_quantizer(path: Path) -> str | None:
    with closing(connect(path)) as view:
        record = sealed_record(view)
        assert record is not None
        return read(path / "derived" / record.folder, record.manifest_sha256).quantizer


def test_a_large_index_is_searched_by_lists_and_scored_exactly(index: Index) -> None:
    assert _sealed_quantizer(index.folder) is not None
    hit = index.search(passage_context(_article(7), _article(7).text), 3)[0]
    assert hit.article.id == "a7"
    assert hit.similarity == pytest.approx(1, abs=1e-5), "the stored vector, not its code"


def test_changes_are_folded_into_the_files_there_are(index: Index) -> None:
    with closing(connect(index.folder)) as view:
        before = trained(view)
    index.add(_article(n, "A new bridge was opened.") for n in range(290, 320))
    index.remove([f"a{n}" for n in range(20)])
    with closing(connect(index.folder)) as view:
        assert trained(view) == before
    assert _answers(index)[-1][0].startswith(("a29", "a30", "a31"))
    folded = _answers(index)
    assert not {f"a{n}" for n in range(20)} & {id for answer in folded for id in answer}
    assert [check for check in doctor(index.folder) if not check.ok] == []
    assert all(check.ok for check in doctor(index.folder, rebuild=True))
    with Index.open(index.folder, encoder=HashEncoder()) as again:
        assert _answers(again) == folded


def test_an_index_that_has_outgrown_its_lists_gets_new_ones(index: Index) -> None:
    before = _sealed_quantizer(index.folder)
    index.add(_article(n) for n in range(300, 1_300))
    assert _sealed_quantizer(index.folder) not in (None, before)
    assert len(index.search("railway", 500)) == 500


@pytest.mark.parametrize("k", [1, 4])
def test_a_filter_that_lets_little_through_finds_all_of_it(index: Index, k: int) -> None:
    hits = index.search("flood", k, Filters(publishers=["Paper 7"]))
    assert len(hits) == k
    assert {hit.article.publisher for hit in hits} == {"Paper 7"}


def test_an_index_that_has_shrunk_is_searched_exactly_again(index: Index) -> None:
    index.remove([f"a{n}" for n in range(250)])
    assert _sealed_quantizer(index.folder) is None
    assert len(index.search("railway", 100)) == 50
