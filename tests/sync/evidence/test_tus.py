"""The server's side of tus 1.0: with tuspy, a client that is not ours, and by hand."""

from __future__ import annotations

import base64
import hashlib
import io
import logging
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from logging.handlers import QueueHandler
from queue import SimpleQueue
from urllib.parse import urlsplit

import pytest
import requests
from sqlalchemy import func, select
from tusclient.client import TusClient

from sync.server.evidence.chunks import CHUNK
from sync.server.http.app import Server, create_app
from tests.support.server.http_server import http_server, serving
from tests.support.sync.council import KEY, Council, Device
from tests.support.sync.evidence import digest, evidence_record, signed_in, some_bytes
from visitapp.errors import Code
from visitapp.records import Evidence, EvidenceChunk, EvidenceContent, EvidenceUpload, Role
from visitapp.rules.evidence import MOST_BYTES
from visitapp.storage.logs import FIELDS

PHOTO = some_bytes(3 * CHUNK + 4321)
PART = {"Tus-Resumable": "1.0.0", "Content-Type": "application/offset+octet-stream"}


class Site:
    """A council over HTTP, with an officer whose record names the bytes of PHOTO."""

    def __init__(self, council: Council, url: str) -> None:
        self.council = council
        self.url = url
        self.uploads = f"{url}/v1/evidence/uploads"
        self.ann: Device = council.officer("ann")
        self.setting = self.ann.setting()
        evidence_record(self.ann, self.setting, PHOTO)
        self.ann.sync()
        self.headers = signed_in_again(self.ann)

    def tus(self, data: bytes = PHOTO, **options: object) -> object:
        client = TusClient(self.uploads, headers=self.headers)
        metadata = {"sha256": digest(data), "filename": "photo.jpg"}
        return client.uploader(file_stream=io.BytesIO(data), metadata=metadata, **options)

    def create(self, data: bytes = PHOTO, **headers: str) -> requests.Response:
        metadata = base64.b64encode(digest(data).encode()).decode()
        sent = {
            "Tus-Resumable": "1.0.0",
            "Upload-Length": str(len(data)),
            "Upload-Metadata": f"sha256 {metadata}",
        }
        return requests.post(self.uploads, headers={**self.headers, **sent, **headers}, timeout=60)

    def begun(self, data: bytes = PHOTO) -> str:
        return self.url + self.create(data).headers["Location"]

    def patch(self, url: str, offset: int, data: bytes, **headers: str) -> requests.Response:
        sent = {**self.headers, **PART, "Upload-Offset": str(offset), **headers}
        return requests.patch(url, data=data, headers=sent, timeout=60)

    def head(self, url: str) -> requests.Response:
        sent = {**self.headers, "Tus-Resumable": "1.0.0"}
        return requests.head(url, headers=sent, timeout=60)

    def fetch(self, data: bytes = PHOTO, **headers: str) -> requests.Response:
        address = f"{self.url}/v1/evidence/{digest(data)}"
        return requests.get(address, headers={**self.headers, **headers}, timeout=60)

    def count(self, table: type[object]) -> int:
        with self.council.database.reading() as session:
            return session.scalar(select(func.count()).select_from(table)) or 0


def signed_in_again(device: Device) -> dict[str, str]:
    return {"Authorization": f"Bearer {device.state('access_token')}"}


@pytest.fixture
def site(council: Council) -> Iterator[Site]:
    with http_server(council.server) as url:
        yield Site(council, url)


@pytest.fixture
def any_site(any_council: Council) -> Iterator[Site]:
    """The same on SQLite and on PostgreSQL."""
    with http_server(any_council.server) as url:
        yield Site(any_council, url)


def another_worker(council: Council) -> Server:
    """A second server over the same database, which shares nothing else with the first."""
    return Server(council.database, council.library, council.clock, evidence_key=KEY)


def test_tuspy_is_cut_off_and_goes_on_at_another_worker(any_site: Site) -> None:
    first = any_site.tus(chunk_size=CHUNK - 7)
    first.upload(stop_at=CHUNK + 11)
    with serving(create_app(another_worker(any_site.council))) as elsewhere:
        moved = first.url.replace(any_site.url, elsewhere)
        second = any_site.tus(url=moved, chunk_size=CHUNK * 2)
        assert second.offset == CHUNK + 11
        second.upload()
    fetched = any_site.fetch()
    assert (fetched.status_code, fetched.content) == (200, PHOTO)
    assert any_site.count(EvidenceContent) == 1


