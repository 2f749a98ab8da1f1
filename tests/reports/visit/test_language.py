"""The report speaks the language of the program: in the pseudo-language only data stay."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
import yaml

from forms.model import Form
from tests.support.language.pseudo import left_in_english
from tests.support.paper.visit_views import (
    FORM,
    NOT_MET,
    PREVIOUS_VISIT,
    Print,
    make_action,
    make_evidence,
    make_last,
    make_review,
    make_view,
)
from visitapp.language import PSEUDO, SOURCE, choose_language


@pytest.fixture(autouse=True)
def pseudo_language() -> Iterator[None]:
    choose_language(PSEUDO)
    yield
    choose_language(SOURCE)


def strings(value: Any) -> Iterator[str]:
    """Every text in a view or a form."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from strings(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from strings(one)


@pytest.mark.parametrize("status", ["signed_off", "draft", "returned"])
def test_every_text_of_a_report_is_in_the_catalogue(
    form: Form, print_pages: Print, status: str
) -> None:
    last = {
        "kind": make_last("kind", {"value": "partly", "note": "Hurried."}, "Partly met", 2),
        "referrals": make_last("referrals", {"value": "partly"}, "Partly met", 2),
    }
    view = make_view(
        form,
        NOT_MET,
        status=status,
        previous_visit_on=PREVIOUS_VISIT,
        last_time=last,
        actions=[make_action(detail="By letter.", overdue_days=3)],
        evidence=[make_evidence("kind", "Rota of May")],
        reviews=[make_review()],
        warnings=["Met twice"],
    )
    pages = " ".join(print_pages(view))
    data = [*strings(msgspec.to_builtins(view)), *strings(yaml.safe_load(FORM)), form.digest]
    assert left_in_english(pages, data) == ""
