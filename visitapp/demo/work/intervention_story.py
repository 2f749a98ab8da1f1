"""The intervention of the story of a plan: from the referral to its closing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from visitapp.demo.council.plan_story import FALLS, GAPS, LAST, MANAGER, TRAINED, VISITS
from visitapp.demo.work.timeline import Cast, Timeline

_REFERRED, _ACCEPTED, _HELD = date(2025, 12, 15), date(2025, 12, 17), date(2026, 6, 30)
_STARTS, _PLANNED_TO = date(2026, 1, 5), date(2026, 7, 5)
GAPS_TEXT, FALLS_TEXT, TRAINED_TEXT = (
    "Medicine records with gaps",
    "Falls with injury in a month",
    "Carers trained in moving and handling",
)
RESULT = (
    "All 18 actions verified and held for three months. People stayed in their home, and the "
    "regulator rated it Good."
)


class InterventionStory:
    """The contract officer refers, the lead accepts and closes, the intervention officer visits."""

    def __init__(self, timeline: Timeline, cast: Cast, setting: str) -> None:
        self._timeline, self._cast, self._setting = timeline, cast, setting
        self.id = ""
        self._criteria: dict[str, str] = {}

    def tell(self) -> None:
        """Put its events into the timeline."""
        on, officer, lead, visitor = (
            *(self._timeline.on, self._cast.officer),
            *(self._cast.lead, self._cast.visitor),
        )
        on(_REFERRED, 15, officer, self._refer)
        on(_ACCEPTED, 15, lead, self._accept)
        on(MANAGER[1], 16, officer, self._note_manager)
        for number, counted in GAPS:
            self._read(VISITS[number - 1], GAPS_TEXT, counted, 20)
        for number, counted in TRAINED:
            self._read(VISITS[number - 1], TRAINED_TEXT, counted, 44)
        for day, counted in FALLS:
            self._read(day, FALLS_TEXT, counted)
        on(_HELD, 11, lead, self._extend)
        on(_HELD, 18, visitor, lambda: visitor.services.interventions.sustain(self.id))
        on(LAST, 15, lead, self._close)

    def _refer(self) -> None:
        services = self._cast.officer.services
        why = "Dates of the plan passed, and the home is Red and closed to new people."
        grounds = services.interventions.grounds(self._setting)
        self.id = services.interventions.refer(self._setting, why, grounds).id
        add = services.exit_criteria.add
        add(self.id, "Actions of the plan are verified", "plan", 100)
        gaps = {"bound": "at_most", "unit": "percent", "times": 2}
        add(self.id, GAPS_TEXT, "reading", 5, how_checked="20 sampled by us", **gaps)  # type: ignore[arg-type]  # each its own type
        add(self.id, FALLS_TEXT, "reading", 1, bound="at_most", times=3)
        add(self.id, TRAINED_TEXT, "reading", 90, unit="percent", how_checked="All 44")
        add(self.id, "The same manager stays", "manager", 3)
        add(self.id, "No grave concern", "concerns", 90)
        view = services.interventions.view(self.id)
        self._criteria = {one.text: one.id for one in view.criteria}

    def _accept(self) -> None:
        moved = self._timeline.moved
        self._cast.lead.services.interventions.accept(
            self.id,
            self._cast.visitor.owner.name,
            starts_on=moved(_STARTS),
            planned_to=moved(_PLANNED_TO),
            sustain_months=3,
        )

    def _note_manager(self) -> None:
        name, since = MANAGER
        self._cast.officer.services.setting_facts.add(
            self._setting,
            "manager",
            name,
            "Letter of the owner",
            starts_on=self._timeline.moved(since),
        )

    def _read(self, day: date, text: str, counted: int, of: int | None = None) -> None:
        visitor = self._cast.visitor
        self._timeline.on(day, 16, visitor, self._reading(text, counted, of))

    def _reading(self, text: str, counted: int, of: int | None) -> Callable[[], object]:
        read = self._cast.visitor.services.exit_criteria.read
        return lambda: read(self._criteria[text], counted, of)

    def _extend(self) -> None:
        ends = self._timeline.moved(LAST)
        self._cast.lead.services.interventions.change(
            self.id, "Results are to be held for three months", planned_to=ends
        )

    def _close(self) -> None:
        self._cast.lead.services.interventions.close(self.id, "achieved", RESULT)
