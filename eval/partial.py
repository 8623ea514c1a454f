"""What an interrupted run had done, kept line by line so that the next one goes on where it stopped."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from eval.results import Result

PARTIAL = "partial.jsonl"


@contextmanager
def partial_run(
    out: str | Path | None, about: Mapping[str, object], sealed: bool
) -> Iterator[tuple[dict[str, Result], Callable[[Result], None]]]:
    """What an interrupted run of the very same kind had done, and where to keep what comes."""
    if out is None:
        yield {}, lambda result: None
        return
    folder = Path(out)
    folder.mkdir(parents=True, exist_ok=True)
    head = json.dumps({**about, "sealed": sealed}, sort_keys=True)
    known = _read_partial(folder / PARTIAL, head)
    with (folder / PARTIAL).open("w", encoding="utf-8") as file:

        def keep(result: Result) -> None:
            _write_line(file, json.dumps((result if sealed else result.sealed()).to_dict(), ensure_ascii=False))

        _write_line(file, head)
        for result in known.values():
            keep(result)
        yield known, keep


def _read_partial(path: Path, head: str) -> dict[str, Result]:
    """The results by key of a partial file that begins with `head`; a last line cut short is left out."""
    if not path.exists():
        return {}
    first, *rest = path.read_text(encoding="utf-8").split("\n")
    if first != head:
        return {}
    results: list[Result] = []
    for line in rest:
        try:
            results.append(Result.from_dict(json.loads(line)))
        except (ValueError, KeyError, TypeError):
            continue
    return {result.key: result for result in results}


def _write_line(file: TextIO, line: str) -> None:
    file.write(line + "\n")
    file.flush()


__all__ = ["PARTIAL", "partial_run"]
