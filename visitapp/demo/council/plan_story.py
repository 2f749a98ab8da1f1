"""One improvement plan from its findings to its end, with the concerns that led to it: invented.

Days are those of the story, and are shifted by whole weeks so that it ended lately.
"""

from __future__ import annotations

from datetime import date, timedelta

from msgspec import Struct

from visitapp.demo.council.cases import FIRM
from visitapp.demo.council.council import Council, Place

HOME = "Pellowick Gables"
GOAL = "People are safe from falls and get their medicines, with enough carers who know them"
PEOPLE = "Nominated individual; registered manager from 16 February"
RAISED, STARTS, AGREED, ENDS, MET = (
    *(date(2025, 11, 25), date(2025, 12, 3), date(2025, 12, 18)),
    *(date(2026, 6, 12), date(2026, 6, 9)),
)
ADDED = date(2025, 3, 5)
LAST = date(2026, 9, 30)
"""The end of the story."""

VISITS = (
    *(date(2026, 1, 6), date(2026, 1, 20), date(2026, 2, 3), date(2026, 2, 17)),
    *(date(2026, 3, 3), date(2026, 3, 17), date(2026, 3, 31), date(2026, 4, 14)),
    *(date(2026, 4, 28), date(2026, 5, 12), date(2026, 6, 9)),
    *(date(2026, 7, 7), date(2026, 8, 4), date(2026, 9, 1)),
)
"""The intervention visits, V1 to V14. At the last three nothing was left to be verified."""

NOW_DUE, SOON, LATER, LAST_DUE = (
    *(date(2025, 11, 26), date(2025, 12, 2), date(2026, 1, 15), date(2026, 3, 12)),
)


class PlannedAction(Struct, frozen=True):
    """An action of the story. `moves`: the day on which its date was moved, and to when;
    `verified`: the number of the visit, 0 for the desk check."""

    title: str
    measure: str
    theme: str
    priority: str
    due: date
    done: date
    verified: int
    moves: tuple[tuple[date, date], ...] = ()
    target: int | None = None


DESK_CHECK = date(2025, 11, 28)
_FIRST, _SECOND, _THIRD, _FOURTH = (
    *(date(2025, 12, 2), date(2026, 1, 15), date(2026, 1, 19), date(2026, 3, 12)),
)

ACTIONS = (
    PlannedAction(
        "Move the six people at risk to rooms near the night station",
        "Six of six moved, with their agreement recorded",
        *("falls", "immediate", NOW_DUE, date(2025, 11, 26), 0),
        target=6,
    ),
    PlannedAction(
        "Take the carer who signed unseen doses off medicines rounds",
        "Rota shows no round with that initial",
        *("medicines", "immediate", NOW_DUE, date(2025, 11, 26), 0),
    ),
    PlannedAction(
        "A second carer on the top floor at night",
        "Three by night on each rota and at each visit",
        *("staffing", "immediate", NOW_DUE, date(2025, 11, 26), 1),
    ),
    PlannedAction(
        "Count every controlled medicine at each handover",
        "28 of 28 counts signed by two people",
        *("medicines", "high", SOON, date(2025, 12, 1), 1),
        target=28,
    ),
    PlannedAction(
        "Observe every medicine handler giving one full round",
        "14 of 14 observed; the pharmacist signs",
        *("medicines", "high", SOON, date(2026, 1, 12), 2, ((_FIRST, date(2026, 1, 9)),)),
        target=14,
    ),
    PlannedAction(
        "Tell families of each fall on the same day",
        "Ten of ten falls sampled",
        *("falls", "high", SOON, date(2025, 12, 2), 1),
        target=10,
    ),
    PlannedAction(
        "Review each fall within 24 hours by the manager",
        "Falls with injury at most one a month for three months",
        *("falls", "high", SOON, date(2025, 12, 2), 2),
    ),
    PlannedAction(
        "A registered manager in post",
        "Manager named to the regulator, and seen at work",
        *("leadership", "high", SOON, date(2026, 1, 30), 3),
        moves=((_FIRST, date(2026, 1, 16)), (_THIRD, date(2026, 2, 6))),
    ),
    PlannedAction(
        "Six carers by day, three by night",
        "Owner emails actual against planned each Monday; no shift short in eight weeks",
        *("staffing", "high", SOON, date(2025, 12, 19), 3),
        target=8,
    ),
    PlannedAction(
        "Two-hourly turns for six people, charted",
        "95 % of ten charts a week complete for four weeks",
        *("skin", "medium", LATER, date(2026, 1, 14), 3),
    ),
    PlannedAction(
        "Weigh everybody each month, and act on losses",
        "31 of 31 weighed; each loss has a plan",
        *("nutrition", "medium", LATER, date(2026, 1, 15), 4),
        target=31,
    ),
    PlannedAction(
        "Rewrite the care plans with the person or family",
        "29 of 29; the officer picks five, and five agree with the care seen",
        *("consent", "medium", LATER, date(2026, 3, 2), 5, ((_SECOND, date(2026, 2, 27)),)),
        target=29,
    ),
    PlannedAction(
        "Drinks within reach in each room",
        "20 of 20 rooms at two visits",
        *("nutrition", "medium", LATER, date(2026, 1, 15), 4),
        target=20,
    ),
    PlannedAction(
        "Supervision of every carer",
        "44 of 44 within eight weeks",
        *("training", "medium", LATER, date(2026, 3, 20), 7, ((_SECOND, date(2026, 3, 31)),)),
        target=44,
    ),
    PlannedAction(
        "Training in moving and handling",
        "40 of 44, with practice observed",
        *("moving", "medium", LATER, date(2026, 4, 24), 9, ((_SECOND, date(2026, 4, 30)),)),
        target=44,
    ),
    PlannedAction(
        "Mental capacity recorded for each restriction",
        "Nine of nine restrictions",
        *("consent", "medium", LATER, date(2026, 5, 8), 10, ((_SECOND, date(2026, 5, 15)),)),
        target=9,
    ),
    PlannedAction(
        "Residents' meeting each month, with what came of it",
        "Three meetings, and what was asked for is there",
        *("dignity", "low", LAST_DUE, date(2026, 3, 10), 6),
        target=3,
    ),
    PlannedAction(
        "Audit of the home by the owner each month",
        "Three audits whose findings we also found",
        *("leadership", "low", LAST_DUE, date(2026, 6, 3), 11, ((_FOURTH, date(2026, 6, 5)),)),
        target=3,
    ),
)

