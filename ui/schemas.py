"""What the HTTP API takes and gives, as its schema shows it."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from index import Filters
from rag.engine import MAX_QUESTION

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_QUESTION)]
Name = Annotated[str, StringConstraints(max_length=300)]
Line = Annotated[str, StringConstraints(max_length=2_000)]
Day = Annotated[str, StringConstraints(max_length=40)]


class FilterBody(BaseModel):
    """Which articles are read; all that is given must hold."""

    model_config = ConfigDict(extra="forbid")

    since: Day | None = Field(None, description="Published on or after this day.", examples=["2026-01-01"])
    until: Day | None = Field(None, description="Published on or before this day.", examples=["2026-02-28"])
    publishers: list[Name] = Field(
        [], max_length=100, description="Of one of these publishers.", examples=[["Reuters"]]
    )
    articles: list[Name] = Field([], max_length=1000, description="One of these articles, by id.")

    def to_filters(self) -> Filters:
        """The same as the index takes it. Raises InvalidFilter for a date that cannot be read."""
        return Filters(
            since=self.since, until=self.until, publishers=tuple(self.publishers), articles=tuple(self.articles)
        )


class AskBody(BaseModel):
    """A question, and what limits its answer."""

    model_config = ConfigDict(extra="forbid")

    question: Words = Field(description="In plain words.", examples=["Did the company deny the report?"])
    history: list[Words] = Field([], max_length=50, description="Questions asked before it, oldest first.")
    filters: FilterBody | None = None
    as_of: Day | None = Field(
        None, description='The day that "now" counts from; articles published after it are not read. Default today.'
    )
    model: Name | None = Field(None, description="One of the models that the operator allowed; default none.")
    k: int | None = Field(None, ge=1, le=100, description="How many passages are read.")


class SearchBody(BaseModel):
    """Words to look for, and where."""

    model_config = ConfigDict(extra="forbid")

    query: Words = Field(examples=["merger denial"])
    filters: FilterBody | None = None
    k: int = Field(10, ge=1, le=100, description="How many passages at most.")


class ArticleOut(BaseModel):
    """What is known of an article; null is unknown."""

    id: str
    title: str
    publisher: str | None
    author: str | None
    published: str | None = Field(description="The day its publisher gave, in ISO form with the precision given.")
    url: str | None
    nature: str | None = Field(description='What it is where that is known, such as "AI-generated".')


class WholeArticleOut(ArticleOut):
    """An article as published."""

    published_from: str | None = Field(description="Where the day was read from.")
    text: str


class ListedOut(ArticleOut):
    """An article in the list."""

    passages: int


class ArticlesOut(BaseModel):
    """The articles of the index."""

    articles: list[ListedOut]


Stance = Literal["asserts", "denies", "neutral"]


class SourceOut(ArticleOut):
    """A source that bears on the question, with its reprints."""

    speaker: str | None
    stance: Stance
    hedged: bool
    quote: str
    start: int
    end: int
    reprints: list[str]


class CitationOut(BaseModel):
    """What backs a stretch of the answer: words that stand verbatim in an article at these offsets."""

    n: int
    quote: str
    start: int
    end: int
    article: ArticleOut
    passage: str
    speaker: str | None
    stance: Stance
    hedged: bool
    verbatim: bool
    support: Literal["supported", "unsupported", "unjudged"]


class AnswerOut(BaseModel):
    """What is on record about a question."""

    schema_: Literal[1] = Field(alias="schema")
    question: str
    text: str = Field(description="Carries the markers [1], [2] … of its citations.")
    short: str | None
    verdict: Literal["yes", "no", "disputed", "answered", "unknown"]
    lean: float | None = Field(ge=0, le=1, description="Probability of yes, for a yes/no question.")
    confidence: float = Field(ge=0, le=1)
    claim: str | None = Field(description="The statement that stances refer to.")
    citations: list[CitationOut]
    sources: list[SourceOut]
    closest: list[CitationOut]
    warnings: list[str]
    model: str | None
    generation: int
    seconds: float


class HitOut(BaseModel):
    """A passage that was found; higher scores are better."""

    score: float
    start: int
    end: int
    text: str
    article: ArticleOut


class HitsOut(BaseModel):
    """What a search found, best first."""

    schema_: Literal[1] = Field(alias="schema")
    query: str
    hits: list[HitOut]


class HealthOut(BaseModel):
    """That the server answers, and from what."""

    status: Literal["ok"]
    articles: int
    generation: int
    models: list[str] = Field(description="What may be named as `model`.")


class ArticleIn(BaseModel):
    """An article to add; only `text` is needed."""

    model_config = ConfigDict(extra="forbid")

    text: Annotated[str, StringConstraints(min_length=1, max_length=2_000_000)] = Field(
        description="As published.", examples=["A storm closed the harbour on Wednesday, the port said."]
    )
    id: Name | None = Field(None, description="Its identity; else that comes from the url, else from the content.")
    title: Line | None = Field(None, examples=["Storm closes the harbour"])
    publisher: Name | None = Field(None, examples=["Coast Gazette"])
    author: Name | None = None
    published: Day | None = Field(None, description="The day its publisher gave.", examples=["2026-02-05"])
    url: Line | None = None


class AddBody(BaseModel):
    """Articles, addresses of articles or feeds, or both."""

    model_config = ConfigDict(extra="forbid")

    articles: list[ArticleIn] = Field([], max_length=1000)
    addresses: list[Line] = Field([], max_length=20, examples=[["https://example.org/story.html"]])

    @model_validator(mode="after")
    def _something(self) -> "AddBody":
        if not self.articles and not self.addresses:
            raise ValueError("give articles, addresses or both")
        return self


class FailedOut(BaseModel):
    """A source that could not be added, and why."""

    source: str
    reason: str


class AddedOut(BaseModel):
    """What adding did."""

    added: int
    replaced: int
    unchanged: int
    failed: list[FailedOut]
    warnings: list[str]
    generation: int
    ids: list[str] = Field(description="Of every article that came, in order.")


class RemovedOut(BaseModel):
    """What removing did."""

    removed: list[str]
    missing: list[str]
    generation: int


class NameBody(BaseModel):
    """Another name for a conversation."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]


