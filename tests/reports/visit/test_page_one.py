"""Page 1 is what a provider keeps: outcome, summary, actions, signatures, reply, receipt."""

from __future__ import annotations

import base64

import pytest
from msgspec.structs import replace

from forms.model import Form
from tests.support.paper.visit_views import (
    COUNCIL,
    NOT_MET,
    TOLD,
    Print,
    full_view,
    make_view,
)


def test_it_has_all_that_a_provider_needs_in_order(form: Form, print_pages: Print) -> None:
    first = print_pages(full_view(form))[0]
    said = [
        "Quillmarsh County Council Adult care",
        "Visit report",
        "Tansywick Lodge",
        "Outcome",
        "Red",
        "Summary",
        "People were well looked after by day",
        "Good practice: 2.2 Are staff kind",
        f"Told to the manager: {TOLD}",
        "What must be done: 6 actions",
        "Count evening packs each day, round 0",
        "Signed",
        "Asha Verrin, for the council",
        "Jonet Sallow, for the provider",
        "Signing is not agreeing.",
        "Your right to reply.",
        "by Sunday 6 December 2026",
        "Receipt ",
    ]
    places = [first.find(text) for text in said]
    assert -1 not in places, [text for text, at in zip(said, places, strict=True) if at < 0]
    assert places == sorted(places)


def test_more_actions_than_fit_are_counted_and_listed_below(form: Form, print_pages: Print) -> None:
    first, *rest = print_pages(full_view(form, actions=12))
    assert "What must be done: 12 actions" in first
    assert "and 6 more, listed below" in first
    assert "Your right to reply." in first
    assert "round 11" in " ".join(rest)


def test_who_has_not_signed_can_sign_in_ink(form: Form, print_pages: Print) -> None:
    first = print_pages(make_view(form, NOT_MET))[0]
    assert "Irena Kowalczewska, for the council 22 November 2026 at 14:31" in first
    assert "For the provider: name, signature and day" in first
    assert "Summary" not in first
    assert "Nothing must be done after this visit." in first


@pytest.mark.parametrize("status", ["draft", "returned"])
def test_a_draft_is_signed_by_nobody(form: Form, print_pages: Print, status: str) -> None:
    view = replace(full_view(form), summary=make_view(form, NOT_MET, status=status).summary)
    text = " ".join(print_pages(view))
    assert "Asha Verrin" not in text
    assert "Your right to reply." not in text


@pytest.mark.parametrize("bad", ["not base64!", base64.b64encode(b"no picture").decode(), "AAAA"])
def test_a_logo_that_cannot_be_read_is_left_out(form: Form, print_pages: Print, bad: str) -> None:
    view = make_view(form, NOT_MET, paper=replace(COUNCIL, logo=bad))
    assert "Quillmarsh County Council" in print_pages(view)[0]
