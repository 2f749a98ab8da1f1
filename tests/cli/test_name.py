"""`visitapp name`."""

from __future__ import annotations

import pytest

from tests.support.terminal.commands import Terminal


def test_a_person_gives_their_name_and_role(terminal: Terminal) -> None:
    said = terminal.json("name", "Ann Example", "--role", "lead")
    assert (said["title"], said["role"]) == ("Ann Example", "lead")
    assert terminal("name").out == "Ann Example, lead\n"
    assert terminal.json("name", "--role", "officer")["title"] == "Ann Example"


@pytest.mark.parametrize(("args", "status"), [(("",), 1), (("Ann", "--role", "admin"), 2)])
def test_what_is_no_name_or_role_is_refused(
    terminal: Terminal, args: tuple[str, ...], status: int
) -> None:
    before = terminal("name").out
    assert terminal("name", *args).status == status
    assert terminal("name").out == before
