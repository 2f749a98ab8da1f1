"""The dialogs of a review."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from visitapp.language import plural, translate
from visitapp.records import VisitStatus
from visitapp.rules.text import safe_file_name
from visitapp.services.services import Services
from visitapp.services.views.visits import VisitSummary
from visitapp.ui.dialogs.page_dialogs import PageDialogs
from visitapp.ui.dialogs.visits.export_reports import ExportReportsDialog
from visitapp.ui.dialogs.visits.return_visit import ReturnDialog
from visitapp.ui.dialogs.visits.second_review import (
    AnswerSecondReviewDialog,
    AskSecondReviewDialog,
)
from visitapp.ui.files import FileChooser
from visitapp.ui.pages.review.second_card import AGREE, DISAGREE
from visitapp.ui.shell.operations import Progress


class ReviewDialogs(PageDialogs):
    """Returns a visit to its officer, asks for second reviews and answers them, saves reports."""

    def __init__(self, window: QWidget, services: Services, files: FileChooser) -> None:
        super().__init__(window, services)
        self._files = files

    def return_visit(self, visit_id: str) -> None:
        """Return a visit with comments."""
        approved = self._services.visits.view(visit_id).summary.status == VisitStatus.APPROVED
        reviews = self._services.reviews
        dialog = ReturnDialog(self._window, reviews, visit_id, approved=approved)
        dialog.watch(lambda: self._services.visits.view(visit_id))
        dialog.returned.connect(lambda view: self._saved(translate("Returned with your comments.")))
        dialog.open()

    def sheet(self, visit_id: str) -> None:
        """Print the decisions and the comments on a visit, for the council alone."""
        view, form = self._services.visits.view(visit_id), self._services.visits.form(visit_id)
        name = translate("Review of {setting}", setting=view.setting_name)
        suggested = safe_file_name(f"{name} {view.summary.visited_on}") + ".pdf"
        out = self._files.save_pdf(self._window, translate("Save the review sheet"), suggested)
        if out is None:
            return
        # Late: reportlab would take a tenth of the start.
        from visitapp.reports.visit.review_sheet import write_review_sheet

        now = self._services.desk.clock().astimezone()
        write_review_sheet(view, form, out, printed_at=now)
        self.said.emit(translate("Review sheet saved to {file}.", file=out), None)

    def ask_second(self, visit_id: str) -> None:
        """Ask another team lead to review a visit too."""
        dialog = AskSecondReviewDialog(self._window, self._services.second_reviews, visit_id)
        dialog.asked.connect(
            lambda view: self._saved(
                translate("{who} was asked for a second review.", who=view.reviewer)
            )
        )
        dialog.open()

    def answer_second(self, second_id: str, command: str) -> None:
        """Agree or disagree as the second reviewer, or withdraw the question."""
        seconds = self._services.second_reviews
        if command == AGREE:
            texts = (
                translate("Agree with the visit"),
                translate("The other reviewer can then approve it."),
            )
            say = partial(seconds.agree, second_id)
        elif command == DISAGREE:
            texts = (
                translate("Disagree with the visit"),
                translate("The visit can then be returned, and not approved."),
            )
            say = partial(seconds.disagree, second_id)
        else:
            texts = (
                translate("Withdraw the second review"),
                translate("The visit can then be approved without it."),
            )
            say = partial(seconds.withdraw, second_id)
        dialog = AnswerSecondReviewDialog(self._window, *texts, say)
        dialog.said.connect(lambda: self._saved(translate("Saved.")))
        dialog.open()

    def export(self, visits: Sequence[VisitSummary]) -> None:
        """Save the reports of visits into one folder."""
        dialog = ExportReportsDialog(self._window, visits, self._write, self._files)
        dialog.exported.connect(self._exported)
        dialog.open()

    def _write(
        self, visits: Sequence[VisitSummary], folder: Path, progress: Progress, overwrite: bool
    ) -> Sequence[Path]:
        # Late: reportlab would take a tenth of the start.
        from visitapp.reports.visit.bulk import Printable, write_reports

        services = self._services
        printable = Printable(
            view=services.visits.view,
            form=services.visits.form,
            photo=services.evidence.if_here,
            printed_at=services.desk.clock().astimezone(),
        )
        return write_reports(visits, folder, printable, progress, overwrite=overwrite)

    def _exported(self, files: Sequence[Path]) -> None:
        told = plural(
            "{n} report saved to {folder}.",
            "{n} reports saved to {folder}.",
            len(files),
            folder=files[0].parent if files else "",
        )
        self.said.emit(told, None)
