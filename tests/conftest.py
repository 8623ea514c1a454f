"""Fakes that keep the Protocols, and small things that many tests need."""

import hashlib
import re
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from index import Index
from index.sentences import sentence_spans
from index.types import Article, Entry, Vectors
from rag.engine import check_question
from rag.types import Answer, Citation, Evidence, Stance, Support, Verdict

if TYPE_CHECKING:
    from browsing import Open
    from llama_index.core.llms import LLM
    from playwright.sync_api import Browser

    from rag.check import Judge
    from ui.desk import Desk

DIMENSION = 64


class HashEncoder:
    """An `Encoder` without weights: texts that share words get near vectors, the same ones on every machine."""

    name = "hash"
    dimension = DIMENSION
    max_tokens = 256

    def __init__(self, fingerprint: str = "a0" * 8) -> None:
        self.fingerprint = fingerprint
        self.encoded: list[str] = []
        """Every text it was given, in order."""

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(_words(text)) for text in texts]

    def unknown_share(self, text: str) -> float:
        words = _words(text)
        return sum(not word.isascii() for word in words) / len(words) if words else 0.0

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.encoded.extend(texts)
        return np.array([_vector(text) for text in texts], dtype=np.float32).reshape(len(texts), DIMENSION)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _vector(text: str) -> Vectors:
    """(64,) float32, unit: the sum of its words' directions."""
    total = np.sum([_direction(word) for word in _words(text) or [""]], axis=0)
    unit: Vectors = total / np.linalg.norm(total)
    return unit


def _direction(word: str) -> Vectors:
    """(64,) float32: a random direction that depends on the word alone."""
    seed = int.from_bytes(hashlib.sha256(word.encode()).digest()[:8], "big")
    return np.random.default_rng(seed).standard_normal(DIMENSION).astype(np.float32)


@pytest.fixture
def hash_encoder() -> HashEncoder:
    return HashEncoder()


@pytest.fixture
def index_path(tmp_path: Path) -> Path:
    """Where a test's own index goes; nothing stands there yet."""
    return tmp_path / "index"


@pytest.fixture
def three_articles() -> list[Article]:
    return news()


