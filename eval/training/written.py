"""Questions written for training, by us, on real news: facts with what answers them, claims with what settles them.

They ask about 344 articles of `realtimeqa/articles.dev.jsonl.gz`, none of them found for a quiz day that is reported.
Their files hold the questions and where in an article's text its words stand, never those words. An article's questions
all fall into one share: those of `Part.TRAIN` train the heads; what is fitted on the heads' judgements, and the figures
for written questions, use the rest.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from eval.benchmarks.common import read_rows
from eval.benchmarks.multihop import article_of
from eval.benchmarks.realtimeqa import ARTICLES
from eval.training.rows import Part, ReadingRow, StanceRow, part_of
from eval.wording import normalise
from index import Article, Index
from index.sentences import sentence_spans
from index.snapshot import Snapshot
from index.types import Hit, Span

FOLDER = Path(__file__).parent / "questions"
FACTS, CLAIMS, PAIRS = (FOLDER / f"written_{name}.jsonl" for name in ("facts", "claims", "pairs"))
APART = 40
"""Per cent of the articles whose questions no head is trained on."""
SEARCHED, UNANSWERING = 8, 3
"""How many passages found for a question are looked at, and how many of those that do not answer are examples."""
STANCES = {"yes": "supports", "no": "refutes", "open": "neutral"}


@dataclass(frozen=True, slots=True)
class Fact:
    """A question of fact: the article, the span of the sentence that answers or comes nearest, and of the answer in it.

    `answer` is None where the article does not say; `also` are other right short answers.
    """

    article: str
    question: str
    quote: Span
    answer: Span | None
    also: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """A yes/no question, the same as a statement, whether it is so ("yes", "no", "open"), and what settles it.

    Of a pair, two questions on one matter that look alike and of which one is so, there is no `statement`.
    """

    article: str
    question: str
    statement: str
    truth: str
    quote: Span


def read_facts(path: Path = FACTS) -> list[Fact]:
    """The questions of fact, in their order."""
    return [
        Fact(
            r["article"],
            r["question"],
            tuple(r["quote"]),
            tuple(r["answer"]) if r["answer"] else None,
            tuple(r["also"]),
        )
        for r in map(json.loads, path.read_text(encoding="utf-8").splitlines())
    ]


def read_claims(path: Path = CLAIMS) -> list[Claim]:
    """The yes/no questions, in their order."""
    return [
        Claim(r["article"], r["question"], r["statement"], r["truth"], tuple(r["quote"]))
        for r in map(json.loads, path.read_text(encoding="utf-8").splitlines())
    ]


def read_pairs(path: Path = PAIRS) -> list[Claim]:
    """The questions of the pairs, each pair's one after the other, with those that its sentence leaves open."""
    return [
        Claim(r["article"], r[truth], "", truth, tuple(r["quote"]))
        for r in map(json.loads, path.read_text(encoding="utf-8").splitlines())
        for truth in STANCES
        if truth in r
    ]


def group_of(article: str) -> str:
    """The name of the group that an article's questions are."""
    return f"written {article}"


def share_of(group: str) -> Part:
    """What the questions of a group are for."""
    return part_of(group, APART, 0)


