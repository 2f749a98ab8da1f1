"""What opens a window that locked."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.desk.desks import Clock
from tests.support.desk.keyrings import NoKeyring
from visitapp.bootstrap import open_services
from visitapp.errors import Refused
from visitapp.services.locking import Secret
from visitapp.services.services import Services

PASSPHRASE = "a long enough passphrase"


def test_a_passphrase_opens_it_and_leaves_no_room_for_a_pin(tmp_path: Path) -> None:
    services = open_services(tmp_path / "p", PASSPHRASE, keyring=NoKeyring(), clock=Clock())
    try:
        locking = services.locking
        assert locking.secret() == Secret.PASSPHRASE
        assert locking.opens_with(PASSPHRASE)
        assert not locking.opens_with("another passphrase")
        assert not locking.opens_with("")
        with pytest.raises(Refused, match="needs no PIN"):
            locking.choose_pin("284613")
    finally:
        services.close()


def test_a_pin_opens_it_where_the_keyring_has_the_key(services: Services) -> None:
    locking = services.locking
    assert locking.secret() == Secret.NONE
    locking.choose_pin("284613")
    assert locking.secret() == Secret.PIN
    assert locking.opens_with("284613")
    assert not locking.opens_with("284614")
    locking.choose_pin("hazel moth")
    assert not locking.opens_with("284613")
    assert locking.opens_with("hazel moth")


@pytest.mark.parametrize("weak", ["", "1234", "123456", "111111", "password"])
def test_a_weak_pin_is_refused_and_the_one_before_stays(services: Services, weak: str) -> None:
    services.locking.choose_pin("284613")
    with pytest.raises(Refused):
        services.locking.choose_pin(weak)
    assert services.locking.opens_with("284613")


def test_the_policy_says_after_how_many_minutes(services: Services) -> None:
    assert services.locking.minutes() == services.policies.in_force().passphrases.lock_minutes > 0
