"""One round: who asks, what they send, where they stand, what they get."""

from __future__ import annotations

from sqlalchemy import Connection

from sync.server.accounts.accounts import Accounts
from sync.server.accounts.holders import Known
from sync.server.audit.log import Audit
from sync.server.records.restorations import RESTORED_FROM, lost_after
from sync.server.records.revisions import current
from sync.server.records.scope import Scopes, read_scope
from sync.server.sync.pages import PAGE, Span, read_catch_up, read_page
from sync.server.sync.push import Pushed, Store
from sync.server.telemetry.request_context import Trace
from sync.wire import PROTOCOL, Batch, Page, Round, RoundReply
from visitapp.errors import Code, Refused
from visitapp.language import message
from visitapp.storage.database import Database

_NOTHING = Pushed([])

_FEW = 500
"""Other people's revisions that are read while a device's own batch still holds the counter."""


class Rounds:
    """Answers rounds. Keeps nothing that the database does not say, so several workers may stand
    side by side."""

    def __init__(
        self,
        database: Database,
        accounts: Accounts,
        store: Store,
        audit: Audit,
        page: int = PAGE,
    ) -> None:
        self._database = database
        self._accounts = accounts
        self._store = store
        self._audit = audit
        self._page = page
        self._scopes = Scopes()

    def answer(self, access_token: str, asked: Round, trace: Trace | None = None) -> RoundReply:
        """Take the batch, then read the page after it. `trace` is told who asks.

        Raises Refused PROTOCOL or OTHER_SERVER, NotAllowed SIGN_IN_AGAIN or DEVICE_REVOKED.
        """
        trace = trace or Trace()
        require_protocol(asked.protocol)
        with self._database.viewing() as connection:
            known = self._accounts.known(connection, access_token, trace)
            server_id, revision = known.server_id, known.revision
            _require_same_server(asked, server_id, revision)
            lost = lost_after(connection, asked.cursor) if revision >= RESTORED_FROM else None
            if lost is not None:
                nothing = Page(groups=[], cursor=asked.cursor)
                return RoundReply(
                    server_id=server_id, revision=revision, page=nothing, lost_after=lost
                )
            if asked.batch is None:
                reply = self._reply(connection, known, asked, _NOTHING, (server_id, revision))
        if asked.batch is None:
            self._note(reply, asked, trace)
        else:
            reply = self._exchanged(known, asked, asked.batch, trace)
        if known.stale:
            self._accounts.seen(access_token, known.sender.device_id)
        return reply

    def _exchanged(self, known: Known, asked: Round, batch: Batch, trace: Trace) -> RoundReply:
        """Take the batch and read what came before it from others: where that is little, in the
        same transaction, which holds the counter; else after it, so that nobody waits."""

        def at_once(connection: Connection, pushed: Pushed) -> tuple[Pushed, RoundReply | None]:
            counter = current(connection)
            others = counter[1] - asked.cursor - pushed.taken
            if asked.catch_up or others > _FEW:
                return pushed, None
            reply = self._reply(connection, known, asked, pushed, counter, committed=False)
            given = _given(reply)
            if given:
                self._audit.pulled(connection, trace, asked.cursor, given)
            return pushed, reply

        pushed, reply = self._store.push(known.sender, batch, trace, at_once)
        if reply is None:
            with self._database.viewing() as connection:
                reply = self._reply(connection, known, asked, pushed, current(connection))
            self._note(reply, asked, trace)
        return reply

    def _note(self, reply: RoundReply, asked: Round, trace: Trace) -> None:
        """Write down what is about to be given; a reply without a record costs nothing."""
        given = _given(reply)
        if given:
            with self._database.storing() as connection:
                self._audit.pulled(connection, trace, asked.cursor, given)

    def _reply(
        self,
        connection: Connection,
        known: Known,
        asked: Round,
        pushed: Pushed,
        counter: tuple[str, int],
        *,
        committed: bool = True,
    ) -> RoundReply:
        server_id, revision = counter
        actor = known.sender.actor
        span = Span(after=asked.cursor, upto=revision, own_first=pushed.first, own_last=pushed.last)
        digest = self._scopes.digest(connection, actor, revision, committed=committed)
        moved = digest != asked.held
        return RoundReply(
            server_id=server_id,
            revision=revision,
            results=pushed.results,
            page=read_page(connection, actor, span, self._page),
            scope=read_scope(connection, actor) if moved else None,
            role=actor.role if moved else "",
            caught_up=self._caught_up(connection, known, asked),
        )

    def _caught_up(self, connection: Connection, known: Known, asked: Round) -> Page | None:
        if not asked.catch_up:
            return None
        span = Span(after=asked.catch_up.after, upto=asked.cursor)
        settings = None if asked.catch_up.whole else asked.catch_up.settings
        return read_catch_up(connection, known.sender.actor, settings, span, self._page)


def _given(reply: RoundReply) -> list[Page]:
    """The pages of a reply that have records."""
    pages = [reply.page, *([reply.caught_up] if reply.caught_up else [])]
    return [page for page in pages if page.groups]


def require_protocol(protocol: int) -> None:
    """Raise Refused PROTOCOL when the two sides speak different versions."""
    if protocol == PROTOCOL:
        return
    if protocol < PROTOCOL:
        raise Refused(
            Code.PROTOCOL,
            message("The server is newer than this program, so nothing was exchanged."),
            message("Update Visitapp on this computer."),
        )
    raise Refused(
        Code.PROTOCOL,
        message("The server is older than this program, so nothing was exchanged."),
        message("Ask your administrator to update the server."),
    )


def _require_same_server(asked: Round, server_id: str, revision: int) -> None:
    if asked.server_id not in ("", server_id):
        raise Refused(
            Code.OTHER_SERVER,
            message(
                "This is not the server that this device belongs to, so nothing was exchanged."
            ),
            message("Check the server's address."),
        )
    if asked.cursor > revision:
        raise Refused(
            Code.OTHER_SERVER,
            message("This server is older than the data on this device, so nothing was exchanged."),
            message("Ask your administrator whether it was restored from a backup."),
        )