class Written:
    """The written questions beside their articles, which `data` holds."""

    def __init__(self, data: Path) -> None:
        """With the folder that holds realtimeqa/; raises `BadInput` where it does not."""
        self.facts, self.claims, self.pairs = read_facts(), read_claims(), read_pairs()
        wanted = {fact.article for fact in self.facts} | {claim.article for claim in (*self.claims, *self.pairs)}
        self.articles: dict[str, Article] = {
            row["id"]: article_of(row) for row in read_rows(data / ARTICLES) if row["id"] in wanted
        }

    def words(self, article: str, span: Span) -> str:
        """The words at a span of an article."""
        return self.articles[article].text[slice(*span)]

    def answers(self, fact: Fact) -> tuple[str, ...]:
        """The right short answers; none where the article does not say."""
        return () if fact.answer is None else (self.words(fact.article, fact.answer), *fact.also)

    @cached_property
    def titles(self) -> dict[str, str]:
        """The title of each article."""
        return {id: article.title or "" for id, article in self.articles.items()}

    def reading_rows(self, folder: Path) -> Iterator[ReadingRow]:
        """Each fact with passages that a search finds for it: with its sentence, and without its answer's words.

        The index is made in `folder`.
        """
        with self._indexed(folder) as index:
            snapshot = index.snapshot()
            for fact in self.facts:
                answers = self.answers(fact)
                wanted = {normalise(answer) for answer in answers}
                left = UNANSWERING
                for hit in self._found(snapshot, fact.article, fact.question, fact.quote):
                    spans = self._within(hit, fact)
                    if not spans and any(f" {a} " in f" {normalise(hit.passage.text)} " for a in wanted):
                        continue  # the words are there, whether as an answer nobody has said
                    left -= not spans
                    if left < 0 and not spans:
                        continue
                    group = group_of(fact.article)
                    yield ReadingRow("written", group, fact.question, hit.passage.text, spans, hit.article.title)

    def stance_rows(self, folder: Path) -> Iterator[StanceRow]:
        """Each claim, as a statement and as a question, with what settles it, and with passages that do not.

        The index is made in `folder`.
        """
        with self._indexed(folder) as index:
            snapshot = index.snapshot()
            for number, claim in enumerate(self.claims):
                group, label = group_of(claim.article), STANCES[claim.truth]
                quote = self.words(claim.article, claim.quote)
                hits = self._found(snapshot, claim.article, claim.question, claim.quote)
                holding = [h for h in hits if _holds(h, claim.article, claim.quote)]
                pairs = [(claim.statement, quote, label), (claim.question, quote, label)]
                pairs += [(claim.question, hit.passage.text, label) for hit in holding[:1]]
                asked = (claim.statement, claim.question)[number % 2]
                beside = [h for h in hits if h not in holding and h.article.id == claim.article]
                pairs += [(asked, hit.passage.text, "neutral") for hit in beside[-1:]]
                others = [h for h in hits if h.article.id != claim.article]
                pairs += [(asked, hit.passage.text, "unrelated") for hit in others[:1]]
                for asked, text, outcome in pairs:
                    yield StanceRow("written", group, asked, text, outcome)
        for number, claim in enumerate(self.pairs):
            text = self.words(
                claim.article,
                _around(self.articles[claim.article].text, claim.quote) if number % 4 == 0 else claim.quote,
            )
            yield StanceRow("written", group_of(claim.article), claim.question, text, STANCES[claim.truth])

    def _indexed(self, folder: Path) -> Index:
        index = Index.open(folder)
        index.add(list(self.articles.values()))
        return index

    def _found(self, snapshot: Snapshot, article: str, question: str, quote: Span) -> Sequence[Hit]:
        """The passages that a search finds for a question, with those of its article that hold the quote."""
        hits = list(snapshot.search(question, SEARCHED))
        seen = {hit.passage.id for hit in hits}
        more = snapshot.search(question, 40)
        return hits + [h for h in more if h.passage.id not in seen and _holds(h, article, quote)]

    def _within(self, hit: Hit, fact: Fact) -> tuple[Span, ...]:
        """Where a fact's answers stand in a passage that holds its sentence, in passage characters."""
        if fact.answer is None or not _holds(hit, fact.article, fact.quote):
            return ()
        start = hit.passage.start
        spans = [fact.answer]
        quote = self.words(fact.article, fact.quote)
        for other in fact.also:
            at = quote.find(other)
            if at >= 0:
                spans.append((fact.quote[0] + at, fact.quote[0] + at + len(other)))
        return tuple((a - start, b - start) for a, b in spans)


def _around(text: str, quote: Span) -> Span:
    """A quote with a sentence or two on either side."""
    spans = [(span[0], span[1]) for span in sentence_spans(text)]
    inside = [at for at, (start, end) in enumerate(spans) if start < quote[1] and quote[0] < end]
    if not inside:
        return quote
    return spans[max(0, inside[0] - 2)][0], spans[min(len(spans) - 1, inside[-1] + 1)][1]


def _holds(hit: Hit, article: str, span: Span) -> bool:
    return hit.article.id == article and hit.passage.start <= span[0] and span[1] <= hit.passage.span[1]


__all__ = ["Claim", "Fact", "Written", "group_of", "read_claims", "read_facts", "read_pairs", "share_of"]
