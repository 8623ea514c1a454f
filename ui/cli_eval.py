"""The command `onrecord eval`: runs an evaluation set, and begins one of one's own."""

from pathlib import Path
from typing import Annotated

import typer

from ui.cli_options import IndexOption, JsonOption, ModelOption, opening, put
from ui.exits import DONE, GATE_FELL

REPORTS = Path(".reports/eval")
"""Where a report is written, and where the chat looks for the last one."""

app = typer.Typer(invoke_without_command=True, rich_markup_mode=None)


@app.callback()
def evaluate(
    context: typer.Context,
    *,
    question_set: Annotated[
        Path | None, typer.Option("--set", metavar="FILE", help="Questions as JSONL; default the fixed set.")
    ] = None,
    index: IndexOption = None,
    as_json: JsonOption = False,
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where the report is written.")] = REPORTS,
    against: Annotated[Path | None, typer.Option(metavar="REPORT", help="An earlier report to compare with.")] = None,
    kinds: Annotated[
        list[str] | None,
        typer.Option("--kinds", "--kind", metavar="KIND", help="Only these kinds: denial,claim; repeatable."),
    ] = None,
    sealed: Annotated[bool, typer.Option("--sealed", help="Show the sealed questions too.")] = False,
    no_heads: Annotated[
        bool, typer.Option("--no-heads", help="Answer by the rules alone, without the trained heads; no gates.")
    ] = False,
    model: ModelOption = None,
) -> int:
    """Run the evaluation set and report; `onrecord eval init` begins a set of your own."""
    if context.invoked_subcommand is not None:
        return DONE
    from eval.examined import RULES
    from eval.report import console_table, summary
    from eval.run import evaluate as examine
    from ui.progress import progress_bar

    with progress_bar("Asking") as bar:
        report = examine(
            question_set,
            index,
            out=out,
            against=against,
            model=model,
            kinds=tuple(kind.strip() for named in kinds or () for kind in named.split(",")),
            sealed=sealed,
            way=RULES if no_heads else "engine",
            heard=lambda come: bar(come.done, come.of) if bar else None,
        )
    if as_json:
        put(summary(report))
    else:
        console_table(report)
        print(f"The report is in {out}.")
    return DONE if all(outcome.held for outcome in report.gates) else GATE_FELL


@app.command()
def init(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where the set is written; made when missing.")],
    index: IndexOption = None,
    per_article: Annotated[
        int, typer.Option(metavar="N", min=0, max=50, help="Questions suggested for each article.")
    ] = 2,
    as_json: JsonOption = False,
) -> int:
    """Begin a set of your own: questions that the articles suggest, and those that readers rated in the chat."""
    from eval.starter import write_starter
    from ui.memory import FILE_NAME, Memory
    from ui.readers_questions import append_questions

    with opening(index) as opened:
        articles = [opened.article(entry.id) for entry in opened.entries()]
        kept = opened.folder / FILE_NAME
        feedback = Memory(kept).feedback() if kept.exists() else []
    questions, beside = write_starter(articles, folder, per_article)
    rated = append_questions(questions, feedback, {article.id: article.text for article in articles})
    if as_json:
        put({"questions": str(questions), "articles": str(beside), "from_readers": rated})
        return DONE
    print(f"The questions are in {questions}, {rated} of them from readers; the articles stand beside them.")
    print(f"Word those that begin with EDIT, then run: onrecord eval --set {questions}")
    return DONE
