"""What `/v1` takes, as OpenAI's chat completions have it; what does not bear on an answer from articles is let pass."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from rag.engine import MAX_QUESTION
from ui.schemas import Day, FilterBody, Name

Text = Annotated[str, StringConstraints(max_length=100_000)]


class Part(BaseModel):
    """A piece of a message; text alone is read."""

    model_config = ConfigDict(extra="allow")

    type: Name
    text: Text | None = None


class Message(BaseModel):
    """One message of the conversation."""

    model_config = ConfigDict(extra="allow")

    role: Name = Field(examples=["user"])
    content: Text | list[Part] | None = Field(None, examples=["Did the company deny the report?"])

    @property
    def said(self) -> str:
        """Its text."""
        if isinstance(self.content, str) or self.content is None:
            return (self.content or "").strip()
        return " ".join(part.text for part in self.content if part.type == "text" and part.text).strip()


class StreamOptions(BaseModel):
    """What comes with a stream."""

    model_config = ConfigDict(extra="allow")

    include_usage: bool = False


class CompletionBody(BaseModel):
    """A conversation whose last question is to be answered; `filters` and `as_of` are onrecord's own."""

    model_config = ConfigDict(extra="allow")

    model: Name = Field("onrecord", examples=["onrecord"])
    messages: list[Message] = Field(min_length=1, max_length=500)
    stream: bool = False
    stream_options: StreamOptions | None = None
    n: Literal[1] | None = Field(None, description="There is one answer.")
    filters: FilterBody | None = None
    as_of: Day | None = None

    @property
    def questions(self) -> list[str]:
        """What the user asked, oldest first; orders to a model, and its answers, are no questions."""
        return [message.said[:MAX_QUESTION] for message in self.messages if message.role == "user" and message.said]