REOPENED = (13, date(2026, 3, 31), date(2026, 4, 14), date(2026, 4, 10), date(2026, 4, 14))
"""The number of the action that was reopened, when, its new date, when done again and verified."""

VERIFIED_AFTER = (5, 7, 10, 12, 13, 14, 14, 15, 16, 17, 18)
"""Actions verified after V1 to V11."""


class ToldConcern(Struct, frozen=True):
    """A concern of the story. `decision` empty: a compliment, which is not decided."""

    received: date
    kind: str
    source: str
    theme: str
    severity: str
    title: str
    closed: date | None
    decision: str


_UPHELD, _PARTLY, _NOT = "substantiated", "partly", "not_substantiated"
CONCERNS = (
    ToldConcern(
        *(date(2025, 9, 8), "poor_practice", "practitioner", "medicines", "2"),
        *("Doses signed and not given", date(2025, 9, 30), _UPHELD),
    ),
    ToldConcern(
        *(date(2025, 10, 2), "complaint", "family", "falls", "2"),
        *("Nobody told us of two falls", date(2025, 10, 28), _UPHELD),
    ),
    ToldConcern(
        *(date(2025, 10, 21), "poor_practice", "partner", "medicines", "2"),
        *("Patches not changed on the day", date(2025, 11, 18), _UPHELD),
    ),
    ToldConcern(
        *(date(2025, 11, 5), "safeguarding", "practitioner", "medicines", "3"),
        *("A double dose at the evening round", date(2025, 12, 3), _UPHELD),
    ),
    ToldConcern(
        *(date(2025, 11, 14), "whistleblowing", "staff", "staffing", "3"),
        *("Two by night where three are on the rota", date(2025, 12, 12), _PARTLY),
    ),
    ToldConcern(
        *(date(2025, 11, 24), "serious_incident", "provider", "falls", "4"),
        *("A fall on the stairs with a fracture", date(2026, 1, 9), _UPHELD),
    ),
    ToldConcern(
        *(date(2026, 1, 13), "poor_practice", "practitioner", "nutrition", "2"),
        *("Drinks out of reach", date(2026, 2, 10), _PARTLY),
    ),
    ToldConcern(
        *(date(2026, 3, 9), "complaint", "family", "dignity", "1"),
        *("Clothes of others in the wardrobe", date(2026, 4, 7), _NOT),
    ),
    ToldConcern(
        *(date(2026, 5, 20), "compliment", "family", "dignity", "1"),
        *("Thanks for the garden", None, ""),
    ),
    ToldConcern(
        *(date(2026, 7, 14), "contract", "visit", "records", "1"),
        *("Returns sent late", date(2026, 8, 11), _NOT),
    ),
)
GAPS = ((1, 9), (3, 6), (5, 4), (7, 3), (9, 1), (10, 1))
"""At which visit so many of twenty medicine records had gaps."""
TRAINED = ((1, 33), (10, 40))
"""At which visit so many of 44 carers were trained."""
FALLS = (
    *((date(2026, 1, 31), 3), (date(2026, 2, 28), 2), (date(2026, 3, 31), 2)),
    *((date(2026, 4, 30), 1), (date(2026, 5, 31), 0), (date(2026, 6, 30), 1)),
)
"""Falls with injury in each month."""
MANAGER = ("Odile Quarrow", date(2026, 2, 16))
"""The new registered manager, and since when."""
REVIEWS = (
    *(date(2025, 12, 24), date(2026, 1, 21), date(2026, 2, 18), date(2026, 3, 18)),
    *(date(2026, 4, 15), date(2026, 5, 13), date(2026, 6, 10)),
)
"""The reviews of the suspension."""
PUBLISHED = (("Requires improvement", date(2025, 3, 3)), ("Good", date(2026, 8, 28)))
"""The regulator's ratings."""

RESTRICTED = 4
"""The place of the one that the lead logs, restricted: the officer is not named on it."""

DOCUMENTS = (
    ("minutes", "Provider strategy meeting", date(2025, 12, 3), None),
    ("report", "Report of the quality visit", date(2025, 12, 5), None),
    ("letter", "Default notice", date(2026, 1, 19), None),
    ("public_liability", "Public liability insurance", date(2026, 4, 1), date(2027, 3, 31)),
)
"""Kind, title, issued and until when."""


def shift(today: date) -> timedelta:
    """How far the story is moved: whole weeks, so that it ended in the last one."""
    return timedelta(weeks=(today - LAST).days // 7)


def home(council: Council, officer: str, today: date, report: int = -1) -> Place:
    """The home of the story, held by an officer, as the regulator lists it after one of its
    reports."""
    rating, published = PUBLISHED[report]
    return Place(
        location_id="1-970000900",
        name=HOME,
        care_home=True,
        firm=FIRM,
        address="90 Sluice Road",
        town=council.newcomer.town,
        postcode="QV9 9ZZ",
        rating=rating,
        published=published + shift(today),
        officer=officer,
        character="steady",
    )
