"""The revisions of the tables, for the device and the server alike (Alembic).

To add one: change the records, add a file to `versions/`, and name its revision here. The list
is kept by hand so that opening a database at the newest revision does not import Alembic.
"""

REVISIONS = ("0001",)
"""Every revision that this program knows, oldest first."""

HEAD = REVISIONS[-1]
