"""The fields of every record that travels, as docs/sync-records.md has them.

python -m sync.server.records.record_tables    writes the page
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import msgspec
from sqlalchemy import JSON, Boolean, Column, Date, Integer, String, Text

from sync.server.records.fields import allowed, defaults, first_fields, needed
from visitapp.records import KINDS, Instant, Synced
from visitapp.records.codec import columns
from visitapp.records.declared import derived_fields, parents
from visitapp.rules.access import ALL_ROLES
from visitapp.rules.kinds import AfterEnd, Joint, Kind, Restore, Scope

PAGE = Path(__file__).parents[3] / "docs" / "sync-records.md"

_HEAD = """# Synced records

`python -m sync.server.records.record_tables` generates this page from the columns, and a test
compares them. [sync-protocol.md](sync-protocol.md) describes the messages, and who may write
which records.

*Accepted late*: for 60 days, from the user who held its setting before. *Brings it back*: sends it
again after the server was restored from an older backup.

Parents come before children. *In a new record*: the field is needed, or has this default. A field
with neither is null if the device does not send it. *First*: the field never conflicts, because the
first value that the server received stays. A moment is in UTC.
"""


def records_page() -> str:
    """The whole page, as Markdown."""
    return "\n".join([_HEAD, *(line for kind in KINDS.values() for line in _table(kind))])


def _table(kind: type[Synced]) -> Iterator[str]:
    declared = kind.__kind__
    of_server = declared.restore is Restore.SERVER
    yield f"## `{kind.__tablename__}`\n"
    yield " ".join(_sentences(declared)) + "\n"
    yield "| field | holds | in a new record |"
    yield "|---|---|---|"
    for field, column in columns(kind).items():
        first = "; first" if field in first_fields(kind) else ""
        if field in derived_fields(kind):
            yield f"| `{field}` | {_holds(kind, field, column)} | worked out by the server |"
            continue
        new = "" if of_server else _new(kind, field)
        yield f"| `{field}` | {_holds(kind, field, column)}{first} | {new} |"
    yield ""


def _sentences(kind: Kind) -> Iterator[str]:
    """The declaration of a kind, in a few sentences."""
    roots = " or ".join(_SCOPES[scope] for scope in _SCOPES if scope in kind.scope)
    yield f"Belongs to {roots}."
    if kind.restore is Restore.SERVER:
        yield "Only the server creates them."
    if kind.append_only:
        yield "Written once."
    hidden = sorted(ALL_ROLES - kind.readers)
    if hidden:
        yield f"Not for the role {_listed(hidden)}."
    if kind.joint is not Joint.NOTHING:
        yield "Accepted from users who joined a visit."
    if kind.late:
        yield "Accepted late."
    yield _RESTORED[kind.restore]
    if kind.fixed:
        yield f"Never changes: {_listed(sorted(kind.fixed))}."
    if kind.lifecycle:
        for state in kind.lifecycle.states:
            after = [rule.after for rule in kind.lifecycle.rules if rule.before == state]
            if after:
                yield f"From `{state}` to {_listed(after)}."


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


_SCOPES = {
    Scope.SETTING: "a setting",
    Scope.PROVIDER: "a provider",
    Scope.CONTRACT: "a contract",
    Scope.COUNCIL: "the council",
    Scope.PERSON: "one person",
}
_RESTORED = {
    Restore.SERVER: "No device brings one back.",
    Restore.MAKER: "Its maker brings it back.",
    Restore.LEADS: "Its maker brings it back, or a lead.",
    Restore.SHARED: "Everybody who may change it brings it back.",
}


_AFTER_END = {
    None: "",
    AfterEnd.REFUSED: "; refused once that has ended",
    AfterEnd.UNTIL_THEN: "; refused for days after its end",
    AfterEnd.TAKEN: "; accepted after its end too",
}


def _holds(kind: type[Synced], field: str, column: Column[Any]) -> str:
    if column.info.get("user"):
        return "`user_account` id"
    if field in parents(kind):
        return f"`{parents(kind)[field]}` id{_AFTER_END[column.info.get('after_end')]}"
    choices = allowed(kind)[field]
    if get_origin(choices) is Literal:
        return ", ".join(f"`{choice}`" for choice in get_args(choices))
    match column.type:
        case Text():
            return "text"
        case String(length=length):
            return f"text of at most {length} characters"
        case Boolean():
            return "true or false"
        case Integer():
            return "whole number"
        case Date():
            return "date that has come" if column.info.get("past") else "date"
        case Instant():
            return "moment"
        case JSON():
            return "any JSON"
        case other:
            raise TypeError(f"{column} has a type that has no words: {other!r}")


def _new(kind: type[Synced], field: str) -> str:
    if field in needed(kind):
        return "needed"
    default = defaults(kind)[field]
    return "" if default is None else f"`{msgspec.json.encode(default).decode()}`"


if __name__ == "__main__":
    PAGE.write_text(records_page(), encoding="utf-8", newline="\n")
