"""What the server checks of a new cover or hand-over, and of one that changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sync.server.records.holder_changes import is_holder
from sync.server.records.workspace import Row, Workspace
from visitapp.errors import Code, NotAllowed, Refused
from visitapp.language import message
from visitapp.records import Cover, HandOver, HandOverState, Synced
from visitapp.rules.access import Actor
from visitapp.rules.holders.holding import cover_length_fault, delegate_fault, team_refusal


class HolderChecks:
    """The checks for one actor in one transaction."""

    def __init__(
        self,
        actor: Actor,
        workspace: Workspace,
        clock: Callable[[], datetime],
        require_own_contract: Callable[[Row, Actor], None],
    ) -> None:
        self._actor = actor
        self._workspace = workspace
        self._now = clock
        self._require_own_contract = require_own_contract

    def creation(self, kind: type[Synced], values: Mapping[str, Any]) -> None:
        """Raises Refused for a cover or a hand-over that cannot be."""
        if kind is Cover:
            deputy = self._require_person(values["deputy_id"])
            self._require_length(values)
            if values.get("for_lead_id") is not None:
                self._require_delegation(values, deputy)
        elif kind is HandOver:
            officer = self._require_person(values["to_officer_id"])
            why = team_refusal(self._actor, officer.values["team"])
            if why:
                raise NotAllowed(why)
            contract = self._workspace.get("contract", values.get("contract_id"))
            if contract is not None:
                self._require_own_contract(contract, self._actor)

    def change(self, row: Row, values: Mapping[str, Any]) -> None:
        """Raises Refused for a change of a hand-over whose day has come, and of a cover to more
        than a year. One that is ended before its first day is withdrawn."""
        if row.kind is Cover and "ends_on" in values:
            cover = {**row.values, **values}
            if cover["starts_on"] <= cover["ends_on"]:
                self._require_length(cover)
        if row.kind is HandOver and row.values["state"] != HandOverState.PLANNED:
            raise Refused(
                Code.NOT_ALLOWED,
                message("The day of this hand-over has come, so it cannot be withdrawn."),
                message("Hand the setting or contract over again."),
            )

    def _require_length(self, cover: Mapping[str, Any]) -> None:
        # A laptop's day may be a day ahead of the server's.
        today = self._now().astimezone().date() + timedelta(days=1)
        fault = cover_length_fault(cover["starts_on"], cover["ends_on"], today)
        if fault:
            raise Refused(Code.BAD_VALUE, fault)

    def _require_delegation(self, values: Mapping[str, Any], deputy: Row) -> None:
        lead = self._workspace.get("user_account", values["for_lead_id"])
        setting = self._workspace.get("setting", values["setting_id"])
        if lead is None or setting is None or setting.values["team"] != lead.values["team"]:
            raise Refused(
                Code.BAD_VALUE, message("A delegate covers the settings of the lead's own team.")
            )
        away, heir = lead.values, deputy.values
        fault = delegate_fault(
            away["role"], away["team"], heir["role"], heir["team"], values["note"]
        )
        if fault:
            raise Refused(Code.BAD_VALUE, fault)

    def _require_person(self, user_id: str) -> Row:
        user = self._workspace.get("user_account", user_id)
        if user is None or not is_holder(user):
            raise Refused(
                Code.BAD_VALUE,
                message("This person cannot be given settings."),
                message("Choose an officer or a team lead who can sign in."),
            )
        return user
