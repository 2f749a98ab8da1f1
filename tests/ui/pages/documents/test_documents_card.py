"""Documents on the pages of a setting, a provider and a contract: added, replaced, withdrawn and
saved, by keys; what is due is said in words."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from tests.support.desk.colleagues import become, bring
from tests.support.window.filling import agree, choose, fill, press
from tests.support.window.screens import said
from tests.support.window.windows import AnswerFiles, Desktop
from visitapp.services.documents.views import DocumentOwner
from visitapp.services.services import Services
from visitapp.ui.dialogs.contracts.contract import ContractDialog
from visitapp.ui.dialogs.documents.document import DocumentDialog
from visitapp.ui.dialogs.documents.edit import (
    AddDocumentDialog,
    EditDocumentDialog,
    WithdrawDocumentDialog,
)

TEXT = "Assessed by the fire service."


@pytest.fixture
def file(desktop: Desktop, tmp_path: Path) -> Path:
    """The file that the system's dialog answers with."""
    path = tmp_path / "Fire.txt"
    path.write_text(TEXT, encoding="utf-8")
    assert isinstance(desktop.files, AnswerFiles)
    desktop.files.to_open = path
    return path


def test_a_document_is_added_with_its_file_and_the_day_it_expires(
    desktop: Desktop, services: Services, heather: str, file: Path
) -> None:
    desktop.setting.go(heather)
    assert any("No insurance, certificate or policy" in text for text in desktop.setting.said)
    desktop.setting.click("Add a document…")
    dialog = desktop.dialog(AddDocumentDialog)
    press(desktop, dialog, "Add the document")
    assert desktop.focus == "Kind"
    desktop.type("Fire")
    press(desktop, dialog, "Add the document")
    assert dialog.messages.text() == "A document needs a title."
    assert desktop.focus == "Title"
    press(desktop, dialog, "Choose a file…")
    fill(desktop, dialog, expires_on="+12")
    agree(desktop, dialog)
    assert desktop.setting.offers("Fire")
    assert "Expires in 12 days" in desktop.setting.said
    (made,) = services.documents.due()
    assert services.documents.fetch(made.id) == TEXT.encode()
    desktop.undo_toast()
    assert services.documents.due() == []


def test_a_document_is_replaced_edited_and_withdrawn(
    desktop: Desktop, services: Services, heather: str, file: Path
) -> None:
    owner = DocumentOwner("setting", heather)
    late = services.desk.today() - timedelta(days=3)
    services.documents.add(owner, "fire_risk", title="Fire", expires_on=late)
    desktop.setting.go(heather)
    assert "Expired 3 days ago" in desktop.setting.said
    desktop.setting.click("Fire")
    press(desktop, desktop.dialog(DocumentDialog), "Replace…")
    new = desktop.dialog(AddDocumentDialog)
    fill(desktop, new, title="Fire 2027", expires_on="+400")
    agree(desktop, new)
    assert {"Replaced"} <= set(desktop.setting.said)
    desktop.setting.click("Fire 2027")
    press(desktop, desktop.dialog(DocumentDialog), "Edit…")
    edit = desktop.dialog(EditDocumentDialog)
    fill(desktop, edit, title="Fire risk 2027")
    agree(desktop, edit)
    desktop.setting.click("Fire risk 2027")
    press(desktop, desktop.dialog(DocumentDialog), "Withdraw…")
    withdraw = desktop.dialog(WithdrawDocumentDialog)
    press(desktop, withdraw, "Withdraw it")
    assert "Say why" in withdraw.messages.text()
    fill(desktop, withdraw, reason="Another home's")
    agree(desktop, withdraw)
    assert "Withdrawn" in desktop.setting.said
    desktop.undo_toast()
    assert "Withdrawn" not in desktop.setting.said


def test_a_copy_is_saved_where_the_person_says(
    desktop: Desktop, services: Services, heather: str, file: Path
) -> None:
    services.documents.add(DocumentOwner("setting", heather), "fire_risk", file)
    desktop.setting.go(heather)
    desktop.setting.click("Fire")
    press(desktop, desktop.dialog(DocumentDialog), "Save a copy…")
    assert isinstance(desktop.files, AnswerFiles)
    copy = desktop.files.folder / "Fire.txt"
    desktop.until(lambda: "Saved Fire.txt." in desktop.toast)
    assert copy.read_text(encoding="utf-8") == TEXT


def test_a_document_of_a_provider_or_contract_is_shown_at_its_settings(
    desktop: Desktop, services: Services, heather: str
) -> None:
    bring(services, lee="lead")
    become(services, "lee")
    row = services.settings.view(heather).row
    provider = services.settings.view(heather).provider_id or ""
    services.contracts.add("CARE-1", provider)
    services.contract_places.add("CARE-1", heather)
    desktop.setting.go(heather)
    desktop.setting.click(f"Provider: {row.provider}")
    desktop.provider.click("Add a document…")
    dialog = desktop.dialog(AddDocumentDialog)
    choose(desktop, dialog, "kind", "Public")
    fill(desktop, dialog, title="Liability", expires_on="+1")
    agree(desktop, dialog)
    assert "Expires in 1 day" in desktop.provider.said
    desktop.contracts.go()
    desktop.press(Qt.Key.Key_Return)
    press(desktop, desktop.dialog(ContractDialog), "Add a document…")
    dialog = desktop.dialog(AddDocumentDialog)
    choose(desktop, dialog, "kind", "Var")
    fill(desktop, dialog, title="Variation 2")
    agree(desktop, dialog)
    desktop.setting.go(heather)
    assert desktop.setting.offers("Liability")
    assert desktop.setting.offers("Variation 2")
    assert any("Contract CARE-1" in text for text in said(desktop.setting.page.documents))
    desktop.open_portfolio()
    desktop.portfolio.click("Document due")
    found = [row.name for row in desktop.portfolio.table.rows]
    assert found == ["Heather Bank", "Larch Nursing Home"], "both are of this provider"
