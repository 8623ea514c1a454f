"""The index: what goes in can be found, stays in, and goes when it is told to."""

import dataclasses
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from conftest import HashEncoder

from index import (
    AddReport,
    Article,
    BadInput,
    Failure,
    Filters,
    Index,
    IndexInUse,
    IndexMismatch,
    Interrupted,
    NotInIndex,
    OnrecordError,
    Settings,
    read_articles,
)
from index.committing import article_sha256
from index.lock import writing
from index.types import Vectors


@pytest.fixture
def index(index_path: Path, hash_encoder: HashEncoder, three_articles: list[Article]) -> Iterator[Index]:
    """The three articles, loaded."""
    with Index.open(index_path, encoder=hash_encoder) as index:
        index.add(three_articles)
        yield index


def _found(index: Index, query: str, k: int = 10, filters: Filters | None = None) -> list[str]:
    return [hit.article.id for hit in index.search(query, k, filters)]


def _answers(index: Index) -> list[tuple[str, str, float]]:
    """What a few searches find, without passage ids."""
    queries = ("talks to buy Contoso", "storm harbour", "Northwind denied", "port", "two billion deal")
    return [
        (hit.article.id, hit.passage.text, round(hit.score, 6)) for query in queries for hit in index.search(query, 10)
    ]


def test_a_new_index_is_empty_and_finds_nothing(index_path: Path, hash_encoder: HashEncoder) -> None:
    with Index.open(index_path, encoder=hash_encoder) as index:
        assert index.entries() == ()
        assert index.search("anything") == []
        assert index.generation == 0
    assert hash_encoder.encoded == []


def test_an_added_article_is_found_by_its_words(index: Index) -> None:
    assert _found(index, "harbour storm", 1) == ["weather"]
    hit = index.search("harbour storm")[0]
    assert hit.similarity is not None
    assert 0 < hit.similarity <= 1
    assert hit.words is not None
    assert hit.words > 0


def test_a_passage_is_the_articles_text_at_its_offsets(index: Index) -> None:
    for hit in index.search("Northwind Contoso harbour", 20):
        text = index.article(hit.article.id).text
        assert text[hit.passage.start : hit.passage.end] == hit.passage.text


def test_hits_come_best_first_and_as_many_as_asked_for(index: Index) -> None:
    hits = index.search("Northwind talks", 20)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert len(hits) == sum(entry.passages for entry in index.entries())
    assert len(index.search("Northwind talks", 2)) == 2


def test_adding_the_same_again_changes_nothing(index: Index, three_articles: list[Article]) -> None:
    before = index.generation
    assert index.add(three_articles) == AddReport(unchanged=3, generation=before)


def test_a_changed_article_replaces_the_old_one(index: Index, three_articles: list[Article]) -> None:
    report = index.add([dataclasses.replace(three_articles[2], text="Snow closed the airport on Thursday.")])
    assert (report.added, report.replaced, report.unchanged) == (0, 1, 0)
    assert "Snow" in index.article("weather").text
    assert not any("harbour" in hit.passage.text for hit in index.search("harbour storm", 20))
    assert len(index.entries()) == 3


def test_a_change_of_publisher_alone_is_a_change(index: Index, three_articles: list[Article]) -> None:
    assert index.add([dataclasses.replace(three_articles[2], publisher="Other Gazette")]).replaced == 1
    assert _found(index, "storm", filters=Filters(publishers=["Other Gazette"])) == ["weather"]


def test_the_last_of_two_articles_with_one_id_stands(index_path: Path, hash_encoder: HashEncoder) -> None:
    with Index.open(index_path, encoder=hash_encoder) as index:
        report = index.add([Article(id="a", text="First word."), Article(id="a", text="Second word.")])
        assert (report.added, report.replaced) == (1, 1)
        assert index.article("a").text == "Second word."


def test_a_correction_keeps_the_hash_and_the_date_of_the_version_before(
    index: Index, three_articles: list[Article]
) -> None:
    first = three_articles[0]
    corrected = dataclasses.replace(first, text="Northwind is not in talks, it said.", published="2025-03-06")
    index.add([corrected])
    before, now = index.editions("claim")
    assert (before.sha256, before.published, before.current) == (article_sha256(first), "2025-03-03", False)
    assert (now.sha256, now.published, now.current) == (article_sha256(corrected), "2025-03-06", True)
    index.remove("claim")
    assert [(one.sha256, one.current) for one in index.editions("claim")] == [
        (before.sha256, False),
        (now.sha256, False),
    ]
    assert index.editions("nothing") == ()


