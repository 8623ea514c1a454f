"""The record: what a release reached, kept in `results/`, and the main table of the README made from the newest one.

``python -m eval.record NAME --report FOLDER… --benchmark FILE…`` keeps the summaries of reports, and of benchmarks as
``python -m eval.benchmarks … --json`` printed them, under the name of a release. A report that `onrecord eval
--no-heads` made is kept as what the report over the same set is compared with.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

from eval.against_rules import against_rules, rules_rows
from eval.examined import RULES
from eval.metrics import MEASURES
from eval.results import Json
from index.errors import BadInput

HERE = Path(__file__).parent
RESULTS = HERE / "results"
README = HERE / "README.md"
BEGIN, END = "<!-- figures: made by python -m eval.record -->", "<!-- end of figures -->"

Row: TypeAlias = tuple[str, ...]

_SHOWN = (
    "answer_accuracy",
    "verdict_accuracy",
    "wrong_when_answered",
    "citation_precision",
    "citation_recall",
    "support_precision",
    "verbatim",
    "attribution",
    "outlet",
    "abstention_f1",
    "confidence_error",
)
_KEPT_SLICES = ("all", "tuning", "sealed")


def collect(reports: Iterable[Path], benchmarks: Iterable[Path]) -> Json:
    """Summaries of reports and figures of benchmarks as one object. Raises BadInput for a file that is neither."""
    read = {folder: _read(folder / "report.json") for folder in reports}
    sets = {folder: summary for folder, summary in read.items() if summary["run"].get("way") != RULES}
    for summary in sets.values():
        summary["figures"] = {name: summary["figures"][name] for name in _KEPT_SLICES if name in summary["figures"]}
        summary["run"].pop("settings", None)
    for rules in read.keys() - sets.keys():
        folder = _counterpart(rules, read[rules], sets)
        sets[folder]["rules_alone"] = against_rules(folder, rules)
    return {"sets": list(sets.values()), "benchmarks": [_read(path) for path in benchmarks]}


def newest(folder: Path = RESULTS) -> Path | None:
    """The record of the newest release, by version number; None where there is none."""
    return max(folder.glob("*.json"), key=lambda path: _numbers(path.stem), default=None)


def render(record: Json, name: str) -> str:
    """The record as Markdown: a table for each set, and one for each benchmark."""
    parts = [f"Figures of {name}."]
    parts += [_set_table(summary) for summary in record["sets"]]
    parts += [_benchmark_table(result) for result in record["benchmarks"]]
    return "\n\n".join(parts)


def with_figures(readme: str, figures: str) -> str:
    """The README with the text between its two marks replaced. Raises BadInput where a mark is missing."""
    before, begin, rest = readme.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise BadInput(f"the README lacks the marks {BEGIN!r} and {END!r}; put them where the figures belong")
    return f"{before}{BEGIN}\n\n{figures}\n\n{END}{after}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit status: 0 when the record was kept and the README made anew, 1 with the reason on stderr."""
    parser = argparse.ArgumentParser("python -m eval.record", description="Keep a release's figures.")
    parser.add_argument("name", help="the release, such as 0.2.0")
    parser.add_argument("--report", type=Path, action="append", default=[], metavar="FOLDER")
    parser.add_argument("--benchmark", type=Path, action="append", default=[], metavar="FILE")
    chosen = parser.parse_args(arguments)
    try:
        record = collect(chosen.report, chosen.benchmark)
        RESULTS.mkdir(exist_ok=True)
        path = RESULTS / f"{chosen.name}.json"
        path.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        figures = render(record, chosen.name)
        README.write_text(with_figures(README.read_text(encoding="utf-8"), figures), encoding="utf-8")
    except BadInput as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def _counterpart(folder: Path, rules: Json, sets: Mapping[Path, Json]) -> Path:
    """The report that differs from one by the rules alone in nothing but the heads."""
    same = ("set", "set_sha256", "code_sha256", "model", "seed", "kinds")
    for other, summary in sets.items():
        if all(summary["run"].get(name) == rules["run"].get(name) for name in same):
            return other
    raise BadInput(
        f"{str(folder)!r} was made by the rules alone, and no report given is of the same set, code and model with the "
        "heads; give that one with --report too"
    )


def _set_table(summary: Json) -> str:
    run, times = summary["run"], summary["times"]
    slices = [name for name in _KEPT_SLICES if name in summary["figures"]]
    rows = [
        (MEASURES[name].title, *(_cell(summary["figures"][part].get(name)) for part in slices))
        for name in _SHOWN
        if name in summary["figures"]["all"]
    ]
    model = run.get("model") or "no language model"
    about = (
        f"**{summary['name']}**, version {run.get('set_version') or 'unrecorded'}: {summary['questions']} questions on "
        f"{summary['facts']} facts over {run['articles']} articles, {model}, commit {run.get('commit') or 'unknown'}; "
        f"{times['seconds_p50']:.2f} s a question (median), {times['seconds_p99']:.2f} s at the 99th percentile, "
        f"{times['threads']} at a time on {times['cores']} cores ({times['processor']})."
    )
    tables = [_table(("measure", *slices), rows)]
    if "rules_alone" in summary:
        tables.append(_table(*rules_rows(summary["rules_alone"])))
    return "\n\n".join([about, *tables])


def _benchmark_table(result: Json) -> str:
    rows: dict[str, dict[str, Json]] = {}
    for row in result["rows"]:
        rows.setdefault(row["measure"], {})[row["system"]] = row
    systems = list(dict.fromkeys(row["system"] for row in result["rows"]))
    lines = [(measure, *(_cell(found.get(system)) for system in systems)) for measure, found in rows.items()]
    run = result.get("run", {})
    asked = max((row["questions"] for row in result["rows"]), default=0)
    half = run.get("half", "all")
    # A limit takes the first rows of the half, so that the table must not be read as being of all of them.
    rows_asked = f"first {asked} questions of {half} rows" if run.get("limit") else f"{half} rows, {asked} questions"
    about = f"**{result['benchmark']}**, {rows_asked}, commit {run.get('commit')}."
    against = [f"- {pair['system']} against rules alone, {_pair(pair)}." for pair in result.get("paired", ())]
    published = [
        f"- Published: {item['system']}, {item['measure']} {item['value']} ({item['source']})."
        for item in result["published"]
    ]
    differs = [f"- What differs: {line}" for line in result["differs"]]
    return "\n\n".join([about, _table(("measure", *systems), lines), "\n".join(against + published + differs)])


def _pair(pair: Mapping[str, float]) -> str:
    spread = f"{pair['difference']:+.3f}, {pair['low']:+.3f} to {pair['high']:+.3f}; p = {pair['p']:.3f}"
    return f"questions right: {pair['says']}, {pair['ours']:.3f} and {pair['theirs']:.3f} ({spread})"


def _table(head: Row, rows: Sequence[Row]) -> str:
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, ("---",) * len(head), *rows))


def _cell(figure: Mapping[str, float] | None) -> str:
    return "" if figure is None else f"{figure['value']:.3f} ({figure['low']:.3f} to {figure['high']:.3f})"


def _read(path: Path) -> Json:
    try:
        made: Json = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BadInput(f"{str(path)!r} cannot be read ({error})") from None
    return made


def _numbers(name: str) -> tuple[tuple[int, str], ...]:
    """A version as what it sorts by: 0.10.0 after 0.9.0."""
    return tuple((int(part), "") if part.isdigit() else (-1, part) for part in name.split("."))


if __name__ == "__main__":
    sys.exit(main())
