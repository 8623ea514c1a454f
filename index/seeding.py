"""The articles onrecord starts with, read from the `seeds` package."""

import tomllib
from collections.abc import Iterator
from importlib import resources

from index.types import Article, Nature


def read_seeds() -> Iterator[Article]:
    """The seed articles in the order of `articles.toml`, text byte for byte as given, ids that stay."""
    folder = resources.files("seeds")
    known = tomllib.loads(folder.joinpath("articles.toml").read_text("utf-8"))
    for entry in known["article"]:
        text = folder.joinpath("articles", entry.pop("file")).read_bytes().decode("utf-8")
        yield Article(text=text, nature=Nature(entry.pop("nature")), **entry)


__all__ = ["read_seeds"]
