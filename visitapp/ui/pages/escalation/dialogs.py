"""The dialogs of the page Escalation."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from visitapp.language import translate
from visitapp.rules.text import safe_file_name
from visitapp.services.escalation.views import EntryView, PersonView, StepView
from visitapp.services.services import Services
from visitapp.ui.dialogs.escalation.person import MovePersonDialog, PersonDialog
from visitapp.ui.dialogs.escalation.step import (
    EndStepDialog,
    LadderNoteDialog,
    OpenStepDialog,
    ReviewStepDialog,
    StandDownDialog,
)
from visitapp.ui.dialogs.page_dialogs import PageDialogs
from visitapp.ui.files import FileChooser


class EscalationDialogs(PageDialogs):
    """Decides on steps, notes what happened, prints letters and the list of people."""

    def __init__(self, window: QWidget, services: Services, files: FileChooser) -> None:
        super().__init__(window, services)
        self._files = files

    def open_step(self, setting_id: str, rung: str) -> None:
        """Open a step of the ladder."""
        escalations, today = self._services.escalations, self._services.desk.today()
        draft = escalations.draft(setting_id, rung)
        dialog = OpenStepDialog(self._window, escalations, setting_id, draft, today)
        self._decide(dialog, setting_id)

    def review(self, setting_id: str, step: StepView) -> None:
        """Review an open step."""
        escalations, today = self._services.escalations, self._services.desk.today()
        self._decide(
            ReviewStepDialog(self._window, escalations, setting_id, step, today), setting_id
        )

    def end(self, setting_id: str, step: StepView) -> None:
        """End an open step."""
        escalations = self._services.escalations
        self._decide(EndStepDialog(self._window, escalations, setting_id, step), setting_id)

    def stand_down(self, setting_id: str) -> None:
        """End an escalation."""
        escalations = self._services.escalations
        self._decide(StandDownDialog(self._window, escalations, setting_id), setting_id)

    def note(self, setting_id: str, rung: str) -> None:
        """Note what happened."""
        escalations, today = self._services.escalations, self._services.desk.today()
        dialog = LadderNoteDialog(self._window, escalations, setting_id, rung, today)
        dialog.kept.connect(lambda _: self._saved(translate("The note is added.")))
        dialog.open()

    def _decide(
        self,
        dialog: OpenStepDialog | ReviewStepDialog | EndStepDialog | StandDownDialog,
        setting_id: str,
    ) -> None:
        dialog.watch(lambda: self._services.escalations.view(setting_id))
        dialog.kept.connect(lambda _: self._saved(translate("The decision is recorded.")))
        dialog.open()

    def letter(self, entry: EntryView) -> None:
        """Save the letter of a step."""
        view = self._services.escalations.letter(entry.id)
        name = f"{view.title} {view.setting}"
        title = translate("Save the letter")
        out = self._files.save_pdf(self._window, title, safe_file_name(name) + ".pdf")
        if out is None:
            return
        # Late: reportlab would take a tenth of the start.
        from visitapp.reports.escalation.letter import write_letter

        write_letter(view, out)
        self.said.emit(translate("Letter saved to {file}.", file=out), None)

    def person(self, setting_id: str, person: PersonView | None) -> None:
        """Put somebody on the list of people, or change what is known of them."""
        self._keep(PersonDialog(self._window, self._services.people, setting_id, person))

    def move(self, person: PersonView) -> None:
        """Say that somebody was moved."""
        people, today = self._services.people, self._services.desk.today()
        self._keep(MovePersonDialog(self._window, people, person, today))

    def _keep(self, dialog: PersonDialog | MovePersonDialog) -> None:
        dialog.kept.connect(lambda _: self._saved(translate("The list is saved.")))
        dialog.open()

    def print_list(self, setting_id: str) -> None:
        """Save the list of people."""
        view = self._services.people.view(setting_id)
        name = translate("People to be moved {setting}", setting=view.setting)
        title = translate("Save the list")
        out = self._files.save_pdf(self._window, title, safe_file_name(name) + ".pdf")
        if out is None:
            return
        from visitapp.reports.escalation.people import save_people

        save_people(self._services, setting_id, out)
        self.said.emit(translate("List saved to {file}.", file=out), None)
