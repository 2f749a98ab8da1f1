"""Import regulators' files, and list what they say anew."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from sqlalchemy import func, select

from visitapp.records import RegulatorChange, Setting
from visitapp.rules.access import WRITERS
from visitapp.services.context import Desk
from visitapp.services.directory.recording import record_changes, settings_of
from visitapp.services.directory.wording import change_words
from visitapp.services.views.regulator_changes import RegulatorChangeView
from visitapp.storage.directory import ImportReport, Progress, Publication
from visitapp.storage.directory.publications import HYGIENE, OVERALL, REGISTRATION, REPORT

_UPTO = "publications_recorded"
"""The number of the last publication of the directory that became records here."""
_OF_AN_AREA = frozenset({OVERALL, REPORT, REGISTRATION, HYGIENE})
"""What is listed of locations that are not held; their key questions would bury it."""


class RegulatorFiles:
    """The public files of regulators, and what was new in them."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def import_file(
        self, path: Path, progress: Progress | None = None, *, take_older: bool = False
    ) -> ImportReport:
        """Import a file, and record what it says anew of the user's settings.

        Raises BadFile, FILE_OLDER for one that is older than the directory unless `take_older`,
        and whatever `progress` raises to stop; the directory is then as it was.
        """
        report = self._desk.directory.import_file(path, progress, refuse_older=not take_older)
        return replace(report, held_changes=self._record(report))

    def changes(self) -> list[RegulatorChangeView]:
        """What was new of the settings on this device, the latest publication first."""
        day = func.coalesce(RegulatorChange.published_on, RegulatorChange.edition_on)
        query = (
            select(RegulatorChange, Setting)
            .join(Setting, Setting.id == RegulatorChange.setting_id)
            .where(RegulatorChange.deleted.is_(False), Setting.deleted.is_(False))
            .order_by(day.desc(), Setting.name, RegulatorChange.domain, RegulatorChange.id)
        )
        with self._desk.reading() as session:
            return [_of_record(change, setting) for change, setting in session.execute(query)]

    def area_changes(self) -> list[RegulatorChangeView]:
        """What was new of other locations in the areas of the settings on this device."""
        with self._desk.reading() as session:
            rows = session.execute(
                select(Setting.local_authority, Setting.location_id, Setting.hygiene_id).where(
                    Setting.deleted.is_(False)
                )
            ).all()
        held = {id_ for row in rows for id_ in (row.location_id, row.hygiene_id) if id_}
        areas = {row.local_authority for row in rows if row.local_authority}
        directory = self._desk.directory
        areas |= directory.hygiene_areas({row.hygiene_id for row in rows if row.hygiene_id})
        return [
            _of_publication(one)
            for one in directory.area_publications(areas)
            if one.location_id not in held and one.domain in _OF_AN_AREA
        ]

    def _record(self, report: ImportReport) -> int:
        """Record what is new of the user's settings; gives how many records that made."""
        directory = self._desk.directory
        with self._desk.reading() as session:
            user = self._desk.user(session)
        if user.role not in WRITERS:
            return 0
        made = 0
        with self._desk.transaction() as session:
            last = directory.last_publication()
            upto = self._desk.states.get(session, _UPTO) or 0
            settings = settings_of(session, user)
            ids = {id_ for one in settings for id_ in (one.location_id, one.hygiene_id) if id_}
            found: dict[str, list[Publication]] = {}
            # A directory that was made anew counts from the beginning.
            for one in directory.publications(after=upto if upto <= last else 0, ids=ids):
                found.setdefault(one.location_id, []).append(one)
            places = {(p.regulator, p.location_id): p for p in directory.places(ids)}
            for setting in settings:
                about = [
                    *found.get(setting.location_id, ()),
                    *(found.get(setting.hygiene_id, ()) if setting.hygiene_id else ()),
                ]
                place = places.get((setting.regulator, setting.location_id))
                day = report.edition_on
                made += record_changes(session, user, setting, place, about, day)
            self._desk.states.set(session, _UPTO, last)
        return made


def _of_record(change: RegulatorChange, setting: Setting) -> RegulatorChangeView:
    return RegulatorChangeView(
        setting_id=setting.id,
        setting=setting.name,
        location_id=setting.location_id,
        local_authority=setting.local_authority,
        source=change.source,
        kind=change.kind,
        domain=change.domain,
        before=change.before,
        after=change.after,
        what=change_words(change.kind, change.domain, change.before, change.after),
        published_on=change.published_on,
        edition_on=change.edition_on,
        link=change.link,
    )


def _of_publication(one: Publication) -> RegulatorChangeView:
    return RegulatorChangeView(
        setting_id="",
        setting=one.name,
        location_id=one.location_id,
        local_authority=one.local_authority,
        source=one.source,
        kind=one.kind,
        domain=one.domain,
        before=one.before,
        after=one.after,
        what=change_words(one.kind, one.domain, one.before, one.after),
        published_on=one.published_on,
        edition_on=one.edition_on,
        link=one.link,
    )
