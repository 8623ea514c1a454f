"""One index looked at in a process of its own: ``python -m eval.probe FOLDER QUESTIONS`` prints a JSON object.

Opening and the first search are timed as they come, then each of the questions (a JSON list) once, and the memory
that the process holds at the end is read.
"""

import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median, quantiles

from index import Index


def main(arguments: Sequence[str]) -> int:
    """Prints seconds to open, first search, milliseconds at the median and 99th percentile, and megabytes."""
    folder, questions = arguments[0], json.loads(Path(arguments[1]).read_text(encoding="utf-8"))
    began = time.perf_counter()
    with Index.open(folder) as index:
        opened = time.perf_counter()
        index.search(questions[0])
        searched = time.perf_counter()
        times = [_milliseconds(index, question) for question in questions[1:]]
        found = {
            "open": opened - began,
            "first": searched - opened,
            "p50": median(times),
            "p99": quantiles(times, n=100, method="inclusive")[-1],
            "megabytes": resident_megabytes(),
        }
    sys.stdout.write(json.dumps(found) + "\n")
    return 0


def resident_megabytes() -> float:
    """What this process holds in memory now, 10**6 bytes; 0 where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return 0.0
    import resource

    return pages * resource.getpagesize() / 1e6


def _milliseconds(index: Index, question: str) -> float:
    began = time.perf_counter()
    index.search(question)
    return 1000 * (time.perf_counter() - began)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
