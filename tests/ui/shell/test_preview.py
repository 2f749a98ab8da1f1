"""`forms preview`: the real Visit page on a form file, which follows the file and keeps nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from forms.format.faults import FaultyForm
from tests.support.forms.small_forms import area, question, text
from tests.support.window.previews import Preview
from visitapp.bootstrap import open_trial
from visitapp.errors import BadFile, Code, Refused
from visitapp.ui.shell.preview import run_preview
from visitapp.ui.theme.look import Look

NURSING = "relevant: \"setting.service_type == 'nursing'\""
SMALL = text(
    area("care", question("plans"), question("nurses", extra=NURSING)),
    area("safety", question("bells"), question("falls", "sample")),
)
WORSE = SMALL.replace("score: 0.5", "score: 0.1")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "forms" / "small.yaml"
    path.parent.mkdir()
    path.write_text(SMALL, encoding="utf-8")
    return path


@pytest.fixture
def preview(
    tmp_path: Path, file: Path, look: Look, qtbot: QtBot
) -> Iterator[Callable[..., Preview]]:
    opened: list[Preview] = []

    def show(**facts: str) -> Preview:
        opened.append(Preview(open_trial(tmp_path / "trial", facts), file, look, qtbot))
        return opened[-1]

    yield show
    for one in opened:
        one.close()


def test_answers_move_the_outcome_and_say_what_would_change_it(
    preview: Callable[..., Preview],
) -> None:
    shown = preview()
    assert "Small, version 1" in shown.title
    assert not shown.visit.page.sidebar.saved.isVisible(), "nothing is kept"
    shown.visit.choose("plans", "Met")
    shown.go("bells")
    shown.visit.choose("bells", "Not met")
    assert shown.visit.outcome == "red"
    assert "Green if 2.1 becomes Met." in shown.visit.panel_text


def test_the_settings_facts_bring_in_their_questions(preview: Callable[..., Preview]) -> None:
    assert preview().visit.shown == ["plans"]


def test_the_settings_facts_are_chosen(preview: Callable[..., Preview]) -> None:
    assert preview(service_type="nursing", beds="40").visit.shown == ["plans", "nurses"]


def test_a_saved_file_is_shown_again_with_the_answers(
    preview: Callable[..., Preview], file: Path
) -> None:
    shown = preview()
    shown.visit.choose("plans", "Partly met")
    shown.go("bells")
    shown.save(file, WORSE.replace("title: Small", "title: Smaller"))
    shown.until(lambda: "Smaller" in shown.title)
    assert shown.visit.current == "bells"
    assert shown.percent == 10


def test_a_file_that_an_editor_replaces_is_followed_each_time(
    preview: Callable[..., Preview], file: Path
) -> None:
    shown = preview()
    for name in ("First", "Second", "Third"):
        shown.replace(file, SMALL.replace("title: Small", f"title: {name}"))
        shown.until(lambda name=name: name in shown.title)


def test_faults_stand_in_place_of_the_page_until_they_are_mended(
    preview: Callable[..., Preview], file: Path
) -> None:
    shown = preview()
    shown.visit.choose("plans", "Met")
    shown.save(file, SMALL.replace("from: 80", "from: eighty").replace("type: sample", "type: x"))
    shown.until(lambda: bool(shown.faults))
    assert "small.yaml has" in shown.faults[0]
    assert any(line.startswith("Line 12") for line in shown.faults)
    shown.save(file, SMALL)
    shown.until(lambda: not shown.faults)
    assert shown.visit.chosen("plans") == "Met"


def test_a_file_that_goes_and_comes_back(preview: Callable[..., Preview], file: Path) -> None:
    shown = preview()
    file.unlink()
    shown.until(lambda: bool(shown.faults))
    assert "cannot be shown" in shown.faults[0]
    shown.save(file, SMALL)
    shown.until(lambda: not shown.faults)


def test_another_version_and_another_id_go_on_in_the_same_visit(
    preview: Callable[..., Preview], file: Path
) -> None:
    shown = preview()
    shown.visit.choose("plans", "Met")
    shown.save(file, SMALL.replace("id: small", "id: large").replace('"1"', '"2"'))
    shown.until(lambda: "version 2" in shown.title)
    assert shown.visit.chosen("plans") == "Met"


def test_there_is_nothing_to_sign_off_and_nowhere_to_go(preview: Callable[..., Preview]) -> None:
    page = preview().visit.page
    assert page.primary.isHidden()
    assert not page.sidebar.setting.isEnabled()
    assert page.header.pill.text() == "Preview. Nothing is kept."


def test_actions_can_be_tried(preview: Callable[..., Preview]) -> None:
    shown = preview()
    buttons = shown.visit.card("plans").findChildren(QPushButton)
    shown.desktop.click(next(b for b in buttons if b.text() == "Action"))
    assert shown.dialogs()


@pytest.mark.parametrize("kind", ["risk", "self_assessment"])
def test_every_kind_of_form_is_shown(
    preview: Callable[..., Preview], file: Path, kind: str
) -> None:
    file.write_text(SMALL.replace("kind: visit", f"kind: {kind}"), encoding="utf-8")
    assert preview().visit.shown == ["plans"]


@pytest.mark.parametrize("fact", [{"beds": "many"}, {"service_type": "hotel"}, {"colour": "red"}])
def test_facts_that_do_not_fit_are_refused(tmp_path: Path, fact: dict[str, str]) -> None:
    with pytest.raises(Refused) as refused:
        open_trial(tmp_path / "trial", fact)
    assert refused.value.code == Code.BAD_VALUE


def test_a_picture_is_painted_and_nothing_stays(file: Path, tmp_path: Path, look: Look) -> None:
    before = set(tmp_path.rglob("*"))
    picture = tmp_path / "page.png"
    assert run_preview(open_trial, file, {"name": "Heather Bank"}, picture) == 0
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert set(tmp_path.rglob("*")) - before == {picture}


def test_a_faulty_or_missing_form_is_not_painted(file: Path, tmp_path: Path, look: Look) -> None:
    picture = tmp_path / "page.png"
    file.write_text(SMALL.replace("kind: visit", "kind: audit"), encoding="utf-8")
    with pytest.raises(FaultyForm):
        run_preview(open_trial, file, {}, picture)
    with pytest.raises(BadFile):
        run_preview(open_trial, tmp_path / "none.yaml", {}, picture)
    assert not picture.exists()
