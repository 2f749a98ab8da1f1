"""Calendar files: what RFC 5545 asks for, and what an event says."""

from __future__ import annotations

from datetime import UTC, date, datetime

from msgspec.structs import replace

from visitapp.reports.calendar.ics import calendar_of
from visitapp.services.views.planner import PlannedPlace
from visitapp.services.views.planning import PlannedView

NOW = datetime(2026, 12, 1, 9, 30, tzinfo=UTC)
PLAN = PlannedView(
    id="01a2",
    setting_id="s",
    setting="Heather Bank",
    purpose="annual",
    form_id=None,
    officer_id="o",
    officer="Ann",
    window_from=date(2026, 12, 1),
    window_to=date(2026, 12, 31),
    first_planned_on=date(2026, 12, 10),
    planned_on=date(2026, 12, 31),
    status="planned",
    state="planned",
    moved_count=2,
    for_lead=False,
    visit_id=None,
)


def unfolded(text: str) -> list[str]:
    return text.replace("\r\n ", "").split("\r\n")


def test_a_visit_is_an_event_of_a_whole_day() -> None:
    lines = unfolded(calendar_of([PlannedPlace(PLAN, "1 High Street\nAmbleford, AM1 1AA")], NOW))
    assert lines[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"]
    assert lines[-2:] == ["END:VCALENDAR", ""]
    event = lines[lines.index("BEGIN:VEVENT") : lines.index("END:VEVENT")]
    assert set(event) >= {
        "UID:01a2@visitapp",
        "DTSTAMP:20261201T093000Z",
        "SEQUENCE:2",
        "DTSTART;VALUE=DATE:20261231",
        "DTEND;VALUE=DATE:20270101",
        "SUMMARY:Annual quality visit: Heather Bank",
        "LOCATION:1 High Street\\nAmbleford\\, AM1 1AA",
        "STATUS:TENTATIVE",
    }


def test_a_confirmed_day_is_confirmed() -> None:
    text = calendar_of([PlannedPlace(replace(PLAN, status="confirmed"))], NOW)
    assert "\r\nSTATUS:CONFIRMED\r\n" in text
    assert "LOCATION" not in text


def test_a_long_line_is_folded_and_no_character_is_cut() -> None:
    name = "Tŷ Gwyn; \\ Côr " * 12
    text = calendar_of([PlannedPlace(replace(PLAN, setting=name))], NOW)
    lines = text.split("\r\n")
    assert max(len(line.encode()) for line in lines) <= 75
    escaped = name.replace("\\", "\\\\").replace(";", "\\;")
    assert f"SUMMARY:Annual quality visit: {escaped}" in unfolded(text)


def test_no_event_says_what_was_found() -> None:
    text = calendar_of([PlannedPlace(PLAN)], NOW).casefold()
    for word in ("red", "amber", "green", "risk", "ann"):
        assert f" {word}" not in text
