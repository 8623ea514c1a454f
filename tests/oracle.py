"""An engine that answers every question of a set from its truth, and ways to spoil it."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from eval.citing import places
from eval.examined import Examined
from eval.questions import Gold, Question
from index.filters import Filters
from index.types import Article, Entry
from rag.types import Answer, Citation, Evidence, Stance, Verdict

Spoil = Callable[[Answer], Answer]


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


def examined(questions: Sequence[Question], articles: Sequence[Article], spoil: Spoil = lambda one: one) -> Examined:
    """The oracle over the articles, ready to be run; it searches nothing."""
    return Examined(Oracle(questions, articles, spoil), None, {article.id: article for article in articles}, {})


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


def _moved(citation: Citation) -> Citation:
    start, end = citation.evidence.span
    return replace(citation, evidence=replace(citation.evidence, span=(start + 1, end + 1)))


def _elsewhere(citation: Citation) -> Citation:
    return replace(citation, evidence=replace(citation.evidence, article=replace(citation.article, id="elsewhere")))
