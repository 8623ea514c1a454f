"""What a host's robots.txt lets a program read. The only door to protego."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from protego import Protego

MAX_BYTES = 512 * 2**10
"""RFC 9309 asks readers to take at least 500 KiB; what is beyond is left."""

MAX_PAUSE_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one host; without a file everything is allowed, or nothing where its server is at fault."""

    file: "Protego | None"
    otherwise: bool = True

    def allows(self, agent: str, url: str) -> bool:
        """True if `agent` may read `url`."""
        return self.otherwise if self.file is None else bool(self.file.can_fetch(url, agent))

    def pause_seconds(self, agent: str) -> float:
        """How long the host asks to be left alone between two pages, up to ten seconds."""
        asked = None if self.file is None else self.file.crawl_delay(agent)
        return min(float(asked or 0.0), MAX_PAUSE_SECONDS)


def read_rules(status: int, data: bytes) -> Rules:
    """The rules in an answer to a request for robots.txt (RFC 9309, 2.3.1)."""
    if status >= 500:
        return Rules(None, otherwise=False)
    if status != 200:
        return Rules(None)
    from protego import Protego

    return Rules(Protego.parse(data[:MAX_BYTES].decode("utf-8", "replace")))


__all__ = ["Rules", "read_rules"]
