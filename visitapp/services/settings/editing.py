"""Settings that no directory has, and what a person changes of a setting."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypedDict, Unpack, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from visitapp.errors import Code, Refused
from visitapp.language import Message, message
from visitapp.records import Provider, Setting, ids, new_id
from visitapp.rules.access import AccessRequest
from visitapp.rules.choices import ServiceType
from visitapp.rules.market.districts import district_warning
from visitapp.rules.text import folded
from visitapp.services.context import Desk
from visitapp.services.contracts.terms import check_choice, check_number
from visitapp.services.contributions import Contribution
from visitapp.services.lookup import check_texts, find
from visitapp.services.permission import holding, permit, permit_making
from visitapp.services.providers.finding import find_provider
from visitapp.services.settings.portfolio_query import row_of
from visitapp.services.views.settings import PortfolioRow

REGULATORS = ("cqc", "care_inspectorate")
_MOST_BEDS = 10_000


class SettingFields(TypedDict, total=False):
    """The fields of a setting that a person changes. `provider`: an id or name; empty for none."""

    name: str
    service_type: str
    provider: str
    address: str
    postcode: str
    local_authority: str
    beds: int | None
    in_county: bool
    host_authority: str
    district: str
    locality: str
    care_group: str


_TEXTS = (
    *("name", "address", "postcode", "local_authority"),
    *("host_authority", "district", "locality", "care_group"),
)


class SettingEditing:
    """Adding settings by hand, and editing them. Whoever holds a setting edits it."""

    def __init__(self, desk: Desk, contributions: Sequence[Contribution]) -> None:
        self._desk = desk
        self._contributions = contributions

    def add(
        self,
        name: str,
        service_type: str,
        /,
        *,
        regulator: str = "",
        location_id: str = "",
        **fields: Unpack[SettingFields],
    ) -> PortfolioRow:
        """Take a setting into the portfolio that no directory here has. With its regulator and the
        regulator's id of it, it is the same record as one taken from a directory. A provider that
        is not here is made.

        Raises NotAllowed, Refused ALREADY_THERE or BAD_VALUE.
        """
        given = _checked(fields | SettingFields(name=name, service_type=service_type))
        location_id = location_id.strip()
        _require_registration(regulator, location_id)
        setting_id = ids.setting_id(regulator, location_id) if regulator else new_id()
        with self._desk.transaction() as session:
            held = session.get(Setting, setting_id)
            if held is not None and not held.deleted:
                raise Refused(
                    Code.ALREADY_THERE,
                    message("{setting} is already in the portfolio.", setting=held.name),
                )
            user = self._desk.user(session)
            setting = held or Setting(id=setting_id)
            setting.deleted = False
            setting.officer_id, setting.team = user.id, user.team
            setting.regulator, setting.location_id = regulator, location_id
            self._fill(session, setting, given)
            request = AccessRequest(
                creating=True, fields=frozenset(), created_by=user.id, holding=holding(setting)
            )
            permit(user, Setting, request)
            session.add(setting)
            session.flush()
            return row_of(session, self._desk, self._contributions, setting.id)

    def fields(self, setting_id: str) -> SettingFields:
        """The fields as they are recorded, to be edited. Raises NotFound."""
        with self._desk.reading() as session:
            setting = find(session, Setting, setting_id)
            names = SettingFields.__annotations__.keys() - {"provider"}
            provider = session.get(Provider, setting.provider_id or "")
            given = {name: getattr(setting, name) for name in names}
            return cast(SettingFields, given | {"provider": provider.name if provider else ""})

    def edit(self, setting_id: str, **fields: Unpack[SettingFields]) -> PortfolioRow:
        """Change the fields given. Raises NotFound, NotAllowed, Refused BAD_VALUE."""
        given = _checked(fields)
        with self._desk.transaction() as session:
            setting = find(session, Setting, setting_id)
            request = AccessRequest(
                creating=False,
                fields=frozenset(given),
                created_by=setting.created_by,
                holding=holding(setting),
            )
            permit(self._desk.user(session), Setting, request)
            self._fill(session, setting, given)
            session.flush()
            return row_of(session, self._desk, self._contributions, setting.id)

    def district_warning(self, typed: str, setting_id: str = "") -> Message | None:
        """A sentence when no other setting here is in this district, with the nearest ones."""
        others = select(Setting.district).where(
            Setting.deleted.is_(False), Setting.id != setting_id
        )
        with self._desk.reading() as session:
            return district_warning(typed, session.scalars(others.distinct()))

    def name_warning(self, typed: str) -> Message | None:
        """A sentence when a setting here has this name already, with where it is."""
        places = (
            select(Setting.name, Setting.postcode, Provider.name)
            .outerjoin(Provider, Provider.id == Setting.provider_id)
            .where(Setting.deleted.is_(False))
            .order_by(Setting.name, Setting.id)
        )
        with self._desk.reading() as session:
            for name, *where in session.execute(places):
                if folded(name) == folded(typed.strip()):
                    return message(
                        "There is already a setting of this name: {setting}.",
                        setting=", ".join(part for part in (name, *where) if part),
                    )
        return None

    def _fill(self, session: Session, setting: Setting, given: dict[str, Any]) -> None:
        if "provider" in given:
            named = given["provider"].strip()
            setting.provider_id = self._provider(session, named) if named else None
        for name in given.keys() - {"provider"}:
            setattr(setting, name, given[name])

    def _provider(self, session: Session, named: str) -> str:
        found = find_provider(session, named)
        if found is None:
            check_texts(Provider, {"name": named})
            permit_making(self._desk, session, Provider)
            found = Provider(name=named)
            session.add(found)
            session.flush()
        return found.id


def _checked(fields: SettingFields) -> dict[str, Any]:
    given: dict[str, Any] = dict(fields)
    given |= {name: given[name].strip() for name in _TEXTS if name in given}
    if not given.get("name", "x"):
        raise Refused(Code.BAD_VALUE, message("A setting needs a name."), field="name")
    check_texts(Setting, {name: given[name] for name in _TEXTS if name in given})
    if "service_type" in given:
        check_choice("service_type", given["service_type"], ServiceType)
    check_number("beds", given.get("beds"), _MOST_BEDS)
    return given


def _require_registration(regulator: str, location_id: str) -> None:
    if bool(regulator) != bool(location_id):
        raise Refused(
            Code.BAD_VALUE, message("Give both the regulator and its id of the setting, or none.")
        )
    if regulator and regulator not in REGULATORS:
        raise Refused(
            Code.BAD_VALUE,
            message("The regulator “{regulator}” is not known.", regulator=regulator),
            message("Use one of: {choices}.", choices=", ".join(REGULATORS)),
        )
    check_texts(Setting, {"location_id": location_id})
