"""Which lists were written to files, for the server's audit log."""

from __future__ import annotations

from visitapp.records import ListExport
from visitapp.rules.access import ALL_ROLES
from visitapp.services.context import Desk

_LONGEST_NAME, _LONGEST_FILTERS = 80, 250


class Exports:
    """Notes the lists that a person writes to files. The server is told at the next sync."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def record(self, list_name: str, filters: str, rows: int, file_type: str) -> None:
        """Note an export. `filters` are words of the program, and nothing that was typed."""
        with self._desk.transaction(also=ALL_ROLES) as session:
            session.add(
                ListExport(
                    user_id=self._desk.user(session).id,
                    list_name=list_name[:_LONGEST_NAME],
                    filters=filters[:_LONGEST_FILTERS],
                    row_count=rows,
                    file_type=file_type,
                )
            )
