"""The numbers of contracts: no two contracts have the same one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, false, select

from sync.server.records.scope import ScopeReader
from sync.server.records.workspace import Row
from sync.tables import table_of
from visitapp.errors import Code, Refused
from visitapp.language import message
from visitapp.records import Contract
from visitapp.rules.kinds import Scope
from visitapp.rules.text import folded


class ContractNumbers:
    """The numbers in one transaction."""

    def __init__(self, connection: Connection, scopes: ScopeReader) -> None:
        self._connection = connection
        self._scopes = scopes
        self._ids: dict[str, str] | None = None
        """The contract that has each number, of several the first; read when it is first asked."""
        self._numbers: dict[str, str] = {}

    def require_seen(self, row: Row) -> None:
        """Raise Refused for a contract that was made a second time by somebody who does not see
        it."""
        if row.kind is Contract and not self._scopes.sees(Scope.CONTRACT, row.id):
            raise number_taken(row.values["number"])

    def require_free(self, numbers: Mapping[str, str]) -> None:
        """Take these numbers, given by contract id. Raises Refused when another contract has one
        of them, or two of these have the same; capitals make no other number."""
        holders = self._holders()
        for id_, number in numbers.items():
            if holders.get(folded(number.strip()), id_) != id_:
                raise number_taken(number)
            self._take(id_, number)

    def changed(self, row: Row, values: Mapping[str, Any]) -> None:
        """A contract is given these values. Raises Refused as `require_free` does."""
        if values.get("deleted"):
            self._free(row.id)
        elif "number" in values:
            self.require_free({row.id: values["number"]})

    def _holders(self) -> dict[str, str]:
        if self._ids is None:
            self._ids = {}
            table = table_of(Contract)
            rows = select(table.c.id, table.c.number).where(table.c.deleted == false())
            for id_, number in self._connection.execute(rows):
                self._take(id_, number)
        return self._ids

    def _take(self, id_: str, number: str) -> None:
        self._free(id_)
        key = folded(number.strip())
        self._holders().setdefault(key, id_)
        self._numbers[id_] = key

    def _free(self, id_: str) -> None:
        key = self._numbers.pop(id_, None)
        if key is not None and self._holders().get(key) == id_:
            del self._holders()[key]


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
