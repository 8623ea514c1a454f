"""Questions of several parts: "Who was sacked, and did the club say why?" is two, each answered on its own."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from index.types import Span
from rag.asking import AUXILIARIES
from rag.followup import complete
from rag.reader import warnings_for
from rag.subjects import subject_end
from rag.types import Answer, Citation, Evidence, Verdict
from rag.words import split_words

MOST = 3
_OPENS = rf"(?:who|whom|whose|what|when|where|why|how|which|{'|'.join(AUXILIARIES)})"
_BREAK = re.compile(rf"(?:\?\s+(?:and\s+|but\s+)?|,?\s+and\s+|;\s+(?:and\s+)?)(?={_OPENS}\b)", re.IGNORECASE)
_COMMA = re.compile(r",\s+(?=(?:who|what|when|where|why|how|which)\b)", re.IGNORECASE)
_ASKS = re.compile(rf"^{_OPENS}\b", re.IGNORECASE)
_MARKER = re.compile(r"\[(\d+)\]")
_FEWEST = 2
"""Words that make a question: "who left, and when?" is one."""


def split_parts(question: str) -> tuple[str, ...]:
    """The questions that a question is made of, each complete in itself; the one question where it is one."""
    parts = _BREAK.split(question.strip())
    if len(parts) > 1:  # "how many died, how many were hurt, and how many …"
        parts = [piece for part in parts for piece in _COMMA.split(part)]
    parts = [part.strip(" ?,;") for part in parts]
    if not 2 <= len(parts) <= MOST or not all(map(_is_whole, parts)):
        return (question,)
    asked = [f"{part[:1].upper()}{part[1:]}?" for part in parts]
    return (asked[0], *(complete(part, [asked[0]]) for part in asked[1:]))


def _is_whole(part: str) -> bool:
    """Whether a part is a question by itself; "what do they", of "what do they and what do we want", is none."""
    words = split_words(part)
    if not _ASKS.match(part) or len(words) < _FEWEST:
        return False
    did = next((i for i, word in enumerate(words[:4]) if word.lower in {"do", "does", "did"}), None)
    behind = words[did + 1 :] if did is not None else []
    return did is None or not behind or subject_end(behind, words[did].lower) < len(behind)


def in_parts(question: str, parts: Sequence[str], answers: Sequence[Answer]) -> Answer:
    """One answer from those to the parts, in their order; unknown where all are.

    Citations are numbered through; a sentence that several parts cite has one number.
    """
    known = [answer for answer in answers if answer.verdict is not Verdict.UNKNOWN]
    if not known:
        return replace(answers[0], question=question, lean=None, claim=None)
    numbered: dict[tuple[str, Span], Citation] = {}
    lines = []
    for part, answer in zip(parts, answers, strict=True):
        if answer.verdict is Verdict.UNKNOWN:
            lines.append(f"{part} The articles do not say.")
            continue
        places = {citation.n: _place(citation.evidence) for citation in answer.citations}
        for citation in answer.citations:
            numbered.setdefault(places[citation.n], replace(citation, n=len(numbered) + 1))
        lines.append(_renumbered(answer.text, {n: numbered[place].n for n, place in places.items()}))
    citations = tuple(numbered.values())
    sources: dict[tuple[str, Span], Evidence] = {}
    for source in (source for answer in known for source in answer.sources):
        sources.setdefault(_place(source), source)
    shorts = [answer.short or str(answer.verdict) for answer in known]
    return Answer(
        question=question,
        text="\n\n".join(lines),
        verdict=Verdict.ANSWERED,
        short="; ".join(shorts),
        confidence=min(answer.confidence for answer in known),
        citations=citations,
        sources=tuple(sources.values()),
        warnings=tuple(dict.fromkeys([*(w for a in known for w in a.warnings), *warnings_for(citations)])),
    )


def _renumbered(text: str, numbers: Mapping[int, int]) -> str:
    return _MARKER.sub(lambda found: f"[{numbers.get(int(found[1]), int(found[1]))}]", text)


def _place(evidence: Evidence) -> tuple[str, Span]:
    return evidence.article.id, evidence.span
