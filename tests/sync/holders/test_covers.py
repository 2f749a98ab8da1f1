"""Cover: a deputy sees a setting from one day to another, and loses nothing when it ends."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from sync.server.operations.users import People
from tests.support.sync.council import DAY, Council
from tests.support.sync.nights import next_day
from tests.support.sync.pushes import create, push, update
from visitapp.errors import Code
from visitapp.records import (
    Action,
    Answer,
    AuditEntry,
    Conflict,
    Cover,
    Role,
    Setting,
    User,
    Visit,
    VisitStatus,
)

TOMORROW = DAY + timedelta(days=1)


class Absence:
    """Ann holds a setting with a visit and an action, Cy of another team is to cover for her, and
    Lee leads her team."""

    def __init__(self, council: Council) -> None:
        self.council = council
        self.ann, self.cy = council.officer("ann"), council.officer("cy", "West")
        self.lee = council.lead("lee")
        self.setting = self.ann.setting()
        self.visit = self.ann.visit(self.setting, plans="met")
        self.action = self.ann.action(self.setting)
        self.ann.sync()
        self.lee.sync()

    def cover(self, starts_on: date = DAY, ends_on: date = DAY) -> str:
        """Lee arranges cover by Cy; its id."""
        cover = Cover(
            setting_id=self.setting,
            deputy_id=self.cy.user_id,
            starts_on=starts_on,
            ends_on=ends_on,
            note="Leave",
        )
        self.lee.add(cover)
        assert self.lee.sync().refused == []
        return cover.id

    def cy_sees(self) -> bool:
        self.cy.sync()
        return self.cy.get(Setting, self.setting) is not None


def events(council: Council) -> list[str]:
    with council.database.reading() as session:
        found = session.query(AuditEntry.what).order_by(AuditEntry.number)
        return [what for (what,) in found if what in ("cover_started", "cover_ended")]


def test_cover_from_today_starts_with_the_sync_and_ends_by_the_daily_work(
    any_council: Council,
) -> None:
    there = Absence(any_council)
    assert not there.cy_sees()
    cover = there.cover()
    assert there.lee.get(Cover, cover).active
    assert there.cy_sees()
    assert {visit.id for visit in there.cy.all(Visit)} == {there.visit}
    there.ann.sync()
    assert there.ann.get(Cover, cover).active
    lines = next_day(any_council)
    assert lines[0] == "Covers started: 0, ended: 1."
    assert not there.cy_sees()
    assert there.cy.all(Action) == []
    assert events(any_council) == ["cover_started", "cover_ended"]


def test_cover_from_a_later_day_waits_for_the_daily_work(any_council: Council) -> None:
    there = Absence(any_council)
    cover = there.cover(TOMORROW, TOMORROW)
    any_council.clock.now += timedelta(days=1)
    assert not there.cy_sees(), "time alone changes no scope"
    assert next_day(any_council, 0)[0] == "Covers started: 1, ended: 0."
    assert next_day(any_council, 0)[0] == "Covers started: 0, ended: 0."
    assert there.cy_sees()
    there.lee.sync()
    assert there.lee.get(Cover, cover).active


def test_a_deputy_works_as_the_officer_does(council: Council) -> None:
    there = Absence(council)
    there.cover()
    assert there.cy_sees()
    there.cy.answer(there.visit, "calls", value="not_met")
    visit = there.cy.visit(there.setting, plans="met", calls="met")
    there.cy.sign_off(visit, council.library)
    there.cy.step(there.action, "withdrawn", reason="Made twice")
    result = there.cy.sync()
    assert (result.refused, result.conflicts) == ([], 0)
    assert council.get(Visit, visit).status == VisitStatus.SIGNED_OFF
    assert council.get(Action, there.action).status == "withdrawn"
    (refused,) = push(there.cy, update("setting", there.setting, officer_id=there.cy.user_id))
    assert refused.code == Code.NOT_ALLOWED


def test_what_a_deputy_did_offline_over_the_end_is_taken(any_council: Council) -> None:
    there = Absence(any_council)
    there.cover()
    assert there.cy_sees()
    own = there.cy.action(there.setting, "Seen by Cy")
    there.cy.sync()
    there.cy.edit(Action, own, owner="The manager")
    there.cy.edit(Action, there.action, owner="The owner")
    visit = there.cy.visit(there.setting, plans="not_met", calls="met")
    there.cy.sign_off(visit, any_council.library)
    next_day(any_council)
    result = there.cy.sync()
    assert result.refused == []
    assert any_council.get(Visit, visit).status == VisitStatus.SIGNED_OFF
    assert any_council.get(Action, own).owner == "The manager"
    assert any_council.get(Action, there.action).owner == ""
    there.ann.sync()
    (conflict,) = there.ann.all(Conflict)
    assert (conflict.record_id, conflict.other_value) == (there.action, "The owner")
    there.cy.sync()
    assert there.cy.outbox() == []
    assert there.cy.all(Setting) == []


def test_after_sixty_days_late_work_stays_on_the_device(council: Council) -> None:
    there = Absence(council)
    there.cover()
    assert there.cy_sees()
    answer = there.cy.answer(there.visit, "calls", value="not_met")
    next_day(council)
    council.clock.now += timedelta(days=61)
    there.cy.connect("cy")
    assert [one.code for one in there.cy.sync().refused] == [Code.OUT_OF_SCOPE]
    assert there.cy.get(Answer, answer).value == "not_met"
    assert council.get(Answer, answer) is None


def test_cover_that_is_ended_early_or_withdrawn_ends_at_once(any_council: Council) -> None:
    there = Absence(any_council)
    week = DAY + timedelta(days=7)
    cover = there.cover(DAY, week)
    assert there.cy_sees()
    there.lee.edit(Cover, cover, ends_on=DAY - timedelta(days=1))
    there.lee.sync()
    assert not there.cy_sees()
    there.lee.edit(Cover, cover, ends_on=week)
    there.lee.sync()
    assert there.cy_sees()
    there.lee.edit(Cover, cover, deleted=True)
    there.lee.sync()
    assert not there.cy_sees()


def test_two_covers_of_one_deputy_end_with_the_last(council: Council) -> None:
    there = Absence(council)
    there.cover(DAY, DAY)
    there.cover(DAY, TOMORROW)
    next_day(council)
    assert there.cy_sees()
    next_day(council)
    assert not there.cy_sees()


def test_cover_that_cannot_be_is_refused(council: Council) -> None:
    there = Absence(council)
    council.user("vic", Role.VIEWER)
    days = {"starts_on": DAY.isoformat(), "ends_on": DAY.isoformat()}
    wanted = {"setting_id": there.setting, "deputy_id": there.cy.user_id, **days}
    before = (DAY - timedelta(days=1)).isoformat()
    vic = next(user for user in council.all(User) if user.name == "vic")
    for device, change, code in (
        (there.ann, {}, Code.NOT_ALLOWED),
        (there.lee, {"deputy_id": vic.id}, Code.BAD_VALUE),
        (there.lee, {"deputy_id": there.setting}, Code.BAD_VALUE),
        (there.lee, {"ends_on": before}, Code.BAD_VALUE),
        (there.lee, {"ends_on": (DAY + timedelta(days=400)).isoformat()}, Code.BAD_VALUE),
        (there.lee, {"active": True}, Code.BAD_VALUE),
    ):
        (result,) = push(device, create(device, "cover", **{**wanted, **change}))
        assert result.code == code, change
    People(council.database, council.clock).disable("cy")
    (result,) = push(there.lee, create(there.lee, "cover", **wanted))
    assert result.code == Code.BAD_VALUE
    assert council.all(Cover) == []


def test_no_cover_is_changed_to_more_than_a_year_and_one_that_arrives_late_is_taken(
    council: Council,
) -> None:
    there = Absence(council)
    cover = there.cover()
    year = (DAY + timedelta(days=365)).isoformat()
    (longest,) = push(there.lee, update("cover", cover, ends_on=year))
    assert longest.status == "accepted"
    (refused,) = push(there.lee, update("cover", cover, ends_on="2099-01-01"))
    assert refused.code == Code.BAD_VALUE
    week = DAY - timedelta(days=7)
    there.cover(week, week + timedelta(days=1))


@pytest.mark.parametrize("role", [Role.INTERVENTION, Role.LEAD])
def test_others_who_visit_can_be_the_deputy(council: Council, role: Role) -> None:
    there = Absence(council)
    council.user("dee", role, "West")
    dee = council.device("dee")
    there.cy = dee
    there.cover()
    assert there.cy_sees()
    next_day(council)
    assert not there.cy_sees()
