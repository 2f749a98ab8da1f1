"""The facts of a setting that a form's conditions read as `setting.*`."""

from __future__ import annotations

from datetime import date
from typing import Any

from forms.format.setting_facts import TODAY
from visitapp.records import Provider, Setting

Facts = dict[str, Any]


def setting_facts(setting: Setting, provider: Provider | None, day: date) -> Facts:
    """Plain JSON values, pinned with a visit at sign-off so it can be rated again years later.

    `day` is that of the visit, which conditions read as `today()`.
    """
    published = setting.regulator_published
    return {
        TODAY: day.isoformat(),
        "name": setting.name,
        "service_type": setting.service_type,
        "provider": provider.name if provider else "",
        "beds": setting.beds,
        "address": setting.address,
        "postcode": setting.postcode,
        "local_authority": setting.local_authority,
        "regulator": setting.regulator,
        "location_id": setting.location_id,
        "regulator_overall": setting.regulator_overall,
        "regulator_published": published.isoformat() if published else None,
    }
