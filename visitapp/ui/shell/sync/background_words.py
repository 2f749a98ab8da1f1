"""What is said of syncing in the background: what it does, what waits, and when it goes on."""

from __future__ import annotations

from datetime import datetime

from visitapp.services.sync.schedule import Doing, Hold
from visitapp.services.views.sync import SyncState
from visitapp.ui import words
from visitapp.ui.words import say


def photos(state: SyncState) -> str:
    """`3 of 5 photos sent`; empty when none waits."""
    if not state.photos_waiting:
        return ""
    sent = state.photos_total - state.photos_waiting
    return say("{sent} of {total} photos sent").format(sent=sent, total=state.photos_total)


def under_way(state: SyncState, doing: Doing) -> str:
    """`Sending 12 of 40 changes`, then `3 of 5 photos sent`; empty when nothing is under way."""
    if not doing.syncing:
        return ""
    if not doing.total or doing.done >= doing.total:
        return photos(state) or say("Syncing")
    return say("Sending {done} of {total} changes").format(done=doing.done, total=doing.total)


def background_line(state: SyncState, doing: Doing, now: datetime) -> str:
    """One line: `All sent at 14:02`, `Offline. 14 changes wait; next try in 4 minutes` …"""
    busy = under_way(state, doing)
    if busy or not state.connected:
        return busy
    waits = _waits(state)
    if doing.hold is not None:
        reason = _reason(doing.hold)
        return say("{reason} {waits}.").format(reason=reason, waits=waits) if waits else reason
    when = _in(doing.next_in)
    if doing.failing or state.problem:
        waits = waits or say("Everything is saved here")
        if not when:
            return say("Offline. {waits}.").format(waits=waits)
        return say("Offline. {waits}; next try {when}").format(waits=waits, when=when)
    if waits:
        return say("{waits}; sent {when}").format(waits=waits, when=when) if when else waits
    if state.last_synced is None:
        return ""
    return say("All sent {moment}").format(moment=_at(state.last_synced, now))


def _waits(state: SyncState) -> str:
    if not state.waiting:
        return photos(state)
    return words.count(state.waiting, say("{n} change waits"), say("{n} changes wait"))


def _reason(hold: Hold) -> str:
    reasons = {
        Hold.OFF: say("Visitapp syncs when you ask."),
        Hold.METERED: say("This connection is paid by the amount, so Visitapp syncs when you ask."),
        Hold.PERSON: say("Visitapp does not try by itself until this is settled."),
    }
    return reasons[hold]


def _in(seconds: float | None) -> str:
    if seconds is None:
        return ""
    if seconds < 60:
        return say("in less than a minute")
    minutes = round(seconds / 60)
    return words.count(minutes, say("in {n} minute"), say("in {n} minutes"))


def _at(moment: datetime, now: datetime) -> str:
    local = moment.astimezone()
    if local.date() == now.astimezone().date():
        return say("at {time}").format(time=f"{local:%H:%M}")
    return say("on {day}").format(day=f"{words.day(local.date())} {local:%H:%M}")
