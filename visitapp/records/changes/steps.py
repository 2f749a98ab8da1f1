"""Steps: how records went from state to state."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from visitapp.records.base import (
    DERIVED,
    Base,
    Json,
    Synced,
    free_text,
    identifier,
    parent,
    past_day,
    user,
)
from visitapp.records.codec import field_from_wire, field_to_wire
from visitapp.rules import access
from visitapp.rules.kinds import NO_VIEWERS, NONE, Joint, Kind, Restore, Scope
from visitapp.rules.lifecycle import Taken


class Step(Synced, Base):
    """One step of a record from one state to the next, or within one. Append-only; `created_by`
    took it, at `created_at`.

    `fields` holds the values that go with it and `was` those they replace, as JSON values.
    `day`: when it happened, by the person's calendar. `accepted` is the server's: false when the
    record was no longer in the state `before`, so that the step changed nothing. Whether somebody
    may take it, the kind of its record says.
    """

    __tablename__ = "step"
    __kind__ = Kind(
        scope=Scope.SETTING | Scope.PROVIDER | Scope.CONTRACT | Scope.PERSON,
        readers=NO_VIEWERS,
        writers=NO_VIEWERS,
        write=access.write_in_scope,
        judged=NONE,
        joint=Joint.TRAIL,
        late=True,
        restore=Restore.MAKER,
        derived_id=None,
        adopted=False,
        append_only=True,
        fixed=frozenset({"setting_id"}),
        lifecycle=None,
    )

    setting_id: Mapped[str | None] = parent("setting.id", same_setting=False)
    provider_id: Mapped[str | None] = parent("provider.id", same_setting=False)
    contract_id: Mapped[str | None] = parent("contract.id", same_setting=False)
    user_id: Mapped[str | None] = user()
    evidence_id: Mapped[str | None] = parent("evidence.id", same_setting=True)
    kind: Mapped[str] = identifier(30)
    record_id: Mapped[str] = identifier(index=True)
    before: Mapped[str] = identifier(20)
    after: Mapped[str] = identifier(20)
    day: Mapped[date | None] = past_day()
    reason: Mapped[str] = free_text(default="")
    fields: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    was: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    accepted: Mapped[bool] = mapped_column(default=True, info=DERIVED)


def taken(kind: type[Synced], values: Mapping[str, Any]) -> Taken:
    """A step of a record of `kind`, from its column values. Raises ValueError or TypeError when a
    value that goes with it is not of its field's type."""
    return Taken(
        before=values["before"],
        after=values["after"],
        by=values["created_by"],
        at=values["created_at"],
        day=values["day"],
        reason=values["reason"],
        evidence=values["evidence_id"] is not None,
        fields=_python(kind, values["fields"]),
        was=_python(kind, values["was"]),
    )


def _python(kind: type[Synced], wire: Mapping[str, Any]) -> dict[str, Any]:
    return {name: field_from_wire(kind, name, value) for name, value in wire.items()}


def starts_from(kind: type[Synced], values: Mapping[str, Any], step: Mapping[str, Any]) -> bool:
    """Whether a record with these values still is as it was when a step (its column values) was
    taken: in its state, with the values that go with it."""
    life = kind.__kind__.lifecycle
    current = life is not None and life.starts_from(values["status"], step["before"])
    return current and all(
        field_to_wire(kind, name, values.get(name)) == value
        for name, value in step["was"].items()
        if name in step["fields"]
    )


def derived_after(kind: type[Synced], values: Mapping[str, Any], step: Taken) -> dict[str, Any]:
    """The derived fields of a record after a step, given its values before it."""
    life = kind.__kind__.lifecycle
    if life is None:
        raise TypeError(f"a {kind.__tablename__} has no steps")
    return life.derived.apply({name: values[name] for name in life.derived.fields}, step)
