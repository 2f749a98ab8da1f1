"""Publishing a policy file: its faults, or what it changes and the question whether to."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from forms.format.faults import Fault
from sync.wire import PolicyPublished
from visitapp.errors import VisitappError
from visitapp.language import plural, translate
from visitapp.rules.policy.model import Policy
from visitapp.services.policies.policies import Policies
from visitapp.services.policies.statements import compare
from visitapp.services.policies.wording import change_lines
from visitapp.ui import words
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.dialogs.policies.policy import reader
from visitapp.ui.shell.operations import Operation, Progress, Runner
from visitapp.ui.widgets.text import label


class PublishPolicyDialog(Dialog):
    """Shows what a checked policy changes, and publishes it to the server when agreed. `published`
    carries the server's PolicyPublished."""

    published = Signal(object)

    def __init__(
        self, parent: QWidget | None, policies: Policies, text: str, file: str, checked: Policy
    ) -> None:
        super().__init__(
            parent,
            translate("Publish a policy"),
            translate("Publish policy {version}", version=checked.version),
            width=760,
        )
        self._policies, self._text, self._file = policies, text, file
        self._runner = Runner(self)
        day = words.day(checked.in_force_from)
        teaching = translate(
            "{file} has no faults. Every device receives it with its next sync, and the council "
            "works by it from {day}. A published version cannot be changed or taken back.",
            file=file,
            day=day,
        )
        self.column.addWidget(label(teaching, wrap=True))
        self.changes = reader(translate("Changes from the policy in force"))
        changes = compare(policies.in_force(), checked)
        self.changes.setPlainText("\n".join(change_lines(checked, changes)))
        self.add_field(translate("Changes from the policy in force"), self.changes)

    def attempt(self) -> None:
        """Send it to the server, in the background."""

        def work(progress: Progress) -> PolicyPublished:
            return self._policies.publish(self._text, self._file)

        self.primary.setEnabled(False)
        self._runner.run(Operation(self.windowTitle(), work, self._succeed, self._fail))

    def done(self, result: int) -> None:
        """Close, once the worker has stopped."""
        self._runner.end()
        super().done(result)

    def _succeed(self, told: PolicyPublished) -> None:
        self.published.emit(told)
        self.accept()

    def _fail(self, problem: VisitappError) -> None:
        self.primary.setEnabled(True)
        self.messages.show_problem(problem)


class PolicyFaultsDialog(Dialog):
    """Every fault of a file that cannot be published; `again_requested` asks for another file."""

    again_requested = Signal()

    def __init__(self, parent: QWidget | None, file: str, faults: Sequence[Fault]) -> None:
        super().__init__(
            parent, translate("Publish a policy"), translate("Choose the file again…"), width=760
        )
        self.cancel.setText(translate("Close"))
        self.cancel.setAccessibleName(self.cancel.text())
        summary = plural(
            "{file} has {n} fault. Correct it in the file. Nothing was published.",
            "{file} has {n} faults. Correct them in the file. Nothing was published.",
            len(faults),
            file=file,
        )
        self.column.addWidget(label(summary, wrap=True))
        self.faults = reader(translate("Faults"))
        lines = (
            translate("Line {line}: {what} {remedy}", line=f.line, what=f.what, remedy=f.remedy)
            for f in faults
        )
        self.faults.setPlainText("\n\n".join(lines))
        self.add_field(translate("Faults"), self.faults)

    def attempt(self) -> None:
        """Choose a file again."""
        self.accept()
        self.again_requested.emit()
