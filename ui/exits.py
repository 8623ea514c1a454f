"""Exit codes of the command line."""

DONE = 0
FAILED = 1
"""It could not be done."""
WRONG_USAGE = 2
"""The command itself is to be mended."""
GATE_FELL = 3
"""A gate of the evaluation fell."""
INTERRUPTED = 130
"""128 + SIGINT, as shells have it."""