def test_tuspy_with_checksums(any_site: Site) -> None:
    any_site.tus(chunk_size=CHUNK + 1, upload_checksum=True).upload()
    assert any_site.fetch().content == PHOTO


def test_bytes_that_came_before_the_link_was_cut_are_kept(any_site: Site) -> None:
    begun = any_site.begun()
    cut = CHUNK + 100
    address = urlsplit(begun)
    head = [
        f"PATCH {address.path} HTTP/1.1",
        f"Host: {address.netloc}",
        f"Content-Length: {len(PHOTO)}",
        "Upload-Offset: 0",
        *(f"{n}: {v}" for n, v in {**PART, **any_site.headers}.items()),
    ]
    with socket.create_connection((address.hostname, address.port)) as link:
        link.sendall("\r\n".join([*head, "", ""]).encode() + PHOTO[:cut])
    kept = 0
    while kept < CHUNK:
        kept = int(any_site.head(begun).headers["Upload-Offset"])
    assert kept <= cut
    offset = int(any_site.head(begun).headers["Upload-Offset"])
    while any_site.patch(begun, offset, PHOTO[offset:]).status_code == 409:
        offset = int(any_site.head(begun).headers["Upload-Offset"])
    assert any_site.fetch().content == PHOTO


def test_the_same_bytes_of_two_records_are_sent_once(site: Site) -> None:
    site.tus().upload()
    evidence_record(site.ann, site.setting, PHOTO)
    site.ann.sync()
    again = site.create()
    assert (again.status_code, again.headers["Upload-Offset"]) == (201, str(len(PHOTO)))
    assert site.count(EvidenceContent) == 1


def test_nothing_readable_lies_in_the_database(site: Site) -> None:
    text = b"A plain sentence that a photo would hide. " * 50
    evidence_record(site.ann, site.setting, text)
    site.ann.sync()
    site.tus(text).upload()
    assert site.fetch(text).content == text
    with site.council.database.reading() as session:
        sealed = session.scalars(select(EvidenceChunk.sealed)).all()
    assert sealed
    assert all(b"plain sentence" not in piece for piece in sealed)


def test_options_say_what_the_server_can(site: Site) -> None:
    answer = requests.options(site.uploads, timeout=60)
    assert answer.status_code in (200, 204)
    assert answer.headers["Tus-Version"] == "1.0.0"
    assert answer.headers["Tus-Max-Size"] == str(MOST_BYTES)
    assert {"creation", "termination", "checksum", "expiration"} == set(
        answer.headers["Tus-Extension"].split(",")
    )


def test_another_version_of_tus_is_refused(site: Site) -> None:
    answer = site.create(**{"Tus-Resumable": "0.2.2"})
    assert (answer.status_code, answer.headers["Tus-Version"]) == (412, "1.0.0")
    assert site.count(EvidenceUpload) == 0


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Upload-Length": "-1"}, 400),
        ({"Upload-Length": "many"}, 400),
        ({"Upload-Metadata": "filename cGhvdG8="}, 400),
        ({"Upload-Metadata": "sha256 bm90IGEgaGFzaA=="}, 400),
        ({"Upload-Length": str(MOST_BYTES + 1)}, 413),
        ({"Upload-Length": "17"}, 403),
        ({"Authorization": ""}, 401),
        ({"Authorization": "Bearer invented"}, 401),
    ],
)
def test_an_upload_that_cannot_begin(site: Site, headers: dict[str, str], status: int) -> None:
    answer = site.create(**headers)
    assert (answer.status_code, answer.json()["status"]) == (status, status)
    assert answer.headers["Content-Type"].startswith("application/problem+json")
    assert answer.headers["Tus-Resumable"] == "1.0.0"
    assert site.count(EvidenceUpload) == 0


def test_a_part_in_the_wrong_place_changes_nothing(site: Site) -> None:
    begun = site.begun()
    assert site.patch(begun, 0, PHOTO[:100]).headers["Upload-Offset"] == "100"
    wrong = site.patch(begun, 50, PHOTO[50:200])
    assert (wrong.status_code, wrong.json()["code"]) == (409, Code.UPLOAD_POSITION)
    assert site.head(begun).headers["Upload-Offset"] == "100"


