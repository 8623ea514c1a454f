"""Sources of any kind, read as articles."""

from index.readers.reading import Reading, read_articles

__all__ = ["Reading", "read_articles"]
