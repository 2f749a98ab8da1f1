"""kill -9 of a device while its photo is on the way; the next run sends only what is missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from sync.client.evidence.transfer import PART
from sync.client.link.transport import HttpTransport
from tests.support.desk.mortals import Mortal
from tests.support.server.http_server import http_server
from tests.support.sync import dying_keeper
from tests.support.sync.council import Council
from tests.support.sync.evidence import Keeper, digest, some_bytes

PHOTO = some_bytes(2 * PART + 77, seed=5)
ROOT = Path(__file__).parents[3]
BEGUN, ONE_PART, WHOLE = 1, 2, 4
"""Requests that were answered when the device dies: after the last, only its note is missing."""


@pytest.mark.parametrize(
    ("requests", "still_sent"), [(BEGUN, len(PHOTO)), (ONE_PART, PART + 77), (WHOLE, 0)]
)
def test_a_device_that_is_killed_goes_on_where_the_server_is(
    council: Council, tmp_path: Path, requests: int, still_sent: int
) -> None:
    with http_server(council.server) as url:
        council.transport = lambda: HttpTransport(url)
        ann = Keeper(council.officer("ann"), tmp_path / "evidence")
        ann.add(ann.device.setting(), PHOTO)
        ann.device.sync()
        device = council.folder / "device-0"
        with Mortal(dying_keeper.main, device, tmp_path / "evidence", url, requests) as dying:
            assert dying.stdout.readline() == "stopped\n"
            dying.kill()
        assert not ann.held(PHOTO)
        sent: list[int] = []
        plain = ann.device.transport.exchange

        def counting(method: str, path: str, head: dict, body: bytes, token: str) -> object:
            sent.append(len(body))
            return plain(method, path, head, body, token)

        ann.device.transport.exchange = counting
        assert ann.engine().run().sent == 1
        assert sum(sent) == still_sent
        assert ann.held(PHOTO)
        assert ann.engine().fetch(digest(PHOTO), len(PHOTO)) == PHOTO
        ann.device.transport.close()
