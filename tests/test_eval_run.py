"""Running a set: what is asked, what a crash costs, stopping and going on, two runs alike, and what stays sealed."""

import json
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import oracle
import pytest
from conftest import HashEncoder

from eval.asking import Asked, Asker, Call, ask_all
from eval.examined import Examined, Opener, check_articles, newest_day, open_engine
from eval.questions import Gold, Part, Question, part_of, read_questions
from eval.report import read_results
from eval.results import Result, key_of, question_dict
from eval.run import Progress, evaluate, of_kinds, run
from index.errors import BadInput
from index.filters import Filters
from index.types import Article
from rag.engine import Engine
from rag.reader import EmbeddedReader
from rag.types import Answer, Verdict

ARTICLES = [
    Article(id="bank", text="Ann Lee runs the bank. She was named in May.", published="2025-03"),
    Article(id="port", text="The port will close. The mayor called that untrue.", published="2025-01-09"),
]


def rows() -> list[dict[str, object]]:
    """Six questions on six facts, of three kinds, some of either half."""
    made: list[dict[str, object]] = []
    for at in range(6):
        fact = f"fact-{at}"
        row = {"id": f"q{at}", "question": f"Who runs bank {at}?", "kind": "fact", "fact": fact, "part": part_of(fact)}
        made.append(row | {"verdict": "answered", "accepted": ["Ann Lee"]})
        made[-1]["gold"] = [{"article": "bank", "quote": "Ann Lee runs the bank."}]
    made[4] |= {"kind": "unanswerable", "verdict": "unknown", "accepted": [], "gold": []}
    made[5] |= {"kind": "date", "as_of": "2024-12-31"}
    return made


@pytest.fixture
def set_path(tmp_path: Path) -> Path:
    path = tmp_path / "set" / "questions.jsonl"
    path.parent.mkdir()
    path.write_text("".join(json.dumps(row) + "\n" for row in rows()), encoding="utf-8")
    articles = [{"id": item.id, "text": item.text, "published": item.published} for item in ARTICLES]
    (path.parent / "articles.jsonl").write_text("".join(json.dumps(row) + "\n" for row in articles), encoding="utf-8")
    return path


@pytest.fixture
def questions(set_path: Path) -> tuple[Question, ...]:
    return read_questions(set_path)


class Stubborn:
    """Wraps an asker so that chosen questions crash or never come back."""

    def __init__(self, inner: Asker, crash: str = "", hang: str = "") -> None:
        self._inner, self._crash, self._hang = inner, crash, hang
        self.released = threading.Event()

    def ask(
        self,
        question: str,
        *,
        history: Sequence[str] = (),
        as_of: str | None = None,
        filters: Filters | None = None,
    ) -> Answer:
        if question == self._crash:
            raise ValueError("two\nlines")
        if question == self._hang:
            self.released.wait()
        return self._inner.ask(question, history=history, as_of=as_of, filters=filters)


def opener(spoil: oracle.Spoil = lambda answer: answer, wrap: Callable[[Asker], Asker] = lambda inner: inner) -> Opener:
    """Opens the oracle over the set's questions, wrapped as told."""

    @contextmanager
    def open_oracle(path: Path, index: str | Path | None, model: str | None, way: str) -> Iterator[Examined]:
        examined = oracle.examined(read_questions(path), ARTICLES, spoil)
        yield replace(examined, asker=wrap(examined.asker))

    return open_oracle


def lines_of(folder: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (folder / "questions.jsonl").read_text(encoding="utf-8").splitlines()]


def test_results_come_in_the_order_of_the_questions(questions: Sequence[Question]) -> None:
    results = run(oracle.examined(questions, ARTICLES), questions, threads=3)
    assert [result.key for result in results] == [key_of(question) for question in questions]
    assert all(result.right for result in results)


def test_a_question_is_asked_as_of_its_day_or_that_of_the_newest_article(questions: Sequence[Question]) -> None:
    examined = oracle.examined(questions, ARTICLES)
    run(examined, questions, threads=1)
    assert isinstance(examined.asker, oracle.Oracle)
    assert dict(examined.asker.asked)["Who runs bank 5?"] == "2024-12-31"
    assert dict(examined.asker.asked)["Who runs bank 0?"] == "2025-03-31"


def test_the_newest_day_takes_a_month_to_its_end() -> None:
    assert newest_day(ARTICLES) == "2025-03-31"
    assert newest_day([Article(text="x")]) is None


def test_a_crash_is_a_wrong_answer_and_the_rest_goes_on(questions: Sequence[Question]) -> None:
    examined = oracle.examined(questions, ARTICLES)
    results = run(replace(examined, asker=Stubborn(examined.asker, crash="Who runs bank 1?")), questions)
    assert [result.right for result in results] == [True, False, True, True, True, True]
    assert results[1].detail is not None
    assert results[1].detail["error"] == "ValueError: two lines"
    assert results[1].scores["wrong_when_answered"] == (1, 1)


