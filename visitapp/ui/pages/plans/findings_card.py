"""The findings of a plan that have no action yet."""

from __future__ import annotations

from collections import defaultdict

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from visitapp.language import plural, translate
from visitapp.services.plans.views import PlanView
from visitapp.standing.plans.findings import Finding
from visitapp.ui import words
from visitapp.ui.widgets.card import Card, clear
from visitapp.ui.widgets.text import button, label

_FEW = 5
"""Findings that are shown without being asked for."""


class FindingsCard(Card):
    """Findings that ask for an action and have none: they stop the agreement. The one thing to do
    comes first; many of them are counted by area, and shown when they are asked for."""

    def __init__(self) -> None:
        super().__init__(translate("Findings without an action"))
        self._plan, self._all = "", False
        self._line = label(wrap=True)
        self.column.addWidget(self._line)
        self.add = button(translate("Add the suggested actions"), makes="action")
        self.column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        self._counts = label(tone="muted", wrap=True)
        self.column.addWidget(self._counts)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(4)
        self.column.addLayout(self._lines)
        self.toggle = button(translate("Show the findings"), kind="link")
        self.toggle.clicked.connect(self._turn)
        self.column.addWidget(self.toggle, 0, Qt.AlignmentFlag.AlignLeft)
        self._findings: dict[str, list[Finding]] = {}

    def show_findings(self, plan: PlanView) -> None:
        """Show what is left."""
        if plan.id != self._plan:
            self._plan, self._all = plan.id, False
        count = len(plan.findings)
        self.setVisible(bool(count))
        self._line.setText(
            plural(
                "{n} finding has no action yet. The plan can be agreed when it has one.",
                "{n} findings have no action yet. The plan can be agreed when each has one.",
                count,
            )
        )
        name = plural("Add the suggested action", "Add the {n} suggested actions", count)
        self.add.setText(name)
        self.add.setAccessibleName(name)
        self.add.setAccessibleDescription(self._line.text())
        self._findings = _by_area(plan.findings)
        self._show_lines()

    def point_out(self) -> None:
        """Show every finding, and go to what is to be done about them."""
        self._all = True
        self._show_lines()
        self.add.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show_lines(self) -> None:
        count = sum(map(len, self._findings.values()))
        many = count > _FEW
        counts = [
            translate("{area} {n}", area=area, n=len(some)) for area, some in self._findings.items()
        ]
        self._counts.setText(words.joined(*counts))
        self._counts.setVisible(many and not self._all)
        clear(self._lines)
        if not many or self._all:
            for area, some in self._findings.items():
                self._lines.addWidget(label(area, size="small", tone="muted", wrap=True))
                for one in some:
                    self._lines.addWidget(label(one.asked, wrap=True))
        self.toggle.setVisible(many)
        text = translate("Hide the findings") if self._all else translate("Show the findings")
        self.toggle.setText(text)
        self.toggle.setAccessibleName(text)

    def _turn(self) -> None:
        self._all = not self._all
        self._show_lines()


def _by_area(findings: list[Finding]) -> dict[str, list[Finding]]:
    found: dict[str, list[Finding]] = defaultdict(list)
    for one in findings:
        found[one.area].append(one)
    return found
