"""Casework at one home of the sample council, so that each of its pages has something to show."""

from __future__ import annotations

from datetime import date, timedelta

from visitapp.demo.council.council import Place
from visitapp.demo.work.device import Device
from visitapp.demo.work.seeding import setting_of
from visitapp.services.concerns.views import NewConcern
from visitapp.services.escalation.opening import Opening

_CONCERNS = (
    (70, "poor_practice", "practitioner", "medicines", "2", "Doses signed and not given"),
    (41, "complaint", "family", "falls", "2", "Nobody told us of two falls"),
    (9, "poor_practice", "partner", "medicines", "3", "Patches not changed on the day"),
)
"""Days ago, kind, source, theme, severity and title; the last one is not decided yet."""
_ACTIONS = (
    ("Count every controlled medicine at each handover", "medicines", 30, "verified"),
    ("Tell families of each fall on the same day", "falls", 20, "done"),
    ("Observe every medicine handler giving one full round", "medicines", 3, "in_progress"),
    ("Six carers by day, three by night", "staffing", -12, "open"),
    ("Supervision of every carer", "training", -40, "open"),
)
"""Title, theme, days since it was due, and how far it is."""


class SampleCasework:
    """The person of the sample does every part of it: there is nobody else."""

    def __init__(self, device: Device, place: Place, today: date) -> None:
        self._services, self._clock = device.services, device.clock
        self._owner, self._setting, self._today = device.owner, setting_of(place), today

    def live(self) -> None:
        """Concerns, a plan, peer support and an intervention, each begun some time ago."""
        for ago, *told in _CONCERNS:
            with self._clock.at(self._ago(ago), 10):
                self._log(*told)
        with self._clock.at(self._ago(60), 10):
            self._plan()
        with self._clock.at(self._ago(45), 10):
            self._escalate()
        with self._clock.at(self._ago(28), 10):
            self._intervene()
        with self._clock.at(self._ago(14), 16):
            self._count(6)
        with self._clock.at(self._ago(2), 16):
            self._count(2)
        self._services.visit_series.plan(self._intervention, 3)

    def _ago(self, days: int) -> date:
        return self._today - timedelta(days=days)

    def _log(self, kind: str, source: str, theme: str, severity: str, title: str) -> None:
        concerns = self._services.concerns
        new = NewConcern(
            setting_id=self._setting,
            kind=kind,
            title=title,
            severity=severity,
            source=source,
            themes=[theme],
        )
        one = concerns.log(new).row.id
        if title != _CONCERNS[-1][-1]:
            concerns.record_reply(one, "The provider answered in writing, with records.")
            concerns.decide(one, "substantiated", "By the records and what was seen.")
            concerns.close(one, "Looked at again at the next visit.")

    def _plan(self) -> None:
        plans, actions = self._services.plans, self._services.actions
        goal = "People get their medicines, and are safe from falls"
        plan = plans.draft(self._setting, goal, self._ago(60), self._ago(-90))
        for title, theme, since, status in _ACTIONS:
            made = actions.add(
                *(None, self._setting, title, self._ago(since)),
                owner="Registered manager",
                theme=theme,
                success_measure="Seen at two visits",
            )
            if status == "verified":
                actions.update(made.id, status="verified", how="visit", note="28 of 28 counts")
            elif status != "open":
                actions.update(made.id, status=status)
        plans.add_found(plan.id)
        plans.agree(plan.id, "The owner")

    def _escalate(self) -> None:
        support = Opening(
            reason="Two concerns about medicines and falls in a month",
            support="The deputy manager of another home",
        )
        self._services.escalations.open(self._setting, "peer_support", support)
        self._services.escalations.note(
            *(self._setting, "peer_support", "meeting", "Both deputies met and agreed on rounds."),
            with_whom="Both deputy managers",
        )

    def _intervene(self) -> None:
        interventions, criteria = self._services.interventions, self._services.exit_criteria
        grounds = interventions.grounds(self._setting)
        one = interventions.refer(self._setting, "Dates of the plan were missed", grounds)
        self._intervention = one.id
        criteria.add(one.id, "Actions of the plan are verified", "plan", 100)
        criteria.add(one.id, "No area is Red", "areas", 0)
        found = criteria.add(
            *(one.id, "Medicine records with gaps", "reading", 5),
            bound="at_most",
            unit="percent",
            times=2,
            how_checked="20 sampled by us",
        )
        self._gaps = found.criteria[-1].id
        # Only a team lead accepts, so the one person is that for a moment.
        self._services.profile.introduce(self._owner.title, "lead")
        interventions.accept(one.id, self._services.me().name)
        self._services.profile.introduce(self._owner.title, self._owner.role)

    def _count(self, gaps: int) -> None:
        self._services.exit_criteria.read(self._gaps, gaps, 20)