def test_what_was_found_before_an_article_was_removed_is_not_found_after(index: Index) -> None:
    snapshot = index.snapshot()
    assert "claim" in {hit.article.id for hit in snapshot.search("Northwind talks", 5)}
    index.remove("claim")
    assert "claim" not in _found(index, "Northwind talks", 5)
    with pytest.raises(NotInIndex):
        index.article("claim")
    assert index.snapshot().search("Northwind talks", 5, Filters(articles=["claim"])) == []
    assert snapshot.article("claim").title, "who still holds the older generation goes on with it"


def test_a_removed_article_is_never_found_again(index: Index) -> None:
    report = index.remove(["claim", "nowhere"])
    assert (report.removed, report.missing) == (("claim",), ("nowhere",))
    assert "claim" not in _found(index, "Northwind in talks to buy Contoso", 20)
    with pytest.raises(NotInIndex, match="'claim'"):
        index.article("claim")


def test_an_article_without_text_fails_with_a_reason_and_stops_nobody(index: Index) -> None:
    report = index.add([Article(id="empty", text="  \n"), Article(id="next", text="A whole sentence.")])
    assert report.added == 1
    assert report.failed == (Failure("empty", "it has no text"),)


def test_half_a_surrogate_pair_is_a_failure_with_a_reason(index: Index) -> None:
    report = index.add([Article(id="odd", text="Bad \ud800 text.")])
    assert [failure.source for failure in report.failed] == ["odd"]
    assert "Unicode" in report.failed[0].reason


def test_failures_and_warnings_of_a_reading_are_taken_over(index: Index) -> None:
    class Reading(list[Article]):
        failures = (Failure("a.txt", "it is empty"),)
        warnings = ("a.jsonl:3: no date",)

    report = index.add(Reading())
    assert report.failed == (Failure("a.txt", "it is empty"),)
    assert report.warnings == ("a.jsonl:3: no date",)


def test_progress_ends_with_every_article_done(index: Index, three_articles: list[Article]) -> None:
    told: list[tuple[int, int | None]] = []
    index.add(three_articles, progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (3, 3)


def test_progress_knows_how_many_articles_a_source_holds_and_gives_up_where_it_holds_more(
    index: Index, tmp_path: Path
) -> None:
    (tmp_path / "news.jsonl").write_text("".join(f'{{"text": "Number {n} is here."}}\n' for n in range(70)), "utf-8")
    told: list[tuple[int, int | None]] = []
    index.add(read_articles(tmp_path / "news.jsonl"), progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (70, 70)
    assert {total for _, total in told} == {70}
    (tmp_path / "news.csv").write_text("text\n" + "".join(f"Row {n} is here.\n" for n in range(70)), "utf-8")
    index.add(read_articles(tmp_path / "news.csv"), progress=lambda done, total: told.append((done, total)))
    assert (64, None) in told


def test_ten_additions_find_what_one_does(
    tmp_path: Path, hash_encoder: HashEncoder, three_articles: list[Article]
) -> None:
    with (
        Index.open(tmp_path / "one", encoder=hash_encoder) as one,
        Index.open(tmp_path / "many", encoder=hash_encoder) as many,
    ):
        one.add(three_articles)
        for article in three_articles:
            many.add([article])
            many.search("anything")
        assert _answers(one) == _answers(many)


def test_an_index_opened_again_finds_the_same(index: Index, hash_encoder: HashEncoder) -> None:
    with Index.open(index.folder, encoder=hash_encoder) as again:
        assert _answers(again) == _answers(index)
        assert again.entries() == index.entries()


def test_passage_ids_are_never_given_twice(index: Index, three_articles: list[Article]) -> None:
    before = {passage.id for entry in index.entries() for passage in index.snapshot().passages(entry.id)}
    index.remove(["claim", "denial", "weather"])
    index.add(three_articles)
    after = {passage.id for entry in index.entries() for passage in index.snapshot().passages(entry.id)}
    assert min(after) > max(before)


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(publishers=["morning wire"]), {"denial"}),
        (Filters(since="2025-03-04"), {"denial", "weather"}),
        (Filters(until="2025-03-03"), {"claim"}),
        (Filters(articles=["weather", "claim"]), {"weather", "claim"}),
        (Filters(publishers=["Nobody"]), set()),
        (Filters(), {"claim", "denial", "weather"}),
    ],
)
def test_filters_leave_only_what_they_name(index: Index, filters: Filters, expected: set[str]) -> None:
    assert set(_found(index, "Northwind Contoso storm", 20, filters)) == expected


def test_an_article_of_unknown_date_never_passes_a_date_filter(index: Index) -> None:
    index.add([Article(id="undated", text="Northwind and Contoso were seen in talks again.")])
    assert "undated" in _found(index, "Northwind talks", 20)
    assert "undated" not in _found(index, "Northwind talks", 20, Filters(until="2099"))


