"""The papers of a visit: saved, printed, opened, or attached to a draft of an e-mail."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from weakref import finalize

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from visitapp.dates import long_day
from visitapp.language import translate
from visitapp.rules.text import safe_file_name
from visitapp.services.services import Services
from visitapp.services.views.visits import VisitView
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.files import FileChooser
from visitapp.ui.pages.page import Page
from visitapp.ui.widgets.message_bar import MessageBar

Write = Callable[[Path], Path]
"""Writes a paper to a file, and gives the file back."""


class Papers(QObject):
    """Makes papers over a window. What is printed, opened or attached lies in a folder of this user
    alone, which goes when the program ends."""

    def __init__(self, window: QWidget, services: Services, files: FileChooser) -> None:
        super().__init__(window)
        self._window, self._services, self._files = window, services, files
        self._folder: Path | None = None

    def save(self, visit_id: str) -> Path | None:
        """Save a visit's report where the person says; gives the file."""
        view = self._services.visits.view(visit_id)
        out = self._files.save_pdf(self._parent(), translate("Save the report"), _name(view))
        if out is not None:
            self._report(view)(out)
            self._offer(out)
        return out

    def print(self, visit_id: str) -> None:
        """Print a visit's report."""
        view = self._services.visits.view(visit_id)
        self._print(self._report(view), _name(view))

    def open(self, visit_id: str) -> None:
        """Open a visit's report in the computer's own program."""
        view = self._services.visits.view(visit_id)
        self._show(self._report(view)(self._aside(_name(view))))

    def mail(self, visit_id: str) -> None:
        """Open a draft of an e-mail with a visit's report attached."""
        # Late: reportlab would take a tenth of the start.
        from visitapp.reports.mail import write_draft

        view = self._services.visits.view(visit_id)
        report = self._report(view)(self._aside(_name(view)))
        draft = write_draft(
            report.with_suffix(".eml"),
            to="",
            subject=translate(
                "Report of our visit to {setting} on {day}",
                setting=view.setting_name,
                day=long_day(view.summary.visited_on),
            ),
            text=self._letter(view),
            attachment=report,
        )
        if not self._files.show(draft):
            self._messages().show_text(
                translate("No mail program on this laptop opened the draft."),
                translate("Save the report, and attach it to an e-mail yourself."),
            )

    def handover(self, visit_id: str) -> None:
        """Print page 1 of a visit's report alone, to stay with the manager."""
        from visitapp.reports.visit.report import write_handover_sheet

        view = self._services.visits.view(visit_id)
        form, now = self._services.visits.form(visit_id), self._now()
        name = translate("Handover {name}", name=_name(view))
        self._print(lambda out: write_handover_sheet(view, form, out, printed_at=now), name)

    def blank(self, visit_id: str) -> None:
        """Print the form of a visit empty, to be filled in by pen."""
        from visitapp.reports.visit.blank_form import write_blank_form

        view = self._services.visits.view(visit_id)
        form, now = self._services.visits.form(visit_id), self._now()
        setting, paper = view.setting_name, view.paper
        name = translate("Paper form {name}", name=_name(view))
        self._print(lambda out: write_blank_form(form, setting, paper, out, printed_at=now), name)

    def _now(self) -> datetime:
        return self._services.desk.clock().astimezone()

    def briefing(self, setting_id: str) -> None:
        """Save the briefing of a visit where the person says."""
        one = self._services.briefings.of(setting_id)
        suggested = safe_file_name(translate("Briefing {setting}", setting=one.setting)) + ".pdf"
        out = self._files.save_pdf(self._window, translate("Save the briefing"), suggested)
        if out is None:
            return
        from visitapp.reports.briefing.briefing import write_briefing

        write_briefing(one, out, printed_at=self._now())
        self._offer(out)

    def _report(self, view: VisitView) -> Write:
        from visitapp.reports.visit.report import write_visit_report

        return lambda out: write_visit_report(
            view,
            self._services.visits.form(view.summary.id),
            out,
            printed_at=self._now(),
            photo=self._services.evidence.if_here,
        )

    def _letter(self, view: VisitView) -> str:
        """What the e-mail says, for the officer to change."""
        lines = [translate("The report of our visit is attached."), ""]
        signed = view.summary.signed_off_at
        if signed is not None:
            until = signed.astimezone().date() + timedelta(view.paper.reply_days)
            reply = translate(
                "If a fact in it is wrong, tell us by {day}. What you write is kept with the "
                "report.",
                day=long_day(until),
            )
            lines += [reply, ""]
        return "\n".join([*lines, view.signed_off_by or view.summary.officer, view.paper.council])

    def _print(self, write: Write, name: str) -> None:
        file = write(self._aside(name))
        if self._files.print(self._parent(), file):
            self._messages().show_text(translate("Sent to the printer."))

    def forget(self) -> None:
        """Remove what was made for other programs to read."""
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None

    def _aside(self, name: str) -> Path:
        """A place for a file that another program reads now."""
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="visitapp-"))
            finalize(self, shutil.rmtree, self._folder, ignore_errors=True)
        return self._folder / name

    def _offer(self, out: Path) -> None:
        """Say where the paper is, where the person is: in a dialog, or on the page."""
        messages = self._messages()
        messages.show_text(translate("Report saved to {file}.", file=out))
        messages.offer(
            {
                translate("Open report"): lambda: self._show(out),
                translate("Open folder"): lambda: self._show(out.parent, saved=out),
            }
        )

    def _show(self, file: Path, saved: Path | None = None) -> None:
        if not self._files.show(file):
            self._messages().show_text(
                translate("No program on this laptop opened the report."),
                translate("It is saved as {file}.", file=saved or file),
            )

    def _messages(self) -> MessageBar:
        dialog = self._dialog()
        pages = [page for page in self._window.findChildren(Page) if page.isVisible()]
        return dialog.messages if dialog is not None else pages[0].messages

    def _parent(self) -> QWidget:
        return self._dialog() or self._window

    def _dialog(self) -> Dialog | None:
        shown = [d for d in self._window.findChildren(Dialog) if d.isVisible()]
        return shown[-1] if shown else None


def _name(view: VisitView) -> str:
    return safe_file_name(f"{view.setting_name} {view.summary.visited_on}") + ".pdf"
