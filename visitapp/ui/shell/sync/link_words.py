"""What the corner of the window and the pill say about the link."""

from __future__ import annotations

from datetime import datetime

from visitapp.services.sync.schedule import IDLE, Doing
from visitapp.services.views.sync import SyncState
from visitapp.ui import words
from visitapp.ui.shell.sync.background_words import photos, under_way
from visitapp.ui.words import say


def pill(state: SyncState, now: datetime, doing: Doing = IDLE) -> str:
    """`Sending 12 of 40 changes`, `Offline · 15 changes saved here`, `Synced just now` …

    Empty on a laptop that works alone. Photos are named once no change waits before them.
    """
    if doing.syncing:
        return under_way(state, doing)
    if not state.connected:
        return ""
    if state.problem:
        return words.joined(say("Offline"), _saved_here(state))
    if state.waiting:
        return words.count(state.waiting, say("{n} change to send"), say("{n} changes to send"))
    if state.photos_waiting:
        return photos(state)
    if state.last_synced is None:
        return say("Not synced yet")
    return say("Synced {when}").format(when=words.when(state.last_synced, now))


def link_lines(state: SyncState, now: datetime, doing: Doing = IDLE) -> list[str]:
    """The lines of the corner: the link, what waits, the last sync, what needs a person."""
    first = under_way(state, doing) or _link(state, now)
    lines = [first, *(line for line in _waiting(state) if line != first)]
    if state.connected and state.last_synced and (_waits(state) or state.problem):
        lines.append(say("Last synced {when}").format(when=words.when(state.last_synced, now)))
    if state.refused:
        lines.append(
            words.count(
                state.refused,
                say("{n} change rejected by the server"),
                say("{n} changes rejected by the server"),
            )
        )
    if state.photos_refused:
        lines.append(
            words.count(
                state.photos_refused,
                say("{n} photo rejected by the server"),
                say("{n} photos rejected by the server"),
            )
        )
    if state.open_conflicts:
        lines.append(
            words.count(
                state.open_conflicts,
                say("{n} conflict to resolve"),
                say("{n} conflicts to resolve"),
            )
        )
    return lines


def _link(state: SyncState, now: datetime) -> str:
    if not state.connected:
        return say("Working on this laptop only")
    if state.problem:
        return say("Working offline. {problem}").format(problem=state.problem)
    if state.last_synced is None:
        return say("Not synced yet")
    if _waits(state):
        return say("Connected")
    return say("Synced {when}").format(when=words.when(state.last_synced, now))


def _waits(state: SyncState) -> bool:
    return bool(state.waiting or state.photos_waiting)


def _saved_here(state: SyncState) -> str:
    if state.waiting:
        return words.count(
            state.waiting, say("{n} change saved here"), say("{n} changes saved here")
        )
    return photos(state) or say("everything is saved here")


def _waiting(state: SyncState) -> list[str]:
    """What waits, a line for changes and one for photos; never empty."""
    lines = [_changes(state), photos(state)]
    return [line for line in lines if line] or [say("Nothing waiting")]


def _changes(state: SyncState) -> str:
    if not state.waiting:
        return ""
    visits = words.count(state.waiting_visits, say("{n} visit"), say("{n} visits"))
    actions = words.count(state.waiting_actions, say("{n} action"), say("{n} actions"))
    named = ", ".join(
        text for n, text in ((state.waiting_visits, visits), (state.waiting_actions, actions)) if n
    )
    changes = words.count(state.waiting, say("{n} change"), say("{n} changes"))
    return say("{what} waiting to sync").format(what=named or changes)
