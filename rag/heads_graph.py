"""A head as one OpenVINO graph, built without torch: the encoder's layers with the adapters added into their weights.

The graph is BERT's (Devlin et al. 2018) as sentence-transformers' MiniLM has it: 6 layers, 12 attention heads of 32.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from index.compiled import keep_compiled, openvino_module
from index.weights import WEIGHTS, check_file, packaged_folder
from rag.heads_weights import PLACES, HeadWeights

if TYPE_CHECKING:
    import openvino

INPUTS = ("ids", "mask", "types")

_LAYERS, _HEADS, _WIDTH = 6, 12, 384
_EPSILON = 1e-12

Weights = Mapping[str, NDArray[np.float32]]


def compile_head(weights: HeadWeights, cache: Path) -> "openvino.CompiledModel":
    """The head ready to run, kept in `cache`: (n, t) int64 ids, mask and types to (n, t, outputs) float32.

    Raises `ModelUnavailable` where the encoder's own weights are not the right ones.
    """
    return keep_compiled(cache, f"{weights.name}-{weights.fingerprint[:12]}", lambda *_: build_graph(weights))


def build_graph(weights: HeadWeights) -> "openvino.Model":
    """The graph that `compile_head` compiles."""
    ov = openvino_module()
    graph = _Graph(merged_weights(weights))
    inputs = [graph.ops.parameter([-1, -1], ov.Type.i64, name) for name in INPUTS]
    for name, parameter in zip(INPUTS, inputs, strict=True):
        parameter.output(0).get_tensor().set_names({name})
    states = graph.embed(inputs[0], inputs[2])
    hidden = graph.hide(inputs[1])
    for layer in range(_LAYERS):
        states = graph.layer(states, hidden, f"encoder.layer.{layer}.")
    found = graph.linear(states, weights.head["weight"], weights.head["bias"])
    return ov.Model([found], inputs, weights.name)


def merged_weights(weights: HeadWeights) -> Weights:
    """The encoder's weights by their published names, each adapter's `b @ a` added to its layer's."""
    from safetensors.numpy import load_file

    merged: dict[str, NDArray[np.float32]] = load_file(str(check_file(packaged_folder(), WEIGHTS)))
    for layer in range(_LAYERS):
        for place, path in PLACES.items():
            adapter = f"{layer}.{place}"
            if f"{adapter}.a" in weights.adapters:
                change = weights.adapters[f"{adapter}.b"] @ weights.adapters[f"{adapter}.a"]
                merged[f"encoder.layer.{layer}.{path}.weight"] += change
    return merged


class _Graph:
    """OpenVINO's operations over the named weights."""

    def __init__(self, weights: Weights) -> None:
        self.ops: Any = openvino_module().opset13
        self._weights = weights

    def embed(self, ids: Any, types: Any) -> Any:
        """Word, place and type vectors of the tokens, added and normalised."""
        ops = self.ops
        count = ops.gather(ops.shape_of(ids), np.int64(1), np.int64(0))
        places = ops.range(np.int64(0), count, np.int64(1), output_type="i64")
        words = self._rows("embeddings.word_embeddings.weight", ids)
        total = ops.add(
            ops.add(words, self._rows("embeddings.token_type_embeddings.weight", types)),
            self._rows("embeddings.position_embeddings.weight", places),
        )
        return self._normalise(total, "embeddings.LayerNorm.")

    def hide(self, mask: Any) -> Any:
        """0 for a token and a large negative number for padding, (n, 1, 1, t), to add to attention scores."""
        ops = self.ops
        absent = ops.subtract(ops.constant(np.float32(1)), ops.convert(mask, "f32"))
        return ops.unsqueeze(ops.multiply(absent, ops.constant(np.float32(-1e4))), ops.constant(np.array([1, 2])))

    def layer(self, states: Any, hidden: Any, name: str) -> Any:
        """The states after one layer: attention, then the two dense ones, each added to what came in."""
        ops = self.ops
        query, key, value = (
            self._split(self._dense(states, f"{name}attention.self.{part}.")) for part in ("query", "key", "value")
        )
        heard = ops.scaled_dot_product_attention(query, key, value, hidden)
        heard = ops.reshape(ops.transpose(heard, np.array([0, 2, 1, 3])), np.array([0, 0, _WIDTH]), special_zero=True)
        states = self._normalise(
            ops.add(self._dense(heard, f"{name}attention.output.dense."), states), f"{name}attention.output.LayerNorm."
        )
        inner = ops.gelu(self._dense(states, f"{name}intermediate.dense."), "erf")
        return self._normalise(ops.add(self._dense(inner, f"{name}output.dense."), states), f"{name}output.LayerNorm.")

    def linear(self, states: Any, weight: NDArray[np.float32], bias: NDArray[np.float32]) -> Any:
        """`states @ weight.T + bias`."""
        return self.ops.add(self.ops.matmul(states, self._half(weight), False, True), bias)

    def _dense(self, states: Any, name: str) -> Any:
        return self.linear(states, self._weights[name + "weight"], self._weights[name + "bias"])

    def _rows(self, name: str, at: Any) -> Any:
        return self.ops.gather(self._half(self._weights[name]), at, np.int64(0))

    def _half(self, values: NDArray[np.float32]) -> Any:
        """A constant kept in half precision: it moves no output by more than bf16 arithmetic does."""
        return self.ops.convert(self.ops.constant(values.astype(np.float16)), "f32")

    def _split(self, states: Any) -> Any:
        """(n, t, 384) to (n, 12, t, 32)."""
        parted = self.ops.reshape(states, np.array([0, 0, _HEADS, _WIDTH // _HEADS]), special_zero=True)
        return self.ops.transpose(parted, np.array([0, 2, 1, 3]))

    def _normalise(self, states: Any, name: str) -> Any:
        level = self.ops.mvn(states, np.array([-1]), True, _EPSILON, "inside_sqrt")
        return self.ops.add(self.ops.multiply(level, self._weights[name + "weight"]), self._weights[name + "bias"])


__all__ = ["INPUTS", "build_graph", "compile_head", "merged_weights"]
