"""What several colleagues do at one home, lived in the order of its days on their laptops."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from msgspec import Struct

from forms.tailored.build import VERIFIED, question_of
from visitapp.demo.council.answers import Answers
from visitapp.demo.council.council import Place
from visitapp.demo.council.story import FINDINGS, findings
from visitapp.demo.work.device import Device
from visitapp.demo.work.seeding import HOME_FORM, complete, facts_of, setting_of

RED: Answers = {"referrals": FINDINGS["referrals"]}
"""One answer that alone makes a quality visit Red."""


class Cast(Struct, frozen=True):
    """The laptops of the contract officer, the team lead, the senior manager and the intervention
    officer; the lead stands in for one that the council does not have."""

    officer: Device
    lead: Device
    manager: Device
    visitor: Device


class _Event(Struct, frozen=True):
    day: date
    hour: int
    device: Device
    do: Callable[[], object]


class Timeline:
    """Events of a story whose days are moved by `shift`. Whoever goes on first receives what the
    one before did: each of them sees what the others sent."""

    def __init__(self, cast: Cast, shift: timedelta) -> None:
        self._cast, self._shift = cast, shift
        self._events: list[_Event] = []

    def on(self, day: date, hour: int, device: Device, do: Callable[[], object]) -> None:
        """Something that somebody does on a day of the story."""
        self._events.append(_Event(day, hour, device, do))

    def moved(self, day: date) -> date:
        """The day on which something of the story takes place."""
        return day + self._shift

    def live(self) -> None:
        """Live it; at the end everybody has everything."""
        last = self._cast.officer
        for event in sorted(self._events, key=lambda one: (one.day, one.hour)):
            if event.device is not last:
                for device in (last, event.device):
                    device.sync_whole(may_remove=True)
                last = event.device
            with event.device.clock.at(self.moved(event.day), event.hour):
                event.do()
        cast = self._cast
        for device in (last, cast.officer, cast.lead, cast.manager, cast.visitor):
            device.sync_whole(may_remove=True)


class Visiting:
    """Visits to the home of a story."""

    def __init__(self, timeline: Timeline, place: Place) -> None:
        self._timeline, self._place = timeline, place
        self.made: dict[str, str] = {}
        """The visits, by their names in the story."""

    def on(
        self,
        day: date,
        device: Device,
        name: str,
        *,
        form: str = HOME_FORM,
        purpose: str = "annual",
        level: float = 1.0,
        story: Answers | None = None,
        about: Callable[[], Sequence[str]] | None = None,
    ) -> None:
        """A visit that is answered at this level but for `story`, and signed off in the afternoon.
        `about`: the actions that an intervention visit looks at, and finds done."""

        def carry_out() -> None:
            visits, asked = device.services.visits, about() if about else None
            started = visits.start(setting_of(self._place), form, purpose, about=asked)
            built = visits.form(started.id)
            facts = facts_of(self._place)
            answers = findings(built, facts, level, f"{self._place.name} {name}", story) | {
                question_of(one): {"value": VERIFIED, "note": "Seen at the visit."}
                for one in asked or ()
            }
            whole, seen = complete(built, answers, facts)
            visits.answer_all(started.id, whole)
            for question, kind in seen:
                visits.add_evidence(started.id, question, kind, "Seen on the day")
            visits.sign_off(started.id)
            self.made[name] = started.id

        self._timeline.on(day, 13, device, carry_out)

    def approved_on(self, day: date, device: Device, *names: str) -> None:
        """The lead approves visits of others."""

        def approve() -> None:
            for name in names:
                device.services.reviews.approve(self.made[name], at_once=True)

        self._timeline.on(day, 10, device, approve)
