"""`visitapp notices`: the list, the text of one, and who receives them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.support.terminal.commands import Terminal

FORM = "residential-quality"


def test_a_lead_chooses_who_receives_notices(lee: Terminal) -> None:
    audiences = lee.json("notices", "contacts", "audiences")
    assert {"id": "brokerage", "label": "Brokerage"} in audiences
    added = lee.json(
        "notices", "contacts", "add", "brokerage", "--name", "Duty desk",
        "--email", "duty@council.example", "--district", "North",
    )  # fmt: skip
    lee("notices", "contacts", "edit", added["id"], "--district", "")
    (contact,) = lee.json("notices", "contacts", "list")
    assert contact == {
        "id": added["id"],
        "audience_id": "brokerage",
        "audience": "Brokerage",
        "district": "",
        "name": "Duty desk",
        "email": "duty@council.example",
    }
    assert "all districts" in lee("notices", "contacts", "list").out
    lee("notices", "contacts", "remove", added["id"])
    assert lee.json("notices", "contacts", "list") == []
    again = lee("notices", "contacts", "remove", added["id"]).refusal
    assert again == "There is no such recipient of notices."


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("nobody", "--name", "Desk"), "The policy has no audience “nobody”."),
        (("brokerage", "--name", "  "), "Give the name of the team or the role."),
        (("brokerage", "--name", "Desk", "--email", "duty"), "“duty” is not an e-mail address;"),
        (("brokerage", "--name", "Desk", "--email", "a@b"), "“a@b” is not an e-mail address;"),
    ],
)
def test_a_wrong_recipient_is_refused_and_nothing_is_kept(
    lee: Terminal, given: tuple[str, ...], said: str
) -> None:
    before = lee.json("notices", "contacts", "list")
    assert said in lee("notices", "contacts", "add", *given).refusal
    assert lee.json("notices", "contacts", "list") == before


def test_an_officer_does_not_choose_who_receives_notices(ann: Terminal) -> None:
    said = ann("notices", "contacts", "add", "brokerage", "--name", "Me").refusal
    assert said == "Only a team lead or an administrator can change who receives notices."


def test_an_officer_reads_the_notices_of_a_visit(
    ann: Terminal,
    write: Callable[..., Path],
    complete: dict[str, dict[str, Any]],
    tmp_path: Path,
) -> None:
    ann.json("sync")
    setting = ann.json("settings", "list")[0]["id"]
    assert ann.json("notices", "list", setting) == []
    visit = ann.json("visits", "start", setting, "--form", FORM)["id"]
    ann.json("visits", "answers", visit, write("answers.json", complete))
    ann.json("visits", "sign-off", visit)
    ann.json("sync")
    found = ann.json("notices", "list", setting)
    assert {one["audience"] for one in found} == {
        "Brokerage",
        "District social work",
        "NHS placements",
        "Safeguarding",
        "Placing councils",
    }
    shown = ann("notices", "show", found[0]["id"]).out
    assert "Heather Bank moved from Not rated to Red" in shown
    assert "No e-mail address" in shown
    out = tmp_path / "notice.pdf"
    assert ann.json("notices", "print", found[0]["id"], "--out", str(out)) == {"file": str(out)}
    assert out.read_bytes().startswith(b"%PDF")
    refused = ann("notices", "print", found[0]["id"], "--out", str(out)).refusal
    assert "already exists" in refused
