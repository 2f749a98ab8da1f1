"""The rows of docs/configuration.md as the declarations of the keys give them."""

from __future__ import annotations

from visitapp.configuration import Key


def row(key: Key) -> str:
    """The line of the table for one key."""
    default = f"`{key.default}`" if key.default not in (None, "") else "none"
    return f"| `{key.name}` | `{key.variable}` | {default} | {key.description} |"
