"""The trained heads at run time: weights checked, graph right, spans verbatim, and no head rather than a wrong one."""

import logging
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from index.errors import ModelUnavailable
from rag.heads import ReadingHead, StanceHead, calibrated, open_reading_head, open_stance_head, why_missing
from rag.heads_graph import INPUTS, compile_head, merged_weights
from rag.heads_pairs import MAX_TOKENS, Row, open_tokenizer, pad, pair_rows
from rag.heads_spans import best_span, logistic, read_outputs
from rag.heads_weights import FOLDER, PLACES, HeadWeights, read_weights, write_weights

QUESTION = "Who denied the talks?"
PASSAGES = [
    "Northwind said on Tuesday there was no substance to reports of talks. Contoso declined to comment.",
    "A storm closed the harbour.",
    "",
    "Ferries will run again on Friday, the port said. " * 60,
]


def drawn(seed: int, outputs: int) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    """Adapters and head at random, of the size that training leaves behind."""
    rng = np.random.default_rng(seed)
    adapters = {}
    for layer in range(6):
        for place in PLACES:
            into, out = {"intermediate": (384, 1536), "output": (1536, 384)}.get(place, (384, 384))
            adapters[f"{layer}.{place}.a"] = rng.normal(size=(8, into)).astype(np.float32) * 0.05
            adapters[f"{layer}.{place}.b"] = rng.normal(size=(out, 8)).astype(np.float32) * 0.05
    head = {"weight": rng.normal(size=(outputs, 384)).astype(np.float32), "bias": np.zeros(outputs, np.float32)}
    return adapters, head


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of weights drawn at random."""
    made = tmp_path_factory.mktemp("weights")
    write_weights("reading", made, *drawn(1, 3), {"answers": [0.0, 0.5, 0.5], "threshold": [0.5]})
    write_weights("stance", made, *drawn(2, 4), {"temperature": [2.0], "offsets": [0.1, 0.0, 0.0, -0.1]})
    return made


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def reading(folder: Path, cache: Path) -> ReadingHead:
    return ReadingHead(read_weights("reading", folder), cache)


@pytest.fixture(scope="module")
def stance(folder: Path, cache: Path) -> StanceHead:
    return StanceHead(read_weights("stance", folder), cache)


def test_weights_come_back_as_they_were_written_up_to_half_precision(folder: Path) -> None:
    adapters, head = drawn(1, 3)
    found = read_weights("reading", folder)
    assert found.adapters.keys() == adapters.keys()
    np.testing.assert_allclose(found.adapters["3.key.b"], adapters["3.key.b"], atol=1e-3)
    np.testing.assert_allclose(found.head["weight"], head["weight"], atol=2e-3)
    assert found.notes["answers"] == [0.0, 0.5, 0.5]


def test_a_planted_weight_file_is_refused_with_the_reason(
    folder: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    for name in ("SHA256SUMS", "reading.safetensors"):
        (tmp_path / name).write_bytes((folder / name).read_bytes())
    planted = bytearray((tmp_path / "reading.safetensors").read_bytes())
    planted[-1] ^= 1
    (tmp_path / "reading.safetensors").write_bytes(planted)
    with pytest.raises(ModelUnavailable, match="not the file it should be"):
        read_weights("reading", tmp_path)
    with caplog.at_level(logging.WARNING, "rag.heads"):
        assert open_reading_head(tmp_path) is None
    assert "the rules judge alone" in caplog.text
    assert "SHA-256" in str(why_missing("reading", tmp_path))


def test_a_weight_file_that_no_sum_vouches_for_is_refused(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "reading.safetensors").write_bytes((folder / "reading.safetensors").read_bytes())
    assert open_reading_head(tmp_path) is None


def test_without_weights_there_is_no_head(tmp_path: Path) -> None:
    assert open_reading_head(tmp_path) is None
    assert open_stance_head(tmp_path) is None
    assert "cannot be read" in str(why_missing("stance", tmp_path))


def test_an_adapter_is_added_to_its_layer_and_to_no_other(folder: Path) -> None:
    weights = read_weights("reading", folder)
    none = HeadWeights("reading", "", {k: v * 0 for k, v in weights.adapters.items()}, weights.head, weights.notes)
    bare, merged = merged_weights(none), merged_weights(weights)
    moved = merged["encoder.layer.2.attention.self.key.weight"] - bare["encoder.layer.2.attention.self.key.weight"]
    np.testing.assert_allclose(moved, weights.adapters["2.key.b"] @ weights.adapters["2.key.a"], atol=1e-5)
    name = "encoder.layer.2.attention.output.dense.weight"
    np.testing.assert_array_equal(merged[name], bare[name])


def test_the_graph_gives_what_the_trained_network_gives(folder: Path, cache: Path) -> None:
    torch = pytest.importorskip("torch")
    from eval.training.networks import ReadingNetwork
    from index.weights import packaged_folder

    weights = read_weights("reading", folder)
    network: Any = ReadingNetwork(packaged_folder(), 8).float()
    with torch.no_grad():
        for layer, module in enumerate(network.encoder.encoder.layer):
            for place, path in PLACES.items():
                adapted = module.get_submodule(path)
                adapted.a.copy_(torch.tensor(weights.adapters[f"{layer}.{place}.a"]))
                adapted.b.copy_(torch.tensor(weights.adapters[f"{layer}.{place}.b"]))
        network.head.weight.copy_(torch.tensor(weights.head["weight"]))
        network.head.bias.zero_()
    rows = pair_rows(open_tokenizer(), [QUESTION] * 2, PASSAGES[:2], ["", "Storm closes the harbour"])
    found = compile_head(weights, cache)(dict(zip(INPUTS, pad(rows), strict=True)))[0]
    for row, ours, theirs in zip(rows, found, network.outputs_of(rows), strict=True):
        # bf16 where the processor has it; outputs are about 4 in size.
        assert np.corrcoef(ours[: len(row.ids)].ravel(), theirs.ravel())[0, 1] > 0.999


def test_the_words_read_stand_verbatim_in_their_passage(reading: ReadingHead) -> None:
    for passage, found in zip(PASSAGES, reading.read(QUESTION, PASSAGES, ["Talks denied"] * 4), strict=True):
        assert passage[found.start : found.end] == found.text
        assert 0 <= found.answers <= 1
        assert bool(found.text) == bool(passage)


def test_a_passage_reads_the_same_alone_and_among_others(reading: ReadingHead) -> None:
    together = reading.read(QUESTION, PASSAGES)
    for passage, found in zip(PASSAGES, together, strict=True):
        (alone,) = reading.read(QUESTION, [passage])
        assert alone.score == pytest.approx(found.score, abs=0.25)


def test_no_passages_give_no_readings(reading: ReadingHead, stance: StanceHead) -> None:
    assert reading.read(QUESTION, []) == []
    assert stance.judge("The talks were denied.", []).shape == (0, 3)


def test_stances_are_probabilities_in_the_order_of_the_texts(stance: StanceHead) -> None:
    together = stance.judge("The talks were denied.", PASSAGES)
    assert together.shape == (4, 3)
    np.testing.assert_allclose(together.sum(axis=1), 1)
    for passage, found in zip(PASSAGES, together, strict=True):
        np.testing.assert_allclose(stance.judge("The talks were denied.", [passage])[0], found, atol=0.05)


def test_several_threads_read_at_once(reading: ReadingHead) -> None:
    alone = reading.read(QUESTION, PASSAGES)
    with ThreadPoolExecutor(4) as pool:
        for found in pool.map(lambda _: reading.read(QUESTION, PASSAGES), range(8)):
            assert [r.text for r in found] == [r.text for r in alone]


def test_reading_imports_neither_torch_nor_transformers(folder: Path, cache: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from rag.heads import open_reading_head;"
        f"open_reading_head(Path({str(folder)!r}), Path({str(cache)!r})).read('Who?', ['They did.']);"
        "print(*sorted({'torch', 'transformers', 'sentence_transformers'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_a_row_never_exceeds_what_the_encoder_was_made_for() -> None:
    (row,) = pair_rows(open_tokenizer(), ["who? " * 200], ["word " * 1000], ["title " * 100])
    assert len(row.ids) == MAX_TOKENS
    assert row.first + len(row.offsets) == MAX_TOKENS - 1


def test_a_title_is_read_but_never_answers() -> None:
    (row,) = pair_rows(open_tokenizer(), ["Who?"], ["They did."], ["A title"])
    (bare,) = pair_rows(open_tokenizer(), ["Who?"], ["They did."], [""])
    assert row.first - bare.first == 3  # its two tokens and their [SEP]
    assert [row.ids[row.first + at] for at in range(3)] == [bare.ids[bare.first + at] for at in range(3)]
    assert row.offsets == bare.offsets == [(0, 4), (5, 8), (8, 9)]


def test_the_best_span_ends_no_sooner_than_it_begins() -> None:
    row = Row([101, 1, 102, 2, 3, 4, 102], 3, 3, [(0, 2), (3, 5), (6, 8)])
    outputs = np.zeros((7, 3), np.float32)
    outputs[0] = [1, 1, -0.5]
    outputs[3:6, 0] = [2, 0, 5]
    outputs[3:6, 1] = [9, 3, 1]
    # Beginning at the third word and ending at the first would have 14; the first word alone has 11.
    assert best_span(outputs, row) == ((0, 2), 9.0, -0.5)


def test_the_best_spans_stand_apart_and_any_words_have_their_odds() -> None:
    row = Row([101, 1, 102, 2, 3, 4, 102], 3, 3, [(0, 2), (3, 5), (6, 8)])
    outputs = np.zeros((7, 3), np.float32)
    outputs[3:6, 0] = [5, 0, 2]
    outputs[3:6, 1] = [5, 1, 3]
    odds, _ = read_outputs(outputs, row)
    assert odds.best(3) == [((0, 2), 10.0), ((6, 8), 5.0), ((3, 5), 1.0)]
    assert odds.of((0, 5)) == 6.0
    assert odds.of((6, 8)) == 5.0
    assert odds.of((6, 20)) == -20.0  # cut off with the passage's end


def test_a_row_without_a_passage_answers_nothing() -> None:
    span, over_none, answered = best_span(np.ones((3, 3), np.float32), Row([101, 1, 102], 3, 3, []))
    assert span == (0, 0)
    assert over_none == answered == -20


def test_log_odds_become_probabilities() -> None:
    assert logistic([0.0, 1.0, 0.0], np.array([[0.0, 5.0], [np.log(3), 5.0]])).tolist() == pytest.approx([0.5, 0.75])


def test_a_temperature_makes_stances_less_sure_and_offsets_move_them() -> None:
    odds = np.array([[np.log(9.0), 0.0]])
    assert calibrated(odds, 1, np.zeros(2))[0].tolist() == pytest.approx([0.9, 0.1])
    assert calibrated(odds, 2, np.zeros(2))[0].tolist() == pytest.approx([0.75, 0.25])
    assert calibrated(odds, 1, np.array([0, np.log(9.0)]))[0].tolist() == pytest.approx([0.5, 0.5])


@pytest.mark.parametrize("name", ["reading", "stance"])
def test_the_committed_weights_are_whole(name: str) -> None:
    assert why_missing(name) is None
    assert (FOLDER / f"{name}.safetensors").stat().st_size < 6_000_000
