"""What waits for a decision, and deciding it."""

from __future__ import annotations

from collections.abc import Sequence

from visitapp.errors import Code, NotAllowed, NotFound, Refused
from visitapp.language import Message, message
from visitapp.rules.access import REVIEWERS
from visitapp.rules.choices import Role
from visitapp.services.context import Desk
from visitapp.services.contributions import Contribution, DecisionSource
from visitapp.services.views.decided.decisions import (
    DecisionView,
    Detail,
    Given,
    Option,
    WaitingList,
)

SEES_OTHERS = frozenset({*REVIEWERS, Role.MANAGER})
"""Who sees what waits for others; everybody else sees what they asked for themselves."""

_NEEDED = {
    Detail.CONDITIONS: message("Give the conditions."),
    Detail.UNTIL: message("Give the last day."),
    Detail.REASON: message("Give the reason. It is kept for ever."),
}


class Decisions:
    """The decisions that the subjects contribute, on this device."""

    def __init__(self, desk: Desk, contributions: Sequence[Contribution]) -> None:
        self._desk = desk
        self._sources = {one.kind: one for some in contributions for one in some.decisions}

    def waiting(self) -> WaitingList:
        """What waits, oldest first. Who decides on nothing sees what they asked for."""
        with self._desk.reading() as session:
            user = self._desk.user(session)
            found = [
                one
                for source in self._sources.values()
                for one in source.waiting(session, self._desk)
            ]
        found.sort(key=lambda one: (one.since, one.id))
        return WaitingList(
            mine=[one for one in found if one.mine],
            others=[
                one
                for one in found
                if not one.mine and (user.role in SEES_OTHERS or one.asked_by_id == user.id)
            ],
        )

    def count_mine(self) -> int:
        """How many decisions wait for the user: as many as `waiting` lists, but quicker."""
        with self._desk.reading() as session:
            return sum(source.count(session, self._desk) for source in self._sources.values())

    def view(self, kind: str, record_id: str) -> DecisionView:
        """One decision in full. Raises NotFound when it does not wait any more."""
        with self._desk.reading() as session:
            return self._source(kind).view(session, self._desk, record_id)

    def decide(self, kind: str, record_id: str, option_id: str, given: Given) -> None:
        """Decide. Raises NotAllowed, or Refused when something is missing or it is barred."""
        view = self.view(kind, record_id)
        if not view.waiting.mine:
            raise NotAllowed(message("This is not yours to decide."))
        option = next((one for one in view.options if one.id == option_id), None)
        if option is None:
            raise NotFound(message("There is no such choice: {option}.", option=option_id))
        missing = missing_details(option, given)
        if missing:
            raise Refused(Code.BAD_VALUE, missing)
        self._source(kind).decide(self._desk, record_id, option_id, given)

    def _source(self, kind: str) -> DecisionSource:
        source = self._sources.get(kind)
        if source is None:
            raise NotFound(message("There is no decision of the kind {kind}.", kind=kind))
        return source


def missing_details(option: Option, given: Given) -> Message | None:
    """Why a choice cannot be recorded as it is, in a sentence; None when it can."""
    if option.barred:
        return message("{reason}", reason=option.barred)
    said = {
        Detail.CONDITIONS: given.conditions.strip(),
        Detail.UNTIL: given.until,
        Detail.REASON: given.reason.strip(),
    }
    lacking = [need for need in Detail if need in option.needs and not said[need]]
    return _NEEDED[lacking[0]] if lacking else None
