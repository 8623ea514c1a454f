"""How often each caller may come: a bucket of turns that fills up again."""

import math
import time
from collections import OrderedDict
from collections.abc import Callable

_CALLERS = 4_096
"""Callers that are remembered; those who came longest ago are forgotten."""


class Rate:
    """At most `per_minute` turns a minute for each caller on average, and `burst` at once."""

    def __init__(self, per_minute: int, burst: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._per_second, self._burst, self._clock = per_minute / 60, burst, clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        """Turns that were left, and when that was."""

    def wait(self, caller: str) -> int:
        """Whole seconds until the caller has a turn; 0 now."""
        left = self._turns(caller)
        return 0 if left >= 1 else math.ceil((1 - left) / self._per_second)

    def take(self, caller: str) -> int:
        """As `wait`; a turn that is there is used up."""
        seconds = self.wait(caller)
        if seconds == 0:
            self._left[caller] = (self._turns(caller) - 1, self._clock())
            self._left.move_to_end(caller)
            while len(self._left) > _CALLERS:
                self._left.popitem(last=False)
        return seconds

    def _turns(self, caller: str) -> float:
        left, then = self._left.get(caller, (float(self._burst), self._clock()))
        return min(float(self._burst), left + (self._clock() - then) * self._per_second)
