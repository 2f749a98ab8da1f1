"""The dialogs about placement exceptions."""

from __future__ import annotations

from visitapp.language import translate
from visitapp.services.views.decided.exceptions import ExceptionView
from visitapp.ui.dialogs.exceptions.ask import AskExceptionDialog, AssessExceptionDialog
from visitapp.ui.dialogs.exceptions.end import PlacedDialog, WithdrawExceptionDialog
from visitapp.ui.dialogs.page_dialogs import PageDialogs


class ExceptionDialogs(PageDialogs):
    """Asks for exceptions, assesses, uses and withdraws them."""

    def ask(self, setting_id: str) -> None:
        """Ask for an exception in a setting."""
        services = self._services
        today = services.desk.today()
        dialog = AskExceptionDialog(self._window, services.exceptions, setting_id, today)
        dialog.asked.connect(self._asked)
        dialog.open()

    def assess(self, exception_id: str) -> None:
        """Put the risk assessment of an exception on record."""
        exceptions = self._services.exceptions
        dialog = AssessExceptionDialog(self._window, exceptions, exceptions.view(exception_id))
        dialog.watch(lambda: exceptions.view(exception_id))
        dialog.assessed.connect(
            lambda _: self._saved(translate("The risk assessment is on record."))
        )
        dialog.open()

    def place(self, exception_id: str) -> None:
        """Record the placement."""
        exceptions, today = self._services.exceptions, self._services.desk.today()
        dialog = PlacedDialog(self._window, exceptions, exceptions.view(exception_id), today)
        dialog.watch(lambda: exceptions.view(exception_id))
        dialog.placed.connect(lambda _: self._saved(translate("The placement is recorded.")))
        dialog.open()

    def withdraw(self, exception_id: str) -> None:
        """Withdraw an exception."""
        exceptions = self._services.exceptions
        dialog = WithdrawExceptionDialog(self._window, exceptions, exceptions.view(exception_id))
        dialog.watch(lambda: exceptions.view(exception_id))
        dialog.withdrawn.connect(lambda _: self._saved(translate("The exception is withdrawn.")))
        dialog.open()

    def _asked(self, view: ExceptionView) -> None:
        self._saved(translate("Asked for {person}. A senior manager decides.", person=view.person))
