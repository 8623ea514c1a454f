"""Training of the heads: parts that share nothing, examples that say what they should, and a loop that resumes."""

import gzip
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest

from eval.training.reading_examples import draw_examples, pair_examples
from eval.training.rows import Part, ReadingRow, StanceRow, group_alike, part_of, read_reading, read_stance
from eval.training.stance_examples import LABELS, StanceExample, as_example, excerpt, make_examples
from index.errors import BadInput
from rag.heads_pairs import open_tokenizer

PASSAGE = (
    "Northwind opened a plant in Leeds. It employs 400 people. The plant makes bicycles. "
    "Its manager is Ann Poole. She came from Contoso in March. The town gave a grant."
)
ROW = ReadingRow("new_wiki", "a", "Who manages the plant?", PASSAGE, ((99, 108), (99, 108)))
FILES = ("squad2.train", "squadshifts.new_wiki", "squadshifts.reddit", "squadshifts.amazon_reviews", "boolq")


def write_lines(path: Path, rows: Sequence[Mapping[str, object]]) -> None:
    path.parent.mkdir(exist_ok=True)
    with gzip.open(path, "wt") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder of data with 40 topics of two questions, and 40 of each stance set."""
    passages = [f"Town {n} has {n} bridges over the river w{n}." for n in range(40)]
    answers = [{"text": "Town", "start": 0}, {"text": "wrong", "start": 3}]
    for name in FILES:
        rows = [
            {"question": q, "passage": p, "answers": answers, "topic": f"t_{n}", "answer": "yes"}
            for n, p in enumerate(passages)
            for q in ("What?", "Which?")
        ]
        write_lines(tmp_path / "reading" / f"{name}.jsonl.gz", rows)
    for name in ("mnli", "snli_counterfactual", "fever_symmetric", "climate_fever"):
        rows = [{"claim": f"c{n % 20}", "text": f"t{n}", "label": "supports"} for n in range(40)]
        write_lines(tmp_path / "stance" / f"{name}.jsonl.gz", rows)
    bodies = [{"body": str(n), "text": f"Body {n}."} for n in range(40)]
    pairs = [{"body": str(n), "claim": f"h{n}", "label": "refutes"} for n in range(40)]
    pairs += [{"body": str(n), "claim": f"h{(n + 7) % 40}", "label": "unrelated"} for n in range(40)]
    write_lines(tmp_path / "stance" / "fnc1.articles.jsonl.gz", bodies)
    write_lines(tmp_path / "stance" / "fnc1.pairs.jsonl.gz", pairs)
    return tmp_path


def test_no_topic_passage_claim_or_story_is_in_two_parts(data: Path) -> None:
    for parts in (read_reading(data), read_stance(data)):
        groups = [{row.group for row in parts[part]} for part in Part]
        assert all(groups)
        assert not (groups[0] & groups[1]) | (groups[0] & groups[2]) | (groups[1] & groups[2])


def test_claims_of_a_sealed_pair_are_in_no_training_pair(data: Path) -> None:
    parts = read_stance(data)
    seen = {row.claim for row in parts[Part.TRAIN] if row.source == "fnc1"}
    assert not seen & {row.claim for row in parts[Part.SEALED] if row.source == "fnc1"}


def test_an_answer_that_does_not_stand_where_it_should_is_left_out(data: Path) -> None:
    row = read_reading(data)[Part.TRAIN][0]
    assert [row.passage[a:b] for a, b in row.answers] == ["Town"]


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"squad2\.train\.jsonl\.gz"):
        read_reading(tmp_path)


def test_a_group_stays_in_its_part() -> None:
    assert {part_of("squad2 Force") for _ in range(3)} == {part_of("squad2 Force")}


def test_passages_that_share_their_rare_words_are_of_one_group() -> None:
    texts = ["The Severn bridge toll rose again.", "Ann sings jazz.", "A toll on the Severn bridge rose."]
    first, other, last = group_alike(texts)
    assert first == last != other


def test_windows_keep_the_answer_verbatim_or_do_not_answer() -> None:
    rows = [ROW, ReadingRow("new_wiki", "b", "What rose?", "Tolls rose. Bread did not. " * 4, ((0, 5),))]
    examples = list(draw_examples(rows, {"new_wiki": 40}, 3))
    mine = [e for e in examples if e.question == ROW.question]
    assert {e.passage[a:b] for e in mine for a, b in e.answers} == {"Ann Poole"}
    assert all("Ann Poole" not in e.passage for e in mine if not e.answers)
    assert 0.1 < np.mean([not e.answers for e in mine]) < 0.4
    assert len({e.passage for e in mine}) > 5


def test_examples_are_drawn_alike_from_one_seed() -> None:
    draws = [[e.passage for e in draw_examples([ROW] * 2, {"new_wiki": 3}, 5)] for _ in range(2)]
    assert draws[0] == draws[1]


def test_token_labels_cover_the_answer() -> None:
    examples = list(draw_examples([ROW], {"new_wiki": 5}, 1))
    for example, (row, labels) in zip(examples, pair_examples(open_tokenizer(), examples), strict=True):
        for first, last in labels:
            start, end = row.offsets[first - row.first][0], row.offsets[last - row.first][1]
            assert example.passage[start:end] == "Ann Poole"


def test_an_excerpt_holds_the_opening_and_what_the_claim_is_about() -> None:
    text = (
        "The mayor spoke on Monday. " + "Nothing of note was said then. " * 60 + "He denied that the bridge will close."
    )
    found = excerpt("The bridge will close", text)
    assert found.startswith("The mayor spoke")
    assert "denied that the bridge" in found
    assert len(found) < 700


def test_an_article_is_cut_and_a_sentence_is_not() -> None:
    row = StanceRow("fnc1", "g", "A bridge closed", "A bridge closed. " * 100, "supports")
    assert len(as_example(row).text) < 700
    assert as_example(StanceRow("mnli", "g", "A bridge closed", "It did.", "neutral")).label == LABELS.index("neutral")


def test_made_denials_refute_and_made_confirmations_support() -> None:
    source = [
        StanceExample("mnli", "g", "The bridge was closed in 1980.", "The bridge was closed in 1980 for good.", 0),
        StanceExample("mnli", "h", "The mayor is an engineer.", "She studied engineering.", 0),
    ]
    made = list(make_examples(source, 400, np.random.default_rng(0)))
    kinds = {LABELS[e.label] for e in made}
    assert kinds == set(LABELS)
    own = [e for e in made if e.claim in (source[0].claim, source[1].claim)]
    assert all(LABELS[e.label] == "refutes" for e in own if " denied " in e.text or "no truth" in e.text)
    assert all(LABELS[e.label] == "supports" for e in own if " confirmed " in e.text)
    assert all(LABELS[e.label] == "neutral" for e in own if "declined to comment" in e.text)
    assert all(LABELS[e.label] == "refutes" for e in made if e.claim == "The mayor is not an engineer.")
    renumbered = [e for e in made if "1980" not in e.claim and "closed in" in e.claim and e.text == source[0].text]
    assert renumbered
    assert all(LABELS[e.label] == "refutes" for e in renumbered)


def test_every_row_is_in_one_batch_of_rows_of_like_length() -> None:
    pytest.importorskip("torch")
    from eval.training.loop import plan_batches

    lengths = np.random.default_rng(0).integers(10, 200, 1000).tolist()
    plan = plan_batches(lengths, 16, 1)
    assert sorted(at for batch in plan for at in batch) == list(range(1000))
    assert np.mean([np.ptp([lengths[at] for at in batch]) for batch in plan]) < 10


def test_training_goes_on_from_its_checkpoint_to_the_same_weights(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    torch = pytest.importorskip("torch")
    from eval.training import loop
    from eval.training.networks import StanceNetwork
    from index.weights import packaged_folder
    from rag.heads_pairs import pair_rows

    monkeypatch.setattr(loop, "_KEPT", 2)
    rows = pair_rows(open_tokenizer(), ["It rained."] * 8, [f"It was wet {n}." for n in range(8)], [""] * 8)
    labels, recipe = [0, 1] * 4, loop.Recipe(rank=2, batch=2)

    def trained(checkpoint: Path, stop_at: int) -> StanceNetwork:
        torch.manual_seed(1)
        network = StanceNetwork(packaged_folder(), 2)

        def pause(step: int) -> None:
            if step == stop_at:
                raise KeyboardInterrupt

        try:
            loop.train(network, rows, labels, recipe, checkpoint, 2, pause)
        except KeyboardInterrupt:
            return trained(checkpoint, 0)
        return network

    through, resumed = trained(tmp_path / "a.pt", 0), trained(tmp_path / "b.pt", 2)
    np.testing.assert_allclose(resumed.head.weight.detach(), through.head.weight.detach(), atol=1e-4)
    assert not np.allclose(dict(through.learned()[0])["0.query.b"], 0)


def test_an_adapter_begins_as_nothing() -> None:
    torch = pytest.importorskip("torch")
    from eval.training.lora import Adapted

    base = torch.nn.Linear(4, 3)
    x = torch.ones(1, 4)
    assert torch.equal(Adapted(base, 2)(x), base(x))


def test_stance_calibration_makes_too_sure_outputs_less_sure() -> None:
    pytest.importorskip("torch")
    from eval.training.stance import calibrate, macro_f1

    labels = [0, 0, 0, 1] * 20
    examples = [StanceExample("mnli", str(n), "c", "t", label) for n, label in enumerate(labels)]
    temperature, _ = calibrate(np.array([[9.0, 0, 0, 0]] * 80), examples)
    assert temperature > 2
    guess, wanted = np.array([0, 0, 1, 1]), np.array([0, 1, 1, 1])
    # Label 0: one hit of two guessed and one true, 2/3; label 1: two hits of two and three, 4/5.
    assert macro_f1(guess, wanted, np.ones(4)) == pytest.approx((2 / 3 + 4 / 5) / 2)


def test_the_card_tells_every_training_behind_the_weights(tmp_path: Path) -> None:
    from eval.training.card import Trained, read_trained, write_card, write_trained
    from eval.training.loop import Recipe

    made = Trained((Recipe(rate=6e-4, most=1900, seed=7), Recipe(rate=5e-4, most=3600, seed=11)), mean_of=2)
    write_trained(tmp_path, "reading", made)
    assert read_trained(tmp_path) == {"reading": made}
    write_card(tmp_path / "README.md", {"reading": {"answerable F1": (0.5, 0.4, 0.6, 10, 2)}}, read_trained(tmp_path))
    card = (tmp_path / "README.md").read_text(encoding="utf-8")
    for told in ("the mean of 2", "1,900 steps, seed 7", "3,600 steps, seed 11", "| 0.500 | 0.400 to 0.600 | 10 | 2 |"):
        assert told in card


def test_the_packaged_heads_say_how_they_came_about() -> None:
    from eval.training.card import read_trained
    from rag.heads_weights import FOLDER

    card = (FOLDER / "README.md").read_text(encoding="utf-8")
    made = read_trained(FOLDER)
    assert set(made) == {"reading", "stance"}
    for trained in made.values():
        for one in trained.recipes:
            assert f"{one.most:,} steps, seed {one.seed}" in card
