"""Questions to begin with, drawn from the articles that are loaded."""

from collections.abc import Sequence
from importlib import resources

from index.types import Entry
from ui.plain import shorten
from ui.words import title_words

_OFFERED = 3


def example_questions(entries: Sequence[Entry]) -> tuple[str, ...]:
    """Three questions, or fewer: those written for the seeds where all of them are loaded, else one a title."""
    if _seeds_are_in(entries):
        return tuple(resources.files("seeds").joinpath("examples.txt").read_text("utf-8").splitlines()[:_OFFERED])
    newest = sorted(entries, key=lambda entry: entry.published or "", reverse=True)
    return tuple(f"What is on record about “{shorten(title_words(entry), 90)}”?" for entry in newest[:_OFFERED])


def _seeds_are_in(entries: Sequence[Entry]) -> bool:
    from index.seeding import read_seeds

    return {seed.id for seed in read_seeds()} <= {entry.id for entry in entries}
