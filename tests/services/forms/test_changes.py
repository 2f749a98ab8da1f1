"""Which signed-off visits a newer version of their form would rate differently."""

from __future__ import annotations

from forms.catalogue.read import read_form
from forms.model import Form
from tests.support.desk.desks import FORM, signed_off_visit
from tests.support.forms.versions import newer_text
from visitapp.records import Visit
from visitapp.services.services import Services

FINDING = {"value": "partly", "note": "Two of five went after a day."}


def newer(*changes: tuple[str, str]) -> Form:
    return read_form(newer_text(FORM, *changes), "newer.yaml")


def test_a_version_with_other_words_rates_every_visit_alike(
    services: Services, homes: list[str]
) -> None:
    signed_off_visit(services, homes[0], referrals=FINDING)
    services.visits.start(homes[0], FORM)
    old = services.desk.library.form(FORM)
    compared = services.form_changes.compare(old, newer(("title:", "title: New,")))
    assert (compared.looked_at, compared.different) == (1, [])


def test_visits_that_would_be_rated_differently_are_named(
    services: Services, homes: list[str]
) -> None:
    plain = signed_off_visit(services, homes[0])
    found = signed_off_visit(services, homes[1], referrals=FINDING)
    old = services.desk.library.form(FORM)
    stricter = newer(("label: Partly met, score: 0.5", "label: Partly met, score: 0"))
    compared = services.form_changes.compare(old, stricter)
    assert compared.looked_at == 2
    (one,) = compared.different
    assert (one.visit_id, one.setting) == (found.summary.id, found.summary.setting)
    assert one.before.percent == found.outcome.percent
    assert one.before.percent is not None
    assert one.after.percent is not None
    assert one.points == one.after.percent - one.before.percent
    assert one.points < 0
    assert plain.outcome.percent == 100
    with services.desk.reading() as session:
        assert session.get_one(Visit, found.summary.id).outcome["percent"] == one.before.percent


def test_an_area_that_alone_would_differ_is_named(services: Services, homes: list[str]) -> None:
    """The overall is Red for the missed referrals, whatever the bands say of an area."""
    missed = {"value": "not_met", "note": "Two referrals went late."}
    partly = {"value": "partly", "note": "Two people were not greeted."}
    visit = signed_off_visit(services, homes[0], referrals=missed, dignity=partly)
    old = services.desk.library.form(FORM)
    before = next(area for area in visit.outcome.areas if area.id == "personalisation")
    assert (before.rag, visit.outcome.overall) == ("green", "red")
    stricter = newer(("rag: green, from: 80", "rag: green, from: 99"))
    (one,) = services.form_changes.compare(old, stricter).different
    assert one.before == one.after
    assert ("Personalisation", "Green", "Amber") in [
        (part.title, part.before, part.after) for part in one.parts
    ]


def test_visits_on_other_versions_are_not_looked_at(services: Services, homes: list[str]) -> None:
    signed_off_visit(services, homes[0])
    later = newer()
    assert services.form_changes.compare(later, later).looked_at == 0
