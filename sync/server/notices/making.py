"""The notices that follow from a transaction: what stands after it, against what stood before.

Ratings and positions are written once, so what stood before is what stands among the rows below
the first revision of the transaction. Several late visits in one batch therefore make at most one
notice for each audience, and none when they end where they began.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import Any

from msgspec import Struct, field
from sqlalchemy import Connection, insert, select

from sync.merge import Stamp
from sync.server.notices.clusters import (
    NewCluster,
    cluster_places,
    logged_concerns,
)
from sync.server.notices.ladder import OpenedStep, opened_steps, step_places
from sync.server.records.fields import completed
from sync.server.records.workspace import Row, Workspace
from visitapp.dates import long_day
from visitapp.language import fill, message
from visitapp.records import Notice, OutgoingMail, new_id
from visitapp.rules.choices import NoticeEvent, NoticeState, Position, Rag, RatingKind
from visitapp.rules.placement import PositionRow, Standing, standing_position
from visitapp.rules.policy.market import NoticeRules, Template
from visitapp.rules.policy.model import Policy
from visitapp.rules.ratings import RatingRow, standing
from visitapp.standing.placements import position_rows
from visitapp.standing.ratings import rating_rows
from visitapp.standing.recipients import standing_contacts
from visitapp.vocabulary.choices import CHOICES

SUBJECT = message("{setting}: change to rating or placements")
_ASK = message("a senior manager")
_WATCHED = ("rating", "placement_position")
_POSITION_EVENTS = {
    Position.CLOSED: NoticeEvent.POSITION_CLOSED,
    Position.CONDITIONAL: NoticeEvent.POSITION_CONDITIONAL,
    Position.OPEN: NoticeEvent.POSITION_OPEN,
}


class Stand(Struct, frozen=True):
    """What stands for a setting: its rating, if it has one, and its placement position."""

    rating: RatingRow | None
    placement: Standing

    @property
    def rag(self) -> str:
        """The colour; unrated without a rating."""
        return Rag.UNRATED.value if self.rating is None else self.rating.rag


class Told(Struct):
    """What notices follow from: the settings whose ratings or positions changed, and the concerns
    that were logged, and the steps of the ladder that were opened."""

    settings: set[str] = field(default_factory=set)
    concerns: set[str] = field(default_factory=set)
    steps: set[OpenedStep] = field(default_factory=set)

    def add(self, other: Told) -> None:
        """Take in another part of the transaction."""
        self.settings |= other.settings
        self.concerns |= other.concerns
        self.steps |= other.steps


class NoticeWork:
    """Makes the notices of one transaction, and a message to each address that receives them."""

    def __init__(self, connection: Connection, workspace: Workspace, policy: Policy) -> None:
        self._connection = connection
        self._workspace = workspace
        self._policy = policy
        self.made = 0
        """How many were made."""

    def write(
        self,
        settings: Iterable[str],
        first: int,
        user_id: str,
        at: datetime,
        stamp: Callable[[], Stamp],
    ) -> None:
        """Make those of some settings. `first`: the first revision of the transaction; `user_id`:
        whose change it was."""
        self._workspace.flush()
        for setting_id in sorted(settings):
            for values in self._notices(setting_id, first):
                given = {**values, "created_by": user_id, "created_at": at}
                self._keep(new_id(), given, stamp)
                self.made += 1

    def tell_clusters(
        self, found: Iterable[NewCluster], user_id: str, at: datetime, stamp: Callable[[], Stamp]
    ) -> None:
        """Tell of clusters those audiences that the policy has a text for."""
        for one in found:
            setting = self._workspace.get("setting", one.setting_id)
            assert setting is not None
            name = setting.values["name"]
            places = cluster_places(self._connection, one.cluster, name, self._policy)
            for values in self._of_templates(setting, [NoticeEvent.CLUSTER], places):
                given = {**values, "created_by": user_id, "created_at": at}
                self._keep(new_id(), given, stamp)
                self.made += 1

    def tell_steps(
        self, found: Iterable[OpenedStep], user_id: str, at: datetime, stamp: Callable[[], Stamp]
    ) -> None:
        """Tell of steps of the ladder those audiences that the policy names for them."""
        for one in sorted(found, key=lambda step: (step.setting_id, step.day, step.rung)):
            setting, rule = (
                self._workspace.get("setting", one.setting_id),
                self._policy.escalation.step(one.rung),
            )
            if setting is None or rule is None:
                continue
            places = step_places(one, setting.values["name"])
            for values in self._of_templates(setting, [NoticeEvent.STEP_OPENED], places):
                if values["audience"] in rule.audiences:
                    given = {**values, "created_by": user_id, "created_at": at}
                    self._keep(new_id(), given, stamp)
                    self.made += 1

    def _notices(self, setting_id: str, first: int) -> Iterable[dict[str, Any]]:
        before, after = self._stand(setting_id, first), self._stand(setting_id, None)
        events = list(_events(before, after))
        setting = self._workspace.get("setting", setting_id)
        if not events or setting is None:
            return
        places = self._places(setting.values, before, after)
        yield from self._of_templates(setting, events, places)

    def _of_templates(
        self, setting: Row, events: Sequence[NoticeEvent], places: Mapping[str, str]
    ) -> Iterable[dict[str, Any]]:
        """A notice to each audience that a template of these events names."""
        rules = self._policy.notices
        for audience in rules.audiences:
            chosen = [one for one in _templates(rules, events) if audience.id in one.audiences]
            if chosen:
                yield {
                    "setting_id": setting.id,
                    "event": chosen[0].event,
                    "audience": audience.id,
                    "district": setting.values.get("district") or "",
                    "text": "\n".join(fill(one.text, places) for one in chosen),
                    "policy_version": self._policy.version,
                }

    def _stand(self, setting_id: str, below: int | None) -> Stand:
        ratings = rating_rows(self._connection, RatingKind.QUALITY, setting_id)
        positions = position_rows(self._connection, setting_id)
        return Stand(
            standing(row for row in ratings if below is None or row.order < below),
            standing_position(row for row in positions if below is None or row.order < below),
        )

    def _places(self, setting: Mapping[str, Any], before: Stand, after: Stand) -> dict[str, str]:
        """What the templates may name."""
        rating, decided = after.rating or before.rating, after.placement.row
        day = rating.visited_on if rating else None
        condition = review = ""
        if decided is not None:
            row = self._workspace.get("placement_position", decided.id)
            assert row is not None
            condition = row.values["condition"]
            if before.placement.position != after.placement.position:
                day = row.values["from_on"]
            if decided.review_on is not None:
                review = long_day(decided.review_on)
        return {
            "setting": setting["name"],
            "date": long_day(day) if day else "",
            "old": str(CHOICES[Rag][before.rag]),
            "new": str(CHOICES[Rag][after.rag]),
            "position": str(CHOICES[Position][after.placement.position]),
            "condition": condition,
            "review": review,
            "contact": self._asked(),
        }

    def _asked(self) -> str:
        """Whom to ask for an exception: the first of those who receive the digest."""
        found = self._receiving(self._policy.notices.digest_audience, "")
        return found[0].name if found else str(_ASK)

    def _keep(self, id_: str, values: dict[str, Any], stamp: Callable[[], Stamp]) -> None:
        contacts = self._receiving(values["audience"], values["district"])
        addressed = [contact for contact in contacts if contact.email]
        state = NoticeState.WAITING if addressed else NoticeState.UNADDRESSED
        values = {**values, "state": state.value, "recipients": len(addressed)}
        self._workspace.add(Notice, id_, completed(Notice, values), stamp())
        if addressed:
            setting = self._workspace.get("setting", values["setting_id"])
            assert setting is not None
            subject = str(SUBJECT.filled(setting=setting.values["name"]))
            self._connection.execute(
                insert(OutgoingMail),
                [
                    new_mail(
                        f"{id_}.{number}", contact.email, subject, values["text"],
                        values["created_at"], notice_id=id_,
                    )
                    for number, contact in enumerate(addressed, 1)
                ],
            )  # fmt: skip

    def _receiving(self, audience: str, district: str) -> list[Any]:
        return [
            one
            for one in self._contacts
            if one.audience == audience and one.district in ("", district)
        ]

    @cached_property
    def _contacts(self) -> Sequence[Any]:
        """Every contact, in a fixed order."""
        contacts = standing_contacts()
        return self._connection.execute(select(contacts).order_by(contacts.c.contact_id)).all()


def to_tell(workspace: Workspace, first: int) -> Told:
    """What changed in a transaction, from its first revision on."""
    return Told(
        changed_settings(workspace, first), logged_concerns(workspace), opened_steps(workspace)
    )


def changed_settings(workspace: Workspace, first: int) -> set[str]:
    """The settings whose ratings or positions were written since a revision."""
    rows = (row for kind in _WATCHED for row in workspace.rows(kind))
    found = {row.setting_id for row in rows if row.revision >= first}
    return {id_ for id_ in found if id_ is not None}


def new_mail(
    message_id: str,
    address: str,
    subject: str,
    body: str,
    at: datetime,
    *,
    notice_id: str | None = None,
) -> dict[str, Any]:
    """The row of a message that waits to be sent."""
    return {
        "id": new_id(),
        "message_id": f"<{message_id}@visitapp>",
        "notice_id": notice_id,
        "address": address,
        "subject": " ".join(subject.split())[:400],
        "body": body,
        "state": NoticeState.WAITING.value,
        "made_at": at,
        "next_at": at,
        "claimed_until": None,
        "attempts": 0,
        "sent_at": None,
        "error": "",
    }


def _events(before: Stand, after: Stand) -> Iterable[NoticeEvent]:
    """What changed, the position before the rating. A changed condition is a change."""
    event = _POSITION_EVENTS.get(after.placement.position)
    decided, was = after.placement.row, before.placement.row
    if event and decided is not None and (was is None or _differs(decided, was)):
        yield event
    if before.rag != after.rag:
        yield NoticeEvent.RATING_CHANGED


def _differs(decided: PositionRow, was: PositionRow) -> bool:
    """Whether a decision says anything new to others: not one that only confirms."""
    return decided.position != was.position or (
        decided.position == Position.CONDITIONAL and decided.id != was.id
    )


def _templates(rules: NoticeRules, events: Iterable[NoticeEvent]) -> Iterable[Template]:
    for event in events:
        yield from (one for one in rules.templates if one.event == event)
