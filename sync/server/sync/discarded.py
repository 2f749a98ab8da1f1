"""A sign-off of a visit that was discarded in the meantime."""

from __future__ import annotations

from collections.abc import Callable

from sync.merge import Stamp
from sync.server.records.workspace import Row, Workspace
from visitapp.errors import Code, Refused
from visitapp.language import message
from visitapp.records import Setting
from visitapp.rules.market_choices import SettingStatus


def require_kept(workspace: Workspace, visit: Row, stamp: Callable[[], Stamp]) -> None:
    """Raise Refused for a discarded visit: it would be signed off where nobody sees it. One that
    was discarded because its setting closed comes back: what was done there counts."""
    if not visit.values["deleted"]:
        return
    setting = workspace.get(Setting.__tablename__, visit.setting_id)
    if setting is None or setting.values["status"] == SettingStatus.OPEN:
        raise Refused(
            Code.STEP_REFUSED,
            message("This visit was discarded in the meantime."),
            message("Bring it back, then send this again."),
        )
    visit.change({"deleted": False, "discard_reason": ""}, stamp())
