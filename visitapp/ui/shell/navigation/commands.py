"""What can be done from anywhere, as data: the finder lists it with its key."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtWidgets import QMenu

from visitapp.language import translate
from visitapp.ui.roles import hidden, may_make
from visitapp.ui.shell.dialogs import Dialogs
from visitapp.ui.shell.pages import NUMBERED, tells_of, titles
from visitapp.ui.shell.routes import Route
from visitapp.ui.shell.shortcuts import go_keys
from visitapp.ui.widgets.text import Button

if TYPE_CHECKING:
    from visitapp.ui.pages.page import Page


class Command(Struct, frozen=True):
    """`makes`: the kind of record that it makes, `of`: the kind that it shows; either may be empty.
    `key`: as the help shows it."""

    title: str
    run: Callable[[], object]
    key: str = ""
    makes: str = ""
    of: str = ""

    def allowed(self, role: str) -> bool:
        """Whether a role is offered it."""
        shown = not self.of or self.of not in hidden(role)
        return shown and (not self.makes or may_make(role, self.makes))


def page_commands(page: Page) -> Iterator[Command]:
    """What the page in view offers: in its header, in the menus there, and at its side."""
    for one in page.header.findChildren(Button):
        if one is page.header.back or not _offered(one):
            continue
        if one.menu() is None:
            yield Command(one.text(), one.click, makes=one.makes)
        else:
            yield from _menu_commands(one.menu())
    for one in page.beside.findChildren(Button) if page.beside is not None else ():
        if _offered(one) and one.property("kind") == "link":
            yield Command(one.accessibleName(), one.click, makes=one.makes)


def _offered(one: Button) -> bool:
    return one.isVisible() and one.isEnabled() and bool(one.text())


def _menu_commands(menu: QMenu) -> Iterator[Command]:
    """The lines of a menu as they would be now, each with its key."""
    menu.aboutToShow.emit()
    for line in menu.actions():
        if line.isEnabled() and line.text():
            title, _, key = line.text().partition("\t")
            yield Command(title, line.trigger, key)


def go_commands(go: Callable[[Route], None]) -> Iterator[Command]:
    """The pages of the left side, each with its key."""
    keys = go_keys(NUMBERED)
    for name, title in titles():
        yield Command(title, partial(go, Route(name)), keys[name], of=tells_of(name))


def dialog_commands(dialogs: Dialogs) -> list[Command]:
    """What is begun with a dialog, whatever page is in view."""
    return [
        Command(translate("Start a visit"), dialogs.visit.start_visit, makes="visit"),
        Command(translate("Start a campaign"), dialogs.campaigns.start, makes="campaign"),
        Command(translate("Log a concern"), dialogs.concerns.log, makes="concern"),
        Command(translate("Add a setting"), dialogs.settings.add, makes="setting"),
        Command(translate("Add a setting by hand"), dialogs.setting_records.add, makes="setting"),
        Command(translate("Add a contract"), dialogs.contracts.add, makes="contract"),
        Command(translate("Add a provider"), dialogs.providers.add, makes="provider"),
        Command(
            translate("Import a regulator's ratings file"),
            dialogs.settings.import_file,
            makes="setting",
        ),
        Command(
            translate("Import a register of contracts"),
            dialogs.register.import_file,
            makes="contract",
        ),
        Command(
            translate("Import due dates and owners of actions"),
            dialogs.actions.import_file,
            makes="action",
        ),
        Command(
            translate("Import a case file of concerns"),
            dialogs.concerns.import_file,
            makes="concern",
        ),
        Command(
            translate("Show the trends of concerns"), dialogs.concerns.show_trends, of="concern"
        ),
        Command(translate("Arrange cover"), dialogs.holders.arrange_cover, makes="cover"),
        Command(translate("Connect, or sign in again"), dialogs.sync.connect_server),
        Command(translate("Save unsent work to a file"), dialogs.sync.save_rescue),
        Command(translate("Load a rescue file"), dialogs.sync.load_rescue),
        Command(translate("Save a diagnostics file"), dialogs.diagnostics.save_diagnostics),
    ]


def openers(dialogs: Dialogs, go: Callable[[Route], None]) -> dict[str, Callable[[str], object]]:
    """How a record that was found is opened, by its kind."""

    def show(page: str, id_: str) -> None:
        go(Route(page, id_))

    return {
        **{page: partial(show, page) for page in ("setting", "visit", "provider")},
        "action": dialogs.actions.edit_by_id,
        "concern": dialogs.concerns.show,
        "contract": dialogs.contracts.show,
        "document": dialogs.documents.show,
        "improvement_plan": partial(show, "plan"),
        "intervention": partial(show, "intervention"),
        "planned_visit": lambda id_: go(Route("planner", id_, part="planned_visit")),
        "campaign": lambda id_: go(Route("planner", id_, part="campaign")),
    }
