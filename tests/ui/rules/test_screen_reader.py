"""What a screen reader is given, read from the real accessibility tree of a window on a screen."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.window.accessible_window import REFUSED
from tests.support.window.every_screen import dialogs
from visitapp.ui.shell.pages import NAMES, PAGES

ROOT = Path(__file__).parents[3]
WINDOW = ROOT / "tests/support/window/accessible_window.py"
CONTROLS = {
    "push button",
    "check box",
    "radio button",
    "text",
    "password text",
    "spin button",
    "combo box",
    "table",
    "list",
    "list item",
}
GROUPS = {"panel", "filler"}
"""A question, and a page that has nothing else to focus: read by their names."""
SPEAKING = CONTROLS | GROUPS

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="AT-SPI is Linux's own")
Node = dict[str, Any]


@pytest.fixture(scope="module")
def screen() -> Iterator[str]:
    """A display of its own."""
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1366x768x24", "-nolisten", "tcp"],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as number:
        display = number.readline().strip()
    yield f":{display}"
    server.terminate()
    server.wait(60)


@pytest.fixture(scope="module")
def trees(screen: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Node]]:
    """The nodes in view of every page, full and empty, of every dialog and of a first start."""
    folder = tmp_path_factory.mktemp("shown") / "desk"
    folder.mkdir()
    out = folder.with_name("trees.json")
    environment = os.environ | {
        "DISPLAY": screen,
        "QT_QPA_PLATFORM": "xcb",
        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        "PYTHONPATH": str(ROOT),
    }
    shown = subprocess.run(
        ["dbus-run-session", "--", sys.executable, str(WINDOW), str(folder), str(out)],
        env=environment,
        capture_output=True,
        text=True,
    )
    assert shown.returncode == 0, shown.stderr[-2000:]
    found: dict[str, list[Node]] = json.loads(out.read_text("utf-8"))
    return found


def test_every_page_and_dialog_was_read(trees: dict[str, list[Node]]) -> None:
    empty = {f"{page}, empty" for page in PAGES}
    first = {"first start, keyring", "first start, passphrase"}
    assert set(trees) == {*NAMES, *empty, *first, *dialogs(), REFUSED}
    assert all(len(nodes) > 3 for nodes in trees.values())


def test_what_takes_the_focus_has_a_name_and_a_role_that_says_what_it_does(
    trees: dict[str, list[Node]],
) -> None:
    mute = [
        (screen, node["role"], node["name"])
        for screen, nodes in trees.items()
        for node in nodes
        if node["focusable"] and (not node["name"] or node["role"] not in SPEAKING)
        if (screen, node["role"]) != ("GuideDialog", "label")  # Qt tells a page to be read so
    ]
    assert not mute, "\n".join(map(str, mute))


@pytest.mark.parametrize("page", PAGES)
def test_the_left_side_is_buttons_of_which_one_is_the_page_that_is_open(
    trees: dict[str, list[Node]], page: str
) -> None:
    places = [
        node
        for node in trees[page]
        if node["name"].split(",")[0].lower() in PAGES and node["role"] == "push button"
    ]
    assert len(places) == len(PAGES)
    open_ = [node["name"] for node in places if "The open page" in node["description"]]
    assert [name.split(",")[0].lower() for name in open_] == [page]


def test_a_refusal_is_in_the_tree_and_the_field_it_names_has_the_focus(
    trees: dict[str, list[Node]],
) -> None:
    assert "text" in {node["role"] for node in trees[REFUSED] if node["focused"]}
    refused = {node["name"] for node in trees[REFUSED]}
    assert refused - {node["name"] for node in trees["CancelPlannedDialog"]}


def test_choices_of_which_one_holds_are_radio_buttons(trees: dict[str, list[Node]]) -> None:
    def role(screen: str, ending: str) -> set[str]:
        return {n["role"] for n in trees[screen] if n["name"].endswith(ending) and n["focusable"]}

    assert role("visit", ": Met") == {"radio button"}
    assert role("portfolio", "High risk") == {"radio button"}
    assert role("setting", "Overview") == {"radio button"}
    filters = [n for n in trees["portfolio"] if n["role"] == "radio button"]
    assert sum(n["checked"] for n in filters) == 1
