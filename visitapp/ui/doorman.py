"""Opens the dialogs: the window asks for a deed, and hears what came of it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from visitapp.errors import VisitappError
from visitapp.reports.visit_report import write_visit_report
from visitapp.rules.text import safe_file_name
from visitapp.rules.visit_life import is_frozen
from visitapp.services.services import Services
from visitapp.services.views.actions import ActionView
from visitapp.services.views.people import Person
from visitapp.services.views.settings import HygieneCandidate, PortfolioRow
from visitapp.services.views.sync import RefusedChange
from visitapp.services.views.visits import EvidenceView, VisitSummary
from visitapp.ui.dialogs.action import ActionDialog, edit_action, new_action
from visitapp.ui.dialogs.add_setting import AddSettingDialog
from visitapp.ui.dialogs.assess_risk import AssessRiskDialog
from visitapp.ui.dialogs.connect import ConnectDialog
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.dialogs.discard import DiscardDialog
from visitapp.ui.dialogs.evidence import EvidenceDialog, Keep
from visitapp.ui.dialogs.evidence_view import EvidenceViewDialog
from visitapp.ui.dialogs.help import HelpDialog
from visitapp.ui.dialogs.hygiene import HygieneDialog
from visitapp.ui.dialogs.move_visit import MoveVisitDialog
from visitapp.ui.dialogs.removal import RemovalDialog
from visitapp.ui.dialogs.return_visit import ReturnDialog
from visitapp.ui.dialogs.sign_off import SignOffDialog
from visitapp.ui.dialogs.start_visit import StartVisitDialog
from visitapp.ui.dialogs.visit_details import VisitDetailsDialog
from visitapp.ui.files import FileChooser
from visitapp.ui.shell.operations import Runner
from visitapp.ui.shell.routes import Route
from visitapp.ui.theme.look import Look
from visitapp.ui.widgets.thumbnails import Thumbnails


class Doorman(QObject):
    """`went` carries a Route to go to, `said` a text for the toast, `changed` that something was
    written, `connected` that this laptop was signed in, `agreed` that a sync may remove much."""

    went = Signal(object)
    said = Signal(str, object)
    changed = Signal()
    connected = Signal()
    agreed = Signal()

    def __init__(
        self, window: QWidget, services: Services, look: Look, runner: Runner, files: FileChooser
    ) -> None:
        super().__init__(window)
        self._window, self._services = window, services
        self._look, self._runner, self._files = look, runner, files
        self.thumbnails = Thumbnails(services.evidence, self)

    def add_setting(self) -> None:
        """Find a setting and add it."""
        services = self._services
        dialog = AddSettingDialog(
            self._window,
            services.settings,
            services.directory,
            self._look,
            self._runner,
            self._files,
        )
        dialog.added.connect(self._setting_added)
        dialog.search.setFocus()
        dialog.open()

    def start_visit(self, setting_id: str = "") -> None:
        """Start a visit, to the setting given or to one that is chosen."""
        dialog = StartVisitDialog(
            self._window,
            self._services.visits,
            self._services.portfolio.rows(),
            self._services.desk.library.summaries(),
            setting_id,
            self._services.desk.today(),
        )
        dialog.started.connect(self._visit_started)
        dialog.open()

    def sign_off(self, visit_id: str) -> None:
        """Review and sign off a visit."""
        dialog = SignOffDialog(self._window, self._services.visits, visit_id)
        dialog.asked.connect(lambda question: self.went.emit(Route("visit", visit_id, question)))
        dialog.signed.connect(self.changed)
        dialog.reporting.connect(self.report)
        dialog.open()

    def ask_removal(self, problem: VisitappError) -> None:
        """Ask whether a sync may remove as much as the problem says."""
        dialog = RemovalDialog(self._window, problem)
        dialog.agreed.connect(self.agreed)
        dialog.open()

    def discard_change(self, change: RefusedChange) -> None:
        """Ask whether a change that the server refused may be given up."""
        dialog = DiscardDialog(self._window, self._services.connection, change)
        taken = self.tr("The server's version is taken back.")
        dialog.discarded.connect(lambda: self._kept(taken))
        dialog.open()

    def add_action(self, visit_id: str, question: str) -> None:
        """Add an action at a question, as the form suggests it."""
        services = self._services
        dialog = new_action(
            self._window,
            services.actions,
            services.desk.today(),
            visit_id=visit_id,
            question=question,
            suggestion=services.actions.suggested(visit_id, question),
        )
        self._open_action(dialog)

    def plan_action(self, setting_id: str) -> None:
        """Add an action to a setting's plan."""
        services = self._services
        today = services.desk.today()
        self._open_action(new_action(self._window, services.actions, today, setting_id=setting_id))

    def edit_action(self, action: ActionView) -> None:
        """Bring an action up to date."""
        services = self._services
        today = services.desk.today()
        self._open_action(edit_action(self._window, services.actions, today, action))

    def add_evidence(self, visit_id: str, question: str) -> None:
        """Add evidence at a question: a note of the kind the form asks for, or a file."""
        visits, evidence = self._services.visits, self._services.evidence
        asked = visits.form(visit_id).questions[question]
        pasted = self.tr("Pasted picture")
        keep = Keep(
            note=lambda kind, title: visits.add_evidence(visit_id, question, kind, title),
            file=lambda file, title: evidence.add(visit_id, question, file, title),
            picture=lambda data, title: evidence.add_bytes(visit_id, question, data, pasted, title),
        )
        wanted = asked.evidence.kind if asked.evidence else ""
        about = f"{asked.number} {asked.ask}"
        dialog = EvidenceDialog(self._window, about, wanted, keep, self._files, self._runner)
        dialog.kept.connect(lambda piece: self._kept(self.tr("Evidence added.")))
        dialog.title.setFocus()
        dialog.open()

    def show_evidence(self, piece: EvidenceView) -> None:
        """Open a photo or document."""
        evidence, frozen = self._services.evidence, True
        if piece.visit_id:
            status = self._services.visits.view(piece.visit_id).summary.status
            frozen = is_frozen(status)
        dialog = EvidenceViewDialog(
            self._window, piece, evidence, self._files, self._runner, frozen=frozen
        )
        dialog.removed.connect(lambda: self._kept(self.tr("Evidence removed.")))
        dialog.finished.connect(lambda result: self.changed.emit())
        dialog.open()

    def move_visit(self, visit_id: str) -> None:
        """Show what a newer version of a visit's form changes, and move the visit if meant."""
        dialog = MoveVisitDialog(self._window, self._services.visits, visit_id)
        moved = self.tr("Moved to version {version}.")
        dialog.moved.connect(
            lambda view: self._kept(moved.format(version=view.summary.form_version))
        )
        dialog.open()

    def edit_details(self, visit_id: str) -> None:
        """Change when a visit is, whether it was announced, and who came along."""
        visits, joint = self._services.visits, self._services.joint_visits
        dialog = VisitDetailsDialog(self._window, visits, joint, visits.view(visit_id))
        dialog.kept.connect(lambda: self._kept(self.tr("Visit details saved.")))
        dialog.open()

    def assess_risk(self, setting_id: str) -> None:
        """Choose a risk model, and open a setting's assessment by it."""
        services = self._services
        row = services.settings.view(setting_id).row
        forms = services.desk.library.summaries()
        dialog = AssessRiskDialog(self._window, services.risk, row, forms)
        dialog.opened.connect(self._assessment_opened)
        dialog.open()

    def match_hygiene(self, setting_id: str) -> None:
        """Confirm which food hygiene rating is a setting's."""
        settings = self._services.settings
        dialog = HygieneDialog(self._window, settings, settings.view(setting_id).row)
        dialog.kept.connect(lambda found: self._kept(self._hygiene_words(found)))
        dialog.open()

    def _hygiene_words(self, found: HygieneCandidate | None) -> str:
        if found is None:
            return self.tr("No food hygiene rating is this setting's.")
        return self.tr("The rating of {name} is this setting's.").format(name=found.name)

    def return_visit(self, visit_id: str) -> None:
        """Return a visit with comments."""
        dialog = ReturnDialog(self._window, self._services.reviews, visit_id)
        dialog.returned.connect(lambda view: self._kept(self.tr("Returned with your comments.")))
        dialog.open()

    def connect_server(self) -> None:
        """Sign this laptop in to a server."""
        server = self._services.connection.state().server
        dialog = ConnectDialog(self._window, self._services.connection, self._runner, server)
        dialog.connected.connect(self._signed_in)
        dialog.open()

    def help(self) -> None:
        """Show the keys."""
        HelpDialog(self._window).open()

    def report(self, visit_id: str) -> Path | None:
        """Print a visit's report where the person says; gives the file."""
        view = self._services.visits.view(visit_id)
        name = safe_file_name(f"{view.setting_name} {view.summary.visited_on}")
        suggested = f"{name}.pdf"
        parent = self._dialog() or self._window
        out = self._files.save_pdf(parent, self.tr("Where to put the report"), suggested)
        if out is None:
            return None
        now = self._services.desk.clock().astimezone()
        write_visit_report(
            view,
            self._services.visits.form(visit_id),
            out,
            printed_at=now,
            photo=self._services.evidence.if_here,
        )
        self.said.emit(self.tr("The report is in {file}.").format(file=out), None)
        return out

    def _dialog(self) -> Dialog | None:
        shown = [d for d in self._window.findChildren(Dialog) if d.isVisible()]
        return shown[-1] if shown else None

    def _open_action(self, dialog: ActionDialog) -> None:
        dialog.kept.connect(lambda action: self._kept(self.tr("Action saved.")))
        dialog.title.setFocus()
        dialog.open()

    def _kept(self, text: str) -> None:
        self.said.emit(text, None)
        self.changed.emit()

    def _setting_added(self, row: PortfolioRow) -> None:
        self._kept(self.tr("{name} is in your portfolio.").format(name=row.name))
        self.went.emit(Route("setting", row.setting_id))

    def _visit_started(self, visit: VisitSummary) -> None:
        self.changed.emit()
        self.went.emit(Route("visit", visit.id))

    def _assessment_opened(self, assessment_id: str) -> None:
        self.changed.emit()
        self.went.emit(Route("visit", assessment_id))

    def _signed_in(self, person: Person) -> None:
        self._kept(self.tr("Signed in as {name}.").format(name=person.title or person.name))
        self.connected.emit()
