"""Sign-in names without case, passwords to be changed, and which evidence records are proved.

Of evidence that is there already, every record that names its bytes with their size counts as
proved: nothing says who brought them.
"""

from __future__ import annotations

import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_ID = sa.String(36)


def upgrade() -> None:
    _credentials()
    _proofs()


def _credentials() -> None:
    with op.batch_alter_table("credential") as table:
        table.add_column(
            sa.Column("sign_in_name", sa.String(160), nullable=False, server_default="")
        )
        table.add_column(
            sa.Column("must_change", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        table.create_index("ix_credential_sign_in_name", ["sign_in_name"])
    connection = op.get_bind()
    users = connection.execute(sa.text("SELECT id, name FROM user_account")).all()
    for id_, name in users:
        folded = unicodedata.normalize("NFKC", name).strip().casefold()[:160]
        change = sa.text("UPDATE credential SET sign_in_name = :name WHERE user_id = :id")
        connection.execute(change, {"name": folded, "id": id_})
    with op.batch_alter_table("credential") as table:
        table.alter_column("sign_in_name", existing_type=sa.String(160), server_default=None)
        table.alter_column("must_change", existing_type=sa.Boolean(), server_default=None)


def _proofs() -> None:
    op.create_table(
        "evidence_proof",
        sa.Column("evidence_id", _ID, primary_key=True),
        sa.Column("sha256", sa.String(64), nullable=False, index=True),
        sa.Column("proved_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.execute(
        "INSERT INTO evidence_proof (evidence_id, sha256, proved_at) "
        "SELECT evidence.id, evidence.sha256, evidence_content.stored_at FROM evidence "
        "JOIN evidence_content ON evidence_content.sha256 = evidence.sha256 "
        "AND evidence_content.size = evidence.size"
    )
