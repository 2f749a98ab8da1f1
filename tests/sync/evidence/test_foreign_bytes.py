"""Bytes are given out, and said to be here, only where somebody has shown that they have them."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

import pytest

from sync.client.link.responses import Response
from sync.server.http.app import create_app
from tests.support.server.asgi import ask
from tests.support.sync.council import Council, Device
from tests.support.sync.evidence import evidence_record
from visitapp.records import Evidence, Role

DATA = b"a document that somebody else may know" * 1000
SHA = hashlib.sha256(DATA).hexdigest()
TUS = {"Tus-Resumable": "1.0.0"}


class Bytes:
    """Evidence over HTTP, as any device."""

    def __init__(self, council: Council) -> None:
        self._app: Any = create_app(council.server)

    def ask(
        self, device: Device, method: str, path: str, body: bytes = b"", **head: str
    ) -> Response:
        given = {name.replace("_", "-"): value for name, value in head.items()}
        token = {"Authorization": f"Bearer {device.state('access_token')}"}
        return ask(self._app, method, path, {**token, **TUS, **given}, body)

    def begin(self, device: Device, size: int = len(DATA)) -> Response:
        named = base64.b64encode(SHA.encode()).decode()
        head = {"Upload_Length": str(size), "Upload_Metadata": f"sha256 {named}"}
        return self.ask(device, "POST", "/v1/evidence/uploads", **head)

    def send(self, device: Device) -> int:
        """Begin, and send what the server does not say it holds; the size of what was sent."""
        begun = self.begin(device)
        assert begun.status == 201
        at = int(begun.head["Upload-Offset"])
        if at < len(DATA):
            head = {"Upload_Offset": str(at), "Content_Type": "application/offset+octet-stream"}
            taken = self.ask(device, "PATCH", begun.head["Location"], DATA[at:], **head)
            assert taken.status == 204, taken.body
        return len(DATA) - at

    def fetch(self, device: Device) -> int:
        return self.ask(device, "GET", f"/v1/evidence/{SHA}").status


@pytest.fixture
def site(any_council: Council) -> Bytes:
    return Bytes(any_council)


def record(device: Device, setting: str, size: int = len(DATA)) -> str:
    """An evidence record that names DATA by its hash."""
    id_ = evidence_record(device, setting, DATA)
    if size != len(DATA):
        device.edit(Evidence, id_, size=size)
    device.sync()
    return id_


@pytest.fixture
def ann(any_council: Council) -> Device:
    ann = any_council.officer("ann")
    record(ann, ann.setting())
    return ann


def test_knowing_a_hash_gives_nobody_the_bytes(
    any_council: Council, site: Bytes, ann: Device
) -> None:
    bob = any_council.officer("bob", "West")
    for size in (len(DATA), 1):
        record(bob, bob.setting(), size)
    assert site.send(ann) == len(DATA)
    assert (site.fetch(ann), site.fetch(bob)) == (200, 404)
    for size in (len(DATA), 1):
        begun = site.begin(bob, size)
        assert (begun.status, begun.head["Upload-Offset"]) == (201, "0"), "no word of what is here"
    assert site.fetch(bob) == 404


def test_whoever_sends_the_bytes_has_them(any_council: Council, site: Bytes, ann: Device) -> None:
    site.send(ann)
    bob = any_council.officer("bob", "West")
    record(bob, bob.setting())
    assert site.send(bob) == len(DATA)
    assert site.fetch(bob) == 200
    assert site.send(bob) == 0, "shown once, known from then on"


def test_colleagues_who_see_the_record_are_given_the_bytes(
    any_council: Council, site: Bytes, ann: Device
) -> None:
    lead = any_council.lead("lena")
    site.send(ann)
    assert site.fetch(lead) == 200
    any_council.user("vic", Role.VIEWER)
    assert site.fetch(any_council.device("vic")) == 404


def test_a_second_record_of_the_same_maker_needs_no_second_sending(
    any_council: Council, site: Bytes, ann: Device
) -> None:
    site.send(ann)
    first = ann.all(Evidence)[0]
    record(ann, ann.setting("Birch"))
    ann.edit(Evidence, first.id, deleted=True)
    ann.sync()
    assert site.fetch(any_council.lead("lena")) == 200
    assert site.fetch(ann) == 200


def test_work_that_somebody_else_brings_home_is_shown_by_them(
    any_council: Council, site: Bytes, ann: Device
) -> None:
    """A team lead loads the rescue file of a leaver and sends the photos."""
    lead = any_council.lead("lena")
    assert site.fetch(lead) == 404
    assert site.send(lead) == len(DATA)
    assert (site.fetch(lead), site.fetch(ann)) == (200, 200)


def test_a_record_that_is_turned_to_other_bytes_shows_nothing(
    any_council: Council, site: Bytes, ann: Device
) -> None:
    site.send(ann)
    bob = any_council.officer("bob", "West")
    mine = evidence_record(bob, bob.setting(), b"of my own")
    bob.sync()
    bob.edit(Evidence, mine, sha256=SHA, size=len(DATA))
    bob.sync()
    assert site.fetch(bob) == 404
