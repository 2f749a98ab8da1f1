"""What a council begins with: an empty server with accounts, and the files that it has."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from msgspec import Struct

from tests.support.policies.texts import first_visit_within, policy_text
from tests.support.terminal.commands import Council
from visitapp.demo.council.register import CONTRACTS, SETTINGS, Register, write_register

OFFICERS = ("olive", "otto", "pia")
"""Those named in the register, in turn; Olive and Otto are of the North, Pia of the South."""
HELD = {
    name: sum(1 for n in range(SETTINGS) if OFFICERS[n % CONTRACTS % 3] == name)
    for name in OFFICERS
}
"""How many settings each of them holds."""


class Beginning(Struct, frozen=True):
    """A council before it has anything but people and files."""

    council: Council
    register: Register
    policy: Path


def begin(folder: Path) -> Beginning:
    """Make the server and its accounts, and write the files. Passwords are the names."""
    council = Council(f"sqlite:///{(folder / 'server.db').as_posix()}")
    for name, role, team in (
        ("ada", "admin", ""),
        ("lena", "lead", "North"),
        *((name, "officer", "South" if name == "pia" else "North") for name in OFFICERS),
    ):
        council.add_user(name, role, team)
    today = datetime.now(UTC).date()
    policy = folder / "policy.yaml"
    policy.write_text(policy_text("2026.2", today, first_visit_within(60)), encoding="utf-8")
    return Beginning(council, write_register(folder, OFFICERS, today), policy)
