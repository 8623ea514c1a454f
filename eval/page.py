"""A report as one HTML page that needs nothing else: no script, no font, no image from anywhere."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from eval.calibration import reliability, risk_coverage
from eval.figures import latency
from eval.intervals import Interval
from eval.metrics import HEADLINE, MEASURES
from eval.plots import curve_plot, latency_plot, reliability_plot

if TYPE_CHECKING:
    from eval.report import Report
    from eval.results import Json, Result

STYLE = Path(__file__).with_name("page.css")


def render_page(report: "Report") -> str:
    """The whole page. Every text from articles, questions and answers is escaped here."""
    body = "".join(_parts(report))
    style = STYLE.read_text(encoding="utf-8")
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        f"<title>onrecord, evaluation of {escape(report.name)}</title><style>{style}</style></head>"
        f"<body><main>{body}</main></body></html>\n"
    )


def _parts(report: "Report") -> Iterable[str]:
    facts = len({result.group for result in report.results})
    yield f"<h1>Evaluation of {escape(report.name)}</h1>"
    yield f'<p class="soft">{len(report.results)} questions on {facts} facts, {escape(_when(report))}</p>'
    yield _tiles(report)
    yield _gates(report)
    yield _comparison(report)
    yield "<h2>Figures</h2>" + _figures(report)
    yield "<h2>By kind of question</h2>" + _kinds(report)
    yield "<h2>Verdicts</h2>" + _verdicts(report)
    yield f'<h2>Plots</h2><div class="plots">{"".join(plots_of(report.results))}</div>'
    yield _failures(report)
    yield _off_gold(report)
    yield "<h2>What was run</h2>" + _facts({**report.run, **report.times})
    yield (
        "<h2>What these figures cannot say</h2><ul>"
        + "".join(f"<li>{escape(line)}</li>" for line in report.limits)
        + "</ul>"
    )


def _tiles(report: "Report") -> str:
    tiles = [
        f'<div class="tile"><span>{escape(MEASURES[name].title)}</span><b>{interval.value:.3f}</b>'
        f'<span class="soft">{interval.low:.3f} to {interval.high:.3f}, {interval.rows} questions</span></div>'
        for name in HEADLINE
        if (interval := report.figures.get(name))
    ]
    return f'<div class="tiles">{"".join(tiles)}</div>'


def _gates(report: "Report") -> str:
    rows = [
        (_word("holds", "good") if item.held else _word("falls", "bad"), escape(item.gate), escape(item.says))
        for item in report.gates
    ]
    return "<h2>Gates</h2>" + _table(("", "gate", "reached"), rows) if rows else ""


def _comparison(report: "Report") -> str:
    comparison = report.comparison
    if comparison is None:
        return ""
    classes = {"better": "good", "worse": "bad"}
    rows = [
        (
            escape(MEASURES[item.measure].title),
            _word(str(item.says), classes.get(str(item.says), "soft")),
            f"{item.ours:.3f}",
            f"{item.theirs:.3f}",
            f"{item.difference.value:+.3f} ({item.difference.low:+.3f} to {item.difference.high:+.3f})",
            f"{item.adjusted:.3f}",
        )
        for item in comparison.measures
    ]
    said = f"<p>{comparison.shared} questions are in both reports, word for word; {comparison.only_ours} are new.</p>"
    head = ("measure", "", "here", "there", "difference (95 % interval)", "p, adjusted")
    return f"<h2>Against {escape(comparison.against)}</h2>{said}{_table(head, rows)}"


def _figures(report: "Report") -> str:
    slices = [name for name in ("all", "tuning", "sealed") if name in report.slices]
    rows = [
        (
            escape(measure.title),
            *(_interval(report.slices[part], name) for part in slices),
            str(report.figures[name].rows),
        )
        for name, measure in MEASURES.items()
        if name in report.figures
    ]
    return _table(("measure", *slices, "questions"), rows)


def _kinds(report: "Report") -> str:
    rows = []
    for name, found in report.slices.items():
        if name.startswith("kind: "):
            kind = name.removeprefix("kind: ")
            count = sum(result.kind == kind for result in report.results)
            rows.append((escape(kind), str(count), *(_interval(found, measure) for measure in HEADLINE[:5])))
    return _table(("kind", "questions", *(MEASURES[measure].title for measure in HEADLINE[:5])), rows)


def _verdicts(report: "Report") -> str:
    from eval.report import confusion_of

    counts = confusion_of(report)
    golds, said = (list(dict.fromkeys(cell[side] for cell in sorted(counts))) for side in (0, 1))
    rows = [
        (escape(gold), *(_word(str(counts.get((gold, one), "")), "good" if gold == one else "bad") for one in said))
        for gold in golds
    ]
    return _table(("wanted, down; said, across", *said), rows)


def plots_of(results: "Sequence[Result]") -> tuple[str, ...]:
    """The plots of a run, one `figure` each: whether certainty comes true, what is wrong among the surest, time."""
    given = [result for result in results if result.answered]
    leaning = [result for result in results if result.lean is not None and result.truth is not None]
    return (
        reliability_plot(
            reliability([result.confidence for result in results], [float(result.right) for result in results]),
            "Confidence against share right",
        ),
        reliability_plot(
            reliability([result.lean or 0.0 for result in leaning], [result.truth or 0.0 for result in leaning]),
            "Lean against share yes",
        ),
        curve_plot(
            risk_coverage([result.confidence for result in given], [float(not result.right) for result in given]),
            "Wrong among the surest answers",
            "share of answers kept, surest first",
            "share wrong",
        ),
        latency_plot([result.seconds for result in results], "Time to answer"),
    )


def _failures(report: "Report") -> str:
    shown = report.worst(len(report.results))
    hidden = sum(not result.right and result.detail is None for result in report.results)
    note = (
        f'<p class="soft">{hidden} wrong answers to sealed questions are counted and not shown.</p>' if hidden else ""
    )
    return f"<h2>Wrong answers ({len(shown)})</h2>{note}" + "".join(_failure(result) for result in shown)


def _off_gold(report: "Report") -> str:
    """Citations of right answers that are on no gold quote: either the citation is off, or the gold wants adding to."""
    rows = [
        (escape(result.detail["question"]["question"]), _quote(item["quote"], _source(item), ""))
        for result in report.results
        if result.right and result.detail and result.detail["answer"]
        for item, on in zip(result.detail["answer"]["citations"], result.detail["on_gold"], strict=True)
        if not on
    ]
    head = f"<h2>Citations off gold in right answers ({len(rows)})</h2>"
    note = '<p class="soft">Each is either a citation that misses the point or gold that wants adding to.</p>'
    return head + note + _table(("question", "cited"), rows) if rows else ""


def _failure(result: "Result") -> str:
    detail = result.detail or {}
    question = detail["question"]
    about = f"{question['id']}, {result.kind}: {'; '.join(detail['faults'])}"
    head = f"{escape(question['question'])} <small>{escape(about)}</small>"
    sides = _wanted(question, detail["needs_missed"]) + _said(result, detail)
    return f'<details><summary>{head}</summary><div class="sides">{sides}</div></details>'


def _wanted(question: "Json", missed: Sequence[str]) -> str:
    before = "".join(f'<p class="soft">{escape(asked)}</p>' for asked in question["history"])
    wanted = "; ".join([" or ".join(question["verdict"]), *question["accepted"][:3]])
    marks = {item["need"]: "bad" if item["need"] in missed else "good" for item in question["gold"]}
    gold = "".join(_quote(item["quote"], item["article"], marks[item["need"]]) for item in question["gold"])
    return f"<div><h3>Wanted</h3>{before}<p>{escape(wanted)}</p>{gold}</div>"


def _said(result: "Result", detail: "Json") -> str:
    answer = detail["answer"]
    if answer is None:
        return f"<div><h3>Said</h3><p>{escape(detail['error'])}</p></div>"
    marks = ["good" if on else "bad" for on in detail["on_gold"]] + [""] * len(answer["closest"])
    quotes = zip([*answer["citations"], *answer["closest"]], marks, strict=True)
    cited = "".join(_quote(item["quote"], _source(item), mark) for item, mark in quotes)
    short = f"<p><b>{escape(answer['verdict'])}</b> {escape(answer['short'] or '')}</p>"
    head = f"<h3>Said, with confidence {result.confidence:.2f}</h3>"
    return f"<div>{head}{short}<p>{escape(answer['text'])}</p>{cited}</div>"


def _source(citation: "Json") -> str:
    article = citation["article"]
    parts = (article["publisher"] or article["id"], article["published"], citation["speaker"], citation["stance"])
    return ", ".join(part for part in parts if part)


def _quote(text: str, source: str, kind: str) -> str:
    return f'<blockquote class="{kind}">{escape(text)}<cite>{escape(source)}</cite></blockquote>'


def _interval(found: Mapping[str, Interval], name: str) -> str:
    interval = found.get(name)
    if interval is None:
        return ""
    return f'{interval.value:.3f} <span class="soft">{interval.low:.3f} to {interval.high:.3f}</span>'


def _word(word: str, kind: str) -> str:
    return f'<span class="{kind}">{escape(word)}</span>' if word else ""


def _facts(values: Mapping[str, object]) -> str:
    return _table(("", ""), [(escape(name), escape(str(value))) for name, value in values.items() if value is not None])


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    titles = "".join(f"<th>{escape(title)}</th>" for title in head)
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f'<div class="scroll"><table><thead><tr>{titles}</tr></thead><tbody>{body}</tbody></table></div>'


def _when(report: "Report") -> str:
    parts = [str(report.run.get("model") or "embedded reader"), str(report.times.get("when", ""))]
    if seconds := latency(report.results):
        parts.append(f"{seconds['p50']:.3f} s a question (median), {seconds['p99']:.3f} s at the 99th percentile")
    return ", ".join(parts)


__all__ = ["render_page"]
