"""A compiled model used by several threads at once, and texts put together by length for it."""

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from openvino import CompiledModel, InferRequest

BATCH_TOKENS = 4096
"""Tokens in one inference, padding included: larger gained nothing on 2 cores and costs memory."""


_first_runs = threading.Lock()
"""Held through the first inference of any model: two of them at once wait for each other for good in OpenVINO 2026.4
(5 of 6 processes with 4 threads hung); once one has run, any number may."""


class Runner:
    """Runs the model that `load` gives; it is loaded when first needed, once."""

    def __init__(self, load: "Callable[[], CompiledModel]") -> None:
        self._load = load
        self._loading = threading.Lock()
        self._compiled: CompiledModel | None = None
        # Requests wait here between uses. list.pop and append are atomic, so taking one needs no lock.
        self._idle: list[InferRequest] = []
        self._has_run = False

    def run(self, inputs: Mapping[str, NDArray[np.int64]]) -> NDArray[np.float32]:
        """The model's first output for the inputs by name."""
        if self._has_run:
            return self._infer(inputs)
        with _first_runs:
            output = self._infer(inputs)
            self._has_run = True
            return output

    def _infer(self, inputs: Mapping[str, NDArray[np.int64]]) -> NDArray[np.float32]:
        request = self._take_request()
        try:
            # A request's output is overwritten by its next use.
            return np.array(request.infer(dict(inputs))[0], dtype=np.float32)
        finally:
            self._idle.append(request)

    def _take_request(self) -> "InferRequest":
        try:
            return self._idle.pop()
        except IndexError:
            pass
        with self._loading:
            if self._compiled is None:
                self._compiled = self._load()
            return self._compiled.create_infer_request()


def batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Row numbers in groups of like length, each at most `BATCH_TOKENS` once padded."""
    group: list[int] = []
    for row in sorted(range(len(lengths)), key=lengths.__getitem__):
        if group and (len(group) + 1) * lengths[row] > BATCH_TOKENS:
            yield group
            group = []
        group.append(row)
    if group:
        yield group


__all__ = ["BATCH_TOKENS", "Runner", "batches"]
