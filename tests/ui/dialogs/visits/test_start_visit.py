"""Starting a visit offers what is still to be visited."""

from __future__ import annotations

from tests.support.desk.desks import signed_off_visit
from tests.support.window.windows import Desktop
from visitapp.services.services import Services
from visitapp.ui.dialogs.visits.start_visit import StartVisitDialog


def test_a_setting_that_was_visited_today_is_not_the_first_offered(
    desktop: Desktop, services: Services, heather: str
) -> None:
    desktop.window.dialogs.visit.start_visit()
    dialog = desktop.dialog(StartVisitDialog)
    assert dialog.setting.currentText() == "Heather Bank"
    dialog.reject()
    signed_off_visit(services, heather)
    desktop.window.dialogs.visit.start_visit()
    assert desktop.dialog(StartVisitDialog).setting.currentText() == "Larch Nursing Home"
