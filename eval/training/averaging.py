"""The mean of several trainings of one head."""

from collections.abc import Mapping, Sequence

import numpy as np

from rag.heads_weights import Array, HeadWeights


def average(weights: Sequence[HeadWeights]) -> HeadWeights:
    """The mean of each weight; where one training did not adapt a place, its change there counts as none.

    Trainings that went on from one another lie in one valley of the loss, and their mean often judges better than
    each (Wortsman et al. 2022, "Model soups").
    """

    def mean(name: str, of: Sequence[Mapping[str, Array]]) -> Array:
        values = [each[name] for each in of if name in each]
        # `a` of a place is drawn at random and changes nothing alone: what is absent is a `b` of zeros
        total = np.sum(values, axis=0) / (len(values) if name.endswith(".a") else len(of))
        return np.asarray(total, dtype=np.float32)

    adapters, heads = [w.adapters for w in weights], [w.head for w in weights]
    return HeadWeights(
        weights[0].name,
        "",
        {name: mean(name, adapters) for name in sorted(set().union(*adapters))},
        {name: mean(name, heads) for name in heads[0]},
        {},
    )
