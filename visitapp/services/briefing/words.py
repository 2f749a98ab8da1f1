"""The words of a briefing, the same on the page, on paper and in the terminal."""

from __future__ import annotations

from visitapp.dates import long_day
from visitapp.language import plural, translate
from visitapp.services.briefing.views import Briefing


def heading_line(one: Briefing) -> str:
    """The provider and the visit."""
    return " \u00b7 ".join(part for part in (one.provider, one.visit) if part)


def since_words(one: Briefing) -> str:
    """`What changed since the last visit, 12 June 2026`."""
    if one.last_visit is None:
        return translate("What is on record")
    return translate("What changed since the last visit, {day}", day=long_day(one.last_visit))


def more_words(one: Briefing) -> str:
    """What stands under the changes."""
    lines = []
    if one.last_visit is None:
        lines.append(translate("Nobody has visited yet."))
    elif not one.changes:
        day = long_day(one.last_visit)
        lines.append(translate("Nothing has changed since {day}.", day=day))
    if one.left_out:
        lines.append(
            plural(
                "{n} earlier change is in the record.",
                "{n} earlier changes are in the record.",
                one.left_out,
            )
        )
    if one.unchanged:
        lines.append(translate("No change: {facts}.", facts=", ".join(one.unchanged)))
    return " ".join(lines)


def first_words(one: Briefing) -> str:
    """What stands under the questions to look at first."""
    if one.left_first:
        return plural(
            "{n} more question was below the best or not checked.",
            "{n} more questions were below the best or not checked.",
            one.left_first,
        )
    if not one.answers_here:
        return translate("The answers of visits are not on this laptop.")
    if one.look_first or one.last_visit is None:
        return ""
    return translate("No question was below the best or left unchecked at the last visit.")
