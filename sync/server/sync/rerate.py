"""The server's own rating of every visit that is signed off."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import Connection, false, select

from forms import rate
from forms.catalogue.catalogue import Library
from forms.model import Form
from forms.rating.outcome import ENGINE, ENGINES
from sync.merge import Stamp
from sync.server.records.workspace import Row, Workspace, chunks
from sync.server.sync.built_forms import BuiltForms
from sync.tables import table_of
from visitapp.errors import Code, NotFound, Refused
from visitapp.language import Message, message
from visitapp.records import Answer, Setting
from visitapp.rules.market_choices import SettingStatus
from visitapp.standing.outcomes import figures, listed

Answers = dict[str, dict[str, Any]]

_GIVEN = ("value", "checked", "met")


class SignOffCheck:
    """Rates visits again and compares, for one transaction."""

    def __init__(self, connection: Connection, workspace: Workspace, library: Library) -> None:
        self._connection = connection
        self._workspace = workspace
        self._library = library
        self._built = BuiltForms(connection, workspace, library)
        self._stored: dict[str, dict[str, Mapping[str, Any]]] = {}
        self._in_hand: dict[str, dict[str, Row]] = defaultdict(dict)

    def prepare(self, visit_ids: Iterable[str]) -> None:
        """Load the answers of visits that will be signed off in this transaction, in bulk."""
        wanted = [visit_id for visit_id in visit_ids if visit_id not in self._stored]
        self._stored.update((visit_id, {}) for visit_id in wanted)
        table = table_of(Answer)
        columns = select(
            table.c.visit_id, table.c.id, table.c.question, *(table.c[name] for name in _GIVEN)
        ).where(table.c.item == "", table.c.deleted == false())
        for part in chunks(wanted):
            for found in self._connection.execute(columns.where(table.c.visit_id.in_(part))):
                self._stored[found.visit_id][found.id] = found._asdict()

    def forget(self) -> None:
        """Look in the database again for the answers of every visit."""
        self._stored.clear()

    def saw(self, answer: Row) -> None:
        """Note an answer that this transaction makes or changes."""
        self._in_hand[answer.values["visit_id"]][answer.id] = answer

    def check(self, visit_id: str, visit: Mapping[str, Any]) -> dict[str, Any]:
        """Rate a visit as it would be signed off and compare with the outcome sent; the server's
        own outcome, which is to be kept: the sentences of the one sent may be anything.

        visit: its values. Raises Refused OUTCOME_DIFFERS with both results, OUTCOME_OLDER or
        OUTCOME_NEWER when it was rated by other rules than this server's, NOT_FOUND when this
        server has no such form version, or FORM_FAULTS when the form that was built for the visit
        is not the one it names.
        """
        form, theirs = self.form_of(visit), visit.get("outcome") or {}
        _require_same_rules(theirs)
        outcome = rate(form, self.answers(visit_id), visit.get("facts"))
        ours: dict[str, Any] = msgspec.to_builtins(outcome)
        if figures(ours) != figures(theirs):
            raise Refused(
                Code.OUTCOME_DIFFERS,
                message(
                    "The server rates this visit {server}. The device rated it {device}.",
                    server=_described(ours),
                    device=_described(theirs),
                ),
                message("Sync, look at the outcome again, and sign off again."),
            )
        return ours

    def form_of(self, visit: Mapping[str, Any]) -> Form:
        """The form of a visit. One that was built for it still comes from one that is known.

        Raises NotFound, Refused FORM_FAULTS.
        """
        form_id, version = visit["form_id"], visit["form_version"]
        try:
            if visit.get("form_text") is not None:
                return self._built.form(visit)
            return self._library.form(form_id, version)
        except NotFound:
            raise NotFound(
                message(
                    "This server does not have version {version} of the form {form}.",
                    version=version,
                    form=form_id,
                ),
                message("Ask for the server to be updated, then send the visit again."),
            ) from None

    def answers(self, visit_id: str) -> Answers:
        """The answers of a visit by question, with those that this transaction makes."""
        self.prepare([visit_id])
        rows = dict(self._stored[visit_id])
        for row in self._in_hand[visit_id].values():
            rows.pop(row.id, None)
            if not row.values["deleted"] and not row.values["item"]:
                rows[row.id] = row.values
        return {
            row["question"]: {name: row[name] for name in _GIVEN if row[name] is not None}
            for row in rows.values()
        }


def require_day(visit: Mapping[str, Any], latest: date) -> None:
    """Raise Refused BAD_VALUE for a sign-off of a visit (its values) after `latest`."""
    if visit["visited_on"] > latest:
        raise Refused(
            Code.BAD_VALUE,
            message("A visit cannot be signed off before its date."),
            message("Correct the date of the visit, or check the clock of this computer."),
        )


def _require_same_rules(outcome: Mapping[str, Any]) -> None:
    """Hold a sign-off of another version of the rating rules until both sides have the same."""
    engine = outcome.get("engine", 1)
    if engine == ENGINE:
        return
    if engine in ENGINES:
        raise Refused(
            Code.OUTCOME_OLDER,
            message(
                "This visit was signed off with an older Visitapp, before the rating rules changed."
                " It is safe on this computer."
            ),
            message(
                "Update Visitapp to send this. Then look at the outcome again and sign off again."
            ),
        )
    raise Refused(
        Code.OUTCOME_NEWER,
        message(
            "This visit was signed off with a newer Visitapp than the server's."
            " It is safe on this computer."
        ),
        message("Ask for the server to be updated, then send it again."),
    )


def _described(outcome: Mapping[str, Any]) -> Message:
    """`red, 44 per cent, at 100 per cent coverage (food: red)`, within the sentence of a refusal.

    Levels and areas stand there by their ids: a device may have made them up.
    """
    places = {
        "overall": outcome.get("level") or outcome.get("overall", "unrated"),
        "percent": outcome.get("percent"),
        "coverage": outcome.get("coverage", 0),
    }
    described = message("{overall} at {coverage} per cent coverage", **places)
    if places["percent"] is not None:
        described = message(
            "{overall}, {percent} per cent, at {coverage} per cent coverage", **places
        )
    parts = (*listed(outcome, "results"), *listed(outcome, "areas"))
    areas = ", ".join(f"{a.get('id')}: {a.get('level') or a.get('rag')}" for a in parts)
    return message("{outcome} ({areas})", outcome=described, areas=areas) if areas else described


def require_kept(workspace: Workspace, visit: Row, stamp: Callable[[], Stamp]) -> None:
    """Raise Refused for a discarded visit: it would be signed off where nobody sees it. One that
    was discarded because its setting closed comes back: what was done there counts."""
    if not visit.values["deleted"]:
        return
    setting = workspace.get(Setting.__tablename__, visit.setting_id)
    if setting is None or setting.values["status"] == SettingStatus.OPEN:
        raise Refused(
            Code.STEP_REFUSED,
            message("This visit was discarded in the meantime."),
            message("Bring it back, then send this again."),
        )
    visit.change({"deleted": False, "discard_reason": ""}, stamp())
