"""The editor's rubric, as far as rules can decide it, and a sheet for people where they cannot.

After the five criteria of the EBU/BBC study "News Integrity in AI Assistants" (2025): accuracy, sourcing, opinion kept
from fact, no editorialising, context. Accuracy is `eval.answering`; the rest is here. A rule can show that a marker, a
speaker, a reserve or a date is there, not that the whole is fair: for that, `write_sheet` gives people the answers.
"""

import csv
import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from eval.citing import sentences_with_markers, stands_verbatim, statements
from eval.questions import Question
from eval.scores import SILENT, Score, Texts
from eval.wording import holds, holds_any
from index.types import Nature
from rag.types import Answer, Citation, Stance, Verdict

if TYPE_CHECKING:
    from eval.results import Result

CRITERIA = {
    "accuracy": "Is everything that it says right, and the quotes as the articles have them?",
    "sourcing": "Does each statement name a source that says it?",
    "opinion and fact": "Are opinions, claims and forecasts kept apart from facts, with whose they are?",
    "no editorialising": "Is it free of judgement and colour that no source gave?",
    "context": "Is it clear when, and is what a reader needs to judge it there?",
}
"""What people are asked, each to be answered with 0 (significant issue), 1 (some issue) or 2 (none)."""

_HEDGES = (
    "reportedly allegedly apparently purportedly may might could would possibly potentially perhaps likely suggest"
    " suggests suggested suggesting claim claims claimed claiming rumour rumoured rumor rumored explore exploring"
    " explores plan plans planned expected unverified said says according"
).split()
_COLOUR = (
    "amazing astonishing bizarre brilliant bold clearly controversially crucially damning desperate devastating"
    " disastrous disappointing embarrassing exciting extraordinary fascinating fortunately historic importantly"
    " impressive incredible inevitably interestingly ironically notably obviously outrageous predictably remarkable"
    " ridiculous sadly scandalous shameful shocking staggering striking stunning surprisingly tellingly tragic"
    " troubling undoubtedly unfortunately unsurprisingly worrying"
).split()
_QUOTE = re.compile(r"[\"“][^\"“”]*[\"”]")


def sourced(question: Question, answer: Answer | None, texts: Texts) -> Score:
    """Share of an answer's sentences that cite a quote which stands in its article; a bare short answer needs none."""
    if answer is None or answer.verdict is Verdict.UNKNOWN:
        return SILENT
    real = {item.n for item in answer.citations if stands_verbatim(item, texts)}
    stated = [markers for _, markers in statements(answer)]
    return (sum(bool(real & set(markers)) for markers in stated) / len(stated), 1.0) if stated else SILENT


def attributed(question: Question, answer: Answer | None, texts: Texts) -> Score:
    """Of the citations in which somebody speaks, the share whose speaker is named where they are cited."""
    told = [(item, said) for item, said in _told(answer) if item.speaker]
    return float(sum(holds(said, item.speaker or "") for item, said in told)), float(len(told))


def reserved(question: Question, answer: Answer | None, texts: Texts) -> Score:
    """Of the citations said with reserve, the share told with reserve: a word of doubt, or the source's own words."""
    told = [(item, said) for item, said in _told(answer) if item.hedged]
    return float(sum(holds_any(said, _HEDGES) for _, said in told)), float(len(told))


def marked(question: Question, answer: Answer | None, texts: Texts) -> Score:
    """Of the answers that cite AI-generated or paid content, the share with a warning that names the kind."""
    kinds = {item.article.nature for item in answer.citations} & {Nature.AI, Nature.SPONSORED} if answer else set()
    if answer is None or not kinds:
        return SILENT
    return float(all(any(str(kind) in warning for warning in answer.warnings) for kind in kinds)), 1.0


def plain(question: Question, answer: Answer | None, texts: Texts) -> Score:
    """Share of an answer's sentences free of judging words outside quote marks; the words are from a list."""
    if answer is None or answer.verdict is Verdict.UNKNOWN:
        return SILENT
    stated = [said for said, _ in sentences_with_markers(answer.text)]
    free = [not holds_any(_QUOTE.sub(" ", said), _COLOUR) for said in stated]
    return (sum(free) / len(free), 1.0) if free else SILENT


def dated(question: Question, answer: Answer | None, texts: Texts) -> Score:
    """Of the citations of a dated article, the share told with its year, or together with one that is."""
    told = [(item, said) for item, said in _told(answer) if item.article.published]
    return float(sum((item.article.published or "")[:4] in said for item, said in told)), float(len(told))


def both_sides(question: Question, answer: Answer | None, texts: Texts) -> Score:
    """Of the answers that call a claim disputed, the share that cites one who asserts and one who denies it."""
    if answer is None or answer.verdict is not Verdict.DISPUTED:
        return SILENT
    return float({Stance.ASSERTS, Stance.DENIES} <= {item.stance for item in answer.citations}), 1.0


def write_sheet(results: Iterable["Result"], path: Path) -> int:
    """How many answers were written to a CSV for people to judge, with an empty column for each criterion."""
    shown = [result.detail for result in results if result.detail and result.detail["answer"]]
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["id", "question", "answer", "sources", *CRITERIA, "remarks"])
        rows.writerow(["", "0 significant issue, 1 some issue, 2 none", "", "", *CRITERIA.values(), ""])
        for detail in shown:
            answer = detail["answer"]
            sources = "\n".join(
                f"[{item['n']}] {_named(item['article'])}: {item['quote']}" for item in answer["citations"]
            )
            asked = " / ".join([*detail["question"]["history"], detail["question"]["question"]])
            cells = [detail["question"]["id"], asked, answer["text"], sources]
            rows.writerow([*map(_harmless, cells), *[""] * len(CRITERIA), ""])
    return len(shown)


def _told(answer: Answer | None) -> list[tuple[Citation, str]]:
    """Each citation of an answer given, with the sentences that cite it."""
    if answer is None or answer.verdict is Verdict.UNKNOWN:
        return []
    pairs = sentences_with_markers(answer.text)
    told = [(item, " ".join(said for said, markers in pairs if item.n in markers)) for item in answer.citations]
    return [(item, said) for item, said in told if said]


def _named(article: dict[str, str | None]) -> str:
    return ", ".join(part for part in (article["publisher"] or article["title"], article["published"]) if part)


def _harmless(text: str) -> str:
    """The text so that no spreadsheet takes it for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


__all__ = [
    "CRITERIA",
    "attributed",
    "both_sides",
    "dated",
    "marked",
    "plain",
    "reserved",
    "sourced",
    "write_sheet",
]
