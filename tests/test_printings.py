"""A story that several papers print is one source."""

from collections.abc import Callable
from dataclasses import replace

from rag.printings import group_printings
from rag.types import Answer, Citation, Evidence, Stance, Verdict

DENIAL = "Northwind denied the talks."


def printing(made: Evidence, origin: str | None) -> Evidence:
    return replace(made, article=replace(made.article, origin=origin))


def answer_from(*sources: Evidence, cited: int = 0) -> Answer:
    citations = tuple(Citation(n, source) for n, source in enumerate(sources[:cited], start=1))
    return Answer(question="q", text="t", verdict=Verdict.YES, citations=citations, sources=sources)


def test_other_printings_stand_under_the_first(make_evidence: Callable[..., Evidence]) -> None:
    first, again = make_evidence(DENIAL, id="a"), printing(make_evidence(DENIAL, id="b"), "a")
    silent = printing(make_evidence("Other words.", id="c"), "a").article
    (source,) = group_printings(answer_from(again, first), [first.article, again.article, silent]).sources
    assert (source.article.id, source.reprints) == ("a", ("b", "c"))


def test_what_is_cited_stays_a_source(make_evidence: Callable[..., Evidence]) -> None:
    first, again = make_evidence(DENIAL, id="a"), printing(make_evidence(DENIAL, id="b"), "a")
    (source,) = group_printings(answer_from(again, first, cited=1), [first.article, again.article]).sources
    assert (source.article.id, source.reprints) == ("b", ("a",))


def test_what_one_printing_says_besides_stays(make_evidence: Callable[..., Evidence]) -> None:
    first = make_evidence(DENIAL, id="a", stance=Stance.DENIES)
    more = printing(make_evidence("Talks took place, a banker said.", id="b", speaker="a banker"), "a")
    assert len(group_printings(answer_from(first, more), [first.article, more.article]).sources) == 2


def test_without_reprints_nothing_changes(make_evidence: Callable[..., Evidence]) -> None:
    answer = answer_from(make_evidence(DENIAL, id="a"), make_evidence(DENIAL, id="b"))
    assert group_printings(answer, [source.article for source in answer.sources]) is answer
