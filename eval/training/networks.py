"""The heads as they are trained: the adapted encoder under one linear layer."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy

from eval.training.lora import adapters, open_adapted
from index.running import batches
from rag.heads_pairs import Row, pad
from rag.heads_weights import HeadWeights

Array = NDArray[np.float32]
Labels = Sequence[Sequence[tuple[int, int]]]


class Network(nn.Module):
    """The encoder with adapters, and `head`, a linear layer on every token's last state."""

    outputs: int

    def __init__(self, folder: Path, rank: int) -> None:
        super().__init__()
        self.encoder = open_adapted(folder, rank)
        self.head = nn.Linear(384, self.outputs)

    def forward(self, ids: Tensor, mask: Tensor, types: Tensor) -> Tensor:
        """(n, t, outputs) float32, where the head is."""
        ids, mask, types = (part.to(self.head.weight.device) for part in (ids, mask, types))
        states = self.encoder(input_ids=ids, attention_mask=mask, token_type_ids=types).last_hidden_state
        found: Tensor = self.head(states.float())
        return found

    def learned(self) -> tuple[dict[str, Array], dict[str, Array]]:
        """The adapters and the head, by the names that `rag.heads_weights` knows."""
        found = {name: value.detach().cpu().numpy() for name, value in adapters(self.encoder)}
        return found, {"weight": self.head.weight.detach().cpu().numpy(), "bias": self.head.bias.detach().cpu().numpy()}

    def begin_from(self, weights: HeadWeights) -> None:
        """Take over what an earlier training learned; a place that it did not adapt stays as it is."""
        own = dict(adapters(self.encoder)) | {"weight": self.head.weight, "bias": self.head.bias}
        with torch.no_grad():
            for name, value in {**weights.adapters, **weights.head}.items():
                own[name].copy_(torch.from_numpy(value))

    def outputs_of(self, rows: Sequence[Row]) -> list[Array]:
        """(t, outputs) for each row, in their order."""
        found: list[Array] = [np.empty(0, np.float32)] * len(rows)
        with torch.inference_mode():
            for group in batches([len(row.ids) for row in rows]):
                result = self(*(torch.from_numpy(part) for part in pad([rows[at] for at in group]))).cpu().numpy()
                for at, one in zip(group, result, strict=True):
                    found[at] = one[: len(rows[at].ids)]
        return found


class ReadingNetwork(Network):
    """Three numbers a token: that an answer begins there, that it ends there, and, at [CLS], that there is one."""

    outputs = 3

    def loss(self, rows: Sequence[Row], labels: Sequence[tuple[int, int]]) -> Tensor:
        """Cross-entropy of first and last token, [CLS] standing for "no answer", with that of whether there is one."""
        ids, mask, types = (torch.from_numpy(part) for part in pad(rows))
        found = self(ids, mask, types)
        allowed = torch.zeros_like(mask, dtype=torch.bool, device=found.device)
        allowed[:, 0] = True
        for at, row in enumerate(rows):
            allowed[at, row.first : row.first + len(row.offsets)] = True
        ends = found[..., :2].masked_fill(~allowed[..., None], -1e4)
        first, last = torch.tensor(labels, device=found.device).T
        span = cross_entropy(ends[..., 0], first) + cross_entropy(ends[..., 1], last)
        answers: Tensor = span / 2 + 0.5 * binary_cross_entropy_with_logits(found[:, 0, 2], (first > 0).float())
        return answers


class StanceNetwork(Network):
    """Four numbers at [CLS]: supports, refutes, neutral, unrelated."""

    outputs = 4

    def loss(self, rows: Sequence[Row], labels: Sequence[int]) -> Tensor:
        """Cross-entropy of the label."""
        found = self(*(torch.from_numpy(part) for part in pad(rows)))[:, 0]
        return cross_entropy(found, torch.tensor(labels, device=found.device))


__all__ = ["Network", "ReadingNetwork", "StanceNetwork"]
