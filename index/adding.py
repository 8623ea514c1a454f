"""Articles on their way in: told apart, split, encoded in batches, committed whole."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from operator import length_hint

from index.committing import Draft, article_sha256, commit, live_hashes
from index.contexts import passage_context
from index.database import get_meta
from index.reprints import sign
from index.settings import Settings
from index.splitting import split_article
from index.types import AddReport, Article, Encoder, Failure

_BATCH_ARTICLES = 64
_BATCH_PASSAGES = 256
"""Enough passages for the encoder to sort by length, few enough to lose little to Ctrl-C."""

Progress = Callable[[int, int | None], None]


class Adding:
    """One call of `Index.add`: counts as it goes."""

    def __init__(
        self,
        writer: sqlite3.Connection,
        settings: Settings,
        encoder: Callable[[], Encoder],
        first_commit: Callable[[sqlite3.Connection], None],
    ) -> None:
        self._writer, self._settings = writer, settings
        self._open_encoder, self._first_commit = encoder, first_commit
        self._added = self._replaced = self._unchanged = 0
        self._failures: list[Failure] = []
        self._source: Iterable[Article] = ()
        self._waiting: dict[str, tuple[Article, list[tuple[int, int]]]] = {}
        self._passages = 0

    @cached_property
    def _encoder(self) -> Encoder:
        return self._open_encoder()

    def run(self, articles: Iterable[Article], progress: Progress | None) -> Iterator[None]:
        """Takes all articles in; yields after each commit."""
        self._source = articles
        expected = length_hint(articles) if progress is not None else 0
        for taken, article in enumerate(articles, start=1):
            if article.id in self._waiting:
                self._flush()
            self._take(article)
            if self._passages >= _BATCH_PASSAGES or len(self._waiting) >= _BATCH_ARTICLES:
                self._flush()
                yield
            if progress is not None:
                # A feed or a table may hold more than its place tells beforehand.
                progress(taken - len(self._waiting), expected if taken <= expected else None)
        if self._waiting:
            self._flush()
            yield
        if progress is not None:
            done = self._added + self._replaced + self._unchanged + len(self._failures)
            progress(done, done)

    def report(self, generation: int) -> AddReport:
        """What was done so far."""
        # A Reading fills these while it is read; other iterables have neither.
        failed = (*self._failures, *getattr(self._source, "failures", ()))
        warnings = tuple(getattr(self._source, "warnings", ()))
        return AddReport(self._added, self._replaced, self._unchanged, failed, warnings, generation)

    def _take(self, article: Article) -> None:
        reason = _unfit(article)
        if reason is not None:
            self._failures.append(Failure(_source(article), reason))
            return
        if live_hashes(self._writer, [article.id]).get(article.id) == article_sha256(article):
            self._unchanged += 1
            return
        try:
            spans = split_article(
                article, self._encoder.count_tokens, self._settings.passage_tokens, self._settings.passage_overlap
            )
        except (ValueError, RecursionError, IndexError) as error:
            # One article with text that the rules trip over must not cost the others.
            self._failures.append(Failure(_source(article), f"could not be split into passages ({error})"))
            return
        if not spans:
            self._failures.append(
                Failure(_source(article), "there is no text in it besides adverts, links and the like")
            )
            return
        self._waiting[article.id] = (article, list(spans))
        self._passages += len(spans)

    def _flush(self) -> None:
        waiting = list(self._waiting.values())
        self._waiting, self._passages = {}, 0
        texts = [passage_context(article, article.text[s:e]) for article, spans in waiting for s, e in spans]
        vectors = self._encoder.encode(texts)
        drafts, first = [], 0
        for article, spans in waiting:
            signature = sign(article.text[start:end] for start, end in spans)
            drafts.append(Draft(article, tuple(spans), vectors[first : first + len(spans)], signature))
            first += len(spans)
        if get_meta(self._writer, "fingerprint") is None:
            self._first_commit(self._writer)
        replaced = commit(self._writer, drafts)
        self._replaced += sum(replaced)
        self._added += len(replaced) - sum(replaced)


def _unfit(article: Article) -> str | None:
    """Why the article cannot be taken, None when it can."""
    if not article.text.strip():
        return "it has no text"
    try:
        "\0".join(filter(None, (article.id, article.title, article.text, article.publisher, article.author))).encode()
    except UnicodeEncodeError:
        return "its text is no valid Unicode: it holds half of a pair of surrogates"
    return None


def _source(article: Article) -> str:
    return article.id if not article.title else f"{article.id} ({article.title[:80]})"


__all__ = ["Adding"]
