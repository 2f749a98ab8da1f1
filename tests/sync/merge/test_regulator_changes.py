"""Two devices that import one file meet in one record; an export reaches the audit log."""

from __future__ import annotations

from datetime import date

import pytest

from sync.server.audit.query import listed, verify
from tests.support.sync.council import Council, Device
from visitapp.records import Conflict, ListExport, RegulatorChange
from visitapp.records.ids import regulator_change_id

DAY = date(2026, 6, 26)


def change(setting_id: str, before: str) -> RegulatorChange:
    return RegulatorChange(
        id=regulator_change_id(setting_id, "cqc", "Overall", "Inadequate", DAY),
        setting_id=setting_id,
        source="cqc",
        kind="rating_down",
        domain="Overall",
        before=before,
        after="Inadequate",
        published_on=DAY,
        edition_on=DAY,
    )


@pytest.fixture
def devices(council: Council) -> tuple[Device, Device, str]:
    officer = council.officer("ann", "East")
    lead = council.lead("lee", "East")
    setting = officer.setting()
    officer.sync()
    lead.sync()
    return officer, lead, setting


def test_two_devices_meet_in_one_record(devices: tuple[Device, Device, str]) -> None:
    """The lead's directory was an edition behind, so that it saw another rating before."""
    officer, lead, setting = devices
    officer.add(change(setting, "Good"))
    lead.add(change(setting, "Outstanding"))
    for device in (officer, lead, officer, lead):
        assert device.sync().refused == []
    for device in (officer, lead):
        (one,) = device.all(RegulatorChange)
        assert (one.before, one.created_by) == ("Good", officer.user_id)
        assert device.all(Conflict) == []
        assert device.outbox() == []


def test_an_export_is_in_the_audit_log_without_its_content(
    council: Council, devices: tuple[Device, Device, str]
) -> None:
    officer, lead, _ = devices
    exports = [
        ListExport(
            user_id=officer.user_id,
            list_name=name,
            filters="Open; search",
            row_count=12,
            file_type="xlsx",
        )
        for name in ("Actions", "Visits")
    ]
    officer.add(*exports)
    assert officer.sync().refused == []
    with council.database.reading() as session:
        connection = session.connection()
        entries = [e for e in listed(connection) if e.what == "list_exported"]
        assert verify(connection).bad is None
    told = {e.detail["list_name"]: e.detail for e in entries}
    assert set(told) == {"Actions", "Visits"}
    assert told["Actions"]["row_count"] == 12
    assert told["Actions"]["filters"] == "Open; search"
    assert {e.user for e in entries} == {"ann"}
    lead.sync()
    assert lead.all(ListExport) == []
