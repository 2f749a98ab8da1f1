"""Restricted concerns: who is given one, and what becomes of those who had it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sync.server.operations.users import People
from tests.support.sync import pushes
from tests.support.sync.concerns import note, raise_concern
from tests.support.sync.council import Council, Device
from visitapp.errors import Code
from visitapp.records import (
    KINDS,
    Concern,
    ConcernUpdate,
    Conflict,
    Evidence,
    History,
    Role,
    Step,
    new_id,
)
from visitapp.records.codec import columns

MARKER = "a marker that nobody else may read"
ROLES = {"restricted_to": "lead"}


class Home:
    """A setting of Ann's, which Ben covers through its contract and Lee leads; Mo manages."""

    def __init__(self, council: Council) -> None:
        self.council = council
        self.ann, self.ben = council.officer("ann"), council.officer("ben")
        self.lee = council.lead("lee")
        self.id = self.ann.setting()
        self.ann.sync()
        contract = pushes.create(self.lee, "contract", number="C-1", officer_id=self.ben.user_id)
        provider = pushes.create(self.lee, "provider", name="Willow Care")
        contract.values["provider_id"] = provider.id
        results = pushes.push(self.lee, provider, contract)
        results += pushes.push(self.lee, pushes.under(self.lee, contract.id, self.id))
        assert {result.status for result in results} == {"accepted"}, results
        self.sync()

    def sync(self) -> None:
        for device in (self.ann, self.ben, self.lee):
            assert device.sync().refused == []


@pytest.fixture
def home(any_council: Council) -> Home:
    return Home(any_council)


def texts(device: Device) -> str:
    """Every value of every record on a device, and its local states."""
    found = [
        str(getattr(record, field))
        for kind in KINDS.values()
        for record in device.all(kind)
        for field in columns(kind)
    ]
    return "\n".join(found)


def restrict(device: Device, concern: str) -> str:
    return device.step(concern, device.get(Concern, concern).status, Concern, fields=ROLES)


def about(device: Device, concern: str) -> set[str]:
    """The kinds of record that a device has about a concern."""
    trails = {
        kind.__tablename__
        for kind in (Step, History, Conflict)
        for one in device.all(kind)
        if one.record_id == concern
    }
    updates = {"concern_update" for one in device.all(ConcernUpdate) if one.concern_id == concern}
    return trails | updates | {"concern" for one in device.all(Concern) if one.id == concern}


def test_a_concern_is_everybodys_who_sees_the_setting(home: Home) -> None:
    concern = raise_concern(home.ann, home.id)
    home.ann.sync()
    home.sync()
    assert home.ben.get(Concern, concern).title == home.lee.get(Concern, concern).title


def test_one_that_starts_restricted_goes_to_the_lead_alone(home: Home) -> None:
    concern = raise_concern(home.ann, home.id, starts_restricted=True, text=MARKER)
    note(home.ann, concern, MARKER)
    home.ann.step(concern, "asked", Concern, reason=MARKER)
    home.ann.sync()
    home.ann.edit(Concern, concern, title=MARKER)
    home.sync()
    home.sync()
    assert about(home.lee, concern) == {"concern", "concern_update", "step", "history"}
    assert MARKER in texts(home.ann)
    assert MARKER in texts(home.lee)
    assert about(home.ben, concern) == set()
    assert MARKER not in texts(home.ben)
    assert home.ann.get(Concern, concern).restricted_to == "lead"


def test_whistleblowing_is_always_restricted(home: Home) -> None:
    concern = raise_concern(home.ben, home.id, kind="whistleblowing", text=MARKER)
    home.ben.sync()
    home.sync()
    assert MARKER not in texts(home.ann)
    assert home.lee.get(Concern, concern).restricted_to == "lead"
    assert home.ben.get(Concern, concern).restricted_to == "lead"


def test_becoming_restricted_takes_it_off_other_devices(home: Home) -> None:
    concern = raise_concern(home.ann, home.id, text=MARKER)
    note(home.ann, concern, MARKER)
    home.ann.sync()
    home.ann.edit(Concern, concern, title=MARKER)
    home.sync()
    assert about(home.ben, concern) == {"concern", "concern_update", "history"}
    restrict(home.lee, concern)
    home.lee.sync()
    home.sync()
    assert about(home.ben, concern) == set()
    assert MARKER not in texts(home.ben)
    assert MARKER in texts(home.ann)
    assert MARKER in texts(home.lee)
    assert home.lee.get(Concern, concern).handler_id == home.lee.user_id


def test_a_device_that_was_away_loses_it_too_and_a_new_one_never_has_it(home: Home) -> None:
    concern = raise_concern(home.ann, home.id, text=MARKER)
    home.ann.sync()
    home.sync()
    restrict(home.lee, concern)
    home.lee.sync()
    for n in range(40):
        home.ann.action(home.id, f"Action {n}")
        home.ann.sync()
    home.ben.sync()
    assert MARKER not in texts(home.ben)
    again = home.council.device("ben")
    again.sync()
    assert MARKER not in texts(again)
    assert about(again, concern) == set()


