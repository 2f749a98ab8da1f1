"""The dialogs that open from every page, and how to bring each into view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.window.windows import Desktop
from visitapp.ui.dialogs.guide import GuideDialog
from visitapp.ui.dialogs.lock.choose_pin import ChoosePinDialog
from visitapp.ui.dialogs.lock.locked import LockedDialog

if TYPE_CHECKING:
    from tests.support.window.every_screen import Busy


def _find(desktop: Desktop, busy: Busy) -> None:
    desktop.window.finding.open(desktop.window.page())


def _choose_pin(desktop: Desktop, busy: Busy) -> ChoosePinDialog:
    return ChoosePinDialog(desktop.window, desktop.services.locking)


def _locked(desktop: Desktop, busy: Busy) -> LockedDialog:
    return LockedDialog(desktop.window, desktop.services.locking)


ABOUT_OPENERS = {
    "FindDialog": _find,
    "ChoosePinDialog": _choose_pin,
    "GuideDialog": lambda desktop, busy: GuideDialog(desktop.window, "visit"),
    "LockedDialog": _locked,
}
