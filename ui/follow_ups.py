"""What can be asked next: questions from an answer's own evidence, each tried, so that the articles answer it."""

import re
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, islice

from index import Filters
from rag.names import find_names
from rag.types import Answer, Citation, Evidence, Stance, Verdict
from rag.words import content_words, stems
from ui.desk import Asks
from ui.drawn import PRONOUN, drawn_from, names_in, said_in
from ui.plain import one_line

OFFERED = 3
_TRIED = 8
"""Questions tried for one answer, at most."""
_SECONDS = 2.5
"""How long trying may take; what was found by then is offered."""
_SURE = 0.45
"""The least confidence of an answer that a question is offered for."""


def follow_ups(
    answer: Answer,
    engine: Asks,
    asked: Sequence[str],
    filters: Filters | None = None,
    go_on: Callable[[], bool] = lambda: True,
) -> tuple[str, ...]:
    """At most three questions that `engine` answers, each with words not quoted yet and unlike any of `asked`.

    Before each is tried `go_on` says whether there is still time for it.
    """
    known = [_key(question) for question in asked]
    quoted = {_place(citation) for citation in answer.citations}
    found: list[str] = []
    end = time.monotonic() + _SECONDS
    unlike = (each for each in candidates(answer) if not any(_alike(_key(each), other) for other in known))
    for question in islice(unlike, _TRIED):
        if len(found) == OFFERED or time.monotonic() > end or not go_on():
            break
        known.append(_key(question))
        reply = engine.ask(question, filters=filters)
        cited = {_place(citation) for citation in reply.citations}
        if is_answered(reply) and not cited <= quoted:
            quoted |= cited
            found.append(question)
    return tuple(found)


def _place(citation: Citation) -> tuple[str, int]:
    return citation.article.id, citation.start


def is_answered(answer: Answer) -> bool:
    """Whether an answer is worth being led to: cited, and more likely right than not."""
    return answer.verdict is not Verdict.UNKNOWN and bool(answer.citations) and answer.confidence >= _SURE


def candidates(answer: Answer) -> Iterator[str]:
    """What may be asked after an answer, the best first; whether it is answered is not known yet."""
    cited = [citation.evidence for citation in (*answer.citations, *answer.closest)]
    evidence = list(dict.fromkeys([*cited, *answer.sources]))
    passages = list(dict.fromkeys(one.passage for one in evidence))
    names = names_in(f"{answer.question} {answer.claim or ''}", " ".join(passages))
    drawn = chain.from_iterable(drawn_from(passage) for passage in passages)
    speakers = chain.from_iterable(said_in(passage, names) for passage in passages)
    known = (f"What is known about {name}?" for name in names)
    for question in chain(_in_turn([_of_sides(answer), drawn, speakers, _latest(names, evidence)]), known):
        if answer.verdict is not Verdict.UNKNOWN or _of_the_same(question, answer.question):
            yield question


def _in_turn(kinds: list[Iterator[str]]) -> Iterator[str]:
    """One of each kind, then the next of each."""
    while kinds:
        for kind in list(kinds):
            question = next(kind, None)
            if question is None:
                kinds.remove(kind)
            else:
                yield question


def _of_sides(answer: Answer) -> Iterator[str]:
    """Who denies the claim, and who makes it."""
    claim = one_line(answer.claim or "").rstrip(".")
    if not re.search(rf"\b{_FINITE}\b", claim) or PRONOUN.search(claim):
        return
    names = find_names(claim)
    said = claim if names and names[0].span[0] == 0 else f"{claim[0].lower()}{claim[1:]}"
    stances = {source.stance for source in answer.sources}
    if Stance.DENIES in stances:
        yield f"Who denied that {said}?"
    if Stance.ASSERTS in stances:
        yield f"Who said that {said}?"


_FINITE = r"(?:is|are|was|were|has|have|had|will|would|could|can)"


def _of_the_same(question: str, asked: str) -> bool:
    """Whether two speak of one thing: what is merely near to a question may be of another altogether."""
    shared = _key(question) & _key(asked)
    return len(shared) > 1 or any(shared & set(name.stems) for name in find_names(asked))


def _latest(names: Sequence[str], evidence: Sequence[Evidence]) -> Iterator[str]:
    """The latest of what was spoken of, where several days speak of it."""
    spoken = [one for one in evidence if any(name.removeprefix("the ") in one.passage for name in names)]
    days = {one.article.published[:10] for one in spoken if one.article.published}
    if names and len(days) > 1:
        yield f"What is the latest on {' and '.join(names[:2])}?"


def _key(question: str) -> frozenset[str]:
    return stems(content_words(question)) | {question.split(maxsplit=1)[0].casefold()}


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= 0.7 * len(one | other)


__all__ = ["OFFERED", "candidates", "follow_ups", "is_answered"]
