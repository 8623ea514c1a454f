"""An engine that answers every question of a set from its truth, and ways to spoil it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from eval.citing import places
from eval.examined import Examined
from eval.questions import Gold, Question
from index.filters import Filters
from index.types import Article, Entry, Hit, Passage, Span
from rag.types import Answer, Citation, Evidence, Stance, Support, Verdict

Spoil = Callable[[Answer], Answer]

_MARKER = re.compile(r" ?\[\d+\]")


class Oracle:
    """Right on all questions, in words, citations and confidence; `spoil` changes each answer before it is given."""

    def __init__(
        self, questions: Sequence[Question], articles: Sequence[Article], spoil: Spoil = lambda one: one
    ) -> None:
        self._articles = {article.id: article for article in articles}
        self._answers = {question.question: self._right(question) for question in questions}
        self._spoil = spoil
        self.asked: list[tuple[str, str | None]] = []

    def ask(
        self,
        question: str,
        *,
        history: Sequence[str] = (),
        as_of: str | None = None,
        filters: Filters | None = None,
    ) -> Answer:
        self.asked.append((question, as_of))
        return self._spoil(self._answers[question])

    def _right(self, question: Question) -> Answer:
        verdict = question.verdict[0]
        said = [*(group[0] for group in question.must), f"It is {verdict}."]
        golds = {gold.need: gold for gold in reversed(question.gold)}
        citations = [self._cite(n, gold) for n, gold in enumerate(reversed(golds.values()), start=1)]
        unknown = verdict is Verdict.UNKNOWN
        return Answer(
            question=question.question,
            text=" ".join(said),
            verdict=verdict,
            short=question.accepted[0] if question.accepted else None,
            lean={Verdict.YES: 1.0, Verdict.NO: 0.0}.get(verdict, 0.5),
            confidence=0.95,
            citations=() if unknown else tuple(citations),
            closest=tuple(self._cite(1, gold) for gold in question.closest[:1]) if unknown else (),
        )

    def _cite(self, n: int, gold: Gold) -> Citation:
        article = self._articles[gold.article]
        span = next(places(gold.quote, article.text))
        stance = gold.stance or Stance.NEUTRAL
        return Citation(
            n, Evidence(Entry.of(article), gold.quote, span, gold.quote, span, gold.speaker or None, stance)
        )


def examined(
    questions: Sequence[Question],
    articles: Sequence[Article],
    spoil: Spoil = lambda one: one,
    finder: "Finder | None" = None,
) -> Examined:
    """The oracle over the articles, ready to be run; without a finder it searches nothing."""
    return Examined(Oracle(questions, articles, spoil), finder, {article.id: article for article in articles}, {})


class Finder:
    """Finds each quote of a question's truth, `buried` under as many passages that say nothing of it."""

    def __init__(self, questions: Sequence[Question], articles: Sequence[Article], buried: int = 0) -> None:
        self._gold = {question.question: question.gold for question in questions}
        self._articles = {article.id: article for article in articles}
        self._buried = buried

    def search(self, query: str, k: int = 10, filters: Filters | None = None, today: date | None = None) -> list[Hit]:
        wanted = {gold.article for gold in self._gold[query]}
        others = [(article, (0, len(article.text))) for article in self._articles.values() if article.id not in wanted]
        truth = [self._place(gold) for gold in self._gold[query]]
        return [
            Hit(Passage(at, article.id, start, end, article.text[start:end]), Entry.of(article), 1.0)
            for at, (article, (start, end)) in enumerate([*others[: self._buried], *truth][:k])
        ]

    def _place(self, gold: Gold) -> tuple[Article, Span]:
        article = self._articles[gold.article]
        return article, next(places(gold.quote, article.text))


def telling(answer: Answer) -> Answer:
    """The answer told as an editor wants it: each quote with its year, its speaker, its reserve, and its marker."""
    if answer.verdict is Verdict.UNKNOWN:
        return answer
    warnings = {f"One source is {item.article.nature}." for item in answer.citations if item.article.nature}
    told = " ".join(_told(item) for item in answer.citations)
    return replace(answer, text=told, warnings=tuple(sorted(warnings)))


def shifted_by_one_letter(answer: Answer) -> Answer:
    """Every quote stands one letter away from where the citation says."""
    return replace(answer, citations=tuple(_moved(item) for item in answer.citations))


def cited_from_elsewhere(answer: Answer) -> Answer:
    """Every citation names another article than the one it quotes."""
    return replace(answer, citations=tuple(_elsewhere(item) for item in answer.citations))


