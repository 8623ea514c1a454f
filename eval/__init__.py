"""The fixed examination: questions with quoted truth, metrics, reports with intervals, comparison, gates, benchmarks.

``from eval.run import evaluate`` runs a set; ``python -m eval.benchmarks`` runs the benchmarks of others. Nothing is
imported here, so that a command which only names this package pays nothing; and never ``import eval``, which hides
Python's own.
"""
