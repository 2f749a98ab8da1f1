"""Nothing on a screen bypasses the catalogue: in the pseudo-language only data stay as they are.
`test_fits.py` looks at every page and dialog."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NoReturn

import pytest
from PySide6.QtWidgets import QLabel

from tests.ui.rules.faults import bypassing
from visitapp.language import PSEUDO, SOURCE, choose_language
from visitapp.services.services import Services
from visitapp.ui.pages.first_run.window import FirstRunWindow
from visitapp.ui.theme.look import Look


@pytest.fixture(scope="module", autouse=True)
def manner() -> Iterator[None]:
    choose_language(PSEUDO)
    yield
    choose_language(SOURCE)


@pytest.mark.parametrize("has_keyring", [True, False])
def test_every_text_of_the_first_start_is_in_the_catalogue(
    services: Services, look: Look, has_keyring: bool
) -> None:
    def nothing(*given: Any) -> NoReturn:
        raise AssertionError(given)

    window = FirstRunWindow(look, services if has_keyring else None, nothing, nothing)
    window.resize(1092, 600)
    window.show()
    found = bypassing(window, services)
    assert found == []
    window.close()


def test_a_text_that_bypasses_the_catalogue_is_found(services: Services) -> None:
    label = QLabel("[Sàvé é] · Save now · Heather Bank")
    assert bypassing(label, services) == [
        "QLabel text: '[Sàvé é] · Save now · Heather Bank' has 'Save now'"
    ]
    label.deleteLater()
