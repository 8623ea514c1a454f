"""A bar with time left on stderr, for people; nothing where stderr is not a terminal."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from ui.home import Progress


@contextmanager
def progress_bar(doing: str) -> Iterator[Progress | None]:
    """What to call as work goes on, None where nobody watches. The bar appears with the first call."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from ui.render import console

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    bar = Progress(*columns, console=console(stderr=True), transient=True)
    task = bar.add_task(doing, total=None)
    started = False

    def show(done: int, total: int | None) -> None:
        nonlocal started
        if not started:
            bar.start()
            started = True
        bar.update(task, completed=done, total=total)

    try:
        yield show
    finally:
        if started:
            bar.stop()
