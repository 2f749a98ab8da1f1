"""Planned visits between devices and the server: two officers, a hand-over, a closed setting."""

from __future__ import annotations

from datetime import date

from tests.support.sync.council import Council, Device
from tests.support.sync.plans import PLANNED_ON as DAY
from tests.support.sync.plans import cancel, confirm, move, plan
from visitapp.errors import Code
from visitapp.records import Conflict, PlannedVisit, Setting, Visit, new_id
from visitapp.services.lookup import find
from visitapp.standing.planned import carried_out_by, is_open_plan

LATER, LATEST = date(2026, 12, 15), date(2026, 12, 17)


def open_plans(device: Device) -> list[str]:
    with device.database.reading() as session:
        return [one.id for one in session.query(PlannedVisit).where(is_open_plan())]


def made_by(device: Device, plan_id: str) -> str | None:
    with device.database.reading() as session:
        found = session.query(carried_out_by()).where(PlannedVisit.id == plan_id).scalar()
        return str(found) if found else None


def two_of_one_contract(council: Council) -> tuple[Device, Device, str]:
    """An officer and the lead of the team, who both have a setting."""
    ann, lee = council.officer("ann"), council.lead("lee")
    home = ann.setting()
    ann.sync()
    lee.sync()
    return ann, lee, home


def test_two_people_plan_the_same_visit_offline(council: Council) -> None:
    ann, lee, home = two_of_one_contract(council)
    plans = {plan(ann, home), plan(lee, home)}
    for device in (ann, lee, ann):
        assert device.sync().refused == []
    assert set(open_plans(ann)) == set(open_plans(lee)) == plans, "both are there to see"
    dropped = sorted(plans)[0]
    cancel(lee, dropped)
    lee.sync()
    ann.sync()
    assert open_plans(ann) == sorted(plans - {dropped})


def test_two_moves_apart_are_a_conflict_that_a_person_settles(council: Council) -> None:
    ann, lee, home = two_of_one_contract(council)
    plan_id = plan(ann, home)
    ann.sync()
    lee.sync()
    move(ann, plan_id, LATER)
    move(lee, plan_id, LATEST, "The manager asked for it")
    for device in (ann, lee, ann):
        device.sync()
    server = council.get(PlannedVisit, plan_id)
    assert (server.planned_on, server.moved_count) == (LATER, 1)
    for device in (ann, lee):
        assert device.get(PlannedVisit, plan_id).planned_on == LATER
        (conflict,) = device.all(Conflict)
        assert (conflict.field, conflict.status) == ("planned_on", "open")
    assert conflict.other_value == LATEST.isoformat()
    move(lee, plan_id, LATEST, "Chosen when a conflict was settled.")
    lee.settle(conflict.id, "other")
    lee.sync()
    ann.sync()
    assert ann.get(PlannedVisit, plan_id).planned_on == LATEST
    assert ann.all(Conflict)[0].status == "settled"


def test_a_move_meets_a_confirmation(council: Council) -> None:
    ann, lee, home = two_of_one_contract(council)
    plan_id = plan(ann, home)
    ann.sync()
    lee.sync()
    confirm(lee, plan_id)
    move(ann, plan_id, LATER)
    for device in (ann, lee, ann):
        device.sync()
    held = council.get(PlannedVisit, plan_id)
    assert (held.status, held.planned_on) == ("planned", LATER), "the first at the server stands"
    (conflict,) = council.all(Conflict)
    assert (conflict.field, conflict.other_value) == ("planned_on", DAY.isoformat())


def test_a_confirmation_meets_a_move(council: Council) -> None:
    ann, lee, home = two_of_one_contract(council)
    plan_id = plan(ann, home)
    ann.sync()
    lee.sync()
    confirm(lee, plan_id)
    move(ann, plan_id, LATER)
    for device in (lee, ann, lee):
        device.sync()
    held = council.get(PlannedVisit, plan_id)
    assert (held.status, held.planned_on) == ("confirmed", DAY)
    assert council.all(Conflict)[0].field == "status"


def test_a_sign_off_carries_the_plan_out_everywhere(council: Council) -> None:
    ann, lee, home = two_of_one_contract(council)
    plan_id = plan(ann, home)
    visit = ann.visit(home, plans="met", calls="met")
    lees = plan(lee, home, "joint")
    ann.sign_off(visit, council.library)
    assert open_plans(ann) == []
    for device in (ann, lee, ann):
        assert device.sync().refused == []
    for device in (ann, lee):
        assert made_by(device, plan_id) == visit
        assert open_plans(device) == [lees]
    lee.review(visit, "returned")
    lee.sync()
    ann.sync()
    assert set(open_plans(ann)) == {plan_id, lees}, "a visit that is returned is not made yet"


def test_a_visit_never_waits_for_its_plan(council: Council) -> None:
    ann, _, home = two_of_one_contract(council)
    visit = Visit(
        id=new_id(),
        setting_id=home,
        planned_visit_id=new_id(),
        form_id="short",
        form_version="1",
        purpose="annual",
        visited_on=date(2026, 11, 22),
        officer_id=ann.user_id,
    )
    ann.add(visit)
    assert ann.sync().refused == []
    assert council.get(Visit, visit.id).setting_id == home


def test_a_plan_goes_over_with_its_setting(council: Council) -> None:
    ann, ben = council.officer("ann"), council.officer("ben")
    home = ann.setting()
    plan_id = plan(ann, home)
    ann.sync()
    late = move(ann, plan_id, LATER)
    council.admin.assign("ben", [home])
    ben.sync()
    assert ben.get(PlannedVisit, plan_id).officer_id is None, "it is for whoever holds the setting"
    assert ann.sync().refused == [], "what was agreed before the hand-over is not lost"
    ben.sync()
    assert ben.get(PlannedVisit, plan_id).planned_on == LATER
    assert late
    assert ann.all(PlannedVisit) == []


def test_a_stranger_plans_nothing(council: Council) -> None:
    ann, eve = council.officer("ann"), council.officer("eve", "West")
    home = ann.setting()
    ann.sync()
    eve.sync()
    with eve.database.applying() as session:
        setting = Setting(id=home, name="Alder House", service_type="residential", team="East")
        setting.created_at, setting.created_by = eve.clock(), ann.user_id
        session.add(setting)
    plan(eve, home)
    (refused,) = eve.sync().refused
    assert refused.code == Code.OUT_OF_SCOPE
    assert council.all(PlannedVisit) == []


def test_a_setting_with_a_plan_is_not_deleted(council: Council) -> None:
    ann, lee, home = two_of_one_contract(council)
    plan(lee, home)
    lee.sync()
    ann.edit(Setting, home, deleted=True)
    (refused,) = ann.sync().refused
    assert refused.kind == "setting"
    with lee.database.reading() as session:
        assert find(session, Setting, home).deleted is False
