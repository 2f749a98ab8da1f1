"""Keys as data: what the pages listen to is what the help shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from msgspec import Struct
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from visitapp.language import translate

KEY = "key"
"""The property of a button with its key, as the help shows it."""


class Key(Struct, frozen=True):
    """What a key does: `command` names it in code, `keys` are Qt's names, help says `shown`."""

    command: str
    keys: tuple[str, ...]
    shown: str
    does: str


def window_keys() -> list[Key]:
    """Keys that work everywhere."""
    return [
        Key("find", ("Ctrl+K",), translate("Ctrl K"), translate("Find anything")),
        Key("search", ("Ctrl+F",), translate("Ctrl F"), translate("Search on this page")),
        Key("back", ("Alt+Left",), translate("Alt ←"), translate("Back to the page before")),
        Key("forward", ("Alt+Right",), translate("Alt →"), translate("Forward again")),
        Key("today", ("Alt+Home",), translate("Alt Home"), translate("Go to Today")),
        Key("page", (), translate("Ctrl 1 … Ctrl 9"), translate("Go to a page listed on the left")),
        Key(
            "contracts", ("Ctrl+Shift+C",), translate("Ctrl Shift C"), translate("Go to Contracts")
        ),
        Key("concerns", ("Ctrl+Shift+K",), translate("Ctrl Shift K"), translate("Go to Concerns")),
        Key(
            "providers", ("Ctrl+Shift+S",), translate("Ctrl Shift S"), translate("Go to Providers")
        ),
        Key(
            "interventions",
            ("Ctrl+Shift+I",),
            translate("Ctrl Shift I"),
            translate("Go to Interventions"),
        ),
        Key("planner", ("Ctrl+Shift+L",), translate("Ctrl Shift L"), translate("Go to Planner")),
        Key("risk", ("Ctrl+Shift+G",), translate("Ctrl Shift G"), translate("Go to Risk")),
        Key("policies", ("Ctrl+Shift+Y",), translate("Ctrl Shift Y"), translate("Go to Policies")),
        Key(
            "export",
            ("Ctrl+Shift+E",),
            translate("Ctrl Shift E"),
            translate("Save the list on this page to a file"),
        ),
        Key("sync", ("F5",), "F5", translate("Sync now")),
        Key("undo", (), translate("Ctrl Z"), translate("Undo, while the window offers it")),
        Key("larger", ("Ctrl++", "Ctrl+="), translate("Ctrl +"), translate("Larger text")),
        Key("smaller", ("Ctrl+-",), translate("Ctrl \u2212"), translate("Smaller text")),
        Key("usual", ("Ctrl+0",), translate("Ctrl 0"), translate("Normal text size")),
        Key("lock", ("Ctrl+Shift+W",), translate("Ctrl Shift W"), translate("Lock the window")),
        Key("help", ("F1",), "F1", translate("Show these keys")),
    ]


def go_keys(numbered: Sequence[str]) -> dict[str, str]:
    """How the key of each page of the left side is shown; `numbered`: those with a number."""
    keys = {key.command: key.shown for key in window_keys()}
    numbers = {
        name: translate("Ctrl {number}", number=number) for number, name in enumerate(numbered, 1)
    }
    return keys | numbers


def page_keys() -> list[Key]:
    """Keys of the pages that have what they do."""
    return [
        Key("start", ("Ctrl+N",), translate("Ctrl N"), translate("Start or continue a visit")),
        Key(
            "add",
            ("Ctrl+Shift+N",),
            translate("Ctrl Shift N"),
            translate("Add a setting, an action, a concern, a contract, a provider or a policy"),
        ),
        Key("report", ("Ctrl+P",), translate("Ctrl P"), translate("Report (PDF)")),
        Key("assess", ("Ctrl+R",), translate("Ctrl R"), translate("Assess risk")),
        Key("plan", ("Ctrl+Shift+P",), translate("Ctrl Shift P"), translate("Plan a visit")),
    ]


def review_keys() -> list[Key]:
    """Keys of the Review page. Each decides only on the visit that is in view."""
    return [
        Key("approve", ("Ctrl+Return",), translate("Ctrl Enter"), translate("Approve")),
        Key("return", ("Ctrl+B",), translate("Ctrl B"), translate("Return with comments")),
        Key("undo", ("Ctrl+Z",), translate("Ctrl Z"), translate("Undo the approval")),
        Key(
            "reopen",
            ("Ctrl+Shift+B",),
            translate("Ctrl Shift B"),
            translate("Reopen an approved visit"),
        ),
        Key("next", ("Alt+Down",), translate("Alt ↓"), translate("Next visit to review")),
        Key("previous", ("Alt+Up",), translate("Alt ↑"), translate("Previous visit to review")),
        Key("answers", ("Ctrl+O",), translate("Ctrl O"), translate("Read every answer")),
        Key(
            "second",
            ("Ctrl+Shift+R",),
            translate("Ctrl Shift R"),
            translate("Ask for a second review"),
        ),
        Key("report", ("Ctrl+P",), translate("Ctrl P"), translate("Report (PDF)")),
    ]