def news() -> list[Article]:
    """A claim, its denial and something else, from publishers and days of their own."""
    return [
        Article(
            id="claim",
            title="Northwind in talks to buy Contoso",
            text="Northwind is in talks to buy Contoso, people familiar with the matter said on Monday.\n\n"
            "The deal could be worth $2 billion.",
            publisher="Daily Ledger",
            published="2025-03-03",
        ),
        Article(
            id="denial",
            title="Northwind denies talks with Contoso",
            text='Northwind said on Tuesday there is "no substance" to reports of talks with Contoso.\n\n'
            "Contoso declined to comment.",
            publisher="Morning Wire",
            published="2025-03-04",
        ),
        Article(
            id="weather",
            title="Storm closes the harbour",
            text="A storm closed the harbour on Wednesday.\n\nFerries will run again on Friday, the port said.",
            publisher="Coast Gazette",
            published="2025-03-05",
        ),
    ]


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the data folder, the index or the model choice of the person who runs it."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data-home"))
    for name in ("ONRECORD_INDEX", "ONRECORD_MODEL", "ONRECORD_API_BASE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def make_evidence() -> Callable[..., Evidence]:
    """Makes evidence whose quote stands in its passage, the passage being the whole text of its article."""

    def make(quote: str, *, passage: str | None = None, id: str = "a1", **known: Any) -> Evidence:
        passage = quote if passage is None else passage
        start = passage.index(quote)
        article = Entry(
            id=id,
            title=known.pop("title", ""),
            publisher=known.pop("publisher", "Daily Ledger"),
            author=None,
            published=known.pop("published", "2025-03-03"),
            url=None,
            nature=known.pop("nature", None),
        )
        rest: dict[str, Any] = {"stance": Stance.ASSERTS, "relevance": 0.9, "weight": 0.9, **known}
        return Evidence(article, quote, (start, start + len(quote)), passage, (0, len(passage)), **rest)

    return make


@pytest.fixture
def talks(make_evidence: Callable[..., Evidence]) -> list[Evidence]:
    """Numbered from 1: a denial, the claim it denies, and a sentence with reserve."""
    return [
        make_evidence(
            'Northwind said on Tuesday there is "no substance" to reports of talks with Contoso.',
            id="denial",
            title="Northwind denies talks with Contoso",
            publisher="Morning Wire",
            published="2025-03-04",
            speaker="Northwind",
            stance=Stance.DENIES,
        ),
        make_evidence(
            "Northwind is in talks to buy Contoso for $2 billion, people familiar with the matter said on Monday.",
            id="claim",
            title="Northwind in talks to buy Contoso",
            speaker="people familiar with the matter",
        ),
        make_evidence(
            "The deal could reportedly close by June.",
            id="hedged",
            publisher="Coast Gazette",
            published="2025-03-05",
            hedged=True,
        ),
    ]


@pytest.fixture
def denial_found(talks: list[Evidence]) -> Answer:
    """The embedded reader's answer to whether Northwind denied the talks: yes, citing the denial."""
    return Answer(
        question="Did Northwind deny talks with Contoso?",
        text='Yes. Northwind said there is "no substance" to the reports [1].',
        short="Yes",
        verdict=Verdict.YES,
        lean=0.9,
        confidence=0.8,
        claim="Northwind and Contoso were in talks",
        citations=(Citation(1, talks[0]),),
        sources=tuple(talks),
        warnings=("an earlier warning",),
        generation=7,
    )


@pytest.fixture
def judge_by_words() -> "Judge":
    """Supported when two thirds of the sentence's content words stand in the quotes, and both or neither negate."""
    from rag.lexicon import NEGATIONS
    from rag.words import content_words, split_words, stems

    def negates(text: str) -> bool:
        return any(word.lower in NEGATIONS or word.lower.startswith("den") for word in split_words(text))

    def judge(sentence: str, quotes: Sequence[str]) -> Support:
        if negates(sentence.removeprefix("No")) != any(negates(quote) for quote in quotes):
            return Support.UNSUPPORTED
        words = stems(content_words(sentence)) - stems(content_words("Yes No Sources disagree"))
        known = stems(word for quote in quotes for word in content_words(quote))
        return Support.SUPPORTED if len(words & known) * 3 >= len(words) * 2 else Support.UNSUPPORTED

    return judge


@pytest.fixture
def says() -> Callable[..., "LLM"]:
    """Makes a LlamaIndex model that replies these words to everything, or what a function makes of the message."""
    from llama_index.core.base.llms.types import CompletionResponse, LLMMetadata
    from llama_index.core.llms import CustomLLM

    class ScriptedModel(CustomLLM):
        script: Callable[[str], str]
        sent: list[str] = []  # noqa: RUF012 - pydantic copies it for each model

        @property
        def metadata(self) -> LLMMetadata:
            return LLMMetadata(model_name="scripted")

        @classmethod
        def class_name(cls) -> str:
            return "fake"

        def complete(self, prompt: str, formatted: bool = False, **_: Any) -> CompletionResponse:
            self.sent.append(prompt)
            return CompletionResponse(text=self.script(prompt))

        def stream_complete(
            self, prompt: str, formatted: bool = False, **_: Any
        ) -> Generator[CompletionResponse, None, None]:
            text = self.complete(prompt).text
            for end in range(7, len(text) + 7, 7):  # a few characters at a time, as models do
                yield CompletionResponse(text=text[:end], delta=text[end - 7 : end])

    def make(words: str | Callable[[str], str]) -> "LLM":
        return ScriptedModel(script=(lambda _: words) if isinstance(words, str) else words)

    return make


class ScriptedEngine:
    """Answers what it was told to answer: by question, else with the first answer of its script."""

    def __init__(self, *answers: Answer) -> None:
        self.answers = answers
        self.asked: list[dict[str, object]] = []
        """Every question, with what limited it."""

    def ask(self, question: str, **limits: object) -> Answer:
        check_question(question)
        self.asked.append({"question": question, **limits})
        fitting = (answer for answer in self.answers if answer.question == question)
        return replace(next(fitting, self.answers[0]), question=question)

    def stream(self, question: str, **limits: object) -> Iterator[str | Answer]:
        answer = self.ask(question, **limits)
        for start, end in sentence_spans(answer.text):
            yield answer.text[start:end]
        yield answer


def quoted(article: Article, quote: str, **said: Any) -> Evidence:
    """Evidence whose passage is its sentence."""
    span = (article.text.index(quote), article.text.index(quote) + len(quote))
    return Evidence(Entry.of(article), quote, span, quote, span, **said)


@pytest.fixture
def disputed() -> Answer:
    return make_disputed()


def make_disputed() -> Answer:
    """One article claims, another quotes a denial."""
    first, second, _ = news()
    claim = quoted(first, "Northwind is in talks to buy Contoso", stance=Stance.ASSERTS, hedged=True)
    denial = quoted(second, '"no substance"', speaker="Northwind", stance=Stance.DENIES)
    return Answer(
        question="Is Northwind in talks with Contoso?",
        text='Sources disagree. Talks are reported [1]. Northwind said there is "no substance" to that [2].',
        verdict=Verdict.DISPUTED,
        lean=0.5,
        confidence=0.8,
        claim="Northwind is in talks with Contoso",
        citations=(Citation(1, claim), Citation(2, denial)),
        sources=(claim, denial),
        warnings=("One source is undated.",),
        generation=1,
    )


@pytest.fixture
def unknown() -> Answer:
    return make_unknown()


def make_unknown() -> Answer:
    """No article says, one comes close."""
    near = quoted(news()[0], "The deal could be worth $2 billion.")
    return Answer(
        question="Who runs Contoso?",
        text="The articles do not say who runs Contoso.",
        verdict=Verdict.UNKNOWN,
        confidence=0.9,
        closest=(Citation(1, near),),
        generation=1,
    )


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    from browsing import launched

    with launched() as made:
        yield made


@pytest.fixture
def visit(browser: "Browser") -> Iterator["Open"]:
    """Opens a page; at the end, none of those opened has asked a stranger for anything, or complained."""
    from browsing import visiting

    with visiting(browser) as open_page:
        yield open_page


@pytest.fixture
def desk(index_path: Path) -> Iterator["Desk"]:
    with open_desk(index_path) as made:
        yield made


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, "Desk"]]:
    """One server for all tests of a file, as starting Gradio takes a second, and the desk behind it."""
    from serving import serving

    with open_desk(tmp_path_factory.mktemp("desk") / "index") as desk, serving(desk) as address:
        yield address, desk


@pytest.fixture
def engine(served: tuple[str, "Desk"]) -> ScriptedEngine:
    """The engine behind the server, which has heard nothing so far."""
    made = served[1].engine
    assert isinstance(made, ScriptedEngine)
    made.asked.clear()
    return made


@contextmanager
def open_desk(folder: Path) -> Iterator["Desk"]:
    """Three articles on file, and an engine that answers by script."""
    from ui.desk import Desk

    with Index.open(folder, encoder=HashEncoder()) as index:
        index.add(news())
        yield Desk(index, ScriptedEngine(make_disputed(), make_unknown()), models=("fake:small",))