def test_the_policy_says_which_roles_see_it_whatever_the_device_says(home: Home) -> None:
    concern = raise_concern(home.ann, home.id, kind="safeguarding", text=MARKER)
    home.ann.step(concern, "open", Concern, fields={"restricted_to": "officer,intervention"})
    home.ann.sync()
    home.sync()
    assert home.council.get(Concern, concern).restricted_to == "lead,manager"
    assert home.ann.get(Concern, concern).restricted_to == "lead,manager"
    assert MARKER not in texts(home.ben)
    home.council.user("mo", Role.MANAGER)
    manager = home.council.device("mo")
    manager.sync()
    assert MARKER in texts(manager)


def test_whoever_handles_it_is_given_all_of_it_and_who_handled_it_loses_it(home: Home) -> None:
    concern = raise_concern(home.lee, home.id, starts_restricted=True, text=MARKER)
    note(home.lee, concern, "An earlier note")
    home.lee.sync()
    home.lee.edit(Concern, concern, title="Another title")
    home.sync()
    assert about(home.ben, concern) == set()
    home.lee.step(concern, "open", Concern, fields={"handler_id": home.ben.user_id})
    home.lee.sync()
    home.sync()
    assert about(home.ben, concern) == {"concern", "concern_update", "step", "history"}
    assert MARKER not in texts(home.ann)
    home.lee.step(concern, "open", Concern, fields={"handler_id": home.ann.user_id})
    home.lee.sync()
    home.sync()
    assert about(home.ben, concern) == set()
    assert about(home.ann, concern) == {"concern", "concern_update", "step", "history"}


def test_restrict_and_update_meet(home: Home) -> None:
    """Ben updates, edits and steps offline while Lee restricts: nothing of his is lost, and nothing
    stays with him."""
    concern = raise_concern(home.ann, home.id, text="As first heard")
    home.ann.sync()
    home.sync()
    restrict(home.lee, concern)
    home.lee.sync()
    note(home.ben, concern, "The provider rang back")
    home.ben.edit(Concern, concern, text="As heard again")
    home.ben.step(concern, "asked", Concern, reason="Rang them")
    done = home.ben.sync()
    assert done.refused == []
    assert about(home.ben, concern) == set()
    home.sync()
    (update,) = [u for u in home.lee.all(ConcernUpdate) if u.concern_id == concern]
    assert (update.text, update.created_by) == ("The provider rang back", home.ben.user_id)
    aside = {c.field: c.other_value for c in home.lee.all(Conflict) if c.record_id == concern}
    assert aside["text"] == "As heard again"
    assert "asked" in aside.values()
    assert home.lee.get(Concern, concern).status == "open"
    assert "As heard again" not in texts(home.ben)


def test_a_lifted_restriction_gives_everybody_all_of_it(home: Home) -> None:
    concern = raise_concern(home.ann, home.id, text=MARKER)
    note(home.ann, concern, MARKER)
    home.ann.sync()
    home.sync()
    restrict(home.lee, concern)
    home.lee.sync()
    home.sync()
    note(home.lee, concern, "Written while it was restricted")
    home.lee.edit(Concern, concern, title="Another title")
    home.lee.sync()
    home.ben.sync()
    assert about(home.ben, concern) == set()
    lifted = {"fields": {"lifted": True}, "reason": "The police have finished"}
    home.lee.step(concern, "open", Concern, **lifted)
    assert home.lee.sync().refused == []
    home.sync()
    assert about(home.ben, concern) == {"concern", "concern_update", "step", "history"}
    assert "Written while it was restricted" in texts(home.ben)
    again = home.council.device("ben")
    again.sync()
    assert about(again, concern) == about(home.ben, concern)


@pytest.mark.parametrize(
    ("kind", "reason", "by", "code"),
    [
        ("complaint", "Why not", "ann", Code.NOT_ALLOWED),
        ("complaint", "", "lee", Code.STEP_REFUSED),
        ("whistleblowing", "Why not", "lee", Code.STEP_REFUSED),
    ],
)
def test_who_may_lift_a_restriction_and_how(
    home: Home, kind: str, reason: str, by: str, code: Code
) -> None:
    concern = raise_concern(home.ann, home.id, kind=kind, starts_restricted=True, text=MARKER)
    home.ann.sync()
    home.sync()
    device: Device = getattr(home, by)
    record = device.get(Concern, concern)
    step = pushes.step_of(device, record, "open", fields={"lifted": True}, reason=reason)
    (result,) = pushes.push(device, step)
    assert (result.status, result.code) == ("refused", code)
    home.sync()
    assert MARKER not in texts(home.ben)


