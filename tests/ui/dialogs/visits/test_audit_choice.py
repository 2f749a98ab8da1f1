"""A themed audit that finds a worse rating asks at sign-off what becomes of it."""

from __future__ import annotations

from PySide6.QtCore import Qt

from tests.support.desk.desks import approved_visit
from tests.support.forms.answers import best_answers
from tests.support.window.windows import Desktop
from visitapp.services.services import Services
from visitapp.ui.dialogs.visits.sign_off import SignOffDialog

FOUND = {"medicines_round": {"value": "not_met", "note": "Two of five were not signed for."}}


def test_a_worse_audit_is_signed_off_only_with_a_choice(
    desktop: Desktop, services: Services, heather: str
) -> None:
    approved_visit(services, heather)
    audit = services.visits.start(heather, "medicines-audit").id
    services.visits.answer_all(audit, best_answers(services.visits.form(audit)) | FOUND)
    desktop.open_visit(audit)
    desktop.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    dialog = desktop.dialog(SignOffDialog)
    assert not dialog.primary.isEnabled()
    assert desktop.focus == "Propose it to the team lead"
    desktop.press(Qt.Key.Key_Space)
    assert dialog.primary.isEnabled()
    desktop.press(Qt.Key.Key_Down)
    dialog.audit.reason.setFocus()
    desktop.type("Controlled drugs are not counted")
    desktop.click(dialog.primary)
    assert services.visits.view(audit).summary.status == "signed_off"
    row = services.settings.view(heather).row
    assert (row.rag, row.position) == ("red", "closed")
    assert dialog.audit.isHidden()
