"""The journey of a visit, on an officer's and a team lead's device, through the services."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

from msgspec import Struct

from visitapp.demo.council import pictures
from visitapp.demo.council.answers import Answers
from visitapp.demo.council.council import NAME, Place
from visitapp.demo.council.dice import dice_for
from visitapp.demo.council.story import BEGUN, FINDINGS, findings
from visitapp.demo.summary import ConflictFacts, ImportFacts
from visitapp.demo.work.assessing import HOME_MODEL, TWO_RESULTS, assess, override_one
from visitapp.demo.work.device import Device
from visitapp.demo.work.seeding import HOME_FORM, facts_of
from visitapp.demo.work.visiting import VisitMade, VisitRun
from visitapp.errors import LinkProblem
from visitapp.reports.visit.report import write_visit_report
from visitapp.services.views.sync import ConflictView, SyncReport

LEVELS_FORM = "four-level"
_OWN_RULES = {
    r"(id: red, .*within: )\d+": r"\g<1>2",
    r"first_green_at: approval": "first_green_at: sign_off",
    r"(?m)^paper:$": f"paper:\n  council: {NAME}\n  department: Adult care quality and contracts",
}
APPROVAL = "Agreed. Please bring the safeguarding actions to the provider's meeting on Thursday."


class Offline(Struct, frozen=True, kw_only=True):
    """What the officer did with no network."""

    imported: ImportFacts
    said: str
    visit: VisitMade
    repeat: VisitMade
    draft: VisitMade
    graded: VisitMade
    assessed: str


class Online(Struct, frozen=True, kw_only=True):
    """What happened once the network was back."""

    officer_sync: SyncReport
    lead_sync: SyncReport
    approval_sync: SyncReport
    officer_sees: str
    approved_by: str
    policy: str


class Journey:
    """The officer's and the lead's part, in the order of the issue."""

    def __init__(self, officer: Device, lead: Device, papers: Path) -> None:
        self._officer = officer
        self._lead = lead
        self._papers = papers

    def offline(
        self, public_file: Path, newcomer: Place, known: list[Place], colleague: str
    ) -> Offline:
        """Find and add a setting, visit it, sign off, print; visit a known one; begin a visit to
        the next with a colleague, and assess its risk; visit another on a form with levels."""
        imported = self._find(public_file, newcomer)
        self._officer.services.settings.add(newcomer.location_id)
        again, other, graded_one = known
        visit = self._visit(
            newcomer, 0.97, FINDINGS, purpose="annual", joined_by="Health Protection"
        )
        repeat = self._visit(again, 0.4, {}, purpose="risk_led", announced=False)
        draft = self._begin(other, colleague)
        made = Offline(
            imported=imported,
            said=self._sync_refused(),
            visit=visit,
            repeat=repeat,
            draft=draft,
            graded=self._visit(graded_one, 0.85, {}, LEVELS_FORM, purpose="risk_led"),
            assessed=self._assess(other),
        )
        self._print(visit.visit_id, "visit-report-on-site.pdf")
        self._print(repeat.visit_id, "repeat-visit-report.pdf")
        self._print(draft.visit_id, "draft-report.pdf")
        self._print(made.graded.visit_id, "levels-report.pdf")
        self._print(made.assessed, "risk-report.pdf")
        return made

    def online(self, visit_id: str) -> Online:
        """Send the visit, receive it on the lead's device, approve it, and see the approval."""
        officer, lead = self._officer.services, self._lead.services
        officer_sync = officer.connection.sync()
        lead_sync = lead.connection.sync()
        self._publish_policy()
        lead.reviews.approve(visit_id, APPROVAL, at_once=True)
        lead.connection.sync()
        approval_sync = officer.connection.sync()
        view = officer.visits.view(visit_id)
        self._print(visit_id, "visit-report.pdf")
        return Online(
            officer_sync=officer_sync,
            lead_sync=lead_sync,
            approval_sync=approval_sync,
            officer_sees=view.summary.status,
            approved_by=view.reviews[0].by,
            policy=officer.policies.in_force().version,
        )

    def _publish_policy(self) -> None:
        """Give the council rules of its own, in force from now on: Red settings are visited sooner,
        and the first Green rating stands at once."""
        desk, policies = self._lead.services.desk, self._lead.services.policies
        text = policies.text(policies.in_force().version)
        for old, new in _OWN_RULES.items():
            text = re.sub(old, new, text, count=1)
        today = desk.clock().date()
        text = re.sub(r"(?m)^version: .*", f'version: "{today:%Y.%m.%d}"', text)
        text = re.sub(r"(?m)^in_force_from: .*", f"in_force_from: {today}", text)
        file = self._papers / "policy.yaml"
        file.write_text(text, encoding="utf-8")
        policies.publish(text, file.name)

    def disagree(self, visit_id: str) -> ConflictFacts:
        """Both move the due date of one action before they sync: the clash is kept for a person."""
        officer, lead = self._officer.services, self._lead.services
        action = officer.actions.list(visit_id=visit_id)[-1]
        officer.actions.update(
            action.id,
            due_on=action.due_on + timedelta(days=14),
            reason="The provider asked for more time.",
        )
        lead.actions.update(action.id, due_on=action.due_on - timedelta(days=3))
        lead.connection.sync()
        officer.connection.sync()
        lead.connection.sync()
        return _conflict_facts(officer.conflicts.list())

    def _find(self, public_file: Path, place: Place) -> ImportFacts:
        directory = self._officer.services.directory
        report = directory.import_file(public_file)
        half = place.name.split()[0]
        found = [one for one in directory.search(half) if one.location_id == place.location_id]
        return ImportFacts(
            kind=report.kind,
            rows=report.rows,
            settings=report.settings,
            found_by=half,
            found=found[0].name,
        )

    def _visit(
        self, place: Place, level: float, story: Answers, form: str = HOME_FORM, **details: Any
    ) -> VisitMade:
        run = VisitRun(self._officer, place, form, **details)
        run.answer(_answers(run, place, level, story))
        if "plans_reviewed" in story:
            self._photograph(run.id)
        run.raise_actions()
        run.sign_off()
        return run.made()

    def _begin(self, place: Place, colleague: str) -> VisitMade:
        """A visit in progress with a colleague: the first areas answered, the rest to come."""
        run = VisitRun(self._officer, place, HOME_FORM, purpose="joint", joined_by="")
        whole = _answers(run, place, 0.85, BEGUN)
        begun = {question.id for area in run.form.areas[:5] for question in area.questions}
        run.answer({name: answer for name, answer in whole.items() if name in begun})
        self._photograph(run.id)
        run.raise_actions()
        self._officer.services.joint_visits.join(run.id, colleague)
        return run.made()

    def _photograph(self, visit_id: str) -> None:
        self._officer.services.evidence.add_bytes(
            visit_id,
            "plans_reviewed",
            pictures.review_sheet(),
            pictures.NAME,
            "Review sheet of SU3, last entry in August",
        )

    def _assess(self, place: Place) -> str:
        """One model signed off with an override, another with two results begun; gives the id of
        the first."""
        services = self._officer.services
        dice = dice_for(f"journey risk {place.location_id}")
        assess(services, place, TWO_RESULTS, dice)
        done = override_one(services, assess(services, place, HOME_MODEL, dice))
        return services.risk.sign_off(done.id).id

    def _print(self, visit_id: str, name: str) -> None:
        services = self._officer.services
        write_visit_report(
            services.visits.view(visit_id),
            services.visits.form(visit_id),
            self._papers / name,
            printed_at=services.desk.clock().astimezone(),
            photo=services.evidence.if_here,
        )

    def _sync_refused(self) -> str:
        """What the app says when it is asked to sync with no network."""
        try:
            self._officer.services.connection.sync()
        except LinkProblem as problem:
            return str(problem)
        raise AssertionError("the server answered although it was stopped")


def _answers(run: VisitRun, place: Place, level: float, story: Answers) -> Answers:
    return findings(run.form, facts_of(place), level, f"journey {place.location_id}", story)


def _conflict_facts(conflicts: list[ConflictView]) -> ConflictFacts:
    if not conflicts:
        raise AssertionError("two due dates changed apart did not become a conflict")
    one = conflicts[0]
    return ConflictFacts(
        about=one.about,
        field=one.field,
        server_value=one.server_text,
        other_value=one.other_text,
        open=len(conflicts),
    )
