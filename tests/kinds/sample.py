"""A valid record of every kind, from its declaration; a kind that is new needs nothing here."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count
from typing import Any

from sqlalchemy import JSON, Boolean, Date, Integer, String

from forms.catalogue.catalogue import Library
from sync.server.operations.local_changes import SERVER
from sync.server.records.fields import checked, completed, needed
from sync.server.records.revisions import Revisions
from sync.server.records.workspace import Workspace
from sync.wire import Change, Create, Result
from tests.support.interventions.on_devices import criterion, refer
from tests.support.plans.on_devices import draft
from tests.support.sync import pushes
from tests.support.sync.audited import people_make
from tests.support.sync.concerns import raise_concern
from tests.support.sync.council import Council, Device
from tests.support.sync.pushes import AT
from visitapp.errors import NotAllowed
from visitapp.language import Message
from visitapp.records import (
    KINDS,
    SYNCED,
    Contract,
    Instant,
    Joining,
    Provider,
    Role,
    Setting,
    Synced,
    Visit,
    new_id,
)
from visitapp.records.codec import columns, field_from_wire, moment_to_wire
from visitapp.records.declared import parents, sent_fields
from visitapp.records.ids import joining_id
from visitapp.rules.access import AccessRequest, Actor, Holding, refusal
from visitapp.rules.kinds import Scope

TESTED = [kind for kind in KINDS.values() if kind not in SYNCED] or list(SYNCED)
"""The kinds that the suite runs on: the made-up one alone where it is there."""

PERSONAL = [kind for kind in TESTED if kind.__kind__.scope is Scope.PERSON]
SHARED = [kind for kind in TESTED if kind not in PERSONAL]
"""Those of which more than one person has the same record."""


MADE_BY_PEOPLE = [kind for kind in SHARED if people_make(kind)]

BY_SETTING = [k for k in TESTED if k.__kind__.by_setting and k.__tablename__ != "setting"]


def name_of(kind: type[Synced]) -> str:
    return str(kind.__tablename__)


CONTRACT, OTHER_HOME = new_id(), new_id()
"""A contract of the lead's, and a setting that others can be merged into."""

_DAYS = (date(2027, 1, 1) + timedelta(days=n) for n in count())


class Home:
    """A setting with a visit, an action of it and a visit that is signed off, made and sent by its
    officer."""

    def __init__(self, officer: Device, library: Library, reviewer_id: str = "") -> None:
        self.reviewer_id, self._officer = reviewer_id, officer
        self.has_others = True
        self.id = officer.setting()
        self.officer_id = officer.user_id
        self.visit = officer.visit(self.id)
        self.action = officer.action(self.id, visit_id=self.visit)
        self.concern = raise_concern(officer, self.id)
        self.intervention = refer(officer, self.id)
        self.criterion = criterion(officer, self.intervention)
        self.plan = draft(officer, self.id)
        self.provider = new_id()
        officer.add(Provider(id=self.provider, name="Willow Care"))
        officer.edit(Setting, self.id, provider_id=self.provider)
        self.signed = officer.visit(self.id, plans="met", calls="met")
        officer.sign_off(self.signed, library)
        self.signed_at = moment_to_wire(officer.get(Visit, self.signed).signed_off_at)
        officer.sync()

    def another(self) -> str:
        """Another setting of its officer, for a record of which a setting has one."""
        made = self._officer.setting()
        self._officer.sync()
        return made


