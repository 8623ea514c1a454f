"""Answers to questions over several articles: each clause on its own, then what the question makes of them together."""

from collections.abc import Sequence

from index.types import Entry, Span
from rag.bearing import Borne, Search, StanceReader, bear, relevance_of, stances
from rag.clauses import Clauses, Relation
from rag.compose import write
from rag.decision import Decision
from rag.descriptions import description_in
from rag.in_common import decide_who
from rag.pool import Encode, Found, evidence_of
from rag.quantities import Measure, Quantity, alike
from rag.reader import warnings_for
from rag.reading import PassageReader
from rag.reported import reported_in
from rag.types import Answer, Citation, Evidence, Stance, Support, Verdict

CLASHES = 0.7
"""Least probability that one of two statements refutes the other from which they cannot both be so."""
SIDES = 0.5
"""Least probability from which a statement is on one side of what both are asked about."""
THE_SAME = 0.7
"""Least probability that one of two statements supports the other from which they say the same."""


def cut_up(question: str, entries: Sequence[Entry]) -> Clauses | None:
    """The clauses of a question over several articles; None for every other question."""
    return reported_in(question, entries) or description_in(question, entries)


def answer_several(
    question: str,
    asked: Clauses,
    search: Search,
    encode: Encode,
    judge: StanceReader | None = None,
    head: PassageReader | None = None,
) -> Answer:
    """The answer to a question whose clauses are `asked`, with a citation for each clause that is borne out."""
    if asked.absent:
        return _unknown(question, asked, [], f"There is no article from {_listed(asked.absent, 'or')} here.")
    if asked.relation is Relation.WHO:
        decision, borne = decide_who(asked, search, encode, head)
        if decision is None:
            return _unknown(question, asked, borne, "No one name there fits enough of what is asked.")
        return _answer(question, asked, decision)
    borne = bear(asked.clauses, search, encode, judge, asked.aspect)
    missing = [item for item in borne if not item.found]
    if missing:
        return _unknown(question, asked, borne, f"There is no article from {_outlet(missing[0])} for this here.")
    unsaid = next((item for item in borne if not item.is_near), None)
    if unsaid is not None:
        return _unknown(question, asked, borne, f"Nothing found from {_outlet(unsaid)} bears on it.")
    decision = _decide(asked, borne, judge)
    return _answer(question, asked, decision) if decision else _unknown(question, asked, borne)


def _decide(asked: Clauses, borne: Sequence[Borne], judge: StanceReader | None) -> Decision | None:
    if asked.relation in (Relation.BEFORE, Relation.AFTER):
        return _in_order(asked.relation, borne)
    if asked.relation in (Relation.MORE, Relation.LESS):
        return _by_amount(asked.relation, borne)
    stated = not any(item.clause.is_subject for item in borne)
    if asked.relation is Relation.ALL or (asked.relation is Relation.AGREE and stated):
        return _all_hold(borne)
    return _told_alike(asked, borne, judge)


def _all_hold(borne: Sequence[Borne]) -> Decision:
    """Yes when every clause is borne out, no when one is not though its outlet speaks of it."""
    ordered = sorted(borne, key=_holds)
    failing = [item for item in ordered if not item.holds]
    sure = round(min(0.9, 0.4 + 0.4 * min(item.relevance for item in borne)), 3)
    if not failing:
        return Decision(Verdict.YES, "yes", 0.85, sure, _cited(borne, Stance.ASSERTS))
    backing = _once([evidence_of(item.found[0], _stance_of(item), weight=item.relevance) for item in ordered])
    places = {(evidence.article.id, evidence.span): n for n, evidence in enumerate(backing, start=1)}
    notes = [_not_said(item, places[_place(item)]) for item in failing]
    return Decision(Verdict.NO, "no", 0.2, sure, backing, note=" ".join(dict.fromkeys(notes)))


def _place(item: Borne) -> tuple[str, Span]:
    return item.found[0].statement.article.id, item.found[0].statement.span


def _holds(item: Borne) -> bool:
    return item.holds


def _stance_of(item: Borne) -> Stance:
    if item.holds:
        return Stance.ASSERTS
    return Stance.DENIES if item.refutes >= 0.5 else Stance.NEUTRAL


def _not_said(item: Borne, n: int) -> str:
    words = item.clause.text.strip("“”\"'‘’ ")
    if _stance_of(item) is Stance.DENIES:
        return f"{_outlet(item)} speaks against “{words}” [{n}]."
    return f"Nothing found from {_outlet(item)} {'speaks of' if item.clause.is_subject else 'bears out'} “{words}”."


