"""A password and records never leave the computer in the clear: http:// is for itself alone."""

from __future__ import annotations

import pytest

from sync.client.link.transport import HttpTransport
from visitapp.errors import Code, Refused


@pytest.mark.parametrize(
    "address",
    [
        "http://visits.council.example",
        "http://192.0.2.7",
        "http://192.0.2.7:8000/visitapp/",
        "http://localhost.example",
        "http://127.0.0.1.example:8000",
        "http://user@visits.council.example",
        "http://[2001:db8::1]",
        "HTTP://VISITS.COUNCIL.EXAMPLE",
        "http://0.0.0.0",
    ],
)
def test_another_computer_is_never_spoken_to_in_the_clear(address: str) -> None:
    with pytest.raises(Refused, match="could be read on the way") as refused:
        HttpTransport(address)
    assert refused.value.code == Code.BAD_VALUE


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:8000",
        "http://localhost:8000",
        "http://[::1]:8000",
        "https://visits.council.example",
        "https://192.0.2.7",
    ],
)
def test_this_computer_and_tls_are_spoken_to(address: str) -> None:
    HttpTransport(address)


@pytest.mark.parametrize(
    "address", ["visits.council", "ftp://visits.example", "https://", "http://[", ""]
)
def test_what_names_no_server_is_refused(address: str) -> None:
    with pytest.raises(Refused, match="not the address of a server"):
        HttpTransport(address)
