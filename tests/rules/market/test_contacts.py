"""What a contact of a provider must say."""

from __future__ import annotations

import pytest

from visitapp.rules.market.contacts import contact_fault, email_fault, phone_fault


@pytest.mark.parametrize(
    ("text", "said"),
    [("On call", None), ("", "needs a role and a name"), (" ", "needs a role and a name")],
)
def test_a_contact_has_a_role_and_a_name(text: str, said: str | None) -> None:
    fault = contact_fault(text)
    assert fault is None if said is None else said in str(fault)


@pytest.mark.parametrize(
    ("phone", "good"),
    [
        *(("", True), ("111", True), ("01522 552222", True), ("+44 (0)1522 552222 ext 12", True)),
        *(("ask Kit", False), ("12", False), ("01522 552222 or ask", False)),
    ],
)
def test_a_telephone_number_has_digits_alone_but_for_an_extension(phone: str, good: bool) -> None:
    assert (phone_fault(phone) is None) == good


@pytest.mark.parametrize(
    ("email", "good"),
    [("", True), ("on-call@larch.example", True), ("on call", False), ("on@call", False)],
)
def test_an_e_mail_address_has_a_name_and_a_domain(email: str, good: bool) -> None:
    assert (email_fault(email) is None) == good
