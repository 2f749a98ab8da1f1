"""The command that serves."""

from __future__ import annotations

import socket
import ssl
import sys
from pathlib import Path
from typing import Any

import click

from sync.server.commands.shared import DATABASE, EVIDENCE_KEY, Setup, configured
from sync.server.evidence.key import default_file, key_of
from sync.server.operations.open_database import open_initialised
from sync.server.process.socket import listening
from visitapp.errors import Code, Refused
from visitapp.language import message
from visitapp.terminal.help import Command


@click.command(cls=Command)
@configured("host")
@configured("port")
@configured("workers")
@configured("tls_cert")
@configured("tls_key")
@configured("trusted_proxies", "proxies")
@configured("log_level")
@configured("stop_timeout", "stop_seconds")
@configured("drain", "drain_seconds")
@EVIDENCE_KEY
@DATABASE
@click.pass_context
def run(context: click.Context, /, host: str, port: int, **how: Any) -> None:
    """Run the server. Once it accepts requests, it prints its address as the first line.

    Two secrets have no option, because other users could see them on the command line:
    VISITAPP_METRICS_TOKEN, which /metrics requires, and VISITAPP_TLS_KEY_PASSWORD.
    """
    _require_ready(how["url"], how["evidence_key"])
    secrets = context.ensure_object(Setup).configuration.values
    password = secrets.tls_key_password or None
    scheme = _scheme(how["tls_cert"], how["tls_key"], password)
    # Imported when the rest is in order: what is wrong is said at once.
    from sync.server.process.serving import Serving, serve
    from sync.server.process.workers import Workers

    serving = Serving(metrics_token=secrets.metrics_token, tls_key_password=password, **how)
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
        raise Refused(Code.BAD_VALUE, message("TLS needs both --tls-cert and --tls-key."))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    try:
        context.load_cert_chain(cert, key, password or "")
    except (OSError, ValueError) as error:
        raise Refused(
            Code.BAD_VALUE,
            message("The certificate and its key cannot be used: {reason}.", reason=error),
            message("Give both in PEM format, the certificate with its full chain."),
        ) from None
    return "https"


def _address(scheme: str, listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"{scheme}://[{host}]:{port}" if ":" in host else f"{scheme}://{host}:{port}"
