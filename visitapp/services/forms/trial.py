"""A form that is being written, opened as a visit on a desk that is thrown away afterwards."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from forms.catalogue.catalogue import Library
from forms.catalogue.read import digest
from forms.catalogue.sources import SHIPPED, FormSummary, FormText, summary_of
from forms.format.check import check_form
from forms.format.faults import FaultyForm
from forms.model import Form
from visitapp.errors import Code, Refused
from visitapp.language import message
from visitapp.records import Provider, Purpose, ServiceType, Setting, Visit, new_id
from visitapp.rules.policy.read import shipped_policy
from visitapp.services.context import Desk
from visitapp.services.services import Services
from visitapp.services.sync.connection import ServerLink
from visitapp.storage.database import Database
from visitapp.storage.directory import Directory
from visitapp.storage.keys.system_keyring import SystemKeyring
from visitapp.storage.policy_shelf import PolicyShelf

FACTS: dict[str, Callable[[str], Any]] = {
    "name": str,
    "service_type": ServiceType,
    "provider": str,
    "beds": int,
    "address": str,
    "postcode": str,
    "local_authority": str,
    "regulator": str,
    "location_id": str,
    "regulator_overall": str,
    "regulator_published": date.fromisoformat,
}
"""The facts of the setting that can be chosen, each with how it is read."""

_NAME = "A setting to try the form on"


class FormTrial:
    """One trial over an empty database in `folder`, which is its caller's to throw away.

    facts: the setting's facts as they are typed. Raises Refused for one that is unknown or does
    not fit. `close` when done.
    """

    def __init__(
        self,
        database: Database,
        folder: Path,
        clock: Callable[[], datetime],
        facts: Mapping[str, str],
    ) -> None:
        self._database = database
        self.folder = folder
        self._clock = clock
        self._facts = _read_facts(facts)
        self._setting_id, self.visit_id = new_id(), new_id()
        self._begun = False

    def open(self, text: str, name: str) -> Services:
        """The services of a desk with an open visit, `visit_id`, on this text of the form.

        Answers given on an earlier text stay where they still fit. Raises FaultyForm with every
        fault; `name` stands for the file in it.
        """
        faults = check_form(text, name)
        if faults:
            raise FaultyForm(faults)
        desk = self._desk(text, name)
        form = desk.library.form(desk.library.summaries()[0].id)
        with desk.transaction() as session:
            if not self._begun:
                self._begin(session, form, desk.user(session).id, desk.today())
            visit = session.get_one(Visit, self.visit_id)
            visit.form_id, visit.form_version = form.id, form.version
        self._begun = True
        return Services.on(desk, self.folder, secrets.token_bytes(32), _no_link, SystemKeyring())

    def close(self) -> None:
        """Close the database."""
        self._database.close()

    def _desk(self, text: str, name: str) -> Desk:
        directory = Directory(self.folder / "directory.db")
        desk = Desk(
            self._database,
            Library(_OneForm(text, name)),
            directory,
            self._clock,
            PolicyShelf(shipped_policy()),
        )
        desk.settle_in()
        return desk

    def _begin(self, session: Session, form: Form, user_id: str, day: date) -> None:
        facts = dict(self._facts)
        provider = facts.pop("provider", None)
        if provider is not None:
            made = Provider(id=new_id(), name=provider, regulator="", number="")
            session.add(made)
            facts["provider_id"] = made.id
        fitting = [kind for kind in form.applies_to if kind in set(ServiceType)]
        facts.setdefault("service_type", fitting[0] if fitting else ServiceType.RESIDENTIAL)
        facts.setdefault("name", _NAME)
        session.add(Setting(id=self._setting_id, officer_id=user_id, team="", **facts))
        session.add(
            Visit(
                id=self.visit_id,
                setting_id=self._setting_id,
                form_id=form.id,
                form_version=form.version,
                purpose=Purpose.ANNUAL,
                visited_on=day,
                officer_id=user_id,
            )
        )
        session.flush()


class _OneForm:
    """A shelf with the text of one good form."""

    source = SHIPPED

    def __init__(self, text: str, name: str) -> None:
        summary = summary_of(text)
        self._summaries = [] if summary is None else [summary]
        self._text = FormText(text, name, digest(text))

    def summaries(self) -> Sequence[FormSummary]:
        """See `Shelf`."""
        return self._summaries

    def text(self, form_id: str, version: str) -> FormText | None:
        """See `Shelf`."""
        held = [(summary.id, summary.version) for summary in self._summaries]
        return self._text if (form_id, version) in held else None


def _read_facts(typed: Mapping[str, str]) -> dict[str, Any]:
    facts = {}
    for name, text in typed.items():
        if name not in FACTS:
            known = ", ".join(FACTS)
            raise Refused(
                Code.BAD_VALUE,
                message("A setting has no fact “{name}”.", name=name),
                message("The facts are: {known}.", known=known),
            )
        try:
            facts[name] = FACTS[name](text)
        except ValueError:
            raise Refused(
                Code.BAD_VALUE,
                message("“{text}” does not fit {name}.", text=text, name=name),
                _EXAMPLES.get(name),
            ) from None
    return facts


_EXAMPLES = {
    "service_type": message("Use one of: {choices}.", choices=", ".join(ServiceType)),
    "beds": message("Use a whole number."),
    "regulator_published": message("Use a date such as 2026-11-22."),
}


def _no_link(url: str) -> ServerLink:
    raise Refused(Code.NOT_CONNECTED, message("A trial has no server."))
