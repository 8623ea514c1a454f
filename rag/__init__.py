"""Questions to cited answers."""

from rag.engine import Engine
from rag.types import Answer, Citation, Evidence, Stance, Support, Verdict

__all__ = ["Answer", "Citation", "Engine", "Evidence", "Stance", "Support", "Verdict"]
