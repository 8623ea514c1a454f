"""Low-rank adapters on a BERT encoder (Hu et al. 2021), in 60 lines instead of a dependency.

The encoder stays as it is, in bf16; what is learned is kept in float32. Dropout is off: on a CPU drawing the masks
takes as long as the network itself, and so few weights overfit little in a few rounds.
"""

from collections.abc import Iterator
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn.functional import linear

from rag.heads_weights import PLACES


class Adapted(nn.Module):
    """A frozen linear layer plus `b @ a`, which begins as nothing: `a` is drawn at random, `b` is zero."""

    def __init__(self, base: nn.Linear, rank: int) -> None:
        super().__init__()
        self.base = base
        self.a = nn.Parameter(torch.randn(rank, base.in_features) * base.in_features**-0.5)
        self.b = nn.Parameter(torch.zeros(base.out_features, rank))

    def forward(self, x: Tensor) -> Tensor:
        """What the layer gives with its adapter, in the precision of `x`."""
        found: Tensor = self.base(x) + linear(linear(x, self.a.to(x.dtype)), self.b.to(x.dtype))
        return found


def open_adapted(folder: Path, rank: int) -> nn.Module:
    """The BERT model in `folder`, frozen in bf16, with an adapter at each of `PLACES` in every layer."""
    from transformers import BertModel

    # Eager attention: on CPUs its bf16 backward pass is half as long again as fast as the fused one.
    model = BertModel.from_pretrained(str(folder), attn_implementation="eager", add_pooling_layer=False)
    model.bfloat16().requires_grad_(False).train(False)
    for layer in model.encoder.layer:
        for place in PLACES.values():
            path, _, name = place.rpartition(".")
            parent = layer.get_submodule(path)
            setattr(parent, name, Adapted(getattr(parent, name), rank))
    return model


def adapters(model: nn.Module) -> Iterator[tuple[str, Tensor]]:
    """Name and value of everything learned in the encoder: `0.query.a`, (rank, in), and `0.query.b`, (out, rank)."""
    for number, layer in enumerate(model.encoder.layer):  # type: ignore[arg-type,union-attr]
        for place, path in PLACES.items():
            adapted = layer.get_submodule(path)
            yield f"{number}.{place}.a", adapted.a
            yield f"{number}.{place}.b", adapted.b


__all__ = ["Adapted", "adapters", "open_adapted"]
