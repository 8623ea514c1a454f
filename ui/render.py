"""Answers, articles and reports as a person reads them in a terminal, 80 columns wide and up."""

import sys
from collections.abc import Iterable, Sequence

from rich import box
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from index.types import AddReport, Article, Check, Edition, Entry, Hit, RemoveReport
from rag.types import Answer, Citation, Evidence, Stance, Verdict
from ui import words
from ui.plain import one_line, printable, shorten

_WIDEST = 100
"""Lines longer than this are tiring to read, however wide the terminal."""

_VERDICT_STYLE = {
    Verdict.YES: "bold green",
    Verdict.NO: "bold red",
    Verdict.DISPUTED: "bold yellow",
    Verdict.ANSWERED: "bold",
    Verdict.UNKNOWN: "bold dim",
}
_STANCE_STYLE = {Stance.ASSERTS: "green", Stance.DENIES: "red", Stance.NEUTRAL: "dim"}


def console(*, stderr: bool = False) -> Console:
    """Where to print: without colour when piped, no markup read from text, at most 100 columns."""
    made = Console(stderr=stderr, markup=False, highlight=False, emoji=False, soft_wrap=False)
    made.width = min(made.width, _WIDEST)
    return made


def show(view: RenderableType) -> None:
    """Print `view` on stdout; piped, without colour and without blanks at line ends."""
    out = console()
    if out.is_terminal:
        out.print(view)
        return
    with out.capture() as captured:
        out.print(view)
    sys.stdout.write("".join(f"{line.rstrip()}\n" for line in captured.get().splitlines()))


def answer_view(answer: Answer) -> Group:
    """Verdict first, then the answer, what backs it, every source, and the warnings."""
    parts: list[RenderableType] = [_headline(answer), Text(), Padding(_body(answer), (0, 0, 0, 2))]
    if answer.citations:
        parts += [Text(), *_numbered(answer.citations, claim=answer.claim)]
    if answer.closest:
        parts += [Text(), Text("Closest passages (they do not answer the question)", style="bold")]
        parts += _numbered(answer.closest, claim=None)
    if answer.sources:
        parts += [Text(), sources_table(answer)]
    if answer.warnings:
        parts += [Text(), *(_hanging("!", Text(one_line(warning)), "yellow") for warning in answer.warnings)]
    return Group(*parts)


def _headline(answer: Answer) -> Text:
    line = Text(words.headline(answer), style=_VERDICT_STYLE[answer.verdict])
    return line.append(f"  {words.verdict_words(answer)}", style="dim not bold")


def _body(answer: Answer) -> Text:
    return Text(printable(words.body(answer)))


def _numbered(citations: Iterable[Citation], *, claim: str | None) -> list[RenderableType]:
    return [_citation(citation, claim=claim) for citation in citations]


def _citation(citation: Citation, *, claim: str | None) -> RenderableType:
    article = citation.article
    said = f"{words.speaker_words(citation)} {words.stance_words(citation)} · " if claim else ""
    if not claim and citation.speaker:
        said = f"said by {words.speaker_words(citation)} · "
    lines = Text(f"“{one_line(citation.quote)}”", style="italic")
    lines.append(f"\n{said}{words.place_words(article)}", style="not italic")
    lines.append(f"\n{shorten(words.title_words(article), 75)}", style="dim not italic")
    return _hanging(f"[{citation.n}]", lines, "bold")


def _hanging(mark: str, body: RenderableType, style: str = "") -> RenderableType:
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=max(3, len(mark)), no_wrap=True, style=style)
    grid.add_column(ratio=1, overflow="fold")
    grid.expand = True
    grid.add_row(mark, body)
    return grid


def sources_table(answer: Answer) -> RenderableType:
    """Every source that bears on the question: who says what to the claim, in which article, of which day."""
    table = _table("", "Who", "Says", "Source", "Published") if answer.claim else _table("", "Source", "Published")
    for column, width in zip(table.columns, (3, 15, 13, None, 16) if answer.claim else (3, None, 16), strict=True):
        column.width = width
    for statements in words.sources_by_article(answer):
        place = [_source_name(statements[0][0]), Text(words.date_words(statements[0][0].article.published))]
        for source, number in statements if answer.claim else statements[:1]:
            row = [Text(f"[{number}]" if number else "", style="bold")]
            if answer.claim:
                says = Text(words.stance_words(source), style=_STANCE_STYLE[source.stance])
                row += [Text(words.speaker_words(source)), says]
            table.add_row(*row, *place)
            place = []  # further statements of one article stand under its name
    return Group(Text.assemble(("Claim: ", "bold"), one_line(answer.claim)), table) if answer.claim else table


