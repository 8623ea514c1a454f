"""What can go wrong, as one small tree.

::

    OnrecordError
    ├── BadInput                 the caller can mend it: a flag, a date, a question
    │   └── InvalidFilter
    ├── NotInIndex               no article of that id
    ├── IndexInUse               another process is writing
    ├── IndexDamaged             a file differs from what was committed; doctor --rebuild
    ├── DiskFull                 no space left; what was committed stays
    ├── IndexMismatch            built with another encoder or by another version
    └── ModelUnavailable         encoder or language model cannot be loaded or reached

A message says what happened, shows the value with ``!r`` and gives the next step.
"The articles do not say" is an answer, never an exception.
"""


class OnrecordError(Exception):
    """What was asked could not be done; the message is one line for the person who asked."""


class BadInput(OnrecordError):
    """The caller's input cannot be used as it stands."""


class InvalidFilter(BadInput):
    """A filter names a date that cannot be read, or an empty range."""


class NotInIndex(OnrecordError):
    """No article of that id is in the index."""


class IndexInUse(OnrecordError):
    """Another process holds the index for writing."""


class IndexDamaged(OnrecordError):
    """A file of the index differs from what was committed."""


class DiskFull(OnrecordError):
    """There is no space left to write to; what was committed before stays."""


class IndexMismatch(OnrecordError):
    """The index was built with another encoder, or by another version of onrecord."""


class ModelUnavailable(OnrecordError):
    """An encoder or a language model cannot be loaded or reached."""