class Place:
    """A council with somebody of every role."""

    def __init__(self, council: Council) -> None:
        self.council = council
        self.by_role: dict[Role, Device] = {}
        for role in Role:
            council.user(role.value, role)
            self.by_role[role] = council.device(role.value)
        self.officer, self.lead = self.by_role[Role.OFFICER], self.by_role[Role.LEAD]
        self.stranger = council.officer("stranger", "West")
        self.home = Home(self.officer, council.library, self.by_role[Role.ADMIN].user_id)
        self.homes = {Role.INTERVENTION: Home(self.by_role[Role.INTERVENTION], council.library)}
        self.handed_over = Home(self.officer, council.library)
        council.admin.assign("stranger", [self.handed_over.id])
        self.joint = Home(self.officer, council.library)
        self.handed_over.has_others = self.joint.has_others = False
        joined = Joining(
            id=joining_id(self.joint.visit, self.stranger.user_id),
            setting_id=self.joint.id,
            visit_id=self.joint.visit,
            user_id=self.stranger.user_id,
        )
        self.officer.add(joined)
        provider = self.home.provider
        for device in (self.officer, self.lead):
            device.sync()
        self.lead.add(Contract(id=CONTRACT, provider_id=provider, number="C-1"))
        team = self.lead.user.team if self.lead.user else ""
        other = Setting(id=OTHER_HOME, name="Hazel Court", service_type="residential", team=team)
        self.lead.add(other)
        assert self.lead.sync().refused == []

    def home_of(self, role: Role) -> Home:
        """A setting that somebody of this role sees."""
        return self.homes.get(role, self.home)

    def actor(self, device: Device) -> Actor:
        assert device.user is not None
        return Actor(device.user.id, device.user.role, device.user.team)

    def put_in_use(self, kind: type[Synced], id_: str, home: Home) -> None:
        """Give the home a provider or contract, so that everybody who sees the home sees it."""
        uses = {
            "provider": lambda: pushes.update("setting", home.id, provider_id=id_),
            "contract": lambda: pushes.under(self.lead, id_, home.id),
        }
        if name_of(kind) in uses:
            (result,) = push(self.lead, uses[name_of(kind)]())
            assert result.status == "accepted", result

    def writers(self, kind: type[Synced], home: Home) -> Iterator[Device]:
        """Those who may make such a record at the home."""
        for role in (Role.OFFICER, Role.LEAD, Role.ADMIN):
            device = self.by_role[role]
            if not self.why_not(kind, device, values_of(kind, device, home), home):
                yield device

    def why_not(
        self,
        kind: type[Synced],
        device: Device,
        values: dict[str, Any],
        home: Home,
        *,
        made_by: str = "",
    ) -> Message | None:
        """What the pure rules say to making such a record, or to changing one."""
        holding = Holding(values.get("officer_id"), values.get("team", ""))
        request = AccessRequest(
            creating=not made_by,
            fields=values.keys(),
            created_by=made_by or device.user_id,
            holding=holding if name_of(kind) == "setting" else None,
            visit_officer_id=(
                values.get("officer_id") if name_of(kind) == "visit" else home.officer_id
            ),
            second_reviewer_id=values.get("reviewer_id"),
        )
        return refusal(self.actor(device), request, kind.__kind__.write, kind.__kind__.writers)


def push(device: Device, *changes: Change) -> list[Result]:
    """Send changes; signs in again where so much was done that the sign-in has ended."""
    try:
        return pushes.push(device, *changes)
    except NotAllowed:
        assert device.user is not None
        device.connect(device.user.name)
        return pushes.push(device, *changes)


