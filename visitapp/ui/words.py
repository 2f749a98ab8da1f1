"""How values are said on screen: RAGs, kinds, dates and counts, in plain words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime

from PySide6.QtCore import QCoreApplication

SHAPES = {"red": "■", "amber": "▲", "green": "●", "unrated": "○"}
"""A shape for each RAG, so that colour never speaks alone."""


def say(text: str) -> str:
    """The text in the language of the screen."""
    return QCoreApplication.translate("words", text)


def rag_word(rag: str) -> str:
    """Red, Amber, Green or Not rated."""
    words = {"red": say("Red"), "amber": say("Amber"), "green": say("Green")}
    return words.get(rag, say("Not rated"))


def graded(rag: str, level: str = "") -> str:
    """The word of a RAG; with a level's label the level, and the RAG it stands for."""
    if not level:
        return rag_word(rag)
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
        "amber": say("Placements go on, with a condition."),
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


def meaning(kind: str, rag: str) -> str:
    """What an outcome on a form of this kind means: for placements, or how to read a risk score."""
    if kind == "risk":
        return polarity() + " " + say("The setting's own rating stays as it is.")
    return placement_rule(rag)


def service_type(kind: str) -> str:
    """Residential, Home care …"""
    words = {
        "residential": say("Residential"),
        "nursing": say("Nursing"),
        "home_care": say("Home care"),
        "supported_living": say("Supported living"),
        "day": say("Day service"),
    }
    return words.get(kind, say("Other service"))


def service_type_short(kind: str) -> str:
    """The same within a list: `26 residential · 9 home care`."""
    return (
        say("day")
        if kind == "day"
        else say("other")
        if kind == "other"
        else service_type(kind).lower()
    )


def purposes() -> dict[str, str]:
    """Every visit purpose with its words."""
    return {
        "annual": say("Annual quality"),
        "risk_led": say("Risk-led"),
        "themed": say("Themed audit"),
        "intervention": say("Intervention"),
        "joint": say("Joint"),
        "contract_review": say("Contract review"),
        "desktop": say("Desktop (out of county)"),
    }


def purpose_visit(purpose: str) -> str:
    """Annual quality visit, Contract review …"""
    if purpose == "contract_review":
        return say("Contract review")
    if purpose == "desktop":
        return say("Desktop visit")
    if purpose == "risk_assessment":
        return say("Risk assessment")
    return say("{purpose} visit").format(purpose=purposes().get(purpose, purpose))


def visit_status(status: str) -> str:
    """In progress, Signed off, Returned or Approved."""
    words = {
        "draft": say("In progress"),
        "signed_off": say("Signed off"),
        "returned": say("Returned"),
        "approved": say("Approved"),
    }
    return words.get(status, status)


def priorities() -> dict[str, str]:
    """Every action priority with its words, most urgent first."""
    return {
        "immediate": say("Immediate"),
        "high": say("High"),
        "medium": say("Medium"),
        "low": say("Low"),
    }


def action_statuses() -> dict[str, str]:
    """Every action status with its words."""
    return {
        "open": say("Open"),
        "in_progress": say("In progress"),
        "done": say("Done, to be verified"),
        "verified": say("Verified"),
        "cancelled": say("Cancelled"),
    }


def evidence_kinds() -> dict[str, str]:
    """The kinds of evidence that can be noted in words."""
    return {
        "document": say("Document"),
        "conversation": say("Conversation"),
        "photo": say("Photo"),
        "note": say("Note"),
    }


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
    return {
        "people": say("People who use the service"),
        "relatives": say("Relatives"),
        "staff": say("Staff"),
        "professionals": say("Professionals"),
    }


def roles() -> dict[str, str]:
    """What a person does, as the corner of the window says it."""
    return {
        "officer": say("Contract officer"),
        "intervention": say("Intervention officer"),
        "lead": say("Team lead"),
        "manager": say("Senior manager"),
        "viewer": say("Viewer"),
        "admin": say("Administrator"),
    }


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
