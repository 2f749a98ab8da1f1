"""The finder over the window: what it offers, and what becomes of a choice."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from visitapp.language import translate
from visitapp.services.services import Services
from visitapp.ui.dialogs.find import Choice, FindDialog
from visitapp.ui.pages.page import Page
from visitapp.ui.shell.dialogs import Dialogs
from visitapp.ui.shell.navigation.commands import (
    Command,
    dialog_commands,
    go_commands,
    openers,
    page_commands,
)
from visitapp.ui.shell.operations import Runner
from visitapp.ui.shell.routes import Route
from visitapp.ui.theme.look import Look


class Finding(QObject):
    """Lists the pages, what the page in view offers, and the commands."""

    def __init__(
        self,
        window: QWidget,
        services: Services,
        dialogs: Dialogs,
        look: Look,
        go: Callable[[Route], None],
    ) -> None:
        super().__init__(window)
        self._window, self._services, self._look = window, services, look
        self._openers = openers(dialogs, go)
        self._pages = list(go_commands(go))
        self._commands = dialog_commands(dialogs)
        self._runner = Runner(self)

    def offer(self, *commands: Command) -> None:
        """Offer these too."""
        self._commands += commands

    def open(self, page: Page) -> None:
        """Ask what to find, over that page."""
        page.leave()  # what is being typed there is saved before anything else is opened
        dialog = FindDialog(
            self._window,
            self._services.finder,
            self._offers(page),
            self._openers,
            self._look,
            self._runner,
        )
        dialog.chosen.connect(lambda choice: choice.run())
        dialog.open()

    def end(self) -> None:
        """The window closes: wait for what is being read."""
        self._runner.end()

    def _offers(self, page: Page) -> list[Choice]:
        role = self._services.me().role
        here, pages = translate("on this page"), translate("page")
        return [
            *_choices(page_commands(page), here, role),
            *_choices(self._pages, pages, role),
            *_choices(self._commands, translate("command"), role),
        ]


def _choices(commands: Iterable[Command], what: str, role: str) -> list[Choice]:
    return [
        Choice(one.title, translate("Key {key}", key=one.key) if one.key else "", what, one.run)
        for one in commands
        if one.allowed(role)
    ]
