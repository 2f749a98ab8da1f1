"""The collector of garbage as in the running desktop; a commit from before it has Python's own."""

from __future__ import annotations

from contextlib import nullcontext

try:
    from visitapp.collector import loading
except ImportError:
    loading = nullcontext

__all__ = ["loading"]