def test_a_filter_still_finds_as_many_as_there_are(index_path: Path, hash_encoder: HashEncoder) -> None:
    common = [Article(id=f"c{n}", text=f"The council met on day {n}.", publisher="Common") for n in range(300)]
    rare = [Article(id=f"r{n}", text=f"A flood in valley {n}.", publisher="Rare") for n in range(5)]
    with Index.open(index_path, encoder=hash_encoder) as index:
        index.add([*common, *rare])
        assert len(index.search("the council met", 10, Filters(publishers=["Rare"]))) == 5
        assert len(index.search("the council met", 250, Filters(publishers=["Common"]))) == 250


def test_a_mistyped_word_still_finds_its_article(index: Index) -> None:
    assert index.search("hrabour")[0].article.id == "weather"


class _Pieces(HashEncoder):
    """Has the words of English whole, and names and slips in pieces."""

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [2 * len(words) if {"hrabour", "teh", "contoso"} & set(words := text.split()) else 1 for text in texts]


def test_a_mistyped_query_is_encoded_as_it_was_meant(index_path: Path, three_articles: list[Article]) -> None:
    encoder = _Pieces()
    with Index.open(index_path, encoder=encoder) as index:
        index.add(dataclasses.replace(three_articles[2], id=f"w{n}") for n in range(3))
        encoder.encoded.clear()
        index.search("Did teh storm in Contoso form close teh hrabour?")
        assert encoder.encoded == ["Did the storm in Contoso form close the harbour?"]


def test_a_number_written_otherwise_is_found(index: Index) -> None:
    found = {hit.article.id: hit.words for hit in index.search("$2bn")}
    assert found["claim"] is not None
    assert found["weather"] is None


@pytest.mark.parametrize("query", ["", "  \n", "\t"])
def test_an_empty_query_is_refused(index: Index, query: str) -> None:
    with pytest.raises(BadInput, match="empty"):
        index.search(query)


@pytest.mark.parametrize("query", ['"', "a:b", "*", "(-", "AND OR NOT", "[x TO y]", "\\", "北京", "x" * 100_000, "\0"])
def test_no_query_is_read_as_a_language(index: Index, query: str) -> None:
    assert len(index.search(query, 3)) == 3


def test_zero_hits_cannot_be_asked_for(index: Index) -> None:
    with pytest.raises(BadInput, match="0"):
        index.search("storm", 0)


def test_one_article_does_not_fill_the_list(index_path: Path, hash_encoder: HashEncoder) -> None:
    long = " ".join(f"The harbour storm of day {n} closed the harbour again and again for long." for n in range(90))
    with Index.open(index_path, encoder=hash_encoder) as index:
        index.add([Article(id="long", text=long), Article(id="short", text="The storm passed the harbour.")])
        assert "short" in _found(index, "harbour storm closed", 3)


def test_another_encoder_is_refused(index: Index) -> None:
    with pytest.raises(IndexMismatch, match="another encoder"):
        Index.open(index.folder, encoder=HashEncoder(fingerprint="b1" * 8))


def test_other_settings_are_refused_with_what_differs(index: Index) -> None:
    with pytest.raises(IndexMismatch, match="passage_tokens: 99"):
        Index.open(index.folder, settings=Settings(encoder="hash", passage_tokens=99))


