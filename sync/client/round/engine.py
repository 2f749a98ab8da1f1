"""Syncing one device: rounds until nothing waits and nothing more is to come.

Each round is three steps, and a power cut between any two loses and doubles nothing:
1. the batch and its exact bytes are committed, so that a resend is the same batch;
2. the round goes out; a lost reply changes nothing here, and the server answers a resend alike;
3. results, records, scope and cursor are committed together.

A long outbox has the next batch of new records ready while one is away. When the reply does no more
than accept, that batch goes before the reply is written down: should the power be cut then, both
are sent again in their order. Otherwise its changes wait again: no page is written while a batch
is away, and one that is asked for later would bring what this device sent.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import datetime

import msgspec
from msgspec import UNSET, Raw, Struct, UnsetType
from sqlalchemy import Connection

from sync.client.link.background_request import Courier
from sync.client.link.link import Link
from sync.client.link.transport_protocol import Transport
from sync.client.round.after_restore import send_again
from sync.client.round.apply_results import Settlement
from sync.client.round.incoming import Incoming
from sync.client.round.outbox_rows import offer_held
from sync.client.round.outgoing import BATCH_BYTES, Outgoing, Sending
from sync.client.round.position import Position
from sync.client.round.removal import Agree, count_all, let_go, lists_gone, require_agreement
from sync.client.round.replies import brings_something, only_accepts
from sync.client.round.restricted import withdraw
from sync.client.round.role_change import keep_role
from sync.client.round.sync_summary import SyncResult, Tally
from sync.wire import PROTOCOL, CatchUp, Creates, RoundReply
from visitapp.errors import Code, EnvironmentProblem, Refused, VisitappError
from visitapp.explanation import explanation_of
from visitapp.language import message
from visitapp.records.codec import moment_to_wire
from visitapp.records.declared import ROOTS
from visitapp.storage.database import Database
from visitapp.storage.holding import release
from visitapp.storage.state import LocalStates

Progress = Callable[[int, int], None]
"""Told after each round how many changes are settled, and how many there are in all."""


class _Asked(Struct, frozen=True, kw_only=True):
    """A `Round` whose batch is encoded already."""

    protocol: int
    server_id: str
    batch: Raw | None
    cursor: int
    held: str
    catch_up: CatchUp | UnsetType = UNSET


class _SentRound(Struct, frozen=True):
    """A round that was sent: where the device stood, what was asked, the batch that went along."""

    position: Position
    asked: _Asked
    sending: Sending | None


class SyncEngine:
    """Brings one device and its server together.

    confirm_removal: asked before more than a tenth of the records go; without it, or when it says
    no, they stay and the run ends with Refused MASS_REMOVAL after everything else is done.
    """

    def __init__(
        self,
        database: Database,
        transport: Transport,
        clock: Callable[[], datetime],
        *,
        confirm_removal: Agree | None = None,
        batch_bytes: int = BATCH_BYTES,
    ) -> None:
        self._database = database
        self._link = Link(database, transport)
        self._clock = clock
        self._agree = confirm_removal
        self._outgoing = Outgoing(clock, batch_bytes)
        self._behind = False
        """Whether a page was left for the next round, because a batch is still on its way."""
        self._declined: Refused | None = None
        """Why something was not removed: the person keeps it."""
        self._receives = True
        """Whether pages are still taken: no more in this run once one was declined."""

    def run(self, progress: Progress | None = None) -> SyncResult:
        """Send everything that waits and receive everything new.

        Raises LinkProblem when the link was lost (what was settled stays settled), NotAllowed
        SIGN_IN_AGAIN or DEVICE_REVOKED, Refused NOT_CONNECTED, OTHER_SERVER or MASS_REMOVAL, and
        EnvironmentProblem. It is kept in the local state `sync_problem` until a run ends well.
        """
        tally = Tally()
        self._declined, self._receives = None, True
        try:
            with self._database.noting() as connection:
                release(connection, self._clock())
                offer_held(connection)
            with closing(Courier(self._link)) as courier:
                turn: _SentRound | None = self._begin(courier, tally)
                while turn is not None:
                    turn = self._round(courier, turn, tally, progress)
            if self._declined is not None:
                raise self._declined
        except VisitappError as problem:
            with self._database.applying() as session:
                kept = msgspec.to_builtins(explanation_of(problem))
                LocalStates().set(session, "sync_problem", kept)
            raise
        return tally.result()

    def _begin(self, courier: Courier, tally: Tally) -> _SentRound:
        """Send a round from where the device stands."""
        with self._database.viewing() as connection:
            position = Position.load(connection)
            if tally.waiting:
                waiting = self._outgoing.waits(connection)
            else:
                tally.waiting = self._outgoing.count(connection)
                waiting = tally.waiting > 0
        sending = self._batch(self._outgoing.next) if waiting else None
        turn = _SentRound(position, _ask(position, sending), sending)
        courier.send(msgspec.json.encode(turn.asked), apart=self._outgoing.more)
        return turn

    def _round(
        self, courier: Courier, turn: _SentRound, tally: Tally, progress: Progress | None
    ) -> _SentRound | None:
        """Bring a round to its end; the one that was sent after it, None when none is needed."""
        position, asked = turn.position, turn.asked
        # A year's push takes 1.3 times as long without the batch ahead (decision 49). The first
        # reply of all brings the scope, so nothing goes ahead of it.
        ready = self._outgoing.more and not self._behind and position.role != ""
        ahead = self._batch(self._outgoing.ahead) if ready else None
        reply = courier.reply()
        _require_same_server(asked.server_id, reply.server_id)
        if reply.lost_after is not None:
            with self._database.storing() as connection:
                send_again(connection, position, reply.lost_after, self._clock())
            self._outgoing.look_again()
            return self._begin(courier, tally)
        following = None
        if ahead is not None and only_accepts(reply) and _stands(position, asked):
            position.cursor = reply.page.cursor
            following = _SentRound(position, _ask(position, ahead), ahead)
            courier.send(msgspec.json.encode(following.asked), apart=True)
        left = self._keep(turn, reply, tally, ahead if following is None else None)
        if progress is not None:
            progress(*tally.progress(left))
        self._let_go(position, tally)
        again = left or (self._receives and _more_to_come(position, asked, reply))
        return following or (self._begin(courier, tally) if again else None)

    def _batch(self, make: Callable[[Connection], Sending | None]) -> Sending | None:
        with self._database.storing() as connection:
            return make(connection)

    def _keep(
        self, turn: _SentRound, reply: RoundReply, tally: Tally, unsent: Sending | None
    ) -> bool:
        """Write what a reply changes in one transaction; whether more changes wait. Not flushed:
        after a power cut the batch goes again, and the server answers alike. `unsent` was made
        ahead and does not go."""
        with self._database.noting() as connection:
            if unsent is not None:
                self._outgoing.take_back(connection, unsent)
            self._take(connection, turn, reply, tally)
            return turn.sending is not None and self._outgoing.waits(connection)

    def _take(
        self, connection: Connection, turn: _SentRound, reply: RoundReply, tally: Tally
    ) -> None:
        """Everything that a reply changes."""
        position = turn.position
        if turn.sending is not None:
            position.held |= Settlement(connection, tally).settle(turn.sending, reply.results)
            self._behind = brings_something(reply) and Outgoing.away(connection)
            if self._behind:
                position.save(connection)
                return
        if self._receives:
            self._receives = self._agreed_to(lambda: self._receive(connection, turn, reply, tally))
        if not self._receives:
            position.save(connection)
            return
        position.save(connection, last_synced=moment_to_wire(self._clock()), sync_problem=None)
        tally.revision = reply.revision

    def _receive(
        self, connection: Connection, turn: _SentRound, reply: RoundReply, tally: Tally
    ) -> None:
        """Write the records of a reply and move the position with each part of them."""
        position = turn.position
        if reply.scope is not None:
            position.follow(reply.scope, reply.role, turn.asked.cursor)
            position.leaving |= lists_gone(connection, reply.scope)
            keep_role(connection, reply.role)

        def agree(going: int) -> None:
            require_agreement(going, count_all(connection), self._agree)

        incoming = Incoming(connection, tally, agree)
        joining = position.catch_up
        if reply.caught_up is not None and joining is not None and joining == turn.asked.catch_up:
            held = set(joining.settings) if joining.whole else None
            incoming.apply(reply.caught_up.groups, held, again=joining.whole)
            position.caught_up(reply.caught_up.cursor, reply.caught_up.more)
        incoming.apply(reply.page.groups, position.held)
        tally.removed += withdraw(connection, position, reply.page)
        position.cursor = reply.page.cursor

    def _agreed_to(self, removal: Callable[[], None]) -> bool:
        """Do what may remove many records; false when the person keeps them. What waits is sent
        all the same, and the run ends by saying so."""
        try:
            removal()
        except Refused as refused:
            if refused.code != Code.MASS_REMOVAL:
                raise
            self._declined = refused
            return False
        return True

    def _let_go(self, position: Position, tally: Tally) -> None:
        """Remove what left the scope or is hidden now, once nothing of theirs waits."""

        def removal() -> None:
            with self._database.storing() as connection:
                tally.removed += let_go(connection, position, self._agree)

        if (position.leaving or position.hiding) and self._declined is None:
            self._agreed_to(removal)


def _more_to_come(position: Position, asked: _Asked, reply: RoundReply) -> bool:
    """Whether there is more to be received than came with this reply."""
    joining = position.catch_up is not None
    return reply.page.more or joining or position.digest() != asked.held


def _stands(position: Position, asked: _Asked) -> bool:
    """Whether what the device holds is what it asked with, and it neither gains nor loses any."""
    settled = not position.leaving and position.catch_up is None
    return settled and not position.hiding and position.digest() == asked.held


_ROOTS = [f'"kind":"{name}"'.encode() for name in ROOTS]


def _ask(position: Position, sending: Sending | None) -> _Asked:
    made: list[str] = []
    if sending is not None and any(root in sending.payload for root in _ROOTS):
        made = [
            id_
            for change in sending.batch().changes
            if isinstance(change, Creates) and change.kind in ROOTS
            for id_ in change.ids
        ]
    return _Asked(
        protocol=PROTOCOL,
        server_id=position.server_id,
        batch=Raw(sending.payload) if sending else None,
        cursor=position.cursor,
        held=position.digest(made),
        catch_up=position.catch_up or UNSET,
    )


def _require_same_server(mine: str, theirs: str) -> None:
    if mine not in ("", theirs):
        raise EnvironmentProblem(
            Code.OTHER_SERVER,
            message(
                "This is not the server that this device belongs to, so nothing was exchanged."
            ),
            message("Check the server's address."),
        )
