"""The words of a statement that answer a question: candidates for the short answer, best first."""

import re
from collections.abc import Iterator, Sequence

from rag.acts import same_act, speaks
from rag.asking import Kind, Wanted
from rag.attribution import attributions, inner_quotes
from rag.candidate import Candidate, nearness
from rag.lexicon import DENIAL_VERBS, FUNCTION_WORDS
from rag.matching import RELATED, SYNONYM, Match, Term, similarity
from rag.naming import descriptions, expansions, names_asked
from rag.quantities import ANY_UNIT, Measure, Quantity, same_value
from rag.statements import Statement, Vocabulary
from rag.stretches import reasons, stretches
from rag.understand import Question
from rag.words import Word, split_words


def candidates(
    statement: Statement, match: Match, question: Question, terms: Sequence[Term], vocabulary: Vocabulary
) -> list[Candidate]:
    """What in `statement` could answer `question`, best first; empty when nothing of the kind wanted stands in it."""
    met = [(p, term) for p, term in zip(match.places, terms, strict=True) if p is not None]
    places = (
        [p for p, term in met if not term.is_name and term.weight >= 0.38]
        or [p for p, term in met if not term.is_name]
        or [p for p, _ in met]
    )
    if (
        question.act is not None
        and question.act.agent
        and question.wanted is Wanted.TEXT
        and question.kind is Kind.WHAT
    ):
        found = list(_spoken(statement, question, terms, vocabulary))
        if found:
            return _best_first(found)
    if question.act is not None and question.wanted in (Wanted.NAME, Wanted.WORDS):
        found = list(_spoken(statement, question, terms, vocabulary))
        if (
            found
            or question.wanted is Wanted.WORDS
            or question.act.denies
            or _said_by_the_named(statement, question, terms, vocabulary)
        ):
            return _best_first(found)
    if question.wanted is Wanted.EXPANSION:
        return _best_first(list(expansions(statement, terms)))
    if question.wanted is Wanted.DESCRIPTION:
        return _best_first(list(descriptions(statement, terms, vocabulary)))
    if question.wanted is Wanted.QUANTITY:
        found = list(_quantities(statement, question, terms, places))
    elif question.wanted is Wanted.DATE:
        found = list(_dates(statement, terms, places))
    elif question.wanted in (Wanted.NAME, Wanted.PLACE):
        found = list(names_asked(statement, question, terms, places, vocabulary))
    elif question.wanted is Wanted.REASON:
        found = list(reasons(statement, places))
    else:
        found = list(stretches(statement, places, question))
    return _best_first(found)


def _best_first(found: Sequence[Candidate]) -> list[Candidate]:
    return sorted(found, key=lambda candidate: (-candidate.fit, candidate.span))


def _quantities(
    statement: Statement, question: Question, terms: Sequence[Term], places: Sequence[Word]
) -> Iterator[Candidate]:
    asked = [term.quantity for term in terms if term.quantity is not None]
    for quantity in statement.sentence.quantities:
        bare = _bare_millions(quantity) and Measure.MONEY in question.measures
        if (quantity.measure not in question.measures and not bare) or any(same_value(q, quantity) for q in asked):
            continue
        fit = 0.45 + 0.55 * nearness(quantity.span, places, statement.text)
        if bare or (quantity.measure is Measure.DURATION and Measure.AGE in question.measures):
            fit *= 0.8
        if quantity.measure is Measure.AGE and Measure.AGE in question.measures:
            fit = max(fit, 0.85)
        if question.unit:
            unit = _unit_fit(question.unit, quantity, statement)
            if unit == 0.0 and quantity.measure is not Measure.COUNT:
                continue
            fit *= 0.35 + 0.65 * unit
        span = quantity.span
        counted = (
            re.match(r"\s?[\s-]" + re.escape(quantity.unit), statement.text[span[1] :], re.IGNORECASE)
            if quantity.unit
            else None
        )
        if quantity.measure is Measure.COUNT and not question.unit and counted:
            span = (span[0], span[1] + counted.end())  # "how much land": the number alone says nothing
        yield Candidate(statement.text[span[0] : span[1]], span, fit)


def _bare_millions(quantity: Quantity) -> bool:
    """Whether it is a sum whose currency goes without saying ("at a cost of 640 million")."""
    return (
        quantity.measure is Measure.COUNT
        and quantity.value >= 1e6
        and (not quantity.unit or quantity.unit in FUNCTION_WORDS)
    )


def _unit_fit(unit: str, quantity: Quantity, statement: Statement) -> float:
    after = [w for w in statement.words if w.start >= quantity.span[0]][:5]
    if quantity.unit in ANY_UNIT:
        return SYNONYM
    return max((similarity(unit, w.stem) for w in after if w.is_content), default=0.0)


def _dates(statement: Statement, terms: Sequence[Term], places: Sequence[Word]) -> Iterator[Candidate]:
    asked = [term.quantity for term in terms if term.quantity is not None]
    for quantity in statement.sentence.quantities:
        if quantity.measure is not Measure.DATE or any(same_value(q, quantity) for q in asked):
            continue
        known = 1.0 if quantity.value else 0.85
        yield Candidate(
            quantity.text, quantity.span, known * (0.4 + 0.6 * nearness(quantity.span, places, statement.text))
        )


def _said_by_the_named(statement: Statement, question: Question, terms: Sequence[Term], vocabulary: Vocabulary) -> bool:
    """Whether somebody the question names already does the asked act here, so that no other name is its answer."""
    act = question.act
    asked = {t.stem for t in terms}
    return act is not None and any(
        same_act(said.verb, act.verb) and {w.stem for w in split_words(said.speaker) if w.is_content} <= asked
        for said in attributions(statement.sentence, statement.before, vocabulary)
    )


def _spoken(
    statement: Statement, question: Question, terms: Sequence[Term], vocabulary: Vocabulary
) -> Iterator[Candidate]:
    act = question.act
    if act is None:
        return
    for said in attributions(statement.sentence, statement.before, vocabulary):
        alike = 1.0 if same_act(said.verb, act.verb) else 0.6
        text = statement.text
        if question.wanted is Wanted.NAME and said.verb in DENIAL_VERBS and not act.denies:
            continue  # who rejected the claim did not make it
        if question.wanted is Wanted.NAME:
            if {w.stem for w in split_words(said.speaker) if w.is_content} <= {t.stem for t in terms}:
                continue  # the question names this speaker and asks for another
            inside = [w for w in statement.words if said.complement[0] <= w.start < said.complement[1]]
            hits = sum(
                1 for t in terms if t.weight > 0.4 and any(similarity(t.stem, w.stem) >= RELATED for w in inside)
            )
            if hits or same_act(said.verb, act.verb):
                at = text.find(said.speaker)
                span = (at, at + len(said.speaker)) if at >= 0 else (0, 0)
                yield Candidate(said.speaker, span, min(1.0, alike * (0.6 + 0.2 * hits)))
        elif speaks(act.agent, said.speaker, vocabulary, said.subject):
            words = text[said.complement[0] : said.complement[1]]
            quoted = inner_quotes(words)
            # a denial is worded in what is quoted of it, whatever verb brings the quotation in
            alike = 1.0 if quoted and act.verb in _WORDED else alike
            short = quoted[0] if quoted and (act.verb in _WORDED or question.wanted is Wanted.WORDS) else words
            at = text.find(short)
            if len(short) > 2:
                yield Candidate(short, (at, at + len(short)), alike * (1.0 if quoted else 0.8))


_WORDED = frozenset(["deny", "reject", "dismiss", "call", "describe", "label", "respond", "reply", "react", "use"])
