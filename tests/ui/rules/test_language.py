"""Nothing on a screen bypasses the catalogue: in the pseudo-language only data stay as they are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NoReturn

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from tests.support.window.every_screen import (
    REGISTER_TITLES,
    SENTENCE,
    Stage,
    dialogs,
    open_dialog,
)
from tests.support.window.evidence_openers import FILES
from tests.support.window.foreign import Data, shown_texts
from visitapp.language import PSEUDO, SOURCE, choose_language
from visitapp.services.services import Services
from visitapp.ui.pages.first_run.window import FirstRunWindow
from visitapp.ui.shell.pages import PAGES
from visitapp.ui.theme.look import Look


@pytest.fixture(scope="module", autouse=True)
def manner() -> Iterator[None]:
    choose_language(PSEUDO)
    yield
    choose_language(SOURCE)


def bypassing(root: QWidget, services: Services) -> list[str]:
    data = Data(services)
    data.add(*services.actions.themes().values())
    data.add(
        SENTENCE, "Mend the roof", "due 12 Dec 2026", "due 25 Nov 2026", "North", "550 No such box"
    )
    data.add("Spoken to sharply at mealtimes")
    data.add(*REGISTER_TITLES, *FILES)
    found = {
        f"{where}: {text!r} has {part!r}"
        for where, text in shown_texts(root)
        for part in data.english(text)
    }
    return sorted(found)


def show(found: list[str]) -> str:
    return "\n".join(["texts that bypass the catalogue:", *found])


@pytest.mark.parametrize("page", [*PAGES, "setting", "plan", "intervention", "visit"])
def test_every_text_of_a_page_is_in_the_catalogue(stage: Stage, page: str) -> None:
    stage.go(page)
    found = bypassing(stage.desktop.window, stage.desktop.services)
    assert not found, show(found)


@pytest.mark.parametrize("name", dialogs())
def test_every_text_of_a_dialog_is_in_the_catalogue(stage: Stage, name: str) -> None:
    dialog = open_dialog(name, stage.desktop, stage.busy)
    stage.desktop.settle()
    found = bypassing(dialog, stage.desktop.services)
    dialog.reject()
    assert not found, show(found)


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
    assert not found, show(found)
    window.close()


def test_a_text_that_bypasses_the_catalogue_is_found(services: Services) -> None:
    label = QLabel("[Sàvé é] · Save now · Heather Bank")
    assert bypassing(label, services) == [
        "QLabel text: '[Sàvé é] · Save now · Heather Bank' has 'Save now'"
    ]
    label.deleteLater()
