"""A lead's delegate reviews and decides for the team while the lead is away."""

from __future__ import annotations

from datetime import date, timedelta

from sync.server.audit.query import verify
from tests.support.sync.audited import require_audited
from tests.support.sync.council import DAY, Council, Device
from tests.support.sync.nights import next_day
from tests.support.sync.pushes import create, push
from visitapp.errors import Code
from visitapp.records import AuditEntry, Cover, Role, Setting, User, Visit, VisitStatus

TOMORROW = DAY + timedelta(days=1)


class Absence:
    """Ann holds two settings of the North team, which Lee leads; Dee leads the West team."""

    def __init__(self, council: Council) -> None:
        self.council = council
        self.ann, self.lee = council.officer("ann"), council.lead("lee")
        council.user("dee", Role.LEAD, "West")
        self.dee = council.device("dee")
        self.settings = [self.ann.setting(), self.ann.setting()]
        self.visit = self.ann.visit(self.settings[0], plans="met", calls="met")
        self.ann.sign_off(self.visit, council.library)
        for device in (self.ann, self.lee, self.dee):
            assert device.sync().refused == []

    def delegate(self, starts_on: date = DAY, ends_on: date = DAY) -> list[str]:
        """Lee names Dee; the ids of the covers."""
        made = [
            Cover(
                setting_id=setting.id,
                deputy_id=self.dee.user_id,
                for_lead_id=self.lee.user_id,
                starts_on=starts_on,
                ends_on=ends_on,
                note="Leave",
            )
            for setting in self.lee.all(Setting)
        ]
        for cover in made:
            self.lee.add(cover)
        assert self.lee.sync().refused == []
        return [cover.id for cover in made]

    def dee_sees(self) -> set[str]:
        self.dee.sync()
        return {setting.id for setting in self.dee.all(Setting)}


def entries(council: Council, *events: str) -> list[str]:
    with council.database.reading() as session:
        found = session.query(AuditEntry.what).order_by(AuditEntry.number)
        return [what for (what,) in found if what in events]


def test_the_delegate_decides_the_queue_from_the_first_day_to_the_last(
    any_council: Council,
) -> None:
    there = Absence(any_council)
    assert there.dee_sees() == set()
    there.delegate()
    assert there.dee_sees() == set(there.settings)
    there.dee.review(there.visit, "approved")
    result = there.dee.sync()
    assert (result.refused, result.conflicts) == ([], 0)
    assert any_council.get(Visit, there.visit).status == VisitStatus.APPROVED
    assert next_day(any_council)[2] == "Delegates of team leads started: 0, ended: 1."
    assert there.dee_sees() == set()
    told = entries(any_council, "delegate_started", "delegate_ended", "cover_started")
    assert told == ["delegate_started", "delegate_ended"], "one entry for the whole team"
    with any_council.database.reading() as session:
        assert verify(session.connection()).bad is None


def test_a_later_day_waits_for_the_daily_work_which_also_takes_in_new_settings(
    any_council: Council,
) -> None:
    there = Absence(any_council)
    there.delegate(TOMORROW, TOMORROW + timedelta(days=1))
    assert there.dee_sees() == set()
    new = there.ann.setting()
    there.ann.sync()
    assert next_day(any_council)[2] == "Delegates of team leads started: 1, ended: 0."
    assert there.dee_sees() == {*there.settings, new}
    assert len(any_council.all(Cover)) == 3
    next_day(any_council, 0)
    assert len(any_council.all(Cover)) == 3, "nothing is taken in twice"
    require_audited(any_council.database)


def test_one_that_is_withdrawn_is_not_taken_in_again(council: Council) -> None:
    there = Absence(council)
    for id_ in there.delegate(TOMORROW, TOMORROW):
        there.lee.edit(Cover, id_, deleted=True)
    there.lee.sync()
    next_day(council)
    assert there.dee_sees() == set()
    assert len(council.all(Cover)) == 2


def test_four_eyes_hold_for_a_delegate(council: Council) -> None:
    """A visit that Dee took part in is not hers to review."""
    there = Absence(council)
    there.delegate()
    there.dee.sync()
    own = there.dee.visit(there.settings[1], plans="met", calls="met")
    there.dee.sign_off(own, council.library)
    there.dee.sync()
    there.dee.review(own, "approved")
    assert [one.code for one in there.dee.sync().refused] == [Code.NOT_ALLOWED]
    assert council.get(Visit, own).status == VisitStatus.SIGNED_OFF


def refused(device: Device, wanted: dict[str, object]) -> str:
    (result,) = push(device, create(device, "cover", **wanted))
    return result.text


def test_who_cannot_be_a_delegate(council: Council) -> None:
    there = Absence(council)
    council.user("lou", Role.LEAD)
    bob = council.officer("bob")
    west = bob.setting()
    bob.sync()
    ids = {user.name: user.id for user in council.all(User)}
    days = {"starts_on": DAY.isoformat(), "ends_on": DAY.isoformat()}
    wanted = {"setting_id": there.settings[0], "for_lead_id": ids["lee"], **days}
    good = {**wanted, "deputy_id": ids["dee"], "note": "Leave"}
    assert refused(there.ann, good) == "Only a team lead can arrange cover."
    for change, sentence in (
        ({"for_lead_id": ids["ann"]}, "Only a team lead has a delegate."),
        ({"for_lead_id": ids["dee"]}, "A delegate covers the settings of the lead's own team."),
        ({"deputy_id": ids["lou"]}, "A lead of the same team already reviews its visits."),
        (
            {"deputy_id": ids["bob"]},
            "A delegate reviews and decides, so it must be another team lead.",
        ),
        ({"note": " "}, "Give the reason for the absence."),
    ):
        assert refused(there.lee, {**good, **change}) == sentence
    assert council.all(Cover) == []
    assert council.get(Setting, west) is not None
