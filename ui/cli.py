"""The command `onrecord`: each command opens an index, asks it for one thing and prints that.

Everything heavy is imported inside the command that needs it, so that `--help` costs next to nothing.
"""

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from ui import cli_eval, cli_serving
from ui.cli_options import (
    ArticleOption,
    IndexOption,
    JsonOption,
    KOption,
    ModelOption,
    PublisherOption,
    SinceOption,
    UntilOption,
    complain,
    opening,
    put,
)
from ui.exits import DONE, FAILED, INTERRUPTED, WRONG_USAGE
from ui.plain import one_line

if TYPE_CHECKING:
    from index import Filters

app = typer.Typer(
    name="onrecord",
    help="Ask news articles a question; get the answer that is on record, with the passages that say so.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


@app.command()
def ask(
    question: Annotated[
        list[str], typer.Argument(metavar="QUESTION", help="The question; quotes keep the shell off it.")
    ],
    *,
    as_json: JsonOption = False,
    index: IndexOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    as_of: Annotated[
        str | None,
        typer.Option(
            metavar="DATE", help='The day that "now" counts from; later articles are not read. Default today.'
        ),
    ] = None,
    publisher: PublisherOption = None,
    article: ArticleOption = None,
    model: ModelOption = None,
    k: KOption = None,
) -> int:
    """Answer a question from the articles, with the passages that say so."""
    from ui import render

    filters = _filters(since, until, publisher, article)
    with opening(index) as opened:
        from rag import Engine

        answer = Engine(opened, model=model).ask(" ".join(question), as_of=as_of, filters=filters, k=k)
        empty = not opened.entries()
    put(answer.to_dict() if as_json else render.answer_view(answer))
    return __complain_of_no_articles() if empty else DONE


@app.command()
def search(
    words: Annotated[list[str], typer.Argument(metavar="WORDS", help="What to look for.")],
    *,
    as_json: JsonOption = False,
    index: IndexOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    publisher: PublisherOption = None,
    article: ArticleOption = None,
    k: KOption = None,
) -> int:
    """Find passages, best first, without answering. A day or a month in the words counts: "last October"."""
    from index.days import this_day
    from ui import render
    from ui.documents import hits_document

    query = " ".join(words)
    filters = _filters(since, until, publisher, article)
    with opening(index) as opened:
        hits = opened.search(query, k=k or 10, filters=filters, today=this_day())
        empty = not opened.entries()
    put(hits_document(query, hits) if as_json else render.hits_view(hits))
    return __complain_of_no_articles() if empty else DONE


@app.command()
def add(
    sources: Annotated[
        list[str], typer.Argument(metavar="PATH_OR_URL...", help="Files, folders, URLs, feeds, .jsonl.")
    ],
    index: IndexOption = None,
    as_json: JsonOption = False,
    allow_host: Annotated[
        list[str] | None,
        typer.Option(metavar="HOST", help="A host of a private network that may be asked, as name or name:port."),
    ] = None,
) -> int:
    """Add what is new, replace what changed, leave what is the same. Stopped with Ctrl-C, it goes on when run again."""
    from index import Interrupted
    from ui import render
    from ui.adding import add_sources
    from ui.documents import add_document
    from ui.progress import progress_bar

    stopped = False
    try:
        with opening(index) as opened, progress_bar("Adding articles") as progress:
            report = add_sources(opened, sources, progress, allow_host or ())
    except Interrupted as stop:
        stopped, report = True, stop.report
    for warning in report.warnings:
        complain(warning)
    for failure in report.failed:
        complain(f"{failure.source}: {failure.reason}")
    put(add_document(report) if as_json else render.add_view(report))
    if stopped:
        complain("stopped; what was added is in, and the same command goes on from there")
        return INTERRUPTED
    return FAILED if report.failed and not report.added + report.replaced + report.unchanged else DONE


@app.command()
def remove(
    article_ids: Annotated[
        list[str], typer.Argument(metavar="ARTICLE_ID...", help="Ids as `onrecord list` shows them.")
    ],
    index: IndexOption = None,
    as_json: JsonOption = False,
) -> int:
    """Remove articles."""
    from ui import render

    with opening(index) as opened:
        report = opened.remove(article_ids)
    for article_id in report.missing:
        complain(f"no article has the id {article_id!r}; `onrecord list` shows them")
    put({"removed": list(report.removed), "missing": list(report.missing)} if as_json else render.remove_view(report))
    return FAILED if report.missing and not report.removed else DONE


@app.command(name="list")
def list_articles(index: IndexOption = None, as_json: JsonOption = False) -> int:
    """List the articles."""
    from ui import render
    from ui.documents import entries_document

    with opening(index) as opened:
        entries = opened.entries()
    put(entries_document(entries) if as_json else render.articles_view(entries))
    return DONE


@app.command()
def show(
    article_id: Annotated[str, typer.Argument(help="The id as `onrecord list` shows it.")],
    index: IndexOption = None,
    as_json: JsonOption = False,
) -> int:
    """Show one whole article."""
    from ui import render
    from ui.documents import article_document

    with opening(index) as opened:
        article, editions = opened.article(article_id), opened.editions(article_id)
    put(article_document(article, editions) if as_json else render.article_view(article, editions))
    return DONE


app.command()(cli_serving.chat)
app.command(name="mcp")(cli_serving.serve_tools)
app.command()(cli_serving.user)
app.add_typer(cli_eval.app, name="eval")


@app.command()
def doctor(
    index: IndexOption = None,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Make again what is derived from the articles.")] = False,
    as_json: JsonOption = False,
) -> int:
    """Check every file and invariant of the index."""
    from index.doctor import doctor as examine
    from ui import render
    from ui.documents import checks_document
    from ui.home import data_folder

    checks = examine(index or data_folder(), rebuild=rebuild)
    put(checks_document(checks) if as_json else render.checks_view(checks))
    return DONE if all(check.ok for check in checks) else FAILED


def main() -> None:
    """Run the command line and leave with its exit code."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """The exit code of `onrecord` with `arguments`; what goes wrong is said in one line on stderr."""
    try:
        code = app(args=list(arguments) or ["--help"], prog_name="onrecord", standalone_mode=False)
        sys.stdout.flush()
        return code if isinstance(code, int) else DONE
    except KeyboardInterrupt:
        return INTERRUPTED
    except typer.Abort:
        return FAILED
    except BrokenPipeError:
        # The reader of our output has gone (`onrecord list | head -1`): nothing is left to say, nor to flush at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except typer.TyperException as error:
        return _fail(arguments, f"{error.format_message()}{_see_help(error)}", WRONG_USAGE)
    except Exception as error:  # whatever it is, `known_problem` tells a person's mistake from a fault of ours
        from ui.problems import known_problem

        problem = known_problem(error)
        if problem is None:
            raise
        return _fail(arguments, problem.line, problem.exit_code)


def _see_help(error: typer.TyperException) -> str:
    context: typer.Context | None = getattr(error, "ctx", None)
    return f" See `{context.command_path} --help`." if context else ""


def _fail(arguments: Sequence[str], line: str, code: int) -> int:
    complain(line)
    if "--json" in arguments:
        put({"error": one_line(line)})
    return code


def __complain_of_no_articles() -> int:
    complain("the index holds no articles; add some with `onrecord add PATH`")
    return FAILED


def _filters(
    since: str | None, until: str | None, publishers: list[str] | None, articles: list[str] | None
) -> "Filters | None":
    if not (since or until or publishers or articles):
        return None
    from index import Filters

    return Filters(since=since, until=until, publishers=publishers or (), articles=articles or ())
