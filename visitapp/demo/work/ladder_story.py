"""The ladder, the first event and the placement positions of the story of a plan."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from visitapp.demo.council.plan_story import AGREED, MET, REVIEWS
from visitapp.demo.work.timeline import Cast, Timeline
from visitapp.services.escalation.opening import Opening

CONDITION = "Two admissions a month, and nobody at risk of pressure damage"
_WARNED, _CLOSED, _OPENED = date(2025, 11, 7), date(2025, 11, 26), date(2026, 6, 17)
_REVIEW = timedelta(days=28)

PEER = Opening(
    reason="Three medicine concerns in eight weeks",
    support="The deputy manager of a home of the same provider",
)
SUSPENSION = Opening(
    reason="A fracture on the stairs, and doses that were signed and not given",
    clause="14.2",
    skip_reason="People are at risk now: the lower steps would take weeks",
)
MEETING = Opening(reason="The owner explains what changes, and by when", clause="14.1")
PLAN = Opening(reason="A plan of 18 actions is agreed")
DEFAULT = Opening(
    reason="Nobody was registered as manager on 16 January, the second date that was agreed",
    clause="14.3",
    remedy="A registered manager in post",
)


class LadderStory:
    """Five steps opened: peer support, a suspension past three others, the strategy meeting and
    the plan under it, and a default notice that was remedied."""

    def __init__(self, timeline: Timeline, cast: Cast, setting: str) -> None:
        self._timeline, self._cast, self._setting = timeline, cast, setting

    def tell(self) -> None:
        """Put its events into the timeline."""
        self._positions()
        self._steps()
        self._reviews()

    def _positions(self) -> None:
        on, lead, manager = self._timeline.on, self._cast.lead, self._cast.manager
        placements, setting, moved = lead.services.placements, self._setting, self._timeline.moved
        on(date(2025, 3, 12), 11, lead, lambda: placements.decide(setting, "open", "Green"))
        on(
            date(2025, 11, 6),
            11,
            self._cast.officer,
            lambda: self._cast.officer.services.events.record(
                *(setting, "safeguarding", "A double dose, the third medicine concern"),
                rag="amber",
                reason="Three concerns about medicines in 59 days",
            ),
        )
        on(
            _WARNED,
            11,
            lead,
            lambda: placements.decide(
                *(setting, "conditional", "Medicines are not safe yet"),
                condition="Nobody who needs medicines at night",
                review_on=moved(date(2025, 12, 5)),
            ),
        )
        on(
            date(2026, 9, 15),
            11,
            manager,
            lambda: manager.services.placements.decide(
                setting, "open", "Green, and held for three months"
            ),
        )

    def _steps(self) -> None:
        officer, lead, manager = self._cast.officer, self._cast.lead, self._cast.manager
        ladders = {id(one): one.services.escalations for one in (officer, lead, manager)}
        setting, on = self._setting, self._timeline.on
        for day, device, rung, opening in (
            (date(2025, 11, 12), officer, "peer_support", PEER),
            (_CLOSED, manager, "suspension", SUSPENSION),
            (date(2025, 12, 3), lead, "strategy_meeting", MEETING),
            (AGREED, officer, "improvement_plan", PLAN),
            (date(2026, 1, 19), manager, "default_notice", DEFAULT),
        ):
            ladder = ladders[id(device)]
            on(day, 17, device, partial(ladder.open, setting, rung, opening))
        for day, device, rung, outcome, reason in (
            (date(2025, 11, 25), officer, "peer_support", "not_met", "The visit found it Red"),
            (date(2025, 12, 10), lead, "strategy_meeting", "met", "Owner and council agreed"),
            (date(2026, 2, 4), manager, "default_notice", "met", "A manager is in post"),
            (MET, officer, "improvement_plan", "met", "All 18 actions are verified"),
        ):
            ladder = ladders[id(device)]
            on(
                *(day, 18, device),
                partial(ladder.end, setting, rung, outcome, reason),
            )
        on(
            *(_OPENED, 17, manager),
            lambda: manager.services.escalations.end(
                *(setting, "suspension", "met", "Held at two visits four weeks apart"),
                position="conditional",
                condition=CONDITION,
            ),
        )
        down = lead.services.escalations.stand_down
        on(date(2026, 9, 16), 11, lead, lambda: down(setting, "Green, and open again"))

    def _reviews(self) -> None:
        manager, moved = self._cast.manager, self._timeline.moved
        review = partial(
            manager.services.escalations.review,
            *(self._setting, "suspension", "Nights are not safe yet"),
        )
        for day in REVIEWS:
            self._timeline.on(day, 11, manager, partial(review, review_on=moved(day + _REVIEW)))
