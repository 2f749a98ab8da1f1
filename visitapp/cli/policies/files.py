"""Policies that a command names: a file, or a version that is on this device."""

from __future__ import annotations

from typing import TYPE_CHECKING

from visitapp.cli.forms.files import file_named, has_records
from visitapp.cli.program import Terminal
from visitapp.errors import NotFound
from visitapp.language import message

if TYPE_CHECKING:
    from visitapp.rules.policy.model import Policy


def find_text(terminal: Terminal, name: str | None) -> tuple[str, str]:
    """The text of a policy and what to call it: by its file, its version, or without a name the
    one in force. Where there are no records only the one that ships is known. Raises NotFound or
    BadFile."""
    from forms.format.source import read_text
    from visitapp.rules.policy.read import shipped_policy, shipped_text

    path = file_named(name) if name else None
    if path is not None:
        return read_text(path), str(path)
    if has_records(terminal):
        policies = terminal.services.policies
        version = name or policies.in_force().version
        return policies.text(version), version
    version = shipped_policy().version
    if name not in (None, version):
        raise NotFound(message("There is no policy {version} on this device.", version=name))
    return shipped_text(), version


def find_policy(terminal: Terminal, name: str | None) -> Policy:
    """The same, read. A file must be without faults; what was published is read by any program."""
    from visitapp.rules.policy.read import read_policy, read_published

    text, called = find_text(terminal, name)
    is_file = bool(name) and file_named(str(name)) is not None
    return read_policy(text, called) if is_file else read_published(text, called)
