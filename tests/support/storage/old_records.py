"""Records as older programs wrote them, in the columns that their databases had."""

from __future__ import annotations

from sqlalchemy import text

from visitapp.storage.database import Database

SETTING = """
INSERT INTO setting (id, created_at, created_by, deleted, revision, field_revisions, name,
    service_type, team, address, postcode, local_authority, regulator, location_id,
    regulator_overall, hygiene_id)
VALUES (:id, '2026-11-01 09:00:00', 'ann', false, 3, '{}', 'Larkfield', 'residential', '',
    '', '', '', '', '', '', '')
"""
"""A setting of schemas up to 0020."""


def with_an_old_setting(database: Database, id_: str = "s") -> Database:
    """A database of such a schema, with the setting."""
    with database.applying() as session:
        session.execute(text(SETTING), {"id": id_})
    return database
