"""A home in intervention, in the manner of paper 000 ¶7.2: an 18-point plan, 14 visits, from Red to
Green. Three people on three laptops, two of them offline for weeks, and a real server.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from forms.catalogue.catalogue import shipped
from forms.tailored.build import VERIFIED, question_of
from tests.support.desk.desks import Clock, open_desk
from tests.support.desk.keyrings import MemoryKeyring
from tests.support.directory.cqc import HEATHER, write_cqc
from tests.support.forms.answers import best_answers
from tests.support.paper.pdfs import read_page
from tests.support.terminal.commands import Council
from visitapp.errors import Refused
from visitapp.reports.interventions.closure import save_intervention
from visitapp.services.services import Services

FORM, BUILT = "residential-quality", "intervention-visit"
FIRST = date(2026, 1, 6)
VISITS, ACTIONS = 14, 18


class People:
    """A served council, and a laptop for each of its people."""

    def __init__(self, stack: ExitStack, folder: Path) -> None:
        self._stack, self._folder, self.clock = stack, folder, Clock()
        self.clock.move_to(date(2025, 11, 25))
        council = Council(f"sqlite:///{(folder / 'server.db').as_posix()}")
        for name, role, team in (
            *(("ann", "officer", "East"), ("lee", "lead", "East")),
            ("irena", "intervention", "West"),
        ):
            council.add_user(name, role, team)
        self._address = stack.enter_context(council.serving())

    def of(self, name: str) -> Services:
        """A laptop, signed in and synced."""
        desk = self._stack.enter_context(
            open_desk(self._folder / name, self.clock, MemoryKeyring())
        )
        desk.connection.connect(self._address, name, name)
        desk.connection.sync()
        return desk


@pytest.fixture
def people(tmp_path: Path) -> Iterator[People]:
    with ExitStack() as stack:
        yield People(stack, tmp_path)


def carried_out(desk: Services, setting: str, **worse: dict[str, Any]) -> str:
    """A quality visit today, signed off with the best answers but for these."""
    visit = desk.visits.start(setting, FORM).id
    desk.visits.answer_all(visit, {**best_answers(shipped().form(FORM)), **worse})
    desk.visits.sign_off(visit)
    return visit


def verified(desk: Services, setting: str, actions: list[str]) -> list[str]:
    """An intervention visit today that asks about these actions and finds them done; the areas that
    it carried."""
    visit = desk.visits.start(setting, BUILT, "intervention", about=actions).id
    form = desk.visits.form(visit)
    best = {q: {**answer, "note": "Seen."} for q, answer in best_answers(form).items()}
    done = {question_of(one): {"value": VERIFIED, "note": "Seen."} for one in actions}
    desk.visits.answer_all(visit, {**best, **done})
    desk.visits.sign_off(visit)
    return [area.id for area in form.areas]


def synced(*desks: Services) -> None:
    for desk in desks:
        assert desk.connection.sync().refused == []


def holds(desk: Services, setting: str) -> bool:
    return setting in {row.setting_id for row in desk.portfolio.rows()}


def test_from_red_to_green_with_eighteen_actions_and_fourteen_visits(
    people: People, tmp_path: Path
) -> None:
    ann, lee, irena = (people.of(name) for name in ("ann", "lee", "irena"))
    ann.directory.import_file(write_cqc(tmp_path / "places.csv"))
    setting = ann.settings.add(HEATHER.location_id).setting_id
    carried_out(ann, setting, referrals={"value": "not_met", "note": "Two of five."})
    ann.plans.draft(setting, "Care is safe", date(2025, 11, 25), date(2026, 9, 30))
    due = date(2025, 12, 10)
    actions = [ann.actions.add(None, setting, f"Action {n}", due).id for n in range(1, 19)]

    # The dates pass, which is the evidence. Irena sees nothing until the lead accepts.
    people.clock.move_to(date(2025, 12, 15))
    grounds = ann.interventions.grounds(setting)
    assert "Rated Red on 25 Nov 2025." in grounds
    assert "18 of 18 actions are overdue." in grounds
    one = ann.interventions.refer(setting, "Nothing was done in time", grounds)
    ann.exit_criteria.add(one.id, "Every action is verified", "plan", 100)
    gaps = {"bound": "at_most", "unit": "percent", "times": 2}
    ann.exit_criteria.add(one.id, "Medicine records with gaps", "reading", 5, **gaps)  # type: ignore[arg-type]  # each its own type
    synced(ann, lee, irena)
    assert not holds(irena, setting)
    with pytest.raises(Refused):
        ann.interventions.accept(one.id, "irena")
    people.clock.move_to(date(2025, 12, 17))
    days = {"starts_on": date(2026, 1, 5), "planned_to": date(2026, 7, 5)}
    lee.interventions.accept(one.id, "irena", **days)  # type: ignore[arg-type]  # each its own type
    synced(lee, irena, ann)
    assert holds(irena, setting)
    assert holds(ann, setting)

    # Fourteen visits, a fortnight apart; both work offline and meet at every fourth.
    reading = next(
        each.id for each in irena.interventions.view(one.id).criteria if each.measure == "reading"
    )
    for number in range(VISITS):
        people.clock.move_to(FIRST + timedelta(weeks=2 * number))
        mine = actions[ACTIONS * number // VISITS : ACTIONS * (number + 1) // VISITS]
        areas = verified(irena, setting, mine)
        assert ("safeguarding" in areas) is (number < 2), "carried until it was Green twice"
        ann.plans.tell(actions[-1], f"Week {number}: rota sent")
        if number in (2, 12, 13):
            irena.exit_criteria.read(reading, {2: 6, 12: 1, 13: 1}[number], 20)
        if number % 4 == 3:
            synced(irena, ann, lee)
    synced(irena, ann, lee, irena)
    assert len(ann.plans.history(actions[-1])) > VISITS

    # Held, rated and approved, and closed three months later.
    last = FIRST + timedelta(weeks=2 * (VISITS - 1))
    found = irena.interventions.sustain(one.id)
    assert (found.holding, found.sustained_from) == (2, last)
    green = carried_out(ann, setting)
    synced(irena, ann, lee)
    lee.reviews.approve(green, at_once=True)
    people.clock.move_to(last + timedelta(days=95))
    lee.interventions.close(one.id, "achieved", "From Red to Green; people stayed at home.")
    synced(lee, ann)
    # It was all that Irena had, so her laptop asks before it goes.
    with pytest.raises(Refused, match="would remove"):
        irena.connection.sync()
    irena.connection.sync(confirm_removal=lambda going, total: going <= total)
    assert not holds(irena, setting)
    assert holds(ann, setting)

    # Every number is the same on each laptop and on paper.
    views = [desk.interventions.view(one.id) for desk in (ann, lee)]
    for view in views:
        assert (view.before.rag, view.after.rag) == ("red", "green")
        assert (view.before.percent, view.after.percent) == (0, 100)
        assert (view.after.verified, view.after.actions) == (ACTIONS, ACTIONS)
        assert [visit.number for visit in view.visits] == list(range(1, VISITS + 1))
    assert views[0].criteria == views[1].criteria
    out = save_intervention(ann, one.id, tmp_path / "report.pdf")
    with pypdfium2.PdfDocument(out) as pdf:
        text = " ".join(read_page(pdf, n) for n in range(len(pdf)))
    for said in (
        *("14 intervention visits", "18 of 18 (100%)", "0 of 18 (0%)", "Achieved"),
        *("The improvement plan has 18 actions; 18 verified.", "6 of 20 (30%)", "1 of 20 (5%)"),
    ):
        assert said in text, said
