"""Where one can go in the window."""

from __future__ import annotations

from msgspec import Struct


class Route(Struct, frozen=True):
    """A page, and what it is to show: a setting, a visit, a question of that visit."""

    page: str
    id: str = ""
    question: str = ""
