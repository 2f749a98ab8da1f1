"""Legal holds on one desk: set and lifted by those who may, with a reason."""

from __future__ import annotations

import pytest

from tests.support.desk.colleagues import become, bring
from visitapp.errors import NotAllowed, NotFound, Refused
from visitapp.records import Role
from visitapp.services.services import Services

WHY = "A claim was made."


@pytest.fixture
def lead(services: Services, homes: list[str]) -> str:
    """The desk is a lead's; there are an officer, a manager and an administrator too."""
    officer = services.me().id
    bring(services, mia=Role.MANAGER, lee=Role.LEAD, adi=Role.ADMIN)
    become(services, "lee")
    return officer


def test_a_hold_is_set_shown_and_lifted(services: Services, homes: list[str], lead: str) -> None:
    holds = services.legal_holds
    choice = holds.choices(homes[0])[0]
    hold = holds.set(choice.subject, choice.subject_id, f" {WHY} ")
    (one,) = holds.of_setting(homes[0])
    assert (one.id, one.subject_word, one.reason) == (hold, "Setting", WHY)
    assert (one.set_by, one.set_on) == ("Lee Doe", services.desk.today())
    assert holds.of_setting(homes[1]) == []
    with pytest.raises(Refused, match="Give the reason"):
        holds.lift(hold, "  ")
    holds.lift(hold, "It was settled.")
    assert holds.list() == []
    with pytest.raises(NotFound, match="has been lifted"):
        holds.lift(hold, "Again")


def test_a_hold_is_on_a_provider_or_a_person_too(
    services: Services, homes: list[str], lead: str
) -> None:
    holds = services.legal_holds
    provider = next(one for one in holds.choices(homes[0]) if one.subject == "provider")
    holds.set("provider", provider.subject_id, WHY)
    holds.set("person", "", WHY, person="P31")
    assert [one.name for one in holds.of_setting(homes[0])] == [provider.name]
    assert {one.name for one in holds.list()} == {provider.name, "P31"}
    with pytest.raises(Refused, match="looks like a name"):
        holds.set("person", "", WHY, person="Mabel Quill")
    with pytest.raises(NotFound):
        holds.set("setting", "nowhere", WHY)


@pytest.mark.parametrize(("who", "may"), [("mia", True), ("lee", True), ("adi", False)])
def test_leads_and_managers_set_holds(
    services: Services, homes: list[str], lead: str, who: str, may: bool
) -> None:
    become(services, who)
    assert services.legal_holds.may_set() is may
    if may:
        services.legal_holds.set("setting", homes[0], WHY)
    else:
        with pytest.raises(NotAllowed, match="Only a team lead or a senior manager"):
            services.legal_holds.set("setting", homes[0], WHY)


def test_an_officer_sets_none(services: Services, homes: list[str], lead: str) -> None:
    become(services, lead)
    with pytest.raises(NotAllowed, match="Only a team lead or a senior manager"):
        services.legal_holds.set("setting", homes[0], WHY)
