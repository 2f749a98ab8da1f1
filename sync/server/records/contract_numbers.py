"""The numbers of contracts: no two contracts have the same one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from sqlalchemy import Connection, false, select

from sync.server.records.scope import ScopeReader
from sync.server.records.workspace import Row, Workspace
from sync.tables import table_of
from visitapp.errors import Code, Refused
from visitapp.language import message
from visitapp.records import Contract
from visitapp.rules.kinds import Scope
from visitapp.rules.text import folded


class ContractNumbers:
    """The numbers in one transaction."""

    def __init__(self, connection: Connection, workspace: Workspace, scopes: ScopeReader) -> None:
        self._connection = connection
        self._workspace = workspace
        self._scopes = scopes

    def require_seen(self, row: Row) -> None:
        """Raise Refused for a contract that was made a second time by somebody who does not see
        it."""
        if row.kind is Contract and not self._scopes.sees(Scope.CONTRACT, row.id):
            raise number_taken(row.values["number"])

    def require_free(self, numbers: Mapping[str, str]) -> None:
        """Raise Refused when another contract has one of these numbers, given by contract id, or
        two of these have the same; capitals make no other number."""
        self._workspace.flush()
        table = table_of(Contract)
        rows = select(table.c.id, table.c.number).where(table.c.deleted == false())
        holders: dict[str, set[str]] = defaultdict(set)
        for id_, number in self._connection.execute(rows):
            if id_ not in numbers:
                holders[folded(number.strip())].add(id_)
        for id_, number in numbers.items():
            others = holders[folded(number.strip())]
            if others:
                raise number_taken(number)
            others.add(id_)


def number_taken(number: str) -> Refused:
    """Another contract has this number, perhaps one that the sender does not see."""
    return Refused(
        Code.ALREADY_THERE,
        message("There is already a contract {number} at the server.", number=number),
        message(
            "Discard this change. If you cannot see the contract, ask an administrator to put your "
            "settings under it."
        ),
    )
