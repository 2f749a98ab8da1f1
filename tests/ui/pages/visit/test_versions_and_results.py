"""A newer version is offered and moved to on purpose; levels and named results have words."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from forms.catalogue.catalogue import Library
from tests.support.desk.desks import Clock, open_desk
from tests.support.desk.keyrings import MemoryKeyring
from tests.support.window.windows import Desktop, texts
from visitapp.services.services import Services
from visitapp.ui.dialogs.visits.move_visit import MoveVisitDialog
from visitapp.ui.dialogs.visits.sign_off import SignOffDialog
from visitapp.ui.shell.routes import Route

HEAD = """
kind: visit
sets_rating: quality
purposes: [annual]
title: A short visit
applies_to: [residential, nursing]
scales:
  standard:
    - {value: met, label: Met, score: 1, rag: green}
    - {value: not_met, label: Not met, score: 0, rag: red}
"""
PLAIN = """
bands: [{rag: green, from: 80}, {rag: amber, from: 60}, {rag: red, from: 0}]
overall: {minimum_coverage: 70}
areas:
  - id: care
    title: Care
    questions:
      - {id: plans, ask: Are the plans kept?, type: choice, scale: standard}
"""
BELLS = """\
      - {id: bells, ask: Are bells answered?, type: choice, scale: standard}
"""
LEVELS = """
levels:
  - {id: good, label: Good enough, rag: green}
  - {id: weak, label: Needs work, rag: amber}
  - {id: poor, label: Poor indeed, rag: red}
bands: [{level: good, from: 80}, {level: weak, from: 40}, {level: poor, from: 0}]
results:
  - {id: quality, title: Quality, areas: [care]}
  - {id: contract, title: Contract, areas: [price]}
overall: {minimum_coverage: 70}
areas:
  - id: care
    title: Care
    questions:
      - {id: plans, ask: Are the plans kept?, type: choice, scale: standard}
      - {id: bells, ask: Are bells answered?, type: choice, scale: standard}
  - id: price
    title: Price
    questions:
      - {id: agreed, ask: Is the price agreed?, type: choice, scale: standard}
