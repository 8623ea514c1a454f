"""Models made ready for the CPU, and kept so: the only door to OpenVINO.

Converting the encoder needs torch, so it happens once, in a process of its own; `python -m index.compiled` is that
process. Kept in the user's cache are the converted model and, within it, one compiled form for each kind of processor.
"""

import hashlib
import logging
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.errors import IndexDamaged, ModelUnavailable, OnrecordError
from index.sealed import read_sealed, seal_folder
from index.settings import DEFAULT_ENCODER
from index.torch_encoder import SentenceTransformerEncoder
from index.weights import check_files, default_fingerprint, packaged_folder

if TYPE_CHECKING:
    import openvino

INPUTS = ("input_ids", "attention_mask")

_CONVERSION_SECONDS = 600
_log = logging.getLogger(__name__)


def cache_folder() -> Path:
    """Where converted encoders are kept for this user: ``onrecord`` under ``$XDG_CACHE_HOME`` or its like."""
    import platformdirs

    return platformdirs.user_cache_path("onrecord", appauthor=False)


def compile_model(cache: Path, folder: Path | None = None) -> "openvino.CompiledModel":
    """The encoder of the weights in `folder`, ready to run: kept in `cache`, and made there when it is missing.

    Takes ids and mask, (n, t) int64 each, and gives (n, 384) float32, unit rows. Raises `ModelUnavailable` where the
    weights are not the right ones or the cache cannot be written.
    """
    name = f"{DEFAULT_ENCODER}-{default_fingerprint()[:12]}"
    return keep_compiled(cache, name, lambda core, home: core.read_model(*_converted(home, folder)))


def keep_compiled(
    cache: Path, name: str, build: "Callable[[openvino.Core, Path], openvino.Model]"
) -> "openvino.CompiledModel":
    """The model `name`, ready to run: as kept in `cache` for this processor, else as `build` makes it, and then kept.

    `name` must tell the model's weights; `build` gets the folder under `cache` that is this model's own.
    """
    ov = openvino_module()
    core = ov.Core()
    capabilities = sorted(core.get_property("CPU", "OPTIMIZATION_CAPABILITIES"))
    # bf16 halves the time on a CPU that computes in it; on others it is emulated, slowly.
    precision = "bf16" if "BF16" in capabilities else "f32"
    options = {"PERFORMANCE_HINT": "LATENCY", "INFERENCE_PRECISION_HINT": precision}
    home = cache / "encoders" / f"{name}-openvino-{_short(ov.get_version())}"
    processor = f"{core.get_property('CPU', 'FULL_DEVICE_NAME')} {capabilities} {os.cpu_count()}"
    compiled = home / f"compiled-{_short(processor + precision)}"
    try:
        return core.import_model(read_sealed(compiled, "model.blob"), "CPU", options)
    except (IndexDamaged, RuntimeError):
        pass  # none yet, or not what was written, or from a processor that only looks the same
    model = core.compile_model(build(core, home), "CPU", options)
    try:
        seal_folder(compiled, lambda aside: _write(aside / "model.blob", model.export_model()))
    except OSError as error:
        _log.warning("the compiled model is not kept in %r: %s", str(compiled), error)
    return model


def convert(home: Path, folder: Path | None = None) -> None:
    """Write the encoder of the weights in `folder` (checked first) into `home`, in OpenVINO's form.

    Loads torch. Raises `ModelUnavailable` or OSError.
    """
    check_files(folder or packaged_folder())
    ov = openvino_module()
    import torch

    encoder = SentenceTransformerEncoder(str(folder) if folder else DEFAULT_ENCODER)
    # Two rows of which one is padded: the trace must see that the mask matters.
    mask = torch.tensor([[1] * 8, [1] * 5 + [0] * 3])
    example = {"input_ids": torch.ones_like(mask), "attention_mask": mask}
    shapes = [(name, [-1, -1], ov.Type.i64) for name in INPUTS]
    with torch.inference_mode():
        model = ov.convert_model(_with_pooling(encoder), example_input=example, input=shapes)
    # Half-precision weights move no vector by more than bf16 arithmetic does, and load in half the time.
    seal_folder(home, lambda aside: ov.save_model(model, aside / "model.xml", compress_to_fp16=True))


def _with_pooling(encoder: SentenceTransformerEncoder) -> Any:
    """A torch module from ids and mask to what the whole sentence-transformers pipeline gives: mean, unit length."""
    import torch

    class Pipeline(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.stages = encoder.model

        def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
            found: torch.Tensor = self.stages({"input_ids": input_ids, "attention_mask": attention_mask})[
                "sentence_embedding"
            ]
            return found

    return Pipeline().eval()


def _converted(home: Path, folder: Path | None) -> tuple[bytes, bytes]:
    """The converted model's graph and weights, checked; converted again where they are missing or damaged."""
    try:
        return read_sealed(home, "model.xml"), read_sealed(home, "model.bin")
    except IndexDamaged:
        _log.info("converting the encoder %r, once", DEFAULT_ENCODER)
    _convert_apart(home, folder)
    return read_sealed(home, "model.xml"), read_sealed(home, "model.bin")


def _convert_apart(home: Path, folder: Path | None) -> None:
    """Run `convert` in another process, so that torch's memory and start-up stay out of this one."""
    try:
        home.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ModelUnavailable(
            f"the encoder cannot be kept in {str(home.parent)!r} ({error.strerror}); "
            "set XDG_CACHE_HOME to a folder that can be written"
        ) from error
    command = [sys.executable, "-m", __spec__.name, str(home), *([str(folder)] if folder else [])]
    path = os.pathsep.join([str(Path(__file__).parents[1]), *filter(None, [os.environ.get("PYTHONPATH")])])
    try:
        done = subprocess.run(
            command,
            env=os.environ | {"PYTHONPATH": path},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_CONVERSION_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise ModelUnavailable(f"converting the encoder took over {_CONVERSION_SECONDS} s; try again") from error
    if done.returncode != 0:
        said = done.stderr.strip().splitlines() or [f"exit status {done.returncode}"]
        raise ModelUnavailable(f"the encoder cannot be converted: {said[-1]}")


def openvino_module() -> Any:
    """OpenVINO without its telemetry: importing it otherwise writes to the home folder and may report to its makers."""
    if "openvino" not in sys.modules:
        # Its own code takes a missing package for "none wanted"; no setting of it does as much.
        sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]
    import openvino

    return openvino


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _write(path: Path, data: Any) -> None:
    path.write_bytes(data if isinstance(data, bytes) else data.getvalue())


def main(arguments: list[str]) -> int:
    """Convert into the folder named first, from the weights in the one named second; 0 when done."""
    home, *folder = map(Path, arguments)
    try:
        convert(home, *folder)
    except (OnrecordError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
