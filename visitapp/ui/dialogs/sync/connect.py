"""Connect this laptop to the council's server."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from visitapp.errors import Code, Refused, VisitappError
from visitapp.language import message, translate
from visitapp.services.sync.connection import Connection
from visitapp.services.views.people import Person
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.dialogs.fields import type_again
from visitapp.ui.shell.operations import Operation, Progress, Runner
from visitapp.ui.widgets.text import button, label


class ConnectDialog(Dialog):
    """Address, name and password. `connected` carries the Person; the password is kept nowhere.

    A person changes their own password here too, and must when somebody else chose it.
    """

    connected = Signal(object)

    def __init__(
        self, parent: QWidget | None, connection: Connection, runner: Runner, server: str
    ) -> None:
        super().__init__(parent, translate("Connect to a server"), translate("Connect"))
        self._connection = connection
        self._runner = runner
        teaching = translate(
            "Your council's administrator gives you the address, a name and a password. Everything "
            "you have recorded on this laptop is kept and becomes part of your account."
        )
        self.column.addWidget(label(teaching, tone="muted", wrap=True))
        self.server = QLineEdit(server)
        self.server.setPlaceholderText("https://visits.example.org")
        self.name = QLineEdit()
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.add_field(translate("Address of the server"), self.server)
        self.add_field(translate("Name"), self.name)
        self.add_field(translate("Password"), self.password)
        self.change = button(translate("Change my password"), kind="link")
        self.change.clicked.connect(self._ask_for_new)
        self.column.addWidget(self.change)
        self.chosen, self.again = QLineEdit(), QLineEdit()
        self._new_fields: list[QWidget] = []
        for caption, field in (
            (translate("New password: three or four unrelated words"), self.chosen),
            (translate("New password again"), self.again),
        ):
            field.setEchoMode(QLineEdit.EchoMode.Password)
            self._new_fields += [self.add_field(caption, field), field]
        for widget in self._new_fields:
            widget.hide()

    def attempt(self) -> None:
        """Sign in, in the background."""
        server, name = self.server.text().strip(), self.name.text().strip()
        password, chosen = self.password.text(), self.chosen.text()
        if chosen != self.again.text():
            raise Refused(
                Code.BAD_VALUE,
                message("The two new passwords differ, so nothing was changed."),
                message("Type the new password again in both fields."),
            )

        def work(progress: Progress) -> Person:
            return self._connection.connect(server, name, password, chosen)

        self.primary.setEnabled(False)
        title = translate("Connect")
        self._runner.run(Operation(title, work, self._succeed, self._fail))

    def _succeed(self, person: Person) -> None:
        self.connected.emit(person)
        self.accept()

    def _fail(self, problem: VisitappError) -> None:
        self.primary.setEnabled(True)
        self.messages.show_problem(problem)
        if problem.code == Code.NEW_PASSWORD_NEEDED:
            self._ask_for_new()
        elif problem.code == Code.SIGN_IN_FAILED:
            type_again(self.password)
        elif problem.code == Code.BAD_VALUE:
            type_again(self.chosen if self.chosen.text() else self.server)

    def _ask_for_new(self) -> None:
        self.change.hide()
        for widget in self._new_fields:
            widget.show()
        self.chosen.setFocus()
        # Once there is room for both of them: on a low screen the second one is below the edge.
        QTimer.singleShot(0, self, lambda: self.body.ensureWidgetVisible(self.again))
