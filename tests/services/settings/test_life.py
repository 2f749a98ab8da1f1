"""Closing, reopening and merging settings on a lead's desk, and settings added by hand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.support.desk.colleagues import become, bring
from tests.support.desk.desks import FORM, Clock, signed_off_visit
from tests.support.directory.cqc import HEATHER, LARCH
from visitapp.errors import Code, NotAllowed, Refused
from visitapp.records import Setting
from visitapp.services.concerns.views import NewConcern
from visitapp.services.services import Services
from visitapp.services.settings.open_work import open_work_summary

NOT_REFERRED = {"value": "not_met", "note": "Two of five were not referred."}
REASON = "The provider left"


class Homes:
    """Two homes of a lead's team; the lead made everything."""

    def __init__(self, services: Services) -> None:
        self.services, self.life = services, services.setting_life
        bring(services, lee="lead", ann="officer")
        become(services, "lee")
        self.heather, self.larch = (
            services.settings.add(one.location_id).setting_id for one in (HEATHER, LARCH)
        )
        self.today = services.desk.today()

    def open_counts(self) -> tuple[int, int]:
        """Settings and actions, as counted beside the pages; the portfolio says the same."""
        counts, summary = self.services.portfolio.open_counts(), self.services.portfolio.summary()
        assert (counts.settings, counts.actions) == (summary.settings, summary.open_actions)
        return counts.settings, counts.actions

    def names(self, text: str = "", which: str = "all") -> list[str]:
        return [row.name for row in self.services.portfolio.rows(text=text, filter=which)]


@pytest.fixture
def at(services: Services) -> Homes:
    return Homes(services)


def test_a_closed_home_leaves_lists_and_counts_and_is_still_found(at: Homes) -> None:
    row = at.life.close(at.heather, at.today, REASON, "leave")
    assert (row.status, row.closed_on, row.next_due, row.needs_attention) == (
        "closed",
        at.today,
        None,
        False,
    )
    assert at.names() == ["Larch Nursing Home"]
    assert at.names("heather") == ["Heather Bank"]
    assert at.names(which="closed_settings") == ["Heather Bank"]
    assert at.services.portfolio.summary().settings == 1
    assert at.services.settings.view(at.heather).dues == []
    with pytest.raises(Refused) as refused:
        at.services.visits.start(at.heather, FORM)
    assert str(refused.value.what) == "Heather Bank is closed, so nothing new starts there."
    assert at.life.reopen(at.heather, "Sold and open again").status == "open"
    assert at.names() == ["Heather Bank", "Larch Nursing Home"]


def test_open_work_is_asked_about_then_withdrawn_at_once(at: Homes) -> None:
    visit = at.services.visits.start(at.heather, FORM)
    action = at.services.actions.add(None, at.heather, "Mend the lift", at.today)
    assert [(one.kind, one.can_withdraw) for one in at.life.open_work(at.heather)] == [
        ("visit", True),
        ("action", True),
    ]
    at.life.close(at.heather, at.today, REASON, "withdraw")
    assert at.life.open_work(at.heather) == []
    assert at.services.actions.view(action.id).status == "withdrawn"
    assert visit.id not in {one.id for one in at.services.visits.list()}
    assert at.life.at_closed() == []


def test_plans_and_concerns_are_asked_about_and_a_concern_stays(at: Homes) -> None:
    goal, ends = "Medicines are given safely", at.today + timedelta(days=60)
    plan = at.services.plans.draft(at.heather, goal, at.today, ends, "The manager")
    concern = NewConcern(
        setting_id=at.heather, kind="complaint", title="Cold meals", severity="2", source="family"
    )
    at.services.concerns.log(concern)
    asked = [(one.kind, one.title, one.can_withdraw) for one in at.life.open_work(at.heather)]
    assert asked == [("improvement_plan", goal, True), ("concern", "Cold meals", False)]
    at.life.close(at.heather, at.today, REASON, "withdraw")
    assert at.services.plans.view(plan.id).status == "withdrawn"
    left = [(one.kind, one.title, one.status) for one in at.life.at_closed()]
    assert left == [("concern", "Cold meals", "open")]


