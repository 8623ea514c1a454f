"""What the trained heads gain: a report beside one over the same set by the rules alone, half by half."""

from collections.abc import Sequence
from pathlib import Path

from eval.comparing import Comparison, compare
from eval.metrics import MEASURES
from eval.questions import Part
from eval.report import comparison_dict, read_results
from eval.results import Json

HALVES: dict[str, tuple[Part, ...]] = {"all": tuple(Part), **{str(part): (part,) for part in Part}}
"""What is compared, by the names that figures have."""


def against_rules(folder: Path, rules: Path) -> Json:
    """The comparison of two reports, the heads' first, by half; a half without questions is left out."""
    ours, theirs = read_results(folder), read_results(rules)
    found: dict[str, Comparison] = {}
    for name, parts in HALVES.items():
        here, there = ([result for result in results if result.part in parts] for results in (ours, theirs))
        if here and there:
            found[name] = compare(here, there, "rules alone")
    return {name: comparison_dict(comparison) for name, comparison in found.items()}


def rules_rows(compared: Json) -> tuple[tuple[str, ...], Sequence[tuple[str, ...]]]:
    """The head and the rows of a table: a measure a line, a half a column, each with its verdict first."""
    cells: dict[str, dict[str, str]] = {}
    for half, comparison in compared.items():
        for item in comparison["measures"]:
            cells.setdefault(item["measure"], {})[half] = _cell(item)
    rows = [(MEASURES[name].title, *(found.get(half, "") for half in compared)) for name, found in cells.items()]
    return ("heads against rules alone", *compared), rows


def _cell(item: Json) -> str:
    return (
        f"{item['says']}: {item['ours']:.3f}, rules {item['theirs']:.3f} "
        f"({item['difference']:+.3f}, {item['low']:+.3f} to {item['high']:+.3f}; p = {item['adjusted_p']:.3f})"
    )


__all__ = ["HALVES", "against_rules", "rules_rows"]
