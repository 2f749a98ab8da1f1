"""The command that serves."""

from __future__ import annotations

import os
import socket
import ssl
import sys
from pathlib import Path
from typing import Any

import click

from sync.server.commands.shared import DATABASE, EVIDENCE_KEY
from sync.server.evidence_key import default_file, key_of
from sync.server.listening import listening
from sync.server.logs import LEVELS
from sync.server.opening import open_initialised
from visitapp.errors import Code, Refused

_FILE = click.Path(dir_okay=False, path_type=Path)
_METRICS_TOKEN = "VISITAPP_METRICS_TOKEN"  # noqa: S105 - the name of a variable, no secret
_TLS_PASSWORD = "VISITAPP_TLS_KEY_PASSWORD"  # noqa: S105 - the name of a variable, no secret


@click.command()
@click.option(
    "--host", envvar="VISITAPP_HOST", default="127.0.0.1", help="The address to listen on."
)
@click.option(
    "--port",
    envvar="VISITAPP_PORT",
    default=8080,
    type=click.IntRange(0, 65535),
    help="The port to listen on; 0 takes a free one.",
)
@click.option(
    "--workers",
    envvar="VISITAPP_WORKERS",
    default=1,
    type=click.IntRange(1, 64),
    help="How many processes answer requests.",
)
@click.option(
    "--tls-cert", envvar="VISITAPP_TLS_CERT", type=_FILE, help="A certificate chain, as PEM."
)
@click.option("--tls-key", envvar="VISITAPP_TLS_KEY", type=_FILE, help="Its private key, as PEM.")
@click.option(
    "--trusted-proxies",
    "proxies",
    envvar="VISITAPP_TRUSTED_PROXIES",
    default="",
    help="Addresses whose X-Forwarded-For and X-Forwarded-Proto are believed, comma separated.",
)
@click.option(
    "--log-level",
    envvar="VISITAPP_LOG_LEVEL",
    default="info",
    type=click.Choice(LEVELS),
    help="From which level on lines are logged.",
)
@click.option(
    "--stop-timeout",
    "stop_seconds",
    envvar="VISITAPP_STOP_TIMEOUT",
    default=60,
    type=click.IntRange(0, 3600),
    help="Seconds that running requests may take once the server was told to stop.",
)
@click.option(
    "--drain",
    "drain_seconds",
    envvar="VISITAPP_DRAIN",
    default=0,
    type=click.IntRange(0, 600),
    help="Seconds that new requests are still taken then, while /ready says 503.",
)
@EVIDENCE_KEY
@DATABASE
def run(host: str, port: int, **how: Any) -> None:
    """Serve. The first line printed is the address, once requests are taken.

    Two secrets come from the environment alone: VISITAPP_METRICS_TOKEN, which /metrics asks for,
    and VISITAPP_TLS_KEY_PASSWORD.
    """
    _require_ready(how["url"], how["evidence_key"])
    password = os.environ.get(_TLS_PASSWORD)
    scheme = _scheme(how["tls_cert"], how["tls_key"], password)
    # Imported when the rest is in order: what is wrong is said at once.
    from sync.server.serving import Serving, serve
    from sync.server.workers import Workers

    token = os.environ.get(_METRICS_TOKEN, "")
    serving = Serving(metrics_token=token, tls_key_password=password, **how)
    with listening(host, port) as listener:
        address = _address(scheme, listener)

        def announce() -> None:
            click.echo(address)
            sys.stdout.flush()

        if serving.workers == 1:
            serve(serving, listener, announce)
        else:
            Workers(serving, listener).run(announce)


def _require_ready(url: str, evidence_key: Path | None) -> None:
    """Raise what stands in the way, before anything is started.

    A key at the usual place is made when it is needed first; one that was named must be there, so
    that no machine of several makes a key of its own.
    """
    with open_initialised(url) as database:
        key_of(database, evidence_key or default_file(url), make=evidence_key is None)


def _scheme(cert: Path | None, key: Path | None, password: str | None) -> str:
    """`https` when there is a certificate that can be used. Raises Refused BAD_VALUE."""
    if cert is None and key is None:
        return "http"
    if cert is None or key is None:
        raise Refused(Code.BAD_VALUE, "TLS needs both --tls-cert and --tls-key.")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    try:
        context.load_cert_chain(cert, key, password or "")
    except (OSError, ValueError) as error:
        raise Refused(
            Code.BAD_VALUE,
            f"The certificate and its key cannot be used: {error}.",
            "Give both as PEM, the certificate with its whole chain.",
        ) from None
    return "https"


def _address(scheme: str, listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"{scheme}://[{host}]:{port}" if ":" in host else f"{scheme}://{host}:{port}"
