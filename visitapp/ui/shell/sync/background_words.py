"""What is said of syncing in the background: what it does, what waits, and when it goes on."""

from __future__ import annotations

from datetime import datetime

from visitapp.language import plural, translate
from visitapp.services.sync.schedule import Doing, Hold
from visitapp.services.views.sync import SyncState
from visitapp.ui import words


def photos(state: SyncState) -> str:
    """`3 of 5 photos sent`; empty when none waits."""
    if not state.photos_waiting:
        return ""
    sent = state.photos_total - state.photos_waiting
    return plural(
        "{sent} of {n} photo sent", "{sent} of {n} photos sent", state.photos_total, sent=sent
    )


def under_way(state: SyncState, doing: Doing) -> str:
    """`Sending 12 of 40 changes`, then `3 of 5 photos sent`; empty when nothing is under way."""
    if not doing.syncing:
        return ""
    if not doing.total or doing.done >= doing.total:
        return photos(state) or translate("Syncing")
    return plural(
        "Sending {done} of {n} change",
        "Sending {done} of {n} changes",
        doing.total,
        done=doing.done,
    )


def background_line(state: SyncState, doing: Doing, now: datetime) -> str:
    """One line: `All sent at 14:02`, `Offline. 14 changes waiting; next try in 4 minutes` …"""
    busy = under_way(state, doing)
    if busy or not state.connected:
        return busy
    waits = _waits(state)
    if doing.hold is not None:
        reason = _reason(doing.hold)
        return translate("{reason} {waits}.", reason=reason, waits=waits) if waits else reason
    when = _in(doing.next_in)
    if doing.failing or state.problem:
        waits = waits or translate("Everything is saved here")
        if not when:
            return translate("Offline. {waits}.", waits=waits)
        return translate("Offline. {waits}; next try {when}", waits=waits, when=when)
    if waits:
        return translate("{waits}; next sync {when}", waits=waits, when=when) if when else waits
    if state.last_synced is None:
        return ""
    return translate("All sent {moment}", moment=_at(state.last_synced, now))


def _waits(state: SyncState) -> str:
    if not state.waiting:
        return photos(state)
    return plural("{n} change waiting", "{n} changes waiting", state.waiting)


def _reason(hold: Hold) -> str:
    reasons = {
        Hold.OFF: translate("Automatic sync is off."),
        Hold.METERED: translate("This is a metered connection, so sync is manual."),
        Hold.PERSON: translate("Automatic sync is paused until you resolve this."),
    }
    return reasons[hold]


def _in(seconds: float | None) -> str:
    if seconds is None:
        return ""
    if seconds < 60:
        return translate("in less than a minute")
    minutes = round(seconds / 60)
    return plural("in {n} minute", "in {n} minutes", minutes)


def _at(moment: datetime, now: datetime) -> str:
    local = moment.astimezone()
    if local.date() == now.astimezone().date():
        return translate("at {time}", time=f"{local:%H:%M}")
    return translate("on {day}", day=f"{words.day(local.date())} {local:%H:%M}")