def test_more_bytes_than_announced_are_refused(site: Site) -> None:
    begun = site.begun()
    answer = site.patch(begun, 0, PHOTO + b"more")
    assert (answer.status_code, answer.json()["code"]) == (413, Code.FILE_TOO_LARGE)
    assert site.count(EvidenceContent) == 0


def test_a_part_of_another_content_type_is_refused(site: Site) -> None:
    answer = site.patch(site.begun(), 0, PHOTO, **{"Content-Type": "image/jpeg"})
    assert answer.status_code == 415


@pytest.mark.parametrize("algorithm", ["sha1", "sha256"])
def test_a_damaged_part_is_not_taken(site: Site, algorithm: str) -> None:
    begun = site.begun()
    right = base64.b64encode(hashlib.new(algorithm, PHOTO).digest()).decode()
    damaged = site.patch(begun, 0, b"x" + PHOTO[1:], **{"Upload-Checksum": f"{algorithm} {right}"})
    assert (damaged.status_code, damaged.json()["code"]) == (460, Code.UPLOAD_DAMAGED)
    assert (site.head(begun).headers["Upload-Offset"], site.count(EvidenceChunk)) == ("0", 0)
    assert site.patch(begun, 0, PHOTO, **{"Upload-Checksum": f"{algorithm} {right}"}).ok
    assert site.fetch().content == PHOTO


def test_an_unknown_checksum_is_refused(site: Site) -> None:
    answer = site.patch(site.begun(), 0, PHOTO, **{"Upload-Checksum": "crc32 AAAA"})
    assert answer.status_code == 400


def test_bytes_that_are_not_what_the_record_names_are_thrown_away(any_site: Site) -> None:
    begun = any_site.begun()
    answer = any_site.patch(begun, 0, PHOTO[:-1] + b"?")
    assert (answer.status_code, answer.json()["code"]) == (460, Code.EVIDENCE_DIFFERS)
    assert any_site.head(begun).status_code == 404
    assert any_site.count(EvidenceChunk) == 0
    assert any_site.fetch().status_code == 404


def test_an_upload_that_is_given_up_leaves_nothing(site: Site) -> None:
    begun = site.begun()
    site.patch(begun, 0, PHOTO[: CHUNK + 5])
    sent = {**site.headers, "Tus-Resumable": "1.0.0"}
    assert requests.delete(begun, headers=sent, timeout=60).status_code == 204
    assert site.head(begun).status_code == 404
    assert (site.count(EvidenceUpload), site.count(EvidenceChunk)) == (0, 0)


def test_giving_up_a_finished_upload_leaves_its_bytes(site: Site) -> None:
    begun = site.begun()
    site.patch(begun, 0, PHOTO)
    sent = {**site.headers, "Tus-Resumable": "1.0.0"}
    assert requests.delete(begun, headers=sent, timeout=60).status_code == 204
    assert site.fetch().content == PHOTO


def test_an_old_upload_expires_when_another_begins(site: Site) -> None:
    begun = site.begun()
    site.patch(begun, 0, PHOTO[:CHUNK])
    assert "Upload-Expires" in site.head(begun).headers
    site.council.clock.now += timedelta(days=8)
    site.headers = renewed(site)
    assert site.head(begun).status_code == 404
    site.begun()
    assert (site.count(EvidenceUpload), site.count(EvidenceChunk)) == (1, 0)


@pytest.fixture
def logged() -> Iterator[SimpleQueue[logging.LogRecord]]:
    """What the server logs, as it comes: a line may follow its answer."""
    lines: SimpleQueue[logging.LogRecord] = SimpleQueue()
    logger, handler = logging.getLogger("visitapp.server"), QueueHandler(lines)
    before = logger.level
    logger.setLevel(logging.INFO)
    logger.addHandler(handler)
    yield lines
    logger.removeHandler(handler)
    logger.setLevel(before)


def test_each_request_is_logged_with_its_device(
    site: Site, logged: SimpleQueue[logging.LogRecord]
) -> None:
    begun = site.begun()
    site.patch(begun, 0, PHOTO)
    site.head(begun)
    site.fetch(Range="bytes=5-")
    requests.delete(begun, headers={**site.headers, "Tus-Resumable": "1.0.0"}, timeout=60)
    lines = [getattr(logged.get(timeout=60), FIELDS) for _ in range(5)]
    said = {(line["method"], line["status"]): line["device_id"] for line in lines}
    device = site.ann.state("device_id")
    answers = [("POST", 201), ("PATCH", 204), ("HEAD", 200), ("GET", 206), ("DELETE", 204)]
    assert said == dict.fromkeys(answers, device)


