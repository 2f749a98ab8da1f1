"""What the corner of the window and the pill say about the link."""

from __future__ import annotations

from datetime import datetime

from visitapp.services.background import IDLE, Doing
from visitapp.services.sync_views import SyncState
from visitapp.ui import words
from visitapp.ui.background_words import under_way
from visitapp.ui.words import say


def pill(state: SyncState, now: datetime, doing: Doing = IDLE) -> str:
    """`Sending 12 of 40 changes`, `Offline · 15 changes saved here`, `Synced just now` …"""
    if doing.syncing:
        return under_way(state, doing)
    waiting = words.count(
        state.waiting, say("{n} change saved here"), say("{n} changes saved here")
    )
    if not state.connected or state.problem:
        return words.joined(
            say("Offline"), waiting if state.waiting else say("everything is saved here")
        )
    if state.waiting:
        return words.count(state.waiting, say("{n} change to send"), say("{n} changes to send"))
    if state.last_synced is None:
        return say("Not synced yet")
    return say("Synced {when}").format(when=words.when(state.last_synced, now))


def link_lines(state: SyncState, now: datetime, doing: Doing = IDLE) -> list[str]:
    """The lines of the corner: the link, what waits, the last sync, what needs a person."""
    lines = [under_way(state, doing) or _link(state, now), _waiting(state)]
    if state.connected and state.last_synced and (state.waiting or state.problem):
        lines.append(say("Last synced {when}").format(when=words.when(state.last_synced, now)))
    if state.refused:
        lines.append(
            words.count(
                state.refused,
                say("{n} change the server did not take"),
                say("{n} changes the server did not take"),
            )
        )
    if state.photos_refused:
        lines.append(
            words.count(
                state.photos_refused,
                say("{n} photo the server did not take"),
                say("{n} photos the server did not take"),
            )
        )
    if state.open_conflicts:
        lines.append(
            words.count(
                state.open_conflicts, say("{n} conflict to settle"), say("{n} conflicts to settle")
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
    if state.waiting:
        return say("Connected")
    return say("Synced {when}").format(when=words.when(state.last_synced, now))


def _waiting(state: SyncState) -> str:
    if not state.waiting:
        return say("Nothing waiting")
    visits = words.count(state.waiting_visits, say("{n} visit"), say("{n} visits"))
    actions = words.count(state.waiting_actions, say("{n} action"), say("{n} actions"))
    named = ", ".join(
        text for n, text in ((state.waiting_visits, visits), (state.waiting_actions, actions)) if n
    )
    changes = words.count(state.waiting, say("{n} change"), say("{n} changes"))
    return say("{what} waiting to sync").format(what=named or changes)
