"""Every page and every dialog, and how to bring each into view: for rules that hold for all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from tests.support.directory.cqc import HEATHER
from tests.support.window.about_screens import ABOUT_OPENERS
from tests.support.window.escalation_screens import ESCALATION_OPENERS, fill_escalation
from tests.support.window.evidence_openers import EVIDENCE_OPENERS, ROOM_OPENERS
from tests.support.window.intervention_screens import INTERVENTION_OPENERS, fill_intervention
from tests.support.window.plan_screens import PLAN_OPENERS, fill_plan
from tests.support.window.register_screens import REGISTER_OPENERS, SENTENCE
from tests.support.window.windows import Desktop
from visitapp.errors import Code, EnvironmentProblem, Refused
from visitapp.language import message
from visitapp.records import PlacementException
from visitapp.records.ids import provider_id
from visitapp.services.concerns.views import ConcernDifference, ConcernSheet, NewConcern
from visitapp.services.notices.notices import NoticeView
from visitapp.services.retention.views import LegalHoldView
from visitapp.services.services import Services
from visitapp.services.views.action_sheets import (
    ActionDifference,
    SheetFault,
    SheetPreview,
)
from visitapp.services.views.decided.exceptions import ExceptionView
from visitapp.services.views.holders import CoverView
from visitapp.services.views.planning import PlannedView
from visitapp.services.views.registers import RegisterColumn
from visitapp.services.views.sync import RefusedChange
from visitapp.services.views.visits import OpenAction
from visitapp.ui.dialogs.actions.action import edit_action, new_action
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.dialogs.exceptions.ask import AssessExceptionDialog
from visitapp.ui.dialogs.exceptions.end import PlacedDialog, WithdrawExceptionDialog
from visitapp.ui.dialogs.help import HelpDialog
from visitapp.ui.dialogs.holders.cover import EditCoverDialog
from visitapp.ui.dialogs.notice import NoticeDialog
from visitapp.ui.dialogs.notices.notice_text import NoticeTextDialog
from visitapp.ui.dialogs.notices.recipient import RecipientDialog
from visitapp.ui.dialogs.settings.legal_hold import LiftHoldDialog
from visitapp.ui.dialogs.sync.discard_change import DiscardAllDialog, DiscardDialog
from visitapp.ui.dialogs.sync.hand_in import HandInDialog
from visitapp.ui.dialogs.sync.load_rescue import LoadRescueDialog
from visitapp.ui.dialogs.sync.removal import RemovalDialog
from visitapp.ui.dialogs.sync.save_rescue import RescueDialog
from visitapp.ui.dialogs.unlock import UnlockDialog
from visitapp.ui.dialogs.unsaved import UnsavedDialog
from visitapp.ui.pages.planning.dialogs import PlanningDialogs
from visitapp.ui.pages.review.dialogs import ReviewDialogs
from visitapp.ui.pages.review.second_card import AGREE
from visitapp.ui.pages.visit.dialogs import VisitDialogs
from visitapp.ui.shell.pages import NAMES
from visitapp.ui.shell.routes import Route

QUESTION = "registered_manager"
REGISTER_TITLES = ("Contract ref", "Run by")


class Busy(NamedTuple):
    """Ids of records with something on every page."""

    setting: str
    visit: str
    older_visit: str


class Stage(NamedTuple):
    """A window that several tests look at, and what is in it."""

    desktop: Desktop
    busy: Busy

    def go(self, page: str) -> None:
        """Show a page, with all that it reads late."""
        [route] = [route for route in pages(self.busy) if route.page == page]
        self.desktop.window.go(route)
        if page == "visit":
            self.desktop.until(lambda: self.desktop.visit.page.area.ready)
        self.desktop.settle()


def fill(services: Services, setting: str, visit: str) -> None:
    """Something to see on every page: an answer with its reason, evidence, actions, a decision that
    waits."""
    visits, today = services.visits, services.desk.today()
    visits.answer(visit, QUESTION, value="not_checked", reason="The manager was away all day.")
    visits.add_evidence(visit, QUESTION, "document", "Rota of the week")
    services.actions.add(
        visit,
        None,
        "Mend the rota of the night shift so that two are on duty",
        today,
        question=QUESTION,
        owner="Registered manager",
    )
    services.actions.add(None, setting, "Mend the roof over the laundry", today)
    with services.desk.transaction() as session:
        why = "Her husband has lived there for two years."
        session.add(PlacementException(setting_id=setting, person="P31", why=why))
    services.planning.plan(setting, "themed", today)
    fill_escalation(services, setting)
    fill_plan(services, setting)
    fill_intervention(services, setting)
    services.concerns.log(
        NewConcern(
            setting_id=setting,
            kind="serious_incident",
            title="A fall at night that nobody reviewed",
            severity="4",
            source="family",
            themes=["falls", "staffing"],
            person="P31",
        )
    )


def pages(busy: Busy) -> list[Route]:
    """A route to every page of the window."""
    provider = provider_id("cqc", HEATHER.provider_id)
    names = ("setting", "briefing", "plan", "escalation", "intervention")
    ids = dict.fromkeys(names, busy.setting)
    ids |= {"visit": busy.visit, "provider": provider}
    return [Route(name, ids.get(name, "")) for name in NAMES]


def dialogs() -> list[str]:
    """The name of every dialog of the program."""
    found: set[str] = set()
    waiting: list[type[Dialog]] = [Dialog]
    while waiting:
        for kind in waiting.pop().__subclasses__():
            if kind.__module__.startswith("visitapp."):
                found.add(kind.__name__)
                waiting.append(kind)
    return sorted(found)


def open_dialog(name: str, desktop: Desktop, busy: Busy) -> Dialog:
    """Open a dialog over the window. Fails for one that has no way to be opened here yet."""
    assert name in OPENERS, f"say in every_screen.py how {name} is opened"
    before = set(desktop.window.findChildren(Dialog))
    made = OPENERS[name](desktop, busy)
    if made is not None:
        made.open()
        return made
    [opened] = set(desktop.window.findChildren(Dialog)) - before
    return opened


def _discard(desktop: Desktop, busy: Busy) -> Dialog:
    change = RefusedChange(
        kind="action",
        id="1",
        code=Code.OUT_OF_SCOPE,
        text=SENTENCE,
        about="Mend the roof",
        ours="due 12 Dec 2026",
        theirs="due 25 Nov 2026",
    )
    return DiscardDialog(desktop.window, desktop.services.connection, change)


def _edit_cover(desktop: Desktop, busy: Busy) -> Dialog:
    services = desktop.services
    today = services.desk.today()
    cover = CoverView(
        id="1",
        setting_id=busy.setting,
        setting="Heather Bank",
        deputy_id="bob",
        deputy="Bob Doe",
        starts_on=today,
        ends_on=today,
        note="",
        active=True,
        over=False,
    )
    return EditCoverDialog(desktop.window, services.covers, cover, today)


def _on_site(desktop: Desktop, busy: Busy) -> None:
    opened = OpenAction(action=desktop.services.actions.list()[0])
    _visits(desktop).step_action(opened, "extend")


def _edit_action(desktop: Desktop, busy: Busy) -> Dialog:
    services = desktop.services
    action = services.actions.list()[0]
    return edit_action(desktop.window, services.actions, services.desk.today(), action)


def _import_actions(desktop: Desktop, busy: Busy) -> None:
    services = desktop.services
    action = services.actions.list()[0]
    change = ActionDifference(
        row=7,
        action_id=action.id,
        title=action.title,
        setting=action.setting,
        due_before=action.due_on,
        due_after=action.due_on + timedelta(days=7),
        owner_before="",
        owner_after="Registered manager",
        reason=SENTENCE,
    )
    fault = SheetFault(row=9, column="Due", what=SENTENCE)
    preview = SheetPreview(
        file="actions.xlsx", rows=2, changes=[change], faults=[fault], ignored=[fault]
    )
    desktop.window.dialogs.actions.show_preview(preview)


def _new_action(desktop: Desktop, busy: Busy) -> Dialog:
    services = desktop.services
    today = services.desk.today()
    return new_action(desktop.window, services.actions, today, setting_id=busy.setting)


def _import_concerns(desktop: Desktop, busy: Busy) -> None:
    new = NewConcern(
        setting_id=busy.setting,
        kind="complaint",
        title="Spoken to sharply at mealtimes",
        severity="2",
        source="partner",
        reference="K-1",
        received_at=desktop.services.desk.clock(),
    )
    sheet = ConcernSheet(
        file="cases.csv",
        columns={},
        unread=["Worker"],
        new=[ConcernDifference(row=2, setting="Heather Bank", concern=new)],
        known=1,
        faults=[SheetFault(row=3, column="Setting", what=SENTENCE)],
    )
    desktop.window.dialogs.concerns.show_sheet(sheet)


def _hand_in(desktop: Desktop, busy: Busy) -> Dialog:
    return HandInDialog(desktop.window, desktop.services.leaving)


def _load_rescue(desktop: Desktop, busy: Busy) -> Dialog:
    return LoadRescueDialog(desktop.window, desktop.services.rescue, desktop.files)


def _rescue(desktop: Desktop, busy: Busy) -> Dialog:
    return RescueDialog(desktop.window, desktop.services.rescue.save, desktop.files)


def _notice(desktop: Desktop, busy: Busy) -> Dialog:
    return NoticeDialog(
        EnvironmentProblem(Code.DATABASE_DAMAGED, message(SENTENCE), message(SENTENCE))
    )


def _notice_text(desktop: Desktop, busy: Busy) -> Dialog:
    made = NoticeView(
        id="1",
        setting_id=busy.setting,
        setting="Heather Bank",
        event="position_closed",
        audience_id="brokerage",
        audience="Brokerage",
        district="North",
        text=SENTENCE,
        made_at=desktop.services.desk.clock(),
        state="failed",
        recipients=2,
        sent_at=None,
        error="550 No such box",
    )
    return NoticeTextDialog(desktop.window, made)


def _import_register(desktop: Desktop, busy: Busy) -> None:
    columns = list(map(RegisterColumn, REGISTER_TITLES, ("number", "provider")))
    desktop.window.dialogs.register.map_columns(Path("register.xlsx"), columns)


def _removal(desktop: Desktop, busy: Busy) -> Dialog:
    return RemovalDialog(
        desktop.window, Refused(Code.MASS_REMOVAL, message(SENTENCE), message(SENTENCE))
    )


def _unlock(desktop: Desktop, busy: Busy) -> Dialog:
    return UnlockDialog(desktop.window, lambda passphrase: desktop.services)


def _visits(desktop: Desktop) -> VisitDialogs:
    return desktop.window.dialogs.visit


def _reviews(desktop: Desktop) -> ReviewDialogs:
    return desktop.window.dialogs.review


def _planning(desktop: Desktop) -> PlanningDialogs:
    return desktop.window.dialogs.planning


def _planned(desktop: Desktop, busy: Busy) -> PlannedView:
    return desktop.services.planning.list(busy.setting)[0]


Opener = Callable[[Desktop, Busy], Dialog | None]


def _exception(desktop: Desktop) -> ExceptionView:
    return desktop.services.exceptions.list()[0]


_HOLD = LegalHoldView(
    id="1",
    subject="setting",
    subject_word="Setting",
    subject_id="1",
    name="Heather Bank",
    reason=SENTENCE,
    set_by="Lee Lead",
    set_on=date(2026, 6, 2),
)

OPENERS: dict[str, Opener] = {
    **ESCALATION_OPENERS,
    **REGISTER_OPENERS,
    **ABOUT_OPENERS,
    **ROOM_OPENERS,
    **EVIDENCE_OPENERS,
    **PLAN_OPENERS,
    **INTERVENTION_OPENERS,
    "ActionDialog": _edit_action,
    "AnswerSecondReviewDialog": lambda desktop, busy: _reviews(desktop).answer_second("", AGREE),
    "AskSecondReviewDialog": lambda desktop, busy: _reviews(desktop).ask_second(busy.visit),
    "AddSettingDialog": lambda desktop, busy: desktop.window.dialogs.settings.add(),
    "AskExceptionDialog": lambda desktop, busy: desktop.window.dialogs.exceptions.ask(busy.setting),
    "AssessExceptionDialog": lambda desktop, busy: AssessExceptionDialog(
        desktop.window, desktop.services.exceptions, _exception(desktop)
    ),
    "CancelPlannedDialog": lambda desktop, busy: _planning(desktop).cancel(_planned(desktop, busy)),
    "AssessRiskDialog": lambda desktop, busy: desktop.window.dialogs.settings.assess_risk(
        busy.setting
    ),
    "CommentDialog": lambda desktop, busy: _visits(desktop).comment(busy.visit, QUESTION),
    "ConnectDialog": lambda desktop, busy: desktop.window.dialogs.sync.connect_server(),
    "ConcernDialog": lambda desktop, busy: desktop.window.dialogs.concerns.show(
        desktop.services.concerns.list()[0].id
    ),
    "CorrectConcernDialog": lambda desktop, busy: desktop.window.dialogs.concerns.correct(
        desktop.services.concerns.list()[0].id
    ),
    "ConcernColumnsDialog": lambda desktop, busy: desktop.window.dialogs.concerns.map_columns(
        Path("cases.csv"), list(map(RegisterColumn, REGISTER_TITLES, ("reference", "")))
    ),
    "ConcernTrendsDialog": lambda desktop, busy: desktop.window.dialogs.concerns.show_trends(),
    "LogConcernDialog": lambda desktop, busy: desktop.window.dialogs.concerns.log(busy.setting),
    "ImportConcernsDialog": _import_concerns,
    "CoverDialog": lambda desktop, busy: desktop.window.dialogs.holders.arrange_cover(),
    "DelegateDialog": lambda desktop, busy: desktop.window.dialogs.holders.name_delegate(),
    "EditCoverDialog": _edit_cover,
    "HandOverDialog": lambda desktop, busy: desktop.window.dialogs.holders.hand_over(
        setting_id=busy.setting
    ),
    "LeaverDialog": lambda desktop, busy: desktop.window.dialogs.holders.hand_over_all(
        desktop.services.me().id
    ),
    "SaveViewDialog": lambda desktop, busy: desktop.window.dialogs.views.save_view(
        lambda name: None
    ),
    "DiscardAllDialog": lambda desktop, busy: DiscardAllDialog(
        desktop.window, desktop.services.connection, 12
    ),
    "DiscardDialog": _discard,
    "DiscardVisitDialog": lambda desktop, busy: _visits(desktop).discard(busy.visit),
    "EventDialog": lambda desktop, busy: desktop.window.dialogs.settings.record_event(busy.setting),
    "OnSiteDialog": _on_site,
    "ConclusionDialog": lambda desktop, busy: _visits(desktop).conclude(busy.visit),
    "ExportReportsDialog": lambda desktop, busy: _reviews(desktop).export(
        desktop.services.visits.list()
    ),
    "HandInDialog": _hand_in,
    "ImportActionsDialog": _import_actions,
    "ImportRegisterDialog": _import_register,
    "HelpDialog": lambda desktop, busy: HelpDialog(desktop.window),
    "HygieneDialog": lambda desktop, busy: desktop.window.dialogs.settings.match_hygiene(
        busy.setting
    ),
    "LiftHoldDialog": lambda desktop, busy: LiftHoldDialog(
        desktop.window, desktop.services.legal_holds, _HOLD
    ),
    "LoadRescueDialog": _load_rescue,
    "MoveVisitDialog": lambda desktop, busy: _visits(desktop).move_visit(busy.older_visit),
    "MovePlannedDialog": lambda desktop, busy: _planning(desktop).move(_planned(desktop, busy)),
    "NoticeDialog": _notice,
    "NoticeTextDialog": _notice_text,
    "RecipientDialog": lambda desktop, busy: RecipientDialog(
        desktop.window, desktop.services.notices
    ),
    "RecipientsDialog": lambda desktop, busy: desktop.window.dialogs.notices.recipients(),
    "PlanVisitDialog": lambda desktop, busy: _planning(desktop).plan(busy.setting),
    "PositionDialog": lambda desktop, busy: desktop.window.dialogs.settings.decide_position(
        busy.setting
    ),
    "PlacedDialog": lambda desktop, busy: PlacedDialog(
        desktop.window,
        desktop.services.exceptions,
        _exception(desktop),
        desktop.services.desk.today(),
    ),
    "RegulatorActionDialog": lambda desktop, busy: (
        desktop.window.dialogs.settings.record_enforcement(busy.setting)
    ),
    "RemovalDialog": _removal,
    "RescueDialog": _rescue,
    "ReturnDialog": lambda desktop, busy: desktop.window.dialogs.review.return_visit(busy.visit),
    "SetHoldDialog": lambda desktop, busy: desktop.window.dialogs.settings.set_hold(busy.setting),
    "SignOffDialog": lambda desktop, busy: _visits(desktop).sign_off(busy.visit, {}),
    "StartVisitDialog": lambda desktop, busy: _visits(desktop).start_visit(busy.setting),
    "UnlockDialog": _unlock,
    "UnsavedDialog": lambda desktop, busy: UnsavedDialog(desktop.window, ["1.3", "7.3"]),
    "VisitDetailsDialog": lambda desktop, busy: _visits(desktop).edit_details(busy.visit),
    "WithdrawExceptionDialog": lambda desktop, busy: WithdrawExceptionDialog(
        desktop.window, desktop.services.exceptions, _exception(desktop)
    ),
}
