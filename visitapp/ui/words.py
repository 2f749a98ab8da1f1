"""How values are said on screen: RAGs, kinds, dates and counts, in plain words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, datetime

from forms.model import Form
from forms.rating.outcome import Outcome
from visitapp import vocabulary
from visitapp.dates import day_of_month, short_day, short_weekday
from visitapp.language import message, plural, translate
from visitapp.rules.choices import (
    ASSESSMENTS,
    ActionStatus,
    EvidenceKind,
    HandOverState,
    Priority,
    Purpose,
    Rag,
    RatingState,
    Role,
    ServiceType,
    VerifiedHow,
    VisitStatus,
)
from visitapp.rules.market_choices import SettingStatus
from visitapp.rules.ratings import RatingBasis, rating_state

SHAPES = {"red": "■", "amber": "▲", "green": "●", "unrated": "○"}
"""A shape for each RAG, so that colour never speaks alone."""

WHEN_IT_STANDS = {
    RatingState.PROPOSED.value: message(
        "This takes effect when a team lead approves the visit. Until then the rating stays as it "
        "is."
    ),
    RatingState.NOTED.value: message("It is provisional, so the rating stays as it is."),
}
"""What goes with the meaning of an outcome whose rating does not stand at once."""


def rag_word(rag: str) -> str:
    """Red, Amber, Green or Not rated."""
    return vocabulary.choice_words(Rag).get(rag, translate("Not rated"))


def graded(rag: str, level: str = "") -> str:
    """The word of a RAG; with a level's label the level, and the RAG it stands for."""
    if not level or rag == "unrated":
        return level or rag_word(rag)
    return translate("{level} ({rag})", level=level, rag=rag_word(rag))


def so_far(rag: str, level: str = "") -> str:
    """`Amber so far`: an outcome that answers still to come may change."""
    return translate("{rag} so far", rag=level or rag_word(rag))


def shaped(rag: str, word: str = "") -> str:
    """A chip's text: the shape of the RAG and its word (or the word given)."""
    return f"{SHAPES.get(rag, SHAPES['unrated'])}  {word or rag_word(rag)}"


def placement_rule(rag: str) -> str:
    """What a RAG prompts on placements, as one sentence: a person decides."""
    sentences = {
        "red": translate(
            "Red closes the setting to new placements, until a senior manager decides."
        ),
        "amber": translate("Placements need a decision: open with a condition."),
        "green": translate("Placements need a decision: open."),
    }
    return sentences.get(rag, translate("Answer questions to see the outcome."))


def risk_word(rag: str) -> str:
    """How high a risk is that a risk model rates Red, Amber or Green."""
    words = {"red": translate("High"), "amber": translate("Medium"), "green": translate("Low")}
    return words.get(rag, translate("Not rated"))


def at_risk(rag: str) -> str:
    """`High risk`, for a chip that stands away from its column."""
    words = {
        "red": translate("High risk"),
        "amber": translate("Medium risk"),
        "green": translate("Low risk"),
    }
    return words.get(rag, translate("Not rated"))


def polarity() -> str:
    """How to read the score of a risk model."""
    return translate("A higher score is a lower risk.")


def meaning(form: Form, rag: str) -> str:
    """What an outcome on a form means: for placements, for the contract, or as a risk score."""
    if form.kind == "risk":
        return polarity() + " " + translate("The setting's own rating stays as it is.")
    if form.sets_rating == "contract":
        return translate("This rates the contract. Placements do not depend on it.")
    if form.sets_rating == "none":
        return translate("This does not set the rating. A worse one is proposed to the team lead.")
    return placement_rule(rag)


def meaning_so_far(form: Form, outcome: Outcome, basis: RatingBasis | None, *, signed: bool) -> str:
    """`meaning`, once enough is answered to say that placements are open, and when it stands; that
    it never does when a later visit decides."""
    if basis is not None and basis.later and form.sets_rating != "none":
        return translate("The rating of a later visit stands. This visit does not change it.")
    opens = form.sets_rating == "quality" and outcome.overall in ("green", "amber")
    if opens and outcome.provisional and not signed:
        return translate("Too little is answered to say what it means for placements.")
    means = meaning(form, outcome.overall)
    state = rating_state(basis, outcome.overall, provisional=outcome.provisional) if basis else ""
    when = WHEN_IT_STANDS.get(state)
    return f"{means} {when}" if when else means


