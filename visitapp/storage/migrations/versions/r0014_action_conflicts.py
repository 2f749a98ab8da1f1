"""Open conflicts over the state of an action, from before its steps, are settled.

A conflict of today names the step that was set aside, which can be taken again. These name none: no
device can send the value that was set aside, so the server's stands.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

_STATE = ("status", "due_on", "done_on", "verified_by", "verified_at")


def upgrade() -> None:
    op.execute(
        sa.update(_CONFLICT)
        .where(_CONFLICT.c.kind == "action", _CONFLICT.c.field.in_(_STATE))
        .where(_CONFLICT.c.status == "open", _CONFLICT.c.step_id.is_(None))
        .values(status="settled", kept="server")
    )


_CONFLICT = sa.table(
    "conflict",
    *(sa.column(name, sa.String()) for name in ("kind", "field", "status", "kept", "step_id")),
)
