"""Planned visits as a calendar file (RFC 5545), for any calendar program.

A visit is an event of a whole day with the id of its plan, so that a file that is saved again moves
it instead of adding it twice. Calendars are shared more widely than Visitapp: an event names the
setting, its address and the purpose of the visit, and nothing of what was found there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from visitapp.language import translate
from visitapp.reports.paper.whole_file import write_whole
from visitapp.services.views.planner import PlannedPlace
from visitapp.vocabulary import visit_word

_LONGEST = 75
"""Octets of a line; a longer one is folded."""


def calendar_of(visits: Iterable[PlannedPlace], now: datetime) -> str:
    """The calendar of these visits; the text ends each line as the standard asks for."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Visitapp//Visitapp//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
    ]
    for visit in visits:
        lines += _event(visit, now)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def save_calendar(visits: Sequence[PlannedPlace], path: Path, now: datetime) -> Path:
    """Write the calendar of visits to a file, and replace what stands there. Raises
    EnvironmentProblem when it cannot be written."""
    return write_whole(path, calendar_of(visits, now).encode())


def _event(visit: PlannedPlace, now: datetime) -> Iterator[str]:
    plan = visit.plan
    day = plan.planned_on
    title = translate("{visit}: {setting}", visit=visit_word(plan.purpose), setting=plan.setting)
    yield "BEGIN:VEVENT"
    yield f"UID:{plan.id}@visitapp"
    yield f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"SEQUENCE:{plan.moved_count}"
    yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_escaped(title)}"
    if visit.address:
        yield f"LOCATION:{_escaped(visit.address)}"
    yield f"STATUS:{'CONFIRMED' if plan.status == 'confirmed' else 'TENTATIVE'}"
    yield "TRANSP:OPAQUE"
    yield "END:VEVENT"


def _escaped(text: str) -> str:
    plain = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "\\n".join(plain.splitlines())


def _folded(line: str) -> Iterator[str]:
    """The line in parts of at most 75 octets; none is cut within a character."""
    part, size = "", 0
    for character in line:
        octets = len(character.encode())
        if size + octets > _LONGEST:
            yield part
            part, size = " ", 1
        part, size = part + character, size + octets
    yield part
