"""Which page the window opens with."""

from __future__ import annotations

from visitapp.rules.choices import Role
from visitapp.services.services import Services


def first_page(services: Services) -> str:
    """The page that the window opens with: the day, for those whose work it is and who have
    settings; else the portfolio, which teaches how to begin."""
    role = services.me().role
    return "today" if role != Role.VIEWER and services.today.has_settings() else "portfolio"
