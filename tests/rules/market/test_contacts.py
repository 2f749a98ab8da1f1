"""What a contact of a provider must say."""

from __future__ import annotations

import pytest

from visitapp.rules.market.contacts import contact_fault


@pytest.mark.parametrize(
    ("text", "said"),
    [("On call", None), ("", "needs a role and a name"), (" ", "needs a role and a name")],
)
def test_a_contact_has_a_role_and_a_name(text: str, said: str | None) -> None:
    fault = contact_fault(text)
    assert fault is None if said is None else said in str(fault)
