"""`python -m eval.training HEAD FOLDER`: train one of the heads on a folder of data, and print its sealed figures."""

import argparse
import json
import logging
import os
from pathlib import Path

from rag.heads_weights import FOLDER


def main() -> None:
    """Train, from a checkpoint where there is one, and leave weights and figures behind."""
    parser = argparse.ArgumentParser(prog="python -m eval.training", description="Train a head on a folder of data.")
    parser.add_argument("head", choices=["reading", "stance"])
    parser.add_argument("data", type=Path, help="the folder that holds reading/ and stance/")
    parser.add_argument("--scratch", type=Path, default=Path(".cache/training"), help="where checkpoints are kept")
    parser.add_argument("--out", type=Path, default=FOLDER, help="where the weights are written")
    parser.add_argument("--share", type=float, default=1.0, help="of the training rounds to run")
    parser.add_argument("--rate", type=float, default=6e-4, help="the learning rate of the adapters")
    parser.add_argument("--batch", type=int, default=16, help="examples between two steps")
    parser.add_argument("--steps", type=int, default=1_000_000, help="after how many to stop, at the latest")
    parser.add_argument("--seed", type=int, default=7, help="draws windows, order and the adapters' beginning")
    parser.add_argument("--begin", type=Path, help="a folder of weights to begin from, instead of from nothing")
    parser.add_argument(
        "--average", type=Path, nargs="+", metavar="FOLDER", help="train nothing: average the heads in these"
    )
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    wanted = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    os.environ["HF_HUB_OFFLINE"] = "1"
    import torch
    import transformers

    from eval.training.card import Trained, read_figures, read_trained, write_card, write_trained
    from eval.training.loop import Recipe
    from eval.training.reading import average_reading, train_reading
    from eval.training.stance import average_stance, train_stance

    transformers.logging.set_verbosity_error()  # type: ignore[no-untyped-call]
    torch.set_num_threads(wanted.threads)
    recipe = Recipe(rate=wanted.rate, batch=wanted.batch, most=wanted.steps, seed=wanted.seed)
    earlier = [read_trained(folder).get(wanted.head) for folder in wanted.average or filter(None, [wanted.begin])]
    # each went on from the one before, so the longest row of recipes holds them all
    before = max((trained.recipes for trained in earlier if trained), key=len, default=())
    if wanted.average:
        mean = average_reading if wanted.head == "reading" else average_stance
        found = mean(wanted.data, wanted.out, wanted.average, recipe)
        # one folder is calibrated and measured again, and stays what it was
        mean_of = len(wanted.average) if wanted.average[1:] else max((one.mean_of for one in earlier if one), default=1)
        trained = Trained(before, mean_of, "; ".join(one.note for one in earlier if one and one.note))
    else:
        run = train_reading if wanted.head == "reading" else train_stance
        found = run(wanted.data, wanted.scratch, wanted.out, recipe, wanted.share, wanted.begin)
        trained = Trained((*before, recipe))
    figures = {
        name: [round(v, 4) for v in (x.value, x.low, x.high)] + [x.rows, x.clusters] for name, x in found.items()
    }
    wanted.scratch.mkdir(parents=True, exist_ok=True)
    (wanted.scratch / f"{wanted.head}.json").write_text(json.dumps(figures, indent=1), encoding="utf-8")
    write_trained(wanted.out, wanted.head, trained)
    write_card(wanted.out / "README.md", read_figures(wanted.scratch), read_trained(wanted.out))
    for name, (value, low, high, rows, clusters) in figures.items():
        print(f"{name:40} {value:.3f}  ({low:.3f} to {high:.3f}; {rows} rows, {clusters} groups)")


if __name__ == "__main__":
    main()
