"""A home that its regulator was about to close, in the manner of the first story of paper 000 ¶7.2:
from Inadequate to Good, by a plan and a visit each month. Everything is invented.

Three people on three laptops, two of them offline between the visits, and a real server.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from tests.journeys.test_story_of_an_intervention import (
    People,
    carried_out,
    holds,
    synced,
    verified,
)
from tests.support.directory.cqc import LARCH, write_cqc
from tests.support.paper.pdfs import read_page
from visitapp.cli.interventions.text import intervention_lines
from visitapp.reports.interventions.closure import save_intervention
from visitapp.services.interventions.next_step import next_step
from visitapp.services.interventions.views import InterventionView
from visitapp.ui.pages.interventions.columns import criterion_columns, figure_columns
from visitapp.ui.pages.interventions.facts import facts_of, held_of, visits_of

VISITS = (
    *(date(2026, 3, 10), date(2026, 4, 14), date(2026, 5, 12), date(2026, 6, 9)),
    *(date(2026, 7, 14), date(2026, 8, 11), date(2026, 9, 8)),
)
"""One each month; the last two look at what was reached."""
ACTIONS = 10
DONE_AT = (2, 2, 3, 2, 1, 0, 0)
"""How many of the actions each visit finds done."""
FOUND = (9, 7, 5, 3, 1, 1, 0)
"""Of twenty care plans, those that did not fit the care seen."""
SHORT = "Care plans that do not fit the care seen"


@pytest.fixture
def people(tmp_path: Path) -> Iterator[People]:
    with ExitStack() as stack:
        yield People(stack, tmp_path)


def test_from_inadequate_to_good_with_a_visit_each_month(people: People, tmp_path: Path) -> None:
    people.clock.move_to(date(2026, 2, 10))
    ann, lee, irena = (people.of(name) for name in ("ann", "lee", "irena"))
    inadequate = LARCH._replace(published="05/29/2025", category="Residential social care")
    ann.directory.import_file(write_cqc(tmp_path / "may.csv", [inadequate]))
    setting = ann.settings.add(LARCH.location_id).setting_id
    ann.regulator_actions.add(setting, "notice_of_proposal", source="Letter of the regulator")
    red = carried_out(ann, setting, referrals={"value": "not_met", "note": "Three of five."})
    plan = ann.plans.draft(setting, "Care is safe", date(2026, 2, 12), date(2026, 9, 30))
    due = date(2026, 3, 1)
    actions = [ann.actions.add(red, None, "Action 1", due, question="referrals").id]
    actions += [ann.actions.add(None, setting, f"Action {n}", due).id for n in range(2, 11)]
    ann.plans.agree(plan.id, "The owner")

    people.clock.move_to(date(2026, 3, 3))
    grounds = ann.interventions.grounds(setting)
    assert "10 of 10 actions are overdue." in grounds
    one = ann.interventions.refer(setting, "The regulator proposes to close it", grounds)
    ann.exit_criteria.add(one.id, "Every action is verified", "plan", 100)
    ann.exit_criteria.add(one.id, "No area is Red", "areas", 0)
    shares = {"bound": "at_most", "unit": "percent", "times": 2}
    ann.exit_criteria.add(one.id, SHORT, "reading", 5, **shares)  # type: ignore[arg-type]  # each its own type
    synced(ann, lee)
    assert [line.id for line in lee.interventions.list(open_only=True)] == [one.id]
    lee.interventions.accept(one.id, "irena", planned_to=date(2026, 9, 30))
    synced(lee, irena, ann)
    assert holds(irena, setting)
    planned = irena.visit_series.plan(one.id, len(VISITS), VISITS[0], weeks=4)
    assert [visit.purpose for visit in planned] == ["intervention"] * len(VISITS)

    # Each works for a month offline, and they meet after each visit.
    reading = next(c.id for c in irena.interventions.view(one.id).criteria if c.text == SHORT)
    waiting = list(actions)
    for day, found, done in zip(VISITS, FOUND, DONE_AT, strict=True):
        people.clock.move_to(day)
        ann.plans.tell(actions[-1], f"Rota of {day:%B} sent")
        if day == VISITS[4]:
            carried_out(ann, setting)
        verified(irena, setting, waiting[:done])
        del waiting[:done]
        irena.exit_criteria.read(reading, found, 20)
        synced(irena, ann, lee)
    assert irena.interventions.view(one.id).planned == []
    people.clock.move_to(date(2026, 9, 9))
    green = next(v for v in lee.visits.list(setting_id=setting) if v.purpose == "annual")
    lee.reviews.approve(green.id, at_once=True)
    good = inadequate._replace(overall="Good", published="07/25/2026")
    ann.regulator_files.import_file(write_cqc(tmp_path / "september.csv", [good]))
    synced(lee, ann, irena)

    # Held from the day on which the last of the criteria came to hold, and closed in December.
    held = irena.interventions.sustain(one.id)
    assert (held.hold_since, held.held_until) == (VISITS[5], date(2026, 12, 9))
    synced(irena, lee)
    people.clock.move_to(date(2026, 11, 20))
    reason = "The regulator withdrew its proposal; 21 people stay in their home"
    lee.interventions.close(one.id, "achieved", "From Inadequate to Good.", reason)
    synced(lee, ann)
    for desk in (ann, lee):
        require_figures(desk.interventions.view(one.id))
    assert [line.result for line in ann.interventions.list(setting)] == ["achieved"]
    (enforced,) = ann.regulator_actions.list(setting)
    assert enforced.kind == "notice_of_proposal"
    require_shown(ann.interventions.view(one.id))
    require_printed(save_intervention(ann, one.id, tmp_path / "report.pdf"))


def require_figures(one: InterventionView) -> None:
    """What each laptop reads from its records."""
    before, after = one.before, one.after
    assert (before.rag, after.rag) == ("red", "green")
    assert (before.regulator, after.regulator) == ("Inadequate", "Good")
    assert after.regulator_on == date(2026, 7, 25)
    assert (before.verified, before.actions) == (0, ACTIONS)
    assert (after.verified, after.percent) == (ACTIONS, 100)
    assert [visit.on for visit in one.visits] == list(VISITS)
    since = {each.text: each.state.since for each in one.criteria}
    assert since == {
        "Every action is verified": VISITS[4],
        "No area is Red": VISITS[4],
        SHORT: VISITS[5],
    }


def require_shown(one: InterventionView) -> None:
    """The same on the page and in the terminal."""
    page = "\n".join((facts_of(one), held_of(one), visits_of(one)))
    for said in (
        "7 visits made",
        "3 of 3 exit criteria hold",
        "Achieved",
        "From Inadequate to Good.",
    ):
        assert said in page, said
    assert next_step(one, date(2026, 11, 20)) == ""
    cells = [
        [column.cell(row).text for column in figure_columns()] for row in (one.before, one.after)
    ]
    assert [row[1:3] + row[4:] for row in cells] == [
        ["Red", "Inadequate", "0 of 10", "0.0"],
        ["Green", "Good", "10 of 10", "0.0"],
    ]
    shares = next(row for row in one.criteria if row.text == SHORT)
    assert [column.cell(shares).text for column in criterion_columns()] == [
        *(SHORT, "9 of 20 (45%)", "0 of 20 (0%)", "At most 5%, 2 times running"),
        "Since 11 Aug 2026",
    ]
    terminal = "\n".join(intervention_lines(one))
    for said in ("3 of 3 exit criteria hold.", "7 visits made, 0 planned.", "10 of 10 verified"):
        assert said in terminal, said


def require_printed(paper: Path) -> None:
    """The same on paper."""
    with pypdfium2.PdfDocument(paper) as pdf:
        text = " ".join(read_page(pdf, n) for n in range(len(pdf)))
    for said in (
        *("7 intervention visits, from 10 Mar 2026 to 8 Sep 2026.", "Achieved", "Inadequate"),
        *("Good, 25 Jul 2026", "The improvement plan has 10 actions; 10 verified."),
        *("0 of 10 (0%)", "10 of 10 (100%)", "9 of 20 (45%)", "From Inadequate to Good."),
    ):
        assert said in text, said