def test_what_is_left_open_or_comes_late_is_listed(at: Homes, clock: Clock) -> None:
    at.services.actions.add(None, at.heather, "Mend the lift", at.today)
    at.life.close(at.heather, at.today, REASON, "leave")
    assert [(one.title, one.came_late) for one in at.life.at_closed()] == [("Mend the lift", False)]
    clock.now += timedelta(hours=1)
    at.services.actions.add(None, at.heather, "Return the files", at.today)
    assert [(one.title, one.came_late) for one in at.life.at_closed()] == [
        ("Mend the lift", False),
        ("Return the files", True),
    ]
    assert at.open_counts() == (1, 0)


def test_a_merged_home_shows_in_the_other_one(at: Homes) -> None:
    visit = signed_off_visit(at.services, at.heather, referrals=NOT_REFERRED)
    at.services.actions.add(None, at.heather, "Mend the lift", at.today)
    assert at.services.settings.view(at.larch).rating.rag == "unrated"
    row = at.life.merge(at.heather, at.larch, at.today, "Registered twice", "leave")
    assert (row.status, row.merged_into_id) == ("merged", at.larch)
    view = at.services.settings.view(at.larch)
    assert (view.rating.rag, view.row.rag, view.row.open_actions) == ("red", "red", 1)
    assert at.open_counts() == (1, 1)
    assert [one.id for one in view.visits] == [visit.summary.id]
    assert view.merged == {at.heather: "Heather Bank"}
    assert any("signed off" in entry.what for entry in view.timeline)
    assert view.dues[0].due_on == view.row.next_due
    assert at.services.settings.view(at.heather).merged_into == "Larch Nursing Home"
    at.life.reopen(at.heather, "They are two homes")
    assert at.services.settings.view(at.larch).row.rag == "unrated"


@pytest.mark.parametrize("into", ["itself", "merged"])
def test_settings_never_point_to_each_other_in_a_ring(at: Homes, into: str) -> None:
    if into == "merged":
        at.life.merge(at.larch, at.heather, at.today, "Registered twice", "leave")
    target = at.larch if into == "merged" else at.heather
    with pytest.raises(Refused) as refused:
        at.life.merge(at.heather, target, at.today, "Registered twice", "leave")
    assert refused.value.code == Code.STEP_REFUSED
    assert at.services.settings.view(at.heather).row.status == "open"


def test_an_officer_closes_nothing_and_tomorrow_closes_nothing(at: Homes) -> None:
    with pytest.raises(Refused) as refused:
        at.life.close(at.heather, at.today + timedelta(days=1), REASON, "leave")
    assert refused.value.code == Code.BAD_VALUE
    with pytest.raises(Refused) as refused:
        at.life.close(at.heather, at.today, " ", "leave")
    assert refused.value.code == Code.STEP_REFUSED
    become(at.services, "ann")
    with pytest.raises(Refused) as refused:
        at.life.close(at.heather, at.today, REASON, "leave")
    assert refused.value.code == Code.STEP_REFUSED
    assert at.services.settings.view(at.heather).row.status == "open"


def test_a_setting_without_a_regulator_is_added_by_hand_and_edited(at: Homes) -> None:
    editing = at.services.setting_editing
    row = editing.add(
        "Sedge Day Centre", "day", provider="Fen Days CIC", district="Candlefen", in_county=False
    )
    view = at.services.settings.view(row.setting_id)
    assert (row.provider, view.district, view.in_county) == ("Fen Days CIC", "Candlefen", False)
    changed = editing.edit(row.setting_id, name="Sedge Centre", beds=None, provider="")
    assert (changed.name, changed.provider) == ("Sedge Centre", "")
    for wrong in (
        lambda: editing.add(" ", "day"),
        lambda: editing.add("Sedge", "castle"),
        lambda: editing.add("Sedge", "day", regulator="cqc"),
        lambda: editing.edit(row.setting_id, beds=-1),
    ):
        with pytest.raises(Refused) as refused:
            wrong()
        assert refused.value.code == Code.BAD_VALUE


def test_one_with_its_regulators_id_is_the_directorys(at: Homes) -> None:
    with pytest.raises(Refused) as refused:
        at.services.setting_editing.add(
            "Heather", "residential", regulator="cqc", location_id=HEATHER.location_id
        )
    assert refused.value.code == Code.ALREADY_THERE


def test_nobody_edits_the_setting_of_another_team(at: Homes) -> None:
    become(at.services, "ann")
    with at.services.desk.database.applying() as session:
        session.get_one(Setting, at.heather).team = "East"
    with pytest.raises(NotAllowed):
        at.services.setting_editing.edit(at.heather, name="Mine")