def values_of(kind: type[Synced], device: Device, home: Home) -> dict[str, Any]:
    """The wire values of a new record."""
    assert device.user is not None
    special: dict[str, dict[str, Any]] = {
        "setting": {"team": device.user.team, "officer_id": device.user_id},
        "history": {"kind": "action", "record_id": home.action, "field": "title"},
        "conflict": {"kind": "action", "record_id": home.action, "field": "title"},
        "step": {
            "kind": "action",
            "record_id": home.action,
            "day": "2026-11-22",
            "before": "open",
            "after": "withdrawn",
            "reason": "Made twice",
        },
        "answer": {"question": new_id()},
        "accuracy_point": {"visit_id": None},  # nobody answers a comment on their own visit
        "provider_group": {"name": new_id()},
        "contract_setting": {"starts_on": next(_DAYS).isoformat()},
        "joining": {"user_id": new_id()},
        "intervention": {"referred_on": "2026-11-20"},
        "exit_criterion": {"unit": "percent"},
        "criterion_reading": {"counted_of": 20},
        "placement_exception": {"person": "P31"},
        "affected_person": {"person": "P31"},
        "legal_hold": {"subject": "setting", "subject_id": home.id},
        "outcome_override": {
            "visit_id": home.signed,
            "signed_off_at": home.signed_at,
            "outcome_rag": "green",
            "rag": "amber",
        },
        "second_review": {"visit_id": home.signed, "reviewer_id": home.reviewer_id or new_id()},
        "regulator_change": {"domain": new_id()},
        "contract": {"number": f"C-{new_id()}"},
        "visit": {"form_id": "short", "form_version": "1", "visited_on": "2026-11-22"},
        "significant_event": {"happened_on": "2026-11-22", "text": "A fall"},
        "placement_position": {
            "position": "open",
            "reason": "Seen today",
            "source": "rating",
            "from_on": "2026-11-22",
        },
    }
    ids = {"setting": home.id, "visit": home.visit, "provider": home.provider}
    ids["action"] = home.action
    ids["concern"], ids["improvement_plan"] = home.concern, home.plan
    ids["intervention"] = home.intervention
    ids["exit_criterion"] = home.criterion
    ids["contract"] = CONTRACT
    if name_of(kind) == "escalation" and home.has_others:
        ids["setting"] = home.another()
    values: dict[str, Any] = {}
    for field in needed(kind) | (columns(kind).keys() & {"setting_id", "visit_id"}):
        if field in parents(kind):
            values[field] = ids.get(parents(kind)[field])
        else:
            values[field] = _value(columns(kind)[field], device)
    return {
        **{name: value for name, value in values.items() if value is not None},
        **special.get(name_of(kind), {}),
        "created_at": AT,
        "created_by": device.user_id,
    }


def _value(column: Any, device: Device) -> Any:
    if column.info.get("user"):
        return device.user_id
    if "choices" in column.info:
        return next(iter(column.info["choices"])).value
    if "past" in column.info:
        return "2026-11-22"
    for type_, value in (
        (Boolean, False),
        (Integer, 1),
        (Date, "2026-12-01"),
        (Instant, AT),
        (JSON, {}),
        (String, "Words"),
    ):
        if isinstance(column.type, type_):
            return value
    raise AssertionError(f"{column} has a type that no sample has")


def make(place: Place, device: Device, kind: type[Synced], message: Create) -> None:
    """Have a record at the server: sent by the device, or made by the server where it alone may."""
    if people_make(kind):
        (result,) = push(device, message)
        assert result.status == "accepted", result
        return
    with place.council.database.storing() as connection:
        workspace, revisions = Workspace(connection), Revisions(connection, 1)
        values = completed(kind, checked(kind, message.values))
        workspace.add(kind, message.id, values, [revisions.take(), SERVER, AT])
        workspace.flush()


def created(kind: type[Synced], values: dict[str, Any]) -> Create:
    """The message that makes the record."""
    derived = kind.__kind__.derived_id
    id_ = derived.make(*(values.get(f, "") for f in derived.fields)) if derived else new_id()
    if "hold_id" in values:  # the first row of a hold names itself
        values = {**values, "hold_id": id_}
    if name_of(kind) == "campaign":  # so does the row that starts a campaign
        values = {**values, "campaign_id": id_}
    return Create(kind=name_of(kind), id=id_, at=AT, values=values)


def record_of(kind: type[Synced], message: Create) -> Synced:
    """The same record, to be made on a device."""
    values = {n: field_from_wire(kind, n, value) for n, value in message.values.items()}
    return kind(id=message.id, **values)


def texts(kind: type[Synced]) -> list[str]:
    """The free texts that may be edited and decide nothing."""
    declared = kind.__kind__
    return sorted(
        name
        for name in sent_fields(kind) - declared.fixed - declared.judged
        if columns(kind)[name].info.get("holds") == "text"
        and "fault" not in columns(kind)[name].info
    )
