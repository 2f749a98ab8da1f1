"""Where one can go in the window."""

from __future__ import annotations

from msgspec import Struct


class Route(Struct, frozen=True):
    """A page, and what it shows: a setting, a visit, a question of that visit, and the part of
    that question to go into (`answer`, `reason` or `note`)."""

    page: str
    id: str = ""
    question: str = ""
    part: str = ""
