"""How values are said on screen: RAGs, kinds, dates and counts, in plain words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from forms.model import Form
from visitapp import vocabulary
from visitapp.rules.choices import (
    ASSESSMENTS,
    ActionStatus,
    EvidenceKind,
    Priority,
    Purpose,
    Rag,
    Role,
    ServiceType,
    VerifiedHow,
    VisitStatus,
)

SHAPES = {"red": "■", "amber": "▲", "green": "●", "unrated": "○"}
"""A shape for each RAG, so that colour never speaks alone."""


def say(text: str) -> str:
    """The text in the language of the screen."""
    return QCoreApplication.translate("words", text)


def rag_word(rag: str) -> str:
    """Red, Amber, Green or Not rated."""
    return _choices(Rag).get(rag, say("Not rated"))


def graded(rag: str, level: str = "") -> str:
    """The word of a RAG; with a level's label the level, and the RAG it stands for."""
    if not level or rag == "unrated":
        return level or rag_word(rag)
    return say("{level} ({rag})").format(level=level, rag=rag_word(rag))


def so_far(rag: str, level: str = "") -> str:
    """`Amber so far`: an outcome that answers still to come may change."""
    return say("{rag} so far").format(rag=level or rag_word(rag))


def shaped(rag: str, word: str = "") -> str:
    """A chip's text: the shape of the RAG and its word (or the word given)."""
    return f"{SHAPES.get(rag, SHAPES['unrated'])}  {word or rag_word(rag)}"


def placement_rule(rag: str) -> str:
    """What a RAG means for new placements, as one sentence."""
    sentences = {
        "red": say("No new placements unless a senior manager authorises an exception."),
        "amber": say("Open to placements, with a condition."),
        "green": say("Open to placements."),
    }
    return sentences.get(rag, say("Answer questions to see the outcome."))


def risk_word(rag: str) -> str:
    """How high a risk is that a risk model rates Red, Amber or Green."""
    words = {"red": say("High"), "amber": say("Medium"), "green": say("Low")}
    return words.get(rag, say("Not rated"))


def at_risk(rag: str) -> str:
    """`High risk`, for a chip that stands away from its column."""
    words = {"red": say("High risk"), "amber": say("Medium risk"), "green": say("Low risk")}
    return words.get(rag, say("Not rated"))


def polarity() -> str:
    """How to read the score of a risk model."""
    return say("A higher score is a lower risk.")


def meaning(form: Form, rag: str) -> str:
    """What an outcome on a form means: for placements, for the contract, or as a risk score."""
    if form.kind == "risk":
        return polarity() + " " + say("The setting's own rating stays as it is.")
    if form.sets_rating == "contract":
        return say("This rates the contract. Placements do not depend on it.")
    if form.sets_rating == "none":
        return say("This does not set the rating. A worse one is proposed to the team lead.")
    return placement_rule(rag)


def service_type(kind: str) -> str:
    """Residential, Home care …"""
    return _choice(ServiceType, kind)


def service_type_short(kind: str) -> str:
    """The same within a list: `26 residential · 9 home care`."""
    return {"day": say("day"), "other": say("other")}.get(kind) or service_type(kind).lower()


def purposes() -> dict[str, str]:
    """The purposes of visits with their words."""
    return {p: word for p, word in _choices(Purpose).items() if p not in ASSESSMENTS}


def purpose_visit(purpose: str) -> str:
    """Annual quality visit, Contract review …"""
    return say(vocabulary.visit_word(purpose))


def visit_status(status: str) -> str:
    """In progress, Signed off, Returned or Approved."""
    return _choice(VisitStatus, status)


def priorities() -> dict[str, str]:
    """Every action priority with its words, most urgent first."""
    return _choices(Priority)


def action_statuses() -> dict[str, str]:
    """Every action status with its words."""
    return _choices(ActionStatus)


def verified_hows() -> dict[str, str]:
    """How an action can be verified."""
    return _choices(VerifiedHow)


def evidence_kinds() -> dict[str, str]:
    """The kinds of evidence that can be noted in words."""
    return _choices(EvidenceKind)


def missing(needs: Sequence[str]) -> str:
    """`1 reason, 2 notes missing`, for what answered questions still need; empty for nothing."""
    counted = Counter(need for need in needs if need != "answer")
    names = {
        "reason": (say("{n} reason"), say("{n} reasons")),
        "note": (say("{n} note"), say("{n} notes")),
        "document": (say("{n} document"), say("{n} documents")),
        "photo": (say("{n} photo"), say("{n} photos")),
        "conversation": (say("{n} conversation"), say("{n} conversations")),
        "correction": (say("{n} correction"), say("{n} corrections")),
    }
    parts = [count(counted[need], *forms) for need, forms in names.items() if counted[need]]
    return say("{things} missing").format(things=", ".join(parts)) if parts else ""


def people_groups() -> dict[str, str]:
    """Who was spoken to."""
    return {group: say(word) for group, word in vocabulary.PEOPLE_GROUPS.items()}


def roles() -> dict[str, str]:
    """The roles of users, as the corner of the window shows them."""
    return _choices(Role)


def _choices(choices: type[StrEnum]) -> dict[str, str]:
    return {value: say(word) for value, word in vocabulary.choice_words(choices).items()}


def _choice(choices: type[StrEnum], value: str) -> str:
    return say(vocabulary.choice_word(choices, value))


def day(value: date | None) -> str:
    """`4 Nov 2026`; nothing for no date."""
    return "" if value is None else f"{value.day} {value:%b %Y}"


def near_day(value: date, today: date) -> str:
    """`today`, `Mon 23 Nov` within four weeks, `4 Nov` in this year, else `4 Nov 2026`."""
    if value == today:
        return say("today")
    if abs((value - today).days) <= 28:
        return f"{value:%a} {value.day} {value:%b}"
    return f"{value.day} {value:%b}" if value.year == today.year else day(value)


def clock(moment: datetime) -> str:
    """`10:42:07` in local time."""
    return f"{moment.astimezone():%H:%M:%S}"


def when(moment: datetime, now: datetime) -> str:
    """`just now`, `12 minutes ago`, `today 08:12`, else the day and time."""
    minutes = int((now - moment).total_seconds() // 60)
    local = moment.astimezone()
    if minutes < 1:
        return say("just now")
    if minutes < 60:
        return count(minutes, say("{n} minute ago"), say("{n} minutes ago"))
    if local.date() == now.astimezone().date():
        return say("today {time}").format(time=f"{local:%H:%M}")
    return f"{day(local.date())} {local:%H:%M}"


def count(number: int, one: str, many: str) -> str:
    """`1 action`, `3 actions`: the texts hold `{n}`."""
    return (one if number == 1 else many).format(n=number)


def joined(*parts: str) -> str:
    """The parts that are not empty, with a middle dot between."""
    return " · ".join(part for part in parts if part)
