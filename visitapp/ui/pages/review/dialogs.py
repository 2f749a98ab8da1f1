"""The dialog of a review."""

from __future__ import annotations

from visitapp.language import translate
from visitapp.records import VisitStatus
from visitapp.ui.dialogs.page_dialogs import PageDialogs
from visitapp.ui.dialogs.visits.return_visit import ReturnDialog


class ReviewDialogs(PageDialogs):
    """Returns a visit to its officer."""

    def return_visit(self, visit_id: str) -> None:
        """Return a visit with comments."""
        approved = self._services.visits.view(visit_id).summary.status == VisitStatus.APPROVED
        reviews = self._services.reviews
        dialog = ReturnDialog(self._window, reviews, visit_id, approved=approved)
        dialog.watch(lambda: self._services.visits.view(visit_id))
        dialog.returned.connect(lambda view: self._saved(translate("Returned with your comments.")))
        dialog.open()
