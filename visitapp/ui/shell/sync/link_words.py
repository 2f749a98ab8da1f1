"""What the corner of the window and the pill say about the link."""

from __future__ import annotations

from datetime import datetime

from visitapp.language import plural, translate
from visitapp.services.sync.schedule import IDLE, Doing, Hold
from visitapp.services.views.sync import SyncState
from visitapp.ui import words
from visitapp.ui.shell.sync.background_words import photos, under_way


def pill(state: SyncState, now: datetime, doing: Doing = IDLE) -> str:
    """`Sending 12 of 40 changes`, `Offline · 15 changes saved here`, `Synced just now` …

    Empty on a laptop that works alone. Photos are named once no change waits before them.
    """
    if doing.syncing:
        return under_way(state, doing)
    if not state.connected:
        return ""
    if state.problem:
        asks = doing.hold is Hold.PERSON
        why = translate("Sync waits for you") if asks else translate("Offline")
        return words.joined(why, _saved_here(state))
    if state.waiting:
        return plural("{n} change to send", "{n} changes to send", state.waiting)
    if state.photos_waiting:
        return photos(state)
    if state.last_synced is None:
        return translate("Not synced yet")
    return translate("Synced {when}", when=words.when(state.last_synced, now))


def link_lines(state: SyncState, now: datetime, doing: Doing = IDLE) -> list[str]:
    """The lines of the corner: the link, what waits, the last sync, what needs a person."""
    first = under_way(state, doing) or _link(state, now, doing)
    lines = [first, *(line for line in _waiting(state) if line != first)]
    if state.connected and state.last_synced and (_waits(state) or state.problem):
        lines.append(translate("Last synced {when}", when=words.when(state.last_synced, now)))
    if state.refused:
        lines.append(
            plural(
                "{n} change rejected by the server",
                "{n} changes rejected by the server",
                state.refused,
            )
        )
    if state.photos_refused:
        lines.append(
            plural(
                "{n} photo rejected by the server",
                "{n} photos rejected by the server",
                state.photos_refused,
            )
        )
    if state.open_conflicts:
        lines.append(
            plural("{n} conflict to resolve", "{n} conflicts to resolve", state.open_conflicts)
        )
    return lines


def _link(state: SyncState, now: datetime, doing: Doing) -> str:
    if not state.connected:
        return translate("Working on this laptop only")
    if state.problem and doing.hold is Hold.PERSON:
        return state.problem
    if state.problem:
        return translate("Working offline. {problem}", problem=state.problem)
    if state.last_synced is None:
        return translate("Not synced yet")
    if _waits(state):
        return translate("Connected")
    return translate("Synced {when}", when=words.when(state.last_synced, now))


def _waits(state: SyncState) -> bool:
    return bool(state.waiting or state.photos_waiting)


def _saved_here(state: SyncState) -> str:
    if state.waiting:
        return plural("{n} change saved here", "{n} changes saved here", state.waiting)
    return photos(state) or translate("everything is saved here")


def _waiting(state: SyncState) -> list[str]:
    """What waits, a line for changes and one for photos; never empty."""
    lines = [_changes(state), photos(state)]
    return [line for line in lines if line] or [translate("Nothing waiting")]


def _changes(state: SyncState) -> str:
    if not state.waiting:
        return ""
    return plural("{n} change waiting to sync", "{n} changes waiting to sync", state.waiting)
