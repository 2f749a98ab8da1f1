"""A referral is on the day of a team lead, an intervention on that of its officer."""

from __future__ import annotations

from datetime import timedelta

from tests.support.desk.colleagues import become, bring
from visitapp.records import Role
from visitapp.services.services import Services
from visitapp.services.today.items import Part, TodayItem


def lines(services: Services) -> list[TodayItem]:
    return [one for one in services.today.view().items if one.part == Part.INTERVENTIONS]


def test_a_referral_waits_for_a_lead_and_the_work_for_the_officer(
    services: Services, homes: list[str]
) -> None:
    bring(services, lee=Role.LEAD, irena=Role.INTERVENTION)
    one = services.interventions.refer(homes[0], "Red twice", "Five of nine actions late")
    assert lines(services) == [], "the contract officer has done what there is to do"
    become(services, "lee")
    (line,) = lines(services)
    assert (line.title, line.step) == ("Heather Bank", "Accept or refuse")
    assert (line.page, line.target) == ("intervention", homes[0])
    services.interventions.accept(one.id, "irena")
    assert lines(services) == []
    become(services, "irena")
    (line,) = lines(services)
    assert line.detail == "Set the exit criteria: what must hold before it ends."
    criterion = services.exit_criteria.add(one.id, "Falls", "reading", 1, bound="at_most")
    (line,) = lines(services)
    assert line.detail == "Plan the visits."
    services.visit_series.plan(one.id, 2, services.desk.today() + timedelta(days=7))
    assert lines(services) == [], "the visit is planned, and is on the day itself"
    services.exit_criteria.read(criterion.criteria[0].id, 0)
    (line,) = lines(services)
    assert line.detail.startswith("Every exit criterion holds since")
    services.interventions.sustain(one.id)
    assert lines(services) == [], "the results are to be held"
