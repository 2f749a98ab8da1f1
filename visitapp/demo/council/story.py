"""What the officer finds on the journey's visits: the notes that a person would write."""

from __future__ import annotations

from forms.model import Form
from visitapp.demo.council.answers import Answers, Pen
from visitapp.demo.council.dice import dice_for

FINDINGS: Answers = {
    "spoken_to": {"value": {"people": 6, "relatives": 3, "staff": 5, "professionals": 1}},
    "people_said": {
        "value": "SU2 likes the garden and the cook. SU4 and SU7 wait a long time in the evening. "
        "Nobody felt unsafe. Two people asked for a trip to the coast."
    },
    "registered_manager": {"value": "met"},
    "staffing_enough_now": {
        "value": "partly",
        "note": "Five on duty against six on the rota. The sixth rang in sick at 07:10 and no "
        "cover was asked for until we raised it.",
    },
    "plans_reviewed": {
        "checked": 5,
        "met": 3,
        "note": "SU3 and SU7 not reviewed since August. The fall of SU7 on 2 October did not lead "
        "to a new moving and handling assessment.",
    },
    "mar_charts": {
        "checked": 6,
        "met": 5,
        "note": "Two gaps on the evening round for SU1, no reason written.",
    },
    "referrals": {
        "value": "not_met",
        "note": "The unwitnessed fall of 2 October was referred on 9 October. The senior on duty "
        "believed that the hospital had done it.",
    },
    "safeguarding_knowledge": {"checked": 5, "met": 5},
    "activities": {
        "value": "partly",
        "note": "Good on weekdays. The Tachwedd programme (Welsh-speaking visitors: Nia's group, "
        "“canu a phaned”) has gaps on Sundays.",
    },
    "mealtime": {"value": "met", "note": "Unhurried, choices shown on plates, help given seated."},
    "hygiene_rating": {"value": "5"},
    "last_actions_done": {
        "value": "not_applicable",
        "reason": "First visit under this contract; nothing was asked before.",
    },
    "window_restrictors": {
        "value": "not_checked",
        "reason": "Bedrooms on the top floor were in use; we will look at the next visit.",
    },
}
"""Answers on the residential form that tell the story. Nobody is named; codes stand for people."""

_SHORT_NIGHT = (
    "One of two on the night shift of 14 November, by the rota and by three of the people."
)

BEGUN: Answers = {
    "shifts_covered": {"checked": 14, "met": 12, "note": _SHORT_NIGHT},
    "staffing_enough_now": {"value": "partly", "note": _SHORT_NIGHT},
    "dignity": {
        "value": "met",
        "note": "Doors knocked on, and people asked before help was given.",
    },
    "plans_reviewed": {
        "checked": 5,
        "met": 3,
        "note": "SU3 and SU7 not reviewed since August; the review sheet of SU3 is in the photo.",
    },
}
"""Answers of the visit in progress. One fact stands behind two findings, to show the warning."""

LEFT = {"value": "not_checked", "reason": "The manager was called away before we came to it."}
"""What was left at the visit before, and is carried into this one."""


def findings(
    form: Form, facts: dict[str, str], level: float, seed: str, story: Answers | None = None
) -> Answers:
    """A whole visit's answers, with the story's own where the form asks for them."""
    answers = Pen(dice_for(seed), level, frozenset()).fill(form, facts)
    known = {name: answer for name, answer in (story or {}).items() if name in answers}
    return answers | known
