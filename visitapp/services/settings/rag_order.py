"""The order in which ratings are listed."""

from __future__ import annotations

from visitapp.records import Rag

RAG_ORDER = {Rag.RED.value: 0, Rag.AMBER.value: 1, Rag.GREEN.value: 2, Rag.UNRATED.value: 3}
"""What needs attention most comes first."""
