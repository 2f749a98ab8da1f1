"""How the dialogs of improvement plans are opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.window.register_screens import SENTENCE
from tests.support.window.windows import Desktop
from visitapp.rules.plans.agreed import AgreedAction, AgreedPlan
from visitapp.rules.plans.states import OwnerSide
from visitapp.services.plans.provider.views import ReturnedRow, ReturnPreview
from visitapp.services.plans.views import PlanVersion, PlanView
from visitapp.services.views.action_sheets import SheetFault
from visitapp.ui.dialogs.plans.versions import VersionsDialog

if TYPE_CHECKING:
    from tests.support.window.every_screen import Busy, Opener


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


PLAN_OPENERS: dict[str, Opener] = {
    "LiveRiskDialog": _explain_risk,
    "AgreeDialog": lambda desktop, busy: desktop.window.dialogs.plans.agree(_plan(desktop, busy)),
    "EndPlanDialog": lambda desktop, busy: desktop.window.dialogs.plans.end(_plan(desktop, busy)),
    "PlanDialog": lambda desktop, busy: desktop.window.dialogs.plans.begin(busy.setting),
    "TakeFileDialog": _take_file,
    "VersionsDialog": _versions,
    "UpdateDialog": lambda desktop, busy: desktop.window.dialogs.plans.tell(
        _plan(desktop, busy).actions[0]
    ),
}
