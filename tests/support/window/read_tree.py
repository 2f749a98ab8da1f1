"""Prints the accessibility tree of the window as JSON, a line for each line that it is given: what
a screen reader is given.

Run by the system's Python, which has pyatspi; the program's own has not.
usage: read_tree.py PROCESS_ID
"""

import json
import sys
import time

import pyatspi

PATIENCE = 60
"""Seconds until the application must have joined the accessibility bus."""
LEAVES = {"table", "tree table", "combo box", "spin button", "scroll bar", "menu"}
"""Controls whose inner parts are the toolkit's own."""


def application(process: int) -> pyatspi.Accessible:
    """The root of the application with this process id."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        for child in pyatspi.Registry.getDesktop(0):
            if child is not None and child.get_process_id() == process:
                return child
        time.sleep(0.2)
    raise SystemExit("the window is not on the accessibility bus")


def walk(node: pyatspi.Accessible, found: list[dict[str, object]]) -> None:
    """Collect what is in view, in the order of the tree."""
    states = node.getState()
    if node.getRole() != pyatspi.ROLE_APPLICATION and not states.contains(pyatspi.STATE_SHOWING):
        return
    role = node.getRoleName()
    found.append(
        {
            "role": role,
            "name": node.name,
            "description": node.description,
            "focusable": states.contains(pyatspi.STATE_FOCUSABLE),
            "focused": states.contains(pyatspi.STATE_FOCUSED),
            "checked": states.contains(pyatspi.STATE_CHECKED),
        }
    )
    if role not in LEAVES:
        for child in node:
            if child is not None:
                walk(child, found)


if __name__ == "__main__":
    for _ in sys.stdin:
        root = application(int(sys.argv[1]))
        root.clear_cache()  # nothing of an earlier page
        nodes: list[dict[str, object]] = []
        walk(root, nodes)
        sys.stdout.write(json.dumps(nodes) + "\n")
        sys.stdout.flush()
