"""The HTTP API: what the contract names, as FastAPI routes with their schemas."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from index import Filters
from index.errors import BadInput
from rag.engine import MAX_QUESTION
from ui.desk import Desk
from ui.documents import entries_document, hits_document

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_QUESTION)]
Name = Annotated[str, StringConstraints(max_length=300)]
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
    filters: FilterBody | None = None
    as_of: Day | None = Field(None, description='The day that "now" and "latest" count from; default today.')
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


class ProblemOut(BaseModel):
    """An error as RFC 9457 has it."""

    type: str
    title: str
    status: int
    detail: str


_PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {"model": ProblemOut, "description": why, "content": {"application/problem+json": {}}}
    for status, why in (
        (413, "The request is too long."),
        (422, "The request cannot be used as it stands."),
        (503, "The index or a model cannot be reached now."),
    )
}


def api_routes(desk: Desk) -> APIRouter:
    """The routes under /api."""
    router = APIRouter(prefix="/api")

    @router.get("/health", response_model=HealthOut, summary="Whether the server answers, and from what")
    def health() -> dict[str, Any]:
        return {
            "status": "ok",
            "articles": len(desk.index.entries()),
            "generation": desk.index.generation,
            "models": list(desk.models),
        }

    @router.post("/ask", response_model=AnswerOut, responses=_PROBLEMS, summary="Answer a question")
    def ask(body: AskBody) -> dict[str, Any]:
        if body.model is not None and body.model not in desk.models:
            raise BadInput(f"the model {body.model!r} is not allowed here; allowed: {', '.join(desk.models) or 'none'}")
        filters = body.filters.to_filters() if body.filters else None
        return desk.engine.ask(body.question, as_of=body.as_of, filters=filters, k=body.k, model=body.model).to_dict()

    @router.post("/search", response_model=HitsOut, responses=_PROBLEMS, summary="Find passages")
    def search(body: SearchBody) -> dict[str, Any]:
        filters = body.filters.to_filters() if body.filters else None
        return hits_document(body.query, desk.index.search(body.query, k=body.k, filters=filters))

    @router.get("/articles", response_model=ArticlesOut, summary="The articles of the index")
    def articles() -> dict[str, Any]:
        return entries_document(desk.index.entries())

    return router
