"""Training in batches of like length, from a checkpoint where there is one."""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import torch

from eval.training.networks import Network
from rag.heads_pairs import Row

L = TypeVar("L")
_log = logging.getLogger(__name__)

_KEPT = 100
"""Steps between two checkpoints."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a head is trained; `rate` is AdamW's, of the adapters, the head's being four times that."""

    rank: int = 64
    rate: float = 6e-4
    batch: int = 16
    warmup: float = 0.06
    decay: float = 0.01
    clip: float = 1.0
    most: int = 1_000_000
    """Steps after which to stop, the rate having fallen to nothing by then."""
    seed: int = 7


def plan_batches(lengths: Sequence[int], size: int, seed: int) -> list[list[int]]:
    """Row numbers in shuffled batches of like length, sorted within every 50 batches' worth of shuffled rows."""
    rng = np.random.default_rng(seed)
    order = rng.permutation(len(lengths))
    found = []
    for first in range(0, len(order), size * 50):
        stretch = sorted(order[first : first + size * 50].tolist(), key=lengths.__getitem__)
        groups = [stretch[at : at + size] for at in range(0, len(stretch), size)]
        found += [groups[at] for at in rng.permutation(len(groups))]
    return found


def train(
    network: Network,
    rows: Sequence[Row],
    labels: Sequence[L],
    recipe: Recipe,
    checkpoint: Path,
    every: int,
    pause: Callable[[int], None],
) -> None:
    """Train `network` on the rows once through, in place; `pause(step)` is called every `every` steps and at the end.

    The state is kept in `checkpoint`, and training goes on from there when the same rows come again, also when the
    recipe now asks for more steps or fewer: the rate then falls from where it stood.
    """
    steps = plan_batches([len(row.ids) for row in rows], recipe.batch, recipe.seed)[: recipe.most]
    learned = [value for value in network.parameters() if value.requires_grad]
    head = set(map(id, network.head.parameters()))
    optimiser = torch.optim.AdamW(
        [
            {"params": [p for p in learned if id(p) not in head], "lr": recipe.rate},
            {"params": [p for p in learned if id(p) in head], "lr": recipe.rate * 4},
        ],
        weight_decay=recipe.decay,
    )
    warmup = max(1, int(len(steps) * recipe.warmup))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda at: min((at + 1) / warmup, max(0.0, (len(steps) - at) / (len(steps) - warmup)))
    )
    done = _resume(checkpoint, network, optimiser, schedule, len(rows))
    began, seen, losses = time.monotonic(), 0, []
    for number in range(done, len(steps)):
        batch = steps[number]
        optimiser.zero_grad(set_to_none=True)
        loss = network.loss([rows[at] for at in batch], [labels[at] for at in batch])  # type: ignore[operator]
        loss.backward()
        torch.nn.utils.clip_grad_norm_(learned, recipe.clip)
        optimiser.step()
        schedule.step()
        seen += len(batch)
        losses.append(float(loss.detach()))
        if (number + 1) % 25 == 0:
            rate = seen / (time.monotonic() - began)
            _log.info(
                "step %d of %d, loss %.3f, %.1f examples a second", number + 1, len(steps), np.mean(losses[-25:]), rate
            )
        last = number + 1 == len(steps)
        if (number + 1) % _KEPT == 0 or last:
            _keep(checkpoint, network, optimiser, schedule, number + 1, len(rows))
        if (number + 1) % every == 0 or last:
            pause(number + 1)


def _keep(path: Path, network: Network, optimiser: Any, schedule: Any, step: int, of: int) -> None:
    values = {name: value for name, value in network.named_parameters() if value.requires_grad}
    state = {
        "step": step,
        "of": of,
        "values": values,
        "optimiser": optimiser.state_dict(),
        "schedule": schedule.state_dict(),
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    torch.save(state, path.with_suffix(".new"))
    path.with_suffix(".new").rename(path)


def _resume(path: Path, network: Network, optimiser: Any, schedule: Any, of: int) -> int:
    """The steps already done, their state put back; 0 without a checkpoint of as many rows."""
    if not path.exists():
        return 0
    state = torch.load(path, weights_only=True)
    if state["of"] != of:
        _log.info("the checkpoint is of another plan; beginning anew")
        return 0
    with torch.no_grad():
        for name, value in network.named_parameters():
            if value.requires_grad:
                value.copy_(state["values"][name])
    optimiser.load_state_dict(state["optimiser"])
    schedule.load_state_dict(state["schedule"])
    _log.info("going on from step %d", state["step"])
    return int(state["step"])


__all__ = ["Recipe", "plan_batches", "train"]
