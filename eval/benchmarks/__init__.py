"""Other people's benchmarks, read from a data folder and run on the engine beside plain baselines.

``python -m eval.benchmarks argus --data FOLDER`` runs one; each file here is one benchmark.
"""

NAMES = ("argus", "multihop", "realtimeqa", "fnc1", "squad2", "boolq")

__all__ = ["NAMES"]
