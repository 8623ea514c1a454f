"""The editor's rubric where rules decide it, and the sheet where people do."""

import csv
from pathlib import Path

import pytest

from eval import rubric
from eval.questions import Kind, Part, Question
from eval.results import Result
from eval.scores import SILENT
from index.types import Entry, Nature
from rag.types import Answer, Citation, Evidence, Stance, Verdict

QUOTE = "Northwind said it could close the harbour."
TEXTS = {"a1": QUOTE}
ASKED = Question(id="q", question="?", kind=Kind.FACT, fact="f", part=Part.TUNING, verdict=(Verdict.YES,))


def cite(
    n: int = 1,
    speaker: str | None = None,
    stance: Stance = Stance.ASSERTS,
    hedged: bool = False,
    nature: Nature | None = None,
    quote: str = QUOTE,
) -> Citation:
    entry = Entry(id="a1", title="", publisher="Ledger", author=None, published="2025-03-04", url=None, nature=nature)
    return Citation(n, Evidence(entry, quote, (0, len(quote)), quote, (0, len(quote)), speaker, stance, hedged))


def answer(text: str, *citations: Citation, verdict: Verdict = Verdict.YES, **more: tuple[str, ...]) -> Answer:
    return Answer("?", text, verdict, "two", citations=citations, warnings=more.get("warnings", ()))


def test_a_sentence_without_a_marker_has_no_source() -> None:
    said = answer("Yes. The harbour may close, Ledger wrote [1]. Nobody will work there again.", cite())
    assert rubric.sourced(ASKED, said, TEXTS) == (0.5, 1)


def test_a_marker_on_words_that_do_not_stand_there_is_no_source() -> None:
    said = answer("The harbour may close [1].", cite(quote="Northwind will close it."))
    assert rubric.sourced(ASKED, said, TEXTS) == (0, 1)


def test_a_speaker_must_be_named_where_it_is_cited() -> None:
    named = answer("Northwind said it could close [1].", cite(speaker="Northwind"))
    unnamed = answer("The harbour could be closed [1].", cite(speaker="Northwind"))
    assert rubric.attributed(ASKED, named, TEXTS) == (1, 1)
    assert rubric.attributed(ASKED, unnamed, TEXTS) == (0, 1)
    assert rubric.attributed(ASKED, answer("It closes in May [1].", cite()), TEXTS) == SILENT


def test_reserve_must_be_kept() -> None:
    assert rubric.reserved(ASKED, answer("The harbour could close [1].", cite(hedged=True)), TEXTS) == (1, 1)
    assert rubric.reserved(ASKED, answer("The harbour closes soon [1].", cite(hedged=True)), TEXTS) == (0, 1)


@pytest.mark.parametrize(
    ("nature", "warnings", "score"),
    [
        (Nature.AI, ("“X” is marked as AI-generated content.",), (1, 1)),
        (Nature.AI, (), (0, 1)),
        (Nature.SPONSORED, ("“X” is marked as AI-generated content.",), (0, 1)),
        (Nature.NEWS, (), SILENT),
    ],
)
def test_ai_and_paid_content_must_be_marked(nature: Nature, warnings: tuple[str, ...], score: tuple[int, int]) -> None:
    assert rubric.marked(ASKED, answer("It may close [1].", cite(nature=nature), warnings=warnings), TEXTS) == score


def test_a_judging_word_counts_outside_quote_marks_alone() -> None:
    assert rubric.plain(ASKED, answer("The shocking plan is on record [1].", cite()), TEXTS) == (0, 1)
    assert rubric.plain(ASKED, answer("Northwind called it “a shocking plan” [1].", cite()), TEXTS) == (1, 1)


def test_a_dated_article_is_cited_with_its_year() -> None:
    assert rubric.dated(ASKED, answer("It may close, Ledger wrote (4 March 2025) [1].", cite()), TEXTS) == (1, 1)
    assert rubric.dated(ASKED, answer("It may close, Ledger wrote [1].", cite()), TEXTS) == (0, 1)


def test_a_dispute_wants_both_sides() -> None:
    one = answer("Sources disagree [1].", cite(), verdict=Verdict.DISPUTED)
    both = answer("Sources disagree [1][2].", cite(), cite(2, stance=Stance.DENIES), verdict=Verdict.DISPUTED)
    assert rubric.both_sides(ASKED, one, TEXTS) == (0, 1)
    assert rubric.both_sides(ASKED, both, TEXTS) == (1, 1)
    assert rubric.both_sides(ASKED, answer("Yes [1].", cite()), TEXTS) == SILENT


def test_the_sheet_asks_people_and_runs_no_formula(tmp_path: Path) -> None:
    said = answer('=HYPERLINK("https://example.org")', cite()).to_dict()
    detail: dict[str, object] = {"question": {"id": "q1", "question": "Why?", "history": []}, "answer": said}
    shown = result(detail)
    assert rubric.write_sheet([shown, result(None)], tmp_path / "rubric.csv") == 1
    with (tmp_path / "rubric.csv").open(encoding="utf-8", newline="") as file:
        head, scale, row = csv.reader(file)
    assert head == ["id", "question", "answer", "sources", *rubric.CRITERIA, "remarks"]
    assert scale[1].startswith("0 significant issue")
    assert row[:3] == ["q1", "Why?", '\'=HYPERLINK("https://example.org")']
    assert row[3] == f"[1] Ledger, 2025-03-04: {QUOTE}"


def result(detail: dict[str, object] | None) -> Result:
    return Result(
        key="k",
        part=Part.TUNING,
        kind=Kind.FACT,
        group="g",
        gold=Verdict.YES,
        verdict=Verdict.YES,
        right=True,
        confidence=1.0,
        lean=None,
        truth=None,
        scores={},
        seconds=0.0,
        detail=detail,
    )
