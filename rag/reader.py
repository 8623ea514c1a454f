"""The embedded reader: from a question and the passages found to a cited answer, without a language model."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from index.types import Entry, Hit, Nature
from rag.asking import Kind
from rag.attribution import Attribution, attributions
from rag.bearing import StanceReader
from rag.compare import comparison_in, decide_choice, decide_comparison
from rag.compose import tell, write, write_unknown
from rag.decide import decide
from rag.decision import Decision
from rag.pool import Encode, Pool, evidence_of, fill_pool
from rag.reading import PassageReader, read_passages
from rag.settling import decide_open, is_open
from rag.statements import read_sentence
from rag.types import Answer, Citation, Evidence, Support, Verdict
from rag.understand import Question

CLOSEST = 3
"""How many near passages an unknown answer offers."""


class Reader(Protocol):
    """Reads found passages for the answer to a question."""

    def read(self, question: Question, hits: Sequence[Hit], encode: Encode, among: int = 0) -> Answer:
        """The answer, `hits` being found among so many articles; generation and seconds are filled in by the engine."""


@dataclass(frozen=True, slots=True)
class EmbeddedReader:
    """Reads by rules of English and one encoder, and by a trained reading head where there is one.

    `stance` is for questions over several articles (`rag.several`), and for yes/no questions that the rules leave open.
    """

    head: PassageReader | None = None
    stance: StanceReader | None = None

    def read(self, question: Question, hits: Sequence[Hit], encode: Encode, among: int = 0) -> Answer:
        """The answer to `question` from the passages found, decided and cited sentence by sentence."""
        pool = replace(fill_pool(question, hits, encode), among=among)
        if self.head is not None and not question.is_yes_no:
            pool = read_passages(self.head, pool)
        comparison = comparison_in(question)
        decision = None
        if comparison is not None:
            decision = decide_comparison(comparison, hits, encode)
        elif " or " in question.text and question.kind in (Kind.COMPARE, Kind.YES_NO):
            decision = decide_choice(question, hits, encode)
        decision = decision or decide(pool)
        if self.stance is not None and decision.verdict is Verdict.UNKNOWN and is_open(question):
            decision = decide_open(pool, self.stance, decision)
        return answer_of(pool, decision)


def answer_of(pool: Pool, decision: Decision) -> Answer:
    """The answer that a decision is, written and cited."""
    question = pool.question
    if decision.verdict is Verdict.UNKNOWN:
        closest = _closest(pool)
        return Answer(
            question=question.text,
            text=write_unknown(decision),
            verdict=Verdict.UNKNOWN,
            lean=decision.lean,
            confidence=decision.confidence,
            claim=question.claim,
            sources=_sources(decision.others),
            closest=closest,
        )
    said = [_act_of(pool, evidence) for evidence in decision.backing]
    text, citations = write(decision, said)
    return Answer(
        question=question.text,
        text=text,
        verdict=decision.verdict,
        short=decision.short,
        lean=decision.lean,
        confidence=decision.confidence,
        claim=question.claim,
        citations=citations,
        sources=_sources((*decision.backing, *decision.others)),
        warnings=warnings_for(citations),
    )


def joined(answers: Sequence[Answer]) -> Answer:
    """One answer to a yes/no question asked of several articles: yes when each of them gives a yes."""
    no = next((a for a in answers if a.verdict is not Verdict.YES), None)
    if no is not None:
        return no
    evidence = [c.evidence for a in answers for c in a.citations[:1]]
    citations = tuple(Citation(n, e) for n, e in enumerate(evidence, start=1))
    lines = [tell(c.evidence, None, c.n) for c in citations]
    first = answers[0]
    return replace(
        first,
        text=" ".join(["Yes.", *lines]),
        confidence=min(a.confidence for a in answers),
        citations=citations,
        sources=tuple(evidence),
        warnings=warnings_for(citations),
    )


def side_by_side(answers: Sequence[Answer], question: Question) -> Answer:
    """One answer that gives the two strongest statements of each of several answers, in their order."""
    evidence = [c.evidence for a in answers for c in a.citations[:2]]
    if len(answers) < 2:
        return Answer(question.text, "The articles do not say.", Verdict.UNKNOWN, confidence=0.5)
    citations = tuple(Citation(n, e) for n, e in enumerate(evidence, start=1))
    lines = [tell(c.evidence, None, c.n) for c in citations]
    return Answer(
        question.text, " ".join(lines), Verdict.ANSWERED, None, None, 0.6,
        citations=citations, sources=tuple(evidence), warnings=warnings_for(citations),
    )  # fmt: skip


def warnings_for(citations: Sequence[Citation]) -> tuple[str, ...]:
    """What a reader must know of the articles cited: that one says it was made by AI, or paid for."""
    marked: dict[str, Entry] = {}
    for citation in citations:
        if citation.article.nature in (Nature.AI, Nature.SPONSORED):
            marked.setdefault(citation.article.id, citation.article)
    return tuple(f"“{entry.title}” is marked as {entry.nature} content." for entry in marked.values())


def _act_of(pool: Pool, evidence: Evidence) -> Attribution | None:
    if evidence.speaker is None:
        return None
    found = next((f for f in pool.found if f.statement.text == evidence.quote), None)
    before = found.statement.before if found else ()
    acts = [
        a for a in attributions(read_sentence(evidence.quote), before, pool.vocabulary) if a.speaker == evidence.speaker
    ]
    if not acts:
        return None
    # what says most of the question's words is told, and of such the act whose words are quoted: "calling it
    # 'completely false'" before "rejected the claim"
    places = found.match.places if found else ()
    asked = [p for t, p in zip(pool.terms, places, strict=True) if p is not None and not t.is_name] if found else []

    def says(act: Attribution) -> tuple[int, bool]:
        start, end = act.complement
        words = sum(1 for place in asked if start <= place.start < end)
        return words, bool(set('“"') & set(evidence.quote[start:end]))

    return max(acts, key=says)


def _sources(evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """One evidence for each article and speaker, the strongest first within what is given."""
    chosen: dict[tuple[str, str | None], Evidence] = {}
    for item in evidence:
        chosen.setdefault((item.article.id, item.speaker), item)
    return tuple(chosen.values())


def _closest(pool: Pool) -> tuple[Citation, ...]:
    seen: set[str] = set()
    chosen: list[Citation] = []
    for found in pool.found:
        if found.statement.article.id in seen or len(chosen) == CLOSEST or found.score < 0.2:
            continue
        seen.add(found.statement.article.id)
        chosen.append(Citation(len(chosen) + 1, evidence_of(found), support=Support.UNJUDGED))
    return tuple(chosen)
