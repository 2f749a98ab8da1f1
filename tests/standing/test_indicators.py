"""Every indicator says the same of one setting as of many, merged ones included."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from forms.format.sources import SOURCES
from tests.support.benchmarks.many_settings import fill
from tests.support.desk.desks import Clock, open_desk
from tests.support.desk.keyrings import MemoryKeyring
from visitapp.records import Concern, Setting
from visitapp.rules.market_choices import SettingStatus
from visitapp.services.services import Services
from visitapp.standing.indicators import reading as module
from visitapp.standing.indicators.every import READERS
from visitapp.standing.indicators.reading import Reading, read_indicators


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    with open_desk(tmp_path / "desk", Clock(), MemoryKeyring()) as opened:
        yield opened


def test_each_indicator_is_a_source_that_forms_may_name() -> None:
    assert READERS.keys() - SOURCES.keys() == set()


def test_one_setting_and_many_are_read_alike(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(services, 12)
    desk = services.desk
    with desk.transaction() as session:
        first, second, *_ = session.scalars(select(Setting).order_by(Setting.name))
        second.status, second.merged_into_id = SettingStatus.MERGED.value, first.id
        session.add(
            Concern(
                setting_id=second.id,
                kind="serious_incident",
                title="A fall",
                severity="3",
                source="family",
                themes="falls",
                received_at=desk.clock(),
            )
        )
    with desk.reading() as session:
        settings = [one for one in session.scalars(select(Setting)) if one.status == "open"]
        monkeypatch.setattr(module, "_FEW", 3)
        many = Reading(session, desk.directory, settings, desk.today())
        assert not many.few
        together = read_indicators(READERS, list(READERS), many)
        for setting in settings:
            one = Reading(session, desk.directory, [setting], desk.today())
            assert one.few
            alone = read_indicators(READERS, list(READERS), one)
            for name, found in alone.items():
                assert found.get(setting.id) == together[name].get(setting.id), name
        counted = together["concerns.serious_incidents"]
        assert {id_: filled.value for id_, filled in counted.items()} == {first.id: 1}


def test_the_server_reads_them_without_a_directory(services: Services) -> None:
    fill(services, 2)
    with services.desk.reading() as session:
        settings = session.scalars(select(Setting)).all()
        reading = Reading(session, None, settings, services.desk.today())
        found = read_indicators(READERS, list(READERS), reading)
    assert found["hygiene.rating"] == {}
    assert set(found["visit.rag"]) == {one.id for one in settings}
