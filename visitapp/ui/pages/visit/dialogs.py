"""The dialogs of a visit: start it, its details, actions, sign-off and the report."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from visitapp.language import plural, translate
from visitapp.rules.choices import ActionStatus, VerifiedHow
from visitapp.services.services import Services
from visitapp.services.views.visits import OpenAction, VisitSummary
from visitapp.ui.dialogs.actions.action import new_action
from visitapp.ui.dialogs.actions.on_site import OnSiteDialog
from visitapp.ui.dialogs.page_dialogs import PageDialogs
from visitapp.ui.dialogs.visits.comment import CommentDialog
from visitapp.ui.dialogs.visits.conclusion import ConclusionDialog
from visitapp.ui.dialogs.visits.discard_visit import DiscardVisitDialog
from visitapp.ui.dialogs.visits.move_visit import MoveVisitDialog
from visitapp.ui.dialogs.visits.override import OverrideDialog, WithdrawOverrideDialog
from visitapp.ui.dialogs.visits.own_words import OwnWordsDialog
from visitapp.ui.dialogs.visits.show_outcome import ShowOutcomeDialog
from visitapp.ui.dialogs.visits.sign_off import SignOffDialog
from visitapp.ui.dialogs.visits.snippets import SnippetsDialog
from visitapp.ui.dialogs.visits.start_visit import StartVisitDialog
from visitapp.ui.dialogs.visits.visit_details import VisitDetailsDialog
from visitapp.ui.files import FileChooser
from visitapp.ui.pages.visit.room.papers import Papers
from visitapp.ui.shell.routes import Route
from visitapp.ui.words import why_no_visit


class VisitDialogs(PageDialogs):
    """Starts visits, and opens what is added to one and made of it. `next_requested` carries the id
    of a setting whose next visit is to be planned, `photos_folder_requested` that of a visit."""

    next_requested = Signal(str)
    photos_folder_requested = Signal(str)

    def __init__(self, window: QWidget, services: Services, files: FileChooser) -> None:
        super().__init__(window, services)
        self.papers = Papers(window, services, files)

    def override(self, visit_id: str) -> None:
        """Override the outcome of a signed-off visit."""
        services = self._services
        dialog = OverrideDialog(self._window, services.overrides, services.visits.view(visit_id))
        dialog.watch(lambda: services.visits.view(visit_id))
        dialog.asked.connect(
            lambda _: self._saved(translate("Override asked for. A team lead decides."))
        )
        dialog.open()

    def withdraw_override(self, override_id: str) -> None:
        """Take an override back."""
        dialog = WithdrawOverrideDialog(self._window, self._services.overrides, override_id)
        dialog.withdrawn.connect(lambda _: self._saved(translate("The override is withdrawn.")))
        dialog.open()

    def start_visit(self, setting_id: str = "") -> None:
        """Start a visit, to the setting given or to one that is chosen; one that is closed is said
        to be, and no other one offered for it."""
        services = self._services
        status = services.settings.view(setting_id).row.status if setting_id else ""
        if status and (reason := why_no_visit(status)):
            self.said.emit(reason, None)
            return
        dialog = StartVisitDialog(
            self._window,
            services.visits,
            services.portfolio.rows(),
            services.desk.library.summaries(),
            setting_id,
            services.desk.today(),
            services.planning.next_to_make,
        )
        dialog.started.connect(self._visit_started)
        dialog.reopened.connect(lambda visit_id: self.went.emit(Route("visit", visit_id)))
        dialog.open()

    def sign_off(self, visit_id: str, unsaved: Mapping[str, str]) -> None:
        """Review and sign off a visit; `unsaved` is what its page shows and could not save."""
        services = self._services
        dialog = SignOffDialog(
            self._window, services.visits, services.actions, services.events, visit_id, unsaved
        )
        dialog.asked.connect(lambda q, part: self.went.emit(Route("visit", visit_id, q, part)))
        dialog.acted.connect(self.changed)
        dialog.signed.connect(self.changed)
        dialog.reporting.connect(self.papers.save)
        dialog.asked_for.connect(self.ask)
        dialog.next_requested.connect(self.next_requested)
        dialog.open()

    def ask(self, what: str, visit_id: str) -> None:
        """Do what a visit's page or its review asks for, by the command of its key."""
        ways: Mapping[str, Callable[[str], object]] = {
            "conclude": self.conclude,
            "suggested": self.add_suggested,
            "blind": self.hide_outcome,
            "photos_folder": self.photos_folder_requested.emit,
            "print": self.papers.print,
            "handover": self.papers.handover,
            "blank": self.papers.blank,
            "open_report": self.papers.open,
            "last_report": self.open_last_report,
            "open_visit": lambda visit: self.went.emit(Route("visit", visit)),
            "own_words": lambda _visit: self.own_words(),
            "manage_snippets": lambda _visit: self.manage_snippets(),
            "mail": self.papers.mail,
        }
        ways[what](visit_id)

    def step_action(self, opened: OpenAction, step: str) -> None:
        """Verify, reopen or move an action on site. One whose evidence is attached is verified by
        that alone."""
        services = self._services
        if step == "verify" and opened.evidence:
            services.actions.update(
                opened.action.id,
                status=ActionStatus.VERIFIED,
                how=VerifiedHow.VISIT,
                evidence_id=opened.evidence[-1],
            )
            self._saved(translate("Action verified, with what is attached to it."))
            return
        dialog = OnSiteDialog(self._window, services.actions, opened, step, services.desk.today())
        dialog.kept.connect(lambda: self._saved(translate("Action saved.")))
        dialog.open()

    def conclude(self, visit_id: str) -> None:
        """Write the summary, and sign."""
        reviews = [one for one in self._window.findChildren(SignOffDialog) if one.isVisible()]
        parent = reviews[-1] if reviews else self._window
        dialog = ConclusionDialog(parent, self._services, visit_id)
        for review in reviews:
            dialog.kept.connect(review.show_again)
        dialog.kept.connect(lambda: self._saved(translate("Summary and signatures saved.")))
        dialog.open()

    def hide_outcome(self, visit_id: str) -> None:
        """Hide the outcome until all is answered; where it is hidden, ask before showing it."""
        visits = self._services.visits
        if not visits.is_hidden(visit_id):
            visits.hide_outcome(visit_id, hidden=True)
            self._saved(translate("The outcome is hidden until all questions are answered."))
            return
        dialog = ShowOutcomeDialog(self._window, visits, visit_id)
        dialog.shown.connect(lambda: self._saved(translate("The outcome is shown.")))
        dialog.open()

    def manage_snippets(self) -> None:
        """Add, change and delete the texts that a person inserts in notes."""
        SnippetsDialog(self._window, self._services.snippets).open()

    def own_words(self) -> None:
        """The person's own words, and whether words are marked."""
        OwnWordsDialog(self._window, self._services.spelling).open()

    def open_last_report(self, visit_id: str) -> None:
        """Open the report of the visit before on the same form."""
        last = self._services.visits.last_visit(visit_id)
        if last is None:
            self.said.emit(translate("There is no earlier visit here on this form."), None)
        else:
            self.papers.open(last.id)

    def add_suggested(self, visit_id: str) -> None:
        """Add every action that the form suggests and nobody has added."""
        questions = list(self._services.visits.form(visit_id).questions)
        added = self._services.actions.add_suggested(visit_id, questions)
        told = plural("{n} action added.", "{n} actions added.", len(added))
        if added:
            self._saved(told)
        else:
            self.said.emit(translate("No action is suggested that is not there yet."), None)

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
        dialog.kept.connect(lambda action: self._saved(translate("Action saved.")))
        dialog.title.setFocus()
        dialog.open()

    def comment(self, visit_id: str, question: str) -> None:
        """Comment on an answer, or reply to the newest comment there."""
        services = self._services
        view, form = services.visits.view(visit_id), services.visits.form(visit_id)
        there = [one for one in view.comments if one.question == question]
        asked = form.questions[question]
        dialog = CommentDialog(self._window, services.comments, visit_id, asked, there)
        dialog.kept.connect(lambda comment: self._saved(translate("Comment saved.")))
        dialog.open()

    def move_visit(self, visit_id: str) -> None:
        """Show what a newer version of a visit's form changes, and move the visit if meant."""
        dialog = MoveVisitDialog(self._window, self._services.visits, visit_id)
        dialog.moved.connect(
            lambda view: self._saved(
                translate("Moved to version {version}.", version=view.summary.form_version)
            )
        )
        dialog.open()

    def edit_details(self, visit_id: str) -> None:
        """Change when a visit is, whether it was announced, and who came along."""
        visits, joint = self._services.visits, self._services.joint_visits
        dialog = VisitDetailsDialog(
            self._window, visits, joint, visits.view(visit_id), self._services.desk.today()
        )
        dialog.kept.connect(lambda: self._saved(translate("Visit details saved.")))
        dialog.open()

    def discard(self, visit_id: str) -> None:
        """Discard a visit that was started by mistake; the toast brings it back."""
        visits = self._services.visits
        view = visits.view(visit_id)
        dialog = DiscardVisitDialog(self._window, visits, view)

        def bring_back() -> None:
            visits.take_back_discard(visit_id)
            self.changed.emit()
            self.went.emit(Route("visit", visit_id))

        def leave() -> None:
            self.went.emit(Route("setting", view.summary.setting_id))
            self.said.emit(translate("Visit discarded."), bring_back)
            self.changed.emit()

        dialog.discarded.connect(leave)
        dialog.open()

    def _visit_started(self, visit: VisitSummary) -> None:
        self.changed.emit()
        self.went.emit(Route("visit", visit.id))
