"""What sync, capture and adoption rely on in how records are declared."""

from __future__ import annotations

from sqlalchemy import String

from visitapp.records import KINDS, SYNCED, Base, Setting, Synced


def test_every_synced_record_is_listed_parents_first() -> None:
    mapped = {mapper.class_ for mapper in Base.registry.mappers}
    assert {kind for kind in mapped if issubclass(kind, Synced)} == set(SYNCED)
    seen: set[str] = set()
    for kind in SYNCED:
        parents = {
            key.column.table.name for key in Base.metadata.tables[kind.__tablename__].foreign_keys
        }
        assert parents <= {*seen, kind.__tablename__}, kind
        seen.add(kind.__tablename__)


def test_a_kind_is_known_by_its_table() -> None:
    assert [KINDS[kind.__tablename__] for kind in SYNCED] == list(SYNCED)


def test_every_column_that_holds_a_user_says_so() -> None:
    """A device that worked before it was connected hands these columns to the real account."""
    for table in Base.metadata.tables.values():
        for column in table.columns:
            by_name = column.name.endswith("_by") or column.name == "officer_id"
            named = isinstance(column.type, String) and column.name != "joined_by"
            if by_name and named:
                assert column.info.get("user"), f"{table.name}.{column.name}"


def test_every_scoped_record_names_its_setting() -> None:
    council = {"user_account", "published_form", "published_policy", "provider_group"}
    council |= {"notice_contact", "list_export", "legal_hold", "campaign"}
    everywhere = council | {"provider", "contact", "contract"}
    for kind in SYNCED:
        if kind is not Setting and kind.__tablename__ not in everywhere:
            assert "setting_id" in kind.__table__.columns, kind


def test_every_parent_may_come_later_in_a_transaction() -> None:
    for table in Base.metadata.tables.values():
        for key in table.foreign_keys:
            assert key.deferrable, f"{table.name}.{key.parent.name}"