def test_one_of_which_a_refused_change_waits_goes_when_it_is_given_up(home: Home) -> None:
    concern = raise_concern(home.ann, home.id, text=MARKER)
    home.ann.sync()
    home.sync()
    home.ben.step(concern, "open", Concern, fields={"handler_id": home.ben.user_id})
    restrict(home.lee, concern)
    home.lee.sync()
    (refused,) = home.ben.sync().refused
    assert refused.code == Code.NOT_ALLOWED
    assert "concern" in about(home.ben, concern)
    (waiting,) = home.ben.outbox()
    home.ben.take_back(waiting.record_id)
    home.ben.action(home.id)
    home.ben.sync()
    assert about(home.ben, concern) == set()


def test_another_role_sees_other_restricted_concerns(home: Home) -> None:
    concern = raise_concern(home.ann, home.id, starts_restricted=True, text=MARKER)
    home.ann.sync()
    home.sync()
    users = People(home.council.database, home.council.clock)
    users.set_role("ben", Role.LEAD)
    home.ben.sync()
    assert MARKER in texts(home.ben)
    users.set_role("ben", Role.OFFICER)
    home.ben.sync()
    assert about(home.ben, concern) == set()


def test_nobody_settles_a_conflict_of_one_they_do_not_see(home: Home) -> None:
    concern = raise_concern(home.ann, home.id)
    home.ann.sync()
    home.sync()
    home.lee.edit(Concern, concern, title="Lee's title")
    home.ann.edit(Concern, concern, title="Ann's title")
    home.lee.sync()
    home.ann.sync()
    home.sync()
    (conflict,) = home.ben.all(Conflict)
    settling = pushes.step_of(home.ben, conflict, "settled", fields={"kept": "other"}, reason="")
    restrict(home.lee, concern)
    home.lee.sync()
    (result,) = pushes.push(home.ben, settling)
    assert result.status == "refused"
    assert home.council.get(Conflict, conflict.id).status == "open"
    home.ben.sync()
    assert about(home.ben, concern) == set()


@pytest.mark.parametrize("decided", [False, True])
def test_a_concern_is_decided_before_it_is_closed(home: Home, decided: bool) -> None:
    kinds: dict[str, Any] = {"kind": "complaint"} if not decided else {"kind": "compliment"}
    concern = raise_concern(home.ann, home.id, **kinds)
    home.ann.sync()
    step = pushes.step_of(
        home.ann,
        home.ann.get(Concern, concern),
        "closed",
        fields={"lesson": "None"},
        day=date(2026, 11, 22).isoformat(),
    )
    (result,) = pushes.push(home.ann, step)
    assert result.status == ("accepted" if decided else "refused")


def test_only_a_lead_says_who_handles_it(home: Home) -> None:
    concern = raise_concern(home.ann, home.id)
    home.ann.sync()
    given = {"handler_id": home.ben.user_id}
    step = pushes.step_of(home.ann, home.ann.get(Concern, concern), "open", fields=given)
    (result,) = pushes.push(home.ann, step)
    assert (result.status, result.code) == ("refused", Code.NOT_ALLOWED)


def _evidence(device: Device, home: Home, concern: str) -> str:
    piece = Evidence(
        id=new_id(), setting_id=home.id, concern_id=concern, kind="document", title=MARKER
    )
    device.add(piece)
    return piece.id


def test_its_evidence_is_restricted_with_it(home: Home) -> None:
    concern = raise_concern(home.ann, home.id)
    piece = _evidence(home.ann, home, concern)
    home.ann.sync()
    home.ann.edit(Evidence, piece, title=f"{MARKER}, page 2")
    home.sync()
    home.sync()
    assert home.ben.get(Evidence, piece).title == f"{MARKER}, page 2"
    restrict(home.lee, concern)
    home.lee.sync()
    home.sync()
    assert MARKER not in texts(home.ben), "nor its history"
    assert MARKER in texts(home.ann)
    (result,) = pushes.push(home.ben, pushes.update("evidence", piece, 0, title="Mine"))
    assert result.status != "accepted"
    assert home.council.get(Evidence, piece).title == f"{MARKER}, page 2"
    home.lee.step(concern, "open", Concern, reason="Told all", fields={"lifted": True})
    home.lee.sync()
    home.sync()
    assert home.ben.get(Evidence, piece).title == f"{MARKER}, page 2", "it is given again"


def test_evidence_that_waits_is_sent_before_its_concern_goes(home: Home) -> None:
    concern = raise_concern(home.ann, home.id)
    home.ann.sync()
    home.sync()
    restrict(home.lee, concern)
    home.lee.sync()
    piece = _evidence(home.ben, home, concern)
    home.ben.sync()
    home.ben.sync()
    assert MARKER not in texts(home.ben)
    home.lee.sync()
    assert home.lee.get(Evidence, piece).title == MARKER, "what was added offline is kept"
