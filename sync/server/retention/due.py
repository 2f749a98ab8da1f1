"""What is due: the records whose retention period is over and that no legal hold keeps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, Row, select

from sync.server.records.restricted import ABOUT
from sync.server.records.workspace import chunks
from sync.server.retention.removed import is_removed
from sync.server.retention.selects import actions_at, concerns_at, photos_at, records_at
from sync.tables import table_of
from visitapp.records import (
    FROZEN,
    KINDS,
    ActionStatus,
    Contact,
    Contract,
    ContractSetting,
    Document,
    Setting,
)
from visitapp.rules.concerns.states import ConcernStage, ConcernStatus
from visitapp.rules.market_choices import ContractStatus
from visitapp.rules.policy.market import RetentionRules
from visitapp.rules.retention.classes import CLOCKS, TRAIL, Clock, RetentionClass
from visitapp.rules.retention.due import (
    Span,
    concern_kept_until,
    latest,
    photo_kept_until,
    setting_kept_until,
    work_kept_until,
    years_after,
)
from visitapp.standing.legal_holds import read_held

SETTINGS = 25
"""Settings that are looked at together."""


class Due(Struct, frozen=True):
    """One record whose time is over. `place`: the id of what it belongs to; `day`: its own day."""

    sort: RetentionClass
    kind: str
    id: str
    place: str
    day: date


class _Home(Struct, frozen=True):
    closed_on: date | None
    provider_id: str | None
    spans: Sequence[Span]


class DueReader:
    """What is due today, in one transaction."""

    def __init__(self, connection: Connection, rules: RetentionRules, today: date) -> None:
        self._connection = connection
        self._rules = rules
        self._today = today
        self._held = read_held(connection)
        self._ends = self._read_contracts()
        self._homes = self._read_homes()

    def places(self) -> list[list[str]]:
        """The settings that may have anything due, some at a time, then all contracts and
        providers, as the parts that `due` takes."""
        ids = sorted(self._homes)
        parts = [ids[start : start + SETTINGS] for start in range(0, len(ids), SETTINGS)]
        return [*parts, []]

    def due(self, settings: Sequence[str]) -> Iterator[Due]:
        """What is due at these settings; with none, of contracts and providers themselves."""
        if not settings:
            yield from self._contracts()
            yield from self._of_providers(Contact)
            yield from self._of_providers(Document)
            return
        seen: set[str] = set()
        for one in self._of_settings(settings):
            seen.add(one.id)
            yield one
        yield from self._concerns(settings)
        yield from (one for one in self._photos(settings) if one.id not in seen)

    def trail(self, found: Iterable[Due]) -> Iterator[Due]:
        """The history, steps and conflicts of records that are due."""
        by_id = {one.id: one for one in found}
        for name in sorted(TRAIL):
            table = table_of(KINDS[name])
            for ids in chunks(sorted(by_id)):
                mine = (table.c.record_id.in_(ids), ~is_removed(KINDS[name]))
                rows = self._connection.execute(
                    select(table.c.id, table.c.kind, table.c.record_id).where(*mine)
                )
                for row in rows:
                    about = by_id[row.record_id]
                    if about.kind == row.kind:
                        yield Due(about.sort, name, row.id, about.place, about.day)

    def _over(self, until: date | None) -> bool:
        return until is not None and until < self._today

    def _of_settings(self, settings: Sequence[str]) -> Iterator[Due]:
        years = self._rules.contract_years
        for name, clock in CLOCKS.items():
            if clock not in (Clock.WORK, Clock.SETTING):
                continue
            for row in self._connection.execute(records_at(KINDS[name], settings)):
                home, day = self._homes[row.setting_id], _day(row)
                if clock is Clock.WORK:
                    until = work_kept_until(day, home.spans, home.closed_on, years)
                else:
                    until = setting_kept_until(day, home.spans, home.closed_on, years)
                if self._over(until) and not self._held.keeps(row._asdict()):
                    yield Due(RetentionClass.CONTRACT, name, row.id, row.setting_id, day)

    def _concerns(self, settings: Sequence[str]) -> Iterator[Due]:
        due: dict[str, Due] = {}
        for row in self._connection.execute(concerns_at(settings)):
            home, day = self._homes[row.setting_id], row.received_at.date()
            years = self._rules.contract_years
            work = work_kept_until(day, home.spans, home.closed_on, years)
            until = concern_kept_until(_closed_on(row), work, self._rules.concern_years)
            if self._over(until) and not self._held.keeps(row._asdict()):
                due[row.id] = Due(RetentionClass.CONCERN, "concern", row.id, row.setting_id, day)
        yield from due.values()
        for kind in ABOUT:
            columns = table_of(kind).c
            mine = (columns.concern_id.in_(sorted(due)), ~is_removed(kind))
            for row in self._connection.execute(
                select(columns.id, columns.concern_id).where(*mine)
            ):
                about, name = due[row.concern_id], str(kind.__tablename__)
                yield Due(about.sort, name, row.id, about.place, about.day)

    def _photos(self, settings: Sequence[str]) -> Iterator[Due]:
        actions = self._connection.execute(actions_at(settings)).all()
        by_visit: dict[str | None, list[Row[Any]]] = defaultdict(list)
        for action in actions:
            by_visit[action.visit_id].append(action)
        by_id = {action.id: [action] for action in actions}
        for row in self._connection.execute(photos_at(settings)):
            mine = by_id.get(row.action_id) or [
                action
                for action in by_visit[row.visit_id]
                if row.visit_id and (not row.question or action.question in ("", row.question))
            ]
            ended = [_verified_on(one) for one in mine]
            if row.visit_id is not None:
                signed = row.status in FROZEN and row.signed_off_at
                ended.append(row.signed_off_at.date() if signed else None)
            until = photo_kept_until(ended, self._rules.photo_years)
            if self._over(until) and not self._held.keeps(row._asdict()):
                day = row.created_at.date()
                yield Due(RetentionClass.PHOTO, "evidence", row.id, row.setting_id, day)

    def _contracts(self) -> Iterator[Due]:
        table = table_of(Contract)
        rows = select(table.c.id, table.c.id.label("contract_id"), table.c.created_at)
        for row in self._connection.execute(rows.where(~is_removed(Contract))):
            span = self._ends[row.id]
            if self._over(span.kept_until) and not self._held.keeps(row._asdict()):
                day = span.ended_on or row.created_at.date()
                yield Due(RetentionClass.CONTRACT, "contract", row.id, row.id, day)
        for name in ("hand_over", "document"):
            yield from self._with_contracts(name)

    def _with_contracts(self, name: str) -> Iterator[Due]:
        """Records of a kind that belong to contracts, and go with them."""
        table = table_of(KINDS[name])
        for row in self._connection.execute(
            select(table.c.id, table.c.contract_id, table.c.created_at).where(
                table.c.contract_id.is_not(None), ~is_removed(KINDS[name])
            )
        ):
            until = self._ends[row.contract_id].kept_until
            if self._over(until) and not self._held.keeps(row._asdict()):
                day = row.created_at.date()
                yield Due(RetentionClass.CONTRACT, name, row.id, row.contract_id, day)

    def _of_providers(self, kind: type[Contact | Document]) -> Iterator[Due]:
        years = self._rules.contract_years
        ends: dict[str, list[date | None]] = defaultdict(list)
        for contract_id, provider_id in self._sold:
            ends[provider_id].append(self._ends[contract_id].kept_until)
        for home in self._homes.values():
            if home.provider_id:
                ends[home.provider_id].append(years_after(home.closed_on, years))
        table, name = table_of(kind), kind.__tablename__
        rows = select(table.c.id, table.c.provider_id, table.c.created_at).where(
            table.c.provider_id.is_not(None), ~is_removed(kind)
        )
        for row in self._connection.execute(rows):
            day = row.created_at.date()
            until = latest([years_after(day, years), *ends[row.provider_id]])
            if ends[row.provider_id] and self._over(until) and not self._held.keeps(row._asdict()):
                yield Due(RetentionClass.CONTRACT, name, row.id, row.provider_id, day)

    def _read_contracts(self) -> dict[str, Span]:
        """Each contract as a span of its own."""
        columns = (Contract.id, Contract.provider_id, Contract.status, Contract.ended_on)
        rows = self._connection.execute(select(*columns, Contract.deed)).all()
        self._sold = [(row.id, row.provider_id) for row in rows]
        return {
            row.id: Span(
                starts_on=None,
                ends_on=None,
                ended_on=row.ended_on if row.status == ContractStatus.ENDED else None,
                years=self._rules.deed_years if row.deed else self._rules.contract_years,
            )
            for row in rows
        }

    def _read_homes(self) -> dict[str, _Home]:
        spans: dict[str, list[Span]] = defaultdict(list)
        links = select(
            *(ContractSetting.setting_id, ContractSetting.contract_id),
            *(ContractSetting.starts_on, ContractSetting.ends_on),
        ).where(ContractSetting.deleted.is_(False))
        for link in self._connection.execute(links):
            contract = self._ends[link.contract_id]
            spans[link.setting_id].append(
                Span(
                    starts_on=link.starts_on,
                    ends_on=link.ends_on,
                    ended_on=contract.ended_on,
                    years=contract.years,
                )
            )
        rows = self._connection.execute(select(Setting.id, Setting.closed_on, Setting.provider_id))
        return {row.id: _Home(row.closed_on, row.provider_id, spans[row.id]) for row in rows}


def _day(row: Row[Any]) -> date:
    day: date = row.visited_on or row.created_at.date()
    return day


def _closed_on(concern: Row[Any]) -> date | None:
    day = (concern.reached or {}).get(ConcernStage.CLOSED)
    if concern.status != ConcernStatus.CLOSED or day is None:
        return None
    return date.fromisoformat(day)


def _verified_on(action: Row[Any]) -> date | None:
    verified = action.status == ActionStatus.VERIFIED
    return action.verified_at.date() if verified and action.verified_at else None
