"""What a register says beside a contract's own terms, and the settings that it adds."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.support.desk.colleagues import become, bring
from tests.support.directory.cqc import HEATHER, LARCH, write_cqc
from visitapp.errors import BadFile, Code
from visitapp.records import Role, Setting, User
from visitapp.services.contracts.register.register import ReadRegister
from visitapp.services.services import Services
from visitapp.services.views.registers import RegisterColumn

Write = Callable[..., Path]
CARE = {"number": "CARE-1", "provider": "Brook Care", "service_types": "Home care"}


@pytest.fixture
def desk(services: Services) -> Services:
    """A lead's desk, with a directory and no setting."""
    bring(services, lee=Role.LEAD, ann=Role.OFFICER, adam=Role.ADMIN, bob=Role.OFFICER)
    with services.desk.database.applying() as session:
        session.get_one(User, "bob").team = "South"
    become(services, "lee")
    return services


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """A register with these rows, as CSV."""

    def written(*rows: dict[str, str], encoding: str = "utf-8") -> Path:
        titles = list(dict.fromkeys(title for row in rows for title in row))
        with (tmp_path / "register.csv").open("w", encoding=encoding, newline="") as file:
            table = csv.DictWriter(file, titles)
            table.writeheader()
            table.writerows(rows)
        return tmp_path / "register.csv"

    return written


def taken(desk: Services, path: Path) -> ReadRegister:
    read = desk.contract_register.read(path, adds_settings=True)
    assert read.difference.faults == []
    desk.contract_register.apply(read)
    again = desk.contract_register.read(path, adds_settings=True).difference
    assert (again.new, again.changed, again.new_settings) == ([], [], [])
    return read


def setting(desk: Services, name: str) -> Setting:
    with desk.desk.reading() as session:
        return session.scalars(select(Setting).where(Setting.name == name)).one()


def test_unknown_settings_are_added_only_when_the_person_says_so(
    desk: Services, write: Write
) -> None:
    row = CARE | {"settings": f"{HEATHER.location_id}; Elm House, Moortown", "officer": "ann"}
    path = write(row | {"district": "North"})
    (fault,) = desk.contract_register.read(path).difference.faults
    assert (fault.column, "No setting on this device" in fault.what) == ("settings", True)
    with pytest.raises(BadFile):
        desk.contract_register.apply(desk.contract_register.read(path))
    read = taken(desk, path)
    assert [(one.name, one.location_id) for one in read.difference.new_settings] == [
        ("Heather Bank", HEATHER.location_id),
        ("Elm House, Moortown", ""),
    ]
    for name, regulator, kind in (
        ("Heather Bank", "cqc", "residential"),
        ("Elm House, Moortown", "", "home_care"),
    ):
        made = setting(desk, name)
        assert (made.regulator, made.service_type) == (regulator, kind)
        assert (made.officer_id, made.team, made.district) == ("ann", "West", "North")
    assert len(desk.contracts.view("CARE-1").settings) == 2


def test_a_name_that_the_directory_has_once_is_that_location(desk: Services, write: Write) -> None:
    path = write(CARE | {"provider": "Moorland Homes", "settings": "heather  BANK, " + LARCH.name})
    read = taken(desk, path)
    assert [(one.name, one.location_id) for one in read.difference.new_settings] == [
        (HEATHER.name, HEATHER.location_id),
        (LARCH.name, LARCH.location_id),
    ]
    assert (read.difference.notes, setting(desk, HEATHER.name).regulator) == ([], "cqc")


def test_a_name_that_the_directory_has_twice_or_of_another_provider_is_said(
    desk: Services, write: Write, tmp_path: Path
) -> None:
    twin = LARCH._replace(location_id="1-900099", provider="Brook Care")
    desk.directory.import_file(write_cqc(tmp_path / "cqc.csv", (HEATHER, LARCH, twin)))
    read = desk.contract_register.read(
        write(CARE | {"settings": f"{HEATHER.name}; {LARCH.name}"}), adds_settings=True
    )
    assert [one.location_id for one in read.difference.new_settings] == ["", ""]
    heather, larch = (one.what for one in read.difference.notes)
    assert f"has 1 of this name: {HEATHER.location_id} (Moorland Homes Ltd)" in heather
    assert f"has 2 of this name: {LARCH.location_id} (Moorland Homes Ltd), 1-900099" in larch


def test_a_provider_of_the_directory_is_not_made_a_second_time(
    desk: Services, write: Write
) -> None:
    path = write(CARE | {"provider": HEATHER.provider, "settings": HEATHER.location_id})
    assert taken(desk, path).difference.new_providers == [HEATHER.provider]
    (provider,) = desk.providers.list()
    assert (provider.name, provider.number) == (HEATHER.provider, HEATHER.provider_id)
    assert (
        desk.contracts.view("CARE-1").row.provider_id == setting(desk, "Heather Bank").provider_id
    )


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"settings": "1-99999999"}, "no location 1-99999999"),
        ({"settings": "Elm House", "service_types": "Home care, Day"}, "which service"),
        ({"settings": "x" * 251}, "too long"),
    ],
)
def test_a_setting_that_cannot_be_added_is_named(
    desk: Services, write: Write, cells: dict[str, str], words: str
) -> None:
    read = desk.contract_register.read(write(CARE | cells), adds_settings=True)
    (fault,) = read.difference.faults
    assert words in fault.what


