"""Whether citations are on the quoted truth, verbatim, rightly attributed, and enough.

"On gold" means that the cited words and the quoted truth share at least half of the shorter one's characters in the
same article. No model judges anything here, but for `support`, which takes the engine's own check at its word and is
named so. Every metric is a pure function from question and answer to a score (top, bottom); see `eval.metrics`.
"""

import re
from collections.abc import Iterator

from eval.questions import Gold, Question
from eval.scores import SILENT, Score, Texts
from eval.wording import holds, normalise, without_markers
from index.sentences import sentence_spans
from index.types import Passage, Span
from rag.types import Answer, Citation, Support, Verdict

_MARKER = re.compile(r"\[(\d+)\]")
_LEADING_MARKERS = re.compile(r"\s*(?:\[\d+\][\s,;]*)+")
_AFTER_MARKER = re.compile(r"(?<=\d\])\s+(?=[\"“‘'(]?[A-Z])")
_QUOTED = re.compile(r"[\"“]([^\"“”]{3,})[\"”]")
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


def citation_precision(question: Question, answer: Answer | None, texts: Texts) -> Score:
    """Share of an answer's citations that are on gold; mean over the answers that cite.

    Any citation of an answer to what cannot be answered is off gold. An accepted `no` without gold (nothing in the
    articles says it) says nothing here.
    """
    if answer is None or not answer.citations or (question.answerable and not question.gold):
        return SILENT
    return sum(on_gold(item, question, texts) for item in answer.citations) / len(answer.citations), 1.0


def citation_recall(question: Question, answer: Answer | None, texts: Texts) -> Score:
    """Share of a question's needs (one for a plain fact, one for each side of a conflict) that a citation is on.

    Over questions with gold quotes; no answer, or a wrong `unknown`, covers nothing.
    """
    rightly_unknown = answer is not None and answer.verdict is Verdict.UNKNOWN and Verdict.UNKNOWN in question.verdict
    if not question.gold or rightly_unknown:
        return SILENT
    return len(needs_met(question, answer, texts)) / len(question.needs), 1.0


def support_precision(question: Question, answer: Answer | None, texts: Texts) -> Score:
    """Share of citations that the engine's own check calls supported.

    ALCE's citation precision (Gao et al. 2023) with our own judge.
    """
    if answer is None or not answer.citations:
        return SILENT
    return sum(item.support is Support.SUPPORTED for item in answer.citations) / len(answer.citations), 1.0


def support_recall(question: Question, answer: Answer | None, texts: Texts) -> Score:
    """Share of an answer's sentences with a citation that the engine's own check calls supported.

    ALCE's citation recall (Gao et al. 2023) with our own judge.
    """
    if answer is None or answer.verdict is Verdict.UNKNOWN:
        return SILENT
    good = {item.n for item in answer.citations if item.support is Support.SUPPORTED}
    stated = [markers for _, markers in statements(answer)]
    return (sum(bool(good & set(markers)) for markers in stated) / len(stated), 1.0) if stated else SILENT


def verbatim(question: Question, answer: Answer | None, texts: Texts) -> Score:
    """Share of all quotes, closest passages included, with text[start:end] == quote in the article as stored."""
    if answer is None:
        return SILENT
    quotes = [*answer.citations, *answer.closest]
    return float(sum(stands_verbatim(item, texts) for item in quotes)), float(len(quotes))


def attribution(question: Question, answer: Answer | None, texts: Texts) -> Score:
    """Of the citations on a gold quote whose speaker is given, the share that names that speaker.

    "Ford" and "Ford Motor Company" are one speaker: one name stands in the other as whole words. The article's own
    voice (the empty gold speaker) wants no speaker.
    """
    judged = [
        same_speaker(item.speaker, gold.speaker)
        for item in (answer.citations if answer else ())
        for gold in question.gold
        if gold.speaker is not None and overlaps(item, gold, texts)
    ]
    return float(sum(judged)), float(len(judged))


def outlet(question: Question, answer: Answer | None, texts: Texts) -> Score:
    """Of the citations that quote gold words, the share that name an article, and so an outlet, which has them.

    It is the words that are looked up here, wherever the citation says that they stand: what one outlet wrote and
    another is given for counts against it.
    """
    judged = [
        any(item.article.id == gold.article for gold in said)
        for item in (answer.citations if answer else ())
        if (said := [gold for gold in question.gold if holds(item.quote, gold.quote) or holds(gold.quote, item.quote)])
    ]
    return float(sum(judged)), float(len(judged))


def stance_right(question: Question, answer: Answer | None, texts: Texts) -> Score:
    """Of the citations on a gold quote whose stance is given, the share that has that stance."""
    judged = [
        item.stance is gold.stance
        for item in (answer.citations if answer else ())
        for gold in question.gold
        if gold.stance is not None and overlaps(item, gold, texts)
    ]
    return float(sum(judged)), float(len(judged))


