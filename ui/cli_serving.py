"""The commands that serve others: the chat with its APIs, the tools over stdio, and the users who may come in."""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from ui.cli_eval import REPORTS
from ui.cli_options import IndexOption, ModelOption, opening
from ui.exits import DONE


def chat(
    index: IndexOption = None,
    host: Annotated[str, typer.Option(metavar="H", help="An address to serve on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(metavar="P", min=0, max=65535, help="0 takes a free one.")] = 7860,
    model: ModelOption = None,
    token: Annotated[
        str | None,
        typer.Option(metavar="TEXT", envvar="ONRECORD_TOKEN", help="Let in who knows it; better in the variable."),
    ] = None,
    users: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Let in these users; `onrecord user` writes the file.")
    ] = None,
    allow_host: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="A name by which others reach it; repeatable.")
    ] = None,
    rate: Annotated[
        int | None, typer.Option(metavar="N", min=1, help="Requests a minute for each caller; with keys 120.")
    ] = None,
    reports: Annotated[Path, typer.Option(metavar="DIR", help="Where the last evaluation is.")] = REPORTS,
) -> int:
    """Chat in the browser, with the HTTP API and MCP beside it."""
    from ui.arenas import keep_few_arenas
    from ui.keys import make_keys
    from ui.listening import listen

    keep_few_arenas()  # before the first thread
    keys = make_keys(token, users)
    with _private_folder(), listen(host, port, keyed=keys is not None) as listener, opening(index) as opened:
        from ui.server import serve
        from ui.turnstile import Limits

        limits = Limits(per_minute=rate or (120 if keys else None))
        names = allow_host or ()
        return serve(opened, listener, model=model, keys=keys, names=names, limits=limits, reports=reports)


@contextmanager
def _private_folder() -> Iterator[None]:
    """While the chat runs, Gradio's temporary files are where this user alone can read; afterwards they are gone."""
    with tempfile.TemporaryDirectory(prefix="onrecord-") as folder:
        os.environ["GRADIO_TEMP_DIR"] = folder  # read when Gradio is imported, which is later
        yield


def serve_tools(index: IndexOption = None, model: ModelOption = None) -> int:
    """Serve the tools ask, search and read_article over stdio, for a program that starts this one (MCP)."""
    with opening(index) as opened:
        from ui.mcp import serve_stdio

        serve_stdio(opened, model)
    return DONE


def user(
    name: Annotated[str, typer.Argument(help="Letters, digits and . @ _ -")],
    users: Annotated[Path, typer.Option(metavar="FILE", help="Where users are kept; made when missing.")],
) -> int:
    """Let a user into the chat, or change the password: asks for it, or reads a line of stdin."""
    from ui.keys import check_name, write_user

    check_name(name)
    people = sys.stdin.isatty()
    asked = typer.prompt("Password", hide_input=True, confirmation_prompt=True) if people else sys.stdin.readline()
    write_user(users, name, asked.rstrip("\n"))
    return DONE