def test_terms_group_and_contact(desk: Services, write: Write) -> None:
    said = {
        "group": "Rivers Group",
        "funding": "Section 75",
        "route": "Framework",
        "notice_months": "6",
        "our_share": "60%",
        "extension_months": "12+12",
        "lead_commissioner": "Moortown",
        "management_level": "Proactive management and monitoring",
        "management_reason": "New owner",
        "management_review_on": "2027-01-31",
        "contact": "Bo Brook",
        "contact_email": "bo@brook.example",
    }
    taken(desk, write(CARE | said))
    view = desk.contracts.view("CARE-1")
    assert (view.funding, view.route, view.notice_months) == ("section_75", "framework", 6)
    assert (view.our_share, view.extension_months) == (60, "12+12")
    assert (view.level.level, view.level.reason) == ("proactive", "New owner")
    assert desk.providers.view(view.row.provider_id).row.group == "Rivers Group"
    (contact,) = desk.contacts.list(view.row.provider_id)
    assert (contact.name, contact.role) == ("Bo Brook", "Contract contact")
    read = desk.contract_register.read(
        write(CARE | {"contact": "Bo Brook", "contact_phone": "111"})
    )
    (changed,) = read.difference.changed
    assert [(one.field, one.before, one.after) for one in changed.changes] == [
        ("contact_phone", "", "111")
    ]


def test_what_two_rows_say_of_one_provider_must_agree(desk: Services, write: Write) -> None:
    other = CARE | {"number": "CARE-2"}
    same = write(CARE | {"group": "Rivers"}, other | {"group": "rivers"})
    assert desk.contract_register.read(same).difference.faults == []
    differs = write(CARE | {"group": "Rivers"}, other | {"group": "Lakes"})
    (fault,) = desk.contract_register.read(differs).difference.faults
    assert (fault.row, fault.column) == (3, "group")


def test_a_contract_that_ended_or_is_ending_says_so(desk: Services, write: Write) -> None:
    over = CARE | {"status": "Ended", "ends_on": "2026-03-31", "settings": "Elm House"}
    ending = CARE | {"number": "CARE-2", "status": "ending", "ends_on": "2027-03-31"}
    taken(desk, write(over, ending))
    assert desk.contracts.view("CARE-1").row.phase == "ended"
    row = desk.contracts.view("CARE-2").row
    assert (row.phase, row.ends_on) == ("ending", date(2027, 3, 31))
    (fault,) = desk.contract_register.read(write(ending | {"status": "Live"})).difference.faults
    assert "ending or has ended here" in fault.what


def test_a_district_moves_settings(desk: Services, write: Write) -> None:
    desk.settings.add(LARCH.location_id)
    row = CARE | {"settings": LARCH.location_id, "district": "South"}
    read = taken(desk, write(row))
    assert ("district", "", "South") in [
        (one.field, one.before, one.after) for one in read.difference.new[0].changes
    ]
    assert setting(desk, LARCH.name).district == "South"


def test_a_lead_leaves_out_what_another_team_holds(desk: Services, write: Write) -> None:
    rows = (CARE | {"officer": "ann"}, CARE | {"number": "CARE-2", "officer": "bob"})
    read = taken(desk, write(*rows))
    (out,) = read.difference.left_out
    assert (out.row, "team South" in out.what) == (3, True)
    assert [one.number for one in desk.contracts.list()] == ["CARE-1"]
    become(desk, "adam")
    assert taken(desk, write(*rows)).difference.left_out == []
    assert [one.number for one in desk.contracts.list()] == ["CARE-1", "CARE-2"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_columns_of_a_file_are_told_with_what_they_are_taken_to_be(
    desk: Services, write: Write, encoding: str
) -> None:
    known = write(CARE | {"Café": "x"}, encoding=encoding)
    assert desk.contract_register.columns(known) == [
        *(RegisterColumn(name, name) for name in CARE),
        RegisterColumn("Café", ""),
    ]
    half = write({"Contract ref": "C-1", "Run by": "Brook Care"}, encoding=encoding)
    assert [one.field for one in desk.contract_register.columns(half)] == ["number", ""]
    strange = write({"Agreement": "C-1", "Run by": "Brook Care"}, encoding=encoding)
    assert [one.field for one in desk.contract_register.columns(strange)] == ["", ""]
    desk.contract_register.read(strange, {"Agreement": "number", "Run by": "provider"})
    assert [one.field for one in desk.contract_register.columns(strange)] == ["number", "provider"]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"word\r\nother\r\n", b"\x00" * 5000])
def test_a_file_without_columns_is_refused(desk: Services, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "other.xlsx"
    path.write_bytes(content)
    with pytest.raises(BadFile) as refused:
        desk.contract_register.columns(path)
    assert refused.value.code != Code.BUG


def test_nothing_is_kept_when_the_person_stops_it(desk: Services, write: Write) -> None:
    class Stopped(Exception):
        pass

    def stop(done: int, total: int) -> None:
        raise Stopped

    read = desk.contract_register.read(write(CARE))
    with pytest.raises(Stopped):
        desk.contract_register.apply(read, stop)
    assert desk.contracts.list() == []


@pytest.mark.parametrize("title", ["Annual cost", "Yearly cost", "Yearly value"])
def test_the_cost_is_known_by_each_of_its_titles(desk: Services, write: Write, title: str) -> None:
    taken(desk, write(CARE | {title: "90000"}))
    assert desk.contracts.view("CARE-1").yearly_cost == 90_000
