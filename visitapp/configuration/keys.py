"""The configuration keys of both programs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from msgspec import Meta, Struct

from visitapp.language import SOURCE

_SECRET = {"secret": True}


Level = Literal["debug", "info", "warning", "error"]


class ClientConfiguration(Struct, frozen=True, kw_only=True):
    """The desktop and the command `visitapp`."""

    data_dir: Annotated[Path | None, Meta(description="The folder for the data")] = None
    language: Annotated[str, Meta(description="The language of the program")] = SOURCE
    log_level: Annotated[Level, Meta(description="The lowest level that is logged")] = "info"
    passphrase: Annotated[
        str, Meta(description="The passphrase of the data folder", extra=_SECRET)
    ] = ""
    new_passphrase: Annotated[
        str, Meta(description="The new passphrase, for the `key` commands", extra=_SECRET)
    ] = ""
    rescue_passphrase: Annotated[
        str, Meta(description="The passphrase of a rescue file", extra=_SECRET)
    ] = ""


class ServerConfiguration(Struct, frozen=True, kw_only=True):
    """The command `visitapp-server`."""

    database: Annotated[str, Meta(description="sqlite:///FILE or postgresql://USER@HOST/NAME")] = (
        "sqlite:///visitapp-server.db"
    )
    evidence_key: Annotated[
        Path | None, Meta(description="The file with the key of photos and documents")
    ] = None
    host: Annotated[str, Meta(description="The address to listen on")] = "127.0.0.1"
    port: Annotated[
        int, Meta(ge=0, le=65535, description="The port to listen on; 0 chooses a free one")
    ] = 8080
    workers: Annotated[
        int, Meta(ge=1, le=64, description="The number of processes that handle requests")
    ] = 1
    tls_cert: Annotated[
        Path | None, Meta(description="The certificate with its chain, in PEM format")
    ] = None
    tls_key: Annotated[Path | None, Meta(description="Its private key, in PEM format")] = None
    tls_key_password: Annotated[
        str, Meta(description="The password of that key", extra=_SECRET)
    ] = ""
    trusted_proxies: Annotated[
        str,
        Meta(
            description="Addresses or networks whose X-Forwarded-For and X-Forwarded-Proto are "
            "trusted, separated by commas"
        ),
    ] = ""
    language: Annotated[str, Meta(description="The language of the commands")] = SOURCE
    log_level: Annotated[Level, Meta(description="The lowest level that is logged")] = "info"
    stop_timeout: Annotated[
        int,
        Meta(
            ge=0,
            le=3600,
            description="Seconds that running requests may take when the server stops",
        ),
    ] = 60
    drain: Annotated[
        int,
        Meta(
            ge=0,
            le=600,
            description="Seconds to keep accepting requests when the server stops, while /ready "
            "answers 503",
        ),
    ] = 0
    administrator: Annotated[
        str,
        Meta(
            description="The person who runs commands at the server, for the audit log; if empty, "
            "the account of the operating system"
        ),
    ] = ""
    smtp_host: Annotated[
        str, Meta(description="The mail server for notices; without it they are listed, not sent")
    ] = ""
    smtp_port: Annotated[int, Meta(ge=1, le=65535, description="The port of the mail server")] = 587
    smtp_security: Annotated[
        Literal["starttls", "tls", "none"],
        Meta(description="How the connection to the mail server is encrypted"),
    ] = "starttls"
    smtp_user: Annotated[
        str, Meta(description="The user at the mail server, if it asks for one")
    ] = ""
    smtp_password: Annotated[str, Meta(description="The password of that user", extra=_SECRET)] = ""
    smtp_sender: Annotated[str, Meta(description="The address that notices come from")] = ""
    metrics_token: Annotated[
        str,
        Meta(
            description="The token that /metrics requires; without it there are no metrics",
            extra=_SECRET,
        ),
    ] = ""
