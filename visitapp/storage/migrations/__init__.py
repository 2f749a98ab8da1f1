"""The revisions of the tables, for the device and the server alike (Alembic).

To add one: change the records, add a file to `versions/`, and name its revision here. The list
is kept by hand so that opening a database at the newest revision does not import Alembic.
"""

from __future__ import annotations

from typing import NamedTuple


class Migrations(NamedTuple):
    """An Alembic script location, and every revision in it, oldest first."""

    location: str
    revisions: tuple[str, ...]

    @property
    def head(self) -> str:
        """The newest revision: the one that the program works with."""
        return self.revisions[-1]


SHIPPED = Migrations(
    "visitapp.storage:migrations",
    (
        "0001",
        "0002",
        "0003",
        "0004",
        "0005",
        "0006",
        "0007",
        "0008",
        "0009",
        "0010",
        "0011",
        "0012",
        "0013",
        "0014",
        "0015",
        "0016",
        "0017",
        "0018",
        "0019",
        "0020",
        "0021",
        "0022",
        "0023",
        "0024",
        "0025",
        "0026",
        "0027",
        "0028",
        "0029",
        "0030",
        "0031",
        "0032",
        "0033",
        "0034",
        "0035",
        "0037",
        "0038",
        "0042",
    ),
)