def test_a_time_out_is_a_wrong_answer_and_the_rest_goes_on(questions: Sequence[Question]) -> None:
    examined = oracle.examined(questions, ARTICLES)
    stubborn = Stubborn(examined.asker, hang="Who runs bank 2?")
    results = run(replace(examined, asker=stubborn), questions, threads=1, timeout_seconds=0.05)
    stubborn.released.set()
    assert [result.right for result in results] == [True, True, False, True, True, True]
    assert results[2].detail is not None
    assert results[2].detail["error"] == "no answer within 0.05 s"


def test_earlier_questions_of_a_conversation_are_given_along() -> None:
    told: list[Sequence[str]] = []

    class Talker:
        def ask(
            self,
            question: str,
            *,
            history: Sequence[str] = (),
            as_of: str | None = None,
            filters: Filters | None = None,
        ) -> Answer:
            told.append(history)
            return Answer(question, "…", Verdict.UNKNOWN)

    ask_all(Talker(), [Call("And the port?", history=("Who runs the bank?",))], threads=1)
    assert told == [("Who runs the bank?",)]


def test_every_outcome_is_told_once() -> None:
    told: list[int] = []

    def hear(at: int, asked: Asked) -> None:
        told.append(at)

    ask_all(oracle.Oracle([], [], lambda answer: answer), [Call("a"), Call("b"), Call("c")], done=hear)
    assert sorted(told) == [0, 1, 2]


def test_progress_says_how_much_is_left(set_path: Path) -> None:
    heard: list[Progress] = []
    evaluate(set_path, heard=heard.append, open_examined=opener())
    assert [(item.done, item.of) for item in heard] == [(at, 6) for at in range(1, 7)]
    assert heard[-1].seconds_left == 0


def test_both_halves_are_scored_and_told_apart(set_path: Path) -> None:
    report = evaluate(set_path, open_examined=opener())
    assert report.slices["all"]["answer_accuracy"].value == 1.0
    halves = [report.slices[str(part)]["answer_accuracy"].rows for part in Part if str(part) in report.slices]
    assert sum(halves) == 6
    assert report.slices["kind: date"]["answer_accuracy"].rows == 1


