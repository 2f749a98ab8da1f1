"""Moves in the ranking by live risk, in words that window and terminal share."""

from __future__ import annotations

from visitapp.language import translate
from visitapp.services.views.risk import RankedRisk


def move_text(row: RankedRisk) -> str:
    """`▲ up 9`, riskier than a week ago; nothing where no record of that week is here."""
    if row.moved is None:
        return translate("new") if row.is_new else ""
    if row.moved > 0:
        return translate("▲ up {n}", n=row.moved)
    if row.moved < 0:
        return translate("▼ down {n}", n=-row.moved)
    return translate("no move")
