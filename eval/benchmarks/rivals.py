"""Who is asked in every benchmark: the engine, the same by its rules alone, and the plain rivals beside it."""

from collections.abc import Sequence

from eval.asking import Asker
from eval.benchmarks import peer
from eval.benchmarks.baselines import Always, BestSentence, by_vectors, by_words, sentences_of
from eval.benchmarks.common import OURS, RULES, Bench, Setting
from index.types import Article, Encoder
from rag.types import Verdict

System = tuple[str, Asker]


def systems(bench: Bench, articles: Sequence[Article], setting: Setting) -> list[System]:
    """The engine and, where the setting wants them, its rules alone and its rivals, each by name."""
    rules = [(f"{OURS}{RULES}", bench.rules)] if setting.rules else []
    return [(OURS, bench), *rules, *(rivals(articles, bench.encoder) if setting.baselines else [])]


def rivals(articles: Sequence[Article], encoder: Encoder) -> list[System]:
    """The best sentence by words and by vectors, LlamaIndex's pipeline, and always abstaining."""
    sentences = sentences_of(articles)
    return [
        ("words", BestSentence(sentences, by_words(sentences))),
        ("vectors", BestSentence(sentences, by_vectors(sentences, encoder))),
        (peer.NAME, peer.Pipeline(articles, encoder)),
        ("always unknown", Always(Verdict.UNKNOWN)),
    ]


__all__ = ["System", "rivals", "systems"]
