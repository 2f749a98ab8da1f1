"""A version of the council's policy: its rules, and how it differs from the one in force."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from visitapp.language import translate
from visitapp.rules.policy.model import Policy
from visitapp.services.policies.statements import compare, statements
from visitapp.services.policies.wording import change_lines, head_lines, rule_lines
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.widgets.filter_chips import FilterChips
from visitapp.ui.widgets.text import named

RULES, CHANGES = "rules", "changes"


def reader(name: str) -> QPlainTextEdit:
    """A text to read, which the arrow keys and Page Down scroll."""
    made = named(QPlainTextEdit(), name)
    made.setReadOnly(True)
    made.setTabChangesFocus(True)
    made.setMinimumHeight(made.fontMetrics().height() * 12)
    return made


class PolicyDialog(Dialog):
    """`save_requested` carries the version whose text is to be written to a file. `in_force`: the
    policy that this one, of this `text`, is compared with."""

    save_requested = Signal(str)

    def __init__(self, parent: QWidget | None, shown: Policy, text: str, in_force: Policy) -> None:
        super().__init__(
            parent,
            translate("Policy {version}", version=shown.version),
            translate("Save as YAML…"),
            width=760,
        )
        self.cancel.setText(translate("Close"))
        self.cancel.setAccessibleName(self.cancel.text())
        self._version = shown.version
        self._lines = {
            RULES: _text([*head_lines(shown, text), *rule_lines(statements(shown))]),
            CHANGES: _text(change_lines(shown, compare(in_force, shown))),
        }
        self.parts = FilterChips(
            translate("Shown"),
            [
                (RULES, translate("Rules")),
                (CHANGES, translate("Changes from the policy in force")),
            ],
        )
        self.parts.setVisible(shown.version != in_force.version)
        self.parts.chosen.connect(self._show)
        self.text = reader(translate("Policy in words"))
        self.column.addWidget(self.parts)
        self.column.addWidget(self.text, 1)
        self._show(RULES)

    def attempt(self) -> None:
        """Save its text, as a start for the next one."""
        self.save_requested.emit(self._version)

    def _show(self, part: str) -> None:
        self.text.setPlainText(self._lines[part])


def _text(lines: Iterable[str]) -> str:
    return "\n".join(lines)
