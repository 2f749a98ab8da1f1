"""What a review of a visit warns of: it bars nothing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout

from visitapp.language import translate
from visitapp.services.views.visits import VisitView
from visitapp.ui.widgets.text import label


def show_warnings(
    column: QVBoxLayout, view: VisitView, link: Callable[[str, str, str], None]
) -> None:
    """Show what may be counted twice, and what rests on little; `link` makes a line that leads to
    its question."""
    if view.warnings:
        column.addWidget(label(translate("Worth a second look"), strong=True, wrap=True))
    for warning in view.warnings:
        column.addWidget(label(warning, size="small", tone="amber", wrap=True))
    if view.thin_sources:
        column.addWidget(label(translate("What the answers rest on"), strong=True, wrap=True))
    for one in view.thin_sources:
        if one.question:
            link(one.text, one.question, "")
        else:
            column.addWidget(label(one.text, size="small", tone="amber", wrap=True))