def grounded(question: Question, answer: Answer | None, texts: Texts) -> Score:
    """Share of an answer's cited sentences whose numbers and quoted words all stand in what they cite.

    That is the quotes, and the titles, names and dates of their articles. Needs no judge, and catches the invention
    that harms most in news; a paraphrase without numbers or quote marks passes.
    """
    if answer is None or answer.verdict is Verdict.UNKNOWN:
        return SILENT
    quotes = {item.n: _known_of(item) for item in answer.citations}
    cited = [(said, markers) for said, markers in sentences_with_markers(answer.text) if markers]
    good = [_stands(said, " ".join(quotes.get(n, "") for n in markers)) for said, markers in cited]
    return (sum(good) / len(good), 1.0) if good else SILENT


def words_per_citation(question: Question, answer: Answer | None, texts: Texts) -> Score:
    """Mean length of a quote in words: long quotes would buy precision on gold cheaply."""
    citations = answer.citations if answer else ()
    return float(sum(len(item.quote.split()) for item in citations)), float(len(citations))


def needs_met(question: Question, answer: Answer | None, texts: Texts) -> list[str]:
    """The needs of the question that some citation is on, in the question's order."""
    citations = answer.citations if answer else ()
    met = {gold.need for gold in question.gold for item in citations if overlaps(item, gold, texts)}
    return [need for need in question.needs if need in met]


def needs_held(question: Question, passage: Passage, texts: Texts) -> set[str]:
    """The needs of which a passage holds at least half of a gold quote."""
    return {
        gold.need
        for gold in question.gold
        if gold.article == passage.article_id
        and any(
            _common(passage.span, span) * 2 >= span[1] - span[0] for span in places(gold.quote, texts[gold.article])
        )
    }


def on_gold(citation: Citation, question: Question, texts: Texts) -> bool:
    """Whether the cited words overlap one of the question's gold quotes enough."""
    return any(overlaps(citation, gold, texts) for gold in question.gold)


def overlaps(citation: Citation, gold: Gold, texts: Texts) -> bool:
    """Whether cited and gold words share at least half of the shorter one's characters in the same article.

    A quote that does not stand where the citation says overlaps nothing.
    """
    if citation.article.id != gold.article or not stands_verbatim(citation, texts):
        return False
    return any(share((citation.start, citation.end), span) >= 0.5 for span in places(gold.quote, texts[gold.article]))


def share(a: Span, b: Span) -> float:
    """The length that two stretches have in common over that of the shorter, 0..1."""
    return _common(a, b) / max(1, min(a[1] - a[0], b[1] - b[0]))


def places(quote: str, text: str) -> Iterator[Span]:
    """Every place where the quote stands in the text."""
    at = text.find(quote)
    while at >= 0:
        yield at, at + len(quote)
        at = text.find(quote, at + 1)


def stands_verbatim(citation: Citation, texts: Texts) -> bool:
    """Whether the quote is what the article's text holds at its offsets; the engine's own word is not asked."""
    text = texts.get(citation.article.id)
    return bool(citation.quote) and text is not None and text[citation.start : citation.end] == citation.quote


def same_speaker(said: str | None, gold: str) -> bool:
    """Whether two names mean one speaker; the empty gold name is the article's own voice."""
    if not gold or not said:
        return not gold and not said
    return holds(said, gold) or holds(gold, said)


def statements(answer: Answer) -> list[tuple[str, list[int]]]:
    """The sentences of an answer that ought to cite something: all but a bare repetition of `short`."""
    short = normalise(answer.short or "")
    return [(said, cited) for said, cited in sentences_with_markers(answer.text) if cited or normalise(said) != short]


def sentences_with_markers(text: str) -> list[tuple[str, list[int]]]:
    """The answer's sentences without markers, each with the numbers it cites; markers after the stop belong to it.

    Sentences of one or two words ("Yes.", "Sources disagree:") state nothing by themselves and are left out.
    """
    parts: list[str] = []
    for part in _sentences(text):
        lead = _LEADING_MARKERS.match(part)
        if lead and parts:
            parts[-1] += lead.group()
            parts.append(part[lead.end() :])
        else:
            parts.append(part)
    pairs = [(without_markers(part).strip(), [int(n) for n in _MARKER.findall(part)]) for part in parts]
    return [(said, markers) for said, markers in pairs if len(re.findall(r"\w+", said)) > 2]


def _common(a: Span, b: Span) -> int:
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def _sentences(text: str) -> Iterator[str]:
    """The sentences of an answer; one also ends where a marker is followed by a new beginning."""
    for stretch in _AFTER_MARKER.split(text):
        yield from (stretch[start:end] for start, end in sentence_spans(stretch))


def _known_of(citation: Citation) -> str:
    article = citation.article
    return "\n".join(part for part in (citation.quote, article.title, article.publisher, article.published) if part)


def _stands(said: str, known: str) -> bool:
    return _numbers(said) <= _numbers(known) and all(holds(known, words) for words in _QUOTED.findall(said))


def _numbers(text: str) -> set[str]:
    return {number.replace(",", "").lstrip("0") for number in _NUMBER.findall(text)}