def test_without_leave_nothing_of_a_sealed_question_is_written(set_path: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    evaluate(set_path, out=out, open_examined=opener(oracle.mumbling))
    sealed = [row for row in rows() if row["part"] == Part.SEALED]
    written = "".join(file.read_text(encoding="utf-8") for file in out.iterdir())
    assert sealed
    assert all(str(row["question"]) not in written and f'"{row["id"]}"' not in written for row in sealed)
    assert [line["detail"] is None for line in lines_of(out)] == [row["part"] == Part.SEALED for row in rows()]


def test_with_leave_sealed_questions_are_written(set_path: Path, tmp_path: Path) -> None:
    evaluate(set_path, out=tmp_path / "out", sealed=True, open_examined=opener())
    assert all(line["detail"] for line in lines_of(tmp_path / "out"))


def test_two_runs_write_the_same_bytes_but_for_times(set_path: Path, tmp_path: Path) -> None:
    texts = []
    for name in ("first", "second"):
        evaluate(set_path, out=tmp_path / name, sealed=True, open_examined=opener(oracle.never_abstaining))
        summary = json.loads((tmp_path / name / "report.json").read_text(encoding="utf-8"))
        assert set(summary.pop("times")) >= {"when", "seconds_p50", "seconds_p99", "processor", "cores"}
        rows = [line | {"seconds": 0} for line in lines_of(tmp_path / name)]
        texts.append(json.dumps(summary) + json.dumps(rows))
    assert texts[0] == texts[1]


def test_an_interrupted_run_goes_on_where_it_stopped(set_path: Path, tmp_path: Path) -> None:
    def stop_after_two(progress: Progress) -> None:
        if progress.done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        evaluate(set_path, out=tmp_path, threads=1, heard=stop_after_two, open_examined=opener())
    askers: list[Asker] = []

    def keep(inner: Asker) -> Asker:
        askers.append(inner)
        return inner

    report = evaluate(set_path, out=tmp_path, open_examined=opener(wrap=keep))
    assert isinstance(askers[0], oracle.Oracle)
    assert len(askers[0].asked) == 4
    assert len(report.results) == 6
    assert not (tmp_path / "partial.jsonl").exists()


def test_what_another_kind_of_run_left_behind_is_not_taken_over(set_path: Path, tmp_path: Path) -> None:
    (tmp_path / "partial.jsonl").write_text('{"seed": 7}\n{"key": "made up"}\n', encoding="utf-8")
    report = evaluate(set_path, out=tmp_path, open_examined=opener())
    assert len(report.results) == 6


def test_a_line_cut_short_is_asked_again(set_path: Path, tmp_path: Path) -> None:
    evaluate(set_path, out=tmp_path, open_examined=opener())
    whole = read_results(tmp_path)
    assert len(whole) == 6
    assert isinstance(whole[0], Result)
    assert replace(whole[0], seconds=0.0) == Result.from_dict(whole[0].to_dict() | {"seconds": 0.0})


def test_a_report_against_an_earlier_one_says_what_changed(set_path: Path, tmp_path: Path) -> None:
    evaluate(set_path, out=tmp_path / "before", open_examined=opener())
    report = evaluate(set_path, against=tmp_path / "before", open_examined=opener(oracle.mumbling))
    assert report.comparison is not None
    assert report.comparison.shared == 6
    first = report.comparison.measures[0]
    assert (first.measure, first.theirs) == ("answer_accuracy", 1.0)
    assert first.ours == pytest.approx(1 / 6)


def test_a_question_that_was_edited_is_not_compared(set_path: Path, tmp_path: Path) -> None:
    evaluate(set_path, out=tmp_path / "before", open_examined=opener())
    changed = rows()
    changed[0]["accepted"] = ["Ann Lee", "Lee"]
    set_path.write_text("".join(json.dumps(row) + "\n" for row in changed), encoding="utf-8")
    report = evaluate(set_path, against=tmp_path / "before", open_examined=opener())
    assert report.comparison is not None
    assert (report.comparison.shared, report.comparison.only_ours) == (5, 1)


def test_no_report_to_compare_with_is_said_before_anything_is_asked(set_path: Path, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="holds no report that can be compared"):
        evaluate(set_path, against=tmp_path / "nowhere", open_examined=opener())


def test_gates_hold_for_a_fixed_set_asked_whole_and_with_its_heads(
    set_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gates = tmp_path / "gates.toml"
    gates.write_text('["questions.jsonl"]\nanswer_accuracy = 0.01\n', encoding="utf-8")
    monkeypatch.setattr("eval.run.GATES", gates)
    assert evaluate(set_path, open_examined=opener()).gates == (), "a set kept elsewhere has none"
    monkeypatch.setattr("eval.run.HERE", set_path.parent.resolve())
    assert len(evaluate(set_path, open_examined=opener()).gates) == 1
    assert evaluate(set_path, kinds=["fact"], open_examined=opener()).gates == ()
    assert evaluate(set_path, way="rules", open_examined=opener()).gates == ()


def test_by_rules_alone_the_engine_has_no_heads(set_path: Path, hash_encoder: HashEncoder) -> None:
    with open_engine(set_path, None, None, "rules", hash_encoder) as examined:
        assert isinstance(examined.asker, Engine)
        assert examined.asker.reader == EmbeddedReader(None, None)
    with open_engine(set_path, None, None, "engine", hash_encoder) as examined:
        assert isinstance(examined.asker, Engine)
        assert isinstance(examined.asker.reader, EmbeddedReader)
        assert examined.asker.reader.head is not None
    with (
        pytest.raises(BadInput, match="no way in is called 'side door'"),
        open_engine(set_path, None, None, "side door", hash_encoder),
    ):
        pass


def test_kinds_choose_questions_and_a_wrong_one_is_named(questions: Sequence[Question]) -> None:
    assert [question.id for question in of_kinds(questions, ["date", "unanswerable"])] == ["q4", "q5"]
    with pytest.raises(BadInput, match="no kind of question is called 'dates'; choose from denial,"):
        of_kinds(questions, ["dates"])
    with pytest.raises(BadInput, match="the set has no question of kind list"):
        of_kinds(questions, ["list"])


def test_a_quote_that_the_index_lacks_is_named(questions: Sequence[Question]) -> None:
    articles = {article.id: article for article in ARTICLES}
    with pytest.raises(BadInput, match="question 'q0' quotes article 'bank', which the index lacks"):
        check_articles(questions, {}, Path("set.jsonl"))
    odd = replace(questions[0], gold=(Gold("bank", "Bo Ray runs it."),))
    with pytest.raises(BadInput, match="question 'q0' quotes words that article 'bank' lacks"):
        check_articles([odd], articles, Path("set.jsonl"))


def test_a_questions_key_changes_with_every_word_of_it(questions: Sequence[Question]) -> None:
    first = questions[0]
    assert key_of(first) == key_of(replace(first))
    assert key_of(first) != key_of(replace(first, must=(("bank",),)))
    assert question_dict(first)["gold"][0]["quote"] == "Ann Lee runs the bank."
