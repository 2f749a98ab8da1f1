"""Providers, their groups and contacts."""

from __future__ import annotations

import pytest

from tests.support.desk.colleagues import become, bring
from tests.support.desk.desks import signed_off_visit
from visitapp.errors import Code, NotAllowed, Refused
from visitapp.services.services import Services


@pytest.fixture
def provider(services: Services, homes: list[str]) -> str:
    (row,) = services.providers.list()
    assert row.settings == len(homes)
    return row.id


def test_a_provider_shows_what_belongs_to_it(services: Services, provider: str) -> None:
    contact = services.contacts.add(provider, "Out of hours", "On call", "01632 960120")
    view = services.providers.view(provider)
    assert [one.name for one in view.settings] == ["Heather Bank", "Larch Nursing Home"]
    assert view.contacts == [contact]
    assert (view.row.weak, view.row.weak_group) == (0, False)


def test_contacts_are_added_changed_and_taken_away(services: Services, provider: str) -> None:
    first = services.contacts.add(provider, "Contract", "Edwin Tallis", "01632 960114")
    second = services.contacts.add(provider, "Nominated", "Maud Ferrier")
    changed = services.contacts.edit(second.id, phone="01632 960115")
    assert services.contacts.list(provider) == [first, changed]
    services.contacts.remove(first.id)
    assert services.contacts.list(provider) == [changed]
    for fields in ({"name": " "}, {"phone": "0" * 41}, {"phone": "ask Kit"}, {"email": "kit"}):
        with pytest.raises(Refused) as refused:
            services.contacts.edit(second.id, **fields)  # type: ignore[arg-type]  # a TypedDict
        assert refused.value.code == Code.BAD_VALUE


def test_several_weak_homes_of_a_group_are_shown(
    services: Services, provider: str, homes: list[str]
) -> None:
    bring(services, lee="lead")
    for home in homes:
        signed_off_visit(services, home, referrals={"value": "not_met", "note": "Two of five."})
    become(services, "lee")
    group = services.groups.add("Moorland Group")
    services.providers.edit(provider, group_id=group.id, key_supplier=True, kind="regional")
    row = services.providers.view(provider).row
    assert (row.weak, row.weak_group, row.group) == (2, True, "Moorland Group")
    assert [(one.name, one.providers) for one in services.groups.list()] == [("Moorland Group", 1)]
    other = services.providers.add("Fell Care Ltd", group_id=group.id)
    assert [one.name for one in other.sisters] == ["Heather Bank", "Larch Nursing Home"]
    assert not other.row.weak_group, "its own settings are not weak"


def test_providers_without_a_group_are_no_group(
    services: Services, provider: str, homes: list[str]
) -> None:
    for home in homes:
        signed_off_visit(services, home, referrals={"value": "not_met", "note": "Two of five."})
    view = services.providers.view(provider)
    assert (view.row.weak, view.row.weak_group) == (2, False)
    assert services.providers.add("Fell Care Ltd").sisters == []


def test_an_officer_adds_a_provider_and_changes_none(services: Services, provider: str) -> None:
    added = services.providers.add("Fell Care Ltd", company_number="07")
    assert [row.name for row in services.providers.list("fell")] == ["Fell Care Ltd"]
    with pytest.raises(NotAllowed):
        services.providers.edit(added.row.id, name="Mine")
    for name, code in (("Fell Care Ltd", Code.ALREADY_THERE), (" ", Code.BAD_VALUE)):
        with pytest.raises(Refused) as refused:
            services.providers.add(name)
        assert refused.value.code == code


def test_groups_have_different_names(services: Services) -> None:
    services.groups.add("Moorland Group")
    with pytest.raises(Refused) as refused:
        services.groups.add(" moorland  group")
    assert refused.value.code == Code.ALREADY_THERE


@pytest.mark.parametrize(
    ("role", "name", "field"), [("Out of hours", " ", "name"), ("", "On call", "role")]
)
def test_a_contact_needs_a_role_and_a_name(
    services: Services, provider: str, role: str, name: str, field: str
) -> None:
    with pytest.raises(Refused, match="A contact needs a role and a name") as refused:
        services.contacts.add(provider, role, name, "01632 960120")
    assert refused.value.field == field
    assert services.contacts.list(provider) == []