def citing_nothing(answer: Answer) -> Answer:
    """The citations are gone."""
    return replace(answer, citations=())


def deaf_to_denials(answer: Answer) -> Answer:
    """What is disputed or denied is taken for settled, and who denies is not cited."""
    verdict = {Verdict.DISPUTED: Verdict.YES, Verdict.NO: Verdict.YES}.get(answer.verdict, answer.verdict)
    heard = tuple(item for item in answer.citations if item.stance is not Stance.DENIES)
    return replace(answer, verdict=verdict, citations=heard)


def never_abstaining(answer: Answer) -> Answer:
    """What the articles do not say is answered from whatever stands nearest."""
    if answer.verdict is not Verdict.UNKNOWN:
        return answer
    return replace(answer, verdict=Verdict.ANSWERED, short="something", citations=answer.closest, closest=())


def always_abstaining(answer: Answer) -> Answer:
    """Nothing is ever answered."""
    return replace(answer, verdict=Verdict.UNKNOWN, short=None, citations=())


def mumbling(answer: Answer) -> Answer:
    """The verdict is right and the answer is not said."""
    return replace(answer, short=None if answer.short is None else "somebody", text="It is on record.")


def crying_yes(answer: Answer) -> Answer:
    """Every verdict is yes."""
    return replace(answer, verdict=Verdict.YES)


def misattributing(answer: Answer) -> Answer:
    """Every quote is somebody else's."""
    return _each(answer, lambda item: replace(item, evidence=replace(item.evidence, speaker="Somebody Else")))


def taking_sides_wrongly(answer: Answer) -> Answer:
    """Who denies is taken to assert, and the other way round."""
    other = {Stance.ASSERTS: Stance.DENIES, Stance.DENIES: Stance.ASSERTS}
    return _each(
        answer,
        lambda item: replace(item, evidence=replace(item.evidence, stance=other.get(item.stance, item.stance))),
    )


def unsupported(answer: Answer) -> Answer:
    """The engine's own check backs nothing."""
    return _each(answer, lambda item: replace(item, support=Support.UNSUPPORTED))


def one_sided(answer: Answer) -> Answer:
    """A dispute is called one, and only one side is cited."""
    return replace(answer, citations=tuple(item for item in answer.citations if item.stance is not Stance.DENIES))


def inventing(answer: Answer) -> Answer:
    """Every sentence has a number that no source has."""
    return replace(answer, text=answer.text.replace(": ", ", with 7,000 jobs: "))


def without_markers(answer: Answer) -> Answer:
    """No sentence says where it is from."""
    return replace(answer, text=_MARKER.sub("", answer.text))


def misnaming(answer: Answer) -> Answer:
    """Whoever speaks is called by another name."""
    return replace(answer, text=answer.text.replace("The port", "The pier"))


def without_reserve(answer: Answer) -> Answer:
    """What was said with reserve is told as fact."""
    return replace(answer, text=answer.text.replace("reportedly", "as is known"))


def judging(answer: Answer) -> Answer:
    """Every sentence has an opinion of its own."""
    return replace(answer, text=answer.text.replace("In 2026,", "In 2026, sadly,"))


def undated(answer: Answer) -> Answer:
    """No sentence says when."""
    return replace(answer, text=answer.text.replace("2026", "time"))


def unmarked(answer: Answer) -> Answer:
    """Nothing says what a machine wrote."""
    return replace(answer, warnings=())


def leaning_wrongly(answer: Answer) -> Answer:
    """Yes is taken to be as likely as it is not."""
    return replace(answer, lean=None if answer.lean is None else 1 - answer.lean)


def unsure(answer: Answer) -> Answer:
    """Right answers are given with little confidence."""
    return replace(answer, confidence=0.3)


def _told(citation: Citation) -> str:
    who = citation.speaker or "the article"
    reserve = ", reportedly" if citation.evidence.hedged else ""
    return f'In {(citation.article.published or "")[:4]}, {who}{reserve}: "{citation.quote}" [{citation.n}].'


def _each(answer: Answer, change: Callable[[Citation], Citation]) -> Answer:
    return replace(answer, citations=tuple(change(item) for item in answer.citations))


def _moved(citation: Citation) -> Citation:
    start, end = citation.evidence.span
    return replace(citation, evidence=replace(citation.evidence, span=(start + 1, end + 1)))


def _elsewhere(citation: Citation) -> Citation:
    return replace(citation, evidence=replace(citation.evidence, article=replace(citation.article, id="elsewhere")))
