"""Steps that the policy leaves to some roles: at the server by the policy in force on receipt, on a
device by its published copy, in one sentence that names who may."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sync.client.policies import publish_policy
from tests.support.policies.texts import policy_text
from tests.support.sync.council import DAY, Council, Device
from visitapp.errors import Code, NotAllowed
from visitapp.records import Role, Setting
from visitapp.rules.access import Actor
from visitapp.rules.market_choices import SettingStatus
from visitapp.rules.policy.read import shipped_policy
from visitapp.standing.steps import new_step
from visitapp.storage.policy_shelf import PolicyShelf

ONLY_ADMINS = ("steps: []", "steps: [{id: setting_closed, by: [admin]}]")
SENTENCE = (
    "Your council's policy allows only these roles to change this setting to closed: administrator."
)


def close(device: Device, setting: str) -> None:
    """Close a setting as a service does: under the policy that the device has."""
    with device.work() as session:
        assert device.user is not None
        policy = PolicyShelf(shipped_policy()).in_force(session.connection(), device.clock().date())
        actor = Actor(device.user_id, device.user.role, device.user.team, policy.steps)
        record = session.get_one(Setting, setting)
        day = {"day": DAY, "reason": "It closed."}
        session.add(new_step(record, SettingStatus.CLOSED, actor, device.clock(), **day))


def status(council: Council, setting: str) -> str:
    return str(council.get(Setting, setting).status)


def test_a_step_is_judged_by_the_policy_in_force_on_receipt(every_council: Council) -> None:
    lee = every_council.lead("lee")
    setting = lee.setting()
    lee.sync()
    close(lee, setting)
    every_council.user("ada", Role.ADMIN)
    ada = every_council.device("ada")
    text = policy_text("2027.1", DAY, ONLY_ADMINS)
    publish_policy(ada.database, ada.transport, text)
    (refused,) = lee.sync().refused
    assert (refused.code, refused.text) == (Code.STEP_REFUSED, SENTENCE)
    assert status(every_council, setting) == SettingStatus.OPEN
    ada.sync()
    close(ada, setting)
    assert ada.sync().refused == []
    assert status(every_council, setting) == SettingStatus.CLOSED


def test_a_device_says_the_same_before_it_sends(council: Council) -> None:
    lee = council.lead("lee")
    setting = lee.setting()
    publish_policy(lee.database, lee.transport, policy_text("2027.1", DAY, ONLY_ADMINS))
    lee.sync()
    with pytest.raises(NotAllowed) as refused:
        close(lee, setting)
    assert (refused.value.code, refused.value.english()) == (Code.STEP_REFUSED, SENTENCE)
    assert lee.get(Setting, setting).status == SettingStatus.OPEN


def test_a_policy_that_is_only_planned_limits_nobody(council: Council) -> None:
    lee = council.lead("lee")
    setting = lee.setting()
    lee.sync()
    text = policy_text("2027.1", DAY + timedelta(days=9), ONLY_ADMINS)
    publish_policy(lee.database, lee.transport, text)
    lee.sync()
    close(lee, setting)
    assert lee.sync().refused == []
    assert status(council, setting) == SettingStatus.CLOSED
