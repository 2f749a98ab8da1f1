"""Serving requests on a bound socket; kept apart so that other commands start fast."""

from __future__ import annotations

import socket
import sys

import click
import uvicorn

from forms.library import shipped
from sync.server.app import Server, create_app
from visitapp.storage.database import Database


class _Announcing(uvicorn.Server):
    """A server that prints its address as soon as it takes requests."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started and sockets:
            host, port = sockets[0].getsockname()[:2]
            shown = f"[{host}]" if ":" in host else host
            click.echo(f"http://{shown}:{port}")
            sys.stdout.flush()


def serve(database: Database, listener: socket.socket, evidence_key: bytes) -> None:
    """Answer requests until told to stop. Prints the address once they are taken."""
    config = uvicorn.Config(
        create_app(Server(database, shipped(), evidence_key=evidence_key)),
        log_config=None,
        access_log=False,
        lifespan="on",
        server_header=False,
    )
    _Announcing(config).run(sockets=[listener])
