"""What several commands take, and how they open an index and print."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ui.plain import json_text, one_line

if TYPE_CHECKING:
    from rich.console import RenderableType

    from index import Index

MODEL_VARIABLE, INDEX_VARIABLE = "ONRECORD_MODEL", "ONRECORD_INDEX"

IndexOption = Annotated[
    Path | None,
    typer.Option("--index", metavar="DIR", envvar=INDEX_VARIABLE, help="Folder of the index; made when missing."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")]
SinceOption = Annotated[str | None, typer.Option(metavar="DATE", help="Only articles published on or after this day.")]
UntilOption = Annotated[str | None, typer.Option(metavar="DATE", help="Only articles published on or before this day.")]
PublisherOption = Annotated[list[str] | None, typer.Option(metavar="NAME", help="Only this publisher; repeatable.")]
ArticleOption = Annotated[list[str] | None, typer.Option(metavar="ID", help="Only this article; repeatable.")]
KOption = Annotated[int | None, typer.Option("--k", min=1, max=1000, metavar="N", help="How many passages to read.")]
ModelOption = Annotated[
    str | None,
    typer.Option(
        "--model",
        metavar="NAME",
        envvar=MODEL_VARIABLE,
        help="A language model as provider:name, such as ollama:llama3.1; without one, the embedded reader answers.",
    ),
]


def complain(line: str) -> None:
    """Say on stderr, in one line, what went wrong."""
    print(f"onrecord: {one_line(line)}", file=sys.stderr)


def put(shown: "dict[str, Any] | RenderableType") -> None:
    """Print a document as JSON, a view as it looks."""
    if isinstance(shown, dict):
        print(json_text(shown))
        return
    from ui import render

    render.show(shown)


@contextmanager
def opening(named: Path | None) -> "Iterator[Index]":
    """The index that a command works on; the first use of the user's own shows how loading the seeds goes."""
    from ui.home import open_index
    from ui.progress import progress_bar

    with progress_bar("Loading the first articles") as progress, open_index(named, progress) as index:
        yield index
