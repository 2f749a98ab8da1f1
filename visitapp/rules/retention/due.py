"""Until which day a record is kept. Pure: days in, a day out; None while no end is in sight."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from msgspec import Struct


class Span(Struct, frozen=True, kw_only=True):
    """A setting's time under a contract, from one day to another; None where it is open.

    `ended_on`: the end of the contract itself, None while it runs. `years`: how long it is kept
    after that.
    """

    starts_on: date | None
    ends_on: date | None
    ended_on: date | None
    years: int

    def covers(self, day: date) -> bool:
        """Whether the setting was under the contract on a day."""
        begun = self.starts_on is None or self.starts_on <= day
        last = min((end for end in (self.ends_on, self.ended_on) if end), default=None)
        return begun and (last is None or day <= last)

    @property
    def kept_until(self) -> date | None:
        """The last day on which what belongs to the contract is kept."""
        return years_after(self.ended_on, self.years)


def years_after(day: date | None, years: int) -> date | None:
    """The same day some years later; 1 March for 29 February, so that nothing goes early."""
    if day is None:
        return None
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def work_kept_until(
    day: date, spans: Sequence[Span], closed_on: date | None, years: int
) -> date | None:
    """For work at a setting on a day: as long as the contracts of that day; of all its contracts
    where none covers it; from the closing of a setting that never had one. Never shorter than from
    its own day."""
    covering = [span for span in spans if span.covers(day)] or spans
    ends = [span.kept_until for span in covering] or [years_after(closed_on, years)]
    return latest([years_after(day, years), *ends])


def setting_kept_until(
    day: date, spans: Sequence[Span], closed_on: date | None, years: int
) -> date | None:
    """For what describes a setting from a day on: as long as its last contract, and while it is
    open."""
    ends = (span.kept_until for span in spans)
    return latest([years_after(day, years), years_after(closed_on, years), *ends])


def concern_kept_until(closed_on: date | None, work_until: date | None, years: int) -> date | None:
    """For a concern: from its closing, and no shorter than other work of its day."""
    return latest([years_after(closed_on, years), work_until])


def photo_kept_until(ended: Iterable[date | None], years: int) -> date | None:
    """For a photo: from the last of the sign-off of its visit and the verifications of its actions,
    None for what has not happened yet."""
    return years_after(latest(ended), years)


def latest(days: Iterable[date | None]) -> date | None:
    """The latest of some days; None when one of them is not known, or there is none."""
    known = list(days)
    found = [day for day in known if day is not None]
    return max(found) if found and len(found) == len(known) else None