def test_an_encoder_of_the_same_name_is_checked_when_it_is_needed(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.encoder.open_encoder", lambda name: HashEncoder(fingerprint="b1" * 8))
    with Index.open(index.folder) as other, pytest.raises(IndexMismatch, match="another encoder"):
        other.search("storm")


def test_an_empty_index_takes_other_settings(index_path: Path) -> None:
    Index.open(index_path).close()
    with Index.open(index_path, settings=Settings(passage_tokens=99)):
        pass
    with Index.open(index_path) as index:
        assert index.settings.passage_tokens == 99


def test_a_file_is_no_index(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(BadInput, match="is a file"):
        Index.open(tmp_path / "file")


def test_a_folder_that_cannot_be_made_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(OnrecordError, match="cannot be made") as caught:
        Index.open(tmp_path / "file" / "below")
    assert "\n" not in str(caught.value)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_permission_is_one_line(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(OnrecordError, match="cannot be"):
        Index.open(tmp_path / "index")


def test_a_second_writer_is_told_who_holds_the_index(index: Index, three_articles: list[Article]) -> None:
    held = (
        "import sys\nfrom pathlib import Path\nfrom index.lock import writing\n"
        "with writing(Path(sys.argv[1])):\n    print('held', flush=True)\n    sys.stdin.read()\n"
    )
    command = [sys.executable, "-c", held, str(index.folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(IndexInUse, match=f"process {other.pid} on "):
            index.add(three_articles)
        with pytest.raises(IndexInUse):
            index.remove("claim")
        assert _found(index, "storm", 1) == ["weather"], "readers are never kept out"
        other.communicate()
    assert index.add(three_articles).unchanged == 3


def test_the_lock_names_the_command_that_holds_it(tmp_path: Path) -> None:
    with writing(tmp_path):
        note = json.loads((tmp_path / "writer.lock").read_text())
        assert note["pid"] == os.getpid()
        with pytest.raises(IndexInUse), writing(tmp_path):
            pass


def test_a_reader_in_another_process_sees_what_was_added(index: Index, hash_encoder: HashEncoder) -> None:
    with Index.open(index.folder, encoder=hash_encoder) as reader:
        assert "new" not in _found(reader, "comet", 20)
        index.add([Article(id="new", text="A comet was seen.")])
        assert _found(reader, "comet", 1) == ["new"]
        index.remove("new")
        assert "new" not in _found(reader, "comet", 20)


def test_searching_while_adding_from_threads_is_never_half(
    index_path: Path, hash_encoder: HashEncoder, three_articles: list[Article]
) -> None:
    """Every version of an article has its number in two passages; a search must see one number."""
    errors: list[str] = []
    done = threading.Event()

    def version(n: int) -> Article:
        filler = " ".join(f"word{n}x{i}" for i in range(200))
        return Article(id="turning", text=f"The tally stands at {n} now.\n\n{filler}.\n\nThe tally stays at {n} now.")

    def read() -> None:
        while not done.is_set():
            snapshot = turning.snapshot()
            hits = snapshot.search("tally", 10, Filters(articles=["turning"]))
            text = snapshot.article("turning").text
            if not hits or any(text[hit.passage.start : hit.passage.end] != hit.passage.text for hit in hits):
                errors.append(text[:40])

    with Index.open(index_path, encoder=hash_encoder) as turning:
        turning.add([*three_articles, version(0)])
        readers = [threading.Thread(target=read) for _ in range(3)]
        for reader in readers:
            reader.start()
        for n in range(1, 12):
            turning.add([version(n)])
        done.set()
        for reader in readers:
            reader.join()
        assert errors == []
        assert "at 11 now" in turning.article("turning").text


def test_an_interrupted_addition_keeps_what_was_in_and_goes_on_from_there(
    index_path: Path, hash_encoder: HashEncoder
) -> None:
    articles = [Article(id=f"a{n}", text=f"Sentence number {n} is here.") for n in range(200)]

    def interrupted() -> Iterator[Article]:
        yield from articles[:150]
        raise KeyboardInterrupt

    with Index.open(index_path, encoder=hash_encoder) as index:
        with pytest.raises(Interrupted) as stop:
            index.add(interrupted())
        kept = len(index.entries())
        assert stop.value.report.added == kept
        assert 64 <= kept <= 150
        hash_encoder.encoded.clear()
        report = index.add(articles)
        assert (report.added, report.unchanged) == (200 - kept, kept)
        assert len(hash_encoder.encoded) == 200 - kept, "what was in is not encoded again"
        assert set(_found(index, "sentence number", 250)) == {article.id for article in articles}


def test_an_encoder_that_fails_leaves_the_old_version(index: Index, hash_encoder: HashEncoder) -> None:
    class Broken(HashEncoder):
        def encode(self, texts: Sequence[str]) -> Vectors:
            raise OnrecordError("no more vectors")

    before = index.article("weather")
    with Index.open(index.folder, encoder=Broken()) as other, pytest.raises(OnrecordError, match="no more"):
        other.add([dataclasses.replace(before, text="Another text.")])
    assert index.article("weather") == before
    assert _found(index, "harbour storm", 1) == ["weather"]


def test_opening_a_small_index_loads_neither_faiss_nor_tantivy_nor_an_encoder(index: Index) -> None:
    code = (
        "import sys\nfrom index import Index\nwith Index.open(sys.argv[1]) as index:\n"
        "    assert len(index.entries()) == 3 and index.article('claim')\n"
        "print({'faiss', 'tantivy', 'openvino', 'torch', 'transformers', 'llama_index'} & set(sys.modules))"
    )
    run = subprocess.run([sys.executable, "-c", code, str(index.folder)], capture_output=True, text=True, check=True)
    assert run.stdout == "set()\n"


def test_the_default_encoder_finds_by_meaning(index_path: Path, three_articles: list[Article]) -> None:
    with Index.open(index_path) as index:
        index.add(three_articles)
        assert index.encoder.name == "all-MiniLM-L6-v2"
        assert set(_found(index, "rumours of a takeover", 2)) == {"claim", "denial"}
        assert _found(index, "bad weather at sea", 1) == ["weather"]
        assert index.search("When do boats sail?", 1)[0].passage.text.endswith("the port said.")
    with Index.open(index_path) as again:
        assert _found(again, "bad weather at sea", 1) == ["weather"]
