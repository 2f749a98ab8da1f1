"""A council is set up from nothing in the terminal: policy, register, settings, officers, cover.

The window does the same in `tests/ui/test_council_from_nothing.py`.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.support.sync.audited import require_audited
from tests.support.sync.from_nothing import CONTRACTS, HELD, SETTINGS, begin
from tests.support.terminal.commands import Terminal
from visitapp.storage.database import open_server


class Person(Terminal):
    """Somebody at a laptop of their own, connected."""

    def __init__(self, folder: Path, name: str, address: str) -> None:
        super().__init__(folder / name)
        self.json("connect", address, "--user", name, "--password-stdin", stdin=f"{name}\n")
        self.sync()

    def sync(self) -> None:
        assert self.json("sync")["refused"] == []

    def settings(self) -> dict[str, dict[str, Any]]:
        return {row["setting_id"]: row for row in self.json("settings", "list")}


@pytest.mark.timeout(600)
def test_a_council_is_set_up_from_nothing(tmp_path: Path) -> None:
    start = begin(tmp_path)
    with start.council.serving() as address:
        ada = Person(tmp_path, "ada", address)
        ada.json("policy", "publish", start.policy)
        ada.json("import", start.register.public_file)
        register = ("contracts", "import", start.register.spreadsheet)
        refused = ada(*register, "--yes")
        assert refused.status == 1, "unknown settings are not added unasked"
        assert "No setting on this device is" in refused.err
        found = ada.json(*register, "--add-settings", "--preview")
        assert (len(found["new"]), len(found["new_settings"])) == (CONTRACTS, SETTINGS)
        assert ada.json("contracts", "list") == []
        assert ada.json(*register, "--add-settings", "--yes")["taken"] == CONTRACTS
        again = ada.json(*register, "--add-settings", "--yes")
        assert (again["taken"], again["difference"]["unchanged"]) == (0, CONTRACTS)
        ada.sync()

        olive = Person(tmp_path, "olive", address)
        assert len(olive.settings()) == HELD["olive"]
        assert {row["place"]["officer"] for row in olive.settings().values()} == {"olive"}
        lena = Person(tmp_path, "lena", address)
        mine = lena.json(*register, "--preview")
        assert (mine["new"], mine["changed"], len(mine["left_out"])) == ([], [], CONTRACTS // 3)

        today = datetime.now(UTC).date()
        days = ("--from", today.isoformat(), "--to", (today + timedelta(days=6)).isoformat())
        lena.json("covers", "add", "--for", "olive", "--by", "otto", *days)
        handed = next(iter(olive.settings()))
        lena.json("settings", "hand-over", handed, "--to", "otto", "--note", "Part-time")
        lena.sync()

        otto = Person(tmp_path, "otto", address)
        assert len(otto.settings()) == HELD["otto"] + HELD["olive"], "their own and the covered"
        assert otto.settings()[handed]["place"]["officer"] == "otto"
        assert otto.json("policy", "list")[-1]["version"] == "2026.2"
        pia = Person(tmp_path, "pia", address)
        assert len(pia.settings()) == HELD["pia"]
        assert pia.json("contracts", "list")[0]["provider"]
    database = open_server(start.council.database)
    require_audited(database)
    database.close()