def _told_alike(asked: Clauses, borne: Sequence[Borne], judge: StanceReader | None) -> Decision:
    """Whether what is told agrees, clashes, changes or stays the same from the first clause to the others."""
    relation, first, others = asked.relation, borne[0], borne[1:]
    pairs = [(first.found[0].statement.text, item.found[0]) for item in others]
    weighed = stances(pairs, judge)
    clash = any(refutes >= CLASHES for _, refutes in weighed) or _on_two_sides(borne)
    same = all(supports >= THE_SAME for supports, _ in weighed) or _one_statement(borne)
    yes = {
        Relation.AGREE: not clash,
        Relation.CLASH: clash,
        Relation.CHANGE: not same,
        Relation.SAME: same,
    }[relation]
    if relation in (Relation.AGREE, Relation.CLASH):
        note = "One of these speaks against the other." if clash else "Neither of these speaks against the other."
    else:
        note = "They say the same." if same else "They do not say the same."
    backing = _cited(borne, Stance.ASSERTS if yes else Stance.DENIES)
    if asked.options:
        short = asked.options[1 if clash else 0]
        return Decision(Verdict.ANSWERED, short, None, 0.55, backing, note=note)
    verdict = Verdict.YES if yes else Verdict.NO
    return Decision(verdict, str(verdict), 0.75 if yes else 0.25, 0.55, backing, note=note)


def _on_two_sides(borne: Sequence[Borne]) -> bool:
    """Whether one statement bears out the words that all clauses share, and another speaks against them."""
    shared = len({item.clause.text for item in borne}) == 1
    return shared and any(s.supports >= SIDES for s in borne) and any(s.refutes >= SIDES for s in borne)


def _one_statement(borne: Sequence[Borne]) -> bool:
    return len({item.found[0].statement.text for item in borne}) == 1


def _in_order(relation: Relation, borne: Sequence[Borne]) -> Decision | None:
    """Whether the first article is older than the second, or newer; None where a date is missing or both are equal."""
    days = [(item.found[0].statement.article.published or "")[:10] for item in borne[:2]]
    if not all(len(day) == 10 for day in days) or days[0] == days[1]:
        return None
    yes = (days[0] < days[1]) is (relation is Relation.BEFORE)
    backing = _cited(borne[:2], Stance.ASSERTS if yes else Stance.DENIES)
    verdict = Verdict.YES if yes else Verdict.NO
    return Decision(verdict, str(verdict), 0.85 if yes else 0.15, 0.7, backing)


def _by_amount(relation: Relation, borne: Sequence[Borne]) -> Decision | None:
    """Which of two statements gives the larger amount; None where they give none of one kind."""
    pair = next(((a, b) for a in _amounts(borne[0]) for b in _amounts(borne[1]) if _comparable(a[1], b[1])), None)
    if pair is None:
        return None
    (first, amount), (second, other) = pair
    yes = amount.value > other.value if relation is Relation.MORE else amount.value < other.value
    stance = Stance.ASSERTS if yes else Stance.DENIES
    backing = tuple(evidence_of(found, stance, weight=relevance_of(found)) for found in (first, second))
    verdict = Verdict.YES if yes else Verdict.NO
    note = f"{amount.text} stands against {other.text}."
    return Decision(verdict, str(verdict), 0.85 if yes else 0.15, 0.65, _once(backing), note=note)


def _amounts(item: Borne) -> list[tuple[Found, Quantity]]:
    return [(found, quantity) for found in item.found for quantity in found.statement.sentence.quantities]


def _comparable(a: Quantity, b: Quantity) -> bool:
    return alike(a, b) and a.measure is not Measure.DATE


def _cited(borne: Sequence[Borne], stance: Stance) -> tuple[Evidence, ...]:
    return _once(tuple(evidence_of(item.found[0], stance, weight=item.relevance) for item in borne if item.found))


def _once(evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    return tuple({(item.article.id, item.span): item for item in evidence}.values())


def _answer(question: str, asked: Clauses, decision: Decision) -> Answer:
    text, citations = write(decision, [None] * len(decision.backing))
    claim = "; ".join(dict.fromkeys(clause.text for clause in asked.clauses)) if decision.lean is not None else None
    return Answer(
        question, text, decision.verdict, decision.short, decision.lean, decision.confidence, claim,
        citations=citations, sources=decision.backing, warnings=warnings_for(citations),
    )  # fmt: skip


def _unknown(question: str, asked: Clauses, borne: Sequence[Borne], why: str = "") -> Answer:
    near = _cited([item for item in borne if item.is_near], Stance.NEUTRAL)
    return Answer(
        question,
        f"The articles do not say. {why}".strip(),
        Verdict.UNKNOWN,
        lean=None if asked.relation is Relation.WHO else 0.5,
        confidence=0.7,
        closest=tuple(Citation(n, item, support=Support.UNJUDGED) for n, item in enumerate(near, start=1)),
    )


def _outlet(item: Borne) -> str:
    return _listed(item.clause.publishers, "or") if item.clause.publishers else "any outlet"


def _listed(names: Sequence[str], joint: str) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {joint} {names[-1]}"