"""


@pytest.fixture
def services(
    tmp_path: Path, stocked: Path, keyring: MemoryKeyring, clock: Clock
) -> Iterator[Services]:
    """A desk with an open visit on version 1 of a short form. Version 2, which drops one question,
    and a form with levels and two results came after that visit was begun."""
    shutil.copytree(stocked, tmp_path / "desk")
    first, later = tmp_path / "first", tmp_path / "later"
    for folder, name, text in (
        (first, "short-1", f'id: short\nversion: "1"{HEAD}{PLAIN}{BELLS}'),
        (later, "short-2", f'id: short\nversion: "2"{HEAD}{PLAIN}'),
        (later, "levelled", f'id: levelled\nversion: "1"{HEAD}{LEVELS}'),
    ):
        folder.mkdir(exist_ok=True)
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    with open_desk(tmp_path / "desk", clock, keyring, Library(first)) as opened:
        visit = opened.visits.start(larch_of(opened), "short").id
        opened.visits.answer(visit, "plans", value="met")
        opened.visits.answer(visit, "bells", value="not_met", note="Twenty minutes.")
    with open_desk(tmp_path / "desk", clock, keyring, Library(first, later)) as opened:
        yield opened


def larch_of(services: Services) -> str:
    """The id of Larch Nursing Home."""
    rows = services.portfolio.rows()
    return next(row.setting_id for row in rows if row.name == "Larch Nursing Home")


@pytest.fixture
def larch(services: Services) -> str:
    return larch_of(services)


@pytest.fixture
def old_visit(services: Services, larch: str) -> str:
    """The open visit on version 1."""
    return services.visits.list(status="draft", setting_id=larch)[0].id


def test_a_newer_version_is_offered_shown_and_moved_to_on_purpose(
    desktop: Desktop, services: Services, old_visit: str
) -> None:
    screen = desktop.open_visit(old_visit)
    offer = screen.page.offer
    assert "A newer version of this form is available: 2." in offer.text.text()
    desktop.click(offer.look)
    dialog = desktop.dialog(MoveVisitDialog)
    said = "\n".join(texts(dialog))
    assert "No longer counted (answers kept)  1" in said
    assert "1.2 Are bells answered?\nNot met · Twenty minutes." in said
    assert services.visits.view(old_visit).summary.form_version == "1", "nothing moved yet"
    desktop.click(dialog.primary)
    assert services.visits.view(old_visit).summary.form_version == "2"
    assert [card.question.id for card in screen.page.area.cards()] == ["plans"]
    assert screen.chosen("plans") == "Met"
    assert offer.isHidden()
    assert "Answers kept, not counted  1" in screen.panel_text
    assert "Not met · Twenty minutes." in screen.panel_text
    assert screen.outcome == "green"


def test_an_answer_given_in_a_terminal_is_among_what_the_move_would_change(
    desktop: Desktop,
    services: Services,
    old_visit: str,
    tmp_path: Path,
    clock: Clock,
    keyring: MemoryKeyring,
) -> None:
    screen = desktop.open_visit(old_visit)
    desktop.click(screen.page.offer.look)
    dialog = desktop.dialog(MoveVisitDialog)
    libraries = Library(tmp_path / "first", tmp_path / "later")
    with open_desk(tmp_path / "desk", clock, keyring, libraries) as terminal:
        terminal.visits.answer(old_visit, "bells", value="met", note="Two minutes.")
    desktop.until(lambda: "changed elsewhere" in dialog.messages.text())
    said = "\n".join(texts(dialog))
    assert "Met · Two minutes." in said
    assert "Twenty minutes." not in said


def test_a_visit_on_the_newest_version_is_offered_nothing(
    desktop: Desktop, services: Services, larch: str
) -> None:
    screen = desktop.open_visit(services.visits.start(larch, "levelled").id)
    assert screen.page.offer.isHidden()
    assert screen.page.panel.kept_aside.isHidden()


def test_levels_and_results_stand_beside_the_rag_everywhere(
    desktop: Desktop, services: Services, larch: str
) -> None:
    visit = services.visits.start(larch, "levelled").id
    screen = desktop.open_visit(visit)
    screen.choose("plans", "Met")
    screen.choose("bells", "Not met")
    services.visits.answer(visit, "agreed", value="met")
    screen.page.refresh()
    panel = screen.page.panel.outcome
    assert panel.chip.text() == "▲  Needs work so far"
    said = screen.panel_text
    for told in (
        "Amber. ",
        "Results",
        "▲  Needs work (Amber)",
        "Good enough (Green)",
    ):
        assert told in said, told
    assert "Needs work (Amber)" in screen.page.sidebar.areas[0].accessibleName()
    desktop.click(screen.page.primary)
    dialog = desktop.dialog(SignOffDialog)
    shown = "\n".join(texts(dialog))
    for told in ("▲  Needs work", "Quality", "Contract", "●  Good enough (Green)"):
        assert told in shown, told
    desktop.click(dialog.primary)
    dialog.reject()
    view = services.settings.view(larch)
    assert (view.rating.rag, view.rating.level) == ("amber", "Needs work")
    assert [(one.title, one.level) for one in view.rating.results] == [
        ("Quality", "Needs work"),
        ("Contract", "Good enough"),
    ]
    assert view.visits[0].level == "Needs work"
    desktop.window.go(Route("setting", larch))
    standing = "\n".join(desktop.setting.said)
    assert "▲  Needs work" in standing
    assert "Contract: Good enough (Green)" in standing
    desktop.window.go(Route("review", visit))
    detail = "\n".join(desktop.review.said)
    assert "Needs work (Amber)" in detail
    assert "●  Good enough (Green)" in detail
