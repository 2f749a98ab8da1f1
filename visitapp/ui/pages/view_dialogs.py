"""The dialogs of views that are kept."""

from __future__ import annotations

from collections.abc import Callable

from visitapp.ui.dialogs.lists.save_view import SaveViewDialog
from visitapp.ui.dialogs.page_dialogs import PageDialogs


class ViewDialogs(PageDialogs):
    """Asks for the name of a view."""

    def save_view(self, keep: Callable[[str], None]) -> None:
        """Ask for a name, and keep the view under it."""
        dialog = SaveViewDialog(self._window)
        dialog.named.connect(keep)
        dialog.open()