def test_facts_hold_follow_and_are_corrected(at: Homes, clock: Clock) -> None:
    facts, source = at.services.setting_facts, "Telephone call"
    first = facts.add(at.heather, "manager", "Maud Ferrier", source, starts_on=date(2020, 1, 1))
    clock.now += timedelta(minutes=1)
    second = facts.add(at.heather, "manager", "Edwin Tallis", source, starts_on=date(2026, 8, 1))
    assert second.holds
    assert [one.holds for one in facts.list(at.heather)] == [True, False]
    clock.now += timedelta(minutes=1)
    right = facts.add(
        at.heather,
        "manager",
        "Edwina Tallis",
        source,
        starts_on=date(2026, 8, 1),
        corrects_id=second.id,
    )
    told = {one.id: (one.holds, one.corrected) for one in facts.list(at.heather, "manager")}
    assert told == {right.id: (True, False), second.id: (False, True), first.id: (False, False)}
    assert [one.content for one in at.services.settings.view(at.heather).facts] == ["Edwina Tallis"]
    for wrong in (
        lambda: facts.add(at.heather, "manager", "x", " "),
        lambda: facts.add(at.heather, "castle", "x", source),
        lambda: facts.add(at.heather, "manager", "x", source, as_of=at.today + timedelta(days=1)),
        lambda: facts.add(at.larch, "manager", "x", source, corrects_id=first.id),
    ):
        with pytest.raises(Refused):
            wrong()


def test_open_work_moves_to_another_home_in_one_go(at: Homes) -> None:
    visit = at.services.visits.start(at.heather, FORM)
    at.services.actions.add(None, at.heather, "Mend the lift", at.today, owner="Manager")
    at.services.planning.plan(at.heather, "themed", at.today + timedelta(days=9))
    at.life.close(at.heather, at.today, REASON, "move", at.larch)
    (moved,) = at.services.settings.view(at.larch).actions
    assert (moved.title, moved.owner, moved.due_on) == ("Mend the lift", "Manager", at.today)
    (left,) = at.services.settings.view(at.heather).actions
    assert left.status == "withdrawn"
    (plan,) = at.services.planning.list(setting_id=at.larch)
    assert (plan.purpose, plan.planned_on) == ("themed", at.today + timedelta(days=9))
    assert at.services.planning.list(setting_id=at.heather, open_only=True) == []
    assert [one.record_id for one in at.life.at_closed()] == [visit.id], "its answers stay here"
    at.life.reopen(at.heather, "A mistake")
    assert at.services.planning.list(setting_id=at.heather, open_only=True) == []


@pytest.mark.parametrize("to", ["heather", None])
def test_work_moves_to_another_open_home_alone(at: Homes, to: str | None) -> None:
    at.services.actions.add(None, at.heather, "Mend the lift", at.today)
    to_id = getattr(at, to) if to else None
    with pytest.raises(Refused) as refused:
        at.life.close(at.heather, at.today, REASON, "move", to_id)
    assert refused.value.code == Code.BAD_VALUE
    assert at.services.settings.view(at.heather).row.status == "open"


def test_much_open_work_is_counted_and_little_is_named(at: Homes) -> None:
    for title in ("Mend the lift", "Review the plans"):
        at.services.actions.add(None, at.heather, title, at.today)
    assert str(open_work_summary(at.life.open_work(at.heather))) == (
        "Mend the lift; Review the plans"
    )
    for n in range(32):
        at.services.actions.add(None, at.heather, f"Task {n}", at.today + timedelta(days=1))
    said = str(open_work_summary(at.life.open_work(at.heather)))
    assert said.startswith("34 things, the first of them: ")
    assert said.count(";") == 2


def test_a_district_that_no_other_home_has_is_warned_about(at: Homes) -> None:
    editing = at.services.setting_editing
    assert editing.district_warning("Northmoor", at.larch) is None, "the first one"
    editing.edit(at.heather, district="Northmoor")
    assert "Northmoor" in str(editing.district_warning("Nortmoor", at.larch))
    assert editing.district_warning("Nortmoor", at.heather) is None


def test_homes_out_of_the_county_are_filtered(at: Homes) -> None:
    assert at.names(which="out_of_county") == []
    editing = at.services.setting_editing
    editing.edit(at.larch, in_county=False, host_authority="Westshire")
    assert at.names(which="out_of_county") == ["Larch Nursing Home"]
    view = at.services.settings.view(at.larch)
    assert (view.in_county, view.host_authority) == (False, "Westshire")
