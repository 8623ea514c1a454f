"""Trains the small heads of `rag.heads` on a folder of data: `python -m eval.training reading FOLDER`."""
