"""A contract review says which contract it rates: the setting's own unless another is named."""

from __future__ import annotations

import pytest

from tests.support.desk.colleagues import bring_contracts
from tests.support.desk.desks import FORM
from visitapp.errors import Code, Refused
from visitapp.records import Visit
from visitapp.services.services import Services

REVIEW = "contract-review"


def rated(services: Services, visit_id: str) -> str | None:
    with services.desk.reading() as session:
        return session.get_one(Visit, visit_id).contract_id


def test_the_settings_own_contract_is_rated_unless_another_is_named(
    services: Services, homes: list[str]
) -> None:
    first, second = bring_contracts(services, homes[0], "C-1", "C-2", own="C-2")
    assert [one.id for one in services.visits.contracts(homes[0], REVIEW)] == [second, first]
    started = services.visits.start(homes[0], REVIEW)
    assert rated(services, started.id) == second
    for named in ("C-1", first):
        other = services.visits.start(homes[0], REVIEW, contract=named)
        assert rated(services, other.id) == first


def test_the_only_contract_of_the_provider_is_rated(services: Services, homes: list[str]) -> None:
    (only,) = bring_contracts(services, homes[0], "C-1")
    assert rated(services, services.visits.start(homes[0], REVIEW).id) == only


def test_a_review_without_a_contract_rates_none(services: Services, homes: list[str]) -> None:
    assert services.visits.contracts(homes[0], REVIEW) == []
    assert rated(services, services.visits.start(homes[0], REVIEW).id) is None


def test_one_of_several_contracts_must_be_named(services: Services, homes: list[str]) -> None:
    bring_contracts(services, homes[0], "C-1", "C-2")
    with pytest.raises(Refused, match="C-1, C-2") as refused:
        services.visits.start(homes[0], REVIEW)
    assert refused.value.code == Code.BAD_VALUE


def test_a_contract_that_is_not_the_providers_is_refused(
    services: Services, homes: list[str]
) -> None:
    bring_contracts(services, homes[0], "C-1", own="C-1")
    with pytest.raises(Refused, match="“C-9” is not a contract of Heather Bank"):
        services.visits.start(homes[0], REVIEW, contract="C-9")


def test_a_form_that_rates_no_contract_takes_none(services: Services, homes: list[str]) -> None:
    bring_contracts(services, homes[0], "C-1", own="C-1")
    assert services.visits.contracts(homes[0], FORM) == []
    assert rated(services, services.visits.start(homes[0], FORM).id) is None
    with pytest.raises(Refused, match="does not rate a contract"):
        services.visits.start(homes[0], FORM, contract="C-1")
