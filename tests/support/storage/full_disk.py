"""A disk that is full, for SQLite: the database may not grow beyond a number of pages."""

from __future__ import annotations

from tests.support.sync.council import Council, Device


def fill(device: Device | Council, spare: int) -> None:
    """Leave room for so many pages and no more, on the one connection that is used from now on."""
    device.database.engine.dispose()
    with device.database.reading() as session:
        connection = session.connection()
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        assert isinstance(pages, int)
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + spare:d}")


def free(device: Device | Council) -> None:
    device.database.engine.dispose()
