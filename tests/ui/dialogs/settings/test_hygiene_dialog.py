"""An officer confirms on the setting's page which food hygiene rating is its own, or none."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QAbstractButton

from tests.support.directory.fhrs import Kitchen, write_fhrs
from tests.support.window.windows import Desktop, texts
from visitapp.services.services import Services
from visitapp.ui.dialogs.settings.hygiene import HygieneDialog
from visitapp.ui.shell.routes import Route

KITCHENS = (
    Kitchen("101", "Heather Bank Care Home", "ZZ1 1AA", rating="4"),
    Kitchen("102", "Beck Lane Cafe", "ZZ1 1AA", rating="1", business_type="Restaurant"),
)


def opened(desktop: Desktop, setting_id: str) -> HygieneDialog:
    desktop.window.go(Route("setting", setting_id))
    desktop.setting.click("Confirm food hygiene rating…")
    return desktop.dialog(HygieneDialog)


def choice(dialog: HygieneDialog, text: str) -> QAbstractButton:
    return next(one for one in dialog.choices.buttons() if one.text().startswith(text))


@pytest.fixture
def kitchens(services: Services) -> None:
    path = services.directory.path.parent / "fhrs.xml"
    services.directory.import_file(write_fhrs(path, KITCHENS))


@pytest.mark.usefixtures("kitchens")
def test_a_rating_is_confirmed_and_taken_away_again(
    desktop: Desktop, services: Services, heather: str
) -> None:
    dialog = opened(desktop, heather)
    assert not dialog.primary.isEnabled(), "nothing is chosen for the officer"
    assert any("same postcode · same name" in text for text in texts(dialog))
    choice(dialog, "Heather Bank Care Home: 4").click()
    desktop.click(dialog.primary)
    found = services.settings.view(heather).hygiene
    assert found is not None
    assert found.fhrs_id == "101"
    assert any("Food hygiene: 4" in text for text in desktop.setting.said)
    dialog = opened(desktop, heather)
    assert choice(dialog, "Heather Bank").isChecked()
    choice(dialog, "None of these").click()
    desktop.click(dialog.primary)
    assert services.settings.view(heather).hygiene is None
    assert any("No food hygiene rating confirmed" in text for text in desktop.setting.said)


def test_without_candidates_it_says_what_to_do(desktop: Desktop, heather: str) -> None:
    dialog = opened(desktop, heather)
    assert any("Import your area's food hygiene file" in text for text in texts(dialog))
    assert not dialog.primary.isEnabled()
    dialog.reject()
