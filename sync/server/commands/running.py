"""The command that serves."""

from __future__ import annotations

import logging
import sys
from pathlib import Path

import click

from sync.server.commands.shared import DATABASE, EVIDENCE_KEY
from sync.server.evidence_key import default_file, key_of
from sync.server.listening import listening
from sync.server.opening import open_initialised


@click.command()
@click.option("--host", default="127.0.0.1", help="The address to listen on.")
@click.option("--port", default=8080, type=click.IntRange(0, 65535), help="0 takes a free one.")
@EVIDENCE_KEY
@DATABASE
def run(host: str, port: int, evidence_key: Path | None, url: str) -> None:
    """Serve. The first line printed is the address, once requests are taken."""
    from sync.server.serving import serve

    logging.basicConfig(stream=sys.stderr, format="%(asctime)s %(levelname)s %(message)s")
    with open_initialised(url) as database, listening(host, port) as listener:
        serve(database, listener, key_of(database, evidence_key or default_file(url)))
