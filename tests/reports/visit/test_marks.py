"""Answers confirmed unchanged are printed with their day and counted; good practice is named."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from forms.model import Form
from tests.support.paper.visit_views import NOT_MET, Print, make_view


def test_the_day_and_the_count_are_printed(print_pages: Print, form: Form) -> None:
    view = make_view(form, NOT_MET)
    marked = replace(view.answers["kind"], confirmed_from=date(2026, 6, 12), good_practice=True)
    text = " ".join(print_pages(replace(view, answers={**view.answers, "kind": marked})))
    assert "Confirmed unchanged since 12 Jun 2026." in text
    assert "1 answer was found as it was on 12 June 2026: " in text
    assert "Good practice." in text