def today_keys() -> list[Key]:
    """Keys of the page Today."""
    return [
        Key("next", ("J", "Down"), translate("J or ↓"), translate("Next line")),
        Key("previous", ("K", "Up"), translate("K or ↑"), translate("Previous line")),
        Key("briefing", ("B",), "B", translate("Briefing of the visit, on one page")),
        Key("leave", ("Z",), "Z", translate("Leave the line until tomorrow")),
    ]


def decision_keys() -> list[Key]:
    """Keys of the page Decisions. Each decides only on what is in view."""
    return [
        Key("other", ("F6",), "F6", translate("From the list to the decision and back")),
        Key("record", ("Ctrl+Return",), translate("Ctrl Enter"), translate("Record the decision")),
        Key("setting", ("Ctrl+O",), translate("Ctrl O"), translate("Open the setting")),
        Key("visit", ("Ctrl+Shift+O",), translate("Ctrl Shift O"), translate("Read the visit")),
    ]


def plan_keys() -> list[Key]:
    """Keys of the page of an improvement plan."""
    return [
        Key("add", ("Ctrl+Shift+N",), translate("Ctrl Shift N"), translate("Add an action")),
        Key(
            "agree", ("Ctrl+Return",), translate("Ctrl Enter"), translate("Agree the next version")
        ),
        Key("verify", ("V",), "V", translate("Verify or change the action in view")),
        Key("tell", ("R",), "R", translate("Add an update to the action in view")),
        Key("table", ("T",), "T", translate("Progress as a table, or as a picture")),
        Key("evidence", ("E",), "E", translate("Add evidence to the action in view")),
        Key("versions", ("H",), "H", translate("Show every version of the plan")),
        Key("send", ("Ctrl+S",), translate("Ctrl S"), translate("Save for the provider")),
        Key("take", ("Ctrl+O",), translate("Ctrl O"), translate("Take the provider's file")),
    ]


def sync_keys() -> list[Key]:
    """Keys of the Sync page."""
    return [
        Key("connect", ("Ctrl+L",), translate("Ctrl L"), translate("Connect, or sign in again")),
        Key("cancel", ("Esc",), translate("Esc"), translate("Cancel the sync")),
        Key("resend", ("Ctrl+R",), translate("Ctrl R"), translate("Send rejected changes again")),
        Key("review", ("Ctrl+E",), translate("Ctrl E"), translate("Review records to be removed")),
        Key("rescue", ("Ctrl+S",), translate("Ctrl S"), translate("Save unsent work to a file")),
        Key("load", ("Ctrl+O",), translate("Ctrl O"), translate("Load a rescue file")),
    ]


def listen_buttons(
    widget: QWidget,
    keys: list[Key],
    buttons: Mapping[str, QAbstractButton],
    refused: Callable[[QAbstractButton], object] = lambda _: None,
) -> None:
    """Let keys press the buttons of a page, which show them as a hint; a button that is hidden or
    disabled is not pressed, nor any by a key held down. Keys without a button are left out.
    `refused` is called with a disabled button in view whose key is pressed, to say why."""
    kept = [key for key in keys if key.command in buttons]
    for key in kept:
        show_key(buttons[key.command], key)
    presses = {deed: partial(_press, one, refused) for deed, one in buttons.items()}
    for shortcut in listen(widget, kept, presses):
        shortcut.setAutoRepeat(False)


def show_key(pressed: QAbstractButton, key: Key) -> None:
    """Show the key of a button as its hint."""
    pressed.setProperty(KEY, key.shown)
    hint = translate("Key {key}", key=key.shown)
    hint = f"{pressed.toolTip()} \u00b7 {hint}" if pressed.toolTip() else hint
    pressed.setToolTip(hint)
    pressed.setAccessibleDescription(hint)


def _press(one: QAbstractButton, refused: Callable[[QAbstractButton], object]) -> None:
    if one.isVisible() and not one.isEnabled():
        refused(one)
    elif one.isVisible():
        one.click()


def listen(
    widget: QWidget, keys: list[Key], commands: Mapping[str, Callable[[], object]]
) -> list[QShortcut]:
    """Let a widget that is in view listen to keys. Fields that take text keep their keys.

    One with Ctrl or Alt, and F1 to F12, works wherever the focus is in the window, also at the
    pages on the left; any other only where the focus is in the widget.
    A key that is on its way while a dialog opens does nothing: it was pressed twice.
    """
    made = []
    for key in keys:
        for sequence in key.keys:
            shortcut = QShortcut(QKeySequence(sequence), widget)
            shortcut.setContext(_context(sequence))
            shortcut.activated.connect(partial(_unless_covered, commands[key.command]))
            made.append(shortcut)
    return made


def _context(sequence: str) -> Qt.ShortcutContext:
    if sequence.startswith(("Ctrl+", "Alt+")) or sequence[1:].isdigit():
        return Qt.ShortcutContext.WindowShortcut
    return Qt.ShortcutContext.WidgetWithChildrenShortcut


def _unless_covered(command: Callable[[], object]) -> None:
    if QApplication.activeModalWidget() is None:
        command()
