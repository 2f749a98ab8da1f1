"""What a regulator's file says anew of held settings, as records.

The overall rating is compared with the setting's own copy, which every device shares; all else with
what this device's directory held before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from visitapp.records import RegulatorChange, RegulatorChangeKind, Setting, ids
from visitapp.rules.access import AccessRequest, Holding, in_scope
from visitapp.services.permission import actor_of, holding, objection
from visitapp.services.views.people import Person
from visitapp.standing.contracts import contract_officers
from visitapp.storage.directory import Place, Publication
from visitapp.storage.directory.publications import (
    FHRS,
    OVERALL,
    REGISTRATION,
    REPORT,
    News,
    rating_kind,
)


def settings_of(session: Session, user: Person) -> list[Setting]:
    """The settings at which a user writes: not those that they see by a joint visit alone."""
    settings = session.scalars(select(Setting).where(Setting.deleted.is_(False)))
    actor, officers = actor_of(user), contract_officers(session)
    return [
        setting
        for setting in settings
        if in_scope(
            actor, Holding(setting.officer_id, setting.team, officers.get(setting.id, frozenset()))
        )
    ]


def record_changes(
    session: Session,
    user: Person,
    setting: Setting,
    place: Place | None,
    found: Iterable[Publication],
    edition_on: date | None,
) -> int:
    """Record what is new of a setting, refresh its copy, and give the number of new records.

    place: as the directory has it now; found: what imports found, of the location and of the food
    hygiene establishment.
    """
    mine = sorted((one for one in found if _is_of(one, setting)), key=lambda one: one.number)
    made = 0
    for one in mine:
        if one.domain != OVERALL and not _repeats(session, setting, one):
            news = News(one.kind, one.domain, one.before, one.after, one.published_on)
            made += _record(session, setting, one.source, news, one.edition_on, one.link)
    if place is not None:
        link = next((one.link for one in reversed(mine) if one.link), "")
        for news in _overall(setting, place, mine):
            made += _record(session, setting, place.regulator, news, edition_on, link)
        _refresh(user, setting, place, mine)
    return made


def _is_of(one: Publication, setting: Setting) -> bool:
    if one.source == FHRS:
        return one.location_id == setting.hygiene_id
    return (one.source, one.location_id) == (setting.regulator, setting.location_id)


def _overall(setting: Setting, place: Place, found: list[Publication]) -> Iterator[News]:
    if not _is_later(setting, place, found):
        return
    before, after = setting.regulator_overall, place.overall
    if before != after:
        yield News(rating_kind(before, after), OVERALL, before, after, place.published)
    elif not any(one.kind == RegulatorChangeKind.NEW_REPORT for one in found):
        yield News(RegulatorChangeKind.NEW_REPORT, REPORT, before, after, place.published)


def _is_later(setting: Setting, place: Place, found: list[Publication]) -> bool:
    """Whether the directory has a later publication than the setting's copy, or a correction of
    the same day that was in this file."""
    here, copy = place.published or date.min, setting.regulator_published or date.min
    corrected = place.overall != setting.regulator_overall and any(
        one.domain == OVERALL for one in found
    )
    return here > copy or (here == copy and corrected)


def _refresh(user: Person, setting: Setting, place: Place, found: list[Publication]) -> None:
    """Bring the setting's copy up to date, where the user may change the setting."""
    if not _is_later(setting, place, found):
        return
    fields = frozenset({"regulator_overall", "regulator_published"})
    request = AccessRequest(
        creating=False, fields=fields, created_by=setting.created_by, holding=holding(setting)
    )
    if objection(user, Setting, request) is None:
        setting.regulator_overall = place.overall
        setting.regulator_published = place.published


def _repeats(session: Session, setting: Setting, one: Publication) -> bool:
    """Whether it says of a registration what the last record says already."""
    if one.domain != REGISTRATION:
        return False
    last = session.scalar(
        select(RegulatorChange.after)
        .where(RegulatorChange.setting_id == setting.id, RegulatorChange.domain == REGISTRATION)
        .order_by(RegulatorChange.edition_on.desc(), RegulatorChange.created_at.desc())
        .limit(1)
    )
    return last == one.after


def _record(
    session: Session, setting: Setting, source: str, news: News, edition_on: date | None, link: str
) -> int:
    # A registration has no day of its own: that of the file tells two closures apart.
    day = news.published_on or (edition_on if news.domain == REGISTRATION else None)
    domain, after = news.domain[:80], news.after[:60]
    id_ = ids.regulator_change_id(setting.id, source, domain, after, day)
    if session.get(RegulatorChange, id_) is not None:
        return 0
    session.add(
        RegulatorChange(
            id=id_,
            setting_id=setting.id,
            source=source,
            kind=news.kind,
            domain=domain,
            before=news.before[:60],
            after=after,
            published_on=day,
            edition_on=edition_on,
            link=link,
        )
    )
    return 1