def _source_name(source: Evidence) -> Text:
    article = source.article
    name = Text(words.publisher_words(article), style="" if article.publisher else "dim")
    name.append(f"\n{shorten(words.title_words(article), 52)}", style="dim")
    if source.reprints:
        name.append(f"\nand {words.count_words(len(source.reprints), 'reprint')}", style="dim")
    return name


def _table(*headings: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, expand=True, pad_edge=False, padding=(0, 1, 0, 0), show_edge=False)
    for heading in headings:
        table.add_column(heading, overflow="fold", header_style="bold")
    return table


def hits_view(hits: Sequence[Hit]) -> RenderableType:
    """Passages in the order they were found, best first."""
    if not hits:
        return Text("No passage matches.")
    return Group(*(_hit(rank, hit) for rank, hit in enumerate(hits, start=1)))


def _hit(rank: int, hit: Hit) -> RenderableType:
    article = hit.article
    head = Text(words.title_words(article), style="bold")
    head.append(f"\n{words.place_words(article)} · {one_line(article.id)}", style="dim not bold")
    head.append(f"\n{one_line(hit.passage.text)}\n", style="not bold")
    return _hanging(f"{rank}.", head)


def articles_view(entries: Sequence[Entry]) -> RenderableType:
    """The articles of an index, one row each."""
    if not entries:
        return Text("No articles yet. Add some: onrecord add PATH")
    table = _table("Article and id", "Publisher", "Published")
    table.add_column("Passages", justify="right", header_style="bold", no_wrap=True)
    for column, width in zip(table.columns, (None, 17, 16, 8), strict=True):
        column.width = width
    for entry in entries:
        name = Text(shorten(words.title_words(entry), 100))
        table.add_row(
            name.append(f"\n{one_line(entry.id)}", style="dim"),
            Text(words.publisher_words(entry)),
            Text(words.date_words(entry.published)),
            Text(f"{entry.passages:,}"),
        )
    return Group(table, Text(words.count_words(len(entries), "article"), style="dim"))


def article_view(article: Article, editions: Sequence[Edition] = ()) -> RenderableType:
    """One whole article, with what is known of it above, and of its earlier versions."""
    entry = Entry.of(article)
    known = [words.publisher_words(entry), words.date_words(entry.published)]
    known[1:1] = [one_line(article.author)] if article.author else []
    head = Text(words.title_words(entry), style="bold")
    head.append(f"\n{' · '.join(known)}", style="dim not bold")
    for line in (words.notice_words(entry), article.url and one_line(article.url)):
        if line:
            head.append(f"\n{line}", style="dim not bold")
    for edition in editions:
        if not edition.current:
            day = words.date_words(edition.published)
            head.append(
                f"\nreplaced: added {edition.added[:10]}, {day}, SHA-256 {edition.sha256}", style="dim not bold"
            )
    return Group(head, Text(), Text(printable(article.text)))


def add_view(report: AddReport) -> Text:
    """What was added, in one line."""
    failed = f", {len(report.failed):,} failed" if report.failed else ""
    return Text(
        f"{words.count_words(report.added, 'article')} added, {report.replaced:,} replaced, "
        f"{report.unchanged:,} unchanged{failed}."
    )


def remove_view(report: RemoveReport) -> Text:
    """What was removed, in one line."""
    return Text(f"{words.count_words(len(report.removed), 'article')} removed.")


def checks_view(checks: Sequence[Check]) -> RenderableType:
    """Every check of `doctor`, the failed ones in words as well as in colour."""
    table = _table("Check", "", "What was seen")
    for check in checks:
        mark = Text("ok", style="green") if check.ok else Text("FAILED", style="bold red")
        table.add_row(Text(one_line(check.name)), mark, Text(one_line(check.detail)))
    return table
