"""How the dialogs of improvement plans and of referrals for support are opened."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tests.support.window.campaign_screens import CAMPAIGN_OPENERS
from tests.support.window.register_screens import SENTENCE
from tests.support.window.windows import Desktop
from visitapp.rules.plans.agreed import AgreedAction, AgreedPlan
from visitapp.rules.plans.states import OwnerSide
from visitapp.services.plans.provider.views import (
    ReturnedComment,
    ReturnedRow,
    ReturnPreview,
)
from visitapp.services.plans.views import AccuracyView, PlanVersion, PlanView
from visitapp.services.services import Services
from visitapp.services.views.action_sheets import SheetFault
from visitapp.ui.dialogs.plans.accuracy import AccuracyDialog
from visitapp.ui.dialogs.plans.versions import VersionsDialog

if TYPE_CHECKING:
    from tests.support.window.every_screen import Busy, Opener


def fill_plan(services: Services, setting: str) -> None:
    """A plan that somebody drafts, and a theme that was referred for support."""
    today, goal = services.desk.today(), "People get their medicines safely, at weekends too"
    services.plans.draft(setting, goal, today, today + timedelta(days=90), "Registered manager")
    asked = "Training for night staff, with a pharmacist"
    services.support.refer([setting], "medicines", "Skills for Homes", asked)


def _plan(desktop: Desktop, busy: Busy) -> PlanView:
    plans = desktop.services.plans
    return plans.view(plans.list(busy.setting)[0].id)


def _take_file(desktop: Desktop, busy: Busy) -> None:
    plan = _plan(desktop, busy)
    rows = [
        ReturnedRow(
            row=row,
            action_id=plan.actions[0].id,
            number=row,
            title=plan.actions[0].title,
            status="open",
            target=29,
            progress_before=None,
            progress=9,
            done_on=desktop.services.desk.today(),
            words=SENTENCE,
        )
        for row in (12, 13)
    ]
    preview = ReturnPreview(
        file="back.xlsx",
        sha256="0" * 64,
        plan_id=plan.id,
        setting=plan.setting,
        version=1,
        rows=3,
        changes=rows,
        faults=[SheetFault(row=14, column="Done on", what=SENTENCE)],
        notes=[SENTENCE],
        taken=1,
        comments=[ReturnedComment(row=5, place="3.2 Medicines", text=SENTENCE, shown=SENTENCE)],
    )
    desktop.window.dialogs.plans.show_preview(preview)


def _versions(desktop: Desktop, busy: Busy) -> VersionsDialog:
    plan = _plan(desktop, busy)
    actions = [
        AgreedAction(
            id=plan.actions[0].id,
            number=1,
            title=plan.actions[0].title,
            success_measure=SENTENCE,
            owner_side=OwnerSide.PROVIDER,
            owner="",
            due_on=plan.ends_on,
            target=None,
        )
    ]
    version = PlanVersion(
        version=1,
        agreed_on=plan.starts_on,
        agreed_with="The owner",
        agreed_by="An officer",
        plan=AgreedPlan(
            goal=plan.goal,
            starts_on=plan.starts_on,
            ends_on=plan.ends_on,
            provider_people="",
            actions=actions,
        ),
    )
    return VersionsDialog(desktop.window, [version])


def _explain_risk(desktop: Desktop, busy: Busy) -> None:
    desktop.window.dialogs.risk.explain(desktop.services.risk_ranking.rows()[0])


def _accuracy(desktop: Desktop, busy: Busy) -> AccuracyDialog:
    point = AccuracyView(
        id="1",
        received_on=desktop.services.desk.today(),
        place="3.2 Medicines",
        text=SENTENCE,
        shown=SENTENCE,
        status="open",
        answer="",
        answered_on=None,
        answered_by="",
        mine=True,
    )
    return AccuracyDialog(desktop.window, desktop.services.accuracy, [point])


PLAN_OPENERS: dict[str, Opener] = {
    **CAMPAIGN_OPENERS,
    "AccuracyDialog": _accuracy,
    "LiveRiskDialog": _explain_risk,
    "AgreeDialog": lambda desktop, busy: desktop.window.dialogs.plans.agree(_plan(desktop, busy)),
    "EndPlanDialog": lambda desktop, busy: desktop.window.dialogs.plans.end(_plan(desktop, busy)),
    "PlanDialog": lambda desktop, busy: desktop.window.dialogs.plans.begin(busy.setting),
    "ReferSupportDialog": lambda desktop, busy: desktop.window.dialogs.support.refer(
        "falls", [busy.setting]
    ),
    "SupportDialog": lambda desktop, busy: desktop.window.dialogs.support.show(
        desktop.services.support.list()[0].id
    ),
    "TakeFileDialog": _take_file,
    "VersionsDialog": _versions,
    "UpdateDialog": lambda desktop, busy: desktop.window.dialogs.plans.tell(
        _plan(desktop, busy).actions[0]
    ),
}