class KeptOut(BaseModel):
    """A conversation that was kept; times are UTC."""

    id: str
    name: str
    begun: str
    changed: str
    questions: int


class ConversationsOut(BaseModel):
    """The conversations of the caller."""

    conversations: list[KeptOut]


class AskedOut(BaseModel):
    """How a question was asked and understood."""

    filters: FilterBody
    alone: bool = Field(description="Read without the questions before it.")
    kind: str
    whole: str | None = Field(description="The full question that a follow-up was read as.")
    named: list[str] = Field(description="The articles it speaks of.")
    bare: str | None = Field(description="The question without them.")
    since: str | None = Field(description="The first day that it limits its articles to.")
    until: str | None = Field(description="The last.")
    undated: str | None = Field(description="The question without those days.")
    recent: str | None = Field(description='The words that mean those days, such as "this week"; looked into first.')
    newest: bool = Field(description="It wants the newest of several.")
    timeless: str | None = Field(description="The question without that.")
    openly: str | None = Field(description="What is known of the same names, as a question.")
    parts: list[str] = Field(description="The questions that it is made of, where it is more than one.")


class RatingOut(BaseModel):
    """What a reader thinks of an answer."""

    good: bool
    reason: str


class TurnOut(BaseModel):
    """A question of a conversation, and its answer or what kept it from being given."""

    question: str
    asked: AskedOut
    answer: AnswerOut | None
    problem: str | None
    rating: RatingOut | None


class ConversationOut(BaseModel):
    """A conversation, whole."""

    schema_: Literal[1] = Field(alias="schema")
    id: str
    name: str
    begun: str
    changed: str
    turns: list[TurnOut]


class ProblemOut(BaseModel):
    """An error as RFC 9457 has it."""

    type: str = Field(examples=["about:blank"])
    title: str = Field(examples=["Not Found"])
    status: int = Field(examples=[404])
    detail: str = Field(examples=["no article has the id 'a1'; GET /api/articles lists them"])
    request_id: str | None = Field(description="As in the header X-Request-Id.")
    error: dict[str, str | None] = Field(description="The same for clients of OpenAI's API.")
