"""Which index a command works on, and the articles that a new reader finds in it."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index import Index

Progress = Callable[[int, int | None], None]
"""Called with how many articles are done, and of how many where that is known."""

_SEEDED = "seeds-loaded"
"""A file in the user's data folder: the seeds were loaded once, so that removing one keeps it removed."""


def data_folder() -> Path:
    """The user's own index: `$XDG_DATA_HOME/onrecord`, by default under `~/.local/share`."""
    named = os.environ.get("XDG_DATA_HOME", "")
    base = Path(named) if Path(named).is_absolute() else Path.home() / ".local" / "share"
    return base / "onrecord"


@contextmanager
def open_index(named: Path | None, progress: Progress | None = None) -> "Iterator[Index]":
    """The index at `named`, made when missing, or the user's own, which gets the seeds on its first use.

    `progress` follows the loading of the seeds. Raises what `Index.open` and `Index.add` raise.
    """
    from index import Index

    folder = data_folder() if named is None else named
    with Index.open(folder) as index:
        if named is None and not (folder / _SEEDED).exists():
            _load_seeds(index, progress)
            (folder / _SEEDED).touch()
        yield index


def _load_seeds(index: "Index", progress: Progress | None) -> None:
    from index.seeding import read_seeds

    index.add(read_seeds(), progress=progress)