def renewed(site: Site) -> dict[str, str]:
    site.ann.connect("ann")
    return signed_in_again(site.ann)


def test_only_who_sees_a_record_may_fetch_its_bytes(site: Site) -> None:
    site.tus().upload()
    site.council.user("ben")
    site.council.user("mia", Role.MANAGER)
    site.council.user("vic", Role.VIEWER)
    address = f"{site.url}/v1/evidence/{digest(PHOTO)}"
    seen = {
        name: requests.get(address, headers=signed_in(site.url, name), timeout=60).status_code
        for name in ("ben", "mia", "vic")
    }
    assert seen == {"ben": 404, "mia": 404, "vic": 404}
    assert requests.get(address, timeout=60).status_code == 401


def test_nobody_goes_on_with_an_upload_of_somebody_else(site: Site) -> None:
    begun = site.begun()
    site.council.user("lea", Role.LEAD)
    site.headers = signed_in(site.url, "lea")
    assert site.head(begun).status_code == 404
    assert site.patch(begun, 0, PHOTO).status_code == 404


def test_who_only_reads_may_not_upload(site: Site) -> None:
    site.council.user("mia", Role.MANAGER)
    site.headers = signed_in(site.url, "mia")
    assert site.create().status_code == 403


def test_bytes_of_a_deleted_record_are_taken_and_not_given_out(site: Site) -> None:
    (piece,) = site.ann.all(Evidence)
    site.ann.edit(Evidence, piece.id, deleted=True)
    site.ann.sync()
    site.tus().upload()
    assert site.fetch().status_code == 404


@pytest.mark.parametrize(
    ("asked", "first", "end"),
    [
        ("bytes=0-0", 0, 1),
        (f"bytes={CHUNK - 1}-{CHUNK}", CHUNK - 1, CHUNK + 1),
        (f"bytes={CHUNK}-", CHUNK, len(PHOTO)),
        ("bytes=-5", len(PHOTO) - 5, len(PHOTO)),
        ("bytes=10-99999999", 10, len(PHOTO)),
    ],
)
def test_a_range_of_bytes(site: Site, asked: str, first: int, end: int) -> None:
    site.tus().upload()
    answer = site.fetch(Range=asked)
    assert (answer.status_code, answer.content) == (206, PHOTO[first:end])
    assert answer.headers["Content-Range"] == f"bytes {first}-{end - 1}/{len(PHOTO)}"


def test_a_range_holds_for_the_bytes_whose_tag_is_named(site: Site) -> None:
    """RFC 9110, 13.1.5: with another tag, or a weak one, the whole comes."""
    site.tus().upload()
    tag = site.fetch().headers["ETag"]
    assert tag == f'"{digest(PHOTO)}"'
    part = site.fetch(**{"Range": "bytes=10-", "If-Range": tag})
    assert (part.status_code, part.content) == (206, PHOTO[10:])
    for other in (f"W/{tag}", f'"{digest(b"another")}"', "Sun, 22 Nov 2026 09:00:00 GMT"):
        whole = site.fetch(**{"Range": "bytes=10-", "If-Range": other})
        assert (whole.status_code, whole.content) == (200, PHOTO)
        assert "Content-Range" not in whole.headers


@pytest.mark.parametrize(
    "asked", ["bytes=99999999-", "bytes=5-2", "lines=1-2", "bytes=-", "bytes=-0"]
)
def test_a_range_that_is_not_there(site: Site, asked: str) -> None:
    site.tus().upload()
    answer = site.fetch(Range=asked)
    assert (answer.status_code, answer.headers["Content-Range"]) == (416, f"bytes */{len(PHOTO)}")


def test_two_who_send_the_same_part_at_once(any_site: Site) -> None:
    """One wins each piece; the other is told where the upload stands; the bytes are right."""
    begun = any_site.begun()

    def send(_: int) -> int:
        return any_site.patch(begun, 0, PHOTO).status_code

    with ThreadPoolExecutor(4) as pool:
        answers = sorted(pool.map(send, range(4)))
    assert set(answers) <= {204, 409, 404}
    while (offset := int(any_site.head(begun).headers["Upload-Offset"])) < len(PHOTO):
        any_site.patch(begun, offset, PHOTO[offset:])
    assert any_site.fetch().content == PHOTO
    assert any_site.count(EvidenceContent) == 1
