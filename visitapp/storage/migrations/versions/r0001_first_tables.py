"""The first tables: what is kept, what a device keeps for itself, what only the server keeps."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from visitapp.records.base import Json
from visitapp.storage.migrations.append_only import append_only

revision = "0001"
down_revision = None

_ID = sa.String(36)
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _people()
    _forms()
    _market()
    _visits()
    _actions()
    _judgements()
    _trail()
    _device()
    _central()
    _evidence_bytes()
    _audit()


def _parent(column: str) -> sa.ForeignKey:
    return sa.ForeignKey(column, deferrable=True, initially="IMMEDIATE")


def _synced(table: str, *columns: sa.Column[object]) -> None:
    """A table with what every record that travels has."""
    op.create_table(
        table,
        sa.Column("id", _ID, primary_key=True),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("created_by", _ID, nullable=False),
        sa.Column("deleted", sa.Boolean(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False, index=True),
        sa.Column("field_revisions", Json, nullable=False),
        *columns,
    )


def _people() -> None:
    _synced(
        "user_account",
        sa.Column("name", sa.String(80), nullable=False, index=True),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("team", sa.String(80), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
    )


def _forms() -> None:
    _synced(
        "published_form",
        sa.Column("form_id", sa.String(80), nullable=False),
        sa.Column("version", sa.String(20), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("applies_to", Json, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
    )


def _market() -> None:
    _synced(
        "provider",
        sa.Column("name", sa.String(250), nullable=False),
        sa.Column("regulator", sa.String(20), nullable=False),
        sa.Column("number", sa.String(40), nullable=False, index=True),
    )
    _synced(
        "contract",
        sa.Column("provider_id", _ID, _parent("provider.id"), nullable=False, index=True),
        sa.Column("number", sa.String(40), nullable=False),
        sa.Column("title", sa.String(250), nullable=False),
        sa.Column("officer_id", _ID),
        sa.Column("starts_on", sa.Date()),
        sa.Column("ends_on", sa.Date()),
    )
    _synced(
        "setting",
        sa.Column("name", sa.String(250), nullable=False),
        sa.Column("service_type", sa.String(30), nullable=False),
        sa.Column("provider_id", _ID, _parent("provider.id"), index=True),
        sa.Column("contract_id", _ID, _parent("contract.id"), index=True),
        sa.Column("officer_id", _ID, index=True),
        sa.Column("team", sa.String(80), nullable=False, index=True),
        sa.Column("address", sa.String(400), nullable=False),
        sa.Column("postcode", sa.String(12), nullable=False),
        sa.Column("local_authority", sa.String(120), nullable=False),
        sa.Column("beds", sa.Integer()),
        sa.Column("regulator", sa.String(20), nullable=False),
        sa.Column("location_id", sa.String(40), nullable=False, index=True),
        sa.Column("regulator_overall", sa.String(60), nullable=False),
        sa.Column("regulator_published", sa.Date()),
        sa.Column("hygiene_id", sa.String(20), nullable=False),
    )


def _visits() -> None:
    _synced(
        "visit",
        sa.Column("setting_id", _ID, _parent("setting.id"), nullable=False, index=True),
        sa.Column("form_id", sa.String(80), nullable=False),
        sa.Column("form_version", sa.String(20), nullable=False),
        sa.Column("form_text", sa.Text()),
        sa.Column("purpose", sa.String(20), nullable=False),
        sa.Column("visited_on", sa.Date(), nullable=False),
        sa.Column("announced", sa.Boolean(), nullable=False),
        sa.Column("joined_by", sa.String(250), nullable=False),
        sa.Column("officer_id", _ID, nullable=False),
        sa.Column("status", sa.String(20), nullable=False, index=True),
        sa.Column("facts", Json),
        sa.Column("outcome", Json),
        sa.Column("signed_off_at", _MOMENT),
        sa.Column("signed_off_by", _ID),
    )
    _synced(
        "joining",
        sa.Column("setting_id", _ID, _parent("setting.id"), nullable=False, index=True),
        sa.Column("visit_id", _ID, _parent("visit.id"), nullable=False, index=True),
        sa.Column("user_id", _ID, nullable=False, index=True),
    )
    _synced(
        "answer",
        sa.Column("setting_id", _ID, _parent("setting.id"), nullable=False, index=True),
        sa.Column("visit_id", _ID, _parent("visit.id"), nullable=False, index=True),
        sa.Column("question", sa.String(80), nullable=False),
        sa.Column("item", sa.String(40), nullable=False),
        sa.Column("value", Json),
        sa.Column("checked", sa.Integer()),
        sa.Column("met", sa.Integer()),
        sa.Column("note", sa.Text()),
        sa.Column("reason", sa.Text()),
        sa.Column("source", Json),
    )


def _actions() -> None:
    _synced(
        "action",
        sa.Column("setting_id", _ID, _parent("setting.id"), nullable=False, index=True),
        sa.Column("visit_id", _ID, _parent("visit.id"), index=True),
        sa.Column("question", sa.String(80), nullable=False),
        sa.Column("title", sa.String(400), nullable=False),
        sa.Column("detail", sa.Text()),
        sa.Column("owner", sa.String(120), nullable=False),
        sa.Column("priority", sa.String(20), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False, index=True),
        sa.Column("status", sa.String(20), nullable=False, index=True),
        sa.Column("done_on", sa.Date()),
        sa.Column("verified_by", _ID),
        sa.Column("verified_at", _MOMENT),
    )
    _synced(
        "evidence",
        sa.Column("setting_id", _ID, _parent("setting.id"), nullable=False, index=True),
        sa.Column("visit_id", _ID, _parent("visit.id"), index=True),
        sa.Column("action_id", _ID, _parent("action.id"), index=True),
        sa.Column("question", sa.String(80), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("title", sa.String(250), nullable=False),
        sa.Column("sha256", sa.String(64), index=True),
        sa.Column("media_type", sa.String(80)),
        sa.Column("size", sa.Integer()),
    )


def _judgements() -> None:
    _synced(
        "review",
        sa.Column("setting_id", _ID, _parent("setting.id"), nullable=False, index=True),
        sa.Column("visit_id", _ID, _parent("visit.id"), nullable=False, index=True),
        sa.Column("decision", sa.String(20), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
    )
    _synced(
        "rating",
        sa.Column("setting_id", _ID, _parent("setting.id"), nullable=False, index=True),
        sa.Column("visit_id", _ID, _parent("visit.id"), index=True),
        sa.Column("rag", sa.String(20), nullable=False),
        sa.Column("percent", sa.Integer()),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("since", _MOMENT, nullable=False),
    )


def _trail() -> None:
    _synced(
        "conflict",
        sa.Column("setting_id", _ID, _parent("setting.id"), index=True),
        sa.Column("kind", sa.String(30), nullable=False),
        sa.Column("record_id", _ID, nullable=False, index=True),
        sa.Column("field", sa.String(60), nullable=False),
        sa.Column("base_value", Json),
        sa.Column("server_value", Json),
        sa.Column("server_by", _ID),
        sa.Column("server_at", _MOMENT),
        sa.Column("other_value", Json),
        sa.Column("other_by", _ID, nullable=False),
        sa.Column("other_at", _MOMENT, nullable=False),
        sa.Column("other_device", _ID, nullable=False),
        sa.Column("status", sa.String(20), nullable=False, index=True),
        sa.Column("kept", sa.String(20)),
        sa.Column("settled_by", _ID),
        sa.Column("settled_at", _MOMENT),
    )
    _synced(
        "history",
        sa.Column("setting_id", _ID, _parent("setting.id"), index=True),
        sa.Column("kind", sa.String(30), nullable=False),
        sa.Column("record_id", _ID, nullable=False, index=True),
        sa.Column("field", sa.String(60), nullable=False),
        sa.Column("old", Json),
        sa.Column("new", Json),
    )


def _device() -> None:
    op.create_table(
        "local_state",
        sa.Column("name", sa.String(60), primary_key=True),
        sa.Column("value", Json),
    )
    op.create_table(
        "held_setting",
        sa.Column("setting_id", _ID, primary_key=True),
    )
    op.create_table(
        "outbox",
        sa.Column("sequence", sa.Integer(), primary_key=True),
        sa.Column("kind", sa.String(30), nullable=False),
        sa.Column("record_id", _ID, nullable=False),
        sa.Column("setting_id", _ID),
        sa.Column("created", sa.Boolean(), nullable=False),
        sa.Column("fields", Json, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("batch", sa.Integer()),
        sa.Column("refused_code", sa.String(40)),
        sa.Column("refused_text", sa.Text()),
    )
    op.create_index("ix_outbox_record", "outbox", ["kind", "setting_id", "record_id"])
    op.create_index(
        "ix_outbox_edit",
        "outbox",
        ["kind", "record_id"],
        sqlite_where=sa.text("created IS 0"),
        postgresql_where=sa.text("NOT created"),
    )
    for column in ("batch", "refused_code"):
        where = sa.text(f"{column} IS NOT NULL")
        op.create_index(
            f"ix_outbox_{column}", "outbox", [column], sqlite_where=where, postgresql_where=where
        )
    op.create_table(
        "sent_batch",
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("id", _ID, nullable=False, unique=True),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", _MOMENT, nullable=False),
    )


def _evidence_bytes() -> None:
    op.create_table(
        "evidence_copy",
        sa.Column("sha256", sa.String(64), primary_key=True),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("held_at", _MOMENT),
        sa.Column("upload_id", _ID),
        sa.Column("sent", sa.Integer(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("refused_code", sa.String(40)),
        sa.Column("refused_text", sa.Text()),
        sa.Column("used_at", _MOMENT, nullable=False),
    )
    op.create_table(
        "evidence_upload",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("user_id", _ID, _parent("user_account.id"), nullable=False, index=True),
        sa.Column("sha256", sa.String(64), nullable=False, index=True),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("expires_at", _MOMENT, nullable=False, index=True),
    )
    op.create_table(
        "evidence_chunk",
        sa.Column("content_id", _ID, primary_key=True),
        sa.Column("start", sa.Integer(), primary_key=True),
        sa.Column("attempt", _ID, primary_key=True),
        sa.Column("taken", sa.Boolean(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
    )
    op.create_table(
        "evidence_content",
        sa.Column("sha256", sa.String(64), primary_key=True),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content_id", _ID, nullable=False),
        sa.Column("stored_at", _MOMENT, nullable=False),
        sa.Column("unneeded_since", _MOMENT),
    )


def _central() -> None:
    op.create_table(
        "credential",
        sa.Column("user_id", _ID, _parent("user_account.id"), primary_key=True),
        sa.Column("password_hash", sa.String(200), nullable=False),
    )
    op.create_table(
        "device",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("user_id", _ID, _parent("user_account.id"), nullable=False, index=True),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("first_seen", _MOMENT, nullable=False),
        sa.Column("last_seen", _MOMENT, nullable=False),
        sa.Column("revoked_at", _MOMENT),
    )
    op.create_table(
        "token",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("use", sa.String(10), nullable=False),
        sa.Column("device_id", _ID, _parent("device.id"), nullable=False, index=True),
        sa.Column("expires_at", _MOMENT, nullable=False, index=True),
        sa.Column("used_at", _MOMENT),
    )
    op.create_table(
        "counter",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("server_id", _ID, nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
    )
    op.create_table(
        "batch_reply",
        sa.Column("device_id", _ID, primary_key=True),
        sa.Column("batch_id", _ID, primary_key=True),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.Column("answered_at", _MOMENT, nullable=False),
    )
    op.create_table(
        "hand_in",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("device_id", _ID, _parent("device.id"), nullable=False, index=True),
        sa.Column("user_id", _ID, _parent("user_account.id"), nullable=False),
        sa.Column("held", sa.String(64), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("changes", sa.Integer(), nullable=False),
        sa.Column("photos", sa.Integer(), nullable=False),
        sa.Column("begun_at", _MOMENT, nullable=False),
        sa.Column("ended_at", _MOMENT),
        sa.Column("passphrase", sa.LargeBinary()),
    )


def _audit() -> None:
    op.create_table(
        "restoration",
        sa.Column("upto", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("after", sa.BigInteger(), nullable=False),
        sa.Column("restored_at", _MOMENT, nullable=False),
    )
    op.create_table(
        "audit_entry",
        sa.Column("number", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("at", sa.String(32), nullable=False, index=True),
        sa.Column("user_id", _ID, nullable=False, index=True),
        sa.Column("device_id", _ID, nullable=False),
        sa.Column("request_id", sa.String(64), nullable=False),
        sa.Column("what", sa.String(30), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )
    op.create_table(
        "sign_in_attempts",
        sa.Column("subject", sa.String(64), primary_key=True),
        sa.Column("began_at", sa.BigInteger(), nullable=False, index=True),
        sa.Column("failures", sa.Integer(), nullable=False),
    )
    append_only("audit_entry")
