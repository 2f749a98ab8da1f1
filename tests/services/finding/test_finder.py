"""Records of every kind are found by their words, if the user's role sees them."""

from __future__ import annotations

from datetime import date

import pytest

from tests.support.desk.colleagues import become, bring
from tests.support.desk.desks import FORM
from tests.support.directory.cqc import HEATHER, LARCH
from visitapp.records import KINDS, Role, Visit
from visitapp.services.concerns.views import NewConcern
from visitapp.services.finding.sources import Found
from visitapp.services.services import Services
from visitapp.services.subjects import CONTRIBUTIONS

DAY = date(2026, 12, 1)


@pytest.fixture
def heather(services: Services) -> str:
    services.settings.add(LARCH.location_id)
    return services.settings.add(HEATHER.location_id).setting_id


def find(services: Services, text: str) -> list[Found]:
    finder = services.finder
    indexes = {kind: finder.read(kind) for kind in finder.kinds()}
    return [one for _, one in finder.find(text, indexes)]


def titles(services: Services, text: str) -> list[tuple[str, str]]:
    return [(one.kind, one.title) for one in find(services, text)]


def test_a_setting_is_found_by_name_postcode_location_and_provider(
    services: Services, heather: str
) -> None:
    row = services.settings.view(heather).row
    for text in ("heath", row.postcode, row.location_id, row.provider):
        assert ("setting", "Heather Bank") in titles(services, text), text


def test_what_belongs_to_a_setting_is_found_by_its_name_and_its_own_words(
    services: Services, heather: str
) -> None:
    visit = services.visits.start(heather, FORM)
    action = services.actions.add(None, heather, "Audit of medicines", DAY)
    new = NewConcern(
        setting_id=heather,
        title="Medicines missed",
        kind="complaint",
        severity="1",
        source="family",
    )
    concern = services.concerns.log(new)
    assert {one.id for one in find(services, "heather")} >= {
        heather,
        visit.id,
        action.id,
        concern.row.id,
    }
    assert titles(services, "heather medic") == [
        ("action", "Audit of medicines"),
        ("concern", "Medicines missed"),
    ]


def test_a_contract_and_its_provider_are_found(services: Services, heather: str) -> None:
    bring(services, lee=Role.LEAD)
    become(services, "lee")
    provider = services.providers.add("Łabędź Care")
    services.contracts.add("C-0042", provider.row.id)
    assert ("contract", "C-0042") in titles(services, "labedz")
    assert ("provider", "Łabędź Care") in titles(services, "labedz")
    assert titles(services, "c-0042") == [("contract", "C-0042")]


def test_the_current_ones_come_before_the_closed(services: Services, heather: str) -> None:
    for title in ("Door one", "Door two"):
        services.actions.add(None, heather, title, DAY)
    first = next(one for one in find(services, "door") if one.title == "Door one")
    services.actions.update(first.id, status="withdrawn", reason="Not needed.")
    assert [one.title for one in find(services, "door")] == ["Door two", "Door one"]


def test_a_deleted_record_is_not_found_even_when_it_went_after_the_words_were_read(
    services: Services, heather: str
) -> None:
    visit = services.visits.start(heather, FORM)
    finder = services.finder
    read = {"visit": finder.read("visit")}
    services.visits.discard(visit.id, "Started by mistake.")
    assert finder.find("heather", read) == []
    assert len(finder.read(Visit.__tablename__)) == 0


@pytest.mark.parametrize("role", Role)
def test_a_role_finds_only_kinds_that_it_sees(services: Services, role: Role) -> None:
    bring(services, lee=role)
    become(services, "lee")
    every = [source.kind.__tablename__ for one in CONTRIBUTIONS for source in one.finds]
    assert services.finder.kinds() == [
        kind for kind in every if role in KINDS[kind].__kind__.readers
    ]


def test_plans_interventions_planned_visits_and_campaigns_are_found(
    services: Services, heather: str
) -> None:
    bring(services, lee=Role.LEAD)
    become(services, "lee")
    plan = services.plans.draft(heather, "Medicines given safely", DAY, DAY, "Manager")
    referred = services.interventions.refer(heather, "Two visits were Red", "The visits")
    planned = services.planning.plan(heather, "annual", DAY)
    campaigns = services.campaigns
    made = campaigns.start("Winter medicines", "care-records-audit", [heather], DAY, DAY)
    found = {one.kind: one for one in find(services, "heather")}
    assert found["improvement_plan"].id == plan.id
    assert found["improvement_plan"].target == heather
    assert (found["intervention"].id, found["intervention"].target) == (referred.id, heather)
    ids = {one.id for one in find(services, "heather annual")}
    assert planned.id in ids
    assert ("improvement_plan", "Medicines given safely") in titles(services, "given safely")
    (campaign,) = [one for one in find(services, "winter") if one.kind == "campaign"]
    assert campaign.id == made.campaign_id
    assert "Running" in campaign.details
    campaigns.close(made.campaign_id, "Done")
    (campaign,) = [one for one in find(services, "winter") if one.kind == "campaign"]
    assert "Ended" in campaign.details
    assert [one.kind for one in find(services, "winter")] == ["campaign"], "its visit is cancelled"