def service_type(kind: str) -> str:
    """Residential, Home care …"""
    return vocabulary.choice_word(ServiceType, kind)


def service_type_short(kind: str) -> str:
    """The same within a list: `26 residential · 9 home care`."""
    return {"day": translate("day"), "other": translate("other")}.get(kind) or service_type(
        kind
    ).lower()


def purposes() -> dict[str, str]:
    """The purposes of visits with their words."""
    return {p: word for p, word in vocabulary.choice_words(Purpose).items() if p not in ASSESSMENTS}


def purpose_visit(purpose: str) -> str:
    """Annual quality visit, Contract review …"""
    return vocabulary.visit_word(purpose)


def visit_status(status: str) -> str:
    """In progress, Signed off, Returned or Approved."""
    return vocabulary.choice_word(VisitStatus, status)


def why_no_visit(setting_status: str) -> str:
    """Why no visit starts at a setting; nothing for one that is open."""
    reasons = {
        SettingStatus.CLOSED: translate("This setting is closed."),
        SettingStatus.MERGED: translate("This setting is merged into another one."),
    }
    return reasons.get(SettingStatus(setting_status), "")


def priorities() -> dict[str, str]:
    """Every action priority with its words, most urgent first."""
    return vocabulary.choice_words(Priority)


def action_statuses() -> dict[str, str]:
    """Every action status with its words."""
    return vocabulary.choice_words(ActionStatus)


def hand_over_states() -> dict[str, str]:
    """What became of a hand-over, with its words."""
    return vocabulary.choice_words(HandOverState)


def verified_hows() -> dict[str, str]:
    """How an action can be verified."""
    return vocabulary.choice_words(VerifiedHow)


def evidence_kinds() -> dict[str, str]:
    """The kinds of evidence that can be noted in words."""
    return vocabulary.choice_words(EvidenceKind)


def missing(needs: Sequence[str]) -> str:
    """`1 reason, 2 notes missing`, for what answered questions still need; empty for nothing."""
    found = Counter(need for need in needs if need in _NEEDS)
    parts = [worded(found[need]) for need, worded in _NEEDS.items() if found[need]]
    return translate("{things} missing", things=", ".join(parts)) if parts else ""


_NEEDS: dict[str, Callable[[int], str]] = {
    "reason": lambda n: plural("{n} reason", "{n} reasons", n),
    "note": lambda n: plural("{n} note", "{n} notes", n),
    "document": lambda n: plural("{n} document", "{n} documents", n),
    "photo": lambda n: plural("{n} photo", "{n} photos", n),
    "conversation": lambda n: plural("{n} conversation", "{n} conversations", n),
    "correction": lambda n: plural("{n} correction", "{n} corrections", n),
}


def people_groups() -> dict[str, str]:
    """Who was spoken to."""
    return vocabulary.people_groups()


def roles() -> dict[str, str]:
    """The roles of users, as the corner of the window shows them."""
    return vocabulary.choice_words(Role)


def day(value: date | None) -> str:
    """`4 Nov 2026`; nothing for no date."""
    return "" if value is None else short_day(value)


def near_day(value: date, today: date) -> str:
    """`today`, `Mon 23 Nov` within four weeks, `4 Nov` in this year, else `4 Nov 2026`."""
    if value == today:
        return translate("today")
    if abs((value - today).days) <= 28:
        return f"{short_weekday(value)} {day_of_month(value)}"
    return day_of_month(value) if value.year == today.year else day(value)


def clock(moment: datetime) -> str:
    """`10:42:07` in local time."""
    return f"{moment.astimezone():%H:%M:%S}"


def when(moment: datetime, now: datetime) -> str:
    """`just now`, `12 minutes ago`, `today 08:12`, else the day and time."""
    minutes = int((now - moment).total_seconds() // 60)
    local = moment.astimezone()
    if minutes < 1:
        return translate("just now")
    if minutes < 60:
        return plural("{n} minute ago", "{n} minutes ago", minutes)
    if local.date() == now.astimezone().date():
        return translate("today {time}", time=f"{local:%H:%M}")
    return f"{day(local.date())} {local:%H:%M}"


def joined(*parts: str) -> str:
    """The parts that are not empty, with a middle dot between."""
    return " · ".join(part for part in parts if part)
